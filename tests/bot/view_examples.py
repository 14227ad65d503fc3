"""Data for every view as the sources give it, and the same data at its worst."""

from typing import Any

from bot.handlers.settings import CHOICES, HOURS
from bot.views.wanted import UNITS
from domain.courses.dates import Failure
from domain.operations.upkeep_repository import Check
from domain.people.settings import COMMON_ZONES
from domain.people.wishes import MUTABLE
from domain.practice.aids import Aid
from domain.practice.answers import Reason
from tests.bot.example_values import HOSTILE, ITEM, LONG, NAMES, NOTHING, Data, both
from tests.bot.view_examples_calendar import CALENDAR
from tests.bot.view_examples_content import CONTENT
from tests.bot.view_examples_courses import COURSES
from tests.bot.view_examples_holidays import HOLIDAYS
from tests.bot.view_examples_notices import NOTICES
from tests.bot.view_examples_problems import PROBLEMS
from tests.bot.view_examples_quizzes import QUIZZES
from tests.bot.view_examples_submissions import SUBMISSIONS

QUESTION: dict[str, Any] = {
    "item": ITEM,
    "position": 2,
    "count": 5,
    "topic": "percentage",
    "text": {"bn": "২০০ টাকার ১৫% কত?", "en": "What is 15% of 200 taka?"},
    "unit": "taka",
    "unit_required": False,
    "aid": None,
    "confidence": None,
    "hints_shown": 0,
}
SURE = {**QUESTION, "confidence": "medium", "unit": None}
HOSTILE_QUESTION = {**QUESTION, "text": both(HOSTILE), "topic": HOSTILE, "unit": HOSTILE}
PLACE: dict[str, Any] = {
    "item": ITEM,
    "position": 2,
    "count": 5,
    "tries": 1,
    "hints_shown": 0,
    "hints": 3,
    "until": "16:05",
}
RIGHT = {"kind": "right", "tries": 1, "hints_shown": 0, "solution": None}
LATER = {**RIGHT, "tries": 3}
SKIPPED = {**RIGHT, "kind": "skipped", "tries": 0}
SHOWN = {**RIGHT, "kind": "shown", "solution": {"bn": "২০০ × ১৫ ÷ ১০০ = ৩০", "en": "200 × 0.15"}}
HOSTILE_SHOWN = {**SHOWN, "solution": both(HOSTILE)}
RESULT: dict[str, Any] = {
    "correct": 2,
    "count": 5,
    "items": [
        ["percentage", "answered", True],
        ["fractions", "answered", True],
        ["fractions", "shown", False],
        ["interest", "skipped", False],
        ["interest", "waiting", False],
    ],
    "work_on": "fractions",
}
SUMMARY: dict[str, Any] = {
    "feedback": RIGHT,
    **RESULT,
    "seconds": 734,
    "streak": 3,
    "longest": 12,
    "counted": True,
    "milestone": None,
}
STREAK: dict[str, Any] = {
    "current": 3,
    "longest": 12,
    "milestones": [7],
    "next_milestone": 7,
    "practised_today": True,
    "today": "2026-11-21",
    "days": ["2026-10-30", "2026-11-19", "2026-11-20", "2026-11-21"],
    "holidays": ["2026-11-26"],
    "holiday": None,
    "low_data": False,
}
NO_STREAK = {
    **STREAK,
    "current": 0,
    "longest": 0,
    "milestones": [],
    "practised_today": False,
    "days": [],
    "holidays": [],
}
PROGRESS: dict[str, Any] = {
    "topics": [
        ["percentage", 0.97, "mastered", 10, 8],
        ["interest", 0.8, "nearly", 0, 0],
        ["fractions", 0.3, "learning", 5, 2],
        ["sets", None, "new", 0, 0],
    ],
    "weeks": [["2026-11-01", 5, 2, 1], ["2026-11-15", 10, 8, 2]],
    "work_on": "fractions",
    "low_data": False,
}
HOSTILE_PROGRESS = {
    **PROGRESS,
    "topics": [
        [f"{number}{HOSTILE}", None if number > 30 else 0.5, "learning", 1000, 999]
        for number in range(40)
    ],
    "weeks": [[f"2026-{month:02}-01", 10, 9, 7] for month in range(1, 13)],
    "work_on": HOSTILE,
}
HELP: dict[str, Any] = {"step": None, "role": "student", "registered": True, "grade": 7}
MENU: dict[str, Any] = {
    "changed": None,
    "name": "মীম",
    "grade": 7,
    "timezone": "Asia/Dhaka",
    "reminder": "19:30",
    "quiet": [22, 7],
    "low_data": False,
}
INCONSISTENT = [[check.value, number] for number, check in enumerate(Check, 1)]
PAGE: dict[str, Any] = {
    "changed": None,
    "reminder": "19:00",
    "quiet": [22, 7],
    "kinds": [[kind, number % 2 == 0] for number, kind in enumerate(MUTABLE)],
    "paused": None,
    "heard": True,
}
COUNTS = {
    "people": 12345,
    "blocked": 0,
    "sessions": 900,
    "updates_waiting": 1,
    "updates_set_aside": 0,
    "messages_waiting": 2,
    "messages_failed": 0,
    "problems_reported": 3,
    "judgings_waiting": 4,
    "judgings_oldest_seconds": 95,
    "workers": 2,
    "workers_without_sandbox": 1,
}
STEPS = (
    "register.language",
    "register.name",
    "register.class",
    "practice",
    "quiz",
    "quiz.end",
    "settings.name",
    "settings.timezone",
    "settings.reminder",
    "settings.quiet",
    "holidays.add",
    "account.erase",
    "register.code",
    "join.code",
    "courses.name",
    "roster.import",
)
REASONS = tuple(Reason)
ROLES = ("student", "ta", "teacher", "admin")
OWNER = ITEM.replace("-", "")
PROBLEM: dict[str, Any] = {
    "grade": 7,
    "topic": "percentage",
    "difficulty": 2,
    "chapter": both("½"),
    "question": QUESTION["text"],
    "answer": "30",
    "kind": "number",
    "form": None,
    "unit": "taka",
    "unit_required": False,
    "varies": True,
    "hints": [both("½")] * 3,
    "solution": {"bn": "২০০ × ১৫ ÷ ১০০", "en": "200 × 15 ÷ 100"},
}
HOSTILE_PROBLEM = {
    **PROBLEM,
    "topic": HOSTILE,
    "question": both(HOSTILE),
    "answer": HOSTILE,
    "unit": HOSTILE,
    "chapter": None,
    "hints": [both(HOSTILE)] * 3,
    "solution": both(HOSTILE),
}
CONTRIBUTION: dict[str, Any] = {
    "owner": OWNER,
    "name": "Mim",
    "index": 1,
    "count": 3,
    "version": "f" * 14,
    "language": "bn",
    "problem": PROBLEM,
}
COMPLAINT = [7, "c7-mine", "field_needed", {"field": "hints"}]
PRACTISING: tuple[Data, ...] = ({"practising": True}, {"practising": False})

EXAMPLES: dict[str, tuple[Data, ...]] = {
    **CALENDAR,
    **CONTENT,
    **COURSES,
    **HOLIDAYS,
    **NOTICES,
    **PROBLEMS,
    **QUIZZES,
    **SUBMISSIONS,
    "dates.unclear": (
        *({"failure": failure, "choices": []} for failure in Failure if failure != "ambiguous"),
        {
            "failure": "ambiguous",
            "choices": ["2026-11-25T06:00:00+06:00", "2026-11-25T18:00:00+06:00"],
        },
    ),
    "account.erase_again": NOTHING,
    "account.erase_explained": NOTHING,
    "account.erased": NOTHING,
    "account.export": ({"key": "people/1/export.json", "day": "2026-11-21"},),
    "account.kept": NOTHING,
    "account.privacy": NOTHING,
    "common.file_lost": NOTHING,
    "submissions.source_empty": NOTHING,
    "submissions.source_not_text": NOTHING,
    "submissions.source_too_long": ({"limit": 64},),
    "common.file_too_large": ({"limit": 1_000_000},),
    "common.stale_button": NOTHING,
    "library.approved": tuple({"name": name, "count": 3} for name in ("Mim", HOSTILE)),
    "library.contributed": tuple({**one, "count": 3, "owner": OWNER} for one in NAMES),
    "library.contribution": (
        CONTRIBUTION,
        {**CONTRIBUTION, "index": 0, "count": 1, "language": "en"},
        {**CONTRIBUTION, "name": LONG, "problem": HOSTILE_PROBLEM},
    ),
    "library.moved_on": NOTHING,
    "library.received": (
        {"count": 5, "unchanged": 0, "waiting": True},
        {"count": 1, "unchanged": 1, "waiting": False},
    ),
    "library.refused": tuple({"name": name, "count": 1} for name in ("Mim", LONG)),
    "library.report": (
        {"file": "mine.yaml", "complaints": [COMPLAINT]},
        {"file": HOSTILE, "complaints": [[3, HOSTILE, "not_one_text", {"field": HOSTILE}]] * 8},
        {"file": LONG, "complaints": [COMPLAINT, [9, None, "not_utf8", {}]] * 300},
    ),
    "library.template": ({"form": "yaml"}, {"form": "csv"}),
    "library.waiting": (
        {"people": []},
        {"people": [["a" * 32, "Mim", 3], ["b" * 32, HOSTILE, 1], ["c" * 32, LONG, 200]]},
    ),
    "library.yours_approved": ({"count": 1}, {"count": 12}),
    "library.yours_refused": ({"count": 1}, {"count": 12}),
    "operations.fault": NOTHING,
    "operations.health": (
        {"release": "0.1.0", "counts": COUNTS, "nightly": None},
        {
            "release": HOSTILE,
            "counts": {},
            "nightly": {"at": "2026-11-22T03:10:00+06:00", "found": []},
        },
        {
            "release": "0.1.0",
            "counts": COUNTS,
            "nightly": {"at": "2026-11-22T03:10:00+06:00", "found": INCONSISTENT},
        },
    ),
    "operations.inconsistencies": ({"checks": INCONSISTENT}, {"checks": INCONSISTENT[:1]}),
    "operations.nobody": NAMES,
    "operations.not_yourself": NOTHING,
    "operations.problem_reported": (
        {"question": QUESTION["text"], "answer": "5/4", "topic": "fractions", "problem": OWNER},
        {"question": {}, "answer": "", "topic": ""},
        {"question": both(HOSTILE), "answer": HOSTILE, "topic": HOSTILE},
    ),
    "operations.role": tuple(
        {"user": ITEM, "name": name, "role": role} for name in ("Mim", HOSTILE) for role in ROLES
    ),
    "operations.role_given": tuple({"role": role} for role in ROLES),
    "operations.role_usage": NOTHING,
    "operations.set_aside": NOTHING,
    "operations.update_failed": (
        {"error": "ValueError", "update_id": 5, "person": 77},
        {"error": HOSTILE, "update_id": 2**31, "person": None},
    ),
    "people.ask_class": tuple({**one, "joins": joins} for one in NAMES for joins in (None, LONG)),
    "people.ask_code": NOTHING,
    "people.ask_language": NOTHING,
    "people.ask_name": ({"offer": "Mim"}, {"offer": HOSTILE}, {"offer": LONG}),
    "people.cancelled": ({"registered": True}, {"registered": False}),
    "people.class_unknown": NOTHING,
    "people.edit_ignored": PRACTISING,
    "people.help": (
        HELP,
        {**HELP, "grade": None},
        {**HELP, "role": "admin"},
        {**HELP, "registered": False, "grade": None},
        *({**HELP, "step": step} for step in STEPS),
    ),
    "people.name_empty": NOTHING,
    "people.name_too_long": ({"limit": 64},),
    "people.not_allowed": NOTHING,
    "people.not_understood": (*PRACTISING, {}),
    "people.nothing_to_cancel": NOTHING,
    "people.registered": tuple(
        {**one, "grade": grade, "promised": promised}
        for one in NAMES
        for grade in (7, None)
        for promised in (True, False)
    ),
    "people.unknown_command": ({"role": "student", "admin": "admin"},),
    "people.welcome_back": NAMES,
    "people.words_please": PRACTISING,
    "practice.answer_too_long": ({"aid": None},),
    "practice.confidence_marked": ({"question": QUESTION}, {"question": SURE}),
    "practice.expired": (RESULT, {**RESULT, "correct": 0, "work_on": None}),
    "practice.hint": (
        {**PLACE, "number": 1, "hints_shown": 1, "hint": both("½"), "after": "open"},
        {**PLACE, "number": 2, "hints_shown": 2, "hint": both("½"), "after": "after_a_try"},
        {**PLACE, "number": 3, "hints_shown": 3, "hint": both(HOSTILE), "after": "last"},
    ),
    "practice.needs_class": NOTHING,
    "practice.none_open": NOTHING,
    "practice.paused": (PLACE, {**PLACE, "until": "00:00"}),
    "practice.progress": (
        PROGRESS,
        {**PROGRESS, "low_data": True, "work_on": None},
        {**PROGRESS, "topics": [], "weeks": [], "work_on": None},
        HOSTILE_PROGRESS,
    ),
    "practice.question": (
        {"question": QUESTION, "first": 30},
        {"question": SURE, "feedback": RIGHT},
        {"question": QUESTION, "feedback": LATER},
        {"question": QUESTION, "feedback": SKIPPED},
        {"question": QUESTION, "feedback": SHOWN},
        {"question": QUESTION, "feedback": {"kind": "rewritten"}},
        {"question": HOSTILE_QUESTION, "feedback": HOSTILE_SHOWN},
        *({"question": {**QUESTION, "aid": aid, "unit": None}} for aid in Aid),
        *({"question": {**QUESTION, "unit": unit, "unit_required": True}} for unit in UNITS),
    ),
    "practice.resumable": (PLACE, {**PLACE, "until": "04:30"}),
    "practice.stale": NOTHING,
    "practice.streak": (
        STREAK,
        {**STREAK, "low_data": True},
        {**STREAK, "practised_today": False, "current": 1, "longest": 1, "next_milestone": 7},
        {**STREAK, "current": 400, "longest": 400, "next_milestone": None},
        {**STREAK, "holiday": ["2026-11-26", "2026-11-26", "হরতাল"]},
        {**STREAK, "holiday": ["2026-11-26", "2026-11-29", HOSTILE]},
        NO_STREAK,
    ),
    "practice.summary": (
        SUMMARY,
        {**SUMMARY, "correct": 5, "milestone": 7, "streak": 7, "work_on": None},
        {**SUMMARY, "correct": 3, "feedback": SHOWN, "streak": 1},
        {**SUMMARY, "correct": 0, "counted": False, "feedback": HOSTILE_SHOWN, "work_on": HOSTILE},
    ),
    "practice.too_few_problems": NOTHING,
    "practice.two_answers": ({"aid": None}, {"aid": "set"}),
    "practice.try_first": NOTHING,
    "practice.unreadable": ({"aid": None}, *({"aid": aid} for aid in Aid)),
    "practice.wrong": (
        {**PLACE, "reason": "wrong", "more": True},
        {**PLACE, "tries": 4, "hints_shown": 3, "reason": "wrong", "more": False},
        *({**PLACE, "hints_shown": 1, "reason": one, "more": True} for one in REASONS),
    ),
    "settings.ask_name": NAMES,
    "settings.ask_timezone": ({"zones": list(COMMON_ZONES)},),
    "settings.choices": tuple(
        {"setting": setting, "options": options} for setting, options in CHOICES.items()
    ),
    "settings.ask_hours": tuple(
        {"setting": setting, "options": options} for setting, options in HOURS.items()
    ),
    "settings.hours_unknown": NOTHING,
    "settings.notices": (
        PAGE,
        {**PAGE, "reminder": None, "quiet": None, "paused": "2026-11-28"},
        {**PAGE, "heard": False},
        *({**PAGE, "changed": one} for one in ("reminder", "quiet", "resumed")),
    ),
    "settings.time_unknown": NOTHING,
    "settings.which_hours": ({"hours": [[10, 18], [22, 6]]},),
    "settings.which_time": ({"times": ["07:30", "19:30"]},),
    "settings.menu": (
        MENU,
        {**MENU, "grade": None, "reminder": None, "quiet": None, "low_data": True},
        {**MENU, "name": HOSTILE, "timezone": HOSTILE},
        *({**MENU, "changed": one} for one in (*CHOICES, "name", "timezone")),
    ),
    "settings.timezone_unknown": NOTHING,
}
