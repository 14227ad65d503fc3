"""Holidays: the use cases of `/holidays`. The handlers let admins in alone.

What is past stays as it was: streaks were counted by it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from domain.errors import Refusal
from domain.operations.holiday_spans import Span, coming, spans
from domain.people.records import Person
from domain.unit_of_work import UnitOfWork


async def look(work: UnitOfWork, person: Person, now: datetime) -> list[Span]:
    """What is coming, on the person's own calendar."""
    return coming(await work.operations.named_holidays(), person.local(now).date())


async def declare(work: UnitOfWork, admin: Person, span: Span, now: datetime) -> None:
    """In place of what those days were called before. Raises Refusal for days that are past."""
    if span.first < admin.local(now).date():
        raise Refusal("a holiday that is past", "common.stale_button")
    kept = await work.operations.holidays_to_change()
    others = [one for one in kept if not span.first <= one.day <= span.last]
    before = spans([one for one in kept if one not in others])
    await work.operations.keep_holidays([*others, *span.holidays()], admin.id)
    await _audit(work, admin, "holiday_declared", before, [span])


async def withdraw(work: UnitOfWork, admin: Person, first: date, last: date, now: datetime) -> Span:
    """Takes away what is still to come of one. Raises Refusal where it is not there any more."""
    kept = await work.operations.holidays_to_change()
    found = [one for one in coming(kept, admin.local(now).date()) if one.last == last]
    span = next((one for one in found if one.first >= first), None)
    if span is None:
        raise Refusal("no such holiday", "holidays.gone")
    gone = set(span.holidays())
    await work.operations.keep_holidays([one for one in kept if one not in gone], admin.id)
    await _audit(work, admin, "holiday_withdrawn", [span], [])
    return span


async def _audit(
    work: UnitOfWork, admin: Person, action: str, before: list[Span], after: list[Span]
) -> None:
    about = (after or before)[0].first.isoformat()
    await work.operations.audit(admin.id, action, "holiday", about, _told(before), _told(after))


def _told(found: list[Span]) -> Mapping[str, Any] | None:
    told = [[one.first.isoformat(), one.last.isoformat(), one.name] for one in found]
    return {"holidays": told} if told else None
