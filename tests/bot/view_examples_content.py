"""Data for the views of what stands in classes, as the sources give it, and at its worst."""

from typing import Any
from uuid import UUID

from bot.handlers.courses_materials import COUNTED
from domain.courses.assignments import NUMBERS, POINTS
from domain.courses.publishing import Obstacle
from tests.bot.example_values import HOSTILE, LONG, NOTHING, SHORT, Data, both

UID = str(UUID(int=7))
INSTANT = "2026-11-27T23:59:00+06:00"
NEXT_YEAR = "2027-01-03T09:00:00+06:00"
KINDS = ("material", "announcement", "assignment", "quiz")
CLASS: dict[str, Any] = {
    "class": SHORT,
    "name": "প্রোগ্রামিং",
    "archived": False,
    "staff": True,
    "may_edit": True,
}
HOSTILE_CLASS = {**CLASS, "name": HOSTILE, "archived": True, "may_edit": False, "staff": False}
MODULES: dict[str, Any] = {
    **CLASS,
    "page": 1,
    "more": True,
    "modules": [[SHORT, "লুপ", 12, True], [SHORT[::-1], "শর্ত", 0, False]],
}
NO_MODULES = {**MODULES, "page": 0, "more": False, "modules": []}
HOSTILE_MODULES = {**MODULES, **HOSTILE_CLASS, "modules": [[SHORT, HOSTILE, 1000, False]]}
MODULE: dict[str, Any] = {
    **CLASS,
    "module": SHORT,
    "title": "লুপ",
    "text": "এই সপ্তাহে **লুপ**।",
    "published": True,
}
HOSTILE_MODULE = {**MODULE, **HOSTILE_CLASS, "title": HOSTILE, "text": LONG, "published": False}


def line(number: int, **values: Any) -> dict[str, Any]:
    return {
        "item": f"{number:022}",
        "kind": KINDS[number % 4],
        "title": "লুপের নোট",
        "published": True,
        "opens_later": False,
        "due": None,
        **values,
    }


ITEMS: dict[str, Any] = {
    **MODULE,
    "changed": None,
    "page": 0,
    "more": True,
    "items": [line(0), line(1, published=False), line(2, opens_later=True), line(3)],
}
HOSTILE_ITEMS = {
    **HOSTILE_MODULE,
    "changed": "made",
    "page": 1,
    "more": False,
    "items": [line(number, title=HOSTILE) for number in range(8)],
}
NO_ITEMS = {**ITEMS, "items": [], "more": False, "text": None, "published": False}
PLACE: dict[str, Any] = {
    "item": SHORT,
    "module": SHORT[::-1],
    "class": SHORT,
    "kind": "assignment",
    "title": "বাড়ির কাজ",
    "module_title": "লুপ",
    "class_name": "প্রোগ্রামিং",
}
HOSTILE_PLACE = {**PLACE, "title": HOSTILE, "module_title": LONG, "class_name": HOSTILE}
PLACES: tuple[Data, ...] = (PLACE, HOSTILE_PLACE)
ITEM: dict[str, Any] = {
    **PLACE,
    "changed": None,
    "may_edit": True,
    "text": "পড়ে **এসো**।",
    "published": False,
    "module_published": True,
    "release": None,
    "opens_later": False,
    "due": None,
    "over": False,
    "year": 2026,
    "files": 0,
    "problems": 3,
    "worth": "30.00",
    "mode": "exam",
    "minutes": 45,
}
NO_ASSIGNMENT = {"mode": None, "minutes": None, "worth": "0"}
CHANGES = ("made", "title", "text", "date", "date_cleared", "published", "unpublished", "moved")
DATED: dict[str, Any] = {**PLACE, "which": "d", "year": 2026}
FILES: dict[str, Any] = {
    **PLACE,
    "kind": "material",
    "changed": None,
    "most": 10,
    "files": [[SHORT, "নোট", 1_200_000], [SHORT[::-1], "ছবি", 10]],
}
HOSTILE_FILES = [[f"{number:022}", HOSTILE, 20_000_000] for number in range(10)]
OPEN: dict[str, Any] = {
    **PLACE,
    "kind": "material",
    "staff": False,
    "text": "একটি **লুপ** বারবার চলে।",
    "page": 0,
    "due": None,
    "year": 2026,
    "problems": 0,
    "files": FILES["files"],
}
CALLED = {"main": "Sum", "bn": "যোগফল"}
HOSTILE_CALLED = {"main": HOSTILE, "bn": LONG}
SETUP: dict[str, Any] = {
    **PLACE,
    "mode": "homework",
    "used": False,
    "languages": [["python", "Python", True], ["c", "C", False]],
    "late": "penalty",
    "numbers": {
        "attempts": 3,
        "minutes": None,
        "percent": 10,
        "most": 50,
        "grace": 15,
        "total": 100,
    },
    "problems": 2,
    "worth": "32.5",
}
BARE = {"attempts": None, "minutes": None, "percent": 0, "most": 100, "grace": 0, "total": None}
BOTH = {"bn": "২০০ টাকার ১৫% কত?", "en": "What is 15% of 200 taka?"}
QUIZ: dict[str, Any] = {
    **PLACE,
    "kind": "quiz",
    "grade": 7,
    "topic": "percentage",
    "page": 1,
    "more": True,
}
SET: dict[str, Any] = {
    **PLACE,
    "problem": SHORT,
    "called": CALLED,
    "version": 2,
    "newest": None,
    "used": False,
    "worth": "30",
    "custom": None,
}
OFFERED = {"common": [1, 5], "least": 0, "most": 1000, "optional": True}
PICK: dict[str, Any] = {
    **PLACE,
    "query": "",
    "page": 1,
    "more": True,
    "problems": [
        [f"{n:022}", CALLED, own, is_set]
        for n, (own, is_set) in enumerate([(True, False), (False, False), (True, True)])
    ],
}

DELIVERY: dict[str, Any] = {
    "counts": dict(zip(COUNTED, (30, 5, 1, 2, 3), strict=True)),
    "quiet": 3,
    "told": 41,
    "at": "21:30",
}

CONTENT: dict[str, tuple[Data, ...]] = {
    "announcements.ask": tuple(
        {**one, "text": text, "students": students}
        for one, text, students in ((PLACE, "কাল **ছুটি**।", 1), (HOSTILE_PLACE, LONG, 500))
    ),
    "announcements.delivery": (
        {**PLACE, **DELIVERY},
        {**PLACE, **DELIVERY, "counts": dict.fromkeys(COUNTED, 0), "quiet": 0, "told": 0},
        {**HOSTILE_PLACE, **DELIVERY, "counts": dict.fromkeys(COUNTED, 1000), "quiet": 0},
    ),
    "announcements.notice": tuple(
        {**one, "text": text} for one in PLACES for text in ("কাল **ছুটি**।", HOSTILE, LONG)
    ),
    "announcements.told": tuple({**one, "students": 12} for one in PLACES),
    "assignments.ask": tuple(
        {
            **one,
            **SETUP,
            "field": field,
            "common": list(numbers.common),
            "least": numbers.least,
            "most": numbers.most,
            "optional": numbers.optional,
        }
        for one in PLACES
        for field, numbers in NUMBERS.items()
    ),
    "assignments.ask_points": (
        {**SET, **OFFERED, "common": list(POINTS.common)},
        {**SET, **HOSTILE_PLACE, **OFFERED, "called": HOSTILE_CALLED},
    ),
    "assignments.languages": (SETUP, {**SETUP, **HOSTILE_PLACE}),
    "assignments.late": (
        *({**SETUP, "late": kind} for kind in ("none", "refuse", "penalty")),
        {**SETUP, **HOSTILE_PLACE},
    ),
    "assignments.mode_stays": ({"item_id": UID, "title": HOSTILE},),
    "assignments.number_unusable": ({"least": 0, "most": 10_000},),
    "assignments.pick": (
        PICK,
        {**PICK, "query": HOSTILE, "problems": []},
        {**PICK, "page": 0, "more": False, "problems": []},
        {**PICK, **HOSTILE_PLACE, "problems": [[SHORT, HOSTILE_CALLED, True, False]]},
    ),
    "assignments.problem": (
        SET,
        {**SET, **HOSTILE_PLACE, "called": HOSTILE_CALLED, "custom": 5, "newest": 3},
        {**SET, "newest": 3, "used": True},
    ),
    "assignments.problem_used": ({"item_id": UID, "title": HOSTILE},),
    "assignments.problems": (
        {**PLACE, "problems": [[SHORT, CALLED, "30.00", 4, False]]},
        {**PLACE, "problems": [[SHORT, CALLED, "30.00", 4, True]]},
        {**PLACE, "problems": []},
        {
            **HOSTILE_PLACE,
            "problems": [[f"{n:022}", HOSTILE_CALLED, "1000000", 12, False] for n in range(50)],
        },
    ),
    "assignments.version_stays": ({"item_id": UID, "title": HOSTILE, "version": 2},),
    "assignments.setup": (
        SETUP,
        {**SETUP, "mode": "exam", "numbers": BARE},
        {**SETUP, "mode": "exam", "numbers": {**BARE, "minutes": 45}},
        {**SETUP, "mode": "practice", "numbers": BARE},
        {**SETUP, **HOSTILE_PLACE, "late": "none", "numbers": BARE},
    ),
    "content.add": tuple(
        {"module": SHORT, "module_title": title} for title in ("লুপ", HOSTILE, LONG)
    ),
    "content.ask_date": (
        {**DATED, "set": None},
        {**DATED, "set": INSTANT},
        {**DATED, **HOSTILE_PLACE, "which": "r", "set": NEXT_YEAR},
    ),
    "content.ask_delete": PLACES,
    "content.ask_delete_module": (MODULE, HOSTILE_MODULE),
    "content.ask_item_title": tuple({"module": SHORT, "kind": kind} for kind in KINDS),
    "content.ask_module": (CLASS, HOSTILE_CLASS),
    "content.ask_module_text": (MODULE, HOSTILE_MODULE, {**MODULE, "text": None}),
    "content.ask_module_title": (MODULE, HOSTILE_MODULE),
    "content.ask_text": tuple(
        {**one, "kind": kind, "more": more, "has": has}
        for one in PLACES
        for kind, more, has in (
            ("material", False, True),
            ("material", True, True),
            ("announcement", False, True),
            ("quiz", False, False),
        )
    ),
    "content.ask_title": PLACES,
    "content.confirm_date": (
        {**DATED, "choices": [[INSTANT, 1795802340]]},
        {**DATED, "choices": [[INSTANT, 1795802340], [NEXT_YEAR, 1799031600]]},
    ),
    "content.deleted": PLACES,
    "content.due_before_release": NOTHING,
    "content.due_in_past": NOTHING,
    "content.file": tuple(
        {"title": title, "name": "নোট", "key": "classes/1/material/2"} for title in ("লুপ", HOSTILE)
    ),
    "content.files": (
        FILES,
        {**FILES, "files": []},
        *({**FILES, "changed": one} for one in ("added", "removed", "full", "typed")),
        {**FILES, **HOSTILE_PLACE, "files": HOSTILE_FILES},
    ),
    "content.item": (
        ITEM,
        *({**ITEM, "changed": one, "published": True} for one in CHANGES),
        {**ITEM, "published": True, "module_published": False, "release": INSTANT, "due": INSTANT},
        {**ITEM, "published": True, "opens_later": True, "release": NEXT_YEAR},
        {**ITEM, "due": INSTANT, "over": True, "may_edit": False, "mode": "practice"},
        *({**ITEM, **NO_ASSIGNMENT, "kind": one, "files": 3, "text": LONG} for one in KINDS[:2]),
        {**ITEM, **NO_ASSIGNMENT, "kind": "quiz", "text": None},
        {**ITEM, **HOSTILE_PLACE, "text": HOSTILE, "release": NEXT_YEAR, "due": NEXT_YEAR},
    ),
    "content.item_used": ({"item_id": UID, "title": "বাড়ির কাজ"}, {"item_id": UID, "title": LONG}),
    "content.module": (
        ITEMS,
        NO_ITEMS,
        HOSTILE_ITEMS,
        *({**ITEMS, "changed": one} for one in CHANGES[:3]),
        *({**ITEMS, "changed": one} for one in ("published", "unpublished")),
    ),
    "content.module_hidden": NOTHING,
    "content.module_not_empty": NOTHING,
    "content.modules": (MODULES, NO_MODULES, HOSTILE_MODULES),
    "content.move": (
        {**PLACE, "page": 0, "more": True, "modules": [[SHORT[::-1], "শর্ত"]]},
        {**PLACE, "page": 0, "more": False, "modules": []},
        {**HOSTILE_PLACE, "page": 1, "more": False, "modules": [[SHORT, HOSTILE]]},
    ),
    "content.not_ready": tuple(
        {"obstacle": one, "item_id": UID, "title": title}
        for one in Obstacle
        for title in ("লুপ", HOSTILE)
    ),
    "content.open": (
        OPEN,
        {**OPEN, "text": "", "files": [], "staff": True},
        {**OPEN, "kind": "quiz", "due": INSTANT, "problems": 5, "files": []},
        {**OPEN, "kind": "announcement", "files": [], "page": 9},
        {**OPEN, "kind": "assignment", "files": [], "due": NEXT_YEAR},
        *({**OPEN, **HOSTILE_PLACE, "text": LONG * 3, "page": page} for page in (0, 1, 99)),
        {**OPEN, **HOSTILE_PLACE, "text": HOSTILE, "files": HOSTILE_FILES},
    ),
    "quizzes.grades": tuple({**one, "grades": ["6", "7", "8"]} for one in PLACES),
    "quizzes.pick": (
        {**QUIZ, "problems": [[SHORT, BOTH, True], [SHORT[::-1], BOTH, False]]},
        {**QUIZ, **HOSTILE_PLACE, "page": 0, "more": False, "topic": HOSTILE, "problems": []},
        {
            **QUIZ,
            **HOSTILE_PLACE,
            "problems": [[f"{n:022}", both(HOSTILE), True] for n in range(8)],
        },
    ),
    "quizzes.problem": (
        {**QUIZ, "problem": SHORT, "text": BOTH},
        {**QUIZ, **HOSTILE_PLACE, "problem": SHORT, "text": both(LONG), "topic": HOSTILE},
    ),
    "quizzes.ask_points": tuple(
        {**one, "common": [10, 50], "least": 1, "most": 10_000, "optional": True} for one in PLACES
    ),
    "quizzes.problems": (
        {**PLACE, "full": False, "points": 0, "problems": [[SHORT, BOTH]]},
        {**PLACE, "full": False, "points": 50, "problems": []},
        {
            **HOSTILE_PLACE,
            "full": True,
            "points": 10_000,
            "problems": [[f"{n:022}", both(HOSTILE)] for n in range(20)],
        },
    ),
    "quizzes.topics": (
        {**QUIZ, "topics": [["percentage", 12], ["fractions", 3]]},
        {**QUIZ, "topics": [[f"{n}{HOSTILE}", 1000] for n in range(100)]},
    ),
    "content.read": (MODULES, NO_MODULES, HOSTILE_MODULES),
    "content.read_module": (ITEMS, NO_ITEMS, HOSTILE_ITEMS),
    "content.text_unusable": ({"limit": 30_000},),
    "content.title_unusable": NOTHING,
}
