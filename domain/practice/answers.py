"""Whether an answer is right, and if not, why not. Pure, exact, never evaluates a text."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from domain.practice import units
from domain.practice.numerals import exact
from domain.practice.reading import Quantity, read
from domain.practice.records import AnswerKind


class Reason(StrEnum):
    """What a teacher would say of an answer that is not right."""

    WRONG = "wrong"
    WRONG_SIGN = "wrong_sign"
    WRONG_UNIT = "wrong_unit"
    """The right number with a unit, or a percent sign, that does not belong to it."""
    UPSIDE_DOWN = "upside_down"
    """b/a for a/b."""
    ROUNDED = "rounded"
    """A decimal that is near, where another precision is asked."""
    PERCENT_AS_FRACTION = "percent_as_fraction"
    """1/4 or 0.25 where 25 percent is asked."""
    DECIMAL_PLACE = "decimal_place"
    """The right digits, ten or a hundred or a thousand times too large or too small."""


@dataclass(frozen=True, slots=True)
class Verdict:
    correct: bool
    reason: Reason | None


_MISPLACED = frozenset(Fraction(10) ** n for n in (-3, -2, -1, 1, 2, 3))
RIGHT = Verdict(correct=True, reason=None)


@dataclass(frozen=True, slots=True)
class _Expected:
    value: Fraction
    tolerance: Fraction
    kind: AnswerKind
    unit: units.Unit | None

    def met_by(self, value: Fraction) -> bool:
        return abs(value - self.value) <= self.tolerance


def check(
    given: str,
    expected: str,
    kind: AnswerKind,
    tolerance: Decimal | None = None,
    unit: str | None = None,
) -> Verdict:
    """Whether `given`, as a student typed it, says the value `expected`.

    A number or fraction is right in every form of its value: 0.5, 1/2, 50% and 2/4. A percentage
    is right as 25% and as 25, not as 1/4. The unit may be left out; another unit of the same kind
    is converted (5000 g for 5 kg), any other is wrong. `tolerance` None asks for the exact value.
    Raises Mistake where no answer, or more than one, can be read: that is not a try.
    Raises ValueError if `expected` is no plain number, KeyError if there is no such unit.
    """
    asked = _Expected(
        exact(expected), Fraction(tolerance or 0), kind, units.UNITS[unit] if unit else None
    )
    said = read(given)
    value = _value(said, asked)
    if value is None:
        wrong_unit = asked.met_by(said.value)
        return Verdict(correct=False, reason=Reason.WRONG_UNIT if wrong_unit else Reason.WRONG)
    if asked.met_by(value):
        return RIGHT
    return Verdict(correct=False, reason=_reason(value, said, asked))


def _value(said: Quantity, asked: _Expected) -> Fraction | None:
    """What was said, counted as it is asked; None if it measures something else."""
    if asked.kind == AnswerKind.PERCENT:
        return None if said.unit else said.value
    if said.percent:
        return None if asked.unit else said.value / 100
    if said.unit is None:
        return said.value
    if asked.unit is None:
        return said.value if said.unit.dimension == "angle" else None
    return units.converted(said.value, said.unit, asked.unit)


def _reason(value: Fraction, said: Quantity, asked: _Expected) -> Reason:
    right = asked.value
    percent = asked.kind == AnswerKind.PERCENT
    marked = said.percent or said.unit is not None
    signs = {
        Reason.PERCENT_AS_FRACTION: percent and not marked and asked.met_by(value * 100),
        Reason.WRONG_SIGN: asked.met_by(-value),
        Reason.WRONG_UNIT: marked and asked.met_by(said.value),
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
