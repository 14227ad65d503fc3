"""An exercise of a first course, and what is right and wrong in it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from domain.submissions.judging import Verdict

PASS, FAIL = Verdict.ACCEPTED, Verdict.WRONG_ANSWER
CRASH, SLOW = Verdict.RUNTIME_ERROR, Verdict.TIME_LIMIT
REFUSED, COMPILE = Verdict.REFUSED_CALL, Verdict.COMPILE_ERROR

Slip = tuple[str, str, Verdict]
"""What is replaced by what, and what becomes of the program."""


@dataclass(frozen=True, slots=True)
class Solutions:
    """The right program in one language, and slips that make it another."""

    right: str
    slips: Sequence[Slip]


@dataclass(frozen=True, slots=True)
class Exercise:
    name: str
    answer: Callable[[str], object]
    """From a test's input to what is to be printed."""
    inputs: Sequence[str]
    solutions: Mapping[str, Solutions]


def numbers(text: str) -> list[int]:
    return [int(word) for word in text.split()]
