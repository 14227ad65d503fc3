"""Numbers in words, joined with each other and with digits: সাড়ে তিন হাজার, 5 lakh 20 thousand."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from domain.practice.answers import words
from domain.practice.answers.vocabulary import Kind, Token

_COUNTS = (Kind.NUMBER, Kind.SPOKEN, Kind.NINE)
_JOINABLE = frozenset(
    (Kind.SPOKEN, Kind.READY, Kind.SCALE, Kind.PART, Kind.LEAD, Kind.NINE, Kind.POINT, Kind.PARTS)
)
_ARTICLES = frozenset(("a", "an"))
_OF = frozenset(("of", "a", "an"))
_HUNDRED = 100
_COUNT_NOUNS = (4, 12)
"""হালি and dozen: nothing is counted on after them."""


def joined(pieces: Sequence[Token]) -> list[Token]:
    """The same tokens with each number that is said in words as one NUMBER."""
    if not any(token.kind in _JOINABLE for token in pieces):
        return list(pieces)
    pieces = _settled(pieces)
    found: list[Token] = []
    at = 0
    while at < len(pieces):
        kind = pieces[at].kind
        after_slash = bool(found) and found[-1].kind is Kind.SLASH
        left_over = kind is Kind.SCALE and found and found[-1].kind is Kind.NUMBER
        if left_over:  # 2 1/2 dozen
            found.append(pieces[at])
            at += 1
        elif kind is Kind.READY and pieces[at].part and _adds_to_a_count(pieces, at):
            found.append(replace(pieces[at], kind=Kind.NUMBER))
            at += 1
        elif kind in _COUNTS or kind in (Kind.READY, Kind.LEAD, Kind.SCALE, Kind.POINT):
            token, at = _Phrase(pieces, at, alone=after_slash).read()
            found.append(token)
        elif kind is Kind.PART:
            found.append(replace(pieces[at], kind=Kind.WORD))
            at += 1
        else:
            found.append(pieces[at])
            at += 1
    return found


def _adds_to_a_count(pieces: Sequence[Token], at: int) -> bool:
    """Whether a half belongs to the number before it: one and a half lakh."""
    return at > 1 and pieces[at - 1].kind is Kind.AND and pieces[at - 2].kind in _COUNTS


def _settled(pieces: Sequence[Token]) -> list[Token]:
    """নয় read as 9 where no number stands before it, else as "not"; articles left out."""
    settled: list[Token] = []
    numbered = False
    for at, token in enumerate(pieces):
        following = pieces[at + 1].kind if at + 1 < len(pieces) else None
        if token.word == "half" and settled and settled[-1].word == "one":
            settled[-1] = token
        elif token.word == "quarter" and not (at and pieces[at - 1].kind in _COUNTS):
            settled.append(replace(token, kind=Kind.READY, value=Fraction(1, 4), part=True))
        elif token.kind is Kind.NINE:
            settled.append(replace(token, kind=Kind.REFUSED if numbered else Kind.SPOKEN))
        elif token.word in _ARTICLES and following in (Kind.READY, Kind.PART, Kind.SCALE):
            if following is Kind.PART and pieces[at + 1].word != "quarter":
                settled.append(Token(Kind.SPOKEN, Fraction(1)))
        elif token.word in _OF and settled and settled[-1].kind in (Kind.READY, Kind.PART):
            follows = {one.kind for one in pieces[at : at + 3]}
            if not follows & {Kind.UNIT, Kind.SCALE}:
                settled.append(token)
        else:
            settled.append(token)
        numbered = numbered or token.kind in _COUNTS
    return settled


class _Phrase:
    """One number in words and digits, read from left to right."""

    def __init__(self, pieces: Sequence[Token], at: int, *, alone: bool) -> None:
        self._pieces = pieces
        self._at = at
        self._alone = alone

    def read(self) -> tuple[Token, int]:
        """The number as a token, and where it ends; the first token itself if it is no number."""
        first = self._pieces[self._at]
        if first.kind is Kind.POINT:
            return self._pointed(Token(Kind.NUMBER))
        if first.kind is Kind.READY and self._kind(1) is not Kind.SCALE:
            return replace(first, kind=Kind.NUMBER), self._at + 1
        if first.kind is Kind.NUMBER and (self._alone or not self._goes_on()):
            return first, self._at + 1
        begun = self._at
        value = self._composed()
        single = self._at == begun + 1
        token = first if single else Token(Kind.NUMBER, value)
        token = replace(token, kind=Kind.NUMBER, value=value)
        if self._kind() is Kind.POINT:
            return self._pointed(token)
        return self._parted(token)

    def _goes_on(self) -> bool:
        if self._kind(1) is Kind.MINUS and self._kind(2) is Kind.PART:
            return True
        return self._kind(1) in (Kind.SCALE, Kind.PART, Kind.PARTS, Kind.POINT)

    def _kind(self, ahead: int = 0) -> Kind | None:
        at = self._at + ahead
        return self._pieces[at].kind if at < len(self._pieces) else None

    def _composed(self) -> Fraction:
        """Groups before falling scales: দুই লাখ পাঁচ হাজার তিন শত চল্লিশ."""
        total, last = Fraction(0), None
        group = self._group()
        while self._kind() is Kind.SCALE:
            scale = self._pieces[self._at].value
            if last is not None and scale >= last:
                break
            self._at += 1
            group *= scale
            if scale == _HUNDRED and self._continues(scale):
                group += self._group()
            elif scale != _HUNDRED or self._kind() is not Kind.SCALE:
                while self._kind() is Kind.SCALE:  # পাঁচ হাজার কোটি, five hundred dozen
                    group *= self._pieces[self._at].value
                    self._at += 1
                total, group, last = total + group, Fraction(0), scale
                if scale in _COUNT_NOUNS or not self._continues(scale):
                    break
                group = self._group()
        return total + group

    def _group(self) -> Fraction:
        token = self._pieces[self._at]
        lead = Fraction(0)
        if token.kind is Kind.LEAD:
            lead, self._at = token.value, self._at + 1
            if self._kind() not in _COUNTS:
                return Fraction(1) + lead
            token = self._pieces[self._at]
        if token.kind is Kind.SCALE:
            return Fraction(1)
        self._at += 1
        value = token.value + lead
        if token.value in words.TENS and token.word in words.ENGLISH:
            value += self._unit_after_ten()
        return value

    def _unit_after_ten(self) -> Fraction:
        dashed = self._kind() is Kind.MINUS
        at = self._at + dashed
        if at >= len(self._pieces):
            return Fraction(0)
        token = self._pieces[at]
        if token.kind is not Kind.SPOKEN or token.word not in words.ENGLISH or token.value > 9:
            return Fraction(0)
        self._at = at + 1
        return token.value

    def _continues(self, scale: Fraction) -> bool:
        """Whether a smaller number follows, after "and" only where both are words."""
        ahead = 0
        if self._kind() is Kind.AND and self._pieces[self._at].word == "and":
            if self._kind(1) is not Kind.SPOKEN:
                return False
            ahead = 1
        if self._kind(ahead) not in (Kind.NUMBER, Kind.SPOKEN, Kind.LEAD):
            return False
        at = self._at + ahead
        if self._pieces[at].value >= scale or self._kind(ahead + 1) is Kind.SLASH:
            return False
        if self._kind(ahead + 1) in (Kind.PART, Kind.PARTS, Kind.POINT):
            return False
        self._at = at
        return True

    def _pointed(self, whole: Token) -> tuple[Token, int]:
        """চার দশমিক দুই পাঁচ: the digits after the point, one by one or together."""
        self._at += 1
        digits = ""
        while self._kind() in (Kind.NUMBER, Kind.SPOKEN):
            token = self._pieces[self._at]
            if token.value.denominator != 1 or (token.kind is Kind.NUMBER and not token.word):
                break
            digits += token.word if token.kind is Kind.NUMBER else str(token.value)
            self._at += 1
            if token.kind is Kind.NUMBER:
                break
        if not digits.isdecimal() or whole.value.denominator != 1:
            return Token(Kind.REFUSED), self._at
        value = whole.value + Fraction(int(digits), 10 ** len(digits))
        return Token(Kind.NUMBER, value, len(digits)), self._at

    def _parted(self, token: Token) -> tuple[Token, int]:
        """Three quarters, তিন চতুর্থাংশ, চার ভাগের তিন."""
        dashed = self._kind() is Kind.MINUS
        whole = token.value.denominator == 1
        if whole and self._kind(dashed) is Kind.PART:
            below = self._pieces[self._at + dashed].value
            return Token(Kind.NUMBER, token.value / below, part=True), self._at + dashed + 1
        if whole and token.value and self._kind() is Kind.PARTS and self._kind(1) in _COUNTS:
            above = self._pieces[self._at + 1].value
            end = self._at + 2 + (self._kind(2) is Kind.SHARE)
            return Token(Kind.NUMBER, above / token.value, part=True), end
        return token, self._at
