"""A month of 2,000 students, told what they should be and nothing else.

The database, the jobs of the clock, the sender and HTTP to a local chat that keeps Telegram's
limits are the service's own; only the clock is moved on, from one instant at which something can
happen to the next, and 34 ms a message. A model in plain Python, which shares nothing with the
service, says what each student must get. Holidays, a change of clocks in three zones, students who
mute, block and have odd quiet hours, and a day without the scheduler are part of it.

`month STUDENTS DAYS` takes others than 2,000 and 31.
"""

import asyncio
import logging
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path

import structlog

from benchmarks import _month_school, harness
from benchmarks._month_clocks import Clocks, is_quiet
from benchmarks._month_model import EVENING, GRACE, SENT, STAGES, Model, Told
from benchmarks._month_plan import EXAM, HOUR, MINUTE, SESSION, Act, Plan, drawn
from benchmarks._month_school import Ended, School, school
from db.session import PoolSettings, get_engine

FIRST, DAYS, STUDENTS, SEED = date(2026, 3, 1), 31, 2000, 5
# So long after the instant at which it may be said it must be there, whatever waits before it.
LATE = timedelta(minutes=5)


@dataclass(slots=True)
class Outcome:
    """What was compared."""

    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Kind and what became of it, by the model."""
    wrong: list[str] = field(default_factory=list)
    longest_wait: timedelta = timedelta()
    ticks: int = 0


async def main(arguments: Sequence[str]) -> None:
    harness.refuse_real_services()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    students, days = (int(one) for one in arguments) if arguments else (STUDENTS, DAYS)
    began = time.perf_counter()
    with harness.home() as folder:
        async with harness.services(folder, valkey=False) as services:
            outcome = await simulated(
                services.database_url or "", drawn(students, FIRST, days, SEED), folder
            )
    show(outcome, students, FIRST, days, time.perf_counter() - began)


async def simulated(url: str, plan: Plan, folder: Path) -> Outcome:
    """Goes through the plan with model and service side by side, and compares."""
    engine = get_engine(url, PoolSettings(size=4))
    clocks = Clocks(plan, [EVENING, *(one.reminder for one in plan.people if one.reminder)])
    model = Model(plan, clocks)
    acts = {at: list(some) for at, some in groupby(plan.acts, key=lambda act: act.at)}
    outcome = Outcome()
    try:
        async with school(plan, engine, url.replace("+asyncpg", ""), folder) as service:
            for now in instants(plan, clocks, list(acts)):
                done = acts.get(now, [])
                for act in possible(done, model):
                    model.act(act)
                    await service.act(act, model)
                jobs = not plan.is_out(now)
                model.tick(await service.tick(now, jobs=jobs), jobs=jobs)
                outcome.ticks += 1
            await compare(service, model, outcome)
    finally:
        await engine.dispose()
    return outcome


def possible(acts: Sequence[Act], model: Model) -> Iterator[Act]:
    """Without those that the bot would not let anybody do: another session while one is open,
    work that is not open, or over."""
    for act in acts:
        item = model.plan.items[act.item] if act.item >= 0 else None
        if act.what == "leave" and model.states[act.person].left:
            continue
        if item is not None and not item.release <= act.at < item.due:
            continue
        if act.what == "finish" and model.states[act.person].quizzes.get(act.item) != "begun":
            continue
        yield act


def instants(plan: Plan, clocks: Clocks, acted: Sequence[datetime]) -> list[datetime]:
    """Every minute at which anything can fall due, begin to be allowed, or be done by somebody."""
    found = set(acted)
    for moments in clocks.moments.values():
        found |= {at for at, _ in moments}
    for item in plan.items:
        for due in (
            item.due,
            *(act.due for act in plan.acts if act.item == item.number and act.due),
        ):
            found |= {due, due + MINUTE, *(due - ahead for ahead, _ in STAGES.values())}
        found.add(item.release)
    for act in plan.acts:
        if act.what == "leave":
            found.add(act.at + SESSION)
        elif act.what == "sit":
            found.add(act.at + EXAM + GRACE + MINUTE / 2)
    found |= set(quiet_ends(plan))
    if plan.outage is not None:
        found.add(plan.outage[1])
    return sorted(at for at in found if plan.begin < at < plan.end)


def quiet_ends(plan: Plan) -> Iterator[datetime]:
    """When somebody's quiet hours end: of all that have the same, one is asked."""
    kinds = {(one.zone, one.quiet): one for one in plan.people}
    for one in kinds.values():
        at, was = plan.begin, False
        while at < plan.end:
            now = is_quiet(one, at)
            if was and not now:
                yield at
            at, was = at + HOUR / 4, now


async def compare(service: School, model: Model, outcome: Outcome) -> None:
    found = await _month_school.book(service)
    wanted = {_dedupe_key(service, told): told for told in model.told.values()}
    for key in sorted(found.keys() - wanted.keys()):
        outcome.wrong.append(f"{key}: nobody should be told, it is {found[key].outcome}")
    for key, told in wanted.items():
        outcome.told[told.kind, told.outcome] += 1
        ended = found.get(key)
        if ended is None or ended.outcome != told.outcome:
            is_ = "not there" if ended is None else ended.outcome
            outcome.wrong.append(f"{key}: {is_}, should be {told.outcome} ({told.key})")
        elif told.outcome == SENT:
            _check_time(model, told, ended, outcome)
    _check_chats(
        service, model, {key: found[key] for key in found.keys() & wanted.keys()}, wanted, outcome
    )
    await _check_missing(service, model, outcome)
    refused = sum(one["status"] == 429 for one in service.chat.api.calls.listed())
    if refused:
        outcome.wrong.append(f"the chat refused {refused} for their speed")


def _check_time(model: Model, told: Told, ended: Ended, outcome: Outcome) -> None:
    if told.ended is None or ended.at is None:
        outcome.wrong.append(f"{told.key}: sent at no time")
        return
    wait = ended.at - told.ended
    outcome.longest_wait = max(outcome.longest_wait, wait)
    person = model.plan.people[told.person]
    if wait < timedelta() or wait > LATE or ended.at >= told.expires or is_quiet(person, ended.at):
        outcome.wrong.append(f"{told.key}: sent at {ended.at}, could be said from {told.ended} on")


def _check_chats(
    service: School,
    model: Model,
    found: dict[str, Ended],
    wanted: dict[str, Told],
    outcome: Outcome,
) -> None:
    """What came to each phone is what the book says, once each, and at no quiet hour."""
    sent: dict[int, set[int | None]] = defaultdict(set)
    for key, ended in found.items():
        if ended.outcome == SENT:
            sent[wanted[key].person].add(ended.message_id)
    for person, messages in _month_school.received(service).items():
        numbers = [number for number, _ in messages]
        if len(numbers) != len(set(numbers)) or set(numbers) != sent[person]:
            outcome.wrong.append(f"student {person} has other messages than were sent")
        one = model.plan.people[person]
        if any(is_quiet(one, at) for _, at in messages):
            outcome.wrong.append(f"student {person} was told something in their quiet hours")


async def _check_missing(service: School, model: Model, outcome: Outcome) -> None:
    people = {key: number for number, key in enumerate(service.ids)}
    items = {key: number for number, key in enumerate(service.items)}
    rows = await service.database.fetch(
        "select student_id, content_item_id from gradebook_entries where status = 'missing'"
    )
    marked = {(people[row["student_id"]], items[row["content_item_id"]]) for row in rows}
    for person, item in sorted(marked ^ model.missing):
        outcome.wrong.append(f"work {item} of student {person}: {(person, item) in marked} missing")


def _dedupe_key(service: School, told: Told) -> str:
    """As the service writes it."""
    what, _, *about = told.key
    user = service.ids[told.person]
    if what in {"practice_reminder", "streak_at_risk"}:
        return f"{what}:{user}:{told.day}"
    if what in {"practice.expired", "quiz_ended"}:
        return f"{what}:{service.sessions[told.key]}"
    item = service.items[int(str(about[0]))]
    if told.due is not None:
        return f"{what}:{item}:{int(told.due.timestamp())}:{user}"
    return f"{what}:{item}:{user}"


def show(outcome: Outcome, students: int, first: date, days: int, seconds: float) -> None:
    print(
        f"{students:,} students, {days} days from {first}, {outcome.ticks:,} instants,"
        f" {seconds:.0f} s; nothing came later than {outcome.longest_wait.total_seconds():.0f} s"
        " after it could be said\n"
    )
    reasons = [SENT, *sorted({reason for _, reason in outcome.told} - {SENT})]
    kinds = sorted({kind for kind, _ in outcome.told})
    rows: list[tuple[object, ...]] = [
        (kind, *(f"{outcome.told[kind, reason]:,}" for reason in reasons)) for kind in kinds
    ]
    sums = [sum(outcome.told[kind, reason] for kind in kinds) for reason in reasons]
    rows.append(("all", *(f"{one:,}" for one in sums)))
    harness.table(("", *reasons), rows)
    for one in outcome.wrong[:20]:
        print(f"wrong: {one}")
    wrong = len(outcome.wrong)
    harness.verdict(0, wrong, {"told": outcome.told.total()}, 0.0, holds=not wrong)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
