"""What is run before a problem is accepted, and what is said of each way that it may go."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from domain.problems.packages import ProblemPackage, read_package
from domain.problems.packages.complaints import Flaw, Note
from domain.problems.packages.contents import InputValidator, Label, Submission
from domain.problems.packages.limits import MOST_PROGRAMS
from domain.problems.trial import Expected, Trial, complaints, plan
from domain.submissions.judging import Compilation, Judged, Outcome, Program, Verdict
from tests.domain.problems.test_single_file import PLAIN

SOURCE = Program("python", "print(3)")
OK, WRONG, SLOW, CRASH = (
    *(Verdict.ACCEPTED, Verdict.WRONG_ANSWER, Verdict.TIME_LIMIT, Verdict.RUNTIME_ERROR),
)


def package(*more: Submission, validators: int = 0) -> ProblemPackage:
    found = read_package("a.yaml", PLAIN.encode()).package
    assert found is not None
    each = tuple(InputValidator(f"v{number}.py", SOURCE) for number in range(validators))
    return replace(found, submissions=(*found.submissions, *more), input_validators=each)


def trial(label: Label) -> Trial:
    return next(
        one for one in plan(package(Submission(label, "x.py", SOURCE))).trials if one.file == "x.py"
    )


def judged(*verdicts: Verdict, exit_code: int | None = None) -> Judged:
    """What becomes of a program on sample/01, secret/01 and so on."""
    names = [one.name for one in package().tests]
    outcomes = [
        Outcome(name, verdict, 10, 1000, exit_code=exit_code)
        for name, verdict in zip(names, verdicts, strict=False)
    ]
    first = next((one for one in verdicts if one is not OK), OK)
    return Judged(first, outcomes)


def told(one: Trial, result: Judged) -> list[tuple[Flaw, Mapping[str, object]]]:
    return [(said.flaw, said.values) for said in complaints(one, result)]


def test_the_reference_comes_first_and_is_judged_as_a_student_is() -> None:
    problem = package()
    first = plan(problem).trials[0]
    assert (first.file, first.expected) == ("solution.py", Expected.PASSES_ALL)
    assert first.task.program == problem.reference
    assert (first.task.limits, first.task.checker) == (problem.limits, problem.checker)
    assert [(one.id, one.input, one.expected) for one in first.task.tests] == [
        (one.name, one.input, one.output) for one in problem.tests
    ]
    assert first.task.stop_at_failure


def test_a_reference_that_fails_is_told_with_the_test() -> None:
    reference = plan(package()).trials[0]
    assert complaints(reference, judged(OK, OK, OK, OK)) == ()
    assert told(reference, judged(OK, OK, WRONG)) == [
        (Flaw.MUST_PASS, {"test": "secret/02", "verdict": "fail"})
    ]
    (said,) = complaints(reference, judged(SLOW))
    assert (said.file, said.values["test"]) == ("solution.py", "sample/01")


@pytest.mark.parametrize(
    ("label", "verdicts", "flaws"),
    [
        (Label.WRONG_ANSWER, (OK, WRONG, OK, OK), []),
        (Label.WRONG_ANSWER, (OK, CRASH, WRONG, OK), []),
        (Label.WRONG_ANSWER, (OK, OK, OK, OK), [Flaw.MUST_FAIL]),
        (Label.WRONG_ANSWER, (OK, SLOW, OK, OK), [Flaw.MUST_FAIL_SO]),
        (Label.TIME_LIMIT_EXCEEDED, (OK, SLOW), []),
        (Label.TIME_LIMIT_EXCEEDED, (OK, WRONG), [Flaw.MUST_FAIL_SO]),
        (Label.TIME_LIMIT_EXCEEDED, (OK, OK, OK, OK), [Flaw.MUST_FAIL]),
        (Label.RUN_TIME_ERROR, (CRASH, OK, OK, OK), []),
        (Label.RUN_TIME_ERROR, (Verdict.MEMORY_LIMIT, OK, OK, OK), []),
        (Label.RUN_TIME_ERROR, (OK, OK, OK, OK), [Flaw.MUST_FAIL]),
        (Label.BRUTE_FORCE, (OK, SLOW), []),
        (Label.BRUTE_FORCE, (OK, CRASH), []),
        (Label.BRUTE_FORCE, (OK, WRONG), [Flaw.MUST_FAIL_SO]),
        (Label.REJECTED, (WRONG,), []),
        (Label.REJECTED, (OK, OK, OK, OK), [Flaw.MUST_FAIL]),
        (Label.ACCEPTED, (OK, CRASH), [Flaw.MUST_PASS]),
        (Label.ACCEPTED, (OK, OK, OK, OK), []),
    ],
)
def test_a_submission_must_do_as_its_label_says(
    label: Label, verdicts: tuple[Verdict, ...], flaws: list[Flaw]
) -> None:
    assert [flaw for flaw, _ in told(trial(label), judged(*verdicts))] == flaws


def test_how_a_program_failed_otherwise_is_told() -> None:
    said = told(trial(Label.WRONG_ANSWER), judged(OK, SLOW, OK, OK))
    values = {"expected": "wrong_answer", "test": "secret/01", "verdict": "timeout"}
    assert said == [(Flaw.MUST_FAIL_SO, values)]


@pytest.mark.parametrize("label", Label)
def test_a_program_that_does_not_compile_is_wrong_whatever_its_label(label: Label) -> None:
    result = Judged(Verdict.COMPILE_ERROR, (), Compilation(False, "main.cpp:1: error", 5))
    assert told(trial(label), result) == [(Flaw.DOES_NOT_COMPILE, {"output": "main.cpp:1: error"})]


@pytest.mark.parametrize("label", Label)
def test_what_could_not_be_judged_is_never_taken_as_right(label: Label) -> None:
    assert told(trial(label), Judged(Verdict.INTERNAL_ERROR, ())) == [(Flaw.NOT_JUDGED, {})]
    result = judged(WRONG, Verdict.INTERNAL_ERROR)
    assert told(trial(label), result) == [(Flaw.NOT_JUDGED, {})]


def test_tests_that_were_not_run_are_not_taken_as_passed() -> None:
    for one in plan(package(validators=1)).trials:
        assert told(one, judged(OK, OK, OK, exit_code=42)) == [(Flaw.NOT_JUDGED, {})]


def test_a_validator_accepts_with_42() -> None:
    one = plan(package(validators=1)).trials[-1]
    assert (one.file, one.expected) == ("v0.py", Expected.VALID_INPUTS)
    assert all(test.expected is None for test in one.task.tests)
    assert not one.task.stop_at_failure
    assert complaints(one, judged(CRASH, CRASH, CRASH, CRASH, exit_code=42)) == ()


def test_a_validator_that_refuses_or_fails_is_told_with_the_test() -> None:
    one = plan(package(validators=1)).trials[-1]
    assert told(one, judged(OK, exit_code=0)) == [(Flaw.INPUT_REFUSED, {"test": "sample/01"})]
    assert told(one, judged(CRASH, exit_code=43)) == [(Flaw.INPUT_REFUSED, {"test": "sample/01"})]
    slow = {"test": "sample/01", "verdict": "timeout"}
    assert told(one, judged(SLOW)) == [(Flaw.VALIDATOR_FAILED, slow)]


def test_of_many_programs_some_of_each_kind_are_run_and_the_others_told_of() -> None:
    many = [Submission(Label.ACCEPTED, f"a{number}.py", SOURCE) for number in range(30)]
    last = Submission(Label.REJECTED, "r.py", SOURCE)
    found = plan(package(*many, last, validators=7))
    files = [one.file for one in found.trials]
    assert len(files) == MOST_PROGRAMS
    assert files[:2] == ["solution.py", "r.py"]
    assert files[-5:] == [f"v{number}.py" for number in range(5)]
    assert {one.note for one in found.notes} == {Note.PROGRAM_LEFT_OUT}
    assert {*files, *(one.file for one in found.notes)} == {
        *("solution.py", "r.py"),
        *(one.file for one in many),
        *(f"v{number}.py" for number in range(7)),
    }
