"""Templates: numbers chosen by a seed, conditions that hold, texts in each language's digits."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from math import gcd

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.practice.answers.numerals import numbers as numbers_in
from domain.practice.library.complaints import Flaw, Wrong
from domain.practice.library.computation import Values
from domain.practice.library.figures import DISPLAYS, exactly, shown
from domain.practice.library.templates import (
    Misplaced,
    Template,
    filled,
    filled_answer,
    numbers,
    parts,
)
from domain.practice.records import AnswerKind, Problem
from runtime import content

EGGS = (("eggs", "3 | 4 | 6 | 8"), ("dozen", "120..180 step 12"), ("total", "eggs * dozen / 12"))
FEWER = ("eggs < 8", "total != dozen")

sizes = st.fractions(max_denominator=10**4) | st.integers(-(10**9), 10**9)


def test_all_combinations_that_satisfy_the_conditions_are_valid() -> None:
    template = Template(EGGS, FEWER)
    assert template.count == 4 * 6
    found = [*template.valid()]
    assert len(found) == 3 * 6
    assert all(one["total"] == one["eggs"] * one["dozen"] / 12 for one in found)
    assert found[0] == {"eggs": 3, "dozen": 120, "total": 30}


@given(st.integers(0, 2**31 - 1))
def test_a_seed_always_gives_the_same_numbers_and_they_satisfy_the_conditions(seed: int) -> None:
    picked = Template(EGGS, FEWER).pick(seed)
    assert picked == Template(EGGS, FEWER).pick(seed) == numbers(EGGS, FEWER, seed)
    assert picked in [*Template(EGGS, FEWER).valid()]


class Watched(Template):
    """Notes which combinations are looked at; works each out only once, to be quick."""

    def __init__(self, parameters: Sequence[tuple[str, str]], conditions: Sequence[str]) -> None:
        super().__init__(parameters, conditions)
        self.tried: list[int] = []
        self._known: dict[int, Values | None] = {}

    def values(self, index: int) -> Values | None:
        self.tried.append(index)
        if index not in self._known:
            self._known[index] = super().values(index)
        return self._known[index]


def seeds(template: Template) -> range:
    """As many as there are starts, for each of the eight ways to walk on from one."""
    return range(8 * template.count)


def test_every_combination_comes_up() -> None:
    template = Template(EGGS, FEWER)
    picked = {tuple(template.pick(seed).values()) for seed in range(template.count)}
    assert picked == {tuple(one.values()) for one in template.valid()}


VARIED = [
    one.problem
    for one in content.check([content.LIBRARY], content.AT_A_START).problems
    if one.problem.parameters
]


@pytest.mark.parametrize("problem", VARIED, ids=lambda problem: problem.slug)
def test_no_combination_of_the_library_comes_up_much_more_often_than_others(
    problem: Problem,
) -> None:
    template = Watched(problem.parameters, problem.conditions)
    valid = [*template.valid()]
    picked = Counter(id(template.pick(seed)) for seed in seeds(template))
    assert set(picked) == set(map(id, valid))
    assert max(picked.values()) <= 5 * len(seeds(template)) / len(valid)
    assert template.longest_walk() <= template.most_tries


NARROW = (
    [("aa", "1..3000")],
    [("aa", "1..100"), ("bb", "1..200")],
    [("aa", "1..2"), ("bb", "1..1500")],
)


@settings(deadline=None)  # every combination is tried, however busy the machine is
@given(st.sampled_from(NARROW), st.integers(1, 60), st.integers(0, 2**31 - 1))
def test_no_walk_is_longer_than_the_longest(
    parameters: list[tuple[str, str]], least: int, seed: int
) -> None:
    name = parameters[-1][0]
    template = Watched(parameters, [f"{name} > {least}", f"{name} < {least + 9}"])
    longest = template.longest_walk()
    template.tried.clear()
    assert least < template.pick(seed)[name] < least + 9
    assert len(template.tried) == len(set(template.tried)) <= longest


def test_the_longest_walk_is_one_that_a_seed_takes() -> None:
    template = Watched([("aa", "1..300")], ["aa = 17"])
    assert template.longest_walk() == 300
    walks = set()
    for seed in seeds(template):
        template.tried.clear()
        template.pick(seed)
        walks.add(len(template.tried))
    assert walks == set(range(1, 301))


def test_with_long_sums_fewer_tries_are_allowed() -> None:
    assert Template([("aa", "1..300")], []).most_tries == 500
    long = Template([("aa", "1..300")], ["aa > " + "1 + " * 70 + "1"] * 10)
    assert 10 < long.most_tries < 100


def test_what_makes_too_many_combinations_is_refused_before_they_are_made() -> None:
    parameters = [(f"more_{number}", "1..20000") for number in range(1000)]
    with pytest.raises(Misplaced) as raised:
        Template(parameters, [])
    assert raised.value.wrong.flaw is Flaw.TOO_MANY_COMBINATIONS


def test_sums_that_cannot_be_worked_out_do_not_satisfy_the_conditions() -> None:
    template = Template([("area", "1..30"), ("side", "sqrt(area)"), ("part", "6 / (side - 2)")], [])
    assert [one["side"] for one in template.valid()] == [1, 3, 4, 5]


def test_a_template_that_nothing_satisfies_picks_nothing() -> None:
    with pytest.raises(Wrong) as raised:
        Template([("aa", "1..5")], ["aa > 5"]).pick(3)
    assert raised.value.flaw is Flaw.TOO_FEW_COMBINATIONS


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("3 | 4", [3, 4]),
        ("-4 | 2.5 | 3/4", [-4, Fraction(5, 2), Fraction(3, 4)]),
        ("-2..2", [-2, -1, 0, 1, 2]),
        ("1 .. 9 step 4", [1, 5, 9]),
        ("7..7", [7]),
    ],
)
def test_choices(written: str, expected: list[Fraction]) -> None:
    assert [one["aa"] for one in Template([("aa", written)], []).valid()] == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("aa = 3", [3]),
        ("aa != 3", [1, 2, 4, 5]),
        ("2 <= aa < 4", [2, 3]),
        ("aa >= 5", [5]),
        ("mod(aa, 2) = 1", [1, 3, 5]),
        ("gcd(aa, 4) > 1", [2, 4]),
        ("lcm(aa, 2) = 4", [4]),
        ("floor(aa / 2) = 1", [2, 3]),
        ("abs(aa - 3) = 2", [1, 5]),
        ("min(aa, 3) = max(2, 3)", [3, 4, 5]),
        ("round(aa / 2, 0) = 2", [3, 4]),
        ("aa ** 2 > 10", [4, 5]),
    ],
)
def test_conditions(condition: str, expected: list[int]) -> None:
    assert [one["aa"] for one in Template([("aa", "1..5")], [condition]).valid()] == expected


@pytest.mark.parametrize(
    ("parameters", "conditions", "field", "number", "flaw"),
    [
        ([("aa", "1..5"), ("aa", "2")], [], "parameters", 2, Flaw.NOT_A_NAME),
        ([("a", "1..5")], [], "parameters", 1, Flaw.NOT_A_NAME),
        ([("aa", "1 + 2")], [], "parameters", 1, Flaw.NO_CHOICE),
        ([("aa", "5..1")], [], "parameters", 1, Flaw.EMPTY_RANGE),
        ([("aa", "1 | 1/0")], [], "parameters", 1, Flaw.SUM_DIVIDES_BY_ZERO),
        ([("aa", "1..200"), ("bb", "1..200")], [], "parameters", 1, Flaw.TOO_MANY_COMBINATIONS),
        ([("aa", "1..5"), ("bb", "cc + 1")], [], "parameters", 2, Flaw.SUM_UNKNOWN_NAME),
        ([("aa", "1..5")], ["aa > 1", "aa + 1"], "where", 2, Flaw.NOT_A_COMPARISON),
        ([("aa", "1..5")], ["aa > "], "where", 1, Flaw.SUM_UNFINISHED),
    ],
)
def test_nonsense_is_refused_at_its_place(
    parameters: list[tuple[str, str]], conditions: list[str], field: str, number: int, flaw: Flaw
) -> None:
    with pytest.raises(Misplaced) as raised:
        Template(parameters, conditions)
    found = raised.value
    assert (found.field, found.number, found.wrong.flaw) == (field, number, flaw)


@pytest.mark.parametrize(
    ("value", "display", "english", "bengali"),
    [
        (7, "", "7", "৭"),
        (-7, "", "−7", "−৭"),
        (9999, "", "9999", "৯৯৯৯"),
        (10000, "", "10,000", "১০,০০০"),
        (12500000, "", "1,25,00,000", "১,২৫,০০,০০০"),
        (Fraction(5, 2), "", "2.5", "২.৫"),
        (Fraction(-1, 16), "", "−0.0625", "−০.০৬২৫"),
        (Fraction(1, 32), "", "1/32", "১/৩২"),
        (Fraction(2, 3), "", "2/3", "২/৩"),
        (Fraction(5, 2), "fraction", "5/2", "৫/২"),
        (Fraction(7, 4), "mixed", "1 3/4", "১ ৩/৪"),
        (Fraction(-7, 4), "mixed", "−1 3/4", "−১ ৩/৪"),
        (Fraction(3, 4), "mixed", "3/4", "৩/৪"),
        (4, "mixed", "4", "৪"),
        (5, "signed", "+ 5", "+ ৫"),
        (-5, "signed", "− 5", "− ৫"),
        (Fraction(25001, 2), "", "12,500.5", "১২,৫০০.৫"),
    ],
)
def test_numbers_are_shown_as_people_write_them(
    value: Fraction, display: str, english: str, bengali: str
) -> None:
    assert shown(value, display, "en") == english
    assert shown(value, display, "bn") == bengali


@given(sizes, st.sampled_from(DISPLAYS))
def test_a_shown_number_reads_back_alike_in_both_languages(value: Fraction, display: str) -> None:
    english, bengali = shown(value, display, "en"), shown(value, display, "bn")
    assert numbers_in(english) == numbers_in(bengali)
    assert not any("0" <= one <= "9" for one in bengali)
    if Fraction(value).denominator == 1 or display == "":
        read = numbers_in(english)
        size = read[0] if len(read) == 1 else read[0] / read[1]
        assert size == abs(value)


@given(sizes, st.booleans())
def test_a_number_in_an_answer_is_exact(value: Fraction, decimal: bool) -> None:
    written = exactly(value, "", decimal)
    assert Fraction(written) == value
    assert Fraction(exactly(value, "signed", decimal).replace(" ", "")) == value
    top, _, bottom = written.partition("/")
    assert not bottom or gcd(int(top), int(bottom)) == 1


def test_texts_and_answers_are_filled() -> None:
    named: Values = {"aa": 3, "bb": -5, "half": Fraction(1, 2), "big": 125000}
    assert filled("{aa}x {bb:signed} = {big}", named, "en") == "3x − 5 = 1,25,000"
    assert filled("{aa}x {bb:signed} = {big}", named, "bn") == "৩x − ৫ = ১,২৫,০০০"
    assert filled("{{{aa}, {half}}}", named, "en") == "{3, 0.5}"
    assert filled_answer("{aa}x {bb:signed}", named, AnswerKind.EXPRESSION) == "3x - 5"
    assert filled_answer("{half}", named, AnswerKind.FRACTION) == "1/2"
    assert filled_answer("{half}", named, AnswerKind.NUMBER) == "0.5"
    assert filled_answer("{big}", named, AnswerKind.NUMBER) == "125000"


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("{", Flaw.STRAY_BRACE),
        ("a } b", Flaw.STRAY_BRACE),
        ("{Eggs}", Flaw.STRAY_BRACE),
        ("{eggs:neat}", Flaw.UNKNOWN_DISPLAY),
    ],
)
def test_a_brace_that_names_nothing_is_refused(text: str, flaw: Flaw) -> None:
    with pytest.raises(Wrong) as raised:
        parts(text)
    assert raised.value.flaw is flaw


@given(st.text("{}:abc_1 ", max_size=40))
def test_no_text_does_anything_but_fail(text: str) -> None:
    try:
        pieces = parts(text)
    except Wrong:
        return
    assert isinstance(pieces[0], str)
    assert isinstance(pieces[-1], str)
