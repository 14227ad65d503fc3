"""Quizzes as students answer them, and what came of them.

quiz.open ──► card ──► begin, go on ──► quiz ◄───────────────────────┐
                                         │ text: the one try         │
                                         │ later ────────────────────┤
                                         ├─ stop, /cancel ─► left, kept
                                         ▼ all over or left for later, or "finish"
                                     quiz.end ──► back to what is left ──┘
                                         └─ hand in ──► result ──► a question worked out

The due date ends it from any of these, and so does a teacher who takes it back.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from bot.handlers.courses_content import local, of_step, with_id, with_page, with_word
from bot.handlers.practice import question
from bot.routes import read_id, routes, short
from bot.turn import Turn
from domain.courses.cards import ItemCard, Need
from domain.errors import Refusal
from domain.operations.clockwork import result_data
from domain.practice import quizzes
from domain.practice.quiz_outcomes import Asked, Ended, Outcome, QuizSeen, Stale, TakenBack
from domain.practice.quiz_records import QuizLine, QuizSession

STEP, END = "quiz", "quiz.end"
STEPS = frozenset({STEP, END})
LONGEST_NUMBER = 3


@routes.button("quiz.open")
async def look(turn: Turn) -> None:
    _leave(turn)
    await _look(turn, read_id(turn.argument), edit=True)


async def _look(turn: Turn, item_id: UUID, *, edit: bool) -> None:
    seen = await quizzes.look(turn.work, turn.person, item_id, turn.now)
    if isinstance(seen, QuizSeen):
        turn.say("quiz.card", edit=edit, **_card(turn, seen))
    else:
        _tell(turn, seen, edit=edit)


@routes.button("quiz.begin")
async def begin(turn: Turn) -> None:
    """Begins, goes on, or goes back to what was left for later."""
    outcome = await quizzes.begin(turn.work, turn.person, read_id(turn.argument), turn.now)
    _tell(turn, outcome)


@routes.step(STEP)
async def answer(turn: Turn) -> None:
    item_id = of_step(turn, "item")
    outcome = await quizzes.answer(
        turn.work, turn.person, item_id, turn.text, turn.now, hasty=turn.hasty
    )
    await _answered(turn, item_id, outcome)


@routes.step(END)
async def typed_at_end(turn: Turn) -> None:
    """Handing in is tapped, never typed: the choice is shown once more."""
    item_id = of_step(turn, "item")
    outcome = await quizzes.overview(turn.work, turn.person, item_id, turn.now)
    await _answered(turn, item_id, outcome)


async def _answered(turn: Turn, item_id: UUID, outcome: Outcome) -> None:
    """What a text came to; where there is no session any more, the card of the quiz."""
    if isinstance(outcome, Stale):
        turn.go(None)
        await _look(turn, item_id, edit=False)
    else:
        _tell(turn, outcome, typed=turn.step == END)


@routes.button("quiz.later")
async def later(turn: Turn) -> None:
    """`item.question`"""
    item_id, question_id = with_id(turn.argument)
    outcome = await quizzes.postpone(turn.work, turn.person, item_id, question_id, turn.now)
    _tell(turn, outcome)


@routes.button("quiz.finish")
async def finish(turn: Turn) -> None:
    outcome = await quizzes.overview(turn.work, turn.person, read_id(turn.argument), turn.now)
    _tell(turn, outcome)


@routes.button("quiz.hand_in")
async def hand_in(turn: Turn) -> None:
    outcome = await quizzes.hand_in(turn.work, turn.person, read_id(turn.argument), turn.now)
    _tell(turn, outcome)


@routes.button("quiz.solution")
async def solution(turn: Turn) -> None:
    """`item.number`"""
    item_id, word = with_word(turn.argument)
    if not (word.isascii() and word.isdecimal() and len(word) < LONGEST_NUMBER):
        raise Refusal("no number", "common.stale_button")
    card, found = await quizzes.solution(turn.work, turn.person, item_id, int(word), turn.now)
    turn.say(
        "quiz.solution",
        **_place(card),
        position=found.item.position,
        count=found.item.count,
        text=dict(found.item.question),
        solution=dict(found.item.solution),
        given=found.answer,
        right=found.is_correct,
    )


@routes.button("quiz.pause")
async def stop(turn: Turn) -> None:
    await pause(turn, read_id(turn.argument))


async def pause(turn: Turn, item_id: UUID) -> None:
    """Leaves the quiz; whatever is answered stays, and it goes on where it was."""
    _leave(turn)
    seen = await quizzes.look(turn.work, turn.person, item_id, turn.now)
    if not isinstance(seen, QuizSeen):
        _tell(turn, seen)
    elif seen.standing.session is None:
        turn.say("quiz.card", **_card(turn, seen))
    else:
        session = seen.standing.session
        turn.say("quiz.paused", **_place(seen.card), **_working(turn, session))


async def pause_here(turn: Turn) -> None:
    """The quiz that is being answered; one that is gone is left all the same."""
    try:
        await pause(turn, of_step(turn, "item"))
    except Refusal:
        turn.go(None)
        turn.say("people.cancelled", registered=turn.person.registered)


@routes.button("quiz.results")
async def results(turn: Turn) -> None:
    """`item.page`, for those who teach."""
    item_id, page = with_page(turn.argument)
    card, found = await quizzes.results(turn.work, turn.person, item_id, page, turn.now)
    shown = found.students[: quizzes.STUDENTS]
    turn.say(
        "quiz.results",
        edit=True,
        **_place(card),
        page=page,
        more=len(found.students) > len(shown),
        handed_in=found.handed_in,
        working=found.working,
        not_begun=found.not_begun,
        average=None if found.average is None else str(found.average),
        most=str(found.most),
        questions=[
            [one.place, dict(one.text), one.right, one.asked]
            for one in (found.questions if page == 0 else ())
        ],
        students=[
            [
                one.name,
                one.status,
                one.answered,
                one.correct,
                one.count,
                None if one.score is None else str(one.score),
            ]
            for one in shown
        ],
    )


def entry(turn: Turn, one: QuizLine) -> dict[str, Any]:
    """A quiz in the list of what there is to do."""
    session = one.standing.session
    over = one.due_date is not None and one.due_date <= turn.now
    if session is None:
        state = "missed" if over else "new"
    else:
        state = "working" if session.open_at(turn.now) else "ended"
    return {
        "quiz": state,
        "item": short(one.item_id),
        "title": one.title,
        "in": one.class_name,
        "due": local(turn, one.due_date),
        "over": over,
        "year": turn.person.local(turn.now).year,
        "count": one.standing.questions if session is None else session.count,
        "answered": 0 if session is None else session.answered,
        "correct": 0 if session is None else session.correct,
    }


def _leave(turn: Turn) -> None:
    if turn.step in STEPS:
        turn.go(None)


def _tell(turn: Turn, outcome: Outcome, *, edit: bool = False, typed: bool = False) -> None:
    if isinstance(outcome, Asked):
        _ask(turn, outcome, typed=typed)
    elif isinstance(outcome, Ended):
        _leave(turn)
        turn.say("quiz.result", edit=edit, **_result(turn, outcome))
    elif isinstance(outcome, TakenBack):
        _leave(turn)
        turn.say("quiz.taken_back", edit=edit, title=outcome.title)
    else:
        turn.toast = ("quiz.stale_toast", {})


def _ask(turn: Turn, asked: Asked, *, typed: bool) -> None:
    item_id = short(asked.card.item.id)
    told = _told(asked)
    if asked.waiting is None:
        turn.go(END, item=item_id)
        turn.say(
            "quiz.round_over",
            **_place(asked.card),
            told=told,
            typed=typed,
            answered=asked.answered,
            left=asked.left,
            count=asked.count,
        )
        return
    turn.go(STEP, item=item_id)
    item = asked.waiting.item
    turn.say(
        "quiz.question",
        **_place(asked.card),
        told=told,
        left=asked.left,
        question={**question(item), "short": short(item.id)},
    )


def _told(asked: Asked) -> str | None:
    """What became of the question before."""
    if asked.verdict is not None:
        return "right" if asked.verdict.correct else "wrong"
    if asked.postponed:
        return "later"
    if asked.rewritten:
        return "rewritten"
    return "early" if asked.early else None


def _place(card: ItemCard) -> dict[str, Any]:
    return {
        "item": short(card.item.id),
        "title": card.item.title,
        "class_name": card.in_class.name,
        "staff": card.in_class.meets(Need.ASSIST),
    }


def _card(turn: Turn, seen: QuizSeen) -> dict[str, Any]:
    item, standing = seen.card.item, seen.standing
    session = standing.session
    count = standing.questions if session is None else session.count
    return {
        **_place(seen.card),
        "text": item.description,
        "questions": count,
        "points": str(quizzes.most(standing.points_total, count)),
        "due": local(turn, item.due_date),
        "over": item.due_date is not None and item.due_date <= turn.now,
        "year": turn.person.local(turn.now).year,
        "begins": seen.begins,
        "archived": seen.card.in_class.is_archived,
        "working": None if session is None else _working(turn, session),
    }


def _working(turn: Turn, session: QuizSession) -> Mapping[str, Any]:
    return {
        "answered": session.answered,
        "count": session.count,
        "until": _moment(turn, session.expires_at),
        "year": turn.person.local(turn.now).year,
    }


def _moment(turn: Turn, instant: datetime) -> str:
    return turn.person.local(instant).isoformat()


def _result(turn: Turn, ended: Ended) -> dict[str, Any]:
    day = ended.day
    return {
        **_place(ended.card),
        **result_data(ended.result),
        "score": str(ended.score),
        "most": str(ended.most),
        "in_time": ended.in_time,
        "solutions": ended.solutions,
        "solutions_from": local(turn, ended.solutions_from),
        "year": turn.person.local(turn.now).year,
        "day": None
        if day is None
        else {"streak": day.streak.current, "counted": day.counts, "milestone": day.milestone},
    }
