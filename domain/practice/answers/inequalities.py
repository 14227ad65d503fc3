"""Whether an inequality is right: on which side of which values an unknown lies."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from domain.errors import Mistake
from domain.practice.answers import amounts, reading
from domain.practice.answers.numerals import fold
from domain.practice.answers.sides import split, unreadable
from domain.practice.answers.spelling import spelled
from domain.practice.answers.verdicts import RIGHT, Asked, Reason, Verdict, wrong
from domain.practice.answers.vocabulary import Kind, Token

_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_MOST_BOUNDS = 4
_SEPARATING = (Kind.COMMA, Kind.END, Kind.AND)
_PHRASES = {
    # Before the number, as in English; the longest first.
    "greater than or equal to": ">=", "greater than or equals": ">=", "greater than or equal": ">=",
    "more than or equal to": ">=", "bigger than or equal to": ">=", "greater or equal to": ">=",
    "less than or equal to": "<=", "less than or equals": "<=", "less than or equal": "<=",
    "smaller than or equal to": "<=", "less or equal to": "<=",
    "not less than": ">=", "not smaller than": ">=", "not more than": "<=",
    "not greater than": "<=", "no less than": ">=", "no more than": "<=",
    "greater than": ">", "more than": ">", "bigger than": ">", "larger than": ">",
    "less than": "<", "smaller than": "<", "fewer than": "<",
    "at least": ">=", "at most": "<=", "minimum": ">=", "maximum": "<=",
    "কমপক্ষে": ">=", "অন্তত": ">=", "সর্বনিম্ন": ">=", "ন্যূনতম": ">=",
    "সর্বোচ্চ": "<=", "বড়জোর": "<=", "অনূর্ধ্ব": "<=", "সর্বাধিক": "<=",
    "komopokkhe": ">=", "kompokkhe": ">=", "sorbocco": "<=", "sorboccho": "<=",
}  # fmt: skip
_AFTER = {
    # After the number, as in Bengali.
    "এর সমান বা বড়": ">=", "এর সমান অথবা বড়": ">=", "এর সমান বা বেশি": ">=",
    "এর সমান বা ছোট": "<=", "এর সমান অথবা ছোট": "<=", "এর সমান বা কম": "<=",
    "এর চেয়ে বড় বা সমান": ">=", "এর চেয়ে বেশি বা সমান": ">=", "থেকে বড় বা সমান": ">=",
    "এর থেকে বড় বা সমান": ">=", "এর চেয়ে ছোট বা সমান": "<=", "এর চেয়ে কম বা সমান": "<=",
    "এর থেকে ছোট বা সমান": "<=", "এর বড় বা সমান": ">=", "এর ছোট বা সমান": "<=",
    "বা তার বেশি": ">=", "বা তার চেয়ে বেশি": ">=", "বা তার চেয়ে বড়": ">=", "বা এর বেশি": ">=",
    "বা তার কম": "<=", "বা তার চেয়ে কম": "<=", "বা তার চেয়ে ছোট": "<=", "বা এর কম": "<=",
    "or more": ">=", "or greater": ">=", "or above": ">=", "or less": "<=", "or below": "<=",
    "or fewer": "<=",
    "এর চেয়ে বড়": ">", "এর চেয়ে বেশি": ">", "এর থেকে বড়": ">", "এর থেকে বেশি": ">",
    "চেয়ে বড়": ">", "চেয়ে বেশি": ">", "থেকে বড়": ">", "থেকে বেশি": ">", "এর বেশি": ">",
    "অপেক্ষা বড়": ">", "অপেক্ষা বৃহত্তর": ">", "এর বড়": ">",
    "এর চেয়ে ছোট": "<", "এর চেয়ে কম": "<", "এর থেকে ছোট": "<", "এর থেকে কম": "<",
    "চেয়ে ছোট": "<", "চেয়ে কম": "<", "থেকে ছোট": "<", "থেকে কম": "<", "এর কম": "<",
    "অপেক্ষা ছোট": "<", "অপেক্ষা ক্ষুদ্রতর": "<", "এর ছোট": "<",
    "er cheye boro": ">", "er cheye beshi": ">", "er theke boro": ">", "er theke beshi": ">",
    "er beshi": ">", "er boro": ">", "er cheye choto": "<", "er cheye kom": "<",
    "er theke choto": "<", "er theke kom": "<", "er kom": "<", "er choto": "<",
    "theke boro": ">", "theke choto": "<", "cheye boro": ">", "cheye choto": "<",
}  # fmt: skip


def _pattern(phrases: Mapping[str, str]) -> str:
    by_length = sorted(map(fold, phrases), key=len, reverse=True)
    return "|".join(map(re.escape, by_length))


_BEFORE_NUMBER = re.compile(rf"(?<!\w)(?:{_pattern(_PHRASES)})(?!\w)")
_AFTER_NUMBER = re.compile(
    r"(?<![0-9])(-? ?[0-9]{1,15}(?:[./ ][0-9]{1,15}){0,3})[ -]{0,3}"
    rf"({_pattern(_AFTER)})(?![\w\u0981-\u09cd])"
)
_MINUS_WORDS = re.compile(fold("(?<!\\w)(?:মাইনাস|ঋণাত্মক|minus|negative) +(?=[0-9])"))
_APART = re.compile("([<>]) ?(?:or |বা )?=")
_REVERSED = re.compile("= ([<>])(?= ?-?[0-9])")
_ARROW_BEFORE_NUMBER = re.compile(r"=>(?=\s*-?\s*[0-9])")
_SIGNS = {fold(phrase): sign for phrase, sign in (_PHRASES | _AFTER).items()}


@dataclass(frozen=True, slots=True)
class _Bound:
    """The unknown stands left of `sign`: x <= 3."""

    sign: str
    value: Fraction


def judge(given: str, expected: str, asked: Asked) -> Verdict:
    letter, right = _expected(expected)
    said_letters, said = _read(given, letter, asked)
    if said_letters - {letter}:
        return wrong(Reason.WRONG)
    if said == right:
        return RIGHT
    if said < right:
        return wrong(Reason.INCOMPLETE)
    return wrong(_reason(said, right))


def _reason(said: frozenset[_Bound], right: frozenset[_Bound]) -> Reason:
    if said == {_Bound(_TURNED[one.sign], one.value) for one in right}:
        return Reason.WRONG_DIRECTION
    loose = {(one.sign[0], one.value) for one in said}
    if loose == {(one.sign[0], one.value) for one in right}:
        return Reason.OPEN_OR_CLOSED
    if said == {_Bound(one.sign, -one.value) for one in right}:
        return Reason.WRONG_SIGN
    return Reason.WRONG


@lru_cache(maxsize=4096)
def _expected(text: str) -> tuple[str, frozenset[_Bound]]:
    letter = next(filter(str.isalpha, text.casefold()), "")
    try:
        letters, bounds = _read(text, letter, Asked())
    except Mistake:
        letters, bounds = frozenset(), frozenset()
    if not bounds or letters != {letter}:
        raise ValueError("not an inequality such as x > 3")
    return letter, bounds


def _read(text: str, letter: str, asked: Asked) -> tuple[frozenset[str], frozenset[_Bound]]:
    """The letters that are bounded (none in "> 3"), and their bounds."""
    reading.refuse_long(text)
    found = reading.pieces_of(_in_signs(spelled(text)), frozenset(letter))
    if any(token.kind in (Kind.HEDGE, Kind.OR, Kind.PLUS_MINUS) for token in found):
        raise unreadable()
    last = max((at for at, token in enumerate(found) if token.kind is Kind.THEN), default=-1)
    letters: set[str] = set()
    bounds: set[_Bound] = set()
    for run in split(found[last + 1 :], lambda token: token.kind in _SEPARATING):
        if not bounds and _is_working(run):
            continue
        for name, bound in _bounds(run, asked):
            letters |= {name} - {""}
            bounds.add(bound)
    if not bounds or len(bounds) > _MOST_BOUNDS or len(letters) > 1:
        raise unreadable()
    return frozenset(letters), frozenset(bounds)


def _is_working(run: Sequence[Token]) -> bool:
    """Whether the unknown still stands in a sum with a number: 2x > 6."""
    sides = split(run, lambda token: token.kind in (Kind.COMPARED, Kind.EQUALS))
    return any({Kind.LETTER, Kind.NUMBER} <= {token.kind for token in side} for side in sides)


def _in_signs(spelled: str) -> str:
    """With the signs for words: "> 3" for "3 এর চেয়ে বড়" and for "greater than 3"."""
    plain = _APART.sub(r"\1=", _MINUS_WORDS.sub("-", spelled))
    plain = _REVERSED.sub(r"\1=", plain)
    plain = _ARROW_BEFORE_NUMBER.sub(">=", plain)
    plain = _AFTER_NUMBER.sub(lambda match: f" {_SIGNS[match[2]]} {match[1]} ", plain)
    return _BEFORE_NUMBER.sub(lambda match: f" {_SIGNS[match[0]]} ", plain)


def _bounds(run: Sequence[Token], asked: Asked) -> Iterator[tuple[str, _Bound]]:
    sides: list[list[Token]] = [[]]
    signs: list[str] = []
    for token in run:
        if token.kind is Kind.COMPARED:
            signs.append(token.word)
            sides.append([])
        else:
            sides[-1].append(token)
    if not signs:
        if any(token.kind in (Kind.NUMBER, Kind.ROOT) for token in run):
            raise unreadable()
        return
    read = [_side(side, asked) for side in sides]
    for left, sign, right in zip(read, signs, read[1:], strict=False):
        if isinstance(left, str) and isinstance(right, Fraction):
            yield left, _Bound(sign, right)
        elif isinstance(left, Fraction) and isinstance(right, str) and right:
            yield right, _Bound(_TURNED[sign], left)
        else:
            raise unreadable()


def _side(side: Sequence[Token], asked: Asked) -> str | Fraction:
    """The unknown, the value, or "" where nothing stands but words."""
    names = [token.word for token in side if token.kind is Kind.LETTER]
    plain = [token for token in side if token.kind not in (Kind.EQUALS, Kind.WORD)]
    bare = [token for token in plain if token.kind not in (Kind.OPEN, Kind.CLOSE)]
    if len(names) == len(bare) <= 1:
        return names[0] if names else ""
    if names:
        raise unreadable()
    value = amounts.value_in(reading.single(plain), asked.unit)
    if value is None:
        raise unreadable()
    return value
