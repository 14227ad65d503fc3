"""Who may do what with a class's meetings, and with what somebody plans for themselves."""

from tests.bot.access import LEARN, STUDENT, TEACH, Act

ALONE = frozenset({STUDENT})
"""Whose plan it is."""
BEGUN = {"title": "Lecture", "start": "2026-11-29T04:00:00+00:00", "minutes": 60}
LATER = "1796443200"
"""5 December 2026, as seconds since 1970."""

CALENDAR = (
    Act("calendar.new", "class", TEACH),
    Act("calendar.title", "class", TEACH, kind="step"),
    Act("calendar.when", "class", TEACH, kind="step", data=BEGUN, text="tomorrow 5 pm"),
    Act("calendar.draft", "class", TEACH, kind="step", data=BEGUN, text="tomorrow 5 pm"),
    Act("calendar.until", "class", TEACH, kind="step", data=BEGUN, text="in 3 weeks"),
    *(
        act
        for thing, seen_by, changed_by in (("meeting", LEARN, TEACH), ("plan", ALONE, ALONE))
        for act in (
            Act("calendar.event", thing, seen_by),
            Act("calendar.retitle", thing, changed_by),
            Act("calendar.retitle", thing, changed_by, kind="step", key="event"),
            Act("calendar.retime", thing, changed_by),
            Act(
                "calendar.retime",
                thing,
                changed_by,
                kind="step",
                key="event",
                text="tomorrow 5 pm",
            ),
            Act("calendar.set_time", thing, changed_by, then=f".{LATER}"),
            Act("calendar.cancel", thing, changed_by, then=".2026-11-29"),
            Act("calendar.restore", thing, changed_by, then=".2026-11-29"),
            Act("calendar.delete", thing, changed_by),
        )
    ),
    # Of a meeting nothing is left for the second who may; tests/bot/test_calendar.py asks for it.
    Act("calendar.delete_now", "plan", ALONE),
)
