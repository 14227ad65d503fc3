"""What an item lacks before students may see it. Pure."""

from datetime import datetime
from enum import StrEnum

from domain.courses.cards import ItemCard
from domain.courses.content_records import ItemFacts
from domain.courses.records import AssignmentMode, ContentType


class Obstacle(StrEnum):
    """Why an item cannot be published, or cannot stay so."""

    EMPTY = "empty"
    """A material without text and files, an announcement without text."""
    NO_PROBLEMS = "no_problems"
    NO_QUESTIONS = "no_questions"
    NO_TIME_LIMIT = "no_time_limit"
    DUE_IN_PAST = "due_in_past"
    MODULE_HIDDEN = "module_hidden"
    """An announcement whose module students do not see: they would be told of nothing."""
    CLASS_ARCHIVED = "class_archived"


def obstacle(card: ItemCard, facts: ItemFacts, now: datetime) -> Obstacle | None:
    """The first thing in the way of publishing the item at `now`."""
    kind = card.item.content_type
    if kind is ContentType.ANNOUNCEMENT:
        return _of_announcement(card)
    if kind is ContentType.MATERIAL:
        return None if facts.body or facts.files else Obstacle.EMPTY
    if kind is ContentType.QUIZ:
        lacking = None if facts.problems else Obstacle.NO_QUESTIONS
    else:
        lacking = lacks(facts)
    if lacking is None and card.item.due_date is not None and card.item.due_date <= now:
        return Obstacle.DUE_IN_PAST
    return lacking


def lacks(facts: ItemFacts) -> Obstacle | None:
    """What an assignment lacks, whether or not its time has come: published ones never do."""
    if not facts.problems:
        return Obstacle.NO_PROBLEMS
    config = facts.assignment
    if (
        config is not None
        and config.mode is AssignmentMode.EXAM
        and config.config.time_limit_mins is None
    ):
        return Obstacle.NO_TIME_LIMIT
    return None


def _of_announcement(card: ItemCard) -> Obstacle | None:
    if not card.item.description:
        return Obstacle.EMPTY
    if card.in_class.is_archived:
        return Obstacle.CLASS_ARCHIVED
    return None if card.module.is_published else Obstacle.MODULE_HIDDEN
