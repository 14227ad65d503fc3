"""Data for the views of classes, as the sources give it, and at its worst."""

from typing import Any

from domain.courses.roster_file import Flaw
from tests.bot.example_values import HOSTILE, LONG, NAMES, NOTHING, SHORT, Data

STANDINGS = ("owner", "teacher", "ta", "student")
CLASS: dict[str, Any] = {
    "class": SHORT,
    "name": "প্রোগ্রামিং",
    "section": "ক",
    "standing": "owner",
    "archived": False,
    "code": "ABCDEF",
}
HOSTILE_CLASS = {**CLASS, "name": HOSTILE, "section": LONG, "archived": True}
CLASSES: tuple[Data, ...] = (CLASS, {**CLASS, "section": None}, HOSTILE_CLASS)
LINE = [SHORT, "প্রোগ্রামিং", "ক", "owner", 5, False]
OTHER = [SHORT[::-1], LONG, None, "student", 0, True]
LISTED: dict[str, Any] = {"may_make": True, "page": 0, "more": False, "classes": [LINE, OTHER]}
INVITED: dict[str, Any] = {**CLASS, "event": "shown", "bot": "dars_bot", "low_data": False}
PEOPLE: dict[str, Any] = {
    **CLASS,
    "students": 1200,
    "page": 1,
    "more": True,
    "members": [
        [f"{number}{SHORT[1:]}", called, role, status]
        for number, (called, role, status) in enumerate(
            (
                ("মীম", "student", "active"),
                (HOSTILE, "ta", "active"),
                (LONG, "teacher", "active"),
                (LONG, "student", "dropped"),
            )
        )
    ],
}
MEMBER: dict[str, Any] = {
    **CLASS,
    "member": SHORT,
    "member_name": "মীম",
    "username": "mim",
    "role": "student",
    "status": "active",
}
PERSON: dict[str, Any] = {
    **MEMBER,
    "changed": None,
    "joined": "2026-11-21",
    "acts": ["ta", "teacher", "drop"],
}
IMPORTED: dict[str, Any] = {
    **CLASS,
    "bot": "dars_bot",
    "added": 30,
    "changed": 1,
    "unchanged": 2,
    "unknown": [],
}
ROW = ["মীম", "mim", "", "student", "active", "2026-11-21"]

COURSES: dict[str, tuple[Data, ...]] = {
    "courses.archived": NAMES,
    "courses.ask_archive": CLASSES,
    "courses.ask_leave": CLASSES,
    "courses.ask_name": NOTHING,
    "courses.ask_new_code": CLASSES,
    "courses.ask_new_name": CLASSES,
    "courses.ask_new_section": CLASSES,
    "courses.ask_section": NAMES,
    "courses.card": tuple(
        {**one, "standing": standing, "students": 1} for one in CLASSES for standing in STANDINGS
    ),
    "courses.invite": (
        *({**INVITED, "event": event} for event in ("shown", "made", "renewed")),
        {**INVITED, "section": None, "low_data": True},
        {**INVITED, **HOSTILE_CLASS},
    ),
    "courses.left": CLASSES,
    "courses.list": (
        LISTED,
        {**LISTED, "may_make": False, "page": 3, "more": True},
        {**LISTED, "classes": []},
        {**LISTED, "may_make": False, "classes": []},
        {
            **LISTED,
            "more": True,
            "classes": [[f"{n}{SHORT[1:]}", HOSTILE, HOSTILE, "ta", 9, False] for n in range(8)],
        },
    ),
    "courses.name_unusable": ({"limit": 100},),
    "courses.not_found": NOTHING,
    "courses.owner_stays": NAMES,
    "courses.settings": tuple(
        {**one, "changed": changed}
        for one in CLASSES
        for changed in (None, "name", "section", "archived")
    ),
    "join.ask_code": NOTHING,
    "join.code_letters": ({"letters": ["O"]}, {"letters": list("O0I1LΩআ<&")}),
    "join.code_unreadable": ({"length": 6},),
    "join.invitation": tuple(
        {**one, "acceptance": found}
        for one in NAMES
        for found in ("accepted", "needless", "teaches", "expired", "used", "unknown")
    ),
    "join.invite_teacher": ({"link": "https://t.me/dars_bot?start=t_abc", "days": 7},),
    "join.told": tuple(
        {**one, "outcome": outcome}
        for one in CLASSES
        for outcome in ("joined", "member", "owner", "dropped", "archived")
    ),
    "join.unknown": ({"registering": False}, {"registering": True}),
    "join.wait": ({"seconds": 1}, {"seconds": 600}, {"seconds": 86400}),
    "roster.ask_drop": (MEMBER, {**MEMBER, **HOSTILE_CLASS, "member_name": HOSTILE}),
    "roster.ask_file": CLASSES,
    "roster.file": ({"name": "মীম", "members": [ROW] * 3}, {"name": HOSTILE, "members": []}),
    "roster.file_please": CLASSES,
    "roster.imported": (
        IMPORTED,
        {**IMPORTED, "added": 0, "changed": 0, "unknown": [[2, "@karim"], [3, LONG]]},
        {**IMPORTED, **HOSTILE_CLASS, "unknown": [[n, HOSTILE] for n in range(1000)]},
    ),
    "roster.page": (PEOPLE, {**PEOPLE, "members": [], "code": None, "page": 0, "more": False}),
    "roster.person": (
        PERSON,
        *({**PERSON, "changed": one, "acts": []} for one in ("role", "dropped", "restored")),
        {**PERSON, "status": "dropped", "acts": ["restore"], "username": None},
        {**PERSON, "member_name": HOSTILE, "username": HOSTILE, "acts": ["student", "drop"]},
    ),
    "roster.report": (
        {**CLASS, "file": "class.csv", "complaints": [[2, flaw, "মীম"] for flaw in Flaw][:8]},
        {**CLASS, "file": HOSTILE, "complaints": [[2, flaw, HOSTILE] for flaw in Flaw]},
        {**CLASS, "file": LONG, "complaints": [[n, "bad_id", LONG] for n in range(1000)]},
    ),
    "roster.you_are": tuple(
        {**one, "class": SHORT, "role": role} for one in NAMES for role in STANDINGS[1:]
    ),
    "roster.you_are_in": tuple({**one, "class": SHORT} for one in NAMES),
    "roster.you_were_dropped": tuple({**one, "class": SHORT} for one in NAMES),
}
