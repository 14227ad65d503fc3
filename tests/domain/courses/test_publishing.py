"""What an item lacks before students may see it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from domain.courses.cards import ClassCard, ItemCard, Standing
from domain.courses.content_records import ItemFacts
from domain.courses.publishing import Obstacle, obstacle
from domain.courses.records import (
    Assignment,
    AssignmentConfig,
    AssignmentDifficulty,
    AssignmentMode,
    ContentItem,
    ContentType,
    Module,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ID = UUID(int=1)
CLASS = ClassCard(ID, ID, "Programming", None, "ABC234", False, {}, Standing.OWNER)
MODULE = Module(ID, ID, "Week 1", None, 1, is_published=True)
EMPTY = ItemFacts(None, 0, None, 0, Decimal(0), used=False)
HOMEWORK = Assignment(
    ID, AssignmentMode.HOMEWORK, 0, AssignmentDifficulty.MEDIUM, AssignmentConfig()
)
EXAM = replace(HOMEWORK, mode=AssignmentMode.EXAM)
TIMED = replace(EXAM, config=AssignmentConfig(time_limit_mins=45))


def card(kind: ContentType, text: str | None = None, due: datetime | None = None) -> ItemCard:
    item = ContentItem(ID, ID, kind, "Item", text, 1, False, None, due, ID)
    return ItemCard(CLASS, MODULE, item)


def holding(assignment: Assignment, problems: int) -> ItemFacts:
    return replace(EMPTY, assignment=assignment, problems=problems)


TASK = card(ContentType.ASSIGNMENT)
NOTE = card(ContentType.ANNOUNCEMENT, "Read me.")


@pytest.mark.parametrize(
    ("item", "facts", "found"),
    [
        (card(ContentType.MATERIAL), EMPTY, Obstacle.EMPTY),
        (card(ContentType.MATERIAL, "not its text"), EMPTY, Obstacle.EMPTY),
        (card(ContentType.MATERIAL), replace(EMPTY, body="Text"), None),
        (card(ContentType.MATERIAL), replace(EMPTY, files=1), None),
        (card(ContentType.ANNOUNCEMENT), EMPTY, Obstacle.EMPTY),
        (NOTE, EMPTY, None),
        (
            replace(NOTE, module=replace(MODULE, is_published=False)),
            EMPTY,
            Obstacle.MODULE_HIDDEN,
        ),
        (
            replace(NOTE, in_class=replace(CLASS, is_archived=True)),
            EMPTY,
            Obstacle.CLASS_ARCHIVED,
        ),
        (TASK, holding(HOMEWORK, 0), Obstacle.NO_PROBLEMS),
        (TASK, holding(HOMEWORK, 1), None),
        (TASK, holding(EXAM, 1), Obstacle.NO_TIME_LIMIT),
        (TASK, holding(TIMED, 1), None),
        (TASK, holding(TIMED, 0), Obstacle.NO_PROBLEMS),
        (card(ContentType.ASSIGNMENT, due=NOW), holding(HOMEWORK, 1), Obstacle.DUE_IN_PAST),
        (card(ContentType.ASSIGNMENT, due=NOW + timedelta(minutes=1)), holding(HOMEWORK, 1), None),
        (card(ContentType.QUIZ), EMPTY, Obstacle.NO_QUESTIONS),
        (card(ContentType.QUIZ), replace(EMPTY, problems=5), None),
        (card(ContentType.QUIZ, due=NOW), replace(EMPTY, problems=5), Obstacle.DUE_IN_PAST),
    ],
)
def test_what_is_in_the_way(item: ItemCard, facts: ItemFacts, found: Obstacle | None) -> None:
    assert obstacle(item, facts, NOW) is found
