"""A student's text cut into numbers, units, signs and words. Linear in the length of the text."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction

from domain.practice import numerals, units
from domain.practice.numerals import fold

_TOKEN = re.compile(
    r"""
      (?P<currency>(?<=[0-9])[ ]*/[-=](?![ ]*[0-9]))
    | (?P<number>[0-9]+(?:,[0-9]+)+(?:\.[0-9]+)?
                |[1-9][0-9]{0,2}(?:[ ][0-9]{3})+(?![0-9.,]*[0-9]|[ ]*/)
                |[0-9]*\.[0-9]+|[0-9]+)
    | (?P<power>\^[ ]?[0-9]+)
    | (?P<percent>%|per[ ]?cent(?![^\W\d_]))
    | (?P<word>(?:[^\W\d_]|[\u0980-\u09e5\u0300-\u036f'])+(?:(?:(?<=m)|(?<=মি))[23](?![0-9]))?
               |[°৳$€£₹])
    | (?P<refused>[<>]=?|!=|=<|[≤≥≠±~]|\+/?-)
    | (?P<equals>=+>?|-+>)
    | (?P<colon>:-?)
    | (?P<dash>-)
    | (?P<slash>/)
    | (?P<end>[;,।\n&]|(?<=[0-9)%])\.(?=\s|$))
    | (?P<operator>[*+^|·_\\])
    | (?P<space>[^\S\n]+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(map(fold, text.split()))


_EQUALS = _words("is are equals equal gives হলো হল হবে হয় সমান")
_OR = _words("or বা অথবা কিংবা নাকি then")
_AND = _words("and ও এবং আর whole পূর্ণ সমস্ত")
_MINUS = _words("minus negative মাইনাস ঋণাত্মক বিয়োগ")
_PERCENT = _words("percent pct percentage শতাংশ শতকরা পার্সেন্ট পারসেন্ট")
_PER = _words("per প্রতি")
_REFUSED = _words("not isn't isnt never না নয় নেই নাই নহে")
_OPERATORS = _words(
    "plus times into point half quarter double প্লাস যোগ গুণ ভাগ দশমিক আধা অর্ধেক সাড়ে পৌনে সোয়া দেড় আড়াই"
)
_TIMES = {
    word: times
    for times, said in {
        4: "হালি",
        12: "dozen dozens ডজন",
        100: "hundred hundreds শত শো",
        1000: "thousand thousands হাজার",
        100_000: "lakh lakhs lac lacs লাখ লক্ষ",
        1_000_000: "million millions মিলিয়ন",
        10_000_000: "crore crores কোটি",
    }.items()
    for word in _words(said)
}


_MEANINGFUL = frozenset(("Sm", "Sc", "Nd", "Nl", "No"))
"""Categories of characters that may change what a number says, and so are not passed over."""
_SHORT_UNITS = frozenset("mglhs")


class Kind(Enum):
    NUMBER = auto()
    TIMES = auto()
    UNIT = auto()
    PERCENT = auto()
    MINUS = auto()
    SLASH = auto()
    OPERATOR = auto()
    POWER = auto()
    LETTER = auto()
    AND = auto()
    WORD = auto()
    PER = auto()
    RAISING = auto()
    REFUSED = auto()
    EQUALS = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text; a number has its value, a unit its unit."""

    kind: Kind
    value: Fraction = Fraction(0)
    decimals: int = 0
    unit: units.Unit | None = None
    word: str = ""


def tokens(folded: str) -> Iterator[Token]:
    """The pieces of a folded text; what says nothing of numbers comes as words or not at all."""
    before = Token(Kind.END)
    numbered = False
    for match in _TOKEN.finditer(folded):
        group = match.lastgroup or ""
        if group == "space":
            continue
        for token in _read(group, match, before, numbered):
            if token.kind in (Kind.END, Kind.EQUALS):
                numbered = False
            numbered = numbered or token.kind is Kind.NUMBER
            before = token
            yield token


def _read(group: str, match: re.Match[str], before: Token, numbered: bool) -> Iterator[Token]:
    if group == "number":
        yield from _number(match[0])
    elif group == "word":
        yield _word(match[0], before)
    elif group == "dash":
        yield _dash(match, before, numbered)
    elif group == "colon":
        yield Token(_colon(match, numbered))
    elif group == "power":
        yield Token(Kind.POWER, word=match[0].replace(" ", ""))
    elif group == "currency":
        yield Token(Kind.UNIT, unit=units.UNITS["taka"])
    elif match[0] == "+" and before.kind in (Kind.END, Kind.EQUALS):
        return
    elif group in _PLAIN:
        yield Token(_PLAIN[group])
    elif unicodedata.category(match[0]) in _MEANINGFUL or _touches_number(match):
        yield Token(Kind.OPERATOR)


_KINDS = (
    dict.fromkeys(_EQUALS, Kind.EQUALS)
    | dict.fromkeys(_OR, Kind.END)
    | dict.fromkeys(_AND, Kind.AND)
    | dict.fromkeys(_MINUS, Kind.MINUS)
    | dict.fromkeys(_PERCENT, Kind.PERCENT)
    | dict.fromkeys(_PER, Kind.PER)
    | dict.fromkeys(_REFUSED, Kind.REFUSED)
    | dict.fromkeys(_OPERATORS, Kind.OPERATOR)
    | dict.fromkeys(units.RAISING, Kind.RAISING)
)
_PLAIN = {
    "percent": Kind.PERCENT,
    "equals": Kind.EQUALS,
    "slash": Kind.SLASH,
    "end": Kind.END,
    "operator": Kind.OPERATOR,
    "refused": Kind.REFUSED,
}


def _number(digits: str) -> Iterator[Token]:
    decimals = len(digits.partition(".")[2])
    if "," not in digits:
        yield Token(Kind.NUMBER, Fraction(digits.replace(" ", "")), decimals)
    elif (value := numerals.grouped(digits)) is not None:
        if not numerals.is_grouping(digits):
            decimals = len(digits.partition(",")[2])
        yield Token(Kind.NUMBER, value, decimals)
    else:
        for one in digits.split(","):
            yield Token(Kind.NUMBER, Fraction(one), len(one.partition(".")[2]))
            yield Token(Kind.END)


def _word(word: str, before: Token) -> Token:
    if word in _KINDS:
        return Token(_KINDS[word], word=word)
    if word in _TIMES:
        return Token(Kind.TIMES, Fraction(_TIMES[word]))
    follows_number = before.kind is Kind.NUMBER
    if word in _SHORT_UNITS and before.kind not in (Kind.NUMBER, Kind.SLASH):
        return Token(Kind.LETTER)
    if unit := units.find(word):
        return Token(Kind.UNIT, unit=unit, word=word)
    is_unknown = len(word) == 1 and (follows_number or word not in "ai")
    return Token(Kind.LETTER if is_unknown else Kind.WORD, word=word)


def _dash(match: re.Match[str], before: Token, numbered: bool) -> Token:
    """A minus, or the dash of "Answer - 5"; "Answer-5" may be either, and is refused."""
    if numbered or before.kind not in (Kind.WORD, Kind.UNIT, Kind.LETTER):
        return Token(Kind.MINUS)
    text, at = match.string, match.start()
    spaced_after = not text[at + 1 : at + 2].strip()
    if spaced_after:
        return Token(Kind.EQUALS)
    return Token(Kind.OPERATOR if text[at - 1 : at].strip() else Kind.MINUS)


def _colon(match: re.Match[str], numbered: bool) -> Kind:
    """The colon of "Answer: 5" or of a ratio; "Answer:-5" may mean two things, and is refused."""
    ambiguous = match[0] == ":-" and match.string[match.end() : match.end() + 1].isdigit()
    return Kind.OPERATOR if numbered or ambiguous else Kind.EQUALS


def _touches_number(match: re.Match[str]) -> bool:
    """A bracket between digits multiplies them: 2(3) is not 2 and not 23."""
    text, start, end = match.string, match.start(), match.end()
    return (match[0] in "([{" and text[start - 1 : start].isdigit()) or (
        match[0] in ")]}" and text[end : end + 1].isdigit()
    )
