"""A student's text cut into numbers, units, signs and words. Linear in the length of the text."""

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction

from domain.practice.answers import numerals, units
from domain.practice.answers.vocabulary import Kind, Token, meaning

_TOKEN = re.compile(
    r"""
      (?P<space>[^\S\n]+)
    | (?P<currency>(?<=[0-9])[ ]*/[-=](?![ ]*[0-9]))
    | (?P<scientific>(?:[0-9]+\.?[0-9]*|\.[0-9]+)e[+-]?[0-9]{1,2}(?![^\W_]))
    | (?P<number>[0-9]+(?:,[0-9]+)+(?:\.[0-9]+)?
                |[1-9][0-9]{0,2}(?:[ ][0-9]{3})+(?![0-9.,]*[0-9]|[ ]*/)
                |[0-9]+\.[0-9]+|(?<![^\W\d_])\.[0-9]+|[0-9]+)
    | (?P<power>(?:\^|\*\*)[ ]?(?:-?[0-9]+(?![.,]?[0-9])|\([ ]?-?[0-9]+[ ]?\)|\{[ ]?-?[0-9]+[ ]?\}))
    | (?P<percent>%|per[ ]?cent(?![^\W\d_]))
    | (?P<word>(?:[^\W\d_]|[\u0980-\u0982\u0984-\u09e5\u0300-\u036f'])+
               (?:(?:(?<=m)|(?<=মি))[23](?![0-9]))?
               |[°৳$€£₹])
    | (?P<compared><=|>=|=<|[<>≤≥])
    | (?P<then>=+>|-+>)
    | (?P<refused>!=|!(?=[<>])|≠)
    | (?P<hedge>~)
    | (?P<plusminus>±|\+/?-)
    | (?P<equals>=+)
    | (?P<colon>:-?|ঃ)
    | (?P<dash>-)
    | (?P<slash>/)
    | (?P<divided>\uE000)
    | (?P<star>[*·])
    | (?P<plus>\+)
    | (?P<root>√)
    | (?P<open>[(\[{])
    | (?P<close>[)\]}])
    | (?P<comma>,)
    | (?P<end>[;।\n&]|(?<=[0-9)%])\.(?=\s|$))
    | (?P<caret>\^|\*\*)
    | (?P<operator>[|_\\‰‱′″])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_MEANINGFUL = frozenset(("Sm", "Sc", "Nd", "Nl", "No"))
"""Categories of characters that may change what a number says, and so are not passed over."""
_ENDINGS = frozenset("ইএরমউ")
"""Letters that end a number, ৪২ই and ৫ম, and the one of উ. ৪২."""
_SHORT_UNITS = frozenset("mglhs")
_BEFORE_UNITS = (Kind.NUMBER, Kind.SLASH, Kind.DIVIDED, Kind.PER, Kind.RAISING, Kind.POWER)
_AFTER_SLASH = {
    "সে": Token(Kind.UNIT, unit=units.UNITS["second"]),
    "ঘ": Token(Kind.UNIT, unit=units.UNITS["hour"]),
}
"""Units where they stand in "মি/সে" and in "কিমি/ঘ"; elsewhere সে is "he"."""
_SEPARATING = (Kind.END, Kind.EQUALS, Kind.COMMA, Kind.OR, Kind.THEN)
_NUMERIC = (Kind.NUMBER, Kind.SPOKEN, Kind.NINE, Kind.READY)
_PLAIN = {
    "percent": Token(Kind.PERCENT),
    "equals": Token(Kind.EQUALS),
    "then": Token(Kind.THEN),
    "slash": Token(Kind.SLASH),
    "divided": Token(Kind.DIVIDED),
    "star": Token(Kind.STAR),
    "plus": Token(Kind.PLUS),
    "root": Token(Kind.ROOT),
    "comma": Token(Kind.COMMA),
    "end": Token(Kind.END),
    "caret": Token(Kind.CARET),
    "operator": Token(Kind.OPERATOR),
    "refused": Token(Kind.REFUSED),
    "hedge": Token(Kind.HEDGE),
    "plusminus": Token(Kind.PLUS_MINUS),
    "currency": Token(Kind.UNIT, unit=units.UNITS["taka"]),
}
_MINUS = Token(Kind.MINUS)
_COMMA = Token(Kind.COMMA)
_TURNED = {"=<": "<=", "≤": "<=", "≥": ">="}


def tokens(
    spelled: str, letters: frozenset[str] = frozenset(), *, grouping: bool = True
) -> Iterator[Token]:
    """The pieces of a spelled text; what says nothing of numbers comes as words or not at all.

    `letters` are the unknowns that the problem has; without `grouping` each comma separates.
    """
    before = Token(Kind.END)
    numbered = False
    for match in _TOKEN.finditer(spelled):
        group = match.lastgroup or ""
        if group == "space":
            continue
        if group == "number":
            some = _number(match[0], grouping=grouping)
        elif group == "word":
            some = _word(match, before, letters)
        elif group in _PLAIN:
            some = (_PLAIN[group],)
        else:
            some = _sign(group, match, before, numbered=numbered)
        for token in some:
            if token.kind in _SEPARATING:
                numbered = False
            numbered = numbered or token.kind in _NUMERIC
            before = token
            yield token


def _number(digits: str, *, grouping: bool) -> tuple[Token, ...]:
    decimals = len(digits.partition(".")[2])
    if "," not in digits:
        plain = digits.replace(" ", "")
        return (Token(Kind.NUMBER, Fraction(plain), decimals, word=plain),)
    value = numerals.grouped(digits) if grouping else None
    if value is not None:
        return (Token(Kind.NUMBER, value, decimals),)
    if grouping and (digits.count(",") > 1 or len(digits.rpartition(",")[2]) > 2):
        return (Token(Kind.REFUSED),)
    separated: list[Token] = []
    for one in digits.split(","):
        separated += (*_number(one, grouping=False), _COMMA)
    return tuple(separated[:-1])


def _word(match: re.Match[str], before: Token, letters: frozenset[str]) -> tuple[Token, ...]:
    word = match[0]
    if letters and letters.issuperset(word) and (len(word) <= len(letters) + 2):
        return tuple(Token(Kind.LETTER, word=letter) for letter in word)
    if before.kind is Kind.SLASH and word in _AFTER_SLASH:
        return (_AFTER_SLASH[word],)
    return meaning(word) if len(word) > 1 or not word.isalpha() else _letter(match, before)


def _letter(match: re.Match[str], before: Token) -> tuple[Token, ...]:
    """One letter: the x between two numbers, a short unit after one, or an unknown."""
    word = match[0]
    follows_number = before.kind in _NUMERIC
    if word == "x" and follows_number and match.string[match.end() :].lstrip()[:1].isdigit():
        return (Token(Kind.STAR),)
    if word in _SHORT_UNITS and before.kind not in _BEFORE_UNITS and before.word != "in":
        return (Token(Kind.LETTER, word=word),)
    known = meaning(word)
    if known[0].kind is not Kind.WORD:
        return known
    is_person = word == "i" and match.string[match.start() - 1 : match.start()].isspace()
    is_unknown = not is_person and word not in _ENDINGS and (follows_number or word not in "ai")
    return (Token(Kind.LETTER if is_unknown else Kind.WORD, word=word),)


def _sign(group: str, match: re.Match[str], before: Token, *, numbered: bool) -> tuple[Token, ...]:
    sign = match[0]
    if group == "scientific":
        return _scientific(sign)
    if group == "dash":
        token = _dash(match, before, numbered=numbered)
    elif group == "colon":
        token = _colon(match, numbered=numbered)
    elif group == "compared":
        token = Token(Kind.COMPARED, word=_TURNED.get(sign, sign))
    elif group == "power":
        exponent = sign.strip("^*(){} ")
        token = Token(Kind.POWER, Fraction(exponent), word=f"^{exponent}")
    elif group in ("open", "close"):
        kind = Kind.OPEN if group == "open" else Kind.CLOSE
        token = Token(kind, word=sign, part=_touches_number(match))
    elif unicodedata.category(sign) in _MEANINGFUL:
        token = Token(Kind.OPERATOR)
    else:
        return ()
    return (token,)


def _scientific(digits: str) -> tuple[Token, ...]:
    """1.5e3 as 1.5 × 10^3."""
    front, _, exponent = digits.partition("e")
    ten = Token(Kind.NUMBER, Fraction(10), word="10")
    power = Token(Kind.POWER, Fraction(exponent), word=f"^{exponent}")
    return *_number(front.removesuffix("."), grouping=False), Token(Kind.STAR), ten, power


def _dash(match: re.Match[str], before: Token, *, numbered: bool) -> Token:
    """A minus, or the dash of "Answer - 5"; "Answer-5" may be either, and is refused."""
    if numbered or before.kind not in (Kind.WORD, Kind.UNIT, Kind.LETTER):
        return _MINUS
    text, at = match.string, match.start()
    if before.kind is Kind.LETTER:
        return _MINUS
    spaced_after = not text[at + 1 : at + 2].strip()
    if spaced_after:
        return _PLAIN["equals"]
    return Token(Kind.OPERATOR) if text[at - 1 : at].strip() else _MINUS


def _colon(match: re.Match[str], *, numbered: bool) -> Token:
    """The colon of "Answer: 5" or of a ratio; "Answer:-5" and 2:-3 may mean two things."""
    if numbered:
        return Token(Kind.COLON if match[0] != ":-" else Kind.OPERATOR)
    ambiguous = match[0] == ":-" and match.string[match.end() : match.end() + 1].isdigit()
    return Token(Kind.OPERATOR) if ambiguous else _PLAIN["equals"]


def _touches_number(match: re.Match[str]) -> bool:
    """A bracket between digits multiplies them: 2(3) is not 2 and not 23; 2(approx) is 2."""
    text, start, end = match.string, match.start(), match.end()
    is_remark = text[end : end + 2].isalpha() or "অ" <= text[end : end + 1] <= "হ"
    return (match[0] in "([{" and text[start - 1 : start].isdigit() and not is_remark) or (
        match[0] in ")]}" and text[end : end + 1].isdigit()
    )
