"""What a phrase about a day and a time says, slot by slot, before any calendar is asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction

from domain.courses.date_words import SEVEN, Kind, Token
from domain.practice.answers.words import ENGLISH, TENS

LONGEST = timedelta(days=4000)
"""More than anybody means; what is longer is cut to it."""
_MINUTES = {"minute": 1, "hour": 60}
_DAYS = {"day": 1, "week": 7}
_AFTER_AN_HOUR = frozenset({Kind.MARK, Kind.HALF, Kind.PART})
_NO_MINUTES = frozenset({Kind.MONTH, Kind.ORDINAL, Kind.MARK})


class Unclear(Exception):
    """The phrase says nothing, or two things at once."""


@dataclass(slots=True)
class Phrase:
    """What was said. None and False: it was not."""

    offset: int | None = None
    weekday: int | None = None
    date: tuple[int, int | None, int | None] | None = None
    """Day, month, year."""
    months: int | None = None
    elapsed: timedelta | None = None
    """From this minute on."""
    clock: tuple[int, int] | None = None
    exact: bool = False
    """Whether the clock is by 24 hours."""
    part: str | None = None
    half: str | None = None
    unit: str | None = None
    """A week, month or day that is named without a number: next week."""
    said: set[Kind] = field(default_factory=set)

    @property
    def dated(self) -> bool:
        days = (self.offset, self.weekday, self.date, self.months)
        return any(one is not None for one in days) or bool(
            self.unit or {Kind.WEEKEND, Kind.LAST} & self.said
        )


def read_phrase(tokens: list[Token]) -> Phrase:
    """Raises Unclear."""
    return _Reader(tokens).read()


class _Reader:
    """Goes over the tokens once, from left to right, looking a few tokens ahead."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._bare: int | None = None
        self._phrase = Phrase()

    def read(self) -> Phrase:
        phrase = self._phrase
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            _HANDLED.get(token.kind, _Reader._flag)(self, token)
        if self._bare is not None:
            if not phrase.dated or phrase.clock:
                raise Unclear
            self._set_clock(self._bare, 0)
        self._check_unit()
        if not (phrase.dated or phrase.clock or phrase.elapsed or phrase.part):
            if Kind.NOW not in phrase.said:
                raise Unclear
            phrase.elapsed = timedelta()
        return phrase

    def _check_unit(self) -> None:
        """A unit without a number says which week, month or day; it goes with few other words."""
        phrase = self._phrase
        named = phrase.date is not None or phrase.offset is not None or phrase.months is not None
        if phrase.unit == "month":
            fine = not named or (phrase.date is not None and phrase.date[1] is None)
        elif phrase.unit == "day":
            fine = phrase.weekday is None and (not named or Kind.END in phrase.said)
        else:
            fine = phrase.unit in (None, "week") and (phrase.unit is None or not named)
        if not fine or (phrase.unit and not phrase.said & {Kind.NEXT, Kind.THIS, Kind.END}):
            raise Unclear

    def _peek(self, ahead: int = 0) -> Kind | None:
        place = self._at + ahead
        return self._tokens[place].kind if place < len(self._tokens) else None

    def _flag(self, token: Token) -> None:
        self._phrase.said.add(token.kind)

    def _offset(self, token: Token) -> None:
        self._once(self._phrase.offset)
        self._phrase.offset = int(str(token.value))

    def _weekday(self, token: Token) -> None:
        before = self._tokens[self._at - 2].kind if self._at > 1 else None
        if token.word == SEVEN and (
            self._peek() in (Kind.MARK, Kind.UNIT, Kind.ORDINAL) or before in (Kind.PART, Kind.LEAD)
        ):
            self._number(Token(Kind.NUMBER, Fraction(7), "saat"))
            return
        self._once(self._phrase.weekday)
        self._phrase.weekday = int(str(token.value))

    def _date(self, token: Token) -> None:
        self._once(self._phrase.date)
        if isinstance(token.value, tuple):
            day, month, year = token.value
            self._phrase.date = (day or 0, month, year)
            self._phrase.exact |= token.word == "iso"

    def _month(self, token: Token) -> None:
        if self._peek() is not Kind.NUMBER:
            raise Unclear
        self._at += 1
        self._day_of_month(self._whole(self._tokens[self._at - 1]), int(str(token.value)))

    def _clock(self, token: Token) -> None:
        if isinstance(token.value, tuple):
            hour, minute, exact = token.value
            self._phrase.exact |= bool(exact)
            self._set_clock(hour or 0, minute or 0)
        self._skip(Kind.MARK)

    def _part(self, token: Token) -> None:
        if (self._phrase.part, token.value) == ("night", "midnight"):
            self._phrase.part = None
        self._once(self._phrase.part, token.value)
        self._phrase.part = str(token.value)

    def _half(self, token: Token) -> None:
        self._once(self._phrase.half)
        self._phrase.half = str(token.value)

    def _unit(self, token: Token) -> None:
        self._once(self._phrase.unit)
        self._phrase.unit = str(token.value)

    def _lead(self, token: Token) -> None:
        if self._peek() is not Kind.NUMBER and not self._sat():
            raise Unclear
        after = self._tokens[self._at]
        self._at += 1
        number = Fraction(7) if after.word == SEVEN else Fraction(str(after.value))
        self._counted(number + Fraction(str(token.value)))

    def _sat(self) -> bool:
        return self._peek() is Kind.WEEKDAY and self._tokens[self._at].word == SEVEN

    def _number(self, token: Token) -> None:
        value = Fraction(str(token.value))
        if value in TENS and token.word in ENGLISH and self._peek() is Kind.NUMBER:
            unit = self._tokens[self._at]
            if unit.word in ENGLISH and 0 < Fraction(str(unit.value)) < 10:
                self._at += 1
                value += Fraction(str(unit.value))
        self._counted(value)

    def _counted(self, value: Fraction) -> None:
        following = self._peek()
        if following is Kind.UNIT and self._peek(1) not in (Kind.PAST, Kind.TO):
            self._at += 1
            self._duration(value, str(self._tokens[self._at - 1].value))
        elif following in (Kind.PAST, Kind.TO, Kind.UNIT):
            self._past_or_to(value)
        elif following in (Kind.ORDINAL, Kind.MONTH):
            self._day_first(value)
        else:
            self._hour(value)

    def _duration(self, value: Fraction, unit: str) -> None:
        phrase = self._phrase
        if unit in _MINUTES:
            minutes = min(value * _MINUTES[unit], Fraction(LONGEST // timedelta(minutes=1)))
            phrase.elapsed = (phrase.elapsed or timedelta()) + timedelta(minutes=round(minutes))
        elif value.denominator == 1 and unit in _DAYS:
            self._once(phrase.offset, 0)
            phrase.offset = min(int(value) * _DAYS[unit], LONGEST.days)
        elif value.denominator == 1:
            self._once(phrase.months)
            phrase.months = min(int(value) * (12 if unit == "year" else 1), 120)
        elif unit == "week" and (value * 7).denominator == 1:
            self._once(phrase.offset)
            phrase.offset = int(value * 7)
        else:
            raise Unclear
        if self._peek() is Kind.BEFORE:
            phrase.said.add(Kind.AGO)

    def _past_or_to(self, value: Fraction) -> None:
        """Quarter to six, ten minutes past six."""
        self._skip(Kind.UNIT)
        sign = 1 if self._peek() is Kind.PAST else -1
        self._at += 1
        if self._peek() is not Kind.NUMBER:
            raise Unclear
        hour = self._whole(self._tokens[self._at])
        self._at += 1
        minutes = value * 60 if value < 1 else value
        if not 0 < minutes < 60 or minutes.denominator > 1:
            raise Unclear
        total = (hour * 60 + sign * int(minutes)) % (12 * 60) or 12 * 60
        self._set_clock(total // 60 or 12, total % 60)

    def _day_first(self, value: Fraction) -> None:
        self._skip(Kind.ORDINAL)
        self._skip(Kind.ORDINAL)
        month = None
        if self._peek() is Kind.MONTH:
            month = int(str(self._tokens[self._at].value))
            self._at += 1
        if value.denominator > 1:
            raise Unclear
        self._day_of_month(int(value), month)

    def _day_of_month(self, day: int, month: int | None) -> None:
        self._skip(Kind.ORDINAL)
        year = None
        if self._peek() is Kind.NUMBER and month is not None:
            number = Fraction(str(self._tokens[self._at].value))
            if 1900 <= number <= 9999 and self._peek(1) is not Kind.HALF:
                year = int(number)
                self._at += 1
        self._once(self._phrase.date)
        self._phrase.date = (day, month, year)

    def _hour(self, value: Fraction) -> None:
        before = self._tokens[self._at - 2].kind if self._at > 1 else None
        sure = self._peek() in _AFTER_AN_HOUR or before in (Kind.PART, Kind.AT, Kind.LEAD)
        if 100 <= value <= 1259 and self._peek() is Kind.HALF:
            self._set_clock(int(value) // 100, int(value) % 100)
            return
        minutes = self._minutes(sure=sure) if value.denominator == 1 else int(value % 1 * 60)
        hour = int(value)
        if value.denominator > 1:
            hour = hour or 12
            self._skip(Kind.MARK)
        if sure or minutes is not None:
            self._set_clock(hour, minutes or 0)
        elif self._bare is not None:
            raise Unclear
        else:
            self._bare = hour

    def _minutes(self, *, sure: bool) -> int | None:
        """The minutes after a whole hour: ১১টা ৫৯ মিনিট, 11 59 pm."""
        marked = self._peek() is Kind.MARK
        self._skip(Kind.MARK)
        told = marked or sure or self._peek(1) in _AFTER_AN_HOUR
        if self._peek() is not Kind.NUMBER or not told:
            return None
        value = Fraction(str(self._tokens[self._at].value))
        minute_follows = self._peek(1) is Kind.UNIT and self._tokens[self._at + 1].value == "minute"
        other_follows = self._peek(1) in _NO_MINUTES or (
            self._peek(1) is Kind.UNIT and not minute_follows
        )
        if other_follows or value.denominator > 1 or value >= 60:
            return None
        self._at += 1
        self._skip(Kind.UNIT)
        return int(value)

    def _set_clock(self, hour: int, minute: int) -> None:
        self._once(self._phrase.clock)
        if hour > 24 or minute > 59 or (hour == 24 and minute):
            raise Unclear
        self._phrase.clock = (hour, minute)
        self._phrase.exact |= hour > 12 or hour == 0

    def _skip(self, kind: Kind) -> None:
        if self._peek() is kind:
            self._at += 1

    def _whole(self, token: Token) -> int:
        value = Fraction(str(token.value))
        if value.denominator > 1:
            raise Unclear
        return int(value)

    def _once(self, before: object, *same: object) -> None:
        """A slot is filled once, or with the same again."""
        if before is not None and before not in same:
            raise Unclear


_HANDLED: Mapping[Kind, Callable[[_Reader, Token], None]] = {
    Kind.OFFSET: _Reader._offset,
    Kind.WEEKDAY: _Reader._weekday,
    Kind.DATE: _Reader._date,
    Kind.MONTH: _Reader._month,
    Kind.CLOCK: _Reader._clock,
    Kind.PART: _Reader._part,
    Kind.HALF: _Reader._half,
    Kind.UNIT: _Reader._unit,
    Kind.LEAD: _Reader._lead,
    Kind.NUMBER: _Reader._number,
}
