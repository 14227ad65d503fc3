"""One spelling for what students and teachers type: digits, dashes, spaces, composed letters."""

import re
import unicodedata
from fractions import Fraction

_BENGALI_DIGITS = {0x09E6 + n: str(n) for n in range(10)}
_DASHES = dict.fromkeys(map(ord, "−‐‑‒–—―﹣－➖⁻₋"), "-")
_SIGNS = (
    _BENGALI_DIGITS
    | _DASHES
    | {
        ord("⁄"): "/",
        ord("∕"): "/",
        ord("÷"): "/",
        ord("➗"): "/",
        ord("×"): "*",
        ord("∶"): ":",
        ord("∗"): "*",
        ord("✕"): "*",
        ord("✖"): "*",
        ord("٪"): "%",
        ord("’"): "'",
        ord("⇒"): "=",
        ord("→"): "=",
        ord("∴"): "=",
        ord("≈"): "=",
        ord("➕"): "+",
        0x20E3: None,  # the box of a keycap emoji
    }
)
_VARIATIONS = "\ufe0e\ufe0f"
_RAISED = re.compile("(⁻?[⁰¹²³⁴-⁹]+)(⁄)?")
_EXACT = re.compile(r"(-?\d{1,50})(?:/(\d{1,50})|\.\d{1,50})?", re.ASCII)
_NUMBER = re.compile(r"\d+(?:,\d+)*(?:\.\d+)?")


def fold(text: str) -> str:
    """`text` in one spelling, for reading and comparing, never for showing.

    Latin digits, small letters, "-" for every dash, "/" for every sign of division, "n/d" after a
    space for ½ and its like, "^2" for a raised ², no characters without width.
    """
    if text.isascii() and text.isprintable():
        return text.lower()
    spelled = "".join(_spelled(one) for one in text)
    spelled = _RAISED.sub(lambda m: (" " if m[2] else "^") + m[1] + (m[2] or ""), spelled)
    folded = unicodedata.normalize("NFKC", spelled).translate(_SIGNS)
    return unicodedata.normalize("NFKC", folded.casefold())


def exact(text: str) -> Fraction:
    """The value of an answer as a teacher writes it: "12", "-20", "5/4" or "69.2".

    Raises ValueError for anything else.
    """
    match = _EXACT.fullmatch(text)
    if match is None or (match[2] and not int(match[2])):
        raise ValueError("not a plain number")
    return Fraction(text)


def grouped(text: str) -> Fraction | None:
    """The value of folded digits with commas between them; None if it is no one number.

    Western (1,234,567) and Indian (12,34,567) groups; any other comma separates two numbers.
    """
    return Fraction(text.replace(",", "")) if is_grouping(text) else None


def is_grouping(digits: str) -> bool:
    """Whether the commas in these folded digits stand where groups end; true without any."""
    head, *rest = digits.partition(".")[0].split(",")
    if not rest:
        return True
    if head.startswith("0") or len(rest[-1]) != 3:
        return False
    western = len(head) <= 3 and all(len(one) == 3 for one in rest)
    indian = len(head) <= 2 and all(len(one) == 2 for one in rest[:-1])
    return western or indian


def numbers(text: str) -> list[Fraction]:
    """All plain numbers in a text, in their order: the 3 and the 4 of 3/4 are two."""
    found: list[Fraction] = []
    for match in _NUMBER.finditer(fold(text)):
        value = grouped(match[0])
        found += [value] if value is not None else map(Fraction, match[0].split(","))
    return found


def _spelled(one: str) -> str:
    """A character of its own making: ½ becomes " 1⁄2", what has no width or is a control goes."""
    category = unicodedata.category(one)
    if category == "No" and "⁄" in (parts := unicodedata.normalize("NFKC", one)):
        return f" {parts}"
    if category == "Cf" or one in _VARIATIONS:
        return ""
    return "\n" if one in "\r\n\u2028\u2029" else " " if category == "Cc" else one
