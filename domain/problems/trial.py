"""What must be run before a coding problem is accepted, and what the runs say against it.

The solutions that come with a problem are judged by its own tests: accepted ones must pass them
all, the others must fail as they are said to. Input validators are programs that are run on each
input. Which of them are run is `plan`, and `complaints` reads what became of one.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest

from domain.problems.packages.complaints import Complaint, Flaw, Note, Remark
from domain.problems.packages.contents import InputValidator, Label, ProblemPackage, Submission
from domain.problems.packages.limits import MOST_PROGRAMS
from domain.submissions.judging import Judge, Judged, Limits, Outcome, Task, Test, Verdict

VALID = 42
"""The exit code with which an input validator accepts."""
VALIDATOR_LIMITS = Limits(time_ms=10_000, memory_kb=512 * 1024)
_MOST_VALIDATORS = 5
_REST_SECONDS = 300.0
"""For the tests after the one on which a program failed in another way than it is said to."""


class Expected(StrEnum):
    PASSES_ALL = "passes_all"
    WRONG_ANSWER = "wrong_answer"
    """On at least one test, as the next two."""
    TIMES_OUT = "times_out"
    FAILS_AT_RUN_TIME = "fails_at_run_time"
    TOO_SLOW_OR_FAILS = "too_slow_or_fails"
    NOT_ACCEPTED = "not_accepted"
    VALID_INPUTS = "valid_inputs"
    """An input validator, which exits with 42 on every test."""


_BY_LABEL: Mapping[Label, Expected] = {
    Label.ACCEPTED: Expected.PASSES_ALL,
    Label.WRONG_ANSWER: Expected.WRONG_ANSWER,
    Label.TIME_LIMIT_EXCEEDED: Expected.TIMES_OUT,
    Label.RUN_TIME_ERROR: Expected.FAILS_AT_RUN_TIME,
    Label.BRUTE_FORCE: Expected.TOO_SLOW_OR_FAILS,
    Label.REJECTED: Expected.NOT_ACCEPTED,
}
_AT_RUN_TIME = frozenset(
    (
        *(Verdict.RUNTIME_ERROR, Verdict.MEMORY_LIMIT, Verdict.OUTPUT_LIMIT),
        Verdict.REFUSED_CALL,
    )
)
_VERDICTS: Mapping[Expected, frozenset[Verdict]] = {
    Expected.WRONG_ANSWER: frozenset((Verdict.WRONG_ANSWER,)),
    Expected.TIMES_OUT: frozenset((Verdict.TIME_LIMIT,)),
    Expected.FAILS_AT_RUN_TIME: _AT_RUN_TIME,
    Expected.TOO_SLOW_OR_FAILS: _AT_RUN_TIME | {Verdict.TIME_LIMIT},
    Expected.NOT_ACCEPTED: _AT_RUN_TIME | {Verdict.TIME_LIMIT, Verdict.WRONG_ANSWER},
}
"""One of these on one test is what a program that must fail has to get."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One program to be run. The tests of the task have their names as ids."""

    file: str
    expected: Expected
    task: Task


@dataclass(frozen=True, slots=True)
class Plan:
    trials: tuple[Trial, ...]
    """The reference solution first."""
    notes: tuple[Remark, ...]
    """Of the programs over MOST_PROGRAMS, which are not run."""


def plan(package: ProblemPackage) -> Plan:
    """All programs of a problem, or if they are too many some of each kind."""
    tests = tuple(Test(one.name, one.input, one.output) for one in package.tests)
    validators = package.input_validators[:_MOST_VALIDATORS]
    room = MOST_PROGRAMS - len(validators)
    submissions = _of_each_label(package.submissions)
    trials = [
        *(_of_submission(package, tests, one) for one in submissions[:room]),
        *(_of_validator(tests, one) for one in validators),
    ]
    left_out = [one.file for one in submissions[room:]]
    left_out += [one.file for one in package.input_validators[_MOST_VALIDATORS:]]
    said = {"limit": MOST_PROGRAMS}
    notes = tuple(Remark(file, 0, Note.PROGRAM_LEFT_OUT, said) for file in left_out)
    return Plan(tuple(trials), notes)


def _of_each_label(submissions: Sequence[Submission]) -> list[Submission]:
    """The first of each label, then the second of each, so that none is left out altogether."""
    by_label = [[one for one in submissions if one.label is label] for label in Label]
    rounds = zip_longest(*by_label)
    return [one for turn in rounds for one in turn if one is not None]


def _of_submission(package: ProblemPackage, tests: Sequence[Test], one: Submission) -> Trial:
    expected = _BY_LABEL[one.label]
    task = Task(
        one.program,
        tests,
        limits=package.limits,
        checker=package.checker,
        stop_at_failure=True,
    )
    return Trial(one.file, expected, task)


def _of_validator(tests: Sequence[Test], one: InputValidator) -> Trial:
    inputs = tuple(Test(test.id, test.input, None) for test in tests)
    return Trial(one.file, Expected.VALID_INPUTS, Task(one.program, inputs, VALIDATOR_LIMITS))


async def run(judge: Judge, trial: Trial) -> tuple[Complaint, ...]:
    """Runs one program, and says what that says against the problem. Raises NoSandbox.

    A program that must fail may fail in another way on an earlier test. Only then are the tests
    after that one run as well: to wait for one time limit after another takes long.
    """
    judged = await judge.judge(trial.task)
    rest = trial.task.tests[len(judged.outcomes) :]
    wanted = _VERDICTS.get(trial.expected, frozenset())
    if rest and judged.outcomes and wanted and judged.outcomes[-1].verdict not in wanted:
        judged = await _run_on(judge, trial, judged)
    return complaints(trial, judged)


async def _run_on(judge: Judge, trial: Trial, judged: Judged) -> Judged:
    """With the other tests' outcomes; without them where running them takes too long."""
    rest = trial.task.tests[len(judged.outcomes) :]
    try:
        async with asyncio.timeout(_REST_SECONDS):
            again = await judge.judge(replace(trial.task, tests=rest, stop_at_failure=False))
    except TimeoutError:
        return judged
    return replace(judged, outcomes=(*judged.outcomes, *again.outcomes))


def complaints(trial: Trial, judged: Judged) -> tuple[Complaint, ...]:
    """What the run of a program says against the problem; nothing if it went as expected."""
    found = [*_found(trial, judged)]
    needs_all = trial.expected in (Expected.PASSES_ALL, Expected.VALID_INPUTS)
    if needs_all and not found and len(judged.outcomes) < len(trial.task.tests):
        found = [(Flaw.NOT_JUDGED, {})]
    return tuple(Complaint(trial.file, 0, flaw, values) for flaw, values in found)


_Found = tuple[Flaw, Mapping[str, str]]


def _found(trial: Trial, judged: Judged) -> Iterator[_Found]:
    if judged.verdict is Verdict.COMPILE_ERROR:
        yield (
            Flaw.DOES_NOT_COMPILE,
            {"output": judged.compilation.output if judged.compilation else ""},
        )
    elif Verdict.INTERNAL_ERROR in (judged.verdict, *(one.verdict for one in judged.outcomes)):
        yield Flaw.NOT_JUDGED, {}
    elif trial.expected is Expected.PASSES_ALL:
        yield from _not_passed(judged.outcomes)
    elif trial.expected is Expected.VALID_INPUTS:
        yield from _not_valid(judged.outcomes)
    else:
        yield from _not_failed(trial.expected, judged.outcomes)


def _not_passed(outcomes: Sequence[Outcome]) -> Iterator[_Found]:
    for one in outcomes:
        if one.verdict is not Verdict.ACCEPTED:
            yield Flaw.MUST_PASS, {"test": one.test_id, "verdict": one.verdict.value}


def _not_valid(outcomes: Sequence[Outcome]) -> Iterator[_Found]:
    for one in outcomes:
        if one.exit_code == VALID:
            continue
        if one.verdict in (Verdict.ACCEPTED, Verdict.RUNTIME_ERROR) and one.signal is None:
            yield Flaw.INPUT_REFUSED, {"test": one.test_id}
        else:
            yield Flaw.VALIDATOR_FAILED, {"test": one.test_id, "verdict": one.verdict.value}


def _not_failed(expected: Expected, outcomes: Sequence[Outcome]) -> Iterator[_Found]:
    verdicts = _VERDICTS[expected]
    if any(one.verdict in verdicts for one in outcomes):
        return
    failed = next((one for one in outcomes if one.verdict is not Verdict.ACCEPTED), None)
    if failed is None:
        yield Flaw.MUST_FAIL, {"expected": expected.value}
    else:
        values = {"test": failed.test_id, "verdict": failed.verdict.value}
        yield Flaw.MUST_FAIL_SO, {"expected": expected.value, **values}
