"""Practice problems from YAML, checked field by field, with a plain sentence for each fault."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from domain.practice.fields import Reader
from domain.practice.proofreading import faults
from domain.practice.records import AnswerKind, Problem, Texts
from domain.practice.units import UNITS
from domain.practice.written import Fields, Listed, Piece, Unreadable, parse

_QUESTION, _HINT, _SOLUTION, _TITLE = 400, 250, 600, 100
_HINTS = 3
_KEY = r"[a-z0-9]+(-[a-z0-9]+)*"
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
_OPTIONAL = ("subtopic", "chapter", "answer_tolerance", "unit")


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong, in one sentence, and where: `slug` is None where the problem has none."""

    file: str
    line: int
    slug: str | None
    what: str


def read(text: str, file: str, topics: Collection[str]) -> tuple[list[Problem], list[Complaint]]:
    """The faultless problems of one file, and what is wrong with the others. Never raises.

    The form is described in docs/reference/practice-yaml.md.
    """
    try:
        written = _list_of(parse(text), "problems")
    except Unreadable as error:
        return [], [Complaint(file, error.line, None, error.what)]
    problems: list[Problem] = []
    complaints: list[Complaint] = []
    seen: set[str] = set()
    for piece in written.items:
        reader = Reader(piece)
        slug = reader.pattern("slug", _KEY, 100)
        if slug and slug in seen:
            reader.complain("slug", "another problem of this file has the same slug")
        seen.add(slug)
        problem = _problem(reader, slug, topics)
        complaints += [Complaint(file, one.line, slug or None, one.what) for one in reader.faults]
        if not reader.faults:
            problems.append(problem)
    return problems, complaints


def check_library(problems: Iterable[Problem]) -> list[Complaint]:
    """What is wrong with the problems of several files taken together: slugs that are not alone.

    A slug twice in one file is found by `read`, with its line.
    """
    times = Counter(one.slug for one in problems)
    return [
        Complaint("", 0, slug, f"{count} files have a problem with this slug")
        for slug, count in times.items()
        if count > 1
    ]


def read_topics(text: str) -> dict[str, Texts]:
    """The titles of the topics by key. Raises ValueError with line and sentence at a fault."""
    try:
        written = _list_of(parse(text), "topics")
    except Unreadable as error:
        raise ValueError(f"line {error.line}: {error.what}") from error
    titles: dict[str, Texts] = {}
    for piece in written.items:
        reader = Reader(piece)
        reader.only(("key", "title"), ())
        key = reader.pattern("key", _KEY, 100)
        if key in titles:
            reader.complain("key", "another topic has the same key")
        titles[key] = reader.texts("title", _TITLE)
        for fault in reader.faults:
            raise ValueError(f"line {fault.line}: {fault.what}")
    return titles


def _list_of(piece: Piece, name: str) -> Listed:
    if not isinstance(piece, Fields) or list(piece.by_name) != [name] or piece.doubled:
        raise Unreadable(piece.line, f"the file must hold one list, named '{name}'")
    listed = piece.by_name[name]
    if not isinstance(listed, Listed) or not listed.items:
        raise Unreadable(listed.line, f"'{name}' must be a list in which each entry has a dash")
    return listed


def _problem(reader: Reader, slug: str, topics: Collection[str]) -> Problem:
    """The problem as far as it can be read; what cannot be is a fault of the reader's."""
    reader.only(_NEEDED, _OPTIONAL)
    kind = reader.one_of("answer_kind", [one.value for one in AnswerKind])
    if reader.has("chapter"):
        reader.texts("chapter", _TITLE)
    problem = Problem(
        slug=slug,
        grade=reader.whole("grade", 6, 8),
        topic=_topic(reader, topics),
        subtopic=reader.pattern("subtopic", _KEY, 100) if reader.has("subtopic") else None,
        question=reader.texts("question", _QUESTION),
        answer=reader.text("answer", 100),
        answer_kind=AnswerKind(kind) if kind else AnswerKind.NUMBER,
        answer_tolerance=reader.tolerance("answer_tolerance"),
        unit=_unit(reader),
        hints=reader.list_of_texts("hints", _HINTS, _HINT),
        solution=reader.texts("solution", _SOLUTION),
        difficulty=reader.whole("difficulty", 1, 3),
        estimated_time_minutes=reader.whole("estimated_time_minutes", 2, 8),
        computation=reader.text("computation", 200),
    )
    if not reader.faults:
        for fault in faults(problem, problem.computation):
            reader.complain(fault.field, fault.what, fault.number)
    return problem


def _topic(reader: Reader, topics: Collection[str]) -> str:
    topic = reader.pattern("topic", _KEY, 100)
    if topic and topic not in topics:
        reader.complain("topic", f"there is no topic '{topic}' in topics.yaml")
    return topic


def _unit(reader: Reader) -> str | None:
    return reader.one_of("unit", list(UNITS)) if reader.has("unit") else None
