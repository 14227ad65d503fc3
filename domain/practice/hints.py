"""When a hint may be had.

Hints stand open, so that nobody is stuck. Where many students go through all of them without
trying, they open one try apart: the usual misuse of hints is to click on until the answer is near.
"""

from enum import StrEnum

from domain.practice.records import Item
from domain.unit_of_work import UnitOfWork

ENOUGH_STUDENTS = 12
MISUSED_FROM = 0.3
"""Of those students, the share that went through every hint before trying."""


class NextHint(StrEnum):
    OPEN = "open"
    AFTER_A_TRY = "after_a_try"
    LAST = "last"
    """There is none after the one that was shown."""


def following(item: Item) -> NextHint:
    """What stands before the hint after those that were shown."""
    if item.hints_shown >= len(item.hints):
        return NextHint.LAST
    if item.hints_spaced and item.tries < item.hints_shown:
        return NextHint.AFTER_A_TRY
    return NextHint.OPEN


async def space(work: UnitOfWork) -> int:
    """Spaces the hints of problems whose hints are misused; returns of how many. It stays so."""
    return await work.practice.space_hints(ENOUGH_STUDENTS, MISUSED_FROM)
