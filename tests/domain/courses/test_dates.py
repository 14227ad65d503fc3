"""Due dates in ordinary words: Bengali, English, Bengali in Latin letters."""

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views.tongue import Tongue
from domain.courses.date_words import _WORDS
from domain.courses.dates import FARTHEST, Failure, Reading, expect_instant, read_instant
from domain.errors import Mistake
from domain.people.records import Language
from tests.domain.courses.date_phrases import IN_DHAKA, IN_LONDON

DHAKA, LONDON = "Asia/Dhaka", "Europe/London"
TUESDAY = datetime(2026, 11, 24, 14, 10, 30, tzinfo=ZoneInfo(DHAKA))
IN_MARCH = datetime(2026, 3, 27, 10, tzinfo=ZoneInfo(LONDON))
ROWS = [tuple(row.rsplit(" = ", 1)) for row in IN_DHAKA.strip().split("\n")]
ROWS_IN_LONDON = [tuple(row.rsplit(" = ", 1)) for row in IN_LONDON.strip().split("\n")]
TONGUES = {language: Tongue(language, {}) for language in Language}
ZONES = st.sampled_from([DHAKA, LONDON, "America/New_York", "Pacific/Apia", "Asia/Kathmandu"])
INSTANTS = st.integers(0, 15 * 365 * 86400).map(
    lambda seconds: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
WORDS = st.lists(
    st.sampled_from([*sorted(_WORDS), "25", "6", "12", "30", "2026", "11:59", "25/12", "0", "at"]),
    max_size=8,
).map(" ".join)


def told(reading: Reading, zone: str, pattern: str) -> str:
    """As the tables have it."""
    assert (reading.instant is None) == (reading.failure is not None)
    assert bool(reading.choices) == (reading.failure is Failure.AMBIGUOUS)
    instants = [reading.instant] if reading.instant else reading.choices
    shown = [one.astimezone(ZoneInfo(zone)).strftime(pattern) for one in instants]
    return " | ".join([*([reading.failure] if reading.failure else []), *shown])


@pytest.mark.parametrize(("phrase", "meant"), ROWS)
def test_a_phrase_is_read_as_it_is_meant(phrase: str, meant: str) -> None:
    assert told(read_instant(phrase, TUESDAY, DHAKA), DHAKA, "%Y-%m-%d %H:%M") == meant


@pytest.mark.parametrize(("phrase", "meant"), ROWS_IN_LONDON)
def test_days_are_counted_on_the_clock_on_the_wall(phrase: str, meant: str) -> None:
    assert told(read_instant(phrase, IN_MARCH, LONDON), LONDON, "%Y-%m-%d %H:%M %z") == meant


def test_the_table_is_large_and_names_every_failure() -> None:
    assert len({phrase for phrase, _ in ROWS}) == len(ROWS) >= 350
    assert {meant.split(" | ")[0] for _, meant in ROWS} >= set(Failure)


@pytest.mark.parametrize("weekday", range(7))
def test_a_weekday_is_the_coming_one(weekday: int) -> None:
    name = ["monday", "মঙ্গলবার", "budhbar", "বৃহস্পতিবার", "friday", "শনিবার", "রবিবার"][weekday]
    now = TUESDAY + timedelta(days=6 + weekday)
    for ahead in range(1, 7):
        read = read_instant(f"{name} 6pm", now - timedelta(days=ahead), DHAKA).instant
        assert read is not None
        local = read.astimezone(ZoneInfo(DHAKA))
        assert (local.weekday(), local.hour) == (weekday, 18)
        assert timedelta() < read - (now - timedelta(days=ahead)) < timedelta(days=7)


def test_a_time_alone_is_the_next_such_time() -> None:
    for hour in range(24):
        now = datetime(2026, 11, 24, hour, 45, tzinfo=ZoneInfo(DHAKA))
        half, by_24 = read_instant("সাড়ে পাঁচটা", now, DHAKA), read_instant("17:30", now, DHAKA)
        assert half.instant is not None
        assert by_24.instant is not None
        assert timedelta() < half.instant - now <= timedelta(hours=12)
        assert timedelta() < by_24.instant - now <= timedelta(hours=24)


def written(tongue: Tongue, instant: datetime, pattern: str) -> str:
    return f"{tongue.date(instant.date(), pattern)}, {tongue.clock(instant)}"


@given(
    st.sampled_from(Language),
    st.sampled_from(["d MMMM y", "d MMM y", "EEEE, d MMMM y", "dd/MM/y", "y-MM-dd"]),
    INSTANTS,
    st.integers(0, FARTHEST // timedelta(minutes=1) - 2 * 1440),
    ZONES,
)
def test_what_the_bot_writes_is_read_back(
    language: Language, pattern: str, now: datetime, minutes: int, zone: str
) -> None:
    # On the day of a change of clocks one time may be two instants: the later one is taken.
    instant = now.replace(second=0, microsecond=0) + timedelta(minutes=minutes + 1)
    local = instant.astimezone(ZoneInfo(zone))
    instant = local.replace(fold=1).astimezone(UTC)
    reading = read_instant(written(TONGUES[language], local, pattern), now, zone)
    if local.hour < 4 and reading.failure is Failure.AMBIGUOUS:
        # Small hours: the night before or the night after that date.
        assert instant in reading.choices
    else:
        assert reading.instant == instant


@given(st.sampled_from(Language), INSTANTS, st.integers(1440, 300 * 1440), st.sampled_from([DHAKA]))
def test_a_year_may_be_left_out(language: Language, now: datetime, minutes: int, zone: str) -> None:
    instant = now.replace(second=0, microsecond=0) + timedelta(minutes=minutes)
    local = instant.astimezone(ZoneInfo(zone))
    reading = read_instant(written(TONGUES[language], local, "EEEE d MMMM"), now, zone)
    assert instant in (reading.choices or (reading.instant,))


@given(st.one_of(st.text(max_size=130), WORDS), INSTANTS, ZONES)
def test_whatever_is_typed_gives_an_instant_ahead_or_a_failure(
    text: str, now: datetime, zone: str
) -> None:
    reading = read_instant(text, now, zone)
    told(reading, zone, "%H:%M")
    for one in [reading.instant] if reading.instant else reading.choices:
        assert one.utcoffset() == timedelta()
        assert now <= one <= now + FARTHEST


@given(WORDS, INSTANTS)
def test_reading_again_gives_the_same(text: str, now: datetime) -> None:
    assert read_instant(text, now, DHAKA) == read_instant(f" {text.upper()} ", now, DHAKA)


@pytest.mark.parametrize(
    "text",
    ["tomorrow " * 13, "6 " * 60, "next " * 24, "১" * 120, "-" * 120, "25/" * 40, "টা" * 60],
)
def test_a_phrase_of_any_shape_is_read_in_milliseconds(text: str) -> None:
    start = time.perf_counter()
    for _ in range(20):
        assert read_instant(text[:120], TUESDAY, DHAKA).failure is Failure.NOT_UNDERSTOOD
    assert (time.perf_counter() - start) / 20 < 0.05


def test_a_long_text_is_no_date_and_costs_nothing() -> None:
    start = time.perf_counter()
    assert read_instant("tomorrow 6pm " * 10**6, TUESDAY, DHAKA).failure is Failure.NOT_UNDERSTOOD
    assert time.perf_counter() - start < 0.1


def test_a_failure_is_told_by_its_view_with_the_choices_on_the_persons_clock() -> None:
    six = datetime(2026, 11, 25, 18, tzinfo=ZoneInfo(DHAKA))
    assert expect_instant("tomorrow 6pm", TUESDAY, DHAKA) == six
    with pytest.raises(Mistake) as caught:
        expect_instant("tomorrow 6", TUESDAY, DHAKA)
    assert caught.value.view == "dates.unclear"
    assert caught.value.data == {
        "failure": "ambiguous",
        "choices": ["2026-11-25T06:00:00+06:00", "2026-11-25T18:00:00+06:00"],
    }
    for failure, phrase in (("past", "yesterday"), ("which_time", "কাল সকালে")):
        with pytest.raises(Mistake) as caught:
            expect_instant(phrase, TUESDAY, DHAKA)
        assert caught.value.data == {"failure": failure, "choices": []}
