"""Assignments as their teachers put them together: rules, languages, points.

Every function works inside the caller's transaction and asks first who is asking. What is
published stays fit to be: see `publishing.lacks`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.courses.access import not_found
from domain.courses.content import refused, to_change
from domain.courses.content_records import ItemFacts, ItemSeen
from domain.courses.publishing import lacks
from domain.courses.records import (
    Assignment,
    AssignmentConfig,
    AssignmentMode,
    LatePolicy,
    LatePolicyKind,
)
from domain.errors import Mistake, Refusal
from domain.people.records import Person
from domain.submissions.languages import LANGUAGES
from domain.submissions.rules import config_in
from domain.typed import one_line
from domain.unit_of_work import UnitOfWork

FIRST_PENALTY = LatePolicy(LatePolicyKind.PENALTY, percent_per_day=10, at_most_percent=50)


class Field(StrEnum):
    """A number of an assignment's."""

    ATTEMPTS = "attempts"
    MINUTES = "minutes"
    PERCENT = "percent"
    MOST = "most"
    GRACE = "grace"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a field may be."""

    least: int
    most: int
    common: tuple[int, ...]
    """Offered as buttons."""
    optional: bool = False
    """Whether there may be none."""


NUMBERS: Mapping[Field, Numbers] = {
    Field.ATTEMPTS: Numbers(1, 100, (1, 2, 3, 5, 10), optional=True),
    Field.MINUTES: Numbers(1, 1440, (15, 30, 45, 60, 90, 120, 180)),
    Field.PERCENT: Numbers(1, 100, (5, 10, 20, 25, 50)),
    Field.MOST: Numbers(1, 100, (20, 50, 75, 100)),
    Field.GRACE: Numbers(0, 10_080, (0, 10, 30, 60, 1440)),
    Field.TOTAL: Numbers(1, 10_000, (10, 20, 50, 100), optional=True),
}
"""`TOTAL` without a number is the sum of the problems' points."""
POINTS = Numbers(0, 1000, (1, 5, 10, 20), optional=True)
"""Of a problem; without a number what its tests are worth."""


def read_number(text: str, numbers: Numbers) -> int:
    """Digits in either language; raises Mistake."""
    line = one_line(text)
    if line.isdecimal() and len(line) < 7 and numbers.least <= int(line) <= numbers.most:
        return int(line)
    raise Mistake(
        "no such number",
        "assignments.number_unusable",
        {"least": numbers.least, "most": numbers.most},
    )


async def setup(
    work: UnitOfWork, person: Person, item_id: UUID, now: datetime, *, lock: bool = False
) -> ItemSeen:
    """For whoever is to change it, see `content.to_change`. Raises Refusal."""
    card = await to_change(work, person, item_id, now, lock=lock)
    facts = await work.content.facts(item_id)
    if facts.assignment is None:
        raise Refusal("no assignment", "common.stale_button")
    return ItemSeen(card, facts)


def _assignment(facts: ItemFacts) -> Assignment:
    if facts.assignment is None:
        raise not_found()
    return facts.assignment


async def set_mode(
    work: UnitOfWork, person: Person, item_id: UUID, mode: AssignmentMode, now: datetime
) -> ItemSeen:
    """Raises Refusal once a student has worked on it: they would be judged by other rules."""
    seen = await setup(work, person, item_id, now, lock=True)
    if seen.facts.used and mode is not _assignment(seen.facts).mode:
        raise Refusal(
            "students have worked on it",
            "assignments.mode_stays",
            {"item_id": str(item_id), "title": seen.card.item.title},
        )
    return await _keep(work, seen, lambda one: replace(one, mode=mode))


async def set_number(
    work: UnitOfWork,
    person: Person,
    item_id: UUID,
    field: Field,
    value: int | None,
    now: datetime,
) -> ItemSeen:
    """`value` was read by `read_number`, or is None where the field is optional."""
    numbers = NUMBERS[field]
    if value is None and not numbers.optional:
        raise Refusal("a number that must be there", "common.stale_button")
    if value is not None and not numbers.least <= value <= numbers.most:
        raise Refusal("a number out of its bounds", "common.stale_button")
    seen = await setup(work, person, item_id, now, lock=True)
    return await _keep(work, seen, lambda one: _with(one, field, value))


def _with(one: Assignment, field: Field, value: int | None) -> Assignment:
    config, policy = one.config, one.config.late_policy
    if field is Field.TOTAL:
        return replace(one, points_total=value or 0)
    if field is Field.ATTEMPTS:
        return replace(one, config=replace(config, max_attempts=value))
    if field is Field.MINUTES:
        return replace(one, config=replace(config, time_limit_mins=value))
    number = value or 0
    if field is Field.PERCENT:
        policy = replace(policy, percent_per_day=number)
    elif field is Field.MOST:
        policy = replace(policy, at_most_percent=number)
    else:
        policy = replace(policy, grace_minutes=number)
    return replace(one, config=replace(config, late_policy=policy))


async def set_late(
    work: UnitOfWork, person: Person, item_id: UUID, kind: LatePolicyKind, now: datetime
) -> ItemSeen:
    """What lateness costs; a penalty begins with common numbers. The grace stays."""
    seen = await setup(work, person, item_id, now, lock=True)

    def changed(one: Assignment) -> Assignment:
        before = one.config.late_policy
        if kind is before.kind:
            return one
        policy = FIRST_PENALTY if kind is LatePolicyKind.PENALTY else LatePolicy(kind)
        policy = replace(policy, grace_minutes=before.grace_minutes)
        return replace(one, config=replace(one.config, late_policy=policy))

    return await _keep(work, seen, changed)


async def toggle_language(
    work: UnitOfWork, person: Person, item_id: UUID, code: str, now: datetime
) -> ItemSeen:
    """Takes a language in or out; at least one stays. Raises Refusal for one that is unknown."""
    if code not in LANGUAGES:
        raise Refusal("no such language", "common.stale_button")
    seen = await setup(work, person, item_id, now, lock=True)

    def changed(one: Assignment) -> Assignment:
        allowed = set(one.config.allowed_languages or LANGUAGES) ^ {code}
        # None at all would read as every one.
        kept = tuple(each for each in LANGUAGES if each in (allowed or {code}))
        config = replace(one.config, allowed_languages=() if len(kept) == len(LANGUAGES) else kept)
        return replace(one, config=config)

    return await _keep(work, seen, changed)


async def _keep(
    work: UnitOfWork, seen: ItemSeen, change: Callable[[Assignment], Assignment]
) -> ItemSeen:
    """Only what the mode knows is kept. Raises Refusal where a published one would lack it."""
    changed = change(_assignment(seen.facts))
    config: AssignmentConfig = config_in(changed.mode, changed.config)
    facts = replace(seen.facts, assignment=replace(changed, config=config))
    lacking = lacks(facts) if seen.card.item.is_published else None
    if lacking is not None:
        raise refused(seen.card, lacking)
    item_id = seen.card.item.id
    await work.content.update_assignment(item_id, changed.mode, changed.points_total, config)
    return replace(seen, facts=facts)
