"""Whether something unasked may be said now, by its person's clock and wishes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.operations.notices import Decision, Drop, Go, Wait, decide, practised
from domain.operations.records import DropReason, NoticeType, OutgoingMessage
from domain.people.records import Language

NOON = datetime(2026, 11, 22, 6, tzinfo=UTC)
"""In Dhaka."""
EVENING = NOON + timedelta(hours=10)
MORNING = NOON + timedelta(hours=19)
MINUTE = timedelta(minutes=1)
MUTED = {"muted": ["due_soon"]}
# Clocks that change at unusual hours, by half an hour, at midnight, or over a whole day.
ZONES = (
    *("Asia/Dhaka", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Africa/Cairo"),
    *("Asia/Beirut", "America/Havana", "Pacific/Apia", "America/Sao_Paulo", "Asia/Kathmandu"),
)


def notice(kind: NoticeType | None = NoticeType.DUE_SOON, **changes: Any) -> OutgoingMessage:
    plain = OutgoingMessage(
        UUID(int=1), UUID(int=2), 7, "a", {}, Language.BN, None, 1, 0, kind, None, "Asia/Dhaka"
    )
    return replace(plain, **changes)


@pytest.mark.parametrize(
    ("message", "now", "decision"),
    [
        (notice(), NOON, Go()),
        (notice(), EVENING, Wait(MORNING)),
        (notice(settings={"quiet_hours": []}), EVENING, Go()),
        (notice(settings={"quiet_hours": [11, 13]}), NOON, Wait(NOON + timedelta(hours=1))),
        (notice(expires_at=NOON), NOON, Drop(DropReason.TOO_LATE)),
        (notice(expires_at=NOON + MINUTE), NOON, Go()),
        # Its time is over before it may be said.
        (notice(expires_at=MORNING), EVENING, Drop(DropReason.TOO_LATE)),
        (notice(expires_at=MORNING + MINUTE), EVENING, Wait(MORNING)),
        (notice(settings=MUTED), NOON, Drop(DropReason.MUTED)),
        (notice(settings={"muted": ["announcement"]}), NOON, Go()),
        (notice(settings=MUTED, expires_at=NOON), NOON, Drop(DropReason.TOO_LATE)),
        (notice(settings={"paused_until": MORNING.isoformat()}), NOON, Drop(DropReason.MUTED)),
        (notice(settings={"paused_until": NOON.isoformat()}), NOON, Go()),
        (
            notice(NoticeType.ANNOUNCEMENT, settings={"paused_until": MORNING.isoformat()}),
            NOON,
            Go(),
        ),
        (notice(no_longer_needed=True), NOON, Drop(DropReason.DONE)),
        (notice(no_longer_needed=True), EVENING, Drop(DropReason.DONE)),
        (
            notice(no_longer_needed=True, settings=MUTED),
            NOON,
            Drop(DropReason.MUTED),
        ),
        # What was asked for is held back by nothing.
        (
            notice(None, settings=MUTED, expires_at=NOON, no_longer_needed=True),
            EVENING,
            Go(),
        ),
        (notice(timezone="Mars/Olympus"), NOON + timedelta(hours=12), Go()),
        (notice(timezone=None), EVENING, Go()),
    ],
)  # fmt: skip
def test_what_becomes_of_it(message: OutgoingMessage, now: datetime, decision: Decision) -> None:
    assert decide(message, now) == decision


def changes_of(zone: str, year: int) -> list[datetime]:
    """The hours of a year in which the clock of a zone is changed."""
    start = datetime(year, 1, 1, tzinfo=UTC)
    hours = [start + timedelta(hours=n) for n in range(366 * 24)]
    offsets = [one.astimezone(ZoneInfo(zone)).utcoffset() for one in hours]
    return [one for one, before, after in zip(hours, offsets, offsets[1:]) if before != after]  # noqa: B905


EDGES = [
    (zone, edge) for zone in ZONES for year in (2011, 2018, 2026) for edge in changes_of(zone, year)
]


def is_quiet(now: datetime, zone: str, hours: list[int]) -> bool:
    """By the hands of the clock alone."""
    hour = now.astimezone(ZoneInfo(zone)).hour
    start, end = hours
    return hour in (range(start, end) if start < end else {*range(start, 24), *range(end)})


@given(
    st.sampled_from(EDGES),
    st.integers(-30 * 60, 30 * 60),
    st.lists(st.integers(0, 23), min_size=2, max_size=2, unique=True),
)
@example(("America/New_York", datetime(2011, 3, 13, 6, tzinfo=UTC)), 0, [3, 2])
def test_around_a_change_of_the_clock_nothing_is_said_in_quiet_hours(
    edge: tuple[str, datetime], minutes: int, hours: list[int]
) -> None:
    zone, now = edge[0], edge[1] + minutes * MINUTE
    decision = decide(notice(timezone=zone, settings={"quiet_hours": hours}), now)
    if isinstance(decision, Go):
        assert not is_quiet(now, zone, hours)
        return
    assert isinstance(decision, Wait)
    until = decision.until.astimezone(UTC)
    # Quiet all the while, and at the first instant when it is not, it may be said.
    assert is_quiet(now, zone, hours)
    assert now < until
    assert not is_quiet(until, zone, hours)
    while now < until:
        assert is_quiet(now, zone, hours)
        now += 10 * MINUTE
    assert is_quiet(until - timedelta(microseconds=1), zone, hours)


@given(
    st.sampled_from(EDGES),
    st.integers(-30 * 60, 30 * 60),
    st.lists(st.integers(0, 23), min_size=2, max_size=2, unique=True) | st.just([]),
    st.none() | st.integers(-60, 60 * 24),
)
def test_what_waits_is_said_when_asked_again_and_never_too_late(
    edge: tuple[str, datetime], minutes: int, hours: list[int], lasts: int | None
) -> None:
    zone, now = edge[0], edge[1] + minutes * MINUTE
    expires = None if lasts is None else now + lasts * MINUTE
    message = notice(timezone=zone, settings={"quiet_hours": hours}, expires_at=expires)
    decision = decide(message, now)
    if isinstance(decision, Wait):
        now = decision.until.astimezone(UTC)
        decision = decide(message, now)
        assert decision == Go()
    if decision == Go():
        assert expires is None or now < expires
        assert not hours or not is_quiet(now, zone, hours)
    else:
        assert decision == Drop(DropReason.TOO_LATE)
        assert expires is not None


@pytest.mark.parametrize(
    ("data", "completed", "done"),
    [
        ({"day": "2026-11-22"}, NOON, True),
        ({"day": "2026-11-22"}, NOON - timedelta(hours=12), True),
        ({"day": "2026-11-22"}, NOON - timedelta(hours=12, seconds=1), False),
        ({"day": "2026-11-23"}, NOON, False),
        ({"day": None}, NOON, False),
        ({}, NOON, False),
    ],
)
def test_whoever_practised_that_day(data: dict[str, Any], completed: datetime, done: bool) -> None:
    assert practised(data, "Asia/Dhaka", completed) is done
