"""What the checker says of an answer, and what it needs to know of the one asked for."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from domain.practice.answers.units import Unit
from domain.practice.records import AnswerForm


class Reason(StrEnum):
    """What a teacher would say of an answer that is not right."""

    WRONG = "wrong"
    WRONG_SIGN = "wrong_sign"
    WRONG_UNIT = "wrong_unit"
    """The right number with a unit, or a percent sign, that does not belong to it."""
    UNIT_MISSING = "unit_missing"
    UPSIDE_DOWN = "upside_down"
    """b/a for a/b."""
    ROUNDED = "rounded"
    """A decimal that is near, where another precision is asked."""
    PERCENT_AS_FRACTION = "percent_as_fraction"
    """1/4 or 0.25 where 25 percent is asked."""
    DECIMAL_PLACE = "decimal_place"
    """The right digits, ten or a hundred or a thousand times too large or too small."""
    NOT_LOWEST = "not_lowest"
    """The right value, which can be reduced further."""
    WRONG_FORM = "wrong_form"
    """The right value in another form than the one asked for, or not worked out to its end."""
    WRONG_ORDER = "wrong_order"
    """A ratio with its terms in another order; the values of x and y exchanged."""
    INCOMPLETE = "incomplete"
    """Right as far as it goes: one of two roots, one of the unknowns."""
    WRONG_DIRECTION = "wrong_direction"
    """An inequality turned round."""
    OPEN_OR_CLOSED = "open_or_closed"
    """> where ≥ is right."""


@dataclass(frozen=True, slots=True)
class Verdict:
    correct: bool
    reason: Reason | None


RIGHT = Verdict(correct=True, reason=None)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a problem asks for beyond the value."""

    tolerance: Fraction = Fraction(0)
    unit: Unit | None = None
    unit_required: bool = False
    form: AnswerForm | None = None


def wrong(reason: Reason) -> Verdict:
    return Verdict(correct=False, reason=reason)
