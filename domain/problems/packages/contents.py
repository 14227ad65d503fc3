"""A coding problem as a file brings it: everything that a version of a problem is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.problems.packages.complaints import Complaint, Remark
from domain.problems.records import TestGroup
from domain.submissions.judging import Checker, Limits, Program

LANGUAGES = ("en", "bn")
"""Of texts; every text has at least one of them."""
PROGRAMMING_LANGUAGES = ("python", "cpp", "c", "javascript")
HELPER_LANGUAGES = ("python", "cpp")
"""Of checkers and input validators."""


class Label(StrEnum):
    """What a submission that comes with a problem must do; its folder in a problem package."""

    ACCEPTED = "accepted"
    WRONG_ANSWER = "wrong_answer"
    TIME_LIMIT_EXCEEDED = "time_limit_exceeded"
    RUN_TIME_ERROR = "run_time_error"
    BRUTE_FORCE = "brute_force"
    """Right, but too slow or too hungry."""
    REJECTED = "rejected"
    """Not accepted, for whatever reason."""


@dataclass(frozen=True, slots=True)
class PackageTest:
    """`points` are its own; they are 0 in a group."""

    name: str
    """Such as sample/1 and secret/g1/02; unique in its problem."""
    hidden: bool
    points: Decimal
    group: str | None
    input: bytes
    output: bytes


@dataclass(frozen=True, slots=True)
class Submission:
    """A program that comes with a problem, and what it must do."""

    label: Label
    file: str
    program: Program


@dataclass(frozen=True, slots=True)
class InputValidator:
    """Reads an input and exits with 42 if it is a valid one."""

    file: str
    program: Program


@dataclass(frozen=True, slots=True)
class ProblemPackage:
    slug: str
    titles: Mapping[str, str]
    """By language, as the next two; statements are in Markdown."""
    statements: Mapping[str, str]
    hints: Mapping[str, str]
    starter: Program | None
    limits: Limits
    checker: Checker
    tests: tuple[PackageTest, ...]
    """In the order in which they are judged, the visible ones first."""
    groups: tuple[TestGroup, ...]
    submissions: tuple[Submission, ...]
    """The reference solution is the first of them."""
    input_validators: tuple[InputValidator, ...]

    @property
    def reference(self) -> Program:
        return self.submissions[0].program


@dataclass(frozen=True, slots=True)
class PackageRead:
    """What a file brings. Where there are complaints there is no package."""

    package: ProblemPackage | None
    complaints: tuple[Complaint, ...]
    notes: tuple[Remark, ...]


def titled(titles: Mapping[str, str], statements: Mapping[str, str]) -> Mapping[str, str]:
    """A title for each language of the statement: another language's where it has none."""
    other = next(iter(titles.values()), "")
    return {language: titles.get(language, other) for language in statements}
