"""Everything the bot says: each view renders, in both languages, to what Telegram takes."""

import re
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from bot import handlers, views
from bot.menu import MENUS, STRANGERS, Command, described
from bot.routes import routes, split
from bot.views.answers import REASONS as REASONS_TOLD
from bot.views.message import Button, Message
from bot.views.registry import VIEWS, Renderer
from bot.views.wanted import UNITS as UNITS_NAMED
from domain.people.records import Language, Role
from domain.practice.answers import Reason
from domain.practice.answers.units import UNITS
from localchat.html_parser import parse_html
from tests.bot.example_values import HOSTILE, ITEM
from tests.bot.said import modules, views_said
from tests.bot.view_examples import EXAMPLES, PLACE, PROGRESS, QUESTION, STREAK

TOPICS = {
    "percentage": {"bn": "শতকরা", "en": "Percentage"},
    "fractions": {"bn": "ভগ্নাংশ", "en": "Fractions & more"},
}
RENDERER = Renderer(TOPICS)
SAID = views_said(modules("bot", "db", "domain", "scheduler", "worker", "runtime"))
CASES = [
    pytest.param(name, number, language, id=f"{name}-{number}-{language}")
    for name, examples in EXAMPLES.items()
    for number in range(len(examples))
    for language in Language
]
TEXT_LIMIT, CAPTION_LIMIT, LABEL_LIMIT, DATA_LIMIT = 4096, 1024, 64, 64


def rendered(name: str, number: int, language: Language) -> Message:
    return RENDERER.render(name, EXAMPLES[name][number], language)


def buttons(message: Message) -> list[Button]:
    return [button for row in message.buttons for button in row]


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def unknown(said: dict[str, str]) -> dict[str, str]:
    return {name: place for name, place in said.items() if name not in VIEWS}


def test_everything_that_is_said_has_a_view_and_every_view_is_said() -> None:
    assert len(SAID) > 40
    assert unknown(SAID) == {}
    assert VIEWS.keys() - SAID.keys() == set()


def test_a_view_that_nobody_wrote_is_seen() -> None:
    assert unknown({**SAID, "practice.unwritten": "here"}) == {"practice.unwritten": "here"}


def test_every_view_has_an_example() -> None:
    assert EXAMPLES.keys() == VIEWS.keys()
    assert handlers.__all__, views.__all__


@pytest.mark.parametrize(("name", "number", "language"), CASES)
def test_every_view_renders_to_what_telegram_takes(
    name: str, number: int, language: Language
) -> None:
    message = rendered(name, number, language)
    plain, _ = parse_html(message.text)
    limit = CAPTION_LIMIT if message.picture or message.file else TEXT_LIMIT
    assert units(plain) <= limit
    assert plain.strip() or message.only_buttons
    assert "\n\n\n" not in plain
    assert not re.search(r"\b[a-z]+\.[a-z_]+_[a-z_]+\b", plain), "a key instead of its text"


@pytest.mark.parametrize(("name", "number", "language"), CASES)
def test_every_button_leads_somewhere(name: str, number: int, language: Language) -> None:
    found = buttons(rendered(name, number, language))
    assert len({button.data for button in found}) == len(found)
    for button in found:
        assert split(button.data)[0] in routes.buttons
        assert len(button.data.encode()) <= DATA_LIMIT
        assert 0 < units(button.label.strip()) <= LABEL_LIMIT


@pytest.mark.parametrize(("name", "number"), [(n, i) for n in EXAMPLES for i in (0,)])
def test_bengali_is_said_in_bengali_digits(name: str, number: int) -> None:
    message = rendered(name, number, Language.BN)
    plain, _ = parse_html(message.text)
    if EXAMPLES[name][number].get("language") == "en":
        return  # an admin judges both languages
    allowed = re.compile(r"0\.1\.0|\b77\b|\b5\b(?=\n)")  # releases and ids stay as they are
    assert not re.findall(r"[0-9]", allowed.sub("", plain))
    assert not re.findall(r"[0-9]", "".join(button.label for button in buttons(message)))


def test_a_question_says_where_one_is_and_what_is_asked() -> None:
    data = {"question": QUESTION, "first": 30}
    english = parse_html(RENDERER.render("practice.question", data, Language.EN).text)[0]
    bengali = parse_html(RENDERER.render("practice.question", data, Language.BN).text)[0]
    assert "Problem 2 of 5 · Percentage\n\nWhat is 15% of 200 taka?\n\nAnswer in taka" in english
    assert "অঙ্ক ২/৫ · শতকরা\n\n২০০ টাকার ১৫% কত?\n\nউত্তরের একক: টাকা" in bengali
    assert "৩০ মিনিট" in bengali


def test_how_sure_is_marked_in_place() -> None:
    marked = rendered("practice.confidence_marked", 1, Language.EN)
    assert marked.only_buttons
    assert [one.label for one in buttons(marked) if one.label.startswith("✓")] == ["✓ Fairly sure"]
    assert f"practice.sure:medium.{ITEM}" in [one.data for one in buttons(marked)]


def test_no_two_right_answers_in_a_row_are_told_alike() -> None:
    for item in range(40):
        told = [
            RENDERER.render(
                "practice.question",
                {
                    "question": {**QUESTION, "position": position, "item": f"{item}-{position}"},
                    "feedback": {"kind": "right", "tries": 1, "hints_shown": 0},
                },
                Language.EN,
            ).text.split("\n")[0]
            for position in range(2, 6)
        ]
        assert all(one != next_one for one, next_one in pairwise(told))


def test_every_reason_but_plain_wrong_has_a_sentence_of_its_own() -> None:
    assert set(REASONS_TOLD) == set(Reason) - {Reason.WRONG}
    told = {**PLACE, "more": True}
    texts = {
        RENDERER.render("practice.wrong", {**told, "reason": reason}, Language.EN).text
        for reason in Reason
    }
    assert len(texts) == len(Reason)


def test_every_unit_that_an_answer_can_have_is_named() -> None:
    assert UNITS_NAMED.keys() == UNITS.keys()


def test_no_hint_is_offered_once_all_are_shown_and_none_are_counted() -> None:
    last = rendered("practice.hint", 2, Language.EN)
    assert "practice.hint" not in [split(one.data)[0] for one in buttons(last)]
    first = parse_html(rendered("practice.hint", 0, Language.EN).text)[0]
    assert not re.search(r"\d", first.replace("½", ""))


def test_the_summary_marks_every_problem() -> None:
    text = rendered("practice.summary", 0, Language.EN).text
    assert "✅ ✅ ❌ ⏭ ▫️" in text
    assert "<b>2 of 5 right.</b>" in text
    assert "12 minutes" in text
    assert "3 days in a row" in text
    assert "<b>Fractions &amp; more</b>" in text


def test_a_name_on_a_button_stays_as_it_is() -> None:
    message = RENDERER.render("people.ask_name", {"offer": "<b>Mim & Co</b>"}, Language.EN)
    assert buttons(message)[0].label == "<b>Mim & Co</b>"


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", ["practice.streak", "practice.progress"])
def test_pictures_come_with_the_same_in_words(name: str, language: Language) -> None:
    with_picture = rendered(name, 0, language)
    assert with_picture.picture is not None
    png = with_picture.picture()
    assert png.startswith(b"\x89PNG")
    without = rendered(name, 1, language)
    assert without.picture is None
    assert with_picture.text.split("\n")[0] == without.text.split("\n")[0]


def test_the_streak_picture_shows_the_month_before_only_if_it_was_practised() -> None:
    heights = []
    for days in (STREAK["days"], STREAK["days"][1:]):
        message = RENDERER.render("practice.streak", {**STREAK, "days": days}, Language.EN)
        assert message.picture is not None
        heights.append(_height(message.picture()))
    assert heights[0] > heights[1]


def _height(png: bytes) -> int:
    with Image.open(BytesIO(png)) as image:
        return image.height


def test_hostile_progress_is_drawn_too() -> None:
    data = {**PROGRESS, "topics": [[HOSTILE, 0.4, "learning", 3, 1]]}
    message = RENDERER.render("practice.progress", data, Language.BN)
    assert message.picture is not None
    assert message.picture().startswith(b"\x89PNG")


def test_the_settings_say_hours_as_local_clock_times() -> None:
    assert "রাত ১০:০০ – সকাল ৭:০০" in rendered("settings.menu", 0, Language.BN).text
    english = rendered("settings.menu", 0, Language.EN).text
    assert "10:00 pm – 7:00 am" in english
    assert "Reminder: 7:30 pm" in english


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("commands", [STRANGERS, *MENUS.values()])
def test_menus_fit_telegram_and_every_command_is_there(
    commands: tuple[Command, ...], language: Language
) -> None:
    listed = described(commands, RENDERER.tongue(language))
    assert 0 < len(listed) <= 100
    assert len({name for name, _ in listed}) == len(listed)
    for name, words in listed:
        assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
        assert 1 <= len(words) <= 256
        assert name in routes.commands


def test_each_menu_shows_what_its_role_can_do_and_no_more() -> None:
    assert set(MENUS) == set(Role)
    for role, commands in MENUS.items():
        allowed = {name for name, route in routes.commands.items() if role in route.roles}
        assert {command.name for command in commands} == allowed - {"start"}
    for command in STRANGERS:
        assert routes.commands[command.name].strangers
