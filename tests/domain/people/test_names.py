"""Names as people type them."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.errors import Mistake
from domain.people.registration import NAME_LENGTH, read_name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Mitu", "Mitu"),
        ("  Mitu   Rahman \n", "Mitu Rahman"),
        ("Mitu\nRahman", "Mitu Rahman"),
        ("Mitu\u00a0Rahman", "Mitu Rahman"),
        ("মিতু রহমান", "মিতু রহমান"),
        ("র‍্যাচেল", "র‍্যাচেল"),
        ("\u200dMitu\u200c", "Mitu"),
        ("Mi\u202etu\x00", "Mitu"),
        ("Jose\u0301", "Jos\u00e9"),
        ("Jose\x00\u0301", "Jos\u00e9"),
        ("<b>Mitu</b> & co", "<b>Mitu</b> & co"),
        ("🙂", "🙂"),
        ("a" * 64, "a" * 64),
    ],
)
def test_a_name_is_kept_as_one_visible_line(typed: str, name: str) -> None:
    assert read_name(typed) == name


@pytest.mark.parametrize("typed", ["", "  ", "\n", "\u200b\u200d", "\x00\u202e", "\u200d \u200c"])
def test_nothing_visible_is_no_name(typed: str) -> None:
    with pytest.raises(Mistake) as caught:
        read_name(typed)
    assert caught.value.view == "people.name_empty"


def test_a_name_has_an_end() -> None:
    for typed in ("a" * 65, "মি" * 33, "a" * 4096):
        with pytest.raises(Mistake) as caught:
            read_name(typed)
        assert caught.value.view == "people.name_too_long"
        assert caught.value.data == {"limit": 64}


@given(st.text(max_size=100))
@example("e\x00\u0301")
def test_a_name_that_was_read_reads_as_itself(text: str) -> None:
    try:
        name = read_name(text)
    except Mistake:
        return
    assert read_name(name) == name
    assert 0 < len(name) <= NAME_LENGTH
    assert len(name.splitlines()) == 1
    assert unicodedata.is_normalized("NFC", name)
