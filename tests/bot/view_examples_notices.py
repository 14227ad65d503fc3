"""Data for the views of notices: every variant, and names at their worst."""

from typing import Any

from bot.views import notices
from tests.bot.example_values import HOSTILE, LONG, SHORT, Data

WORK: dict[str, Any] = {
    "kind": "assignment",
    "mode": "homework",
    "title": "লুপের অনুশীলনী",
    "class_name": "প্রোগ্রামিং",
    "item": SHORT,
    "due": "2026-11-27T21:00+06:00",
    "variant": 0,
}
QUIZ = {**WORK, "kind": "quiz", "mode": None, "title": "শতকরা"}
WORKS = (WORK, {**WORK, "mode": "exam"}, {**WORK, "mode": "practice"}, QUIZ)
HOSTILE_WORK = {**WORK, "title": HOSTILE, "class_name": HOSTILE}
LONG_WORK = {**QUIZ, "title": LONG, "class_name": LONG}
DAY = "2026-11-27"
PRACTICE: dict[str, Any] = {"day": DAY, "variant": 0}
EXAM: dict[str, Any] = {
    "title": "মধ্যবর্তী পরীক্ষা",
    "class_name": "প্রোগ্রামিং",
    "item": SHORT,
    "submitted": 2,
    "problems": 3,
}
QUIZ_ENDED: dict[str, Any] = {
    "title": "শতকরা",
    "class_name": "সপ্তম ক",
    "item": SHORT,
    "correct": 3,
    "count": 5,
    "score": 7.5,
    "max": 12,
}
AT_WORST = tuple({"title": one, "class_name": one} for one in (HOSTILE, LONG))


def variants(data: dict[str, Any], number: int) -> tuple[Data, ...]:
    return tuple({**data, "variant": variant} for variant in range(number))


NOTICES: dict[str, tuple[Data, ...]] = {
    "notices.due_soon": (
        *(
            one
            for stage in ("day", "hours")
            for work in (*WORKS, HOSTILE_WORK, LONG_WORK)
            for one in variants({**work, "stage": stage}, 3)
        ),
        {**WORK, "stage": "hours", "today": DAY, "variant": 2**31},
        {**WORK, "stage": "day", "today": "2026-11-26", "variant": -1},
    ),
    "notices.exam_ended": (
        EXAM,
        {**EXAM, "submitted": 3},
        {**EXAM, "submitted": 0},
        *({**EXAM, **worst} for worst in AT_WORST),
    ),
    "notices.practice_reminder": (
        *variants({**PRACTICE, "streak": 0}, len(notices.REMINDERS)),
        *variants(
            {**PRACTICE, "streak": 12}, len(notices.STREAK_REMINDERS) + len(notices.REMINDERS)
        ),
    ),
    "notices.quiz_ended": (
        QUIZ_ENDED,
        *({**QUIZ_ENDED, **worst, "score": 0, "correct": 0} for worst in AT_WORST),
    ),
    "notices.streak_at_risk": variants({**PRACTICE, "streak": 2}, len(notices.AT_RISK)),
    "notices.work_opened": tuple(
        one
        for work in (*WORKS, HOSTILE_WORK, LONG_WORK, {**WORK, "due": None})
        for one in variants(work, 3)
    ),
}
