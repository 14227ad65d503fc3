"""A class hands in at once: each of some two hundred small programs gets the verdict it is due."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from domain.submissions.judging import Verdict
from engines.judge import SandboxJudge
from tests.engines.judge.students import Submission, submissions

AT_ONCE = 4


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_a_whole_class_is_judged_rightly_at_once(tmp_path: Path) -> None:
    judge = SandboxJudge(tmp_path)
    everything = list(submissions())
    places = asyncio.Semaphore(AT_ONCE)
    wrong: list[str] = []

    async def look(submission: Submission) -> None:
        async with places:
            judged = await judge.judge(submission.task)
        if judged.verdict is not submission.verdict:
            wrong.append(f"{submission.name}: {submission.verdict.name} was due, got {judged}")

    async with asyncio.TaskGroup() as group:
        for each in everything:
            group.create_task(look(each))
    assert not wrong, "\n".join(wrong)


def test_the_class_hands_in_enough_of_every_kind() -> None:
    everything = list(submissions())
    assert len(everything) >= 150
    assert len({each.name for each in everything}) == len(everything)
    languages = {each.task.program.language for each in everything}
    for language in languages:
        due = Counter(each.verdict for each in everything if each.task.program.language == language)
        assert due.keys() == set(Verdict) - {Verdict.INTERNAL_ERROR}
        assert due[Verdict.ACCEPTED] >= 20
        assert due[Verdict.WRONG_ANSWER] >= 20
