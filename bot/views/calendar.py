"""The calendar: what is ahead day by day, adding to it, and its file."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from bot.routes import data as button_data
from bot.views.calendar_file import calendar_file, from_data
from bot.views.common import LABEL_SHOWN, Keys, button, clip, in_rows
from bot.views.courses import pages
from bot.views.courses_content import moment
from bot.views.dates import when
from bot.views.message import Button, File, Message, Rows
from bot.views.registry import view
from bot.views.tongue import Tongue

Data = Mapping[str, Any]

TITLE_SHOWN = 120
CLASS_SHOWN = 60
ICONS: Mapping[str, str] = {
    "assignment": "📝",
    "quiz": "❓",
    "exam": "⏱",
    "meeting": "🏫",
    "personal": "📌",
}
DUE = frozenset({"assignment", "quiz", "exam"})
DONE = "✅"
LINES: Keys = {
    "assignment": "calendar.line_due",
    "quiz": "calendar.line_due",
    "exam": "calendar.line_exam",
    "meeting": "calendar.line_meeting",
    "personal": "calendar.line_personal",
}
FILE_NAME = "dars.ics"


def shown(data: Data, key: str = "title") -> str:
    """A title, not escaped: as a value for a text."""
    return clip(str(data[key]), TITLE_SHOWN)


def class_of(data: Data) -> str:
    return clip(str(data["class_name"] or ""), CLASS_SHOWN)


def to_agenda(tongue: Tongue) -> tuple[Button, ...]:
    return (button(tongue, "button.back", "calendar.show"),)


def span(data: Data, tongue: Tongue) -> str:
    """From when until when, the day named once where it is the same."""
    start, end = (datetime.fromisoformat(data[key]) for key in ("start", "end"))
    first = moment(data["start"], data["year"], tongue)
    last = tongue.clock(end)
    if end.date() != start.date():
        last = moment(data["end"], data["year"], tongue)
    return tongue.t("calendar.span", start=first, end=last)


def repeated(data: Data, tongue: Tongue) -> str:
    """Every Sunday until a day; "" for what is not."""
    if data["until"] is None:
        return ""
    weekday = tongue.date(datetime.fromisoformat(data["start"]).date(), "EEEE")
    return tongue.t(
        "calendar.weekly", weekday=weekday, day=day_of_year(data["until"], data["year"], tongue)
    )


def day_of_year(written: str, year: int, tongue: Tongue) -> str:
    """A day, with its year where that is another than now."""
    day = date.fromisoformat(written)
    return tongue.date(day, "d MMMM" if day.year == year else "d MMMM y")


@view("calendar.agenda")
def agenda(data: Data, tongue: Tongue) -> Message:
    """One button an entry, under the days."""
    acts: Rows = (
        (
            button(tongue, "button.add_event", "calendar.add"),
            button(tongue, "button.calendar_file", "calendar.file"),
        ),
        *_link(data, tongue),
    )
    if not data["entries"]:
        return Message(tongue.t("calendar.nothing_ahead"), acts)
    text = tongue.join(
        (tongue.t("calendar.title"), _next(data, tongue), *_days(data, tongue)),
    )
    rows = tuple((_entry_button(one, tongue),) for one in data["entries"])
    return Message(text, (*rows, *pages(data, tongue, "calendar.show"), *acts))


def _link(data: Data, tongue: Tongue) -> Rows:
    """Only where the service has a public address."""
    if not data["linked"]:
        return ()
    return ((button(tongue, "button.calendar_link", "calendar.link"),),)


def _next(data: Data, tongue: Tongue) -> str:
    one = data["next"]
    if one is None:
        return tongue.t("calendar.all_done") if data["page"] == 0 else ""
    return tongue.t(
        "calendar.next_due" if one["kind"] in DUE else "calendar.next",
        icon=ICONS[one["kind"]],
        title=shown(one),
        time=when(one["start"], data["today"], tongue),
    )


def _days(data: Data, tongue: Tongue) -> Iterator[str]:
    today = date.fromisoformat(data["today"])
    # What began on an earlier day and goes on stands under today.
    by_day = groupby(
        data["entries"], lambda one: max(today, datetime.fromisoformat(one["start"]).date())
    )
    for day, entries in by_day:
        lines = [_line(one, tongue) for one in entries]
        yield "\n".join((_heading(day, today, tongue), *lines))


def _heading(day: date, today: date, tongue: Tongue) -> str:
    named = tongue.date(day, "EEEE, d MMMM")
    if day == today:
        return tongue.t("calendar.today", day=named)
    if day == today + timedelta(days=1):
        return tongue.t("calendar.tomorrow", day=named)
    return tongue.t("calendar.day", day=named)


def _line(one: Data, tongue: Tongue) -> str:
    line = tongue.t(
        LINES[one["kind"]],
        time=_time(one, tongue),
        icon=ICONS[one["kind"]],
        title=shown(one),
        name=class_of(one),
    )
    return " · ".join((line, *_facts(one, tongue)))


def _time(one: Data, tongue: Tongue) -> str:
    start = datetime.fromisoformat(one["start"])
    if one["end"] is None:
        return tongue.clock(start)
    end = datetime.fromisoformat(one["end"])
    if end.date() != start.date():
        return tongue.t("calendar.hours", start=tongue.moment(start), end=tongue.moment(end))
    return tongue.t("calendar.hours", start=tongue.clock(start), end=tongue.clock(end))


def _facts(one: Data, tongue: Tongue) -> Iterator[str]:
    if one["kind"] == "exam" and one["opens"] is not None:
        opens = tongue.moment(datetime.fromisoformat(one["opens"]))
        yield tongue.t("calendar.opens", time=opens)
    if one["kind"] == "exam" and one["minutes"] is not None:
        yield tongue.tn("calendar.exam_minutes", one["minutes"])
    if one["location"]:
        yield tongue.t("calendar.at_place", place=clip(one["location"], CLASS_SHOWN))
    if one["kind"] in DUE and not one["teaches"]:
        yield tongue.t("calendar.handed_in" if one["handed_in"] else "calendar.not_handed_in")


def _entry_button(one: Data, tongue: Tongue) -> Button:
    """With its day where it is one of several."""
    mark = DONE if one["handed_in"] else ICONS[one["kind"]]
    day = ""
    if one["kind"] not in DUE:
        day = f" · {tongue.date(datetime.fromisoformat(one['start']).date(), 'd MMM')}"
    return Button(clip(f"{mark} {one['title']}", LABEL_SHOWN - len(day)) + day, _way(one))


def _way(one: Data) -> str:
    if one["kind"] not in DUE:
        return button_data("calendar.event", f"{one['id']}.{one['day']}")
    if one["teaches"]:
        return button_data("content.item", one["id"])
    return button_data(
        "quiz.open" if one["kind"] == "quiz" else "submissions.assignment", one["id"]
    )


@view("calendar.file")
def file(data: Data, tongue: Tongue) -> Message:
    content = calendar_file([from_data(one) for one in data["events"]], tongue)
    return Message(tongue.t("calendar.file"), file=File(FILE_NAME, content=content))


@view("calendar.add")
def add(data: Data, tongue: Tongue) -> Message:
    own = (button(tongue, "button.own_event", "calendar.new"),)
    classes = tuple(
        (Button(_label(named, section), button_data("calendar.new", class_id)),)
        for class_id, named, section in data["classes"]
    )
    return Message(tongue.t("calendar.add"), (own, *classes, to_agenda(tongue)))


def _label(named: str, section: str | None) -> str:
    whole = named if section is None else f"{named} · {section}"
    return clip(f"{ICONS['meeting']} {whole}", LABEL_SHOWN)


@view("calendar.ask_title")
def ask_title(data: Data, tongue: Tongue) -> Message:
    if data["class"] is None:
        return Message(tongue.t("calendar.ask_title"), (to_agenda(tongue),))
    text = tongue.t("teaching.ask_meeting_title", name=class_of(data))
    return Message(text, (to_agenda(tongue),))


@view("calendar.title_unusable")
def title_unusable(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("calendar.title_unusable"))


@view("calendar.ask_when")
def ask_when(data: Data, tongue: Tongue) -> Message:
    if data["class"] is None:
        return Message(tongue.t("calendar.ask_when", title=shown(data)))
    return Message(tongue.t("teaching.ask_meeting_when", title=shown(data), name=class_of(data)))


@view("calendar.choose")
def choose(data: Data, tongue: Tongue) -> Message:
    rows = tuple(
        (Button(moment(one, data["year"], tongue), button_data("calendar.pick", seconds)),)
        for one, seconds in data["choices"]
    )
    return Message(tongue.t("calendar.choose", title=shown(data)), rows)


@view("calendar.draft")
def draft(data: Data, tongue: Tongue) -> Message:
    """What would be added: the day and the time are said back."""
    lines = (span(data, tongue), repeated(data, tongue))
    text = tongue.join(
        (
            tongue.t(
                "calendar.draft" if data["class"] is None else "calendar.draft_meeting",
                title=shown(data),
                name=class_of(data),
            ),
            "\n".join(line for line in lines if line),
            tongue.t("calendar.draft_hint"),
        )
    )
    lengths = [
        Button(_length(one, one == data["minutes"], tongue), button_data("calendar.length", one))
        for one in data["lengths"]
    ]
    again = (
        button(tongue, "button.every_week", "calendar.weekly")
        if data["until"] is None
        else button(tongue, "button.only_once", "calendar.once")
    )
    save = button(tongue, "button.save_event", "calendar.save")
    return Message(text, (*in_rows(lengths, 3), (again,), (save,), to_agenda(tongue)))


def _length(minutes: int, chosen: bool, tongue: Tongue) -> str:
    label = tongue.tn("calendar.length", minutes)
    return f"✓ {label}" if chosen else label


@view("calendar.ask_until")
def ask_until(data: Data, tongue: Tongue) -> Message:
    start = datetime.fromisoformat(data["start"])
    text = tongue.t(
        "calendar.ask_until",
        title=shown(data),
        weekday=tongue.date(start.date(), "EEEE"),
        time=tongue.clock(start),
    )
    rows = tuple(
        (Button(_until(weeks, day, data, tongue), button_data("calendar.weeks", weeks)),)
        for weeks, day in data["weeks"]
    )
    return Message(text, (*rows, (button(tongue, "button.only_once", "calendar.once"),)))


def _until(weeks: int, day: str, data: Data, tongue: Tongue) -> str:
    return tongue.tn("calendar.for_weeks", weeks, day=day_of_year(day, data["year"], tongue))


@view("calendar.until_unusable")
def until_unusable(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("calendar.until_unusable"))


@view("calendar.past")
def past(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("calendar.past"))


@view("calendar.too_many")
def too_many(data: Data, tongue: Tongue) -> Message:
    return Message(tongue.tn("calendar.too_many", data["most"]))
