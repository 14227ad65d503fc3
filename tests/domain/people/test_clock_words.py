"""Times and hours as students type them: Bengali, English, Bengali in Latin letters."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views.tongue import Tongue
from domain.people.clock_words import HALF_A_DAY, read_hours, read_times
from domain.people.records import Language

BENGALI, ENGLISH = Tongue(Language.BN, {}), Tongue(Language.EN, {})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("সন্ধ্যা সাড়ে ৭টা", ["19:30"]),
        ("সন্ধ্যা সাড়ে সাতটায়", ["19:30"]),
        ("রাত পৌনে ৯টা", ["20:45"]),
        ("সকাল ৬টা", ["06:00"]),
        ("ভোর সাড়ে পাঁচটা", ["05:30"]),
        ("দুপুর দেড়টা", ["13:30"]),
        ("বিকেল আড়াইটা", ["14:30"]),
        ("দুপুর আড়াইটা", ["14:30"]),
        ("বিকাল ৫:১৫", ["17:15"]),
        ("রাত ১২টা", ["00:00"]),
        ("রাত ১টা", ["01:00"]),
        ("sondha 7ta", ["19:00"]),
        ("7:30 pm", ["19:30"]),
        ("7.30pm", ["19:30"]),
        ("7 p.m.", ["19:00"]),
        ("at half past six in the evening", ["18:30"]),
        ("19:30", ["19:30"]),
        ("07:30", ["07:30"]),
        ("noon", ["12:00"]),
        ("midnight", ["00:00"]),
        ("7:30", ["07:30", "19:30"]),
        ("৭টা", ["07:00", "19:00"]),
        ("8", ["08:00", "20:00"]),
        ("12", ["00:00", "12:00"]),
        ("সন্ধ্যা", []),
        ("tomorrow 7 pm", []),
        ("7 pm on Friday", []),
        ("in 3 hours", []),
        ("25:00", []),
        ("7:75", []),
        ("never", []),
        ("", []),
        ("1" * 200, []),
    ],
)
def test_a_time_is_read_as_it_is_said(typed: str, meant: list[str]) -> None:
    assert [f"{one:%H:%M}" for one in read_times(typed)] == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("রাত ১০টা থেকে সকাল ৬টা", [(22, 6)]),
        ("রাত ১০টা থেকে সকাল ৬টা পর্যন্ত", [(22, 6)]),
        ("রাত দশটা থেকে ভোর পাঁচটা", [(22, 5)]),
        ("রাত ১২টা থেকে সকাল ৭টা", [(0, 7)]),
        ("দুপুর ২টা - বিকেল ৪টা", [(14, 16)]),
        ("রাত ৯টা হতে সকাল ৬টা", [(21, 6)]),
        ("raat 10ta theke sokal 6ta", [(22, 6)]),
        ("10pm-6am", [(22, 6)]),
        ("10 PM – 6 AM", [(22, 6)]),
        ("from 10pm to 6am", [(22, 6)]),
        ("between 9 pm and 7 am", [(21, 7)]),
        ("11pm until 7am", [(23, 7)]),
        ("22:00-06:00", [(22, 6)]),
        ("22-6", [(22, 6)]),
        ("10pm to 6", [(22, 6)]),
        ("রাত ১০টা থেকে ৬টা", [(22, 6)]),
        ("10 to 6", [(10, 18), (22, 6)]),
        ("20:00 to 18:00", [(20, 18)]),
        ("10pm", []),
        ("quarter to six", []),
        ("10:30pm-6am", []),
        ("10pm-10pm", []),
        ("10pm to 6am to 8am", []),
        ("always", []),
        ("", []),
        ("-" * 500, []),
    ],
)
def test_hours_are_read_as_they_are_said(typed: str, meant: list[tuple[int, int]]) -> None:
    assert read_hours(typed) == meant


@given(st.times())
def test_a_time_as_the_bot_says_it_is_read_as_that_time(at: time) -> None:
    at = at.replace(second=0, microsecond=0)
    by_24_hours = read_times(f"{at:%H:%M}")
    assert at in by_24_hours
    assert len(by_24_hours) == 1 or at.hour in (10, 11, 12)
    for tongue in (BENGALI, ENGLISH):
        assert read_times(tongue.clock(at)) == [at]


@given(st.lists(st.integers(0, 23), min_size=2, max_size=2, unique=True))
def test_hours_as_the_bot_says_them_are_read_as_those(hours: list[int]) -> None:
    for tongue in (BENGALI, ENGLISH):
        start, end = (tongue.clock(time(hour)) for hour in hours)
        for between in (" – ", "-", " থেকে ", " to "):
            assert read_hours(start + between + end) == [tuple(hours)]


@given(st.text(max_size=80))
def test_whatever_is_typed_gives_times_and_hours_of_a_day(text: str) -> None:
    assert read_times(text) == sorted(set(read_times(text)))
    for start, end in read_hours(text):
        assert start in range(24)
        assert end in range(24)
        assert start != end


@given(st.integers(1, 12), st.integers(1, 12))
def test_hours_without_a_half_of_the_day_are_the_short_ones(start: int, end: int) -> None:
    for one, other in read_hours(f"{start} to {end}"):
        assert (other - one) % 24 <= HALF_A_DAY
        assert {one % 12, other % 12} == {start % 12, end % 12}
