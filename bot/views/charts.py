"""The streak and the progress: in words always, as a picture unless data is dear."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bot.views.common import (
    CAPTION_SHOWN,
    ELLIPSIS,
    LABEL_SHOWN,
    Keys,
    begin_button,
    button,
    clip,
    lines,
)
from bot.views.message import Message
from bot.views.pictures import (
    AxisMark,
    CalendarMonth,
    LegendEntry,
    ProgressPicture,
    Stat,
    StreakPicture,
    TopicBar,
    WeekPoint,
    draw_progress,
    draw_streak,
)
from bot.views.registry import view
from bot.views.tongue import Tongue

Data = Mapping[str, Any]

FONTS = Path(__file__).parents[2] / "content" / "fonts"
A_SUNDAY = date(2026, 11, 22)
WEEK = timedelta(days=7)
AXIS = (0.0, 0.5, 1.0)
TOPICS_TOLD = 8
LEVELS: Keys = {
    "new": "level.new",
    "learning": "level.learning",
    "nearly": "level.nearly",
    "mastered": "level.mastered",
}
WEEKS_TOLD = 4


@view("practice.streak")
def streak(data: Data, tongue: Tongue) -> Message:
    text = lines((_standing(data, tongue), *_records(data, tongue)), CAPTION_SHOWN)
    picture = partial(draw_streak, _streak_picture(data, tongue), FONTS)
    return Message(
        text,
        ((begin_button(tongue), button(tongue, "button.progress", "practice.progress")),),
        picture=None if data["low_data"] else picture,
    )


def _standing(data: Data, tongue: Tongue) -> str:
    current, today = data["current"], data["practised_today"]
    if current == 0:
        return tongue.t("practice.streak_none")
    if today:
        return tongue.tn("practice.streak_today", current)
    return tongue.tn("practice.streak_waits", current)


def _records(data: Data, tongue: Tongue) -> list[str]:
    told = []
    if data["longest"] > data["current"]:
        told.append(tongue.tn("practice.streak_longest", data["longest"]))
    if data["milestones"]:
        reached = ", ".join(tongue.number(one) for one in data["milestones"])
        told.append(tongue.t("practice.streak_milestones", milestones=reached))
    if data["current"] and data["next_milestone"] is not None:
        left = data["next_milestone"] - data["current"]
        goal = tongue.number(data["next_milestone"])
        told.append(tongue.tn("practice.streak_next", left, goal=goal))
    if data["current"] and data["holiday"] is not None:
        told.append(_holiday(data["holiday"], tongue))
    return told


def _holiday(holiday: Sequence[str], tongue: Tongue) -> str:
    first, last = (tongue.date(date.fromisoformat(day)) for day in holiday[:2])
    name = clip(holiday[2], LABEL_SHOWN)
    if first == last:
        return tongue.t("practice.streak_holiday", day=first, name=name)
    return tongue.t("practice.streak_holidays", first=first, last=last, name=name)


def _streak_picture(data: Data, tongue: Tongue) -> StreakPicture:
    today = date.fromisoformat(data["today"])
    practised = frozenset(date.fromisoformat(day) for day in data["days"])
    holidays = frozenset(date.fromisoformat(day) for day in data["holidays"])
    months = _months(today, practised)
    stats = [Stat(tongue.number(data["current"]), tongue.t("picture.current"))]
    stats.append(Stat(tongue.number(data["longest"]), tongue.t("picture.longest")))
    if data["next_milestone"] is not None:
        stats.append(Stat(tongue.number(data["next_milestone"]), tongue.t("picture.next")))
    shown = {(day.year, day.month) for day in holidays} & {
        (month.year, month.month) for month in months
    }
    legend = [LegendEntry("practised", tongue.t("picture.practised"))]
    if shown:
        legend.append(LegendEntry("holiday", tongue.t("picture.holiday")))
    legend.append(LegendEntry("today", tongue.t("picture.today")))
    legend.append(LegendEntry("weekend", tongue.t("picture.weekend")))
    return StreakPicture(
        months=tuple(CalendarMonth(tongue.date(month, "MMMM y"), month) for month in months),
        today=today,
        practised=practised,
        holidays=holidays,
        weekday_names=tuple(tongue.date(A_SUNDAY + timedelta(days=day), "EEE") for day in range(7)),
        stats=tuple(stats),
        legend=tuple(legend),
        digits=tongue.number,
        note="" if practised else tongue.t("picture.no_days"),
    )


def _months(today: date, practised: frozenset[date]) -> list[date]:
    """This month, and the one before if anything was practised in it."""
    this = today.replace(day=1)
    before = (this - timedelta(days=1)).replace(day=1)
    return [before, this] if any(before <= day < this for day in practised) else [this]


@view("practice.progress")
def progress(data: Data, tongue: Tongue) -> Message:
    topics, weeks = data["topics"], data["weeks"]
    practise = begin_button(tongue)
    if not weeks:
        return Message(tongue.t("practice.progress_none"), ((practise,),))
    picture = partial(draw_progress, _progress_picture(topics, weeks, tongue), FONTS)
    return Message(
        _progress_text(data, tongue),
        ((practise, button(tongue, "button.streak", "practice.streak")),),
        picture=None if data["low_data"] else picture,
    )


def _progress_text(data: Data, tongue: Tongue) -> str:
    work_on = data["work_on"]
    begun = [one for one in data["topics"] if one[1] is not None]
    waiting = [tongue.topic(one[0]) for one in data["topics"] if one[1] is None]
    return lines(
        (
            tongue.t("practice.progress"),
            *(_topic_line(one, tongue) for one in begun[:TOPICS_TOLD]),
            *([_not_begun(waiting, tongue)] if waiting else ()),
            "",
            tongue.t("practice.progress_weeks"),
            *(_week_line(one, tongue) for one in data["weeks"][-WEEKS_TOLD:]),
            *(() if work_on is None else ("", _work_on(work_on, tongue))),
        ),
        CAPTION_SHOWN,
    )


def _work_on(topic: str, tongue: Tongue) -> str:
    return tongue.t("practice.work_on", topic=clip(tongue.topic(topic), LABEL_SHOWN))


def _not_begun(topics: Sequence[str], tongue: Tongue) -> str:
    names = ", ".join(clip(one, LABEL_SHOWN) for one in topics[:TOPICS_TOLD])
    more = ELLIPSIS if len(topics) > TOPICS_TOLD else ""
    return tongue.t("practice.progress_new", topics=names + more)


def _topic_line(one: Sequence[Any], tongue: Tongue) -> str:
    topic, _mastery, level, tries, correct = one
    return tongue.t(
        "practice.progress_topic",
        topic=clip(tongue.topic(topic), LABEL_SHOWN),
        level=tongue.t(LEVELS[level]),
        correct=tongue.number(correct),
        tries=tongue.number(tries),
    )


def _week_line(one: Sequence[Any], tongue: Tongue) -> str:
    week, tries, correct, sessions = one
    return tongue.tn(
        "practice.progress_week",
        sessions,
        week=tongue.date(date.fromisoformat(week)),
        share=tongue.share(correct / tries),
    )


def _progress_picture(
    topics: Sequence[Sequence[Any]], weeks: Sequence[Sequence[Any]], tongue: Tongue
) -> ProgressPicture:
    return ProgressPicture(
        title=tongue.t("picture.progress"),
        topics_title=tongue.t("picture.topics"),
        topics=tuple(
            TopicBar(
                label=tongue.topic(topic),
                mastery=mastery,
                level_label=tongue.t(LEVELS[level]),
                tries_label=tongue.tn("picture.tries", tries, correct=tongue.number(correct))
                if tries
                else "",
            )
            for topic, mastery, level, tries, correct in topics
        ),
        weeks_title=tongue.t("picture.weeks"),
        weeks=_week_points(weeks, tongue),
        axis=tuple(AxisMark(share, tongue.share(share)) for share in AXIS),
        empty=tongue.t("practice.progress_none"),
    )


def _week_points(weeks: Sequence[Sequence[Any]], tongue: Tongue) -> tuple[WeekPoint, ...]:
    """Every week from the first to the last, also those without practice."""
    shares = {date.fromisoformat(week): correct / tries for week, tries, correct, _ in weeks}
    points = []
    week = min(shares, default=None)
    while week is not None and week <= max(shares):
        share = shares.get(week)
        label = "" if share is None else tongue.share(share)
        points.append(WeekPoint(tongue.date(week, "d MMM"), share, label))
        week += WEEK
    return tuple(points)
