"""Time zones as people type them, and the hours in which nothing is said unasked."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.operations.records import NoticeType
from domain.people import wishes
from domain.people.records import Language, Person, Role
from domain.people.settings import (
    COMMON_ZONES,
    after_quiet_hours,
    find_zone,
    is_muted,
    muted,
    paused_until,
    quiet_hours,
)
from domain.people.wishes import QUIET_DEFAULT

DHAKA = ZoneInfo("Asia/Dhaka")
ZONES = (
    *COMMON_ZONES,
    *("Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Beirut", "Pacific/Apia"),
)


def person(zone: str = "Asia/Dhaka", **settings: Any) -> Person:
    return Person(
        UUID(int=1), 1, "Mitu", None, Role.STUDENT, Language.BN, zone, settings, registered=True
    )


def local(text: str, zone: str = "Asia/Dhaka", fold: int = 0) -> datetime:
    """An instant, in UTC as the clock gives it, from the hands of a clock somewhere."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Asia/Dhaka", "Asia/Dhaka"),
        ("asia/dhaka", "Asia/Dhaka"),
        ("  ASIA/DHAKA\n", "Asia/Dhaka"),
        ("dhaka", "Asia/Dhaka"),
        ("new york", "America/New_York"),
        ("America/New York", "America/New_York"),
        ("Kuala Lumpur", "Asia/Kuala_Lumpur"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_found_by_its_name_or_its_city(typed: str, zone: str) -> None:
    assert find_zone(typed) == zone


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "/", "Atlantis", "Asia", "Asia/", "ঢাকা", "../../etc/passwd", "\x00"),
        *("dhaka" * 100, "localtime", "Factory"),
    ],
)
def test_what_is_no_zone_is_none(typed: str) -> None:
    assert find_zone(typed) is None


def test_every_zone_on_offer_exists() -> None:
    assert [find_zone(zone) for zone in COMMON_ZONES] == list(COMMON_ZONES)


@given(st.text(max_size=80))
def test_no_text_finds_a_zone_that_does_not_exist(text: str) -> None:
    assert find_zone(text) in {None, *available_timezones()}


def test_quiet_hours_are_ones_own_or_the_usual_ones_or_none() -> None:
    assert quiet_hours(person()) == QUIET_DEFAULT
    assert quiet_hours(person(quiet_hours=[23, 6])) == (23, 6)
    assert quiet_hours(person(quiet_hours=[])) is None


@pytest.mark.parametrize(
    ("hours", "now", "until"),
    [
        ([22, 7], "2026-03-01 21:59:59", None),
        ([22, 7], "2026-03-01 22:00", "2026-03-02 07:00"),
        ([22, 7], "2026-03-01 23:59:59", "2026-03-02 07:00"),
        ([22, 7], "2026-03-02 00:00", "2026-03-02 07:00"),
        ([22, 7], "2026-03-02 06:59:59", "2026-03-02 07:00"),
        ([22, 7], "2026-03-02 07:00", None),
        ([22, 7], "2026-12-31 22:30", "2027-01-01 07:00"),
        ([13, 15], "2026-03-01 12:59", None),
        ([13, 15], "2026-03-01 13:00", "2026-03-01 15:00"),
        ([13, 15], "2026-03-01 15:00", None),
        ([22, 0], "2026-03-01 23:30", "2026-03-02 00:00"),
        ([22, 0], "2026-03-02 00:00", None),
        ([0, 6], "2026-03-02 00:00", "2026-03-02 06:00"),
        ([], "2026-03-02 03:00", None),
    ],
)
def test_something_unasked_waits_for_the_end_of_the_quiet_hours(
    hours: list[int], now: str, until: str | None
) -> None:
    expected = None if until is None else local(until)
    assert after_quiet_hours(person(quiet_hours=hours), local(now)) == expected


def test_the_night_of_the_clock_change_ends_by_the_clock() -> None:
    zone = "America/New_York"
    sleeper = person(zone, quiet_hours=[22, 7])
    for evening, morning, hours in [
        ("2026-03-07 22:00", "2026-03-08 07:00", 8),
        ("2026-10-31 22:00", "2026-11-01 07:00", 10),
    ]:
        now = local(evening, zone)
        until = after_quiet_hours(sleeper, now)
        assert until is not None
        assert until.astimezone(UTC) == local(morning, zone)
        assert until.astimezone(UTC) - now == timedelta(hours=hours)


def test_an_end_that_the_clock_skips_is_when_it_has_sprung_forward() -> None:
    zone = "America/New_York"
    until = after_quiet_hours(person(zone, quiet_hours=[22, 2]), local("2026-03-08 01:30", zone))
    assert until is not None
    assert until.astimezone(UTC) == local("2026-03-08 03:00", zone)


def test_an_hour_that_comes_twice_is_quiet_both_times() -> None:
    zone = "Europe/London"
    sleeper = person(zone, quiet_hours=[22, 2])
    for fold in (0, 1):
        until = after_quiet_hours(sleeper, local("2026-10-25 01:30", zone, fold))
        assert until is not None
        assert until.astimezone(UTC) == datetime(2026, 10, 25, 2, tzinfo=UTC)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.sampled_from(ZONES),
    st.lists(st.integers(0, 23), min_size=2, max_size=2, unique=True),
)
def test_the_quiet_hours_end_soon_and_are_over_then(
    now: datetime, zone: str, hours: list[int]
) -> None:
    sleeper = person(zone, quiet_hours=hours)
    until = after_quiet_hours(sleeper, now)
    if until is None:
        assert sleeper.local(now).hour != hours[0]
    else:
        ends = until.astimezone(UTC)
        assert now < ends <= now + timedelta(hours=25)
        assert after_quiet_hours(sleeper, ends) is None


NOON = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
"""In Dhaka."""


def test_nothing_is_muted_at_first_and_what_nobody_knows_any_more_is_left_out() -> None:
    assert muted(person()) == frozenset()
    assert muted(person(muted=["due_soon", "carrier_pigeon", "session_ended"])) == {
        NoticeType.DUE_SOON
    }


def test_what_is_muted_is_not_wanted_and_the_rest_is() -> None:
    wary = person(muted=["due_soon", "announcement"])
    unwanted = {kind for kind in NoticeType if is_muted(wary, kind, NOON)}
    assert unwanted == {NoticeType.DUE_SOON, NoticeType.ANNOUNCEMENT}


def test_a_pause_silences_all_but_announcements_and_ends_by_itself() -> None:
    away = person(paused_until="2026-11-23T18:00:00+00:00")
    wanted = {kind for kind in NoticeType if not is_muted(away, kind, NOON)}
    assert wanted == {NoticeType.ANNOUNCEMENT}
    after = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
    assert not any(is_muted(away, kind, after) for kind in NoticeType)
    assert paused_until(away, after) is None
    assert paused_until(away, after - timedelta(seconds=1)) == after


@given(
    st.times(),
    st.none()
    | st.tuples(st.integers(0, 23), st.integers(0, 23)).filter(lambda two: len({*two}) > 1),
)
def test_a_time_is_heard_where_the_sender_would_say_it(
    at: time, hours: tuple[int, int] | None
) -> None:
    kept = {"quiet_hours": list(hours or ())}
    moment = datetime.combine(date(2026, 11, 22), at.replace(second=0, microsecond=0), DHAKA)
    midnight = datetime.combine(date(2026, 11, 23), time(), DHAKA)
    late = min(moment + timedelta(hours=3), midnight)
    waits = wishes.quiet_until(kept, DHAKA, moment) or moment
    assert wishes.is_heard(moment.time(), kept, timedelta(hours=3)) is (waits < late)
