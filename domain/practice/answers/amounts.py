"""Whether a single number, fraction or percentage is right, and if not, why not."""

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from domain.errors import Mistake
from domain.practice.answers import units
from domain.practice.answers.numerals import exact
from domain.practice.answers.quantities import Quantity, Shape
from domain.practice.answers.reading import read
from domain.practice.answers.sides import unreadable
from domain.practice.answers.verdicts import RIGHT, Asked, Reason, Verdict, wrong
from domain.practice.records import AnswerForm, AnswerKind

_MISPLACED = frozenset(Fraction(10) ** n for n in (-3, -2, -1, 1, 2, 3))
_FRACTIONS = (Shape.FRACTION, Shape.MIXED)


@dataclass(frozen=True, slots=True)
class _Expected:
    value: Fraction
    kind: AnswerKind
    asked: Asked

    def met_by(self, value: Fraction) -> bool:
        return abs(value - self.value) <= self.asked.tolerance


def judge(given: str, expected: str, kind: AnswerKind, asked: Asked) -> Verdict:
    """Whether `given` says what `expected` says.

    Raises Mistake where no one amount can be read, ValueError if `expected` states none.
    """
    value, unit = _stated(expected, kind)
    return _judge(given, value, kind, asked if asked.unit else replace(asked, unit=unit))


@lru_cache(maxsize=4096)
def _stated(expected: str, kind: AnswerKind) -> tuple[Fraction, units.Unit | None]:
    """The stated value, and its unit where the answer itself names one."""
    try:
        return exact(expected), None
    except ValueError:
        pass
    try:
        said, _ = read(expected)
    except Mistake:
        raise ValueError("not one plain amount") from None
    if kind is AnswerKind.PERCENT or not said.percent:
        return said.value, said.unit
    return said.value / 100, None


def _judge(given: str, value: Fraction, kind: AnswerKind, asked: Asked) -> Verdict:
    said, hedged = read(given)
    if hedged and not asked.tolerance:
        raise unreadable()
    expected = _Expected(value, kind, asked)
    said = _as_asked(said, expected)
    counted = _value(said, expected)
    if counted is None:
        met = expected.met_by(said.value)
        return wrong(Reason.WRONG_UNIT if met else Reason.WRONG)
    if not expected.met_by(counted):
        return wrong(_reason(counted, said, expected))
    if asked.unit_required and not (said.unit or said.percent or said.share):
        return wrong(Reason.UNIT_MISSING)
    reason = _out_of_form(said, value, asked.form)
    return wrong(reason) if reason else RIGHT


def _out_of_form(said: Quantity, value: Fraction, form: AnswerForm | None) -> Reason | None:
    """What keeps the right value from being in the form that is asked for, if anything does."""
    whole = value.denominator == 1
    if form is AnswerForm.SCIENTIFIC:
        return None if said.shape is Shape.SCIENTIFIC else Reason.WRONG_FORM
    if form is AnswerForm.DECIMAL:
        plain = said.shape is Shape.DECIMAL or (whole and said.shape not in _FRACTIONS)
        return None if plain else Reason.WRONG_FORM
    if form not in (AnswerForm.LOWEST, AnswerForm.MIXED):
        return None
    if said.shape in _FRACTIONS and not said.reduced:
        return Reason.NOT_LOWEST
    improper = form is AnswerForm.MIXED and said.shape is Shape.FRACTION and abs(value) > 1
    apart = (*_FRACTIONS, Shape.WORDS)
    other = said.percent or improper or (said.shape not in apart and not whole)
    return Reason.WRONG_FORM if other else None


def value_in(said: Quantity, unit: units.Unit | None) -> Fraction | None:
    """What was said, counted in `unit`; None if it measures something else."""
    if said.percent:
        return None if unit else said.value / 100
    if said.unit is None:
        return said.value
    if unit is None:
        return said.value if said.unit.key == "degree" else None
    return units.converted(said.value, said.unit, unit)


def _as_asked(said: Quantity, expected: _Expected) -> Quantity:
    """শতাংশ as the measure of land where that is asked, ভাগ as a percentage where one is."""
    unit = expected.asked.unit
    if said.percent and unit and unit.dimension == "area-local":
        return replace(said, percent=False, unit=units.UNITS["decimal"])
    if said.share and expected.kind is AnswerKind.PERCENT and said.shape not in _FRACTIONS:
        return replace(said, percent=True)
    return said


def _value(said: Quantity, expected: _Expected) -> Fraction | None:
    if expected.kind is AnswerKind.PERCENT:
        return None if said.unit else said.value
    return value_in(said, expected.asked.unit)


def _reason(value: Fraction, said: Quantity, expected: _Expected) -> Reason:
    right = expected.value
    percent = expected.kind is AnswerKind.PERCENT
    marked = said.percent or said.unit is not None
    signs = {
        Reason.PERCENT_AS_FRACTION: percent and not marked and expected.met_by(value * 100),
        Reason.WRONG_SIGN: expected.met_by(-value),
        Reason.WRONG_UNIT: marked and expected.met_by(said.value),
        Reason.ROUNDED: _rounds(value, said, right),
        Reason.UPSIDE_DOWN: value * right == 1,
        Reason.DECIMAL_PLACE: bool(value) and right / value in _MISPLACED,
    }
    return next((reason for reason, seen in signs.items() if seen), Reason.WRONG)


def _rounds(value: Fraction, said: Quantity, right: Fraction) -> bool:
    """Whether a decimal is `right` rounded or cut off after as many decimals as were written."""
    if not said.decimals or not value:
        return False
    step = Fraction(1, 10**said.decimals)
    return abs(value - right) < step and abs(value) <= abs(right) + step / 2
