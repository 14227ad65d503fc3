"""The words with which days and times are said: Bengali, English, Bengali in Latin letters."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from fractions import Fraction

from domain.practice.answers.numerals import fold
from domain.practice.answers.words import LEADS, NINE, NINE_OR_NOT, NUMBERS, READY


class Kind(Enum):
    """What a token says."""

    NUMBER = auto()
    LEAD = auto()
    """What is added to the number after it: সাড়ে."""
    DATE = auto()
    """A date in figures: day, month, year or None."""
    CLOCK = auto()
    """A time in figures: hour, minute, whether it must be by 24 hours."""
    OFFSET = auto()
    """Days from today."""
    WEEKDAY = auto()
    """From Monday, 0."""
    MONTH = auto()
    PART = auto()
    HALF = auto()
    """am or pm."""
    MARK = auto()
    """After an hour: টা."""
    ORDINAL = auto()
    """After a day of the month: 25th, ২৫শে, ২৫ তারিখ."""
    UNIT = auto()
    NEXT = auto()
    THIS = auto()
    LAST = auto()
    LATER = auto()
    BEFORE = auto()
    AGO = auto()
    END = auto()
    WEEKEND = auto()
    AT = auto()
    PAST = auto()
    TO = auto()
    NOW = auto()
    ARTICLE = auto()
    """One, before a unit: a week."""
    FILLER = auto()


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    value: Fraction | int | str | tuple[int | None, ...] = 0
    word: str = ""


_TABLE = """
OFFSET 0 today todays আজ আজকে আজকের aj ajke ajker aaj aajke aajker tdy
OFFSET 1 tomorrow tomorow tommorow tommorrow tomorrows tmrw tmr tmrow আগামীকাল আগামিকাল কাল কালকে কালকের
OFFSET 1 agamikal agamikaal kal kaal kalke kalker kaalke
OFFSET 2 overmorrow পরশু পরশুদিন পরশুর porshu porsu parshu porshudin poroshu
OFFSET 3 তরশু torshu
OFFSET -1 yesterday গতকাল gotokal gotokaal
WEEKDAY 0 monday mon সোমবার সোম somobar shombar sombar shomobar
WEEKDAY 1 tuesday tue tues মঙ্গলবার মঙ্গল mongolbar mongol
WEEKDAY 2 wednesday wed weds বুধবার বুধ budhbar budh
WEEKDAY 3 thursday thu thur thurs বৃহস্পতিবার বৃহস্পতি বৃহঃ brihospotibar brihoshpotibar brihospoti
WEEKDAY 4 friday fri শুক্রবার শুক্র shukrobar sukrobar shukrabar shukro jumabar
WEEKDAY 5 saturday sat শনিবার শনি shonibar sonibar shanibar shoni
WEEKDAY 6 sunday sun রবিবার রবি রোববার robibar robbar rabibar robi
MONTH 1 january jan জানুয়ারি জানুয়ারী জানু
MONTH 2 february feb ফেব্রুয়ারি ফেব্রুয়ারী ফেব্রু ফেব
MONTH 3 march mar মার্চ
MONTH 4 april apr এপ্রিল এপ্রি
MONTH 5 may মে
MONTH 6 june jun জুন
MONTH 7 july jul জুলাই জুল
MONTH 8 august aug আগস্ট আগ অগাস্ট আগষ্ট অগস্ট
MONTH 9 september sep sept সেপ্টেম্বর সেপ্টেমবর সেপ্ট সেপ
MONTH 10 october oct অক্টোবর অক্টো
MONTH 11 november nov নভেম্বর নবেম্বর নভে
MONTH 12 december dec ডিসেম্বর ডিসে disembor
PART dawn dawn ভোর ভোররাত bhor vor bhorbela
PART morning morning সকাল সকালবেলা sokal shokal sakal sokalbela
PART midday দুপুর দুপুরবেলা dupur dupurbela
PART noon noon midday
PART afternoon afternoon বিকাল বিকেল বিকালবেলা বিকেলবেলা bikal bikel bikaal
PART evening evening eve সন্ধ্যা সন্ধ্যে সন্ধ্যাবেলা সন্ধা sondha sondhya shondha shondhya sandhya sondhay
PART night night রাত রাত্রি রাত্রে rat raat raatre ratre
PART midnight midnight মধ্যরাত মাঝরাত moddhorat majhrat
HALF am am এএম
HALF pm pm পিএম
MARK 0 টা টায় টার টাই টে টাতে ta tay tar tai tae taay taye
ORDINAL 0 st nd rd th ই শে এ লা রা ঠা তারিখ তারিখে তারিখের তাং tarikh tarikhe tarikher
UNIT minute minute minutes min mins মিনিট minit
UNIT hour hour hours hr hrs ঘণ্টা ঘন্টা ghonta ghanta
UNIT day day days দিন din
UNIT week week weeks wk wks সপ্তাহ সপ্তা হপ্তা shoptaho soptaho shoptah soptah hopta
UNIT month month months মাস mas mash maas
UNIT year year years বছর bochor
NEXT 0 next coming upcoming আগামী আগামি সামনের পরের পরবর্তী agami samner shamner porer
THIS 0 this এই এ ei
LAST 0 last previous গত বিগত goto
LATER 0 later from in within after পর পরে বাদে por pore poray bade
BEFORE 0 before আগে age
AGO 0 ago
END 0 end শেষ শেষে শেষের shesh sheshe
WEEKEND 0 weekend সপ্তাহান্ত
AT 0 at
PAST 0 past
TO 0 to
NOW 0 now এখন এখনই এখনি ekhon ekhoni ekhonoi
ARTICLE 1 a an
FILLER 0 on by the of o clock oclock sharp till until untill upto due time date for is and t hrs
FILLER 0 মধ্যে ভিতরে ভেতরে পর্যন্ত সময় থেকে বার বাজে বাজলে বেজে বেলা ঠিক ও এর র এ তে যেন
FILLER 0 moddhe modhe modhye moddhye vitore bhitore porjonto somoy theke bar baje bela thik er e eod
"""
SEVEN = "sat"
"""Saturday where it stands alone, সাত where it is counted."""
_ENDINGS = ("ের", "ে", "র", "য়", "তে", "কে", "ই", "টা", "টি", "এ", "er", "e", "y", "r", "te", "ei")


def _words() -> Iterator[tuple[str, Token]]:
    for row in _TABLE.strip().split("\n"):
        name, value, *words = row.split()
        for word in words:
            meant = int(value) if value.lstrip("-").isdigit() else value
            yield fold(word), Token(Kind[name], meant, fold(word))


def _numbers() -> Iterator[tuple[str, Token]]:
    for table, kind in ((NUMBERS, Kind.NUMBER), (READY, Kind.NUMBER), (LEADS, Kind.LEAD)):
        for word, value in table.items():
            yield word, Token(kind, value, word)
    for word in NINE_OR_NOT | NINE:
        yield word, Token(Kind.NUMBER, Fraction(9), word)
    for word in map(fold, ("ছ'টা", "ছটা", "chhota")):
        yield word, Token(Kind.NUMBER, Fraction(6), word)
    yield "quarter", Token(Kind.NUMBER, Fraction(1, 4), "quarter")


_DAYS = dict(reversed(list(_words())))
"""The first row that has a word wins."""
_WORDS: Mapping[str, Token] = dict(_numbers()) | _DAYS
_UNITS = tuple(word for word, token in _DAYS.items() if token.kind is Kind.UNIT)
_MARKS = tuple(word for word, token in _DAYS.items() if token.kind is Kind.MARK)
_FOLDED_ENDINGS = tuple(dict.fromkeys(map(fold, _ENDINGS)))
_TOKEN = re.compile(
    r"(?P<iso>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?!\d)"
    r"|(?P<dmy>\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d\d))(?!\d)"
    r"|(?P<clock>\d{1,2}[:.]\d\d(?::\d\d)?)(?!\d)"
    r"|(?P<dm>\d{1,2}[-/.]\d{1,2})(?!\d)"
    r"|(?P<number>\d+)"
    r"|(?P<word>[a-z\u0980-\u09ff]+)"
    r"|(?P<between>[\s,;()|'\"!?।.:@-]+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_SPELLINGS = (
    (re.compile(r"\b([ap])\.\s?m\b\.?"), r"\1m"),
    (re.compile(r"\bday\s+after\s+(?:tomorrow|tmrw|tmr)\b"), "overmorrow"),
    (re.compile(r"\btonight\b|\btonite\b"), "today night"),
    (re.compile(r"\bo[' ]?clock\b"), " "),
    (re.compile(r"\bright now\b|\bat once\b"), "now"),
)


def tokens(text: str) -> list[Token] | None:
    """The text's tokens, without what says nothing; None where a word or sign is unknown."""
    folded = fold(text)
    for pattern, plain in _SPELLINGS:
        folded = pattern.sub(plain, folded)
    found = []
    for match in _TOKEN.finditer(folded):
        if match.lastgroup == "between":
            continue
        read = _read(match.lastgroup or "", match[0])
        if read is None:
            return None
        found += read
    return _telling(found)


def _telling(tokens: list[Token]) -> list[Token]:
    """Without what says nothing: "a" counts in "a week", and not in "half an hour"."""
    kept = [token for token in tokens if token.kind is not Kind.FILLER]
    kinds = [None, *(token.kind for token in kept), None]
    return [
        replace(token, kind=Kind.NUMBER) if token.kind is Kind.ARTICLE else token
        for token, before, after in zip(kept, kinds, kinds[2:], strict=False)
        if token.kind is not Kind.ARTICLE or (after is Kind.UNIT and before is not Kind.NUMBER)
    ]


def _read(group: str, text: str) -> list[Token] | None:
    if group == "number":
        return [Token(Kind.NUMBER, Fraction(text), text)] if len(text) <= 6 else None
    if group == "word":
        return _word(text)
    if group == "other":
        return None
    figures = [int(one) for one in re.split("[-/.:]", text)]
    if group == "iso":
        return [Token(Kind.DATE, (figures[2], figures[1], figures[0]), "iso")]
    if group == "clock" and (":" in text or (figures[0] <= 24 and figures[1] < 60)):
        exact = text.startswith("0") or figures[0] > 12
        return [Token(Kind.CLOCK, (figures[0], figures[1], int(exact)), text)]
    year = None if len(figures) < 3 else figures[2] + (2000 if figures[2] < 100 else 0)
    return [Token(Kind.DATE, (figures[0], figures[1], year))]


def _word(word: str) -> list[Token] | None:
    """A word as it stands, a number with its টা or its unit, or a word with a case ending."""
    if word in _WORDS:
        return [_WORDS[word]]
    for mark in _MARKS:
        stem = word.removesuffix(mark)
        if stem != word and _is_number(stem):
            return [_number(stem), Token(Kind.MARK)]
    for unit in _UNITS:
        stem = word.removesuffix(unit)
        if stem != word and _is_number(stem):
            return [_number(stem), _WORDS[unit]]
    for ending in _FOLDED_ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1 and stem in _WORDS:
            return [_WORDS[stem]]
    return None


def _is_number(word: str) -> bool:
    return word == SEVEN or (word in _WORDS and _WORDS[word].kind is Kind.NUMBER)


def _number(word: str) -> Token:
    return _WORDS["saat" if word == SEVEN else word]
