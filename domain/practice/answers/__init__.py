"""Whether an answer is right, and if not, why not. Pure, exact, never evaluates a text."""

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from domain.practice.answers import amounts, formulas, inequalities, ratios, sets, unknowns
from domain.practice.answers.units import UNITS
from domain.practice.answers.verdicts import Asked, Reason, Verdict
from domain.practice.records import AnswerForm, AnswerKind

__all__ = ["Reason", "Verdict", "check", "kind_of"]

_AMOUNTS = (AnswerKind.NUMBER, AnswerKind.FRACTION, AnswerKind.PERCENT)
_JUDGES = {
    AnswerKind.RATIO: ratios.judge,
    AnswerKind.EXPRESSION: formulas.judge,
    AnswerKind.UNKNOWNS: unknowns.judge,
    AnswerKind.SET: sets.judge,
    AnswerKind.INEQUALITY: inequalities.judge,
}
_GUESSES = (
    (re.compile("[<>≤≥]"), AnswerKind.INEQUALITY),
    (re.compile("="), AnswerKind.UNKNOWNS),
    (re.compile(":"), AnswerKind.RATIO),
    (re.compile(r"[^\W\d_]|[√^(]"), AnswerKind.EXPRESSION),
    (re.compile(","), AnswerKind.SET),
    (re.compile("/"), AnswerKind.FRACTION),
    (re.compile("%"), AnswerKind.PERCENT),
)


def check(
    given: str,
    expected: str,
    kind: AnswerKind,
    tolerance: Decimal | None = None,
    unit: str | None = None,
    *,
    unit_required: bool = False,
    form: AnswerForm | None = None,
) -> Verdict:
    """Whether `given`, as a student typed it, says what `expected` says.

    Every form of the value is right unless `form` asks for one: 0.5, 1/2, 50% and 2/4; 4:6 for
    2:3. A percentage is right as 25% and as 25, not as 1/4. The unit may be left out unless
    `unit_required`; another unit of the same kind is converted (5000 g for 5 kg), any other is
    wrong. `tolerance` None asks for the exact value.
    Raises Mistake where no answer, or more than one, can be read: that is not a try.
    Raises ValueError if `expected` is no answer of its kind, KeyError if there is no such unit.
    """
    asked = _asked(tolerance, unit, unit_required, form)
    if kind in _AMOUNTS:
        return amounts.judge(given, expected, kind, asked)
    return _JUDGES[kind](given, expected, asked)


def kind_of(expected: str) -> AnswerKind:
    """The kind that an answer seems to have, for an author who leaves it out."""
    for pattern, kind in _GUESSES:
        if pattern.search(expected):
            return kind
    return AnswerKind.NUMBER


@lru_cache(maxsize=1024)
def _asked(
    tolerance: Decimal | None, unit: str | None, unit_required: bool, form: AnswerForm | None
) -> Asked:
    return Asked(Fraction(tolerance or 0), UNITS[unit] if unit else None, unit_required, form)
