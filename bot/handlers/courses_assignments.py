"""The rules of assignments as their teachers put them together.

item ──► setup ──► mode, late policy, languages: a button each
           └─ a number: a button, or typed at assignments.number ──► setup
"""

from typing import Any
from uuid import UUID

from bot.handlers.courses import leave_step
from bot.handlers.courses_content import (
    of_step,
    place_of,
    with_word,
)
from bot.routes import read_id, routes, short
from bot.turn import Turn
from domain.courses import assignments
from domain.courses.assignments import NUMBERS, Field, Numbers, read_number
from domain.courses.content_records import ItemSeen
from domain.courses.records import Assignment, AssignmentMode, LatePolicyKind
from domain.errors import Fault, Refusal
from domain.submissions.languages import LANGUAGES

NUMBER = "assignments.number"
NONE = "none"


def field_of(word: str) -> Field:
    """Raises Refusal."""
    if word not in set(Field):
        raise Refusal("no such number", "common.stale_button")
    return Field(word)


def number_of(word: str) -> int | None:
    """What stands in a button: digits, or that there is to be none. Raises Refusal."""
    if word == NONE:
        return None
    if not (word.isascii() and word.isdecimal() and len(word) < 7):
        raise Refusal("no number", "common.stale_button")
    return int(word)


@routes.button("assignments.setup")
async def setup(turn: Turn) -> None:
    leave_step(turn)
    seen = await assignments.setup(turn.work, turn.person, read_id(turn.argument), turn.now)
    _say_setup(turn, seen)


def _say_setup(turn: Turn, seen: ItemSeen, *, edit: bool = True) -> None:
    turn.say("assignments.setup", edit=edit, **_described(seen))


def _described(seen: ItemSeen) -> dict[str, Any]:
    one: Assignment | None = seen.facts.assignment
    if one is None:
        raise Fault("an assignment that is none was let through")
    policy = one.config.late_policy
    return {
        **place_of(seen.card),
        "mode": one.mode,
        "used": seen.facts.used,
        "languages": [
            [code, language.label, code in (one.config.allowed_languages or LANGUAGES)]
            for code, language in LANGUAGES.items()
        ],
        "late": policy.kind,
        "numbers": {
            Field.ATTEMPTS: one.config.max_attempts,
            Field.MINUTES: one.config.time_limit_mins,
            Field.PERCENT: policy.percent_per_day,
            Field.MOST: policy.at_most_percent,
            Field.GRACE: policy.grace_minutes,
            Field.TOTAL: one.points_total or None,
        },
        "problems": seen.facts.problems,
        "worth": str(seen.facts.worth),
    }


@routes.button("assignments.mode")
async def choose_mode(turn: Turn) -> None:
    """`item.mode`"""
    item_id, word = with_word(turn.argument)
    if word not in set(AssignmentMode):
        raise Refusal("no such mode", "common.stale_button")
    mode = AssignmentMode(word)
    seen = await assignments.set_mode(turn.work, turn.person, item_id, mode, turn.now)
    _say_setup(turn, seen)


@routes.button("assignments.late")
async def choose_late(turn: Turn) -> None:
    """`item`, or `item.kind`"""
    leave_step(turn)
    item_id, word = with_word(turn.argument)
    if word:
        if word not in set(LatePolicyKind):
            raise Refusal("no such policy", "common.stale_button")
        kind = LatePolicyKind(word)
        seen = await assignments.set_late(turn.work, turn.person, item_id, kind, turn.now)
    else:
        seen = await assignments.setup(turn.work, turn.person, item_id, turn.now)
    turn.say("assignments.late", edit=True, **_described(seen))


@routes.button("assignments.languages")
async def choose_languages(turn: Turn) -> None:
    """`item`, or `item.code` to take one in or out."""
    item_id, code = with_word(turn.argument)
    if code:
        seen = await assignments.toggle_language(turn.work, turn.person, item_id, code, turn.now)
    else:
        seen = await assignments.setup(turn.work, turn.person, item_id, turn.now)
    turn.say("assignments.languages", edit=True, **_described(seen))


@routes.button("assignments.ask")
async def ask_number(turn: Turn) -> None:
    """`item.field`"""
    item_id, word = with_word(turn.argument)
    field = field_of(word)
    seen = await assignments.setup(turn.work, turn.person, item_id, turn.now)
    turn.go(NUMBER, item=short(item_id), field=field)
    turn.say(
        "assignments.ask", edit=True, **_described(seen), field=field, **offered(NUMBERS[field])
    )


def offered(numbers: Numbers) -> dict[str, Any]:
    return {
        "common": list(numbers.common),
        "least": numbers.least,
        "most": numbers.most,
        "optional": numbers.optional,
    }


@routes.step(NUMBER)
async def type_number(turn: Turn) -> None:
    field = field_of(str(turn.conversation.data.get("field", "")))
    item_id = of_step(turn, "item")
    await assignments.setup(turn.work, turn.person, item_id, turn.now)
    await _set(turn, item_id, field, read_number(turn.text, NUMBERS[field]), edit=False)


@routes.button("assignments.set")
async def press_number(turn: Turn) -> None:
    """`item.field.number`"""
    item_id, rest = with_word(turn.argument)
    word, _, number = rest.partition(".")
    await _set(turn, item_id, field_of(word), number_of(number), edit=True)


async def _set(turn: Turn, item_id: UUID, field: Field, value: int | None, *, edit: bool) -> None:
    seen = await assignments.set_number(turn.work, turn.person, item_id, field, value, turn.now)
    leave_step(turn)
    if field in (Field.PERCENT, Field.MOST, Field.GRACE):
        turn.say("assignments.late", edit=edit, **_described(seen))
    else:
        _say_setup(turn, seen, edit=edit)
