"""The catalogues: complete, alike in both languages, each in its own script."""

import re
from collections.abc import Mapping
from datetime import date
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.views.tongue import LOCALES, TEXTS, Tongue
from domain.people.records import Language
from localchat.html_parser import parse_html
from tests.bot.said import composed, keys_said, modules, toasts

SOURCES = modules("bot")
KEYS, PLURAL = keys_said(SOURCES)

# Whoever has not chosen a language yet reads both.
IN_BOTH = frozenset({"people.ask_language"})
# What stays as it is in Bengali: code, names, what is typed as it stands, letters of algebra.
LATIN = re.compile(
    r"<code>[^<]*</code>|</?(?:b|i|code)>|\{\w+\}|/[a-z_]+|&[gl]t;|(?:\b|(?<=[০-৯]))[xy](?=²|\b)"
    r"|\b(?:Dars|AI|YAML|CSV|Tokyo|root)\b|@name\b"
)
AREAS_WITHOUT_HTML = (
    *("button", "picture", "menu", "unit", "zone"),
    *("class", "language", "role", "time"),
)
TO_GROWN_UPS = (
    "button.withdraw",
    "operations.",
    "holidays.",
    "library.",
    "teaching.",
    "building.",
    "roster.",
    "complaint.",
    "dates.",
    "package.",
    "problems.",
    "people.help_class_name",
    "people.help_roster",
    "courses.you_are_teacher",
    "join.owner",
    "join.teacher",
    "button.look",
)
OWN_NAMES = frozenset({"language.bn", "language.en"})
NO_HTML = tuple(f"{area}." for area in AREAS_WITHOUT_HTML)


def catalogues(language: Language) -> dict[str, Catalog]:
    """The catalogue of each area."""
    found = {}
    for path in sorted((TEXTS / language).glob("*.po")):
        with path.open("rb") as source:
            found[path.stem] = read_po(source, locale=LOCALES[language], abort_invalid=True)
    return found


def texts(source: Catalog) -> dict[str, list[str]]:
    """All forms of every text by its key."""
    found = {}
    for message in source:
        key = message.id if isinstance(message.id, str) else message.id[0]
        if key:
            forms = message.string or ""
            found[key] = [forms] if isinstance(forms, str) else list(forms)
    return found


CATALOGUES = {language: catalogues(language) for language in Language}
TEXT = {
    language: {
        key: forms for one in CATALOGUES[language].values() for key, forms in texts(one).items()
    }
    for language in Language
}


def messages(language: Language) -> list[Message]:
    return [message for one in CATALOGUES[language].values() for message in one if message.id]


def test_an_area_holds_the_same_texts_in_both_languages_and_no_text_stands_twice() -> None:
    areas = [
        {area: list(texts(one)) for area, one in CATALOGUES[language].items()}
        for language in Language
    ]
    assert areas[0] == areas[1]
    for language in Language:
        assert len(messages(language)) == len(TEXT[language])


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def missing_and_unused(found: Mapping[str, list[str]]) -> tuple[set[str], set[str]]:
    return KEYS - found.keys(), found.keys() - KEYS


@pytest.mark.parametrize("language", Language)
def test_every_text_that_is_asked_for_is_there_and_no_other(language: Language) -> None:
    assert missing_and_unused(TEXT[language]) == (set(), set())


@pytest.mark.parametrize("language", Language)
def test_a_text_taken_away_and_a_text_too_many_are_seen(language: Language) -> None:
    changed = {**TEXT[language], "practice.of_no_use": ["…"]}
    del changed["practice.header"]
    assert missing_and_unused(changed) == ({"practice.header"}, {"practice.of_no_use"})


def test_no_key_is_put_together_where_reading_cannot_find_it() -> None:
    assert composed(SOURCES) == []


@pytest.mark.parametrize("language", Language)
def test_no_text_is_empty_fuzzy_or_left_over(language: Language) -> None:
    assert not [key for key, forms in TEXT[language].items() if not all(map(str.strip, forms))]
    assert not [message.id for message in messages(language) if message.fuzzy]
    assert not any(one.obsolete for one in CATALOGUES[language].values())


@pytest.mark.parametrize("language", Language)
def test_a_count_has_every_form_its_language_needs(language: Language) -> None:
    found = {key for message in messages(language) if (key := plural_key(message))}
    assert found == PLURAL
    for key in found:
        assert len(TEXT[language][key]) == CATALOGUES[language]["common"].num_plurals, key


def plural_key(message: Message) -> str | None:
    if not isinstance(message.id, tuple):
        return None
    assert message.id[0] == message.id[1]
    return str(message.id[0])


@pytest.mark.parametrize("key", sorted(KEYS))
def test_both_languages_name_the_same_values(key: str) -> None:
    many = [fields(TEXT[language][key][-1]) for language in Language]
    assert many[0] == many[1]
    for language in Language:
        one = fields(TEXT[language][key][0])
        assert one in (many[0], many[0] - {"count"}), "the form for one may leave the number out"


@pytest.mark.parametrize("key", sorted(KEYS))
def test_every_text_is_html_that_telegram_takes(key: str) -> None:
    for language in Language:
        for form in TEXT[language][key]:
            plain, _ = parse_html(form)
            assert plain.strip() == plain
            if key.startswith(NO_HTML):
                assert plain == form, "no HTML where none is understood"


def in_other_script(key: str, language: Language, text: str) -> list[str]:
    """What does not belong into a text of this language."""
    if key in IN_BOTH | OWN_NAMES:
        return []
    if language is Language.BN:
        return re.findall(r"[A-Za-z0-9]+", LATIN.sub(" ", text))
    return re.findall(r"[\u0980-\u09ff]+", text)


@pytest.mark.parametrize("key", sorted(KEYS))
def test_each_language_keeps_to_its_script_and_digits(key: str) -> None:
    for language in Language:
        for form in TEXT[language][key]:
            assert in_other_script(key, language, form) == []


def test_foreign_letters_and_digits_would_be_seen() -> None:
    assert in_other_script("practice.hint", Language.BN, "<b>৩টি hint</b> ও 5টি") == ["hint", "5"]
    assert in_other_script("practice.hint", Language.EN, "3 ইঙ্গিত") == ["ইঙ্গিত"]


@pytest.mark.parametrize("language", Language)
def test_a_toast_fits_and_needs_no_html(language: Language) -> None:
    assert toasts(SOURCES)
    for key in toasts(SOURCES):
        for form in TEXT[language][key]:
            assert len(form) <= 200
            assert not set(form) & set("<>&")


def test_bengali_sentences_end_as_bengali_sentences_do() -> None:
    for key, forms in TEXT[Language.BN].items():
        for form in forms:
            assert not re.search(r"[\u0980-\u09ff]\.(?:\s|$)", form), key
            assert " ।" not in form, key


def test_students_are_addressed_as_tumi() -> None:
    formal = re.compile("আপনি|আপনার|আপনাকে|করুন|দিন\\b(?= এবং)|লিখুন|চাপুন")
    for key, forms in TEXT[Language.BN].items():
        if not key.startswith(TO_GROWN_UPS):
            assert not [form for form in forms if formal.search(form)], key


def test_a_name_never_becomes_a_tag() -> None:
    tongue = Tongue(Language.EN, {})
    said = tongue.t("people.welcome_back", name="<b>&{name}")
    assert parse_html(said)[0] == "Good to see you again, <b>&{name}. What shall we do today?"


def test_counts_take_their_form_and_their_digits() -> None:
    english, bengali = Tongue(Language.EN, {}), Tongue(Language.BN, {})
    assert english.duration(60) == "60 seconds"
    assert english.tn("common.minutes", 1) == "1 minute"
    assert bengali.duration(1500) == "২৫ মিনিট"
    assert bengali.tn("practice.counted", 1) == "🔥 আজ থেকে তোমার ধারাবাহিকতা শুরু।"
    assert bengali.tn("practice.counted", 12) == "🔥 টানা ১২ দিন অনুশীলন করলে।"


def test_months_are_spelt_as_the_bangla_academy_does() -> None:
    days = (date(2027, 1, 3), date(2027, 2, 3), date(2027, 11, 3))
    bengali = [Tongue(Language.BN, {}).date(day) for day in days]
    assert bengali == ["৩ জানুয়ারি", "৩ ফেব্রুয়ারি", "৩ নভেম্বর"]
