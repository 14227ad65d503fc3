"""The checker against an examiner who labelled answers without having seen it."""

from collections import Counter

import pytest

from domain.errors import Mistake
from domain.practice import answers
from domain.practice.records import AnswerForm, AnswerKind
from tests.domain.practice.pairs import Pair, load

PAIRS = load()
RIGHT = [pair for pair in PAIRS if pair.right]
WRONG = [pair for pair in PAIRS if not pair.right and pair.readable is not False]
UNREAD = [pair for pair in PAIRS if pair.readable is False]


def verdict(pair: Pair) -> answers.Verdict | None:
    """What the checker says; None where it reads no answer."""
    asked = pair.question
    try:
        return answers.check(
            pair.text,
            asked.expected,
            asked.kind,
            asked.tolerance,
            asked.unit,
            unit_required=asked.unit_required,
            form=asked.form,
        )
    except Mistake:
        return None


@pytest.mark.parametrize("pair", RIGHT, ids=lambda pair: pair.name)
def test_a_right_answer_is_accepted(pair: Pair) -> None:
    found = verdict(pair)
    assert found is not None, "taken for no answer"
    assert found.correct, f"refused: {found.reason}"


@pytest.mark.parametrize("pair", WRONG, ids=lambda pair: pair.name)
def test_a_wrong_answer_is_refused_and_told_why(pair: Pair) -> None:
    found = verdict(pair)
    if found is None:
        assert pair.readable is None, "taken for no answer"
        return
    assert not found.correct
    assert not pair.reasons or found.reason in pair.reasons


@pytest.mark.parametrize("pair", UNREAD, ids=lambda pair: pair.name)
def test_what_is_no_answer_is_not_taken_for_one(pair: Pair) -> None:
    assert verdict(pair) is None


def test_the_set_is_wide_enough_to_mean_something() -> None:
    assert len(PAIRS) >= 460
    assert len(WRONG) >= len(PAIRS) / 3
    assert len(UNREAD) >= 40
    assert {pair.question.kind for pair in PAIRS} == set(AnswerKind)
    assert {pair.question.form for pair in PAIRS} == {*AnswerForm, None}
    assert {reason for pair in PAIRS for reason in pair.reasons} == set(answers.Reason)


def test_no_answer_is_labelled_twice() -> None:
    twice = [
        (found, count)
        for found, count in Counter((pair.question, pair.text) for pair in PAIRS).items()
        if count > 1
    ]
    assert twice == []
