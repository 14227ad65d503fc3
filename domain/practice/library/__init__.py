"""Practice problems from files, checked field by field, with a complaint for each flaw."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.practice.answers.units import UNITS
from domain.practice.library.complaints import Complaint, Flaw
from domain.practice.library.duplicates import near_duplicates
from domain.practice.library.fields import Reader
from domain.practice.library.proofreading import HINT, QUESTION, SOLUTION, effort, slips
from domain.practice.library.spreadsheet import parse_csv
from domain.practice.library.written import Fields, Listed, Piece, Unreadable, parse
from domain.practice.records import AnswerForm, AnswerKind, Problem, Texts

UPLOAD_BYTES = 1_000_000
MOST_PROBLEMS = 500
"""In one file that somebody sends."""
_UPLOADED = 10_000_000
"""The effort that a file which somebody sends may take: ten seconds or so."""
_HINTS = 3
_TITLE = 100
_KEY = r"[a-z0-9]+(-[a-z0-9]+)*"
_SUM = 300
_NEEDED = (
    "slug",
    "grade",
    "topic",
    "difficulty",
    "estimated_time_minutes",
    "question",
    "answer",
    "answer_kind",
    "hints",
    "solution",
    "computation",
)
_OPTIONAL = (
    "subtopic",
    "chapter",
    "answer_form",
    "answer_tolerance",
    "unit",
    "unit_required",
    "parameters",
    "where",
)


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
        return Contents((), (Complaint(file, error.line, None, error.flaw, error.values),))
    return _read_all(entries, file, topics, demands)


def _entries(text: str) -> Sequence[Piece]:
    return _list_of(parse(text), "problems").items


def read_upload(name: str, content: bytes, topics: Collection[str]) -> Upload:
    """What a teacher sent, YAML or CSV by its name; `topics` are the known keys. Never raises."""
    contents = _read_sent(name, content, topics)
    complaints = contents.complaints or tuple(near_complaints(contents.problems))
    problems = tuple(one.problem for one in contents.problems)
    return Upload(problems, complaints, {one.problem.slug: one.line for one in contents.problems})


def _read_sent(name: str, content: bytes, topics: Collection[str]) -> Contents:
    file, ending = name[-100:], name.lower().rpartition(".")[2]

    def refused(flaw: Flaw, line: int = 1, **values: int) -> Contents:
        return Contents((), (Complaint(file, line, None, flaw, dict(values)),))

    if ending not in ("yaml", "yml", "csv"):
        return refused(Flaw.UNKNOWN_ENDING)
    if len(content) > UPLOAD_BYTES:
        return refused(Flaw.FILE_TOO_LONG, limit=UPLOAD_BYTES)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return refused(Flaw.NOT_UTF8, content.count(b"\n", 0, error.start) + 1)
    parsed = parse_csv if ending == "csv" else _entries
    return _read(parsed, text, file, topics, _Demands(effort=_UPLOADED))


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
        key = reader.pattern("key", _KEY, 100)
        if key in titles:
            reader.complain("key", Flaw.SLUG_TWICE, other=key)
        titles[key] = reader.texts("title", _TITLE)
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
        slug = reader.pattern("slug", _KEY, 100)
        if slug in seen:
            reader.complain("slug", Flaw.SLUG_TWICE, other=f"{file}:{seen[slug]}")
        if slug:
            seen.setdefault(slug, reader.line_of("slug"))
        problem = _problem(reader, slug, topics, demands)
        if not reader.flaws:
            spent += effort(problem)
            _proofread(reader, problem, demands, spent)
        complaints += [
            Complaint(file, one.line, slug or None, one.flaw, one.all_values)
            for one in reader.flaws
        ]
        if not reader.flaws:
            problems.append(Placed(problem, file, piece.line))
    return Contents(tuple(problems), tuple(complaints))


def _proofread(reader: Reader, problem: Problem, demands: _Demands, spent: int) -> None:
    if demands.effort is not None and spent > demands.effort:
        reader.complain("parameters", Flaw.TOO_MUCH_TO_TRY)
        return
    for slip in slips(problem, demands.most):
        reader.complain(slip.field, slip.flaw, slip.number, **slip.values)


def _problem(reader: Reader, slug: str, topics: Collection[str], demands: _Demands) -> Problem:
    """The problem as far as it can be read; what cannot be is a flaw of the reader's."""
    reader.only(_NEEDED, _OPTIONAL)
    kind = reader.one_of("answer_kind", [one.value for one in AnswerKind])
    form = reader.has("answer_form") and reader.one_of("answer_form", list(AnswerForm))
    problem = Problem(
        slug=slug,
        grade=reader.whole("grade", 6, 8),
        topic=_topic(reader, topics),
        subtopic=reader.pattern("subtopic", _KEY, 100) if reader.has("subtopic") else None,
        question=reader.texts("question", QUESTION),
        answer=reader.text("answer", 100),
        answer_kind=AnswerKind(kind) if kind else AnswerKind.NUMBER,
        answer_tolerance=reader.tolerance("answer_tolerance"),
        unit=reader.one_of("unit", list(UNITS)) if reader.has("unit") else None,
        hints=reader.list_of_texts("hints", _HINTS, HINT),
        solution=reader.texts("solution", SOLUTION),
        difficulty=reader.whole("difficulty", 1, 3),
        estimated_time_minutes=reader.whole("estimated_time_minutes", 2, 8),
        computation=reader.text("computation", _SUM),
        answer_form=AnswerForm(form) if form else None,
        unit_required=reader.yes("unit_required"),
        chapter=reader.texts("chapter", _TITLE) if demands.ours or reader.has("chapter") else None,
        parameters=reader.pairs("parameters", _SUM),
        conditions=reader.plain_texts("where", _SUM),
    )
    _check_class(reader, problem, demands.ours)
    return problem


def _check_class(reader: Reader, problem: Problem, ours: bool) -> None:
    """A slug that names a class names its own; our own slugs all do."""
    head = problem.slug.partition("-")[0]
    names_one = head[:1] == "c" and head[1:].isdigit()
    if problem.slug and problem.grade and (ours or names_one) and head != f"c{problem.grade}":
        reader.complain("slug", Flaw.SLUG_OF_ANOTHER_CLASS, head=f"c{problem.grade}-")


def _topic(reader: Reader, topics: Collection[str]) -> str:
    topic = reader.pattern("topic", _KEY, 100)
    if topic and topic not in topics:
        reader.complain("topic", Flaw.NO_SUCH_TOPIC, topic=topic)
    return topic
