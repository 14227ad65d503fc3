"""What students type, and what the checker makes of it."""

import sys
import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from domain.errors import Mistake
from domain.practice.answers import Reason, Verdict, check
from domain.practice.records import AnswerKind

NUMBER, FRACTION, PERCENT = AnswerKind.NUMBER, AnswerKind.FRACTION, AnswerKind.PERCENT

RIGHT = [
    # typed, answer, kind, unit
    ("42", "42", NUMBER, None),
    ("৪২", "42", NUMBER, None),
    ("৪2", "42", NUMBER, None),
    ("４２", "42", NUMBER, None),
    ("4\u200d2", "42", NUMBER, None),
    ("  42 \n", "42", NUMBER, None),
    ("42।", "42", NUMBER, None),
    ("42.", "42", NUMBER, None),
    ("42!", "42", NUMBER, None),
    ("+42", "42", NUMBER, None),
    ("(42)", "42", NUMBER, None),
    ("42.0", "42", NUMBER, None),
    ("x = 5", "5", NUMBER, None),
    ("x=5", "5", NUMBER, None),
    ("5 = x", "5", NUMBER, None),
    ("x = 5, x = 5", "5", NUMBER, None),
    ("∴ x = -5", "-5", NUMBER, None),
    ("a² + b² = 169", "169", NUMBER, None),
    ("উত্তর: ৪২", "42", NUMBER, None),
    ("উত্তর:৪২", "42", NUMBER, None),
    ("উত্তর- ৪২", "42", NUMBER, None),
    ("উত্তর হবে ৪২", "42", NUMBER, None),
    ("৪২ হবে", "42", NUMBER, None),
    ("the answer is 42", "42", NUMBER, None),
    ("Answer - 42", "42", NUMBER, None),
    ("I got 42.", "42", NUMBER, None),
    ("= 42", "42", NUMBER, None),
    ("6 × 7 = 42", "42", NUMBER, None),
    ("৬ × ৭ = ৪২", "42", NUMBER, None),
    ("84 ÷ 2 = 42", "42", NUMBER, None),
    ("50 - 8 = 42", "42", NUMBER, None),
    ("42 runs", "42", NUMBER, None),
    ("২৪টি", "24", NUMBER, None),
    ("২৪ জন", "24", NUMBER, None),
    ("24 more than Mitu", "24", NUMBER, None),
    ("মিতুর চেয়ে ২৪টি বেশি", "24", NUMBER, None),
    ("1,234,567", "1234567", NUMBER, None),
    ("12,34,567", "1234567", NUMBER, None),
    ("১২,৩৪,৫৬৭", "1234567", NUMBER, None),
    ("1 234 567", "1234567", NUMBER, None),
    ("৬৯.২", "69.2", NUMBER, None),
    (".5", "0.5", NUMBER, None),
    ("5 lakh", "500000", NUMBER, None),
    ("৫ হাজার", "5000", NUMBER, None),
    ("65°", "65", NUMBER, None),
    ("-20", "-20", NUMBER, "cm"),
    ("−২০ সেমি", "-20", NUMBER, "cm"),
    ("– 20 cm", "-20", NUMBER, "cm"),
    ("minus 20", "-20", NUMBER, "cm"),
    ("মাইনাস ২০", "-20", NUMBER, "cm"),
    ("ঋণাত্মক ২০", "-20", NUMBER, "cm"),
    ("৳40", "40", NUMBER, "taka"),
    ("Tk. 40", "40", NUMBER, "taka"),
    ("40 Tk", "40", NUMBER, "taka"),
    ("40tk", "40", NUMBER, "taka"),
    ("৪০ টাকা", "40", NUMBER, "taka"),
    ("৪০টাকা", "40", NUMBER, "taka"),
    ("৪০ টাকার", "40", NUMBER, "taka"),
    ("৪০ টাকায়", "40", NUMBER, "taka"),
    ("40/-", "40", NUMBER, "taka"),
    ("৪০/= ", "40", NUMBER, "taka"),
    ("প্রতি কেজি ৪০ টাকা", "40", NUMBER, "taka"),
    ("40 taka per kg", "40", NUMBER, "taka"),
    ("৫ লাখ টাকা", "500000", NUMBER, "taka"),
    ("লাভ = ৪০ টাকা", "40", NUMBER, "taka"),
    ("56 kg", "56", NUMBER, "kg"),
    ("৫৬ কেজি", "56", NUMBER, "kg"),
    ("৫৬ কিলোগ্রাম", "56", NUMBER, "kg"),
    ("56000 g", "56", NUMBER, "kg"),
    ("৬ দিনে", "6", NUMBER, "day"),
    ("৫ বছর", "5", NUMBER, "year"),
    ("60 months", "5", NUMBER, "year"),
    ("1 hour 20 minutes", "80", NUMBER, "minute"),
    ("1 কেজি ২৫০ গ্রাম", "5/4", FRACTION, "kg"),
    ("2000 m²", "2000", NUMBER, "m2"),
    ("2000 m2", "2000", NUMBER, "m2"),
    ("2000 m^2", "2000", NUMBER, "m2"),
    ("2000 sq. m", "2000", NUMBER, "m2"),
    ("2000 square metres", "2000", NUMBER, "m2"),
    ("২০০০ বর্গমিটার", "2000", NUMBER, "m2"),
    ("২০০০ বর্গ মিটার", "2000", NUMBER, "m2"),
    ("9 m³", "9000", NUMBER, "litre"),
    ("5/4", "5/4", FRACTION, None),
    ("10/8", "5/4", FRACTION, None),
    ("৫⁄৪", "5/4", FRACTION, None),
    ("5 ÷ 4", "5/4", FRACTION, None),
    ("1 1/4", "5/4", FRACTION, None),
    ("1¼", "5/4", FRACTION, None),
    ("১ ১/৪", "5/4", FRACTION, None),
    ("1 and 1/4", "5/4", FRACTION, None),
    ("১ পূর্ণ ১/৪", "5/4", FRACTION, None),
    ("1.25", "5/4", FRACTION, None),
    ("125%", "5/4", FRACTION, None),
    ("-1 1/4", "-5/4", FRACTION, None),
    ("1 1/4 kg", "5/4", FRACTION, "kg"),
    ("0.5 or 1/2", "1/2", FRACTION, None),
    ("25%", "25", PERCENT, None),
    ("25", "25", PERCENT, None),
    ("২৫٪", "25", PERCENT, None),
    ("25 percent", "25", PERCENT, None),
    ("25 per cent", "25", PERCENT, None),
    ("২৫ শতাংশ", "25", PERCENT, None),
    ("শতকরা ২৫", "25", PERCENT, None),
    ("২৫ পার্সেন্ট", "25", PERCENT, None),
    ("1/4 = 25%", "25", PERCENT, None),
]

NOT_RIGHT = [
    ("41", "42", NUMBER, None, Reason.WRONG),
    ("-42", "42", NUMBER, None, Reason.WRONG_SIGN),
    ("20", "-20", NUMBER, "cm", Reason.WRONG_SIGN),
    ("Answer -42", "42", NUMBER, None, Reason.WRONG_SIGN),
    ("420", "42", NUMBER, None, Reason.DECIMAL_PLACE),
    ("692", "69.2", NUMBER, None, Reason.DECIMAL_PLACE),
    ("5 m", "5", NUMBER, "km", Reason.WRONG_UNIT),
    ("5 kg", "5", NUMBER, "km", Reason.WRONG_UNIT),
    ("60 km/h", "60", NUMBER, "km", Reason.WRONG_UNIT),
    ("60 km per hour", "60", NUMBER, "km", Reason.WRONG_UNIT),
    ("2000 m", "2000", NUMBER, "m2", Reason.WRONG_UNIT),
    ("$40", "40", NUMBER, "taka", Reason.WRONG_UNIT),
    ("Rs. 40", "40", NUMBER, "taka", Reason.WRONG_UNIT),
    ("40%", "40", NUMBER, "taka", Reason.WRONG_UNIT),
    ("42%", "42", NUMBER, None, Reason.WRONG_UNIT),
    ("42 kg", "42", NUMBER, None, Reason.WRONG_UNIT),
    ("25 taka", "25", PERCENT, None, Reason.WRONG_UNIT),
    ("41 kg", "42", NUMBER, None, Reason.WRONG),
    ("0.25", "25", PERCENT, None, Reason.PERCENT_AS_FRACTION),
    ("1/4", "25", PERCENT, None, Reason.PERCENT_AS_FRACTION),
    ("0.25%", "25", PERCENT, None, Reason.DECIMAL_PLACE),
    ("4/5", "5/4", FRACTION, None, Reason.UPSIDE_DOWN),
    ("0.33", "1/3", FRACTION, None, Reason.ROUNDED),
    ("০.৩৩৩৩", "1/3", FRACTION, None, Reason.ROUNDED),
    ("0.67", "2/3", FRACTION, None, Reason.ROUNDED),
    ("0.66", "2/3", FRACTION, None, Reason.ROUNDED),
    ("0.34", "1/3", FRACTION, None, Reason.WRONG),
    ("5^2", "5", NUMBER, None, Reason.WRONG),
    ("সাড়ে ৫", "5", NUMBER, None, Reason.WRONG),
]

UNREADABLE = [
    *("", " ", "hello", "জানি না", "?", "kg", "x = ", "-", "/", "1/0", "৳", "٣"),
    *("6 × 7", "50 - 8", "40 + 2", "2(3)", "84 ÷ 2", "√2 + 1", "2x = 10", "x + 1 = 6", "-x = 5"),
    *("5x", "5π", "2:3", "2 : 3", "> 5", ">= 5", "x ≥ 5", "± 5", "~5", "not 5", "৫ নয়"),
    *(
        "more than 5",
        "at least 5",
        "৫ এর চেয়ে বেশি",
        "উত্তর-৫",
        "Ans:-5",
        "1,23,4567",
        "৫ নয়",
        "42 na",
    ),
    *("1/2/3", "5-", "--5", "6 × 7 =", "5;" * 200),
]


@pytest.mark.parametrize(("typed", "answer", "kind", "unit"), RIGHT)
def test_right_in_the_students_own_way(
    typed: str, answer: str, kind: AnswerKind, unit: str | None
) -> None:
    assert check(typed, answer, kind, None, unit) == Verdict(correct=True, reason=None)


@pytest.mark.parametrize(("typed", "answer", "kind", "unit", "reason"), NOT_RIGHT)
def test_not_right_and_why(
    typed: str, answer: str, kind: AnswerKind, unit: str | None, reason: Reason
) -> None:
    assert check(typed, answer, kind, None, unit) == Verdict(correct=False, reason=reason)


@pytest.mark.parametrize("typed", UNREADABLE)
@pytest.mark.parametrize(("answer", "kind"), [("5", NUMBER), ("42", NUMBER), ("2/3", FRACTION)])
def test_what_is_no_answer_is_no_try(typed: str, answer: str, kind: AnswerKind) -> None:
    with pytest.raises(Mistake) as caught:
        check(typed, answer, kind)
    assert caught.value.view == "practice.unreadable"


@pytest.mark.parametrize(
    "typed",
    [
        "3 or 4",
        "5 half",
        "69,2",
        "0,5",
        "৩, ৪",
        "৩ বা ৪",
        "3; 4",
        "3 and 4",
        "x = 3, y = 4",
        "3\n4",
        "5 kg, 6 kg",
        "3 4",
        "3 3",
        "½½",
    ],
)
def test_two_answers_are_refused(typed: str) -> None:
    with pytest.raises(Mistake) as caught:
        check(typed, "3", NUMBER)
    assert caught.value.view == "practice.two_answers"


def test_an_essay_is_refused() -> None:
    assert check("0" * 499 + "5", "5", NUMBER).correct
    with pytest.raises(Mistake) as caught:
        check("0" * 500 + "5", "5", NUMBER)
    assert caught.value.view == "practice.answer_too_long"


def test_the_log_does_not_hold_the_students_words() -> None:
    with pytest.raises(Mistake) as caught:
        check("my secret", "5", NUMBER)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "correct"), [("0.33", True), ("0.333", True), ("1/3", True), ("0.3", False)]
)
def test_a_tolerance_is_how_far_off_one_may_be(typed: str, correct: bool) -> None:
    assert check(typed, "1/3", FRACTION, Decimal("0.01")).correct is correct


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert check("৪০ টাকায\u09bc", "40", NUMBER, None, "taka").correct
    assert check("৪০ টাকা\u09df", "40", NUMBER, None, "taka").correct


@pytest.mark.parametrize("expected", ["", "nothing", "1/0", "3 or 4", "6 × 7"])
def test_a_stated_answer_that_is_none_is_our_fault(expected: str) -> None:
    with pytest.raises(ValueError, match="not one plain amount"):
        check("5", expected, AnswerKind.NUMBER)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("1000", "1,000"),
        ("৫০০০ গ্রাম", "5 kg"),
        ("৫", "৫"),
        ("100000", "1e5"),
        ("19/8", "2 3/8"),
        ("0.25", "25%"),
        ("250 cm", "2 m 50 cm"),
    ],
)
def test_an_author_may_state_an_answer_as_a_student_would(given: str, expected: str) -> None:
    assert check(given, expected, AnswerKind.NUMBER).correct


BENGALI = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")


def indian(number: int) -> str:
    digits = str(number)
    head, tail = digits[:-3], digits[-3:]
    groups = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)][::-1]
    return ",".join([*groups, tail])


@st.composite
def written(draw: st.DrawFn, value: Fraction) -> str:
    """A value as somebody might write it."""
    size = abs(value)
    whole, part = divmod(size, 1)
    times = draw(st.integers(1, 12))
    forms = [f"-{size.numerator * times}/{size.denominator * times}"]
    if not part:
        forms += [f"-{whole}", f"-{whole:,}", f"-{indian(whole)}", f"-{whole}.0"]
    elif whole:
        forms += [f"-{whole} {part.numerator}/{part.denominator}"]
    if 10**6 % size.denominator == 0:
        decimal = f"{Decimal(size.numerator) / Decimal(size.denominator):f}"
        percent = f"{Decimal(size.numerator * 100) / Decimal(size.denominator):f}"
        forms += [f"-{decimal}", f"-{percent}%", f"-{percent} percent", f"শতকরা -{percent}"]
    sign = draw(st.sampled_from(["-", "−", "– ", "minus "])) if value < 0 else ""
    text = draw(st.sampled_from(forms)).replace("-", sign)
    if draw(st.booleans()):
        text = text.translate(BENGALI)
    around = draw(st.sampled_from(["{}", " {} ", "x = {}", "উত্তর: {}", "the answer is {}", "({})"]))
    return around.format(text)


values = st.one_of(
    st.integers(-(10**9), 10**9).map(Fraction),
    st.builds(Fraction, st.integers(-9999, 9999), st.integers(1, 99)),
    st.builds(Fraction, st.integers(-(10**6), 10**6), st.sampled_from([10, 100, 1000])),
)


@given(st.data(), values)
def test_every_written_form_of_a_number_equals_it(data: st.DataObject, value: Fraction) -> None:
    text = data.draw(written(value))
    assert check(text, str(value), FRACTION).correct


@given(st.data(), values, st.sampled_from([1, -1]))
def test_nothing_equals_its_neighbour(data: st.DataObject, value: Fraction, step: int) -> None:
    neighbour = value + Fraction(step, value.denominator)
    text = data.draw(written(neighbour))
    assert not check(text, str(value), FRACTION).correct


@given(st.data(), values)
def test_nothing_equals_its_opposite(data: st.DataObject, value: Fraction) -> None:
    assume(value)
    verdict = check(data.draw(written(-value)), str(value), FRACTION)
    assert verdict == Verdict(correct=False, reason=Reason.WRONG_SIGN)


PIECES = [*"0123456789০৯.,/-=%^*+():;<>½²⁄√৳$ \nx", "টাকা ", " kg", " or ", "বর্গ", "sq", "111 ", "/-"]
LIMIT = 0.010 if sys.gettrace() is None else 0.200
"""Seconds of the processor's time. Where every line is traced, for coverage, they say little."""

typed = st.one_of(
    st.text(max_size=500),
    st.lists(st.sampled_from(PIECES), max_size=500).map(lambda some: "".join(some)[:500]),
    st.builds(lambda piece: (piece * 500)[:500], st.sampled_from(PIECES)),
    st.builds(lambda a, b: ((a + b) * 500)[:500], *[st.sampled_from(PIECES)] * 2),
)


@settings(deadline=None)
@given(typed, st.sampled_from([NUMBER, FRACTION, PERCENT]), st.sampled_from([None, "taka", "m2"]))
@example("1" * 500, NUMBER, None)
@example("ﷺ" * 500, NUMBER, None)
@example("1 " * 250, NUMBER, None)
def test_no_text_breaks_the_checker_or_keeps_it_busy(
    text: str, kind: AnswerKind, unit: str | None
) -> None:
    spent = []
    for _ in range(3):
        begun = time.thread_time()
        view = view_of_refusal(text, kind, None if kind is PERCENT else unit)
        spent.append(time.thread_time() - begun)
        assert view in ("", "practice.unreadable", "practice.two_answers")
    assert min(spent) < LIMIT


def view_of_refusal(text: str, kind: AnswerKind, unit: str | None) -> str:
    try:
        check(text, "5", kind, None, unit)
    except Mistake as mistake:
        return mistake.view
    return ""
