"""Ratios, expressions, unknowns, sets and inequalities as students type them; forms and units."""

import sys
import time
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from domain.errors import Mistake
from domain.practice.answers import Reason, check, kind_of
from domain.practice.records import AnswerForm, AnswerKind

K, F, R = AnswerKind, AnswerForm, Reason

RIGHT = {
    (K.RATIO, "2:3"): "2:3 | ২ঃ৩ | 2 : 3 | 2∶3 | 2 to 3 | 2 is to 3 | 4:6 | ২ অনুপাত ৩ | 2/3 | "
    "দুই অনুপাত তিন | অনুপাত = ২:৩ | the ratio is 2:3 | 4:6 = 2:3 | a:b = 2:3 | 1/2 : 3/4 | "
    "2 kg : 3 kg | ratio of boys to girls is 2:3 | ছেলে : মেয়ে = ২ : ৩",
    (K.RATIO, "2:3:5"): "2:3:5 | ২ঃ৩ঃ৫ | 4 : 6 : 10 | a:b:c = 2:3:5 | 2 to 3 to 5",
    (K.EXPRESSION, "3x^2 + 2x - 5"): "3x²+2x−5 | ৩x² + ২x - ৫ | 2X - 5 + 3X^2 | 3x**2+2*x-5 | "
    "(3x+5)(x-1) | 3x squared + 2x - 5 | উত্তর: 3x²+2x-5 | = 3x²+2x-5 হবে | y = 3x²+2x-5 | "
    "3x^2 + 2x - 5 (Ans)",
    (K.EXPRESSION, "5x/2"): "2½x | 2 1/2 x | (5/2)x | 5/2 x | 2.5x | 5x ÷ 2 | 5x by 2",
    (K.EXPRESSION, "x/(x + 1)"): "x/(x+1) | x ÷ (1+x) | 2x/(2x+2)",
    (K.EXPRESSION, "5√3"): "৫√৩ | 5 root 3 | 5 sqrt(3) | 5 root over 3 | √75 | 15/√3 | ৫ রুট ৩",
    (K.EXPRESSION, "2^10"): "2¹⁰ | ২^১০ | 1024 | 4^5 | 2**10 | 2 to the power 10",
    (K.EXPRESSION, "ক + খ"): "ক + খ | খ+ক",
    (K.UNKNOWNS, "x = 3, y = -2"): "x=3,y=-2 | y=−২, x=৩ | (3, -2) | 3, -2 | (x, y) = (3, -2) | "
    "(y, x) = (-2, 3) | x = 3 and y = -2 | x=3 ও y=-২ | x=3 y=-2 | X=3; Y=-2 | 3 = x, -2 = y | "
    "x is 3 and y is -2 | x এর মান ৩, y এর মান -২ | x: 3, y: -2 | x+y=1, x=3, y=-2 | "
    "x = 6/2 = 3, y = -2 | x er man 3 ar y er man -2",
    (K.UNKNOWNS, "x = 5/2, y = 1"): "x = 2½, y = 1 | x=2.5,y=1 | x = 2 1/2 and y = 1",
    (K.SET, "2, -3"): "2, -3 | -3 ও ২ | {2,-3} | x=2 or x=-3 | x = 2 অথবা -৩ | x₁=2, x₂=-3 | "
    "2 and -3 | x = 2\nx = -3 | (x-2)(x+3)=0, x = 2, -3 | the roots are 2 and -3",
    (K.SET, "3, -3"): "±3 | x = ±3 | +-3 | 3 or -3 | plus minus 3 | {3, -3}",
    (K.SET, "√2, -√2"): "±√2 | √2, -√2 | x = -√2 or √2",
    (K.SET, "2, 3, 5"): "2,3,5 | ২, ৩ ও ৫ | A = {5, 3, 2} | 2 3 5 | দুই, তিন, পাঁচ",
    (K.INEQUALITY, "x > 3"): "x > ৩ | 3 < x | x is greater than 3 | x ৩ এর চেয়ে বড় | > 3 | "
    "x ৩-এর থেকে বেশি | 2x > 6, x > 3 | 2x > 6 => x > 3 | x 3 er cheye boro | x > three",
    (K.INEQUALITY, "x <= -1/2"): "x ≤ -½ | x =< -0.5 | -1/2 >= x | x < = -1/2 | x at most -0.5",
    (K.INEQUALITY, "x >= 3"): "x => 3 | at least 3 | কমপক্ষে ৩ | ৩ বা তার বেশি | 3 or more | "
    "x is greater than or equal to 3 | x not less than 3",
    (K.INEQUALITY, "-2 < x < 3"): "-2 < x < 3 | 3 > x > -2 | x > -2 and x < 3",
}

REFUSED = {
    (K.RATIO, "2:3"): "3:2 | ৩ঃ২ | 2:5 | 2,3 | 2 3 | -2:3 | 2 | 2:3 or 3:2 | not 2:3 | 3/2 | 2:3:5",
    (K.EXPRESSION, "3x^2 + 2x - 5"): "3x2+2x-5 | 3x²+2x+5 | 3x²-2x-5 | 3y²+2y-5 | 3x²+2x-5 নয় | "
    "3x²+2x-5 or 3x² | 3x²+2x-5 = 0 | 3x² + 2x - 5 > 0 | 3x^2 + x + x - 5 | about 3x²+2x-5",
    (K.EXPRESSION, "5x/2"): "5/2x | 2x/5 | 5x2 | 25x | 5/(2x)",
    (K.EXPRESSION, "x/(x + 1)"): "x/x+1 | (x+1)/x | 1/(x+1)",
    (K.EXPRESSION, "5√3"): "3√5 | 8.66 | -5√3 | √15 | 5√3 cm | 2√3 + 3√3",
    (K.EXPRESSION, "2^10"): "210 | 2×10 | 10^2 | 512 × 2",
    (K.UNKNOWNS, "x = 3, y = -2"): "x=3,y=2 | x=3 | 3 | x=-2, y=3 | a=3, b=-2 | x=3, x=4, y=-2 | "
    "x=3, y=-2 na | x=3y=-2 | 2x=6, y=-2 | x≠3, y=-2 | 3, -2, 1 | x = ±3, y = -2",
    (K.SET, "2, -3"): "2 | 2, 3 | -2, 3 | 2, -3, 4 | not 2, -3 | 2-3 | ±2 | x > 2",
    (
        K.INEQUALITY,
        "x > 3",
    ): "x < 3 | x >= 3 | x = 3 | 3 | y > 3 | x > 3 নয় | x is not greater than 3 "
    "| 2x > 6 | x > 3 or x < 2 | x > -3 | 3 > x | x ৩ এর চেয়ে ছোট | x > 3x",
    (K.INEQUALITY, "-2 < x < 3"): "-2 <= x < 3 | x < 3 | -2 > x > 3",
}


def rows(table: dict[tuple[AnswerKind, str], str]) -> list[tuple[str, str, AnswerKind]]:
    return [
        (typed.strip(" "), answer, kind)
        for (kind, answer), all_typed in table.items()
        for typed in all_typed.split("|")
    ]


@pytest.mark.parametrize(("typed", "answer", "kind"), rows(RIGHT))
def test_right_in_the_students_own_way(typed: str, answer: str, kind: AnswerKind) -> None:
    assert check(typed, answer, kind).correct


@pytest.mark.parametrize(("typed", "answer", "kind"), rows(REFUSED))
def test_what_only_looks_right(typed: str, answer: str, kind: AnswerKind) -> None:
    with suppress(Mistake):
        assert not check(typed, answer, kind).correct


FORMS = [
    ("3/4", "3/4", K.FRACTION, F.LOWEST, None),
    ("6/8", "3/4", K.FRACTION, F.LOWEST, R.NOT_LOWEST),
    ("0.75", "3/4", K.FRACTION, F.LOWEST, R.WRONG_FORM),
    ("1 1/4", "5/4", K.FRACTION, F.MIXED, None),
    ("সোয়া এক", "5/4", K.FRACTION, F.MIXED, None),
    ("5/4", "5/4", K.FRACTION, F.MIXED, R.WRONG_FORM),
    ("1 2/8", "5/4", K.FRACTION, F.MIXED, R.NOT_LOWEST),
    ("1.25", "1.25", K.NUMBER, F.DECIMAL, None),
    ("5/4", "1.25", K.NUMBER, F.DECIMAL, R.WRONG_FORM),
    ("6 × 10³", "6000", K.NUMBER, F.SCIENTIFIC, None),
    ("6e3", "6000", K.NUMBER, F.SCIENTIFIC, None),
    ("60 × 10²", "6000", K.NUMBER, F.SCIENTIFIC, R.WRONG_FORM),
    ("6000", "6000", K.NUMBER, F.SCIENTIFIC, R.WRONG_FORM),
    ("2:3", "2:3", K.RATIO, F.LOWEST, None),
    ("4:6", "2:3", K.RATIO, F.LOWEST, R.NOT_LOWEST),
    ("(x-5)(x+3)", "(x + 3)(x - 5)", K.EXPRESSION, F.FACTORS, None),
    ("(5-x)(-3-x)", "(x + 3)(x - 5)", K.EXPRESSION, F.FACTORS, None),
    ("x²-2x-15 = (x-5)(x+3)", "(x + 3)(x - 5)", K.EXPRESSION, F.FACTORS, None),
    ("x²-2x-15", "(x + 3)(x - 5)", K.EXPRESSION, F.FACTORS, R.WRONG_FORM),
    ("x(x-2)-15", "(x + 3)(x - 5)", K.EXPRESSION, F.FACTORS, R.WRONG_FORM),
    ("(x+2)(x+2)", "(x + 2)^2", K.EXPRESSION, F.FACTORS, None),
    ("x(2x+6)", "2x(x + 3)", K.EXPRESSION, F.FACTORS, R.WRONG_FORM),
    ("2×2×3", "2^2 × 3", K.EXPRESSION, F.FACTORS, None),
    ("4×3", "2^2 × 3", K.EXPRESSION, F.FACTORS, R.WRONG_FORM),
    ("x²+3x+2", "x^2 + 3x + 2", K.EXPRESSION, F.EXPANDED, None),
    ("(x+1)(x+2)", "x^2 + 3x + 2", K.EXPRESSION, F.EXPANDED, R.WRONG_FORM),
    ("x²+x+2x+2", "x^2 + 3x + 2", K.EXPRESSION, F.EXPANDED, R.WRONG_FORM),
    ("2x/(2x+2)", "x/(x + 1)", K.EXPRESSION, F.LOWEST, R.NOT_LOWEST),
    ("√75", "5√3", K.EXPRESSION, F.LOWEST, R.NOT_LOWEST),
]


@pytest.mark.parametrize(("typed", "answer", "kind", "form", "reason"), FORMS)
def test_the_form_that_a_problem_asks_for(
    typed: str, answer: str, kind: AnswerKind, form: AnswerForm, reason: Reason | None
) -> None:
    verdict = check(typed, answer, kind, form=form)
    assert verdict.reason is reason
    assert verdict.correct is (reason is None)


REASONS = [
    ("3:2", "2:3", K.RATIO, R.WRONG_ORDER),
    ("x=-2, y=3", "x = 3, y = -2", K.UNKNOWNS, R.WRONG_ORDER),
    ("x=3", "x = 3, y = -2", K.UNKNOWNS, R.INCOMPLETE),
    ("2", "2, -3", K.SET, R.INCOMPLETE),
    ("-2, 3", "2, -3", K.SET, R.WRONG_SIGN),
    ("x < 3", "x > 3", K.INEQUALITY, R.WRONG_DIRECTION),
    ("x >= 3", "x > 3", K.INEQUALITY, R.OPEN_OR_CLOSED),
    ("x > 2", "2 < x < 5", K.INEQUALITY, R.INCOMPLETE),
    ("5-x", "x - 5", K.EXPRESSION, R.WRONG_SIGN),
    ("2/x", "x/2", K.EXPRESSION, R.UPSIDE_DOWN),
    ("3x + 2x", "5x", K.EXPRESSION, R.WRONG_FORM),
]


@pytest.mark.parametrize(("typed", "answer", "kind", "reason"), REASONS)
def test_why_it_is_not_right(typed: str, answer: str, kind: AnswerKind, reason: Reason) -> None:
    assert check(typed, answer, kind).reason is reason


def test_a_unit_that_is_the_point_must_be_named() -> None:
    assert check("42", "42", K.NUMBER, None, "taka", unit_required=True).reason is R.UNIT_MISSING
    assert check("৳42", "42", K.NUMBER, None, "taka", unit_required=True).correct
    assert (
        check("5√3", "5√3", K.EXPRESSION, None, "cm", unit_required=True).reason is R.UNIT_MISSING
    )
    assert check("5√3 cm", "5√3", K.EXPRESSION, None, "cm", unit_required=True).correct


@pytest.mark.parametrize(
    ("expected", "kind"),
    [
        ("12", K.NUMBER),
        ("-69.2", K.NUMBER),
        ("5/4", K.FRACTION),
        ("25%", K.PERCENT),
        ("2:3:5", K.RATIO),
        ("3x^2 + 2x", K.EXPRESSION),
        ("2√3", K.EXPRESSION),
        ("2^7", K.EXPRESSION),
        ("x = 3, y = -2", K.UNKNOWNS),
        ("3, -2", K.SET),
        ("x <= -1/2", K.INEQUALITY),
    ],
)
def test_the_kind_of_an_answer_can_be_guessed(expected: str, kind: AnswerKind) -> None:
    assert kind_of(expected) is kind


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (K.RATIO, "5"),
        (K.RATIO, "2:x"),
        (K.EXPRESSION, "3x +"),
        (K.UNKNOWNS, "x = "),
        (K.UNKNOWNS, "x = 3, y"),
        (K.SET, "x"),
        (K.INEQUALITY, "3"),
        (K.INEQUALITY, "x > y"),
    ],
)
def test_an_answer_that_is_none_of_its_kind_is_our_fault(kind: AnswerKind, expected: str) -> None:
    with pytest.raises(ValueError, match="not "):
        check("5", expected, kind)


# -- properties ------------------------------------------------------------------------------

whole = st.integers(-99, 99)
BENGALI = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")


def term(coefficient: int, letters: str) -> str:
    return f"{'+' if coefficient >= 0 else '-'} {abs(coefficient)}{letters}"


@given(
    st.lists(whole.filter(bool), min_size=3, max_size=3), st.permutations(range(3)), st.booleans()
)
def test_the_order_of_terms_says_nothing(
    numbers: list[int], order: list[int], bengali: bool
) -> None:
    terms = [term(one, letters) for one, letters in zip(numbers, ("x^2", "x", ""), strict=True)]
    answer = " ".join(terms).lstrip("+ ")
    typed = " ".join(terms[at] for at in order)
    assert check(typed.translate(BENGALI) if bengali else typed, answer, K.EXPRESSION).correct
    changed = " ".join([*terms[:2], term(numbers[2] + 1, "")])
    assert not check(changed, answer, K.EXPRESSION).correct


@given(whole.filter(bool), whole.filter(bool))
def test_a_product_is_right_expanded_and_a_factorise_question_is_not_given_back(
    a: int, b: int
) -> None:
    assume(a + b)
    factors = f"(x {term(a, '')})(x {term(b, '')})"
    expanded = f"x² {term(a + b, 'x')} {term(a * b, '')}"
    assert check(expanded, factors, K.EXPRESSION).correct
    assert check(expanded, factors, K.EXPRESSION, form=F.FACTORS).reason is R.WRONG_FORM
    assert check(factors, factors, K.EXPRESSION, form=F.FACTORS).correct
    assert check(factors, expanded, K.EXPRESSION, form=F.EXPANDED).reason is R.WRONG_FORM


@given(st.integers(1, 99), st.integers(1, 99), st.integers(1, 9))
def test_a_ratio_is_right_at_any_scale_and_no_other_way_round(a: int, b: int, times: int) -> None:
    lowest = Fraction(a, b)
    answer = f"{lowest.numerator}:{lowest.denominator}"
    assert check(f"{a * times} : {b * times}", answer, K.RATIO).correct
    assert not check(f"{a + 1}:{b}", answer, K.RATIO).correct
    if a != b:
        assert check(f"{b}:{a}", answer, K.RATIO).reason is R.WRONG_ORDER


@given(whole, whole)
def test_unknowns_and_sets_of_two(a: int, b: int) -> None:
    assert check(f"y={b} , x={a}", f"x = {a}, y = {b}", K.UNKNOWNS).correct
    assert not check(f"x={a}, y={b + 1}", f"x = {a}, y = {b}", K.UNKNOWNS).correct
    assert check(f"x = {b} or x = {a}", f"{a}, {b}", K.SET).correct
    assert not check(f"x = {b} or x = {a + 100}", f"{a}, {b}", K.SET).correct


@given(whole, st.sampled_from(["<", ">", "<=", ">="]))
def test_an_inequality_can_be_turned_round(value: int, sign: str) -> None:
    turned = sign.translate(str.maketrans("<>", "><"))
    assert check(f"{value} {turned} x", f"x {sign} {value}", K.INEQUALITY).correct
    verdict = check(f"x {turned} {value}", f"x {sign} {value}", K.INEQUALITY)
    assert verdict.reason is R.WRONG_DIRECTION


PIECES = [
    *("0", "1", "9", "১", "x", "y", "(", ")", "+", "-", "*", "/", "^", "^2", "^64", "√", "=", ","),
    *(":", "<", ">", "±", "{", "}", "½", ".", "\n", "√999999999989", "9^64", "e9", " ", "1 ", "ঃ"),
    *("(x+1)", "(x+y+1)", "(x+y)^8", "1/(x+2)+", "(x+y+1)(", "x=", " or ", "and ", "১এক ", "।"),
    *("লাখ ", "সাড়ে ", "টাকা ", "kg", " এর চেয়ে বড় ", " is greater than "),
]
EXPECTED = [
    *((K.RATIO, "2:3"), (K.EXPRESSION, "3x^2 + 2x - 5"), (K.EXPRESSION, "x/(x + 1)")),
    *((K.EXPRESSION, "5√3"), (K.UNKNOWNS, "x = 3, y = -2"), (K.SET, "2, -3")),
    *((K.INEQUALITY, "x > 3"), (K.NUMBER, "5")),
]
LIMIT = 0.010 if sys.gettrace() is None else 0.200
"""Seconds of the processor's time. Where every line is traced, for coverage, they say little."""

typed = st.one_of(
    st.text(max_size=500),
    st.lists(st.sampled_from(PIECES), max_size=250).map(lambda some: "".join(some)[:500]),
    st.builds(lambda piece: (piece * 500)[:500], st.sampled_from(PIECES)),
    st.builds(lambda a, b: ((a + b) * 250)[:500], *[st.sampled_from(PIECES)] * 2),
)


@settings(deadline=None)
@given(typed, st.sampled_from(EXPECTED))
@example("½" * 500, (K.INEQUALITY, "x > 3"))
@example("1/(x+2)+" * 60, (K.EXPRESSION, "x/(x + 1)"))
@example("(x+y+1)" * 70, (K.EXPRESSION, "x/(x + 1)"))
@example("9^64*" * 99 + "9", (K.EXPRESSION, "5√3"))
def test_no_text_breaks_the_checker_or_keeps_it_busy(
    text: str, expected: tuple[AnswerKind, str]
) -> None:
    spent = []
    for _ in range(5):
        begun = time.thread_time()
        view = view_of_refusal(text, *expected)
        spent.append(time.thread_time() - begun)
        assert view in ("", "practice.unreadable", "practice.two_answers")
        if spent[-1] < LIMIT:
            break
    assert min(spent) < LIMIT


def view_of_refusal(text: str, kind: AnswerKind, expected: str) -> str:
    try:
        check(text, expected, kind)
    except Mistake as mistake:
        return mistake.view
    return ""
