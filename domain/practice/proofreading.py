"""Whether what a teacher wrote holds together: answer, computation, hints, both languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from domain.errors import Mistake
from domain.practice.answers import check
from domain.practice.computation import compute
from domain.practice.numerals import exact, fold, numbers
from domain.practice.records import AnswerKind, Problem, Texts

_BENGALI = re.compile("[\u0980-\u09e5\u09e6-\u09ff]")
_LATIN_DIGITS = re.compile("[0-9]")
_POWERS = re.compile(r"\^[0-9]+")
_FRACTIONS = re.compile(r"([0-9]{1,30}) ?/ ?([0-9]{1,30})")
_CANONICAL = re.compile(r"-?(0|[1-9][0-9]*)([./][0-9]+)?")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field; `number` counts within a list, from 1."""

    field: str
    what: str
    number: int | None = None


def faults(problem: Problem, computation: str) -> Iterator[Fault]:
    """Everything that is wrong with a problem whose fields are each well-formed."""
    for place, texts in _all_texts(problem):
        yield from _scripts(place, texts)
        if _sorted_numbers(texts["en"]) != _sorted_numbers(texts["bn"]):
            yield Fault(place.field, "the two languages have different numbers", place.number)
    try:
        value = exact(problem.answer)
    except ValueError:
        yield Fault("answer", "a plain number is needed, such as '12', '-20', '5/4' or '69.2'")
        return
    yield from _answer(problem, value)
    yield from _computation(problem, value, computation)
    for number, hint in enumerate(problem.hints, 1):
        if any(_contains(text, value) for text in hint.values()):
            yield Fault("hints", "it contains the answer", number)


def _all_texts(problem: Problem) -> Iterator[tuple[Fault, Texts]]:
    yield Fault("question", ""), problem.question
    for number, hint in enumerate(problem.hints, 1):
        yield Fault("hints", "", number), hint
    yield Fault("solution", ""), problem.solution


def _scripts(place: Fault, texts: Texts) -> Iterator[Fault]:
    if _BENGALI.search(texts["en"]):
        yield Fault(place.field, "the text in 'en' has Bengali letters or digits", place.number)
    if _LATIN_DIGITS.search(texts["bn"]):
        yield Fault(place.field, "the text in 'bn' has Latin digits", place.number)


def _sorted_numbers(text: str) -> list[Fraction]:
    return sorted(numbers(text))


def _answer(problem: Problem, value: Fraction) -> Iterator[Fault]:
    answer = problem.answer
    if not _CANONICAL.fullmatch(answer) or ("/" in answer and str(value) != answer):
        yield Fault("answer", "it needs its plainest form: no leading zeros, in lowest terms")
    elif "/" in answer and problem.answer_kind is not AnswerKind.FRACTION:
        yield Fault("answer", "a fraction needs 'answer_kind: fraction'")
    if problem.unit and problem.answer_kind is AnswerKind.PERCENT:
        yield Fault("unit", "a percentage has no unit; write null")
    elif not _accepted(problem):
        yield Fault("answer", "the checker does not accept this answer to its own problem")


def _accepted(problem: Problem) -> bool:
    try:
        return check(
            problem.answer,
            problem.answer,
            problem.answer_kind,
            problem.answer_tolerance,
            problem.unit,
        ).correct
    except Mistake:
        return False


def _computation(problem: Problem, value: Fraction, computation: str) -> Iterator[Fault]:
    """A rounded answer may differ from the exact result by its tolerance."""
    try:
        result = compute(computation)
    except ValueError as error:
        yield Fault("computation", f"it cannot be worked out: {error}")
        return
    if abs(result - value) > Fraction(problem.answer_tolerance or 0):
        yield Fault("computation", f"it gives {_short(result)}, but the answer is {problem.answer}")


def _contains(text: str, value: Fraction) -> bool:
    """Whether a text has the value as a number or as a fraction, whatever it means there."""
    plain = _POWERS.sub(" ", fold(text))
    size = abs(value)
    fractions = (
        Fraction(int(top), int(bottom)) for top, bottom in _FRACTIONS.findall(plain) if int(bottom)
    )
    return size in numbers(plain) or (size.denominator != 1 and size in fractions)


def _short(value: Fraction) -> str:
    shown = str(value)
    return shown if len(shown) <= 40 else "a number of many digits"
