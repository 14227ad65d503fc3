"""One language as the bot speaks it: catalogue, plurals, digits, dates, HTML-safe."""

import gettext
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from domain.people.records import Language

TEXTS = Path(__file__).parent.parent / "texts"
# Bangladesh writes its English with Bangladesh's own dates and grouping.
LOCALES = {Language.BN: "bn_BD", Language.EN: "en_IN"}
# The first hour after each part of the day: Bengali names six, English am and pm.
PARTS_OF_THE_DAY = (
    (4, "time.small_hours"),
    (6, "time.dawn"),
    (12, "time.morning"),
    (15, "time.noon"),
    (18, "time.afternoon"),
    (20, "time.evening"),
    (24, "time.night"),
)
BENGALI_DIGITS = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")


class Tongue:
    """Texts by key. Values are escaped for Telegram's HTML, so that no name becomes a tag."""

    def __init__(self, language: Language, topics: Mapping[str, Mapping[str, str]]) -> None:
        self.language = language
        self._locale = Locale.parse(LOCALES[language])
        self._catalogue = load_catalogue(language)
        self._topics = topics

    def t(self, key: str, **values: object) -> str:
        """The text of a key with its values put in, each escaped."""
        return _fill(self._catalogue.gettext(key), values)

    def plain(self, key: str, **values: object) -> str:
        """The same where no HTML is understood: labels, toasts, menus."""
        text = self._catalogue.gettext(key)
        return text.format(**values) if values else text

    def tn(self, key: str, count: int, **values: object) -> str:
        """The plural form for `count`, which the text may name {count}."""
        text = self._catalogue.ngettext(key, key, count)
        return _fill(text, {"count": self.number(count), **values})

    def number(self, value: float) -> str:
        """In the language's digits and grouping."""
        return self.digits(format_decimal(value, locale=self._locale))

    def share(self, value: float) -> str:
        """0.8 as 80% in the language's digits."""
        return self.digits(format_percent(value, locale=self._locale))

    def digits(self, text: str) -> str:
        """A text of numbers in the language's digits, otherwise unchanged."""
        return text.translate(BENGALI_DIGITS) if self.language is Language.BN else text

    def clock(self, instant: datetime | time) -> str:
        """The time of day; instants must be on the person's own clock already."""
        clock = self.digits(f"{(instant.hour - 1) % 12 + 1}:{instant.minute:02}")
        return self.t("time.clock", clock=clock, part=self.part_of_the_day(instant.hour))

    def part_of_the_day(self, hour: int) -> str:
        return self.t(next(key for end, key in PARTS_OF_THE_DAY if hour < end))

    def date(self, day: date, pattern: str = "d MMMM") -> str:
        written = format_date(day, format=pattern, locale=self._locale)
        # January and February: CLDR has an older spelling than the Bangla Academy's.
        return self.digits(written.replace("ারী", "ারি"))

    def moment(self, instant: datetime) -> str:
        """A day and a time; the instant must be on the person's own clock already."""
        day = self.date(instant.date(), "EEEE, d MMMM")
        return self.t("time.moment", day=day, clock=self.clock(instant))

    def duration(self, seconds: int) -> str:
        """Minutes, or seconds below two minutes."""
        if seconds < 120:
            return self.tn("common.seconds", seconds)
        return self.tn("common.minutes", round(seconds / 60))

    def topic(self, key: str) -> str:
        """A topic's title, or its key where the library does not know it any more."""
        return self._topics.get(key, {}).get(self.language, key)

    def pick(self, both: Mapping[str, str]) -> str:
        """Content that comes in both languages, escaped."""
        return escape(both[self.language], quote=False)

    def join(self, parts: Iterable[str]) -> str:
        return "\n\n".join(part for part in parts if part)


def _fill(text: str, values: Mapping[str, object]) -> str:
    if not values:
        return text
    return text.format(**{name: escape(str(value), quote=False) for name, value in values.items()})


@cache
def load_catalogue(language: Language) -> gettext.GNUTranslations:
    """Reads the PO files themselves, one an area: nothing to compile, nothing to forget."""
    catalogue = Catalog(locale=LOCALES[language])
    for path in sorted((TEXTS / language).glob("*.po")):
        with path.open("rb") as source:
            for message in read_po(source, locale=LOCALES[language]):
                if message.id:
                    catalogue[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
