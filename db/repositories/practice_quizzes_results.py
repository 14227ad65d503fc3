"""The statement of a quiz's results: how a class did, compiled once."""

from typing import Any

from sqlalchemy import (
    CTE,
    Integer,
    and_,
    bindparam,
    case,
    func,
    join,
    select,
)

from db.models import (
    ContentItem,
    Enrollment,
    Module,
    PracticeItem,
    PracticeSession,
    Problem,
    Quiz,
    QuizProblem,
    Response,
    User,
)
from db.repositories.practice_quizzes_statements import (
    COUNT,
    ITEM,
    QUESTIONS,
    answered,
    most,
    score,
    session_of,
)
from db.statements import Statement
from domain.courses.records import EnrollmentRole, EnrollmentStatus
from domain.practice.records import SessionStatus


def _sat() -> CTE:
    """Everybody who learns in the class now, with their session where there is one."""
    source = join(Quiz, ContentItem, ContentItem.id == Quiz.id)
    source = join(source, Module, Module.id == ContentItem.module_id)
    source = join(
        source,
        Enrollment,
        and_(
            Enrollment.class_id == Module.class_id,
            Enrollment.role == EnrollmentRole.STUDENT,
            Enrollment.status == EnrollmentStatus.ACTIVE,
        ),
    )
    source = join(source, User, User.id == Enrollment.user_id)
    ended = PracticeSession.status == SessionStatus.COMPLETED
    return (
        select(
            User.id.label("user_id"),
            User.full_name.label("name"),
            PracticeSession.id.label("session_id"),
            PracticeSession.status,
            func.coalesce(ended, False).label("ended"),
            func.coalesce(PracticeSession.problems_correct, 0).label("correct"),
            func.coalesce(COUNT, 0).label("count"),
            answered().label("answered"),
            case((ended, score(PracticeSession.problems_correct, COUNT, Quiz.points_total))).label(
                "score"
            ),
        )
        .select_from(join(source, PracticeSession, session_of(Enrollment.user_id), isouter=True))
        .where(Quiz.id == ITEM)
        .cte("sat")
    )


def _by_question(sat: CTE) -> Any:
    """Each question of the quiz, hardest first, as JSON; null while nobody has handed in."""
    right = func.count().filter(Response.is_correct)
    asked = func.count()
    tried = and_(Response.item_id == PracticeItem.id, Response.try_number == 1)
    source = join(PracticeItem, sat, and_(sat.c.session_id == PracticeItem.session_id, sat.c.ended))
    source = join(source, Response, tried, isouter=True)
    rows = (
        select(PracticeItem.problem_id, asked.label("asked"), right.label("right"))
        .select_from(source)
        .group_by(PracticeItem.problem_id)
        .subquery("did")
    )
    place = and_(QuizProblem.problem_id == rows.c.problem_id, QuizProblem.quiz_id == ITEM)
    listed = (
        select(
            QuizProblem.order_index.label("place"),
            Problem.question_en,
            Problem.question_bn,
            Problem.parameters,
            Problem.conditions,
            rows.c.asked,
            rows.c.right,
        )
        .select_from(join(rows, QuizProblem, place).join(Problem, Problem.id == rows.c.problem_id))
        .order_by(rows.c.right * 1.0 / rows.c.asked, QuizProblem.order_index)
        .subquery("question")
    )
    return select(func.jsonb_agg(func.to_jsonb(listed.table_valued()))).scalar_subquery()


def _page(sat: CTE) -> Any:
    """Who handed in, best first; then who is at it; then who has not begun."""
    page = (
        select(
            sat.c.name,
            sat.c.status,
            sat.c.answered,
            sat.c.correct,
            sat.c.count,
            sat.c.score,
        )
        .order_by(
            sat.c.ended.desc(),
            sat.c.status.is_(None),
            sat.c.correct.desc(),
            sat.c.name,
            sat.c.user_id,
        )
        .offset(bindparam("offset", type_=Integer))
        .limit(bindparam("limit", type_=Integer))
        .subquery("student")
    )
    return select(func.jsonb_agg(func.to_jsonb(page.table_valued()))).scalar_subquery()


def _results() -> Statement:
    sat = _sat()

    def over(value: Any) -> Any:
        return select(value).select_from(sat).scalar_subquery()

    return Statement(
        select(
            Quiz.points_total,
            most(Quiz.points_total, QUESTIONS).label("most"),
            over(func.count().filter(sat.c.ended)).label("handed_in"),
            over(func.count().filter(sat.c.status == SessionStatus.IN_PROGRESS)).label("working"),
            over(func.count().filter(sat.c.session_id.is_(None))).label("not_begun"),
            over(func.round(func.avg(sat.c.score), 2)).label("average"),
            _by_question(sat).label("questions"),
            _page(sat).label("students"),
        ).where(Quiz.id == ITEM)
    )


RESULTS = _results()
