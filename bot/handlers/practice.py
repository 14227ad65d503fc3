"""Practice: the session's conversation, the streak, progress.

/practice ──► [resume or start anew?] ──► practice ◄──┐
                                            │ text: an answer
                                            │ hint, solution, skip, how sure ──┘
                                            ├─ the fifth is over ──► summary, left
                                            ├─ stop or /cancel ────► left, resumable
                                            └─ 30 minutes ─────────► closed, left
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.routes import routes
from bot.turn import Turn
from domain.errors import Refusal
from domain.operations.clockwork import result_data
from domain.people.records import Role
from domain.practice import aids, hints, progress, sessions
from domain.practice.hints import NextHint
from domain.practice.progress import ProgressSeen
from domain.practice.records import Confidence, Item, ItemState, SessionResult
from domain.practice.sessions import Expired, Rewritten, Step
from domain.practice.skills import Level

STEP = "practice"


@routes.command("practice")
@routes.button("practice.begin")
async def begin(turn: Turn) -> None:
    begun = await sessions.begin(turn.work, turn.person, turn.now, turn.rng)
    if begun.resumable:
        turn.say("practice.resumable", **_place(turn, begun.item))
        return
    turn.go(STEP)
    turn.say("practice.question", question=question(begun.item), first=_minutes(turn, begun.item))


@routes.button("practice.resume")
async def resume(turn: Turn) -> None:
    item = await sessions.resume(turn.work, turn.person, turn.now)
    if item is None:
        turn.say("practice.none_open")
    elif isinstance(item, Expired):
        _expired(turn, item.result)
    else:
        turn.go(STEP)
        turn.say("practice.question", question=question(item))


@routes.button("practice.anew")
async def anew(turn: Turn) -> None:
    """Closes the session that is open and begins another."""
    await sessions.abandon(turn.work, turn.person, turn.now)
    await begin(turn)


@routes.step(STEP)
async def answer(turn: Turn) -> None:
    done = await sessions.answer(turn.work, turn.person, turn.text, turn.now)
    if done is None:
        turn.go(None)
        turn.say("practice.none_open")
    elif isinstance(done, Expired | Rewritten):
        _gone(turn, done)
    elif done.verdict is not None and not done.verdict.correct:
        turn.say(
            "practice.wrong",
            **_place(turn, done.item),
            reason=done.verdict.reason,
            more=hints.following(done.item) is NextHint.OPEN,
        )
    else:
        _go_on(turn, done, "right")


@routes.button("practice.hint")
async def hint(turn: Turn) -> None:
    item = await sessions.hint(turn.work, turn.person, _item_id(turn), turn.now)
    if isinstance(item, Item):
        turn.go(STEP)
        turn.say(
            "practice.hint",
            **_place(turn, item),
            number=item.hints_shown,
            hint=dict(item.hints[item.hints_shown - 1]),
            after=hints.following(item),
        )
    else:
        _gone(turn, item)


@routes.button("practice.solution")
async def solution(turn: Turn) -> None:
    await _leave(turn, ItemState.SHOWN, "shown")


@routes.button("practice.skip")
async def skip(turn: Turn) -> None:
    await _leave(turn, ItemState.SKIPPED, "skipped")


async def _leave(turn: Turn, state: ItemState, feedback: str) -> None:
    done = await sessions.leave(turn.work, turn.person, _item_id(turn), state, turn.now)
    if isinstance(done, Step):
        _go_on(turn, done, feedback)
    else:
        _gone(turn, done)


@routes.button("practice.sure")
async def sure(turn: Turn) -> None:
    """How sure they are, said before the answer: the tapped button is marked."""
    level, _, item_id = turn.argument.partition(".")
    item = await sessions.confide(
        turn.work, turn.person, UUID(item_id), Confidence(level), turn.now
    )
    if item is None:
        _gone(turn, None)
    else:
        turn.go(STEP)
        turn.say("practice.confidence_marked", edit=True, question=question(item))


@routes.button("practice.report")
async def report(turn: Turn) -> None:
    """ "This problem is wrong": kept with the item, and told to the admins once."""
    item_id = _item_id(turn)
    if not await sessions.report(turn.work, turn.person, item_id, turn.now):
        turn.toast = ("practice.reported_before", {})
        return
    turn.toast = ("practice.reported", {})
    item = await turn.work.practice.load_item(turn.person.id, item_id)
    for admin in await turn.work.people.get_users_by_role(Role.ADMIN):
        turn.tell(
            admin,
            "operations.problem_reported",
            dedupe_key=f"report:{item_id}:{admin.id}",
            question=dict(item.question) if item else {},
            answer=item.answer if item else "",
            topic=item.topic if item else "",
            problem=item.problem_id.hex if item else None,
        )


@routes.button("practice.stop")
async def stop(turn: Turn) -> None:
    await pause(turn)


async def pause(turn: Turn) -> None:
    """Leaves the conversation; the session stays open until its time is over."""
    turn.go(None)
    item = await sessions.waiting_item(turn.work, turn.person, turn.now)
    if item is None:
        turn.say("practice.none_open")
    elif isinstance(item, Expired):
        _expired(turn, item.result)
    else:
        turn.say("practice.paused", **_place(turn, item))


@routes.command("streak")
@routes.button("practice.streak")
async def streak(turn: Turn) -> None:
    seen = await progress.streak(turn.work, turn.person, turn.now)
    turn.say(
        "practice.streak",
        current=seen.standing,
        longest=seen.streak.longest,
        milestones=list(seen.streak.milestones),
        next_milestone=seen.next_milestone,
        practised_today=seen.today in seen.days,
        today=seen.today.isoformat(),
        days=sorted(day.isoformat() for day in seen.days),
        holidays=sorted(day.isoformat() for day in seen.holidays),
        holiday=None
        if seen.holiday is None
        else [seen.holiday.first.isoformat(), seen.holiday.last.isoformat(), seen.holiday.name],
        low_data=turn.person.low_data,
    )


@routes.command("progress")
@routes.button("practice.progress")
async def show_progress(turn: Turn) -> None:
    seen = await progress.progress(turn.work, turn.person, turn.now)
    turn.say(
        "practice.progress",
        topics=_topics(seen),
        weeks=[[one.week.isoformat(), one.tries, one.correct, one.sessions] for one in seen.weeks],
        work_on=seen.work_on,
        low_data=turn.person.low_data,
    )


def _topics(seen: ProgressSeen) -> list[list[Any]]:
    """Each topic with how well it is known, best first, and its first tries of late."""
    tried = {one.topic: one for one in seen.topics}
    rows: list[list[Any]] = []
    for one in sorted(seen.mastery, key=lambda one: -one.mastery):
        begun, late = one.level is not Level.NEW, tried.get(one.topic)
        counts = (late.tries, late.correct) if late else (0, 0)
        rows.append([one.topic, one.mastery if begun else None, one.level, *counts])
    return rows


def question(item: Item) -> dict[str, Any]:
    """What the view of a question needs."""
    return {
        "item": str(item.id),
        "position": item.position,
        "count": item.count,
        "topic": item.topic,
        "text": dict(item.question),
        "unit": item.unit,
        "unit_required": item.unit_required,
        "aid": aids.aid(item.answer, item.answer_kind, item.answer_form),
        "confidence": item.confidence,
        "hints_shown": item.hints_shown,
    }


def _place(turn: Turn, item: Item) -> dict[str, Any]:
    """Where in the session somebody stands, and until when, on their own clock."""
    return {
        "item": str(item.id),
        "position": item.position,
        "count": item.count,
        "tries": item.tries,
        "hints_shown": item.hints_shown,
        "hints": len(item.hints),
        "until": turn.person.local(item.expires_at).strftime("%H:%M"),
    }


def _minutes(turn: Turn, item: Item) -> int:
    left: timedelta = item.expires_at - turn.now
    return round(left.total_seconds() / 60)


def _item_id(turn: Turn) -> UUID:
    try:
        return UUID(turn.argument)
    except ValueError:
        raise Refusal("a button without an item", "practice.stale") from None


def _go_on(turn: Turn, done: Step, feedback: str) -> None:
    """What became of the item, and in the same message the next one or the summary."""
    told = {
        "kind": feedback,
        "tries": done.item.tries,
        "hints_shown": done.item.hints_shown,
        "solution": dict(done.item.solution) if feedback == "shown" else None,
    }
    if done.next is not None:
        turn.go(STEP)
        turn.say("practice.question", question=question(done.next), feedback=told)
        return
    turn.go(None)
    finished = done.finished
    if finished is not None:
        turn.say(
            "practice.summary",
            feedback=told,
            **result_data(finished.result),
            seconds=finished.result.total_time_seconds,
            streak=finished.streak.current,
            longest=finished.streak.longest,
            counted=finished.counted_today,
            milestone=finished.milestone,
        )


def _gone(turn: Turn, outcome: Expired | Rewritten | None) -> None:
    """An act on what is not there any more: an item that is over, a session whose time ran out,
    a question that was corrected since it was read."""
    if isinstance(outcome, Expired):
        _expired(turn, outcome.result)
    elif isinstance(outcome, Rewritten):
        turn.go(STEP)
        rewritten = {"kind": "rewritten"}
        turn.say("practice.question", question=question(outcome.item), feedback=rewritten)
    else:
        turn.toast = ("practice.stale_toast", {})


def _expired(turn: Turn, ended: SessionResult) -> None:
    turn.go(None)
    turn.say("practice.expired", **result_data(ended))
