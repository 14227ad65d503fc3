"""Proofreading: every kind of answer, computed, accepted by the checker, and not given away."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.practice.library.complaints import Flaw
from domain.practice.library.proofreading import slips
from domain.practice.records import AnswerForm, AnswerKind, Problem

K = AnswerKind
PLAIN = Problem(
    slug="c8-algebra-one",
    grade=8,
    topic="algebra",
    subtopic=None,
    question={"en": "What is asked?", "bn": "কী জানতে চাওয়া হয়েছে?"},
    answer="12",
    answer_kind=K.NUMBER,
    answer_tolerance=None,
    unit=None,
    hints=({"en": "Read.", "bn": "পড়ো।"},) * 3,
    solution={"en": "Think.", "bn": "ভাবো।"},
    difficulty=1,
    estimated_time_minutes=2,
    computation="3 * 4",
)


def flaws(problem: Problem) -> list[tuple[str, Flaw]]:
    return [(one.field, one.flaw) for one in slips(problem)]


def with_hint(problem: Problem, english: str, bengali: str = "পড়ো।") -> Problem:
    return replace(problem, hints=({"en": english, "bn": bengali}, *problem.hints[1:]))


RIGHT = [
    (K.NUMBER, None, "12", "3 * 4"),
    (K.NUMBER, None, "69.2", "692 / 10"),
    (K.NUMBER, AnswerForm.SCIENTIFIC, "6000", "6 * 10 ** 3"),
    (K.FRACTION, None, "5/4", "1 + 1/4"),
    (K.FRACTION, AnswerForm.LOWEST, "-2/3", "0 - 4/6"),
    (K.FRACTION, AnswerForm.MIXED, "5/4", "1 + 1/4"),
    (K.PERCENT, None, "50/3", "50 / 3"),
    (K.RATIO, None, "3:4", "18 : 24"),
    (K.RATIO, AnswerForm.LOWEST, "2:3:5", "4 : 6 : 10"),
    (K.EXPRESSION, None, "3x^2 + 2x - 5", "(3*x + 5) * (x - 1)"),
    (K.EXPRESSION, AnswerForm.FACTORS, "(x + 3)(x - 5)", "x ** 2 - 2*x - 15"),
    (K.EXPRESSION, AnswerForm.EXPANDED, "x^2 - 2x - 15", "(x + 3) * (x - 5)"),
    (K.EXPRESSION, None, "x/(x + 1)", "x ** 2 / (x ** 2 + x)"),
    (K.EXPRESSION, None, "5√3", "sqrt(75)"),
    (K.UNKNOWNS, None, "x = 6, y = 1", "x = (7 + 5) / 2, y = 7 - 6"),
    (K.UNKNOWNS, None, "x = 5/2, y = -1", "y = 0 - 1, x = 5 / 2"),
    (K.SET, None, "3, -2", "0 - 2, 3"),
    (K.INEQUALITY, None, "x > 3", "x > (10 - 1) / 3"),
    (K.INEQUALITY, None, "x <= -1/2", "x <= 0 - 1 / 2"),
]


@pytest.mark.parametrize(("kind", "form", "answer", "computation"), RIGHT)
def test_a_right_answer_of_every_kind_passes(
    kind: AnswerKind, form: AnswerForm | None, answer: str, computation: str
) -> None:
    problem = replace(
        PLAIN, answer_kind=kind, answer_form=form, answer=answer, computation=computation
    )
    assert flaws(problem) == []


WRONG = [
    (K.NUMBER, "12", "3 * 5"),
    (K.FRACTION, "5/4", "1 + 1/3"),
    (K.RATIO, "3:4", "24 : 18"),
    (K.RATIO, "3:4", "3 : 4 : 5"),
    (K.EXPRESSION, "x^2 - 1", "(x + 1) * (x + 1)"),
    (K.EXPRESSION, "5√3", "sqrt(74)"),
    (K.UNKNOWNS, "x = 6, y = 1", "x = 1, y = 6"),
    (K.UNKNOWNS, "x = 6, y = 1", "x = 6"),
    (K.SET, "3, -2", "3, 2"),
    (K.SET, "3, -2", "3, 0 - 2, 1"),
    (K.INEQUALITY, "x > 3", "x < 3"),
    (K.INEQUALITY, "x > 3", "x > 4"),
    (K.INEQUALITY, "x > 3", "x >= 3"),
]


@pytest.mark.parametrize(("kind", "answer", "computation"), WRONG)
def test_a_computation_that_says_something_else_is_told(
    kind: AnswerKind, answer: str, computation: str
) -> None:
    found = flaws(replace(PLAIN, answer_kind=kind, answer=answer, computation=computation))
    assert ("computation", Flaw.COMPUTATION_DIFFERS) in found or (
        "computation",
        Flaw.COMPUTATION_SAYS_ANOTHER,
    ) in found


@pytest.mark.parametrize(
    ("kind", "answer", "computation"),
    [
        (K.EXPRESSION, "x^2", "x ** y"),
        (K.EXPRESSION, "x^2", "x / (x - x)"),
        (K.EXPRESSION, "x^2", "cost * 2"),
        (K.EXPRESSION, "x^2 ?", "x ** 2"),
        (K.UNKNOWNS, "x = 3", "3"),
        (K.RATIO, "2:3", "x : 3"),
    ],
)
def test_a_computation_that_cannot_be_worked_out_is_told(
    kind: AnswerKind, answer: str, computation: str
) -> None:
    found = flaws(replace(PLAIN, answer_kind=kind, answer=answer, computation=computation))
    assert [field for field, _ in found] == ["computation"]
    assert found[0][1].startswith("sum_")


GIVEN_AWAY = [
    (K.RATIO, "3:4", "18 : 24", "It is 3 : 4."),
    (K.RATIO, "3:4", "18 : 24", "It is 3 to 4."),
    (K.EXPRESSION, "3x^2 + 2x", "3*x**2 + 2*x", "Is it 3x² + 2x?"),
    (K.EXPRESSION, "(x + 3)(x - 5)", "(x + 3) * (x - 5)", "It is (x+3)(x−5)."),
    (K.UNKNOWNS, "x = 6, y = 1", "x = 6, y = 1", "So y = 1."),
    (K.SET, "3, -2", "3, 0 - 2", "The roots are −2 and 3."),
    (K.INEQUALITY, "x > 3", "x > 3", "So x > 3."),
]


@pytest.mark.parametrize(("kind", "answer", "computation", "hint"), GIVEN_AWAY)
def test_a_hint_that_has_the_answer_is_told(
    kind: AnswerKind, answer: str, computation: str, hint: str
) -> None:
    problem = replace(PLAIN, answer_kind=kind, answer=answer, computation=computation)
    found = flaws(with_hint(problem, hint))
    assert ("hints", Flaw.HINT_HAS_ANSWER) in found


@pytest.mark.parametrize(
    ("kind", "answer", "computation", "hint"),
    [
        (K.NUMBER, "12", "3 * 4", "x¹² is a power, and 112 another number."),
        (K.NUMBER, "1", "1", "One of them is smaller."),
        (K.RATIO, "3:4", "18 : 24", "Compare 18 : 24 by 6."),
        (K.EXPRESSION, "2x", "2*x", "Begin with 12x − 10x."),
        (K.UNKNOWNS, "x = 6, y = 1", "x = 6, y = 1", "Add both: 2x = 12."),
        (K.INEQUALITY, "x > 3", "x > 3", "From 3x > 31 only the sign is clear."),
    ],
)
def test_a_hint_that_has_something_like_it_passes(
    kind: AnswerKind, answer: str, computation: str, hint: str
) -> None:
    problem = with_hint(
        replace(PLAIN, answer_kind=kind, answer=answer, computation=computation), hint
    )
    assert ("hints", Flaw.HINT_HAS_ANSWER) not in flaws(problem)


def test_words_for_numbers_count_in_both_languages() -> None:
    assert ("hints", Flaw.HINT_HAS_ANSWER) in flaws(with_hint(PLAIN, "A dozen."))
    assert ("hints", Flaw.HINT_HAS_ANSWER) in flaws(with_hint(PLAIN, "Read.", "বারোটি।"))
    twenty_one = replace(PLAIN, answer="21", computation="21")
    assert ("hints", Flaw.HINT_HAS_ANSWER) in flaws(with_hint(twenty_one, "Twenty-one?"))
    assert ("hints", Flaw.HINT_HAS_ANSWER) not in flaws(with_hint(PLAIN, "Twenty-one?"))


def test_a_unit_that_must_be_named_is_accepted_with_it() -> None:
    assert flaws(replace(PLAIN, unit="kg", unit_required=True)) == []


def test_a_tolerance_lets_a_rounded_answer_pass() -> None:
    rounded = replace(PLAIN, answer="3.33", computation="10 / 3")
    assert ("computation", Flaw.COMPUTATION_DIFFERS) in flaws(rounded)
    assert flaws(replace(rounded, answer_tolerance=Decimal("0.01"))) == []


LINE = replace(
    PLAIN,
    question={"en": "Add {bb} to {aa}x.", "bn": "{aa}x-এর সঙ্গে {bb} যোগ করো।"},
    answer="{aa}x {bb:signed}",
    answer_kind=K.EXPRESSION,
    computation="{aa} * x + {bb}",
    parameters=(("aa", "2..5"), ("bb", "-4 | -3 | -2 | 2 | 3")),
)


def shown(english: str, bengali: str | None = None) -> Problem:
    return replace(LINE, solution={"en": english, "bn": bengali or english})


def test_a_template_of_algebra_passes() -> None:
    assert flaws(LINE) == []
    assert flaws(shown("{aa}x {bb:signed}")) == []
    assert flaws(shown("({bb}) + {aa}")) == []


@pytest.mark.parametrize(
    ("parameters", "text", "flaw"),
    [
        ((("aa", "1..5"), ("bb", "2..9")), "{aa}x", Flaw.IDLE_FACTOR),
        ((("aa", "0 | 2 | 3 | 4 | 5"), ("bb", "2..9")), "{aa}x", Flaw.IDLE_FACTOR),
        ((("aa", "2..5"), ("bb", "-1..9")), "{aa}x {bb:signed}y", Flaw.IDLE_FACTOR),
        ((("aa", "2..5"), ("bb", "-4..4")), "{aa} {bb:signed}", Flaw.IDLE_FACTOR),
        ((("aa", "2..5"), ("bb", "-4..-2")), "{aa} + {bb}", Flaw.TWO_SIGNS),
        ((("aa", "2..5"), ("bb", "2..4")), "{aa} + {bb:signed}", Flaw.TWO_SIGNS),
    ],
)
def test_what_nobody_writes_is_told(
    parameters: tuple[tuple[str, str], ...], text: str, flaw: Flaw
) -> None:
    problem = replace(shown(text), parameters=parameters)
    assert ("solution", flaw) in flaws(problem)


def test_a_text_is_measured_with_its_longest_numbers() -> None:
    text = "{aa}" + "a" * 597
    assert flaws(shown(text, "{aa}")) == []
    wide = replace(shown(text, "{aa}"), parameters=(("aa", "2..5 step 1"), ("bb", "2..9")))
    assert flaws(wide) == []
    wider = replace(wide, parameters=(("aa", "9000..12000 step 500"), ("bb", "2..9")))
    assert flaws(wider) == [("solution", Flaw.TEXT_TOO_LONG)]


def test_a_quotient_of_parameters_gives_a_fraction_away() -> None:
    problem = replace(
        PLAIN,
        question={"en": "Share {top} by {low}.", "bn": "{top}-কে {low} দিয়ে ভাগ করো।"},
        answer="{part}",
        answer_kind=K.FRACTION,
        computation="{top} / {low}",
        parameters=(("top", "1..3"), ("low", "5 | 7 | 11 | 13"), ("part", "top / low")),
    )
    assert flaws(problem) == []
    assert ("hints", Flaw.HINT_HAS_ANSWER) in flaws(
        with_hint(problem, "{top}/{low}?", "{top}/{low}?")
    )
    assert flaws(with_hint(problem, "{low}/{top}?", "{low}/{top}?")) == []


def test_a_fraction_is_no_plain_number() -> None:
    halves = replace(PLAIN, answer="33/2", computation="33 / 2")
    assert flaws(halves) == [("answer", Flaw.FRACTION_NEEDS_KIND)]
    assert flaws(replace(halves, answer_kind=K.FRACTION)) == []


def test_an_answer_in_another_form_than_its_problem_asks_for_is_told() -> None:
    ratio = replace(
        PLAIN,
        answer="4:6",
        answer_kind=K.RATIO,
        answer_form=AnswerForm.LOWEST,
        computation="4 : 6",
    )
    assert flaws(ratio) == [("answer", Flaw.NOT_ACCEPTED)]
    assert flaws(replace(ratio, answer="2:3")) == []


def test_algebra_that_divides_by_nothing_is_told() -> None:
    problem = replace(PLAIN, answer="x^2", answer_kind=K.EXPRESSION, computation="x / (x - x)")
    assert flaws(problem) == [("computation", Flaw.SUM_CANNOT_BE_READ)]
