"""Points where a problem does not say how many: all parts alike, and nothing lost in rounding."""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise

CENT = Decimal("0.01")


def shared(total: Decimal, parts: int) -> Sequence[Decimal]:
    """A total in so many parts, which differ by a hundredth at most and sum to it exactly."""
    marks = [
        (total * number / parts).quantize(CENT, ROUND_HALF_EVEN) for number in range(parts + 1)
    ]
    return [later - earlier for earlier, later in pairwise(marks)]
