"""What a word means in an answer: a table from folded words to the tokens they stand for."""

from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction
from functools import lru_cache

from domain.practice.answers import units, words
from domain.practice.answers.numerals import fold


class Kind(Enum):
    NUMBER = auto()
    SPOKEN = auto()
    """A whole number in words."""
    READY = auto()
    """A number in words that is no whole one: আধা, দেড়."""
    SCALE = auto()
    PART = auto()
    LEAD = auto()
    NINE = auto()
    """নয়, which is 9 or "not"."""
    POINT = auto()
    PARTS = auto()
    """ভাগের: 4 ভাগের 3 is 3/4."""
    UNIT = auto()
    PERCENT = auto()
    SHARE = auto()
    """ভাগ: a percent sign after a percentage, nothing after a fraction, else a division."""
    MINUS = auto()
    PLUS = auto()
    SLASH = auto()
    DIVIDED = auto()
    """÷: a fraction where it does not come out even, else a sum."""
    STAR = auto()
    OPERATOR = auto()
    POWER = auto()
    CARET = auto()
    ROOT = auto()
    OPEN = auto()
    CLOSE = auto()
    COLON = auto()
    COMPARED = auto()
    PLUS_MINUS = auto()
    LETTER = auto()
    AND = auto()
    WORD = auto()
    PER = auto()
    RAISING = auto()
    REFUSED = auto()
    HEDGE = auto()
    EQUALS = auto()
    THEN = auto()
    """What comes before was working."""
    OR = auto()
    COMMA = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text; a number has its value, a unit its unit."""

    kind: Kind
    value: Fraction = Fraction(0)
    decimals: int = 0
    unit: units.Unit | None = None
    word: str = ""
    part: bool = False
    """Whether a number is a fraction that may follow a whole one: 2 and a half."""


_MEANINGS: dict[Kind, str] = {
    Kind.EQUALS: "is are equals equal gives becomes হলো হল হবে হয় সমান মান man hobe holo",
    Kind.THEN: "so therefore hence then সুতরাং অতএব তাই তাহলে tahole",
    Kind.OR: "or বা অথবা কিংবা নাকি ba othoba",
    Kind.AND: "and ও এবং আর whole purno পূর্ণ সমস্ত ebong ar",
    Kind.MINUS: "minus negative মাইনাস ঋণাত্মক বিয়োগ ঋণ mainas rinattok",
    Kind.PLUS: "plus প্লাস যোগ positive ধনাত্মক",
    Kind.STAR: "times into গুণ গুন",
    Kind.PERCENT: "percent pct percentage শতাংশ শতকরা পার্সেন্ট পারসেন্ট পার্সেণ্ট shotangsho "
    "shotokora persent parcent",
    Kind.PER: "per প্রতি",
    Kind.SLASH: "by over upon বাই",
    Kind.POINT: "point দশমিক doshomik",
    Kind.PARTS: "ভাগের vager bhager",
    Kind.SHARE: "ভাগ vag bhag",
    Kind.COLON: "to",
    Kind.ROOT: "sqrt root রুট বর্গমূল",
    Kind.REFUSED: "not isn't isnt never na না নেই নাই নহে nai noi nohe don't dont cannot can't "
    "wrong incorrect false ভুল vul bhul double twice thrice triple দ্বিগুণ দ্বিগুন তিনগুণ "
    "between within neither nor none no without hardly unlike অসম্ভব ব্যতীত reciprocal opposite "
    "inverse multiple multiples বিপরীত গুণিতক দ্বিগুণের",
    Kind.HEDGE: "about almost nearly approximately approx around roughly প্রায় আনুমানিক "
    "কাছাকাছি pray proy ish",
}
_KNOWN: dict[str, Token] = {
    fold(word): Token(kind, word=fold(word))
    for kind, some in _MEANINGS.items()
    for word in some.split()
}
_KNOWN |= {word: Token(Kind.RAISING, word=word) for word in units.RAISING}
_KNOWN |= {word: Token(Kind.SPOKEN, value, word=word) for word, value in words.NUMBERS.items()}
_KNOWN |= {word: Token(Kind.SCALE, value, word=word) for word, value in words.SCALES.items()}
_KNOWN |= {word: Token(Kind.PART, value, word=word) for word, value in words.PARTS.items()}
_KNOWN |= {
    word: Token(Kind.READY, value, word=word, part=value < 1) for word, value in words.READY.items()
}
_KNOWN |= {word: Token(Kind.LEAD, value, word=word) for word, value in words.LEADS.items()}
_KNOWN |= {word: Token(Kind.NINE, Fraction(9), word=word) for word in words.NINE_OR_NOT}
_KNOWN |= {word: Token(Kind.SPOKEN, Fraction(9), word=word) for word in words.NINE}
_KNOWN |= {
    word: Token(Kind.POWER, Fraction(power), word=f"^{power}")
    for word, power in (("squared", 2), ("cubed", 3), ("cube", 3))
}
_KNOWN["pi"] = Token(Kind.LETTER, word="π")
_SHARES = (fold("ভাগ"), fold("ভাগের"))
_HUNDRED = Token(Kind.SCALE, Fraction(100))


@lru_cache(maxsize=4096)
def meaning(word: str) -> tuple[Token, ...]:
    """What a folded word of two or more letters stands for; a plain WORD if nothing is known."""
    known = _KNOWN.get(word)
    word = word.replace("'", "") or word
    known = known or _KNOWN.get(words.uncounted(word))
    if known:
        return (known,)
    if hundreds := words.glued_hundreds(word):
        return Token(Kind.SPOKEN, hundreds), _HUNDRED
    if unit := units.find(word):
        return (Token(Kind.UNIT, unit=unit, word=word),)
    return tuple(_fraction(word)) or (Token(Kind.WORD, word=word),)


def _fraction(word: str) -> list[Token]:
    """একতৃতীয়াংশ, তিনভাগের and দুইভাগ, said in one word."""
    for part in (*words.PARTS, *_SHARES):
        if word.endswith(part) and (above := words.NUMBERS.get(word.removesuffix(part))):
            return [Token(Kind.SPOKEN, above), _KNOWN[part]]
    return []
