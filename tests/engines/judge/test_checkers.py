"""Checkers: what is the same answer, what is not, and that neither takes long."""

import random
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.submissions.judging import Checker, CheckerKind
from engines.judge.checkers import compare

EXACT = Checker(CheckerKind.EXACT)
TOKENS = Checker(CheckerKind.TOKENS)
LINES = Checker(CheckerKind.LINES)
NEAR = Checker(CheckerKind.FLOATS, absolute=1e-6)
NEAR_RELATIVE = Checker(CheckerKind.FLOATS, relative=1e-6)
NO_TOLERANCE = Checker(CheckerKind.FLOATS)
ALL = (EXACT, TOKENS, LINES, NEAR)
WORDS = (TOKENS, NEAR)


def right(checker: Checker, expected: bytes | str, got: bytes | str) -> bool:
    return compare(checker, _bytes(expected), _bytes(got)) is None


def _bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


@pytest.mark.parametrize("checker", ALL)
@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (b"", b""),
        (b"", b"\n\n \t"),
        (b"5\n", b"5"),
        (b"5", b"5\r\n"),
        (b"1 2\n3\n", b"1 2  \n3\t\n\n\n"),
        (b"1 2\r\n3\r\n", b"1 2\n3\n"),
        (b"\xef\xbb\xbf5\n", b"5\n"),
        (b"5\n", b"\xef\xbb\xbf5\r\n"),
        (b"\xff\xfe\x00\n", b"\xff\xfe\x00"),
        ("যোগফল ১২\n", "যোগফল ১২"),
    ],
)
def test_ends_of_lines_and_of_the_whole_never_matter(
    checker: Checker, expected: bytes | str, got: bytes | str
) -> None:
    assert right(checker, expected, got)
    assert right(checker, got, expected)


@pytest.mark.parametrize("checker", ALL)
@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (b"5", b""),
        (b"", b"5"),
        (b"5", b"6"),
        (b"5", b"5\n5"),
        (b"5\n5", b"5"),
        (b"12", b"1 2"),
        (b"a\xff", b"a\xfe"),
        (b"5", b"5\x00"),
        (b"Yes", b"YES"),
        ("12", "১২"),
        ("১২", "12"),
        ("12", "１２"),
        ("5", "5\u00a0"),
        ("কি", "কী"),
    ],
)
def test_another_answer_is_wrong(checker: Checker, expected: bytes | str, got: bytes | str) -> None:
    assert not right(checker, expected, got)
    assert not right(checker, got, expected)


@pytest.mark.parametrize(
    ("expected", "got", "checkers"),
    [
        ("1 2\n3", "1\n2 3", WORDS),
        ("1 2", "1   2", WORDS),
        ("1 2", "1\t2", WORDS),
        ("*\n **", "*\n**", WORDS),
        ("1\n2", "1\n\n2", (*WORDS, LINES)),
        ("\n1\n2", "1\n2", (*WORDS, LINES)),
        ("a\nb\na", "b\na\na", (LINES,)),
        ("  a\nb", "b\n  a", (LINES,)),
        ("a\na\nb", "a\nb\nb", ()),
        ("a b\nc", "c\nb a", ()),
    ],
)
def test_each_kind_has_its_own_idea_of_the_same(
    expected: str, got: str, checkers: tuple[Checker, ...]
) -> None:
    assert [one for one in ALL if right(one, expected, got)] == [
        one for one in ALL if one in checkers
    ]


@pytest.mark.parametrize("kind", [one.kind for one in ALL])
def test_case_can_be_ignored_for_latin_letters_alone(kind: CheckerKind) -> None:
    checker = Checker(kind, absolute=0.1, case_sensitive=False)
    assert right(checker, "Yes\nNO", "YES\nno")
    assert not right(checker, "É", "é")
    assert not right(checker, "straße", "strasse")


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        ("0.5", "0.5000001"),
        ("0.5", ".5"),
        ("0.5", "5e-1"),
        ("0.5", "+0.5"),
        ("2", "2.0"),
        ("2", "2."),
        ("2.0", "2"),
        ("007", "7"),
        ("0", "-0.0000001"),
        ("1e-400", "0"),
        ("area 3.14159", "area\n3.1415902"),
        ("nan", "-nan"),
        ("NaN", "nan"),
        ("inf", "Infinity"),
        ("-inf", "-Infinity"),
        ("1e400", "1e400"),
        ("1_000", "1_000"),
    ],
)
def test_numbers_may_differ_within_the_tolerance(expected: str, got: str) -> None:
    assert right(NEAR, expected, got)


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        ("0.5", "0.500002"),
        ("0.5", "nan"),
        ("nan", "0.5"),
        ("0.5", "inf"),
        ("inf", "-inf"),
        ("inf", "1e400"),
        ("1e400", "2e400"),
        ("1000", "1_000"),
        ("1000", "1,000"),
        ("16", "0x10"),
        ("16", "0x1p4"),
        ("2", "1e"),
        ("2", "e"),
        ("2", "--2"),
        ("2", "2-"),
        ("2", "2\x00"),
        ("5", "৫"),
        ("0.5", "0,5"),
        ("1 2", "1"),
        ("1", "1 2"),
        ("x", "1"),
        ("1", "x"),
    ],
)
def test_numbers_that_no_judge_should_accept(expected: str, got: str) -> None:
    assert not right(NEAR, expected, got)


def test_either_tolerance_is_enough() -> None:
    both = Checker(CheckerKind.FLOATS, absolute=1e-6, relative=1e-6)
    assert right(both, "0", "0.0000005")
    assert right(both, "1000000000", "1000000500")
    assert not right(NEAR, "1000000000", "1000000500")
    assert not right(NEAR_RELATIVE, "0", "0.0000005")
    assert not right(both, "1000000000", "1000002000")


def test_whole_numbers_beyond_those_a_float_tells_apart_are_near() -> None:
    """As the default validator of the package format: a tolerance makes every number a float."""
    assert right(NEAR_RELATIVE, str(10**30), str(10**30 + 1))


def test_without_any_tolerance_a_number_is_a_word() -> None:
    assert right(NO_TOLERANCE, "2 3", "2\n3")
    assert not right(NO_TOLERANCE, "2", "2.0")
    assert not right(NO_TOLERANCE, str(10**30), str(10**30 + 1))


def test_a_custom_checker_is_not_called() -> None:
    with pytest.raises(ValueError, match="custom"):
        compare(Checker(CheckerKind.CUSTOM), b"", b"")


@pytest.mark.parametrize(
    ("checker", "expected", "got", "note"),
    [
        (EXACT, "a\nb\nc", "a\nx\nc", "line 2 differs"),
        (EXACT, "a\nb", "a", "ends before line 2"),
        (EXACT, "a", "a\nb", "line 2 is too many"),
        (TOKENS, "a b\nc", "a b x", "word 3 differs"),
        (TOKENS, "a b", "a", "ends before word 2"),
        (TOKENS, "a", "a b", "word 2 is too many"),
        (NEAR, "1.5 2.5", "1.5 2.6", "word 2 differs"),
        (LINES, "a\nb", "b\nb", "line 2 is not expected, or not so often"),
        (LINES, "a\nb\nc", "b", "lines missing: 2"),
    ],
)
def test_the_note_says_where_it_goes_wrong(
    checker: Checker, expected: str, got: str, note: str
) -> None:
    assert compare(checker, expected.encode(), got.encode()) == note


raw = st.binary(max_size=60)
gaps = st.text(alphabet=" \t\n\r\v\f", min_size=1, max_size=4)
plain_words = st.lists(st.text(alphabet="abকখ12.-", min_size=1, max_size=5), max_size=12)
kinds = st.sampled_from(ALL)


@given(kinds, raw, raw)
def test_any_bytes_are_compared_alike_from_both_sides(
    checker: Checker, one: bytes, other: bytes
) -> None:
    assert right(checker, one, one)
    assert right(checker, one, other) == right(checker, other, one)


@given(kinds, st.text("ab1. \t\r\n", max_size=30), st.text("ab1. \t\r\n", max_size=30))
def test_what_is_the_same_exactly_is_the_same_in_every_way(
    checker: Checker, one: str, other: str
) -> None:
    if right(EXACT, one, other):
        assert right(checker, one, other)


@given(st.text("ab \t\r\n", max_size=30), st.text("ab \t\r\n", max_size=30))
def test_the_quick_ways_agree_with_the_plain_definition(one: str, other: str) -> None:
    def lines(text: str) -> list[str]:
        return [line.rstrip() for line in text.rstrip().split("\n")]

    assert right(EXACT, one, other) == (lines(one) == lines(other))
    assert right(TOKENS, one, other) == (one.split() == other.split())
    assert right(LINES, one, other) == (
        sorted(filter(None, lines(one))) == sorted(filter(None, lines(other)))
    )


@given(plain_words, st.data())
def test_words_count_and_gaps_do_not(words: list[str], data: st.DataObject) -> None:
    one = "".join(word + data.draw(gaps) for word in words)
    other = "".join(data.draw(gaps) + word for word in words)
    assert right(TOKENS, one, other)
    assert not right(TOKENS, one, f"{other} z")


@given(st.lists(st.text("abখ ", min_size=1, max_size=6), max_size=10), st.randoms())
def test_lines_may_come_in_any_order(lines: list[str], dice: random.Random) -> None:
    shuffled = lines[:]
    dice.shuffle(shuffled)
    assert right(LINES, "\n".join(lines), "\n".join(shuffled))
    assert not right(LINES, "\n".join(lines), "\n".join([*shuffled, "z"]))


@given(
    st.decimals(-(10**9), 10**9, allow_nan=False, places=6),
    st.decimals(-(10**9), 10**9, allow_nan=False, places=6),
    st.sampled_from(["1e-6", "0.5", "1000"]),
)
def test_floats_agree_with_exact_arithmetic(one: Decimal, other: Decimal, within: str) -> None:
    """But for the last digits of a float at the tolerance's very edge."""
    off, most = abs(one - other), Decimal(within)
    if abs(off - most) < Decimal("1e-5"):
        return
    checker = Checker(CheckerKind.FLOATS, absolute=float(within))
    assert right(checker, str(one), str(other)) == (off <= most)


@given(kinds, raw)
def test_the_note_keeps_the_expected_output_to_itself(checker: Checker, got: bytes) -> None:
    note = compare(checker, b"sesame opens it", got)
    assert note is not None
    assert "sesame" not in note
    assert "opens" not in note


SIZE = 8 * 1024 * 1024


@pytest.mark.parametrize("checker", ALL)
@pytest.mark.parametrize(
    "got",
    [
        b"1" * SIZE,
        b"0." + b"1" * SIZE,
        b"1e" + b"1" * SIZE,
        b"1" * SIZE + b"e-%d" % SIZE,
        b" " * SIZE + b"x",
        b"\n" * SIZE + b"x",
        b" \t" * (SIZE // 2) + b"x",
        (b" " * 1000 + b"\n") * (SIZE // 1001) + b"x",
        b"y\n" * (SIZE // 2),
        b"\x00" * SIZE,
        b"\r" * SIZE + b"x",
    ],
    ids=lambda got: f"{got[:3]!r}...{got[-3:]!r}",
)
def test_a_flood_takes_no_more_than_linear_time(checker: Checker, got: bytes) -> None:
    """The bound is for the slowest machine; quadratic time would be hours."""
    began = time.process_time()
    assert not right(checker, b"0.125", got)
    assert time.process_time() - began < 5


@pytest.mark.parametrize("checker", ALL)
def test_a_large_right_answer_costs_milliseconds(checker: Checker) -> None:
    """A hundred times less than going through its million lines would."""
    expected = b"".join(b"%07d\n" % number for number in range(SIZE // 8))
    for got in (bytes(bytearray(expected)), expected.rstrip(), expected + b"\n"):
        began = time.process_time()
        assert right(checker, expected, got)
        assert time.process_time() - began < 0.25
