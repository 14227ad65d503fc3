"""A coding problem in one YAML file. Its form is described in docs/reference/coding-problems.md."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from domain.problems.packages.checks import check
from domain.problems.packages.complaints import Findings, Flaw
from domain.problems.packages.contents import (
    HELPER_LANGUAGES,
    PROGRAMMING_LANGUAGES,
    InputValidator,
    Label,
    ProblemPackage,
    Submission,
    titled,
)
from domain.problems.packages.fields import Reader, read_yaml
from domain.problems.packages.limits import (
    HINT,
    LEAST_MEMORY_MIB,
    LEAST_TIME_MS,
    MOST_MEMORY_MIB,
    MOST_OUTPUT_MIB,
    MOST_PROGRAMS,
    MOST_SOURCE,
    MOST_TIME_MS,
    STATEMENT,
    TITLE,
)
from domain.problems.packages.single_file_tests import read_tests
from domain.submissions.judging import Checker, CheckerKind, Limits, Program

_FIELDS = (
    *("slug", "title", "statement", "hint", "starter", "solution", "limits", "checker"),
    *("samples", "tests", "groups", "submissions", "input_validators"),
)
_KIB = 1024
_MOST_TOLERANCE = Decimal(1_000_000)
_ENDINGS = {"python": "py", "cpp": "cpp", "c": "c", "javascript": "js"}


def read_single_file(findings: Findings, file: str, content: bytes) -> ProblemPackage | None:
    """The problem as far as it can be read; what cannot be is among the findings."""
    reader = read_yaml(findings, file, content)
    if reader is None:
        return None
    reader.only(_FIELDS)
    groups, tests = read_tests(reader)
    statements = reader.bilingual("statement", STATEMENT)
    package = ProblemPackage(
        slug=reader.key("slug"),
        titles=titled(reader.bilingual("title", TITLE), statements),
        statements=statements,
        hints=reader.bilingual("hint", HINT) if reader.has("hint") else {},
        starter=_starter(reader),
        limits=_limits(reader),
        checker=_checker(reader),
        tests=tests,
        groups=groups,
        submissions=tuple(_submissions(reader)),
        input_validators=tuple(_validators(reader)),
    )
    check(findings, file, package, reader.line_of("tests"))
    return package


def _program(reader: Reader, languages: Sequence[str] = PROGRAMMING_LANGUAGES) -> Program:
    """Its language and its code; any other field has been looked for by the caller."""
    language = reader.one_of("language", languages)
    code = reader.written("code", MOST_SOURCE)
    if code is not None and not code.strip():
        reader.complain("code", Flaw.TEXT_EMPTY)
    return Program(language, code or "")


def _starter(reader: Reader) -> Program | None:
    if not reader.has("starter"):
        return None
    starter = reader.map("starter")
    starter.only(("language", "code"))
    return _program(starter)


def _limits(reader: Reader) -> Limits:
    if not reader.has("limits"):
        return Limits()
    usual = Limits()
    limits = reader.map("limits")
    limits.only(("time_ms", "memory_mb", "output_mb"))
    memory = limits.whole("memory_mb", LEAST_MEMORY_MIB, MOST_MEMORY_MIB, usual.memory_kb // _KIB)
    output = limits.whole("output_mb", 1, MOST_OUTPUT_MIB, usual.output_kb // _KIB)
    return Limits(
        limits.whole("time_ms", LEAST_TIME_MS, MOST_TIME_MS, usual.time_ms),
        memory * _KIB,
        output * _KIB,
    )


def _checker(reader: Reader) -> Checker:
    if not reader.has("checker"):
        return Checker()
    if not reader.is_map("checker"):
        plain = [one.value for one in CheckerKind if one not in _WITH_FIELDS]
        kind = reader.one_of("checker", plain)
        return Checker(CheckerKind(kind)) if kind else Checker()
    checker = reader.map("checker")
    kind = checker.one_of("kind", list(CheckerKind))
    if not kind:
        return Checker()
    known = CheckerKind(kind)
    checker.only(("kind", *_WITH_FIELDS.get(known, ("case_sensitive",))))
    if known is CheckerKind.CUSTOM:
        program = _program(checker, HELPER_LANGUAGES)
        return Checker(known, program=program, arguments=checker.texts("arguments", 20))
    read = Checker(known, case_sensitive=checker.yes("case_sensitive", default=True))
    return _with_tolerance(checker, read) if known is CheckerKind.FLOATS else read


_WITH_FIELDS = {
    CheckerKind.FLOATS: ("absolute", "relative", "case_sensitive"),
    CheckerKind.CUSTOM: ("language", "code", "arguments"),
}
"""Checkers that are not told by their name alone."""


def _with_tolerance(reader: Reader, checker: Checker) -> Checker:
    absolute, relative = (
        reader.number(name, Decimal(0), _MOST_TOLERANCE) or Decimal(0)
        for name in ("absolute", "relative")
    )
    if not absolute and not relative:
        reader.complain("kind", Flaw.TOLERANCE_NEEDED)
    return replace(checker, absolute=float(absolute), relative=float(relative))


def _submissions(reader: Reader) -> Iterator[Submission]:
    """The solution first, as the reference."""
    if reader.has("solution"):
        solution = reader.map("solution")
        solution.only(("language", "code"))
        program = _program(solution)
        yield Submission(Label.ACCEPTED, _file("solution", program), program)
    else:
        reader.complain("solution", Flaw.FIELD_NEEDED)
    for number, entry in enumerate(reader.listed("submissions", MOST_PROGRAMS), 1):
        entry.only(("label", "language", "code"))
        label = entry.one_of("label", list(Label))
        program = _program(entry)
        if label:
            yield Submission(Label(label), _file(f"{label}/{number}", program), program)


def _validators(reader: Reader) -> Iterator[InputValidator]:
    for number, entry in enumerate(reader.listed("input_validators", MOST_PROGRAMS), 1):
        entry.only(("language", "code"))
        program = _program(entry, HELPER_LANGUAGES)
        yield InputValidator(_file(f"input_validators/{number}", program), program)


def _file(stem: str, program: Program) -> str:
    """What a program of the file is called where it is told of."""
    return f"{stem}.{_ENDINGS.get(program.language, program.language)}"
