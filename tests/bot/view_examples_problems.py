"""Data for the views of coding problems, as the sources give it, and at its worst."""

from typing import Any

from tests.bot.example_values import HOSTILE, ITEM, LONG, NOTHING, SHORT, Data

TITLE = {"main": "Bus fare", "bn": "বাসভাড়া"}
WORST_TITLE = {"main": HOSTILE, "bn": LONG}
COMPLAINT = ["solution.py", 0, "must_pass", {"test": "গোপন/০৩", "verdict": "fail"}]
AT_LINE = ["problem.yaml", 12, "field_needed", {"field": "tests"}]
WORST = [HOSTILE, 7, "not_one_of", {"field": HOSTILE, "allowed": HOSTILE}]
NOTE = ["problem.yaml", 1, "points_shared", {"points": 100}]
WORST_NOTE = [LONG, 3, "command_kept", {"commands": HOSTILE}]
SLUGS: tuple[Data, ...] = ({"slug": "bus-fare"}, {"slug": "a" * 100})
FOLLOWED = {"version_id": ITEM, "slug": "bus-fare"}
CHECKING: dict[str, Any] = {"title": TITLE, "version": 1, "tests": 12, "programs": 3, "notes": []}
ACCEPTED = {**FOLLOWED, "title": "Bus fare", "title_bn": "বাসভাড়া", "version": 1, "notes": []}
CARD: dict[str, Any] = {
    "problem": SHORT,
    "title": TITLE,
    "slug": "bus-fare",
    "version": 2,
    "own": True,
    "owner": "সালমা",
    "shared": False,
    "tests": 12,
    "hidden": 9,
    "points": "100.00",
    "seconds": 1.5,
    "megabytes": 256,
    "assignments": 0,
    "outdated": 0,
    "kept": True,
    "published": "2026-11-21T18:30:00+06:00",
}
WORST_CARD = {
    **CARD,
    "title": WORST_TITLE,
    "slug": "a" * 100,
    "owner": HOSTILE,
    "shared": True,
    "assignments": 30,
    "outdated": 2,
    "kept": False,
}
CARDS: tuple[Data, ...] = (
    CARD,
    WORST_CARD,
    {**WORST_CARD, "own": False},
    {**CARD, "own": False, "owner": None},
)
LINES = [[SHORT, TITLE, 2, "private"], [SHORT[::-1], WORST_TITLE, 120, "shared"]]
LISTED: dict[str, Any] = {"own": True, "page": 0, "more": False, "problems": LINES}
SEEN: dict[str, Any] = {
    **CARD,
    "page": 0,
    "statement": {"main": "Read **two** numbers.", "bn": "**দুটি** সংখ্যা পড়ো।"},
    "samples": [["১ ২\n", "৩\n"]],
}

PROBLEMS: dict[str, tuple[Data, ...]] = {
    "problems.accepted": (
        ACCEPTED,
        {**ACCEPTED, "version": 12, "title": HOSTILE, "title_bn": None, "notes": [WORST_NOTE]},
    ),
    "problems.ask_delete": CARDS,
    "problems.being_checked": SLUGS,
    "problems.card": CARDS,
    "problems.checking": (
        CHECKING,
        {**CHECKING, "notes": [NOTE], "version": 3, "tests": 1, "programs": 1},
        {**CHECKING, "title": WORST_TITLE, "notes": [WORST_NOTE] * 100},
    ),
    "problems.deleted": ({"title": TITLE}, {"title": WORST_TITLE}),
    "problems.file": ({"file": "sum.zip", "key": "people/1/problems/1"},),
    "problems.file_please": NOTHING,
    "problems.given_up": SLUGS,
    "problems.in_use": NOTHING,
    "problems.invite": (
        {"admin": False, "waiting": 0, "to_see": 0},
        {"admin": False, "waiting": 2, "to_see": 0},
        {"admin": True, "waiting": 0, "to_see": 3},
    ),
    "problems.list": (
        LISTED,
        {**LISTED, "page": 1, "more": True, "own": False},
        {**LISTED, "problems": []},
        {**LISTED, "problems": [], "own": False},
    ),
    "problems.look": (
        SEEN,
        {**SEEN, **WORST_CARD, "statement": WORST_TITLE, "samples": [[HOSTILE, None]] * 9},
        {**SEEN, "page": 99, "statement": WORST_TITLE},
    ),
    "problems.no_archive": NOTHING,
    "problems.no_sandbox": SLUGS,
    "problems.not_found": NOTHING,
    "problems.refused": (
        {**FOLLOWED, "complaints": [COMPLAINT]},
        {**FOLLOWED, "complaints": [COMPLAINT, WORST] * 30},
    ),
    "problems.report": (
        {"file": "bus.yaml", "complaints": [AT_LINE]},
        {"file": HOSTILE, "complaints": [WORST] * 8},
        {"file": LONG, "complaints": [AT_LINE, WORST] * 100},
    ),
    "problems.slug_taken": SLUGS,
    "problems.template": NOTHING,
    "problems.too_many": ({"limit": 10},),
    "problems.unchanged": SLUGS,
}
