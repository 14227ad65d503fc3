"""What notices say: never the same every day, what is due by its name, and when."""

import re
from typing import Any

import pytest

from bot import views
from bot.routes import split
from bot.views.message import Message
from bot.views.registry import Renderer
from domain.people.records import Language
from tests.bot.example_values import SHORT
from tests.bot.view_examples_notices import EXAM, PRACTICE, QUIZ, QUIZ_ENDED, WORK

RENDERER = Renderer({})
EN, BN = Language.EN, Language.BN
MANY = range(60)


def said(name: str, language: Language = EN, **data: Any) -> Message:
    assert views.__all__
    return RENDERER.render(f"notices.{name}", data, language)


def texts(name: str, language: Language, **data: Any) -> set[str]:
    return {said(name, language, **{**data, "variant": number}).text for number in MANY}


def routes_of(message: Message) -> list[tuple[str, str]]:
    return [split(button.data) for row in message.buttons for button in row]


@pytest.mark.parametrize("language", Language)
def test_there_are_many_ways_to_say_each(language: Language) -> None:
    without, with_streak = (
        texts("practice_reminder", language, **PRACTICE | {"streak": streak}) for streak in (1, 5)
    )
    assert len(without) >= 6
    assert len(with_streak) >= len(without) + 3
    assert len(texts("streak_at_risk", language, **PRACTICE | {"streak": 5})) >= 3
    for stage in ("day", "hours"):
        assert len(texts("due_soon", language, **WORK, stage=stage)) >= 3
    assert len(texts("work_opened", language, **WORK)) >= 3


@pytest.mark.parametrize("language", Language)
def test_a_streak_is_named_from_two_days_on(language: Language) -> None:
    five = "5" if language is EN else "৫"
    assert any(five in one for one in texts("practice_reminder", language, day="", streak=5))
    for streak in (0, 1):
        for one in texts("practice_reminder", language, day="", streak=streak):
            assert not re.search(r"[0-9০-৯🔥]", one)
    for one in texts("streak_at_risk", language, day="", streak=4):
        assert re.search("[45৪৫]", one)


@pytest.mark.parametrize("language", Language)
def test_two_days_running_are_never_alike(language: Language) -> None:
    for streak in (0, 9):
        for day in MANY:
            today, tomorrow = (
                said("practice_reminder", language, day="", streak=streak, variant=variant).text
                for variant in (day, day + 1)
            )
            assert today != tomorrow


@pytest.mark.parametrize(
    ("due", "today", "bengali", "english"),
    [
        ("2026-11-27T21:00+06:00", "2026-11-27", "আজ রাত ৯টায়", "today at 9 pm"),
        ("2026-11-28T17:00+06:00", "2026-11-27", "কাল বিকেল ৫টায়", "tomorrow at 5 pm"),
        ("2026-11-27T23:59+06:00", "2026-11-27", "আজ রাত ১১টা ৫৯ মিনিটে", "today at 11:59 pm"),
        ("2026-11-28T09:05+06:00", "2026-11-27", "কাল সকাল ৯টা ০৫ মিনিটে", "tomorrow at 9:05 am"),
        ("2026-11-28T00:00+06:00", "2026-11-27", "কাল রাত ১২টায়", "tomorrow at 12 am"),
        ("2026-11-27T12:00+06:00", "2026-11-27", "আজ দুপুর ১২টায়", "today at 12 pm"),
        (
            "2026-12-01T18:00+06:00",
            "2026-11-27",
            "মঙ্গলবার, ১ ডিসেম্বর, সন্ধ্যা ৬টায়",
            "on Tuesday, 1 December at 6 pm",
        ),
        (
            "2026-11-27T21:00+06:00",
            None,
            "শুক্রবার, ২৭ নভেম্বর, রাত ৯টায়",
            "on Friday, 27 November at 9 pm",
        ),
    ],
)
def test_what_is_due_is_named_with_its_class_and_when(
    due: str, today: str | None, bengali: str, english: str
) -> None:
    for stage in ("day", "hours"):
        data = {**WORK, "stage": stage, "due": due, "today": today}
        for one in texts("due_soon", BN, **data):
            assert bengali in one
            assert "প্রোগ্রামিং" in one
            assert "<b>লুপের অনুশীলনী</b>" in one
        for one in texts("due_soon", EN, **data):
            assert english in one


def test_each_kind_of_work_is_called_what_it_is_and_leads_to_itself() -> None:
    called = {"homework": "বাড়ির কাজ", "exam": "পরীক্ষা", "practice": "অ্যাসাইনমেন্ট"}
    for mode, name in called.items():
        message = said("work_opened", BN, **{**WORK, "mode": mode})
        assert name in message.text
        assert routes_of(message) == [("submissions.assignment", SHORT)]
    quiz = said("due_soon", BN, **QUIZ, stage="hours")
    assert "কুইজ" in quiz.text
    assert routes_of(quiz) == [("quiz.open", SHORT)]
    assert routes_of(said("quiz_ended", **QUIZ_ENDED)) == [("quiz.open", SHORT)]
    assert routes_of(said("exam_ended", **EXAM)) == [("submissions.assignment", SHORT)]


def test_a_reminder_leads_to_practice_and_to_its_own_settings() -> None:
    for name in ("practice_reminder", "streak_at_risk"):
        message = said(name, **PRACTICE, streak=3)
        assert routes_of(message) == [("practice.begin", ""), ("settings.notices", "")]


def test_what_has_opened_says_until_when_or_that_it_has_no_end() -> None:
    assert "Due on Friday, 27 November at 9 pm." in said("work_opened", **WORK).text
    assert "There is no due date." in said("work_opened", **{**WORK, "due": None}).text


def test_an_exam_that_ended_says_what_was_handed_in() -> None:
    told = [said("exam_ended", **{**EXAM, "submitted": number}).text for number in range(4)]
    assert "Nothing was handed in this time." in told[0]
    assert "You handed in 2 of 3 problems" in told[2]
    assert "You handed in every problem." in told[3]


def test_a_quiz_that_ended_says_its_score() -> None:
    assert "3 of 5 right; 7.5 of 12 points" in said("quiz_ended", **QUIZ_ENDED).text
    assert "১২ নম্বরের মধ্যে পেয়েছ ৭.৫" in said("quiz_ended", BN, **QUIZ_ENDED).text
