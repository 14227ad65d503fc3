"""Holidays as admins write them, and days in a row as one holiday."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views.tongue import Tongue
from domain.errors import Mistake
from domain.operations.holiday_spans import Span, coming, spans
from domain.operations.holiday_words import MOST_DAYS, NAME_LENGTH, read_holiday
from domain.operations.records import Holiday
from domain.people.records import Language

DHAKA = "Asia/Dhaka"
NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
"""A Saturday."""
TODAY = date(2026, 11, 21)


def read(text: str) -> tuple[str, str, str]:
    found = read_holiday(text, NOW, DHAKA)
    return f"{found.first:%d.%m.%Y}", f"{found.last:%d.%m.%Y}", found.name


def why_not(text: str) -> str:
    with pytest.raises(Mistake) as caught:
        read_holiday(text, NOW, DHAKA)
    return str(caught.value.data["why"])


@pytest.mark.parametrize(
    ("typed", "first", "last", "name"),
    [
        ("২০ মার্চ থেকে ২৩ মার্চ ঈদুল ফিতর", "20.03.2027", "23.03.2027", "ঈদুল ফিতর"),
        ("২০ মার্চ থেকে ২৩ মার্চ পর্যন্ত ঈদুল ফিতর", "20.03.2027", "23.03.2027", "ঈদুল ফিতর"),
        ("ঈদুল ফিতর ২০ মার্চ থেকে ২৩ মার্চ", "20.03.2027", "23.03.2027", "ঈদুল ফিতর"),
        ("ঈদুল ফিতর: ২০-২৩ মার্চ", "20.03.2027", "23.03.2027", "ঈদুল ফিতর"),
        ("২০-২৩ মার্চ, ঈদুল ফিতর", "20.03.2027", "23.03.2027", "ঈদুল ফিতর"),
        ("২০ থেকে ২৩ মার্চ ঈদুল ফিতর", "20.03.2027", "23.03.2027", "ঈদুল ফিতর"),
        ("২১ ফেব্রুয়ারি শহীদ দিবস", "21.02.2027", "21.02.2027", "শহীদ দিবস"),
        ("২১শে ফেব্রুয়ারি শহীদ দিবস", "21.02.2027", "21.02.2027", "শহীদ দিবস"),
        ("আগামীকাল হরতাল", "22.11.2026", "22.11.2026", "হরতাল"),
        ("২৫ ডিসেম্বর বড়দিন", "25.12.2026", "25.12.2026", "বড়দিন"),
        ("১৪ এপ্রিল পহেলা বৈশাখ", "14.04.2027", "14.04.2027", "পহেলা বৈশাখ"),
        ("20 March to 23 March Eid ul-Fitr", "20.03.2027", "23.03.2027", "Eid ul-Fitr"),
        ("from 20 March to 23 March Eid ul-Fitr", "20.03.2027", "23.03.2027", "Eid ul-Fitr"),
        ("20 March - 23 March: Eid ul-Fitr", "20.03.2027", "23.03.2027", "Eid ul-Fitr"),
        ("Eid ul-Fitr, 20-23 March", "20.03.2027", "23.03.2027", "Eid ul-Fitr"),
        ("16 December Victory Day", "16.12.2026", "16.12.2026", "Victory Day"),
        ("1 May May Day", "01.05.2027", "01.05.2027", "May Day"),
        ("May Day 1 May", "01.05.2027", "01.05.2027", "May Day"),
        ("5-7 May Founders", "05.05.2027", "07.05.2027", "Founders"),
        ("25/12/2026 Christmas", "25.12.2026", "25.12.2026", "Christmas"),
        ("2026-12-25 Christmas", "25.12.2026", "25.12.2026", "Christmas"),
        ("25/12/2026 to 02/01/2027 Winter break", "25.12.2026", "02.01.2027", "Winter break"),
        ("28 December to 2 January Winter", "28.12.2026", "02.01.2027", "Winter"),
        ("20 November to 25 November Fair", "20.11.2027", "25.11.2027", "Fair"),
        ("today to tomorrow Fair", "21.11.2026", "22.11.2026", "Fair"),
        ("next Friday Picnic", "27.11.2026", "27.11.2026", "Picnic"),
        (
            "  21   February \n Mother Language Day ",
            "21.02.2027",
            "21.02.2027",
            "Mother Language Day",
        ),
    ],
)
def test_days_and_a_name_are_read(typed: str, first: str, last: str, name: str) -> None:
    assert read(typed) == (first, last, name)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Eid ul-Fitr", "not_understood"),
        ("", "not_understood"),
        ("31 February Nothing", "not_understood"),
        ("99999999999 to 5 May Eid", "not_understood"),
        ("23 March to 20 March 2027 Backwards", "too_many_days"),
        ("x " * 150, "not_understood"),
        ("20 March", "no_name"),
        ("২০ মার্চ থেকে ২৩ মার্চ", "no_name"),
        ("20 March " + "x" * (NAME_LENGTH + 1), "name_too_long"),
        ("1 January to 1 June School is out", "too_many_days"),
        ("20 March 2026 Eid", "past"),
        ("yesterday Fair", "past"),
        ("20 to 25 November Fair", "past"),
    ],
)
def test_what_declares_no_holiday_is_told_why(typed: str, why: str) -> None:
    assert why_not(typed) == why


DAYS = st.dates(TODAY, TODAY + timedelta(days=360))


@given(DAYS, st.integers(1, MOST_DAYS))
def test_a_holiday_as_the_bot_says_it_is_read_as_that(first: date, days: int) -> None:
    last = first + timedelta(days=days - 1)
    for language, between, name in ((Language.BN, "থেকে", "ঈদের ছুটি"), (Language.EN, "to", "Eid")):
        tongue = Tongue(language, {})
        start, end = (tongue.date(one, "d MMMM y") for one in (first, last))
        assert read_holiday(f"{start} {between} {end} {name}", NOW, DHAKA) == Span(
            first, last, name
        )
        assert read_holiday(f"{name} {start}", NOW, DHAKA) == Span(first, first, name)


@given(st.text(max_size=80))
def test_any_text_declares_days_to_come_or_says_why_not(text: str) -> None:
    try:
        found = read_holiday(text, NOW, DHAKA)
    except Mistake:
        return
    assert TODAY <= found.first <= found.last
    assert found.days <= MOST_DAYS
    assert 0 < len(found.name) <= NAME_LENGTH


def days(*numbers: int, name: str = "Eid") -> list[Holiday]:
    return [Holiday(TODAY + timedelta(days=number), name) for number in numbers]


def test_days_in_a_row_are_one_holiday_and_another_name_is_another() -> None:
    found = spans([*days(3, 1, 2), *days(4, name="Fair"), *days(6), *days(9)])
    told = [((one.first - TODAY).days, one.days, one.name) for one in found]
    assert told == [(1, 3, "Eid"), (4, 1, "Fair"), (6, 1, "Eid"), (9, 1, "Eid")]


def test_of_a_holiday_that_has_begun_the_rest_is_coming() -> None:
    kept = days(-9, -2, -1, 0, 1)
    assert coming(kept, TODAY) == [Span(TODAY, TODAY + timedelta(days=1), "Eid")]
    assert coming(kept, TODAY + timedelta(days=2)) == []


@given(
    st.lists(
        st.builds(Holiday, DAYS, st.sampled_from(("Eid", "Fair"))), unique_by=lambda one: one.day
    )
)
def test_no_day_is_lost_or_made_up(kept: list[Holiday]) -> None:
    found = spans(kept)
    assert sorted(day for one in found for day in one.holidays()) == sorted(kept)
    assert found == sorted(found, key=lambda one: one.first)
