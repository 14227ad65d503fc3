"""What a student is told of how to type an answer, and that it gives nothing away."""

import random
import re
from html import unescape

import pytest

from bot.views.tongue import load_catalogue
from bot.views.wanted import AIDS
from domain.errors import Mistake
from domain.people.records import Language
from domain.practice import answers
from domain.practice.aids import Aid, aid
from domain.practice.library import templates
from domain.practice.records import AnswerForm, AnswerKind, Problem
from runtime import content

PROBLEMS = [one.problem for one in content.check([content.LIBRARY], content.AT_A_START).problems]
SETTINGS = 40


@pytest.mark.parametrize(
    ("answer", "kind", "form", "expected"),
    [
        ("12", "number", None, None),
        ("5/4", "fraction", None, None),
        ("7/3", "fraction", "mixed", Aid.MIXED),
        ("2/3", "fraction", "lowest", Aid.LOWEST),
        ("25", "percent", None, Aid.PERCENT),
        ("2:3", "ratio", None, Aid.RATIO),
        ("3x^2 - 7", "expression", None, Aid.EXPRESSION),
        ("3x - 7", "expression", None, None),
        ("2:3", "ratio", "lowest", Aid.LOWEST_RATIO),
        ("x/(x + 1)", "expression", "lowest", Aid.LOWEST_QUOTIENT),
        ("5√3", "expression", "lowest", Aid.ROOT),
        ("4x - 3", "expression", "lowest", Aid.SIMPLEST),
        ("(x + 2)(x - 5)", "expression", "factors", Aid.FACTORS),
        ("2^14", "expression", "factors", Aid.POWER),
        ("x^2 + 7x", "expression", "expanded", Aid.EXPANDED),
        ("x = 7", "unknowns", None, None),
        ("x = 7, y = 2", "unknowns", None, Aid.UNKNOWNS),
        ("3, -2", "set", None, Aid.SET),
        ("x > 3", "inequality", None, Aid.INEQUALITY),
    ],
)
def test_what_is_more_than_a_plain_number_is_explained(
    answer: str, kind: str, form: str | None, expected: Aid | None
) -> None:
    asked = AnswerForm(form) if form else None
    assert aid(answer, AnswerKind(kind), asked) is expected


def examples(key: str, language: Language) -> list[str]:
    text = load_catalogue(language).gettext(key)
    return [unescape(one) for one in re.findall(r"<code>(.*?)</code>", text)]


def stated(problem: Problem) -> set[str]:
    """The answer, or many of the answers of a template."""
    if not problem.parameters:
        return {problem.answer}
    seeds = random.Random(problem.slug).sample(range(2**31), SETTINGS)
    numbers = (templates.numbers(problem.parameters, problem.conditions, seed) for seed in seeds)
    return {templates.filled_answer(problem.answer, each, problem.answer_kind) for each in numbers}


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.slug)
def test_no_example_is_an_answer_of_the_library(problem: Problem) -> None:
    shown = aid(problem.answer, problem.answer_kind, problem.answer_form)
    if shown is None:
        return
    for answer in stated(problem):
        for language in Language:
            for example in examples(AIDS[shown], language):
                try:
                    verdict = answers.check(example, answer, problem.answer_kind)
                except Mistake:
                    continue
                assert not verdict.correct
