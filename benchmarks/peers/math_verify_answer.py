"""math-verify as a checker of students' answers, in the ways it can be asked."""

import logging
from collections.abc import Callable

from math_verify import parse, verify

Check = Callable[[str], bool]

LATIN = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")


def quiet() -> None:
    """Keeps its warnings about what it cannot parse off the table."""
    for name in ("math_verify", "latex2sympy2_extended"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def checker(expected: str, *, latex: bool, latin: bool) -> Check:
    """A check against one expected answer, which is parsed here, once.

    `latex` wraps both sides as formulas, since only those are read beyond arithmetic; `latin`
    turns Bengali digits to Latin ones first, which it does not read.
    """

    def read(text: str) -> list[object]:
        text = text.translate(LATIN) if latin else text
        return list(parse(f"${text}$" if latex else text))

    wanted = read(expected)
    return lambda text: bool(verify(wanted, read(text)))
