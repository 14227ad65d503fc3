"""The picture with a class's code, judged by its pixels."""

from dataclasses import replace
from io import BytesIO

import pytest
import segno
from PIL import Image

from bot.views.pictures import JoinPicture, draw_join_card, palette
from bot.views.pictures.qr import QUIET, code_place
from tests.bot.picture_samples import FONTS, HOSTILE

BENGALI = JoinPicture(
    name="কম্পিউটার প্রোগ্রামিং ১ম বর্ষ",
    section="শাখা ক",
    label="ক্লাস কোড · Class code",
    code="ABC 234",
    link="https://t.me/DarsBot?start=c_ABC234",
    steps=(
        "স্ক্যান করো, কিংবা টেলিগ্রামে @DarsBot-কে লেখো: /join ABC234",
        "Scan it, or write to @DarsBot in Telegram: /join ABC234",
    ),
)
ENGLISH = replace(
    BENGALI,
    name="Introduction to Programming with Python for College Students of the Second Year, 2026",
    section="Section B",
    link=f"https://t.me/{'a' * 32}?start=c_XYZ789",
    steps=(f"Scan it, or write to @{'a' * 32} in Telegram: /join XYZ789",) * 2,
)
BARE = replace(BENGALI, name="ICT", section="")
CARDS = {"bengali": BENGALI, "english": ENGLISH, "bare": BARE}


def drawn(card: JoinPicture) -> Image.Image:
    return Image.open(BytesIO(draw_join_card(card, FONTS))).convert("RGB")


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_every_module_of_the_code_stands_in_its_place(card: JoinPicture) -> None:
    image = drawn(card)
    expected = [list(map(bool, row)) for row in segno.make_qr(card.link, error="m").matrix]
    size = len(expected)
    left, top, side = code_place(size)
    assert side >= 15, "pixels a module: it survives being made smaller"
    colours = {True: palette.rgb(palette.INK), False: palette.rgb(palette.CARD)}
    for row in range(-QUIET, size + QUIET):
        for column in range(-QUIET, size + QUIET):
            inside = 0 <= row < size and 0 <= column < size
            dark = inside and expected[row][column]
            x, y = left + column * side, top + row * side
            for dx, dy in ((0, 0), (side - 1, 0), (side // 2, side // 2), (side - 1, side - 1)):
                assert image.getpixel((x + dx, y + dy)) == colours[dark], (row, column)


def test_the_code_and_the_modules_differ_from_link_to_link() -> None:
    other = replace(BENGALI, code="ABC 235", link="https://t.me/DarsBot?start=c_ABC235")
    assert drawn(BENGALI).tobytes() != drawn(other).tobytes()
    assert draw_join_card(BENGALI, FONTS) == draw_join_card(BENGALI, FONTS)


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_the_letters_of_the_code_can_be_read_from_across_a_room(card: JoinPicture) -> None:
    image = drawn(card)
    _, top, side = code_place(len(segno.make_qr(card.link, error="m").matrix))
    below = top + side * len(segno.make_qr(card.link, error="m").matrix) + QUIET * side
    blue = palette.rgb(palette.PRIMARY)
    rows = [
        y
        for y in range(below, image.height)
        if any(image.getpixel((x, y)) == blue for x in range(0, image.width, 2))
    ]
    assert 90 < len(rows) < 150
    assert rows == list(range(rows[0], rows[-1] + 1)), "one line of them"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_name_breaks_the_picture(text: str) -> None:
    card = replace(BENGALI, name=text, section=text, label=text, steps=(text, text))
    image = drawn(card)
    assert image.width == 1080
    assert image.height <= 1400
    assert len(draw_join_card(card, FONTS)) < 200_000


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_a_card_fits_a_preview(card: JoinPicture) -> None:
    image = drawn(card)
    assert image.width == 1080
    assert 1200 <= image.height <= 1400


def test_a_long_name_takes_two_lines_and_stays_on_the_banner() -> None:
    image = drawn(ENGLISH)
    white = palette.rgb(palette.CARD)
    banner = image.crop((0, 0, 1080, 262))
    rows = [
        y
        for y in range(banner.height)
        if any(banner.getpixel((x, y)) == white for x in range(banner.width))
    ]
    assert rows[0] > 20
    assert rows[-1] < 240
    edges = [x for x in range(40) for y in range(262) if banner.getpixel((x, y)) == white]
    assert edges == []
