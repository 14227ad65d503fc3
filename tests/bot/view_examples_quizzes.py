"""Data for the views of quizzes that are answered, as the sources give it, and at its worst."""

from typing import Any

from tests.bot.example_values import HOSTILE, ITEM, LONG, NOTHING, SHORT, Data, both

AT = "2026-11-27T23:59:00+06:00"
UID = "0f8fad5b-d9cb-469f-a165-70867728950e"
PLACE: dict[str, Any] = {
    "item": SHORT,
    "title": "শতকরার কুইজ",
    "class_name": "সপ্তম ক",
    "staff": False,
}
HOSTILE_PLACE = {**PLACE, "title": HOSTILE, "class_name": LONG}
WORKING: dict[str, Any] = {"answered": 3, "count": 10, "until": AT, "year": 2026}
CARD: dict[str, Any] = {
    **PLACE,
    "text": None,
    "questions": 10,
    "points": "10",
    "due": AT,
    "over": False,
    "year": 2026,
    "begins": True,
    "archived": False,
    "working": None,
}
ASKED: dict[str, Any] = {
    "item": ITEM,
    "short": SHORT[::-1],
    "position": 2,
    "count": 10,
    "topic": "percentage",
    "text": {"bn": "২০০ টাকার ১৫% কত?", "en": "What is 15% of 200 taka?"},
    "unit": "taka",
    "unit_required": False,
    "aid": None,
    "confidence": None,
    "hints_shown": 0,
}
QUESTION: dict[str, Any] = {**PLACE, "told": None, "left": 9, "question": ASKED}
ROUND: dict[str, Any] = {
    **PLACE,
    "told": "wrong",
    "typed": False,
    "answered": 8,
    "left": 2,
    "count": 10,
}
ITEMS = [["percentage", "answered", True], ["fractions", "answered", False]]
RESULT: dict[str, Any] = {
    **PLACE,
    "correct": 1,
    "count": 3,
    "items": [*ITEMS, ["sets", "waiting", False]],
    "work_on": None,
    "score": "3.33",
    "most": "10",
    "in_time": True,
    "solutions": False,
    "solutions_from": AT,
    "year": 2026,
    "day": {"streak": 3, "counted": True, "milestone": None},
}
LONGEST = {
    **RESULT,
    **HOSTILE_PLACE,
    "count": 20,
    "items": ITEMS * 10,
    "in_time": False,
    "solutions": True,
    "solutions_from": None,
    "day": None,
}
SOLUTION: dict[str, Any] = {
    **PLACE,
    "position": 2,
    "count": 10,
    "text": ASKED["text"],
    "solution": {"bn": "২০০ × ১৫ ÷ ১০০ = ৩০", "en": "200 × 0.15 = 30"},
    "given": "৩০",
    "right": True,
}
STUDENTS: list[list[Any]] = [
    ["মীম", "completed", 10, 8, 10, "8.00"],
    ["রাফি", "in_progress", 3, 2, 10, None],
    ["সাদিয়া", None, 0, 0, 0, None],
]
RESULTS: dict[str, Any] = {
    **PLACE,
    "staff": True,
    "page": 0,
    "more": True,
    "handed_in": 1,
    "working": 1,
    "not_begun": 1,
    "average": "8.00",
    "most": "10",
    "questions": [[2, ASKED["text"], 0, 1], [1, ASKED["text"], 1, 1]],
    "students": STUDENTS,
}
HOSTILE_RESULTS = {
    **RESULTS,
    **HOSTILE_PLACE,
    "questions": [[number, both(HOSTILE), 0, 1] for number in range(1, 21)],
    "students": [[HOSTILE, "completed", 20, 20, 20, "1000.25"]] * 15,
}
ENTRY: dict[str, Any] = {
    "quiz": "new",
    "item": SHORT,
    "title": "শতকরার কুইজ",
    "in": "সপ্তম ক",
    "due": AT,
    "over": False,
    "year": 2026,
    "count": 10,
    "answered": 3,
    "correct": 2,
}
ENTRIES = [
    {**ENTRY, "quiz": state, "item": f"{number:022}"}
    for number, state in enumerate(("new", "working", "ended", "missed"))
]
HOSTILE_ENTRY = {**ENTRY, "item": SHORT[::-1], "title": HOSTILE, "in": LONG, "due": None}

QUIZZES: dict[str, tuple[Data, ...]] = {
    "quiz.card": (
        CARD,
        {**CARD, "working": WORKING, "due": None},
        {**CARD, "begins": False, "over": True},
        {**CARD, "begins": False, "archived": True},
        {**CARD, "begins": False, "staff": True, "over": True, "text": "পড়ে এসো।"},
        {**CARD, **HOSTILE_PLACE, "text": LONG},
    ),
    "quiz.question": (
        QUESTION,
        *({**QUESTION, "told": told} for told in ("right", "wrong", "later", "rewritten", "early")),
        {
            **QUESTION,
            **HOSTILE_PLACE,
            "told": "wrong",
            "question": {**ASKED, "text": both(HOSTILE), "unit": HOSTILE},
        },
    ),
    "quiz.round_over": (
        ROUND,
        {**ROUND, "told": "right", "left": 0, "answered": 10},
        {**ROUND, **HOSTILE_PLACE, "told": None, "typed": True},
    ),
    "quiz.result": (
        RESULT,
        {**RESULT, "day": {"streak": 7, "counted": True, "milestone": 7}},
        {**RESULT, "day": {"streak": 7, "counted": False, "milestone": None}},
        LONGEST,
        {**RESULT, "staff": True, "solutions": True, "solutions_from": None},
    ),
    "quiz.solution": (
        SOLUTION,
        {**SOLUTION, "right": False},
        {**SOLUTION, "given": None, "right": False},
        {
            **SOLUTION,
            **HOSTILE_PLACE,
            "text": both(HOSTILE),
            "solution": both(HOSTILE),
            "given": HOSTILE[:500],
        },
    ),
    "quiz.paused": ({**PLACE, **WORKING}, {**HOSTILE_PLACE, **WORKING}),
    "quiz.taken_back": ({"title": PLACE["title"]}, {"title": HOSTILE}),
    "quiz.over": ({"title": PLACE["title"]}, {"title": LONG}),
    "quiz.only_looking": NOTHING,
    "quiz.no_solutions": NOTHING,
    "quiz.results": (
        RESULTS,
        {**RESULTS, "page": 1, "more": False, "questions": []},
        {**RESULTS, "average": None, "questions": [], "students": [], "more": False},
        HOSTILE_RESULTS,
    ),
    "quizzes.begun": (
        {"item_id": UID, "title": PLACE["title"]},
        {"item_id": UID, "title": HOSTILE},
    ),
}
