"""The example problems that come with Dars are accepted, by the same trial as a teacher's."""

import shutil
from pathlib import Path

import pytest

from domain.problems.packages import ProblemPackage, read_package
from domain.problems.packages.complaints import Complaint, Flaw
from domain.problems.trial import plan, run
from engines.judge import SandboxJudge
from tests.domain.problems.zips import package

CONTENT = Path(__file__).parents[3] / "content" / "problems"
FILES = [CONTENT / "template.yaml", *sorted((CONTENT / "examples").glob("*.yaml"))]
VALIDATOR = """\
import sys
a, b = map(int, input().split())
sys.exit(42 if a < 100 and b < 100 else 43)
"""

WRONG_THEN_SLOW = """\
a, b = map(int, input().split())
while a > 1:
    pass
print(0)
"""


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> SandboxJudge:
    if shutil.which("bwrap") is None:
        pytest.skip("bubblewrap is not installed")
    return SandboxJudge(tmp_path_factory.mktemp("judge"))


def read(name: str, content: bytes) -> ProblemPackage:
    found = read_package(name, content)
    assert found.complaints == ()
    assert found.package is not None
    return found.package


async def tried(judge: SandboxJudge, problem: ProblemPackage) -> list[Complaint]:
    found: list[Complaint] = []
    for trial in plan(problem).trials:
        if trial.task.program.language in judge.languages:
            found += await run(judge, trial)
    return found


def test_there_are_examples() -> None:
    assert len(FILES) == 6


@pytest.mark.parametrize("file", FILES, ids=[one.stem for one in FILES])
async def test_an_example_is_in_both_languages_and_stands_its_trial(
    file: Path, judge: SandboxJudge
) -> None:
    problem = read(file.name, file.read_bytes())
    texts = (problem.titles, problem.statements, problem.hints)
    assert all(set(one) == {"en", "bn"} for one in texts)
    assert len(plan(problem).trials) >= 2
    assert await tried(judge, problem) == []


async def test_a_package_with_faults_is_told_each_of_them_by_its_test(judge: SandboxJudge) -> None:
    problem = read(
        "sum.zip",
        package(
            {
                "data/secret/2.in": "100 1\n",
                "data/secret/2.ans": "99\n",
                "input_validators/small.py": VALIDATOR,
                "submissions/wrong_answer/right.py": "print(sum(map(int, input().split())))",
                "submissions/run_time_error/crash.py": "raise ValueError",
                "submissions/time_limit_exceeded/crash.py": "raise ValueError",
                "submissions/time_limit_exceeded/late.py": WRONG_THEN_SLOW,
            }
        ),
    )
    told = [(one.file, one.flaw, one.values.get("test")) for one in await tried(judge, problem)]
    assert sorted(told) == [
        ("input_validators/small.py", Flaw.INPUT_REFUSED, "secret/2"),
        ("submissions/accepted/sum.py", Flaw.MUST_PASS, "secret/2"),
        ("submissions/time_limit_exceeded/crash.py", Flaw.MUST_FAIL_SO, "sample/1"),
    ]


async def test_a_custom_checker_of_a_package_says_what_is_right(judge: SandboxJudge) -> None:
    checker = """\
#include <cstdlib>
#include <fstream>
#include <iostream>
#include "answers.h"
int main(int count, char** arguments) {
    std::ifstream answer(arguments[2]);
    long expected, got;
    answer >> expected;
    std::cin >> got;
    return std::labs(expected - got) <= std::atol(arguments[count - 1]) ? RIGHT : WRONG;
}
"""
    problem = read(
        "near.zip",
        package(
            {
                "problem.yaml": "name: Near\nvalidation: custom\nvalidator_flags: '2'\n",
                "output_validators/near/near.cpp": checker,
                "output_validators/near/answers.h": "const int RIGHT = 42, WRONG = 43;\n",
                "data/secret/1.ans": "6\n",
                "submissions/wrong_answer/far.py": "print(9)",
            }
        ),
    )
    assert await tried(judge, problem) == []
