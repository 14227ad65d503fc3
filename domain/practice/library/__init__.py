"""Practice problems from files, checked field by field, with a complaint for each flaw."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from domain.practice.library.complaints import Complaint, Flaw
from domain.practice.library.duplicates import near_duplicates
from domain.practice.library.entries import KEY, TITLE, problem_of
from domain.practice.library.fields import Reader
from domain.practice.library.limits import LARGEST, MOST_COMPLAINTS, MOST_PROBLEMS
from domain.practice.library.proofreading import effort, slips
from domain.practice.library.spreadsheet import parse_csv
from domain.practice.library.written import Fields, Listed, Piece, Unreadable, parse
from domain.practice.records import Problem, Texts

UPLOAD_BYTES = LARGEST
ENDINGS = ("yaml", "yml", "csv")
_UPLOADED = 50_000_000
"""The effort that a file which somebody sends may take: five seconds or so, as a rule. What takes
longer all the same must be ended by whoever checks it."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A faultless problem and where it stands."""

    problem: Problem
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds: its faultless problems, and what is wrong with the others."""

    problems: tuple[Placed, ...]
    complaints: tuple[Complaint, ...]


@dataclass(frozen=True, slots=True)
class Upload:
    """What somebody sent. Where there are complaints, nothing of it may be imported."""

    problems: tuple[Problem, ...]
    complaints: tuple[Complaint, ...]
    lines: Mapping[str, int]
    """Where each problem begins, by its slug."""


@dataclass(frozen=True, slots=True)
class _Demands:
    """How much is asked of problems, as for `read`."""

    ours: bool = False
    most: int | None = None
    effort: int | None = None
    """What trying all templates of the file may cost, see `proofreading.effort`."""


def read(
    text: str, file: str, topics: Collection[str], *, ours: bool = False, most: int | None = None
) -> Contents:
    """A file of YAML. Never raises. `ours` asks more: a chapter, and a slug that begins with c7-.

    With `most`, templates are tried with no more than so many combinations of their numbers.
    The form is described in docs/reference/practice-yaml.md.
    """
    return _read(_entries, text, file, topics, _Demands(ours, most))


def read_file(
    file: str,
    content: bytes,
    topics: Collection[str],
    *,
    ours: bool = False,
    most: int | None = None,
) -> Contents:
    """As `read`, a file by its ending: YAML or a table."""
    return _read_bytes(file, content, topics, _Demands(ours, most))


def read_csv(text: str, file: str, topics: Collection[str]) -> Contents:
    """A file of a spreadsheet, a problem a row, checked in the same way. Never raises."""
    return _read(parse_csv, text, file, topics, _Demands())


def _read(
    parsed: Callable[[str], Sequence[Piece]],
    text: str,
    file: str,
    topics: Collection[str],
    demands: _Demands,
) -> Contents:
    try:
        entries = parsed(text)
    except Unreadable as error:
        return _refused(file, error)
    return _read_all(entries, file, topics, demands)


def _entries(text: str) -> Sequence[Piece]:
    return _list_of(parse(text), "problems").items


def read_upload(name: str, content: bytes, topics: Collection[str]) -> Upload:
    """What a teacher sent, YAML or CSV by its name; `topics` are the known keys. Never raises."""
    file = name[-100:]
    contents = _read_bytes(file, content, topics, _Demands(effort=_UPLOADED))
    complaints = contents.complaints or _bounded(file, near_complaints(contents.problems))
    problems = tuple(one.problem for one in contents.problems)
    return Upload(problems, complaints, {one.problem.slug: one.line for one in contents.problems})


def _read_bytes(file: str, content: bytes, topics: Collection[str], demands: _Demands) -> Contents:
    ending = file.lower().rpartition(".")[2]
    if ending not in ENDINGS:
        return Contents((), (Complaint(file, 1, None, Flaw.UNKNOWN_ENDING),))
    try:
        text = _decoded(content)
    except Unreadable as error:
        return _refused(file, error)
    return _read(parse_csv if ending == "csv" else _entries, text, file, topics, demands)


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST:
        raise Unreadable(1, Flaw.FILE_TOO_LONG, limit=LARGEST)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(line, Flaw.NOT_UTF8) from error


def _refused(file: str, error: Unreadable) -> Contents:
    return Contents((), (Complaint(file, error.line, None, error.flaw, error.values),))


def _bounded(file: str, complaints: Iterable[Complaint]) -> tuple[Complaint, ...]:
    """The first ones, and one that says so where there are more."""
    told = [*islice(complaints, MOST_COMPLAINTS + 1)]
    if len(told) <= MOST_COMPLAINTS:
        return tuple(told)
    last = told[MOST_COMPLAINTS]
    limit = {"limit": MOST_COMPLAINTS}
    return (*told[:-1], Complaint(file, last.line, None, Flaw.TOO_MANY_FLAWS, limit))


def check_together(problems: Sequence[Placed]) -> Iterator[Complaint]:
    """What is wrong with the problems of several files taken together."""
    first: dict[str, Placed] = {}
    for one in problems:
        earlier = first.setdefault(one.problem.slug, one)
        if earlier is not one:
            yield _complaint(one, Flaw.SLUG_TWICE, "slug", other=earlier.file)
    yield from near_complaints(problems)


def near_complaints(problems: Sequence[Placed]) -> Iterator[Complaint]:
    """Problems that ask nearly what another one asks; one with the same slug is told of already."""
    told = set()
    for later, earlier in near_duplicates([one.problem for one in problems]):
        other = problems[earlier].problem.slug
        if later not in told and other != problems[later].problem.slug:
            told.add(later)
            yield _complaint(problems[later], Flaw.NEAR_DUPLICATE, "question", other=other)


def check_whole(problems: Iterable[Placed]) -> Iterator[Complaint]:
    """What the whole library must have: every topic of a class in all three difficulties."""
    found: defaultdict[tuple[int, str], list[Placed]] = defaultdict(list)
    for one in problems:
        found[one.problem.grade, one.problem.topic].append(one)
    for (grade, topic), members in found.items():
        there = {one.problem.difficulty for one in members}
        for difficulty in sorted({1, 2, 3} - there):
            yield Complaint(
                members[0].file,
                members[0].line,
                None,
                Flaw.DIFFICULTY_MISSING,
                {"grade": grade, "topic": topic, "difficulty": difficulty},
            )


def read_topics(text: str) -> dict[str, Texts]:
    """The titles of the topics by key. Raises ValueError with line and flaw."""
    try:
        written = _list_of(parse(text), "topics")
    except Unreadable as error:
        raise ValueError(f"topics, line {error.line}: {error.flaw}") from error
    titles: dict[str, Texts] = {}
    for piece in written.items:
        reader = Reader(piece)
        reader.only(("key", "title"), ())
        key = reader.pattern("key", KEY, 100)
        if key in titles:
            reader.complain("key", Flaw.SLUG_TWICE, other=key)
        titles[key] = reader.texts("title", TITLE)
        for found in reader.flaws:
            raise ValueError(f"topics, line {found.line}: {found.field} {found.flaw}")
    return titles


def _complaint(one: Placed, flaw: Flaw, field: str, **values: str | int) -> Complaint:
    return Complaint(one.file, one.line, one.problem.slug, flaw, {"field": field, **values})


def _list_of(piece: Piece, name: str) -> Listed:
    if not isinstance(piece, Fields) or list(piece.by_name) != [name] or piece.doubled:
        raise Unreadable(piece.line, Flaw.NOT_ONE_LIST, name=name)
    listed = piece.by_name[name]
    if not isinstance(listed, Listed) or not listed.items:
        raise Unreadable(listed.line, Flaw.NOT_A_LIST, name=name)
    return listed


def _read_all(
    entries: Sequence[Piece], file: str, topics: Collection[str], demands: _Demands
) -> Contents:
    if len(entries) > MOST_PROBLEMS:
        line, flaw = entries[MOST_PROBLEMS].line, Flaw.TOO_MANY_PROBLEMS
        return Contents((), (Complaint(file, line, None, flaw, {"limit": MOST_PROBLEMS}),))
    problems: list[Placed] = []
    complaints: list[Complaint] = []
    seen: dict[str, int] = {}
    spent = 0
    for piece in entries:
        reader = Reader(piece)
        slug = reader.pattern("slug", KEY, 100)
        if slug in seen:
            reader.complain("slug", Flaw.SLUG_TWICE, other=f"{file}:{seen[slug]}")
        if slug:
            seen.setdefault(slug, reader.line_of("slug"))
        problem = problem_of(reader, slug, topics, ours=demands.ours)
        if not reader.flaws:
            spent += effort(problem)
            _proofread(reader, problem, demands, spent)
        complaints += [
            Complaint(file, one.line, slug or None, one.flaw, one.all_values)
            for one in reader.flaws
        ]
        if not reader.flaws:
            problems.append(Placed(problem, file, piece.line))
        if len(complaints) > MOST_COMPLAINTS:
            break
    return Contents(tuple(problems), _bounded(file, complaints))


def _proofread(reader: Reader, problem: Problem, demands: _Demands, spent: int) -> None:
    if demands.effort is not None and spent > demands.effort:
        reader.complain("parameters", Flaw.TOO_MUCH_TO_TRY)
        return
    for slip in slips(problem, demands.most):
        reader.complain(slip.field, slip.flaw, slip.number, **slip.values)
