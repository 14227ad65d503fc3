"""One entry of a file as a problem: which fields it has, and what each may hold."""

from collections.abc import Collection

from domain.practice.answers.units import UNITS
from domain.practice.library.complaints import Flaw
from domain.practice.library.fields import Reader
from domain.practice.library.limits import HINTS
from domain.practice.library.proofreading import HINT, QUESTION, SOLUTION
from domain.practice.records import AnswerForm, AnswerKind, Problem

TITLE = 100
KEY = r"[a-z0-9]+(-[a-z0-9]+)*"
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


def problem_of(reader: Reader, slug: str, topics: Collection[str], *, ours: bool) -> Problem:
    """The problem as far as it can be read; what cannot be is a flaw of the reader's.

    `ours` asks for a chapter, and for a slug that begins with its class.
    """
    reader.only(_NEEDED, _OPTIONAL)
    kind = reader.one_of("answer_kind", [one.value for one in AnswerKind])
    form = reader.has("answer_form") and reader.one_of("answer_form", list(AnswerForm))
    problem = Problem(
        slug=slug,
        grade=reader.whole("grade", 6, 8),
        topic=_topic(reader, topics),
        subtopic=reader.pattern("subtopic", KEY, 100) if reader.has("subtopic") else None,
        question=reader.texts("question", QUESTION),
        answer=reader.text("answer", 100),
        answer_kind=AnswerKind(kind) if kind else AnswerKind.NUMBER,
        answer_tolerance=reader.tolerance("answer_tolerance"),
        unit=reader.one_of("unit", list(UNITS)) if reader.has("unit") else None,
        hints=reader.list_of_texts("hints", HINTS, HINT),
        solution=reader.texts("solution", SOLUTION),
        difficulty=reader.whole("difficulty", 1, 3),
        estimated_time_minutes=reader.whole("estimated_time_minutes", 2, 8),
        computation=reader.text("computation", _SUM),
        answer_form=AnswerForm(form) if form else None,
        unit_required=reader.yes("unit_required"),
        chapter=reader.texts("chapter", TITLE) if ours or reader.has("chapter") else None,
        parameters=reader.pairs("parameters", _SUM),
        conditions=reader.plain_texts("where", _SUM),
    )
    _check_class(reader, problem, ours)
    return problem


def _check_class(reader: Reader, problem: Problem, ours: bool) -> None:
    """A slug that names a class names its own; our own slugs all do."""
    head = problem.slug.partition("-")[0]
    names_one = head[:1] == "c" and head[1:].isdigit()
    if problem.slug and problem.grade and (ours or names_one) and head != f"c{problem.grade}":
        reader.complain("slug", Flaw.SLUG_OF_ANOTHER_CLASS, head=f"c{problem.grade}-")


def _topic(reader: Reader, topics: Collection[str]) -> str:
    topic = reader.pattern("topic", KEY, 100)
    if topic and topic not in topics:
        reader.complain("topic", Flaw.NO_SUCH_TOPIC, topic=topic)
    return topic
