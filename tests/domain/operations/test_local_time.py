"""When the clocks of people's zones come to a time of day, daylight saving and all."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.operations.local_time import Moment, instant_of, moments, start_of_day

DHAKA, LONDON, NEW_YORK = "Asia/Dhaka", "Europe/London", "America/New_York"
LORD_HOWE, APIA, SAO_PAULO = "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SEVEN = time(19)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


def came(since: datetime, until: datetime, zone: str, *times: time) -> list[tuple[date, time]]:
    return [(one.day, one.at) for one in moments(since, until, [zone], times)]


def test_seven_in_the_evening_comes_to_each_zone_in_its_turn() -> None:
    zones, evening = [DHAKA, LONDON, NEW_YORK], utc(2026, 11, 22, 13, 0)
    found = moments(evening - MINUTE, evening + 24 * HOUR - MINUTE, zones, [SEVEN])
    assert found == [
        Moment(DHAKA, date(2026, 11, 22), SEVEN, utc(2026, 11, 22, 13)),
        Moment(LONDON, date(2026, 11, 22), SEVEN, utc(2026, 11, 22, 19)),
        Moment(NEW_YORK, date(2026, 11, 22), SEVEN, utc(2026, 11, 23, 0)),
    ]


def test_a_minute_begins_after_the_last_one_and_ends_with_itself() -> None:
    seven = utc(2026, 11, 22, 13, 0)
    assert came(seven - MINUTE, seven, DHAKA, SEVEN) == [(date(2026, 11, 22), SEVEN)]
    assert came(seven, seven + MINUTE, DHAKA, SEVEN) == []
    assert came(seven, seven, DHAKA, SEVEN) == []


def test_midnight_belongs_to_the_day_that_begins() -> None:
    midnight = utc(2026, 11, 22, 18, 0)
    assert came(midnight - MINUTE, midnight, DHAKA, time()) == [(date(2026, 11, 23), time())]


def test_nothing_comes_while_a_clock_goes_backwards() -> None:
    seven = utc(2026, 11, 22, 13, 0)
    assert came(seven + HOUR, seven - HOUR, DHAKA, SEVEN) == []


def test_a_time_that_london_skips_comes_as_summer_time_begins() -> None:
    """On 29 March 2026 the clock goes from 0:59 to 2:00."""
    day, two = date(2026, 3, 29), utc(2026, 3, 29, 1, 0)
    times = [time(0, 59), time(1), time(1, 30), time(2), time(2, 1)]
    assert came(two - 2 * MINUTE, two - MINUTE, LONDON, *times) == [(day, time(0, 59))]
    assert came(two - MINUTE, two, LONDON, *times) == [(day, one) for one in times[1:4]]
    assert came(two, two + MINUTE, LONDON, *times) == [(day, time(2, 1))]
    assert instant_of(day, time(1, 30), ZoneInfo(LONDON)) == two


def test_a_time_that_new_york_has_twice_comes_the_first_time() -> None:
    """On 1 November 2026 the hour from one to two is shown twice."""
    day, half_past = date(2026, 11, 1), time(1, 30)
    first, second = utc(2026, 11, 1, 5, 30), utc(2026, 11, 1, 6, 30)
    assert came(first - MINUTE, first, NEW_YORK, half_past) == [(day, half_past)]
    assert came(first, second + 4 * HOUR, NEW_YORK, half_past) == []
    assert came(second - MINUTE, second, NEW_YORK, half_past) == []
    assert came(second + 29 * MINUTE, second + 30 * MINUTE, NEW_YORK, time(2)) == [(day, time(2))]


def test_on_lord_howe_the_clock_leaps_half_an_hour() -> None:
    """On 4 October 2026 from 2:00 to 2:30, on 5 April 2026 from 2:00 back to 1:30."""
    leap, times = utc(2026, 10, 3, 15, 30), [time(2), time(2, 15), time(2, 30), time(2, 31)]
    assert came(leap - MINUTE, leap, LORD_HOWE, *times) == [
        (date(2026, 10, 4), one) for one in times[:3]
    ]
    back, quarter = utc(2026, 4, 4, 15, 0), time(1, 45)
    assert came(back - HOUR, back - MINUTE, LORD_HOWE, quarter) == [(date(2026, 4, 5), quarter)]
    assert came(back - MINUTE, back + HOUR, LORD_HOWE, quarter) == []


def test_in_dhaka_every_day_is_alike() -> None:
    year = moments(utc(2026, 1, 1), utc(2027, 1, 1), [DHAKA], [SEVEN])
    assert [one.instant for one in year] == [utc(2026, 1, 1, 13) + n * DAY for n in range(365)]


def test_the_day_that_samoa_leapt_over_has_no_evening() -> None:
    found = moments(utc(2011, 12, 29), utc(2012, 1, 2), [APIA], [SEVEN])
    assert [(one.day.isoformat(), one.instant) for one in found] == [
        ("2011-12-28", utc(2011, 12, 29, 5)),
        ("2011-12-29", utc(2011, 12, 30, 5)),
        ("2011-12-31", utc(2011, 12, 31, 5)),
        ("2012-01-01", utc(2012, 1, 1, 5)),
    ]


def test_a_day_may_begin_at_one() -> None:
    """In São Paulo summer began at midnight: 4 November 2018 has no hour before one."""
    zone, day = ZoneInfo(SAO_PAULO), date(2018, 11, 4)
    assert start_of_day(day, zone) == utc(2018, 11, 4, 3)
    assert start_of_day(day, zone).astimezone(zone).hour == 1
    assert came(utc(2018, 11, 4, 2, 59), utc(2018, 11, 4, 3), SAO_PAULO, time(0, 30)) == [
        (day, time(0, 30))
    ]


@pytest.mark.parametrize("zone", [DHAKA, LONDON, NEW_YORK, LORD_HOWE])
def test_a_minute_is_one_row_for_each_time_that_came(zone: str) -> None:
    hours = [time(hour) for hour in range(24)]
    over = [moments(at, at + MINUTE, [zone], hours) for at in minutes_of(utc(2026, 11, 22))]
    assert max(map(len, over)) == 1
    assert sum(map(len, over)) == 24


def minutes_of(day: datetime) -> list[datetime]:
    return [day - MINUTE + number * MINUTE for number in range(24 * 60)]


# Zones that change on whole quarters of an hour, in most of the ways there are: by half an hour,
# by two, at midnight, around Ramadan, for good, by a whole day.
ZONES = [
    DHAKA, LONDON, NEW_YORK, LORD_HOWE, APIA, SAO_PAULO, "Africa/Cairo", "Africa/Casablanca",
    "America/Caracas", "America/Santiago", "America/Scoresbysund", "Antarctica/Troll",
    "Asia/Beirut", "Asia/Gaza", "Asia/Pyongyang", "Asia/Tehran", "Pacific/Chatham",
]  # fmt: skip
QUARTER = timedelta(minutes=15)


def changes(name: str) -> list[tuple[str, datetime]]:
    """The days before which and on which its offset changes, from 2009 to 2029."""
    zone, days = ZoneInfo(name), [utc(2009, 1, 1) + number * DAY for number in range(7500)]
    offsets = [day.astimezone(zone).utcoffset() for day in days]
    return [
        (name, day) for day, (old, new) in zip(days, pairwise(offsets), strict=False) if old != new
    ]


CHANGES = [one for name in ZONES for one in changes(name)]


class WalkedClock:
    """What a zone's clock showed at each quarter of an hour; no arithmetic, only looking."""

    def __init__(self, zone: str, since: datetime, until: datetime) -> None:
        around = 2 * DAY
        count = (until - since + 2 * around) // QUARTER
        start = since.replace(minute=0, second=0, microsecond=0) - around
        self.quarters = [start + number * QUARTER for number in range(count)]
        self.shown = [one.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for one in self.quarters]
        self.first: dict[datetime, datetime] = {}
        for quarter, shown in zip(self.quarters, self.shown, strict=True):
            self.first.setdefault(shown, quarter)
        self.days = sorted({one.date() for one in self.shown})[1:-1]

    def comes(self, day: date, at: time) -> datetime:
        """The first quarter at which it shows this time, or else a later one."""
        wanted = datetime.combine(day, at)
        return self.first.get(wanted) or next(
            quarter
            for quarter, shown in zip(self.quarters, self.shown, strict=True)
            if shown > wanted
        )


quarters = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 45)))
stretches = st.lists(st.integers(0, 3 * 24 * 3600), min_size=2, max_size=12).map(sorted)


@given(st.sampled_from(CHANGES), stretches, st.sets(quarters, min_size=1))
@example((LONDON, utc(2026, 3, 28)), [0, 90_000, 90_060, 200_000], {time(1), time(1, 30), time(2)})
@example((APIA, utc(2011, 12, 29)), [0, 122_399, 122_400, 200_000], {time(), SEVEN})
def test_each_time_of_each_day_comes_once_however_the_stretch_is_cut(
    change: tuple[str, datetime], cuts: Sequence[int], times: set[time]
) -> None:
    zone, start = change
    instants = [start + timedelta(seconds=one) for one in cuts]
    clock = WalkedClock(zone, instants[0], instants[-1])
    wanted = Counter(
        Moment(zone, day, at, instant)
        for day in clock.days
        for at in times
        if instants[0] < (instant := clock.comes(day, at)) <= instants[-1]
    )
    found = Counter(
        one for since, until in pairwise(instants) for one in moments(since, until, [zone], times)
    )
    assert found == wanted
