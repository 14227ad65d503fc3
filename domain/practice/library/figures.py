"""Numbers as a text shows them, in either language's digits, and as an answer writes them."""

from fractions import Fraction

from domain.practice.library.computation import Number

DISPLAYS = ("", "fraction", "mixed", "signed")
_BENGALI = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
_GROUPED_FROM = 10_000
_MOST_DECIMALS = 4


def shown(value: Number, display: str, language: str) -> str:
    """A number as a text shows it; `display` is one of DISPLAYS."""
    if display == "signed":
        return ("− " if value < 0 else "+ ") + shown(abs(Fraction(value)), "", language)
    sign, size = ("−" if value < 0 else ""), abs(Fraction(value))
    text = sign + _shown_size(size, display)
    return text.translate(_BENGALI) if language == "bn" else text


def _shown_size(size: Fraction, display: str) -> str:
    whole, rest = divmod(size.numerator, size.denominator)
    if not rest:
        return _grouped(whole)
    if display == "mixed" and whole:
        return f"{_grouped(whole)} {rest}/{size.denominator}"
    decimal = None if display else decimals(size, _MOST_DECIMALS)
    return decimal or f"{_grouped(size.numerator)}/{_grouped(size.denominator)}"


def exactly(value: Number, display: str = "", decimal: bool = False) -> str:
    """A number in Latin digits without grouping: whole, n/d, or a finite decimal if wanted."""
    if display == "signed":
        return ("- " if value < 0 else "+ ") + exactly(abs(Fraction(value)), "", decimal)
    sign, size = ("-" if value < 0 else ""), abs(Fraction(value))
    whole, rest = divmod(size.numerator, size.denominator)
    if not rest:
        return f"{sign}{whole}"
    if display == "mixed" and whole:
        return f"{sign}{whole} {rest}/{size.denominator}"
    written = decimals(size, _MOST_DECIMALS) if decimal and not display else None
    return sign + (written.replace(",", "") if written else str(size))


def decimals(size: Fraction, most: int) -> str | None:
    """A size that is not negative as a decimal, grouped; None if it has more than so many."""
    for places in range(1, most + 1):
        if 10**places % size.denominator == 0:
            scaled = size.numerator * (10**places // size.denominator)
            whole, rest = divmod(scaled, 10**places)
            return f"{_grouped(whole)}.{rest:0{places}}"
    return None


def _grouped(size: int) -> str:
    """From 10,000 up with commas in the Indian way: 1,25,000."""
    digits = str(size)
    if size < _GROUPED_FROM:
        return digits
    head, groups = digits[:-3], [digits[-3:]]
    while head:
        head, group = head[:-2], head[-2:]
        groups.append(group)
    return ",".join(reversed(groups))
