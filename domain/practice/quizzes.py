"""A quiz from its first question to its score, as its student meets it, and as time ends it.

Every function works inside the caller's transaction. A quiz is answered once: each question takes
one try, and what was left for later comes back until the student hands the quiz in.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from domain.courses.access import check_running, in_item, not_found
from domain.courses.cards import ItemCard, Need, Standing
from domain.courses.records import ContentType
from domain.errors import Conflict, Refusal
from domain.people.records import Person
from domain.practice import answers, sessions, skills
from domain.practice.checking import (
    checked,
    is_rewritten,
    observed,
    seconds_spent,
    shown_anew,
)
from domain.practice.quiz_outcomes import (
    Asked,
    Ended,
    Outcome,
    QuizSeen,
    Stale,
    TakenBack,
)
from domain.practice.quiz_records import (
    Answered,
    QuizLine,
    QuizResults,
    QuizSession,
    QuizStanding,
    Waiting,
)
from domain.practice.records import Item, ItemState, Try
from domain.unit_of_work import UnitOfWork

OPEN_FOR = timedelta(days=14)
"""Of a quiz without a due date, from its beginning."""
AT_ONCE = 20_000
"""Sessions that the clock ends in one statement."""
NOTICE_FOR = timedelta(days=3)
STUDENTS = 15
"""On a page of a quiz's results."""
HUNDREDTH = Decimal("0.01")


def most(points_total: int, count: int) -> Decimal:
    """The highest score: what the teacher chose, or one point a question."""
    return Decimal(points_total or count)


def score(correct: int, count: int, points_total: int) -> Decimal:
    """To a hundredth; what was not answered counts as wrong."""
    share = Decimal(correct) * most(points_total, count) / Decimal(count)
    return share.quantize(HUNDREDTH, ROUND_HALF_UP)


async def up_next(work: UnitOfWork, person: Person, now: datetime) -> Sequence[QuizLine]:
    return await work.quiz_sessions.up_next(person.id, now)


async def look(
    work: UnitOfWork, person: Person, item_id: UUID, now: datetime
) -> QuizSeen | Ended | TakenBack:
    """The quiz's card, or what came of it. Raises Refusal. One whose time is over ends here."""
    card = await _quiz(work, person, item_id, now)
    if isinstance(card, TakenBack):
        return card
    standing = await work.quiz_sessions.standing(person.id, item_id)
    session = standing.session
    if session is None:
        return QuizSeen(card, standing, _begins(card, now))
    if session.open_at(now):
        return QuizSeen(card, standing, not card.in_class.is_archived)
    return await _over(work, person, card, standing, session, now)


def _begins(card: ItemCard, now: datetime) -> bool:
    due = card.item.due_date
    in_time = due is None or now < due
    return card.standing is Standing.STUDENT and in_time and not card.in_class.is_archived


async def begin(work: UnitOfWork, person: Person, item_id: UUID, now: datetime) -> Outcome:
    """Begins the quiz, or goes on where the student was. Raises Refusal."""
    # Its teacher changes neither its problems nor its due date until this is committed.
    await work.quiz_sessions.hold(item_id)
    card = await _running(work, person, item_id, now)
    if isinstance(card, TakenBack):
        return card
    waiting = await work.quiz_sessions.waiting(person.id, item_id)
    if waiting is None:
        standing = await work.quiz_sessions.standing(person.id, item_id)
        if standing.session is not None:
            return await _nothing_waits(work, person, card, standing, now)
        waiting = await _first(work, person, card, now)
    elif not waiting.item.open_at(now):
        return await _end(work, person, card, now)
    else:
        await work.practice.reopen_item(waiting.item.id, now)
    return Asked(card, waiting, waiting.left, waiting.item.count)


async def _first(work: UnitOfWork, person: Person, card: ItemCard, now: datetime) -> Waiting:
    item_id, due = card.item.id, card.item.due_date
    if due is not None and due <= now:
        raise Refusal("the quiz is over", "quiz.over", {"title": card.item.title})
    problems = await work.quiz_sessions.problems(item_id)
    if not problems:
        raise not_found()
    until = now + OPEN_FOR if due is None else due
    if await work.practice.create_session(person.id, problems, now, until, item_id) is None:
        raise Conflict("the quiz was begun meanwhile")
    waiting = await work.quiz_sessions.waiting(person.id, item_id)
    if waiting is None:
        raise Conflict("a quiz without questions")
    return waiting


async def _nothing_waits(
    work: UnitOfWork, person: Person, card: ItemCard, standing: QuizStanding, now: datetime
) -> Outcome:
    """Where every question is answered, or the quiz is over, or was never begun."""
    session = standing.session
    if session is None:
        return Stale()
    if session.open_at(now):
        return Asked(card, None, session.count - session.answered, session.count)
    return await _over(work, person, card, standing, session, now)


async def answer(
    work: UnitOfWork,
    person: Person,
    item_id: UUID,
    text: str,
    now: datetime,
    *,
    hasty: bool = False,
) -> Outcome:
    """The one try of the question that waits. Raises Mistake, which is no try, and Refusal.

    What is `hasty` was sent before that question was shown: it is asked once more. Whoever hears
    nothing types an answer again, and it must not cost them the next question.
    """
    found = await _at_question(work, person, item_id, now)
    if not isinstance(found, _AtQuestion):
        return found
    item = found.waiting.item
    if hasty or is_rewritten(item):
        return await _anew(work, found, now, early=hasty)
    verdict = checked(text, item)
    evidence = skills.of_answer(item.tries, item.hints_shown, correct=verdict.correct)
    skill = None if evidence is None else observed(item, evidence, now)
    left = found.waiting.left - 1
    following = _following(found.waiting)
    tried = replace(item, next_id=None if following is None else following.id)
    attempt = Try(tried, text.strip(), verdict.correct, seconds_spent(item, now), now, skill)
    if not await work.practice.store_answer(attempt, ItemState.ANSWERED):
        raise Conflict("the question moved on meanwhile")
    return _next(found, following, left, now, verdict=verdict)


async def postpone(
    work: UnitOfWork, person: Person, item_id: UUID, practice_item_id: UUID, now: datetime
) -> Outcome:
    """Leaves the question that waits for later. Raises Refusal."""
    found = await _at_question(work, person, item_id, now)
    if not isinstance(found, _AtQuestion):
        return found
    item = found.waiting.item
    if item.id != practice_item_id:
        return Stale()
    following = _following(found.waiting)
    next_id = None if following is None else following.id
    if not await work.quiz_sessions.postpone(item, seconds_spent(item, now), next_id, now):
        raise Conflict("the question moved on meanwhile")
    return _next(found, following, found.waiting.left, now, postponed=True)


async def overview(work: UnitOfWork, person: Person, item_id: UUID, now: datetime) -> Outcome:
    """How many are answered and how many are left, before handing in. Raises Refusal."""
    card = await _running(work, person, item_id, now)
    if isinstance(card, TakenBack):
        return card
    standing = await work.quiz_sessions.standing(person.id, item_id)
    return await _nothing_waits(work, person, card, standing, now)


async def hand_in(work: UnitOfWork, person: Person, item_id: UUID, now: datetime) -> Outcome:
    """Ends the quiz with what is answered; once more: what came of it. Raises Refusal."""
    card = await _running(work, person, item_id, now)
    if isinstance(card, TakenBack):
        return card
    return await _end(work, person, card, now)


async def solution(
    work: UnitOfWork, person: Person, item_id: UUID, position: int, now: datetime
) -> tuple[ItemCard, Answered]:
    """A question of the student's own quiz, with its worked solution. Raises Refusal."""
    card = await _quiz(work, person, item_id, now)
    if isinstance(card, TakenBack):
        raise not_found()
    found = await work.quiz_sessions.answered(person.id, item_id, position)
    standing = await work.quiz_sessions.standing(person.id, item_id)
    session = standing.session
    if found is None or session is None:
        raise Refusal("no such question of theirs", "common.stale_button")
    if session.open_at(now) or not _solved(card, now):
        raise Refusal("the solutions are not shown yet", "quiz.no_solutions")
    return card, found


async def results(
    work: UnitOfWork, person: Person, item_id: UUID, page: int, now: datetime
) -> tuple[ItemCard, QuizResults]:
    """For those who teach. Raises Refusal."""
    card = await in_item(work, person, item_id, Need.ASSIST, now)
    if card.item.content_type is not ContentType.QUIZ:
        raise Refusal("no quiz", "common.stale_button")
    return card, await work.quiz_sessions.results(item_id, page * STUDENTS, STUDENTS + 1)


async def close_due(work: UnitOfWork, bot_id: int, now: datetime) -> int:
    """What the clock does: ends, scores and tells of quizzes whose time is over; how many."""
    return await work.quiz_sessions.close_due(bot_id, now, AT_ONCE, NOTICE_FOR)


@dataclass(frozen=True, slots=True)
class _AtQuestion:
    card: ItemCard
    waiting: Waiting


async def _quiz(
    work: UnitOfWork, person: Person, item_id: UUID, now: datetime
) -> ItemCard | TakenBack:
    """Raises Refusal. A student who is at a quiz that is hidden by now may know why it is gone."""
    card = await work.classes.item_card(item_id, person.id)
    if card is None or card.item.content_type is not ContentType.QUIZ:
        raise not_found()
    if not card.in_class.meets(Need.LEARN):
        raise not_found()
    if card.in_class.meets(Need.ASSIST) or card.open_at(now):
        return card
    standing = await work.quiz_sessions.standing(person.id, item_id)
    if standing.session is None:
        raise not_found()
    return TakenBack(card.item.title)


async def _running(
    work: UnitOfWork, person: Person, item_id: UUID, now: datetime
) -> ItemCard | TakenBack:
    """The quiz, for a student who acts in it. Raises Refusal."""
    card = await _quiz(work, person, item_id, now)
    if isinstance(card, ItemCard):
        if card.standing is not Standing.STUDENT:
            raise Refusal("a teacher answers a quiz", "quiz.only_looking")
        check_running(card.in_class)
    return card


async def _at_question(
    work: UnitOfWork, person: Person, item_id: UUID, now: datetime
) -> _AtQuestion | Outcome:
    card = await _running(work, person, item_id, now)
    if isinstance(card, TakenBack):
        return card
    waiting = await work.quiz_sessions.waiting(person.id, item_id)
    if waiting is None:
        standing = await work.quiz_sessions.standing(person.id, item_id)
        return await _nothing_waits(work, person, card, standing, now)
    if not waiting.item.open_at(now):
        return await _end(work, person, card, now)
    return _AtQuestion(card, waiting)


def _following(waiting: Waiting) -> Item | None:
    """What is asked next; None at the end of a round, when the others were left more often."""
    following = waiting.following
    if following is None or following.postponed > waiting.item.postponed:
        return None
    return following


def _next(
    found: _AtQuestion,
    following: Item | None,
    left: int,
    now: datetime,
    *,
    verdict: answers.Verdict | None = None,
    postponed: bool = False,
) -> Asked:
    count = found.waiting.item.count
    waiting = None if following is None else Waiting(shown_anew(following, now), None, left)
    return Asked(found.card, waiting, left, count, verdict, postponed)


async def _anew(work: UnitOfWork, found: _AtQuestion, now: datetime, *, early: bool) -> Asked:
    waiting = found.waiting
    await work.practice.reopen_item(waiting.item.id, now)
    shown = replace(waiting, item=shown_anew(waiting.item, now))
    return Asked(
        found.card,
        shown,
        waiting.left,
        waiting.item.count,
        rewritten=is_rewritten(waiting.item),
        early=early,
    )


async def _end(work: UnitOfWork, person: Person, card: ItemCard, now: datetime) -> Ended | Stale:
    standing = await work.quiz_sessions.standing(person.id, card.item.id)
    if standing.session is None:
        return Stale()
    return await _over(work, person, card, standing, standing.session, now, hand_in=True)


async def _over(
    work: UnitOfWork,
    person: Person,
    card: ItemCard,
    standing: QuizStanding,
    session: QuizSession,
    now: datetime,
    *,
    hand_in: bool = False,
) -> Ended:
    """What came of a session; one that is open is ended, in time where it is handed in."""
    day = None
    if not session.ended:
        in_time = hand_in and now < session.expires_at
        at = now if in_time else session.expires_at
        got = score(session.correct, session.count, standing.points_total)
        full = most(standing.points_total, session.count)
        if not await work.quiz_sessions.settle(session, at, got, full):
            raise Conflict("the quiz ended or was answered meanwhile")
        session = replace(session, completed_at=at)
        if in_time and session.answered:
            day = await sessions.count_day(work, person, now)
    result = await work.practice.session_result(session.id)
    solved = _solved(card, now)
    return Ended(
        card,
        result,
        score(result.correct, len(result.items), standing.points_total),
        most(standing.points_total, len(result.items)),
        solutions=solved,
        solutions_from=None if solved else card.item.due_date,
        in_time=session.completed_at is not None and session.completed_at < session.expires_at,
        day=day,
    )


def _solved(card: ItemCard, now: datetime) -> bool:
    """Whether nobody can begin or answer the quiz any more, or nobody has to by a certain time."""
    due = card.item.due_date
    return due is None or now >= due
