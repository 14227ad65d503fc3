"""Running and handing in, and looking back at what was tried.

A tap on Run or Submit is answered by one message, which the worker changes until it is the verdict.
"""

from decimal import Decimal
from functools import partial
from typing import Any

from bot.handlers.submissions import STEP, both, page_number
from bot.routes import read_id, routes, short
from bot.turn import Turn
from domain.submissions import attempts
from domain.submissions.languages import LANGUAGES
from domain.submissions.queueing import QUEUE, message_key
from domain.submissions.records import AttemptType, JudgingStatus
from domain.submissions.work_records import AttemptLine, AttemptSeen


@routes.button("attempts.run")
async def run(turn: Turn) -> None:
    """Tries the draft against the tests that are not hidden."""
    ready = await _prepare(turn, AttemptType.TEST_RUN)
    await _hand_in(turn, ready, AttemptType.TEST_RUN)


@routes.button("attempts.submit")
async def submit(turn: Turn) -> None:
    """Where tries are counted, or where an exam ends with it, it is asked once more."""
    ready = await _prepare(turn, AttemptType.FINAL_SUBMISSION)
    most = ready.work.assignment.terms.config.max_attempts
    ends_exam = await attempts.ends_exam(turn.work, turn.person, ready)
    if most is None and not ends_exam:
        await _hand_in(turn, ready, AttemptType.FINAL_SUBMISSION)
        return
    turn.say(
        "attempts.confirm",
        problem=turn.argument,
        title=both(ready.work.line.title, ready.work.line.title_bn),
        left=None if most is None else most - ready.work.line.submitted,
        ends_exam=ends_exam,
        late_percent=_percent(ready.penalty),
        language=LANGUAGES[ready.language].label,
    )


@routes.button("attempts.confirmed")
async def confirmed(turn: Turn) -> None:
    ready = await _prepare(turn, AttemptType.FINAL_SUBMISSION)
    await _hand_in(turn, ready, AttemptType.FINAL_SUBMISSION, edit=True)


async def _prepare(turn: Turn, type_: AttemptType) -> attempts.Ready:
    problem_id = read_id(turn.argument)
    return await attempts.prepare(turn.work, turn.person, problem_id, type_, turn.now)


async def _hand_in(
    turn: Turn, ready: attempts.Ready, type_: AttemptType, *, edit: bool = False
) -> None:
    storage, student = turn.environment.storage, turn.person.id
    key: str = turn.outside("code", partial(attempts.store, storage, student, ready.source))
    done = await attempts.hand_in(turn.work, turn.person, ready, type_, key, turn.now)
    turn.wake(QUEUE)
    turn.go(STEP, problem=turn.argument)
    turn.say(
        "submissions.queued",
        edit=edit,
        dedupe_key=message_key(done.judging_id),
        type=type_,
        number=done.number,
        title=both(ready.work.line.title, ready.work.line.title_bn),
        language=LANGUAGES[ready.language].label,
        locked=done.locked,
        late_percent=_percent(ready.penalty),
    )


@routes.button("attempts.list")
async def list_(turn: Turn) -> None:
    """`problem` or `problem.page`"""
    problem_id, _, said = turn.argument.partition(".")
    page = page_number(said)
    found, lines, more = await attempts.attempts(turn.work, turn.person, read_id(problem_id), page)
    turn.say(
        "attempts.list",
        edit=said != "",
        problem=problem_id,
        title=both(found.line.title, found.line.title_bn),
        page=page,
        more=more,
        attempts=[_line(turn, one) for one in lines],
    )


@routes.button("attempts.show")
async def show(turn: Turn) -> None:
    seen = await attempts.attempt(turn.work, turn.person, read_id(turn.argument))
    turn.say(
        "attempts.attempt",
        edit=True,
        problem=short(seen.line.assignment_problem_id),
        title=both(seen.title, seen.title_bn),
        compiler=seen.compiler,
        marks=[[one.number, one.hidden, one.verdict] for one in seen.marks],
        **_line(turn, seen.line),
    )


@routes.button("attempts.code")
async def code(turn: Turn) -> None:
    """The code as it was handed over, as a file."""
    seen = await attempts.attempt(turn.work, turn.person, read_id(turn.argument))
    turn.say(
        "attempts.code",
        key=seen.code_key,
        file=_file_name(seen),
        title=both(seen.title, seen.title_bn),
        number=seen.line.number,
    )


@routes.button("attempts.reuse")
async def reuse(turn: Turn) -> None:
    """The code of an attempt as the draft again."""
    seen = await attempts.attempt(turn.work, turn.person, read_id(turn.argument))
    fetch = partial(turn.environment.storage.get, seen.code_key)
    source: bytes = turn.outside("code", fetch)
    await attempts.reuse(turn.work, turn.person, seen, source.decode(), turn.now)
    problem_id = short(seen.line.assignment_problem_id)
    turn.go(STEP, problem=problem_id)
    turn.say("attempts.reused", number=seen.line.number, problem=problem_id)


def _line(turn: Turn, line: AttemptLine) -> dict[str, Any]:
    return {
        "attempt": short(line.id),
        "number": line.number,
        "type": line.type,
        "language": LANGUAGES[line.language].label,
        "at": turn.person.local(line.created_at).isoformat(),
        "late": line.late_by_seconds > 0,
        "judging": line.status in (JudgingStatus.QUEUED, JudgingStatus.PROCESSING),
        "failed": line.status is JudgingStatus.ERROR,
        "verdict": line.verdict,
        "score": None if line.score is None else str(line.score),
        "points": None if line.points is None else str(line.points),
    }


def _percent(share: Decimal) -> int:
    return int(100 * share)


def _file_name(seen: AttemptSeen) -> str:
    return f"attempt-{seen.line.number}{LANGUAGES[seen.line.language].extensions[0]}"
