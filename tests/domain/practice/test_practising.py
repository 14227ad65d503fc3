"""The answers that the other tests give: right where they say right, and wrong, not unreadable."""

import pytest

from domain.practice.answers import check
from domain.practice.library import templates
from tests.domain.practice.shipped import shipped
from tests.practising import Waiting, in_form


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_every_problem_can_be_answered_rightly_and_wrongly(seed: int) -> None:
    for problem in (templates.example(one, seed) for one in shipped()):
        unit = f" {problem.unit}" if problem.unit_required else ""
        asked = Waiting(
            problem.answer_kind, f"{in_form(problem.answer, problem.answer_form)}{unit}"
        )
        for given, is_right in ((asked.right, True), (asked.wrong, False)):
            verdict = check(
                given,
                problem.answer,
                problem.answer_kind,
                problem.answer_tolerance,
                problem.unit,
                unit_required=problem.unit_required,
                form=problem.answer_form,
            )
            assert verdict.correct == is_right, (problem.slug, given)
