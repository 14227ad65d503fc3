"""Class codes: made at random, read kindly, not to be guessed."""

from datetime import UTC, datetime, timedelta
from random import Random, SystemRandom

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.courses.join_codes import (
    FIRST_WAIT,
    FREE_TRIES,
    MEMORY,
    POSSIBLE,
    WINDOW,
    ClassLink,
    InvitationLink,
    check_tries,
    class_payload,
    deep_link,
    invitation_payload,
    may_try,
    new_code,
    new_token,
    read_code,
    read_payload,
    shown,
    token_hash,
)
from domain.courses.records import JOIN_CODE_ALPHABET, JOIN_CODE_LENGTH
from domain.errors import Mistake, Refusal

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CODES = st.text(JOIN_CODE_ALPHABET, min_size=JOIN_CODE_LENGTH, max_size=JOIN_CODE_LENGTH)
INSTANTS = st.integers(-3 * 24 * 3600, 60).map(lambda seconds: NOW + timedelta(seconds=seconds))
FAILURES = st.lists(INSTANTS, max_size=60)


def ago(*minutes: float) -> list[datetime]:
    return [NOW - one * MINUTE for one in minutes]


def refused(text: str) -> Mistake:
    with pytest.raises(Mistake) as caught:
        read_code(text)
    return caught.value


def test_a_code_has_six_letters_that_cannot_be_mistaken_for_others() -> None:
    assert len(JOIN_CODE_ALPHABET) == len(set(JOIN_CODE_ALPHABET)) == 31
    assert not set(JOIN_CODE_ALPHABET) & set("0O1IL")
    assert POSSIBLE == 887_503_681


def test_codes_are_drawn_evenly_and_from_the_generator_that_is_passed_in() -> None:
    assert new_code(Random(7)) == new_code(Random(7)) != new_code(Random(8))
    drawn = "".join(new_code(SystemRandom()) for _ in range(3100))
    counts = [drawn.count(letter) for letter in JOIN_CODE_ALPHABET]
    # Each is expected 600 times with a standard deviation of 24: six of them either way.
    assert sum(counts) == len(drawn)
    assert 450 < min(counts) <= max(counts) < 750


@pytest.mark.parametrize(
    "text",
    [
        "ABC234",
        "abc234",
        " abc 234 ",
        "ABC-234",
        "abc–234",
        "a b c 2 3 4",
        "A.B.C.2.3.4",
        "«ABC234»",
        "*ABC234*",
        "`abc234`",
        "#ABC234",
        "ABC২৩৪",
        "abc\u200b234\n",
        "ＡＢＣ２３４",
        "ABC 234।",
        "https://t.me/DarsBot?start=c_ABC234",
        "t.me/DarsBot?start=c_abc234 ",
    ],
)
def test_a_code_is_read_however_it_is_written(text: str) -> None:
    assert read_code(text) == "ABC234"


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("ABC23O", ["O"]),
        ("abc230", ["0"]),
        ("ABC২৩০", ["0"]),
        ("il1oo0", ["I", "L", "1", "O", "0"]),
        ("LLLLLL", ["L"]),
        ("কABC23", ["ক"]),
    ],
)
def test_letters_that_no_code_has_are_named_and_never_guessed(
    text: str, letters: list[str]
) -> None:
    mistake = refused(text)
    assert mistake.view == "join.code_letters"
    assert mistake.data == {"letters": letters}


@pytest.mark.parametrize(
    "text",
    ["", "  ", "ABC23", "ABC2345", "ABC23🔥", "my class", "ক্লাস ৭", "A" * 9000, "ABC23<", "\0"],
)
def test_what_is_no_code_at_all_is_refused(text: str) -> None:
    mistake = refused(text)
    assert mistake.view == "join.code_unreadable"
    assert mistake.data == {"length": 6}


@given(st.text(max_size=200))
def test_any_text_gives_a_code_or_a_mistake(text: str) -> None:
    try:
        code = read_code(text)
    except Mistake:
        return
    assert len(code) == JOIN_CODE_LENGTH
    assert set(code) <= set(JOIN_CODE_ALPHABET)


@given(CODES)
def test_a_code_comes_back_from_its_picture_and_its_link(code: str) -> None:
    assert read_code(shown(code)) == code
    assert read_code(deep_link("DarsBot", class_payload(code))) == code
    assert read_payload(class_payload(code)) == ClassLink(code)


def test_a_link_opens_the_bot_by_its_user_name() -> None:
    expected = "https://t.me/DarsBot?start=c_ABC234"
    assert deep_link("DarsBot", class_payload("ABC234")) == expected
    assert deep_link("@DarsBot", class_payload("ABC234")) == expected


def test_an_invitation_is_a_secret_of_which_only_the_hash_is_kept() -> None:
    token, other = new_token(SystemRandom()), new_token(SystemRandom())
    assert token != other
    assert read_payload(invitation_payload(token)) == InvitationLink(token)
    assert len(invitation_payload(token)) <= 64, "as much as Telegram passes on"
    assert token not in token_hash(token)
    assert token_hash(token) == token_hash(token) != token_hash(other)
    assert len(token_hash(token)) == 64


@pytest.mark.parametrize(
    "payload",
    ["", "abc", "t_", "t_short", "t_" + "a" * 23, "t_" + "a" * 21 + "é", "x_ABC234", "ABC234"],
)
def test_a_payload_of_no_kind_of_ours_is_none(payload: str) -> None:
    assert read_payload(payload) is None


def test_a_class_link_that_was_cut_off_says_so() -> None:
    with pytest.raises(Mistake) as caught:
        read_payload("c_ABC2")
    assert caught.value.view == "join.code_unreadable"


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [
        ([], None),
        (ago(1, 2, 3, 4), None),
        (ago(0, 1, 2, 3, 4), 10),
        (ago(4, 3, 2, 1, 0), 10),
        (ago(1, 2, 3, 4, 5), 9),
        (ago(0, 3, 6, 9, 10), None),
        (ago(9, 10, 11, 12, 13), 1),
        (ago(10, 10, 11, 12, 13), None),
        # One more after the first wait: twice as long, and so on.
        (ago(0, 10, 11, 12, 13, 14), 20),
        (ago(0, 20, 31, 32, 33, 34, 35), 40),
        (ago(5, 20, 31, 32, 33, 34, 35), 35),
        # Spread out they are slips, and after a day forgiven.
        (ago(0, 15, 30, 45, 60, 75, 90), None),
        (ago(1441, 1442, 1443, 1444, 1445), None),
        (ago(0, 1, 1440, 1441, 1442, 1443), None),
    ],
)
def test_wrong_codes_make_one_wait_longer_and_longer(
    failures: list[datetime], minutes: int | None
) -> None:
    assert may_try(failures, NOW) == (None if minutes is None else minutes * MINUTE)


def test_a_hundred_wrong_codes_stop_for_a_day_and_no_longer() -> None:
    assert may_try([NOW] * 100, NOW) == MEMORY


def test_whoever_must_wait_is_told_how_long() -> None:
    check_tries(ago(1, 2, 3, 4), NOW)
    with pytest.raises(Refusal) as caught:
        check_tries(ago(0.995, 1, 2, 3, 4), NOW)
    assert caught.value.view == "join.wait"
    assert caught.value.data == {"seconds": 541}


def test_guessing_all_day_tries_less_than_twenty_codes() -> None:
    failures: list[datetime] = []
    at = NOW
    while at < NOW + MEMORY:
        wait = may_try(failures, at)
        if wait is None:
            failures.append(at)
        at += wait or timedelta(seconds=1)
    assert FREE_TRIES < len(failures) < 20


@given(FAILURES)
def test_a_wait_is_never_negative_nor_longer_than_a_day_and_ends_when_it_says(
    failures: list[datetime],
) -> None:
    wait = may_try(failures, NOW)
    if wait is not None:
        assert timedelta() < wait <= MEMORY
        assert may_try([at for at in failures if at <= NOW], NOW + wait) is None


@given(FAILURES, INSTANTS)
def test_one_more_wrong_code_never_makes_the_wait_shorter(
    failures: list[datetime], more: datetime
) -> None:
    before, after = may_try(failures, NOW), may_try([*failures, more], NOW)
    assert (before or timedelta()) <= (after or timedelta())


@given(st.lists(INSTANTS, max_size=FREE_TRIES - 1))
def test_a_few_slips_cost_nothing(failures: list[datetime]) -> None:
    assert may_try(failures, NOW) is None


def test_the_numbers_are_what_the_texts_say() -> None:
    assert (FREE_TRIES, WINDOW, FIRST_WAIT) == (5, 10 * MINUTE, 10 * MINUTE)
