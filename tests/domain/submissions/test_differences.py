"""How a wrong output differs from the right one, so that a person sees it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.submissions.differences import (
    HEAD,
    LONGEST_LINE,
    TAIL,
    DifferenceKind,
    difference,
    excerpt,
)
from domain.submissions.judging import STDOUT_KEPT

CASES = [
    ("5\n", "", "empty", 1, "5", None),
    ("5\n", " \n\n", "empty", 1, "5", None),
    ("5\n", "6\n", "value", 1, "5", "6"),
    ("1\n2\n3\n", "1\n4\n3\n", "value", 2, "2", "4"),
    ("5\n", "5\n", "same", 1, "5", "5"),
    ("5\n", "5", "newline", 1, "5", "5"),
    ("1 2 3\n", "1  2 3\n", "spaces", 1, "1·2·3", "1··2·3"),
    ("1 2 3\n", "1 2 3 \n", "spaces", 1, "1·2·3", "1·2·3·"),
    ("1 2\n", "1\t2\n", "spaces", 1, "1·2", "1→2"),
    ("a: 5\n", "a:5\n", "spaces", 1, "a:·5", "a:5"),
    ("1 2 3\n", "1\n2\n3\n", "line_breaks", 1, "1 2 3", "1"),
    ("1\n2\n", "1 2\n", "line_breaks", 1, "1", "1 2"),
    ("YES\n", "Yes\n", "case", 1, "YES", "Yes"),
    ("12\n", "১২\n", "bengali_digits", 1, "12", "১২"),
    ("5\n", "5.0\n", "number_format", 1, "5", "5.0"),
    ("3.50\n", "3.5\n", "number_format", 1, "3.50", "3.5"),
    ("Area: 3.14\n", "Area: 3.14159\n", "rounding", 1, "Area: 3.14", "Area: 3.14159"),
    ("1000000\n", "1000001\n", "value", 1, "1000000", "1000001"),
    ("12\n", "Enter a number: 12\n", "prompt", 1, "12", "Enter a number: 12"),
    ("12\n", "একটি সংখ্যা লেখো: 12\n", "prompt", 1, "12", "একটি সংখ্যা লেখো: 12"),
    ("Enter: 5\n", "Enter: 6\n", "value", 1, "Enter: 5", "Enter: 6"),
    ("a\nb\nc\n", "c\nb\na\n", "order", 1, "a", "c"),
    ("1\n2\n3\n", "1\n2\n", "missing_lines", 3, "3", None),
    ("1\n2\n", "1\n2\n3\n4\n", "extra_lines", 3, None, "3"),
    ("12\n", "The sum is 12\n", "extra_words", 1, "12", "The sum is 12"),
    ("a\n", "a\r\n", "invisible", 1, "a", "a␍"),
    ("a\n", "\ufeffa\n", "invisible", 1, "a", "⟨0⟩a"),
    ("a b\n", "a\u00a0b\n", "invisible", 1, "a·b", "a⍽b"),
    ("\nx\n", "y\nx\n", "value", 1, "", "y"),
    ("", "5\n", "extra_lines", 1, None, "5"),
    ("a\x1b[0m\n", "b\n", "value", 1, "a␛[0m", "b"),
]


@pytest.mark.parametrize(("expected", "got", "kind", "line", "left", "right"), CASES)
def test_a_difference_is_named_and_shown(
    expected: str, got: str, kind: str, line: int, left: str | None, right: str | None
) -> None:
    found = difference(expected, got, "")
    assert (found.kind, found.line) == (kind, line)
    assert (found.expected, found.got) == (left, right)


def test_every_kind_but_one_is_shown_above() -> None:
    assert {case[2] for case in CASES} | {"further_down"} == set(DifferenceKind)


def test_missing_and_extra_lines_are_counted() -> None:
    assert difference("1\n2\n3\n", "1\n", "").count == 2
    assert difference("1\n", "1\n2\n", "").count == 1


def test_an_output_that_was_cut_lacks_nothing() -> None:
    right = "".join(f"{number}\n" for number in range(9000))
    found = difference(right, right[:STDOUT_KEPT], "")
    assert found.kind is DifferenceKind.FURTHER_DOWN
    wrong = right.replace("\n77\n", "\n78\n", 1)
    found = difference(right, wrong[:STDOUT_KEPT], "")
    assert (found.kind, found.line, found.expected, found.got) == ("value", 78, "77", "78")


def test_a_long_line_is_shown_where_it_differs() -> None:
    expected = "a" * 500 + "b" + "c" * 500
    found = difference(expected, expected.replace("b", "x"), "")
    assert found.expected is not None
    assert found.got is not None
    assert len(found.expected) == len(found.got) == LONGEST_LINE
    assert found.expected.startswith("…aaa")
    assert "ab" in found.expected
    assert "ax" in found.got


def test_a_short_input_is_shown_whole_and_a_long_one_by_its_ends() -> None:
    short = excerpt("3\n1 2 3\n")
    assert (short.head, short.omitted, short.tail) == (["3", "1 2 3"], 0, ())
    long = excerpt("".join(f"{number}\n" for number in range(100)))
    assert long.head == [str(number) for number in range(HEAD)]
    assert long.tail == ["98", "99"]
    assert long.omitted == 100 - HEAD - TAIL
    whole = excerpt("x\n" * (HEAD + TAIL + 1))
    assert (len(whole.head), whole.omitted) == (HEAD + TAIL + 1, 0)


def test_an_inputs_long_lines_and_last_spaces_are_shown_so() -> None:
    found = excerpt("5 \n" + "9" * 1000)
    assert found.head[0] == "5·"
    assert found.head[1] == "9" * (LONGEST_LINE - 1) + "…"


PIECES = st.lists(
    st.sampled_from(["1", "2", "1.0", "-3", "a", "A", " ", "  ", "\n", "\t", "\r", "\u200b", "ক"]),
    max_size=30,
).map("".join)


@given(PIECES | st.text(), PIECES | st.text(), PIECES | st.text())
def test_no_output_is_too_strange(expected: str, got: str, given_input: str) -> None:
    found = difference(expected, got, given_input)
    assert found.line >= 1
    shown = (found.expected or "", found.got or "", *found.input.head, *found.input.tail)
    for text in shown:
        assert len(text) <= LONGEST_LINE
        assert not set(text) & set("\n\r\t\0\x1b\u200b")
    if found.kind not in {"same", "newline", "further_down"}:
        assert found.expected is not None or found.got is not None


@given(PIECES)
def test_what_differs_is_never_shown_alike(text: str) -> None:
    found = difference(text + "x\n", text + "y\n", "")
    assert found.expected != found.got


@pytest.mark.parametrize("piece", ["1\n", "1 ", "a", "1.5 ", "enter ", " ", "9" * 99, "1e99 "])
def test_four_times_the_text_takes_about_four_times_the_work(piece: str) -> None:
    """By the processor's time of one run beside the other: quadratic work would take 16 times."""
    short, long = (min(spent(piece, size) for _ in range(3)) for size in (100_000, 400_000))
    assert long < 10 * short + 0.05


def spent(piece: str, size: int) -> float:
    text = piece * (size // len(piece))
    began = time.process_time()
    difference(text + "x", text + "y", text)
    difference(text + "x", (text + "y")[:STDOUT_KEPT], text)
    return time.process_time() - began
