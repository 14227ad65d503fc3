"""A sum as a teacher writes it, worked out exactly: + - * / ** and round brackets, nothing else."""

import re
from fractions import Fraction

LONGEST = 200
_DEEPEST = 20
_LARGEST_EXPONENT = 20
_MOST_BITS = 4000
_TOKEN = re.compile(r"\s*(\*\*|[-+*/()]|\d+(?:\.\d+)?)", re.ASCII)


def compute(text: str) -> Fraction:
    """The value of a sum such as "(290 - 250) / 250 * 100", with the usual precedence.

    Raises ValueError with a plain sentence for anything that is no such sum, and for one whose
    numbers grow without need.
    """
    if len(text) > LONGEST:
        raise ValueError(f"it is longer than {LONGEST} characters")
    sum_ = _Sum(_pieces(text))
    value = sum_.added()
    if sum_.piece:
        raise ValueError(f"'{sum_.piece}' stands where it cannot be read")
    return value


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            raise ValueError("only numbers, + - * / ** and round brackets can stand in it")
        pieces.append(match[1])
        at = match.end()
    return pieces


class _Sum:
    """Reads pieces from left to right, one method for each level of precedence."""

    def __init__(self, pieces: list[str]) -> None:
        self._pieces = [*reversed(pieces)]
        self._depth = 0

    @property
    def piece(self) -> str:
        return self._pieces[-1] if self._pieces else ""

    def added(self) -> Fraction:
        value = self._multiplied()
        while self.piece in ("+", "-"):
            sign = self._pieces.pop()
            term = self._multiplied()
            value = _bounded(value + term if sign == "+" else value - term)
        return value

    def _multiplied(self) -> Fraction:
        value = self._signed()
        while self.piece in ("*", "/"):
            sign = self._pieces.pop()
            factor = self._signed()
            if sign == "/" and not factor:
                raise ValueError("it divides by zero")
            value = _bounded(value * factor if sign == "*" else value / factor)
        return value

    def _signed(self) -> Fraction:
        negative = False
        while self.piece in ("+", "-"):
            negative ^= self._pieces.pop() == "-"
        value = self._powered()
        return -value if negative else value

    def _powered(self) -> Fraction:
        base = self._single()
        if self.piece != "**":
            return base
        self._pieces.pop()
        self._deeper()
        exponent = self._signed()
        self._depth -= 1
        if exponent.denominator != 1 or abs(exponent) > _LARGEST_EXPONENT:
            raise ValueError(f"a power must be a whole number up to {_LARGEST_EXPONENT}")
        if not base and exponent < 0:
            raise ValueError("it divides by zero")
        return _bounded(base ** int(exponent))

    def _single(self) -> Fraction:
        piece = self._pieces.pop() if self._pieces else ""
        if piece == "(":
            self._deeper()
            value = self.added()
            self._depth -= 1
            if not self._pieces or self._pieces.pop() != ")":
                raise ValueError("a bracket is not closed")
            return value
        if not piece[:1].isdigit():
            raise ValueError(
                f"a number is missing before '{piece}'" if piece else "it is not whole"
            )
        return Fraction(piece)

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError("its brackets are too deep")


def _bounded(value: Fraction) -> Fraction:
    if value.numerator.bit_length() + value.denominator.bit_length() > _MOST_BITS:
        raise ValueError("its numbers grow too large")
    return value
