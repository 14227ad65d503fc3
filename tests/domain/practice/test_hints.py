"""Hints stand open, or one try apart where many clicked through them."""

from dataclasses import replace

import pytest

from domain.practice import hints
from domain.practice.hints import NextHint
from tests.domain.practice.items import ITEM


@pytest.mark.parametrize(
    ("shown", "tries", "spaced", "following"),
    [
        (0, 0, False, NextHint.OPEN),
        (2, 0, False, NextHint.OPEN),
        (3, 0, False, NextHint.LAST),
        (0, 0, True, NextHint.OPEN),
        (1, 0, True, NextHint.AFTER_A_TRY),
        (1, 1, True, NextHint.OPEN),
        (2, 1, True, NextHint.AFTER_A_TRY),
        (2, 5, True, NextHint.OPEN),
        (3, 0, True, NextHint.LAST),
    ],
)
def test_what_stands_before_the_next_hint(
    shown: int, tries: int, following: NextHint, *, spaced: bool
) -> None:
    item = replace(ITEM, hints_shown=shown, tries=tries, hints_spaced=spaced)
    assert hints.following(item) is following
