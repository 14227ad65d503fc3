"""Data for the views of the calendar, as the sources give it, and at its worst."""

from typing import Any

from domain.courses.dates import Failure
from tests.bot.example_values import HOSTILE, LONG, NOTHING, SHORT, Data

DUE: dict[str, Any] = {
    "kind": "assignment",
    "id": SHORT,
    "title": "বাড়ির কাজ",
    "class_name": "প্রোগ্রামিং",
    "start": "2026-11-22T23:59:00+06:00",
    "end": None,
    "day": None,
    "location": None,
    "opens": None,
    "minutes": None,
    "teaches": False,
    "handed_in": False,
}
QUIZ = {**DUE, "kind": "quiz", "id": SHORT[::-1], "handed_in": True}
EXAM = {
    **DUE,
    "kind": "exam",
    "id": f"e{SHORT[1:]}",
    "opens": "2026-11-24T09:00:00+06:00",
    "minutes": 90,
    "start": "2026-11-24T18:00:00+06:00",
    "teaches": True,
}
MEETING = {
    **DUE,
    "kind": "meeting",
    "id": f"m{SHORT[1:]}",
    "start": "2026-11-23T10:00:00+06:00",
    "end": "2026-11-23T11:30:00+06:00",
    "day": "2026-11-23",
    "location": "ল্যাব",
}
OWN = {
    **MEETING,
    "kind": "personal",
    "id": f"p{SHORT[1:]}",
    "class_name": None,
    "location": None,
    "start": "2026-11-20T10:00:00+06:00",
    "end": "2026-11-24T11:30:00+06:00",
    "day": "2026-11-20",
}
AGENDA: dict[str, Any] = {
    "today": "2026-11-22",
    "page": 0,
    "more": False,
    "next": OWN,
    "entries": [OWN, DUE, MEETING, QUIZ, EXAM],
    "linked": False,
}
WORST = [
    {**one, "id": f"{number}{SHORT[1:]}", "title": HOSTILE, "class_name": LONG, "location": LONG}
    for number, one in enumerate((EXAM, MEETING, EXAM, MEETING, EXAM, MEETING, EXAM, MEETING))
]
FED: dict[str, Any] = {
    "uid": "due-1@dars",
    "kind": "assignment",
    "title": "বাড়ির কাজ",
    "class_name": "প্রোগ্রামিং",
    "start": "2026-11-22T17:59:00+00:00",
    "end": None,
    "changed": "2026-11-20T00:00:00+00:00",
    "timezone": None,
    "weekly_until": None,
    "cancelled": [],
    "location": None,
}
FED_WEEKLY = {
    **FED,
    "uid": "event-1@dars",
    "kind": "meeting",
    "end": "2026-11-22T18:59:00+00:00",
    "timezone": "Asia/Dhaka",
    "weekly_until": "2027-03-01",
    "cancelled": ["2026-11-29"],
    "location": HOSTILE,
}
OF_CLASS: dict[str, Any] = {"class": SHORT, "class_name": "প্রোগ্রামিং", "title": "ল্যাব"}
NOBODYS: dict[str, Any] = {**OF_CLASS, "class": None, "class_name": None}
WORST_CLASS = {**OF_CLASS, "class_name": HOSTILE, "title": LONG}
PLACES: tuple[Data, ...] = (OF_CLASS, NOBODYS, WORST_CLASS)
DRAFT: dict[str, Any] = {
    **OF_CLASS,
    "start": "2026-11-29T10:00:00+06:00",
    "end": "2026-11-29T11:00:00+06:00",
    "until": "2027-02-14",
    "minutes": 60,
    "lengths": [30, 45, 60, 90, 120, 180],
    "year": 2026,
}
CHOICES: dict[str, Any] = {
    "title": "ল্যাব",
    "year": 2026,
    "choices": [["2026-11-29T10:00:00+06:00", 1795924800], ["2027-01-29T22:00:00+06:00", 1]],
}
EVENT: dict[str, Any] = {
    "event": SHORT,
    "kind": "meeting",
    "title": "ল্যাব",
    "class_name": "প্রোগ্রামিং",
    "start": "2026-11-29T10:00:00+06:00",
    "end": "2026-11-29T11:00:00+06:00",
    "day": "2026-11-29",
    "year": 2026,
    "until": "2027-02-14",
    "cancelled": False,
    "fallen_out": [],
    "location": "ল্যাব",
    "may_change": True,
    "changed": None,
}
PERSONAL = {**EVENT, "kind": "personal", "class_name": None, "until": None, "location": None}
WORST_EVENT = {
    **EVENT,
    "title": HOSTILE,
    "class_name": LONG,
    "location": HOSTILE,
    "cancelled": True,
    "fallen_out": [f"2027-01-{day:02}" for day in range(1, 11)],
}
ASKED: tuple[Data, ...] = (EVENT, {**EVENT, "title": HOSTILE})
ASKED_WEEKLY: tuple[Data, ...] = tuple(
    {**one, "weekly": weekly} for one in ASKED for weekly in (True, False)
)

CALENDAR: dict[str, tuple[Data, ...]] = {
    "calendar.add": ({"classes": [[SHORT, "প্রোগ্রামিং", "ক"], [SHORT[::-1], HOSTILE, None]]},),
    "calendar.agenda": (
        AGENDA,
        {**AGENDA, "next": DUE, "more": True},
        {**AGENDA, "next": None, "entries": [QUIZ]},
        {**AGENDA, "next": None, "page": 1, "entries": [QUIZ, {**EXAM, "teaches": False}]},
        {**AGENDA, "next": None, "entries": []},
        {**AGENDA, "linked": True},
        {**AGENDA, "next": WORST[0], "entries": WORST, "more": True, "page": 3},
    ),
    "calendar.ask_delete": ASKED_WEEKLY,
    "calendar.ask_new_time": ASKED_WEEKLY,
    "calendar.ask_new_title": ASKED,
    "calendar.ask_title": PLACES,
    "calendar.ask_until": (
        {**DRAFT, "weeks": [[4, "2026-12-20"], [26, "2027-05-23"]]},
        {**DRAFT, **WORST_CLASS, "weeks": [[4, "2026-12-20"]]},
    ),
    "calendar.ask_when": PLACES,
    "calendar.choose": (CHOICES, {**CHOICES, "title": HOSTILE}),
    "calendar.confirm_time": tuple({**CHOICES, **one} for one in ASKED_WEEKLY),
    "calendar.deleted": ASKED,
    "calendar.draft": (
        DRAFT,
        {**DRAFT, **NOBODYS, "until": None, "end": "2027-01-02T11:00:00+06:00"},
        {**DRAFT, **WORST_CLASS},
    ),
    "calendar.event": (
        EVENT,
        PERSONAL,
        {**EVENT, "may_change": False},
        WORST_EVENT,
        *({**EVENT, "changed": one} for one in ("made", "title", "time", "cancelled", "restored")),
    ),
    "calendar.link": ({"made_on": None}, {"made_on": "2026-11-22"}),
    "calendar.new_link": ({"url": f"https://dars.example.org/calendar/{'A' * 32}.ics"},),
    "calendar.file": ({"events": [FED, FED_WEEKLY]}, {"events": [{**FED, "title": HOSTILE}]}),
    "calendar.past": NOTHING,
    "calendar.title_unusable": NOTHING,
    "calendar.too_many": ({"most": 200},),
    "calendar.unclear": tuple({"failure": one} for one in Failure if one is not Failure.AMBIGUOUS),
    "calendar.until_unusable": NOTHING,
}
