"""Text in pictures: shaped, broken, shrunk, and never wider than its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.views.pictures.lettering import SMALLEST, Lettering, clusters
from tests.bot.picture_samples import FONTS, HOSTILE, LONG_TOPICS


@pytest.mark.parametrize("name", LONG_TOPICS)
def test_a_long_name_is_broken_and_shrunk_but_not_cut(name: str) -> None:
    lettering = Lettering(FONTS)
    block = lettering.fit(name, width=400, size=34, lines=2, height=63)
    assert " ".join(block.lines) == name
    assert block.size >= SMALLEST
    assert block.height <= 63
    assert all(lettering.width(line, block.size) <= 400 for line in block.lines)


def test_bengali_is_shaped() -> None:
    lettering = Lettering(FONTS)
    for conjunct, letters in (("ক্ষ", "কষ"), ("ন্ত্র", "নতর"), ("র্ক", "রক")):
        apart = sum(lettering.width(letter, 100) for letter in letters)
        assert lettering.width(conjunct, 100) < apart * 0.9, conjunct
    # A non-joiner asks for the letters unjoined: the same text, and wider.
    assert lettering.width("ক্\u200cষ", 100) > lettering.width("ক্ষ", 100) * 1.2


def test_both_scripts_stand_in_one_line() -> None:
    lettering = Lettering(FONTS)
    text = "শতকরা Percent ১২% 12%"
    parts = sum(lettering.width(part, 100) for part in ("শতকরা", " Percent ", "১২%", " 12%"))
    assert lettering.fit(text, width=1000, size=40).lines == (text,)
    assert lettering.width(text, 100) == pytest.approx(parts, rel=0.02)


def test_what_the_fonts_lack_vanishes_or_becomes_a_box() -> None:
    lettering = Lettering(FONTS)
    drawn = {text: lettering.fit(text, width=900, size=30).lines[0] for text in HOSTILE}
    assert drawn["🔥🎉 中文字 हिन्दी يا"].replace(" ", "").strip("▯") == ""
    assert drawn["Z\u0334\u0337a\u0337l\u202e\x00\n\ttwo\ud800"] == "Zal two"
    assert drawn["<b>&amp;</b>"] == "<b>&amp;</b>"


def test_a_conjunct_is_never_torn() -> None:
    assert list(clusters("ক্ষতি নিজে\u200c")) == ["ক্ষ", "তি", " ", "নি", "জে\u200c"]
    block = Lettering(FONTS).fit("ক্ষ্মা" * 50, width=300, size=30, lines=2)
    assert block.lines[-1].endswith("…")
    assert set("".join(block.lines).rstrip("…").replace("ক্ষ্মা", "")) == set()


@settings(max_examples=150, deadline=None)
@given(st.text(), st.integers(1, 3))
def test_whatever_is_written_fits(text: str, lines: int) -> None:
    lettering = Lettering(FONTS)
    block = lettering.fit(text, width=300, size=40, lines=lines)
    assert 1 <= len(block.lines) <= lines
    assert all(lettering.width(line, block.size) <= 300 for line in block.lines)
