"""When an event is, in words: once, or every week."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.phrases import read_last_day, read_when
from domain.courses.dates import Failure

DHAKA = ZoneInfo("Asia/Dhaka")
SUNDAY = datetime(2026, 11, 22, 18, 0, tzinfo=DHAKA)
"""A Sunday, six in the evening."""


@pytest.mark.parametrize(
    ("phrase", "meant"),
    [
        ("tomorrow 5 pm", "11-23 17:00"),
        ("কাল বিকেল ৫টা", "11-23 17:00"),
        ("kal bikel 5ta", "11-23 17:00"),
        ("25 December 10 am", "12-25 10:00"),
        ("in 2 hours", "11-22 20:00"),
        ("tomorrow 5", "11-23 05:00 | 11-23 17:00"),
        ("every Monday 10 am", "weekly 11-23 10:00"),
        ("Every week on Monday, 10 am", "weekly 11-23 10:00"),
        ("weekly monday 10:30 am", "weekly 11-23 10:30"),
        ("প্রতি সোমবার সকাল ১০টা", "weekly 11-23 10:00"),
        ("প্রতি সপ্তাহে সোমবার সকাল ১০টায়", "weekly 11-23 10:00"),
        ("প্রতিসোমবার সকাল সাড়ে ১০টা", "weekly 11-23 10:30"),
        ("proti sombar sokal 10ta", "weekly 11-23 10:00"),
        # Said on a Sunday: the morning's is a week away, the evening's is today.
        ("every Sunday 10 am", "weekly 11-29 10:00"),
        ("প্রতি রবিবার সকাল ১০টা", "weekly 11-29 10:00"),
        ("প্রতি রবিবার সন্ধ্যা ৭টা", "weekly 11-22 19:00"),
        ("every Sunday 6 pm", "weekly 11-29 18:00"),
        ("every Sunday at 10", "weekly 11-22 22:00 | 11-29 10:00"),
        # A due date may be a day; an event needs an hour.
        ("tomorrow", Failure.WHICH_TIME),
        ("every Sunday", Failure.WHICH_TIME),
        ("কাল সকালে", Failure.WHICH_TIME),
        ("every day 5 pm", Failure.NOT_UNDERSTOOD),
        ("every 25th 5 pm", Failure.NOT_UNDERSTOOD),
        ("every next week sunday 5 pm", Failure.NOT_UNDERSTOOD),
        ("yesterday 5 pm", Failure.PAST),
        ("whenever", Failure.NOT_UNDERSTOOD),
        ("", Failure.NOT_UNDERSTOOD),
        ("every", Failure.NOT_UNDERSTOOD),
        ("every " * 40, Failure.NOT_UNDERSTOOD),
    ],
)
def test_a_phrase_is_read_as_it_is_meant(phrase: str, meant: str) -> None:
    when = read_when(phrase, SUNDAY, "Asia/Dhaka")
    times = " | ".join(one.astimezone(DHAKA).strftime("%m-%d %H:%M") for one in when.choices)
    assert (when.failure or ("weekly " * when.weekly + times)) == meant


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("30 June", date(2027, 6, 30)),
        ("৩০ জুন", date(2027, 6, 30)),
        ("in 10 weeks", date(2027, 1, 31)),
        ("sometime", None),
        # Today, or in a week.
        ("Sunday", None),
    ],
)
def test_a_last_day_is_one_day(phrase: str, day: date | None) -> None:
    assert read_last_day(phrase, SUNDAY, "Asia/Dhaka") == day


@given(st.text(max_size=130), st.sampled_from(["", "every ", "প্রতি "]))
def test_any_text_is_read_or_refused(text: str, before: str) -> None:
    when = read_when(before + text, SUNDAY, "Asia/Dhaka")
    assert bool(when.choices) == (when.failure is None)
    assert all(one >= SUNDAY.astimezone(UTC).replace(second=0) for one in when.choices)
