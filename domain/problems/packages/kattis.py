"""A coding problem as a problem package of Kattis and the ICPC: a zip, legacy or 2023-07.

What of the format is understood is told in docs/reference/coding-problems.md. The rest is
complained of or noted.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from domain.problems.packages.archive import unpack
from domain.problems.packages.checks import check
from domain.problems.packages.complaints import Findings, Flaw, Note
from domain.problems.packages.contents import (
    LANGUAGES,
    InputValidator,
    ProblemPackage,
    titled,
)
from domain.problems.packages.fields import LONGEST_KEY
from domain.problems.packages.kattis_programs import (
    CHECKERS,
    SUBMISSIONS,
    VALIDATORS,
    checker_program,
    has_checker,
    input_validators,
    submissions,
)
from domain.problems.packages.kattis_settings import (
    DOMJUDGE,
    PROBLEM_YAML,
    TIME_FILE,
    Settings,
    read_settings,
)
from domain.problems.packages.kattis_statements import FOLDERS, read_statements
from domain.problems.packages.kattis_tests import DATA, Data, read_data
from domain.submissions.judging import Checker, CheckerKind

_READ_FOLDERS = frozenset((DATA, SUBMISSIONS, *CHECKERS, *VALIDATORS, *FOLDERS))
_READ_FILES = frozenset((PROBLEM_YAML, TIME_FILE, DOMJUDGE))
_NUMBER = re.compile(r"[0-9]{0,9}\.?[0-9]{1,20}([eE][+-]?[0-9]{1,2})?")
_TOLERANCES = {
    "float_tolerance": ("absolute", "relative"),
    "float_absolute_tolerance": ("absolute",),
    "float_relative_tolerance": ("relative",),
}


def read_zip(findings: Findings, file: str, content: bytes) -> ProblemPackage | None:
    """The problem as far as it can be read; what cannot be is among the findings."""
    unpacked = unpack(findings, file, content)
    if unpacked is None:
        return None
    folder, files = _rooted(unpacked)
    if PROBLEM_YAML not in files:
        findings.complain(file, 0, Flaw.NO_PROBLEM_YAML)
        return None
    settings = read_settings(findings, files)
    if settings is None:
        return None
    _tell_unused(findings, files)
    data = read_data(findings, files, settings.scoring)
    titles, statements = read_statements(findings, files)
    package = ProblemPackage(
        slug=_slug(findings, file, folder),
        titles=_titles(findings, settings, titles, statements),
        statements=statements,
        hints={},
        starter=None,
        limits=settings.limits,
        checker=_checker(findings, files, settings, data),
        tests=data.tests,
        groups=data.groups,
        submissions=submissions(findings, files),
        input_validators=_validators(findings, files, data),
    )
    check(findings, file, package, 0)
    return package


def _rooted(files: Mapping[str, bytes]) -> tuple[str, Mapping[str, bytes]]:
    """The files without the one folder that a package may stand in, and that folder's name."""
    tops = {name.partition("/")[0] for name in files}
    if len(tops) != 1 or PROBLEM_YAML in files:
        return "", files
    (folder,) = tops
    return folder, {name[len(folder) + 1 :]: data for name, data in files.items()}


def _slug(findings: Findings, file: str, folder: str) -> str:
    """A package is called as its folder is, or as its file."""
    name = folder or PurePosixPath(file.replace("\\", "/")).name.rpartition(".")[0]
    slug = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")
    if not slug or len(slug) > LONGEST_KEY:
        findings.complain(file, 0, Flaw.NO_SLUG)
    return slug


def _tell_unused(findings: Findings, files: Mapping[str, bytes]) -> None:
    for name in files:
        top, within, _ = name.partition("/")
        if within and top not in _READ_FOLDERS:
            findings.note(top, 0, Note.FOLDER_UNUSED)
        elif not within and top not in _READ_FILES:
            findings.note(top, 0, Note.FILE_UNUSED)


def _titles(
    findings: Findings,
    settings: Settings,
    from_statements: Mapping[str, str],
    statements: Mapping[str, str],
) -> Mapping[str, str]:
    """Of problem.yaml, or else of the statements."""
    plain = {one: settings.names[""] for one in LANGUAGES if settings.names.get("")}
    titles = {**plain, **from_statements, **{k: v for k, v in settings.names.items() if k}}
    if not titles:
        findings.complain(PROBLEM_YAML, 1, Flaw.FIELD_NEEDED, field="name")
    return titled(titles, statements)


def _validators(
    findings: Findings, files: Mapping[str, bytes], data: Data
) -> tuple[InputValidator, ...]:
    """None where they would have to be told which group an input is for: ours are told nothing."""
    found = input_validators(findings, files)
    for group in data.settings.values():
        if group.has_validator_flags and found:
            findings.note(group.file, 0, Note.VALIDATOR_ARGUMENTS)
            return ()
    return found


def _checker(
    findings: Findings, files: Mapping[str, bytes], settings: Settings, data: Data
) -> Checker:
    custom = has_checker(files) if settings.custom_checker is None else settings.custom_checker
    flags = _flags(findings, settings, data)
    if custom:
        program = checker_program(findings, files)
        return Checker(CheckerKind.CUSTOM, program=program, arguments=flags)
    for folder in CHECKERS:
        if any(name.startswith(f"{folder}/") for name in files):
            findings.note(folder, 0, Note.FOLDER_UNUSED)
    return _default_checker(findings, flags)


def _flags(findings: Findings, settings: Settings, data: Data) -> tuple[str, ...]:
    """One set of flags for the whole problem; ours has no other for each group."""
    given = [one for one in data.settings.values() if one.flags is not None]
    sets = {one.flags or () for one in given} | ({settings.flags} if settings.flags else set())
    if len(sets) > 1:
        findings.complain(given[0].file, 0, Flaw.FLAGS_DIFFER)
    return min(sets, default=())


def _default_checker(findings: Findings, flags: Sequence[str]) -> Checker:
    """The one that the format describes: words compared without regard to case or spaces."""
    tolerance = {"absolute": 0.0, "relative": 0.0}
    words = iter(flags)
    plain: set[str] = set()
    for word in words:
        if word in _TOLERANCES:
            tolerance |= dict.fromkeys(_TOLERANCES[word], _tolerance(findings, word, words))
        elif word in ("case_sensitive", "space_change_sensitive"):
            plain.add(word)
        else:
            findings.complain(PROBLEM_YAML, 0, Flaw.UNKNOWN_FLAG, flag=word)
    floats, spaces = any(tolerance.values()), "space_change_sensitive" in plain
    if floats and spaces:
        findings.note(PROBLEM_YAML, 0, Note.SPACES_NOT_COMPARED)
    kind = CheckerKind.EXACT if spaces else CheckerKind.TOKENS
    return Checker(
        CheckerKind.FLOATS if floats else kind,
        tolerance["absolute"],
        tolerance["relative"],
        case_sensitive="case_sensitive" in plain,
    )


def _tolerance(findings: Findings, flag: str, words: Iterator[str]) -> float:
    word = next(words, "")
    if not _NUMBER.fullmatch(word):
        findings.complain(PROBLEM_YAML, 0, Flaw.UNKNOWN_FLAG, flag=f"{flag} {word}".strip())
        return 0.0
    return float(word)
