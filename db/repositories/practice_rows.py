"""Problems and items as rows of the database and as the domain's records."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import asyncpg

from db.repositories import practice_skills
from domain.practice.library import templates
from domain.practice.records import (
    AnswerForm,
    AnswerKind,
    Candidate,
    Choices,
    Confidence,
    Item,
    ItemState,
    Problem,
    SessionStatus,
)

Row = asyncpg.Record | Mapping[str, Any]


def problem_row(problem: Problem) -> dict[str, Any]:
    """The columns of `problems` that a file decides, as JSON."""
    row = asdict(problem)
    for text in ("question", "solution", "chapter"):
        both = row.pop(text) or {"en": None, "bn": None}
        row[f"{text}_en"], row[f"{text}_bn"] = both["en"], both["bn"]
    row["hints"] = [
        {
            "hint_number": number,
            "text_en": hint["en"],
            "text_bn": hint["bn"],
            "is_ai_generated": False,
        }
        for number, hint in enumerate(problem.hints, 1)
    ]
    if problem.answer_tolerance is not None:
        row["answer_tolerance"] = str(problem.answer_tolerance)
    if not problem.parameters:
        row["parameters"] = row["conditions"] = None
    return row


def problem(row: asyncpg.Record) -> Problem:
    values = _with_records(row)
    chapter = {"en": values.pop("chapter_en"), "bn": values.pop("chapter_bn")}
    values["chapter"] = chapter if chapter["en"] else None
    values["parameters"], values["conditions"] = _template(values)
    values["computation"] = values["computation"] or ""
    return Problem(**values)


def item(row: Row) -> Item:
    """With this setting's own numbers, where the problem is a template."""
    values = _with_records(row)
    parameters, conditions = _template(values)
    seed = values.pop("seed") or 0
    values["skill"] = practice_skills.taken(values, values["topic"])
    del values["parameters"], values["conditions"]
    if parameters:
        numbers = templates.numbers(parameters, conditions, seed)
        for text in ("question", "solution"):
            values[text] = templates.filled_texts(values[text], numbers)
        values["hints"] = tuple(templates.filled_texts(hint, numbers) for hint in values["hints"])
        values["answer"] = templates.filled_answer(values["answer"], numbers, values["answer_kind"])
    values["session_status"] = SessionStatus(values["session_status"])
    values["state"] = ItemState(values["state"])
    if values["confidence"] is not None:
        values["confidence"] = Confidence(values["confidence"])
    return Item(**values)


def choices(rows: Sequence[asyncpg.Record]) -> Choices:
    candidates, skills = [], {}
    for row in rows:
        values = dict(row)
        skill = practice_skills.taken(values, values["topic"])
        if skill is not None:
            skills[skill.topic] = skill
        candidates.append(Candidate(**values))
    return Choices(candidates, skills)


def _with_records(row: Row) -> dict[str, Any]:
    """What problems and items have in common."""
    values = dict(row)
    for text in ("question", "solution"):
        values[text] = {"en": values.pop(f"{text}_en"), "bn": values.pop(f"{text}_bn")}
    values["hints"] = tuple(
        {"en": hint["text_en"], "bn": hint["text_bn"]} for hint in values["hints"]
    )
    values["answer_kind"] = AnswerKind(values["answer_kind"])
    if values["answer_form"] is not None:
        values["answer_form"] = AnswerForm(values["answer_form"])
    return values


def _template(values: dict[str, Any]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Parameters and conditions as they came, both empty for a problem that is no template."""
    parameters = tuple((name, written) for name, written in values["parameters"] or ())
    return parameters, tuple(values["conditions"] or ())
