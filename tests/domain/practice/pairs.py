"""The labelled answers in answer_pairs.yaml, one record a pair."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from domain.practice.records import AnswerForm, AnswerKind

PATH = Path(__file__).with_name("answer_pairs.yaml")


@dataclass(frozen=True, slots=True)
class Question:
    """What the checker knows of a question."""

    expected: str
    kind: AnswerKind
    tolerance: Decimal | None
    unit: str | None
    unit_required: bool
    form: AnswerForm | None


@dataclass(frozen=True, slots=True)
class Pair:
    """A question, what a student typed, and what an examiner says to it."""

    question: Question
    text: str
    right: bool
    readable: bool | None
    """None where a wrong answer may as well be taken for no answer."""
    reasons: frozenset[str]
    """Any of these fits; empty where the label names none."""

    @property
    def name(self) -> str:
        question = self.question
        asked = (question.kind, question.expected, question.unit, question.form)
        return f"{' '.join(part for part in asked if part)} <- {self.text}"


def load(path: Path = PATH) -> list[Pair]:
    groups = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [pair for group in groups for pair in _pairs(group)]


def _pairs(group: Mapping[str, Any]) -> Iterator[Pair]:
    question = _question(group)
    for text in group.get("accept", ()):
        yield Pair(question, text, right=True, readable=True, reasons=frozenset())
    for label in group.get("refuse", ()):
        yield _wrong(question, {"text": label} if isinstance(label, str) else label)
    for text in group.get("unread", ()):
        yield Pair(question, text, right=False, readable=False, reasons=frozenset())


def _question(group: Mapping[str, Any]) -> Question:
    tolerance, form = group.get("tolerance"), group.get("form")
    return Question(
        group["expected"],
        AnswerKind(group["kind"]),
        None if tolerance is None else Decimal(tolerance),
        group.get("unit"),
        group.get("unit_required", False),
        None if form is None else AnswerForm(form),
    )


def _wrong(question: Question, label: Mapping[str, Any]) -> Pair:
    reasons = label.get("reason", ())
    return Pair(
        question,
        label["text"],
        right=False,
        readable=None if label.get("unread") else True,
        reasons=frozenset([reasons] if isinstance(reasons, str) else reasons),
    )
