"""The programs of a problem package: submissions, its checker and its input validators."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from domain.problems.packages.complaints import Findings, Flaw, Note
from domain.problems.packages.contents import (
    HELPER_LANGUAGES,
    InputValidator,
    Label,
    Submission,
)
from domain.problems.packages.limits import MOST_SOURCE
from domain.submissions.judging import Program

SUBMISSIONS = "submissions"
CHECKERS = ("output_validators", "output_validator")
VALIDATORS = ("input_validators", "input_format_validators")
_MOST_HELPER = 4 * MOST_SOURCE
"""Bytes: a checker may bring a library of its own."""
_LANGUAGES = {
    **dict.fromkeys((".py", ".py3"), "python"),
    **dict.fromkeys((".cpp", ".cc", ".cxx", ".c++"), "cpp"),
    ".c": "c",
    ".js": "javascript",
}
_OTHER_LANGUAGES = {
    *(".java", ".kt", ".py2", ".rs", ".go", ".hs", ".cs", ".rb", ".pas", ".php", ".scala"),
    *(".swift", ".ml", ".lisp", ".pl", ".m", ".fs", ".d", ".ada", ".f90", ".cob", ".sh"),
    *(".ctd", ".viva"),
}
_PYTHON_2 = re.compile(rb"#![^\n]*python2")
_DEEPEST_INCLUDE = 20
_HEADERS = (".h", ".hpp", ".hh")
_INCLUDE = re.compile(r'(?m)^[ \t]*#[ \t]*include[ \t]*"([^"\n]+)"[^\n]*$')


@dataclass(frozen=True, slots=True)
class _Found:
    """A program with the name that it is told by."""

    file: str
    program: Program


def submissions(findings: Findings, files: Mapping[str, bytes]) -> tuple[Submission, ...]:
    """Those that we can run, the accepted ones first; the first of all is the reference."""
    found: list[Submission] = []
    for label, programs in _by_folder(files, SUBMISSIONS).items():
        if label not in {*Label}:
            where = f"{SUBMISSIONS}/{label}"
            findings.note(where, 0, Note.FOLDER_UNUSED if programs else Note.FILE_UNUSED)
            continue
        for unit in _units(programs, f"{SUBMISSIONS}/{label}"):
            one = _program(findings, files, unit, tuple(_LANGUAGES.values()), MOST_SOURCE)
            if one is not None:
                found.append(Submission(Label(label), one.file, one.program))
    found.sort(key=lambda one: (one.label is not Label.ACCEPTED, one.file))
    if not found or found[0].label is not Label.ACCEPTED:
        findings.complain(f"{SUBMISSIONS}/{Label.ACCEPTED}", 0, Flaw.NO_REFERENCE)
    return tuple(found)


def checker_program(findings: Findings, files: Mapping[str, bytes]) -> Program | None:
    """The one program that says whether an output is right; None, with a complaint, else."""
    units = [*_helpers(files, CHECKERS)]
    if len(units) != 1:
        findings.complain(CHECKERS[0], 0, Flaw.NOT_ONE_CHECKER, count=len(units))
        return None
    inner = Findings()
    found = _program(inner, files, units[0], HELPER_LANGUAGES, _MOST_HELPER)
    for one in inner.complaints:
        findings.complain(one.file, one.line, one.flaw, **one.values)
    if found is None and inner.clean:
        findings.complain(units[0][0], 0, Flaw.CHECKER_LANGUAGE)
    return found.program if found else None


def has_checker(files: Mapping[str, bytes]) -> bool:
    return any(_helpers(files, CHECKERS))


def input_validators(findings: Findings, files: Mapping[str, bytes]) -> tuple[InputValidator, ...]:
    """Those in a language that we run; others are told of."""
    found = [
        _program(findings, files, unit, HELPER_LANGUAGES, _MOST_HELPER)
        for unit in _helpers(files, VALIDATORS)
    ]
    return tuple(InputValidator(one.file, one.program) for one in found if one is not None)


def _helpers(files: Mapping[str, bytes], folders: Sequence[str]) -> Iterator[list[str]]:
    for folder in folders:
        inside = [name for name in files if name.startswith(f"{folder}/")]
        if folder == "output_validator":
            if inside:
                yield inside
        else:
            yield from _units(inside, folder)


def _by_folder(files: Mapping[str, bytes], folder: str) -> Mapping[str, list[str]]:
    """The files in each folder of a folder; a file of its own has none in it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in files:
        if name.startswith(f"{folder}/"):
            _, first, *rest = name.split("/")
            found[first] += [name] if rest else []
    return found


def _units(names: Sequence[str], folder: str) -> Iterator[list[str]]:
    """Each program of a folder: a file, or a folder with all of its files.

    Headers beside the files belong to every one of them, and are no program.
    """
    inside: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        inside[name[len(folder) + 1 :].partition("/")[0]].append(name)
    headers = [f"{folder}/{name}" for name in inside if name.endswith(_HEADERS)]
    for name, unit in inside.items():
        if not name.endswith(_HEADERS):
            yield [*unit, *headers]


def _program(
    findings: Findings,
    files: Mapping[str, bytes],
    unit: Sequence[str],
    languages: Sequence[str],
    longest: int,
) -> _Found | None:
    """The program in one file; None, and told, where it is not one or not in these languages."""
    sources = [name for name in unit if _suffix(name) in _LANGUAGES]
    headers = {PurePosixPath(one).name: files[one] for one in unit if one.endswith(_HEADERS)}
    others = [name for name in unit if _suffix(name) in _OTHER_LANGUAGES]
    if len(sources) + len(others) > 1:
        findings.note(unit[0], 0, Note.SEVERAL_FILES)
        return None
    language = _language(sources[0], files[sources[0]]) if sources else None
    if language is None or language not in languages:
        told = [*sources, *others]
        note = Note.LANGUAGE_SKIPPED if told else Note.FILE_UNUSED
        findings.note(told[0] if told else unit[0], 0, note)
        return None
    for name in unit:
        if name not in sources and not name.endswith(_HEADERS):
            findings.note(name, 0, Note.FILE_UNUSED)
    source = _source(findings, sources[0], files[sources[0]])
    if language in ("c", "cpp"):
        source = _with_headers(source, headers)
    if len(source) > longest:
        values = {"length": len(source), "longest": longest}
        findings.complain(sources[0], 0, Flaw.TEXT_TOO_LONG, **values)
    return _Found(sources[0], Program(language, source))


def _language(name: str, content: bytes) -> str | None:
    """By its ending; what says in its first line that it is Python 2 is no Python of ours."""
    language = _LANGUAGES[_suffix(name)]
    return None if language == "python" and _PYTHON_2.match(content) else language


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _source(findings: Findings, name: str, content: bytes) -> str:
    try:
        source = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        findings.complain(name, content.count(b"\n", 0, error.start) + 1, Flaw.NOT_UTF8)
        return ""
    if "\0" in source:
        findings.complain(name, 0, Flaw.CANNOT_BE_SHOWN)
    elif not source.strip():
        findings.complain(name, 0, Flaw.TEXT_EMPTY)
    return source


def _with_headers(source: str, headers: Mapping[str, bytes]) -> str:
    """The headers that come with a program put where it includes them, each once."""
    put: set[str] = set()

    def included(text: str, depth: int) -> str:
        return _INCLUDE.sub(lambda found: header(found, depth), text)

    def header(found: re.Match[str], depth: int) -> str:
        name = found[1]
        if name not in headers or depth > _DEEPEST_INCLUDE:
            return found[0]
        if name in put:
            return ""
        put.add(name)
        return included(headers[name].decode("utf-8", "replace"), depth + 1)

    return included(source, 0)
