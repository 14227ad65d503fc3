"""What students may do with an assignment, and what lateness costs."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.courses.records import AssignmentConfig, AssignmentMode, LatePolicy, LatePolicyKind
from domain.submissions.records import AttemptRule, AttemptType
from domain.submissions.rules import (
    Act,
    AttemptScore,
    Decision,
    Standing,
    Terms,
    allowed,
    config_in,
    exam_deadline,
    exam_finished,
    final_score,
    focus,
    hint_shown,
    late_by,
    penalty,
)
from tests.domain.submissions.attempt_cases import (
    AT,
    CASES,
    DAY,
    DROPPED,
    HOUR,
    MINUTE,
    PENALTY,
    REFUSE,
    SECOND,
    STUDENT,
    exam,
    homework,
    opened,
    practice,
)

ACTS = {AttemptType.TEST_RUN: Act.RUN, AttemptType.FINAL_SUBMISSION: Act.SUBMIT}
SPANS = st.integers(-40 * 86400, 40 * 86400).map(lambda seconds: timedelta(seconds=seconds))
MAYBE_INSTANTS = st.none() | SPANS.map(lambda span: AT + span)
POLICIES = st.builds(
    LatePolicy,
    st.sampled_from(LatePolicyKind),
    st.integers(0, 100),
    st.integers(0, 100),
    st.integers(0, 3000),
)
CONFIGS = st.builds(
    AssignmentConfig,
    time_limit_mins=st.none() | st.integers(1, 600),
    max_attempts=st.none() | st.integers(1, 5),
    late_policy=POLICIES,
)
TERMS = st.builds(
    Terms,
    st.sampled_from(AssignmentMode),
    CONFIGS,
    st.booleans(),
    MAYBE_INSTANTS,
    MAYBE_INSTANTS,
    st.booleans(),
)
OPENED = st.builds(
    lambda deadline, locked, submitted: opened(
        deadline=deadline, locked=locked, submitted=submitted
    ),
    SPANS,
    st.none() | SPANS,
    st.integers(0, 6),
)
STANDINGS = st.builds(Standing, st.booleans(), st.integers(0, 6)) | OPENED
SCORES = st.lists(
    st.builds(
        AttemptScore,
        st.integers(0, 10000).map(lambda hundredths: Decimal(hundredths) / 100),
        st.integers(0, 100).map(lambda percent: Decimal(percent) / 100),
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.parametrize("name", CASES)
def test_an_attempt_is_refused_by_its_rule(name: str) -> None:
    case = CASES[name]
    for kind in case.types:
        assert allowed(ACTS[kind], case.terms, case.standing, AT).rule == case.rule


def test_every_rule_has_a_case_and_every_mode_a_case_that_is_taken() -> None:
    assert {case.rule for case in CASES.values()} == {None, *AttemptRule}
    taken = {case.terms.mode for case in CASES.values() if case.rule is None}
    assert taken == set(AssignmentMode)


@pytest.mark.parametrize(
    ("terms", "standing", "decision"),
    [
        (
            replace(homework(), release_date=AT + HOUR),
            STUDENT,
            Decision(AttemptRule.RELEASED, AT + HOUR),
        ),
        (
            homework(due=-HOUR, kind=REFUSE),
            STUDENT,
            Decision(AttemptRule.NOT_TOO_LATE, AT - HOUR),
        ),
        (
            exam(),
            opened(deadline=-HOUR),
            Decision(AttemptRule.EXAM_IN_TIME, AT - HOUR),
        ),
        (
            exam(),
            opened(locked=-MINUTE),
            Decision(AttemptRule.EXAM_NOT_LOCKED, AT - MINUTE),
        ),
        # Locked by the clock: not all of it was handed in, and nothing says so.
        (
            exam(),
            opened(deadline=-MINUTE, locked=-MINUTE),
            Decision(AttemptRule.EXAM_IN_TIME, AT - MINUTE),
        ),
        (
            homework(most=3),
            Standing(True, 3),
            Decision(AttemptRule.ATTEMPTS_LEFT, used=3, of=3),
        ),
    ],
)
def test_a_refusal_brings_what_its_sentence_names(
    terms: Terms, standing: Standing, decision: Decision
) -> None:
    assert allowed(Act.SUBMIT, terms, standing, AT) == decision


@pytest.mark.parametrize(
    ("terms", "standing", "rule"),
    [
        (exam(), STUDENT, None),
        (exam(), opened(), None),
        (exam(), opened(deadline=-MINUTE), AttemptRule.EXAM_IN_TIME),
        (exam(), opened(locked=-MINUTE), AttemptRule.EXAM_NOT_LOCKED),
        (exam(due=SECOND), STUDENT, None),
        (exam(due=timedelta()), STUDENT, AttemptRule.EXAM_IN_TIME),
        (exam(due=None), STUDENT, None),
        (exam(), DROPPED, AttemptRule.ENROLLED),
        (replace(exam(), release_date=AT + SECOND), STUDENT, AttemptRule.RELEASED),
        (replace(exam(), class_archived=True), STUDENT, AttemptRule.CLASS_NOT_ARCHIVED),
    ],
)
def test_an_exam_is_opened_before_it_is_due_and_gone_back_to_while_it_runs(
    terms: Terms, standing: Standing, rule: AttemptRule | None
) -> None:
    assert allowed(Act.OPEN, terms, standing, AT).rule == rule


@pytest.mark.parametrize(
    ("terms", "standing", "rule"),
    [
        (homework(due=-DAY, kind=REFUSE, most=1), Standing(True, 1), None),
        (replace(homework(), class_archived=True), STUDENT, None),
        (exam(), opened(deadline=-DAY, locked=-DAY), None),
        (exam(), STUDENT, AttemptRule.EXAM_OPENED),
        (homework(), DROPPED, AttemptRule.ENROLLED),
        (replace(homework(), is_published=False), STUDENT, AttemptRule.PUBLISHED),
        (replace(homework(), release_date=AT + SECOND), STUDENT, AttemptRule.RELEASED),
    ],
)
def test_what_was_once_open_can_be_looked_at_afterwards(
    terms: Terms, standing: Standing, rule: AttemptRule | None
) -> None:
    assert allowed(Act.SEE, terms, standing, AT).rule == rule


@given(TERMS, STANDINGS)
def test_whoever_may_submit_may_run_and_whoever_may_run_may_look(
    terms: Terms, standing: Standing
) -> None:
    by_act = {act: allowed(act, terms, standing, AT).allowed for act in Act}
    assert by_act[Act.SUBMIT] <= by_act[Act.RUN] <= by_act[Act.SEE]


@given(TERMS, STANDINGS, st.lists(SPANS, min_size=2, max_size=2).map(sorted))
def test_once_it_is_too_late_it_stays_too_late(
    terms: Terms, standing: Standing, spans: list[timedelta]
) -> None:
    ended = (AttemptRule.NOT_TOO_LATE, AttemptRule.EXAM_IN_TIME)
    first, then = (allowed(Act.SUBMIT, terms, standing, AT + span) for span in spans)
    if first.rule in ended:
        assert then.rule == first.rule


@given(TERMS, SPANS)
def test_an_exam_ends_with_its_time_or_at_its_due_date_whichever_is_first(
    terms: Terms, span: timedelta
) -> None:
    start = AT + span
    end = exam_deadline(start, terms)
    minutes = terms.config.time_limit_mins
    assert end <= start + (DAY if minutes is None else minutes * MINUTE)
    assert terms.due_date is None or end <= terms.due_date


def test_the_time_limit_counts_from_the_opening_until_the_due_date() -> None:
    assert exam_deadline(AT, exam()) == AT + HOUR
    assert exam_deadline(AT, exam(due=20 * MINUTE)) == AT + 20 * MINUTE
    assert exam_deadline(AT, exam(due=None)) == AT + HOUR
    endless = replace(exam(due=None), config=AssignmentConfig())
    assert exam_deadline(AT, endless) == AT + DAY


def test_an_exam_is_finished_when_every_problem_was_handed_in() -> None:
    one, other = uuid4(), uuid4()
    assert not exam_finished([one, other], [one])
    assert exam_finished([one, other], [other, one, one])
    assert not exam_finished([], [])


@pytest.mark.parametrize(
    ("terms", "seconds"),
    [
        (homework(due=None), 0),
        (homework(due=timedelta()), 0),
        (homework(due=-SECOND), 1),
        (homework(due=-timedelta(milliseconds=1)), 1),
        (homework(due=-10 * MINUTE, grace=10), 0),
        # After the grace all of it counts, from the due date.
        (homework(due=-10 * MINUTE - SECOND, grace=10), 601),
        (practice(due=-DAY), 0),
        (exam(due=-20 * SECOND), 0),
    ],
)
def test_lateness_is_counted_from_the_due_date_after_the_grace(terms: Terms, seconds: int) -> None:
    assert late_by(terms, AT) == seconds


@pytest.mark.parametrize(
    ("seconds", "percent"),
    [(0, 0), (1, 10), (86400, 10), (86401, 20), (4 * 86400, 40), (5 * 86400, 50), (99 * 86400, 50)],
)
def test_a_penalty_grows_by_the_day_up_to_its_cap(seconds: int, percent: int) -> None:
    assert penalty(homework(kind=PENALTY), seconds) == Decimal(percent) / 100
    assert penalty(homework(), seconds) == 0
    assert penalty(homework(kind=REFUSE), seconds) == 0


@given(TERMS, st.lists(st.integers(0, 10**7), min_size=2, max_size=2).map(sorted))
def test_a_penalty_is_a_share_that_never_falls_with_time(terms: Terms, late: list[int]) -> None:
    first, then = (penalty(terms, seconds) for seconds in late)
    assert 0 <= first <= then <= 1
    assert then * 100 <= max(terms.config.late_policy.at_most_percent, 0)


def test_the_best_counts_after_what_lateness_took() -> None:
    scores = [
        AttemptScore(Decimal(60)),
        AttemptScore(Decimal(100), Decimal("0.5")),
        AttemptScore(Decimal("70.005"), Decimal("0.1")),
    ]
    assert final_score(scores) == Decimal("63.00")
    assert final_score(reversed(scores)) == Decimal("63.00")
    assert final_score([AttemptScore(Decimal("33.335"))]) == Decimal("33.34")
    assert final_score([]) is None


@given(SCORES, SCORES)
def test_handing_in_again_never_costs_anything(
    before: list[AttemptScore], more: list[AttemptScore]
) -> None:
    first, then = final_score(before), final_score([*before, *more])
    assert first is not None
    assert then is not None
    assert 0 <= first <= then <= max(one.score for one in [*before, *more])


def test_a_config_keeps_what_its_mode_knows() -> None:
    policy = LatePolicy(LatePolicyKind.REFUSE, grace_minutes=5)
    full = AssignmentConfig(("python",), 60, 3, policy)
    assert config_in(AssignmentMode.HOMEWORK, full) == AssignmentConfig(
        ("python",), None, 3, policy
    )
    assert config_in(AssignmentMode.EXAM, full) == AssignmentConfig(("python",), 60, 3)
    assert config_in(AssignmentMode.PRACTICE, full) == AssignmentConfig(("python",))


@given(st.sampled_from(AssignmentMode), CONFIGS)
def test_practice_is_never_over_and_an_exam_is_never_late(
    mode: AssignmentMode, config: AssignmentConfig
) -> None:
    kept = config_in(mode, config)
    assert config_in(mode, kept) == kept
    terms = replace(homework(due=-30 * DAY), mode=mode, config=kept)
    decision = allowed(Act.SUBMIT, terms, replace(opened(), submitted=99), AT)
    if mode is AssignmentMode.PRACTICE:
        assert decision.allowed
    if mode is AssignmentMode.EXAM:
        assert decision.rule in (None, AttemptRule.ATTEMPTS_LEFT)


def test_hints_come_at_once_in_practice_after_a_try_in_homework_and_never_in_exams() -> None:
    assert hint_shown(AssignmentMode.PRACTICE, 0)
    assert [hint_shown(AssignmentMode.HOMEWORK, judged) for judged in (0, 1, 9)] == [
        False,
        True,
        True,
    ]
    assert not hint_shown(AssignmentMode.EXAM, 99)


@pytest.mark.parametrize(
    ("previous", "seconds"),
    [
        (None, 0),
        (AT, 0),
        (AT - SECOND, 1),
        (AT - timedelta(seconds=59.9), 59),
        (AT - 5 * MINUTE, 300),
        (AT - 6 * MINUTE, 300),
        (AT - 30 * DAY, 300),
        # A clock that was put back takes nothing away.
        (AT + HOUR, 0),
    ],
)
def test_a_gap_counts_five_minutes_at_most(previous: datetime | None, seconds: int) -> None:
    assert focus(previous, AT, 1000) == 1000 + seconds


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=20).map(sorted))
def test_focus_never_exceeds_the_time_that_passed(seconds: list[int]) -> None:
    spent, previous = 0, None
    for second in seconds:
        now = AT + timedelta(seconds=second)
        previous, spent = now, focus(previous, now, spent)
    assert 0 <= spent <= min(seconds[-1] - seconds[0], 300 * (len(seconds) - 1))
