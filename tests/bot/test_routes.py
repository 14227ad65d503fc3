"""Ids in buttons."""

from contextlib import suppress
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.routes import read_id, short
from domain.errors import Refusal


@given(st.uuids())
def test_an_id_is_read_back_from_22_characters(id_: UUID) -> None:
    assert len(short(id_)) == 22
    assert read_id(short(id_)) == id_


@given(st.text(max_size=40))
def test_whatever_a_button_holds_is_an_id_or_a_stale_button(text: str) -> None:
    with suppress(Refusal):
        assert isinstance(read_id(text), UUID)


@pytest.mark.parametrize("text", ["", "0", "a" * 21 + "é", "a" * 30])
def test_what_is_too_short_or_too_long_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        read_id(text)
