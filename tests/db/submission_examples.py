"""What the tables of students' code refuse, each rule of an attempt among them."""

from tests.db.refused import Refused, checks, doubles
from tests.db.rows import insert

EXAM = "update assignments set mode = 'exam'"
PROCESSING = "update judgings set status = 'processing', started_at = queued_at"
ENDED = "ended_at = queued_at, verdict = 'pass', score = 1, points = 1"
COMPLETED = f"{PROCESSING}; update judgings set status = 'completed', {ENDED}"


def attempt(rule: str, after: str, **changes: str) -> Refused:
    """A run that the rule refuses after something was changed."""
    return Refused(
        f"tr_submission_attempts_{rule}",
        insert("submission_attempts", **({"type": "'test_run'"} | changes)),
        after,
    )


def submission(rule: str, after: str, **changes: str) -> Refused:
    return attempt(rule, after, type="'final_submission'", **changes)


def late(grace: str) -> str:
    policy = f'{{"late_policy": {{"kind": "refuse"{grace}}}}}'
    return f"update assignments set config = '{policy}'"


ATTEMPTS = [
    attempt("enrolled", "update enrollments set status = 'dropped'"),
    attempt("enrolled", "delete from enrollments"),
    attempt("class_not_archived", "update classes set is_archived = true"),
    attempt("published", "update content_items set is_published = false"),
    attempt("published", "update modules set is_published = false"),
    attempt("released", "select", created_at="'2026-01-01 07:59:59+06'"),
    attempt("exam_opened", f"{EXAM}; delete from assignment_openings"),
    attempt("exam_opened", EXAM, created_at="'2026-01-01 10:59:59+06'"),
    attempt("exam_in_time", EXAM, created_at="'2026-01-01 13:00:30.001+06'"),
    submission("exam_in_time", EXAM, created_at="'2026-01-01 13:00:30.001+06'"),
    attempt(
        "exam_not_locked",
        f"{EXAM}; update assignment_openings set locked_at = '2026-01-01 12:00+06'",
    ),
    submission("not_too_late", late(""), created_at="'2026-01-01 18:00:00.001+06'"),
    submission(
        "not_too_late", late(', "grace_minutes": 5'), created_at="'2026-01-01 18:05:00.001+06'"
    ),
    submission("attempts_left", """update assignments set config = '{"max_attempts": 1}'"""),
]

SUBMISSION_REFUSALS = [
    checks("assignment_progress", "code_size", current_code="repeat('a', 65537)"),
    checks("assignment_progress", "time_not_negative", time_spent_seconds="-1"),
    doubles("assignment_progress", "student_id_assignment_problem_id"),
    checks("submission_attempts", "code_size", code_size="-1"),
    checks("submission_attempts", "code_size", code_size="65537"),
    checks("submission_attempts", "time_not_negative", time_focused_seconds="-1"),
    # Whatever breaks this one breaks another as well, so the other steps aside.
    Refused(
        "ck_submission_attempts_lateness_not_negative",
        insert("submission_attempts", late_by_seconds="-1"),
        after=(
            "alter table submission_attempts drop constraint ck_submission_attempts_late_by_seconds"
        ),
    ),
    checks("submission_attempts", "late_by_seconds", is_late="true"),
    checks("submission_attempts", "late_by_seconds", late_by_seconds="60"),
    # The trigger numbers them, so it steps aside.
    Refused(
        "uq_submission_attempts_number",
        insert("submission_attempts", attempt_number="1"),
        after="alter table submission_attempts disable trigger tr_submission_attempts_numbered",
    ),
    Refused("tr_submission_attempts_never_updated", "update submission_attempts set code_size = 1"),
    Refused(
        "tr_submission_attempts_never_updated",
        "update submission_attempts set code_size = 1 where false",
    ),
    Refused("tr_submission_attempts_deleted_by_erasure_only", "delete from submission_attempts"),
    Refused("tr_submission_attempts_deleted_by_erasure_only", "delete from users"),
    Refused("tr_submission_attempts_never_truncated", "truncate submission_attempts cascade"),
    Refused("tr_submission_attempts_never_truncated", "truncate users cascade"),
    *ATTEMPTS,
    checks("judgings", "ended_has_time", ended_at="now()"),
    checks("judgings", "ended_has_time", status="'error'"),
    checks(
        "judgings",
        "completed_has_verdict",
        status="'completed'",
        started_at="now()",
        ended_at="now()",
    ),
    checks("judgings", "lease_while_processing", lease_until="now()"),
    checks("judgings", "started_has_time", status="'processing'"),
    checks("judgings", "score_within_points", score="2", points="1"),
    checks("judgings", "score_within_points", score="-1", points="1"),
    checks("judgings", "counts_not_negative", claims="-1"),
    checks("judgings", "counts_not_negative", tries="-1"),
    checks("judgings", "usage_not_negative", execution_time_ms="-1"),
    checks("judgings", "usage_not_negative", memory_usage_kb="-1"),
    doubles("judgings", "open"),
    Refused("tr_judgings_only_forward", "update judgings set status = 'queued'", after=PROCESSING),
    *(
        Refused(
            "tr_judgings_only_forward",
            f"update judgings set status = '{status}'",
            after=COMPLETED,
        )
        for status in ("queued", "processing", "error")
    ),
    Refused(
        "tr_judgings_only_forward",
        "update judgings set status = 'completed'",
        after="update judgings set status = 'error', ended_at = queued_at",
    ),
    Refused("tr_judgings_ended_stays", "update judgings set verdict = 'fail'", after=COMPLETED),
    Refused("tr_judgings_ended_stays", "update judgings set score = 0", after=COMPLETED),
    Refused("tr_judgings_ended_stays", "update judgings set ended_at = now()", after=COMPLETED),
    checks("compile_results", "output_length", output="repeat('a', 10241)"),
    checks("compile_results", "time_not_negative", time_ms="-1"),
    checks("test_results", "score_not_negative", score="-1"),
    checks("test_results", "stdout_length", stdout="repeat('a', 10241)"),
    checks("test_results", "stderr_length", stderr="repeat('a', 10241)"),
    checks("test_results", "usage_not_negative", execution_time_ms="-1"),
    checks("test_results", "usage_not_negative", memory_usage_kb="-1"),
    checks("transcriptions", "confidence", confidence="1.1"),
    checks("transcriptions", "confidence", confidence="-0.1"),
    doubles("transcriptions", "image_key", attempt_id="null"),
    doubles("transcriptions", "attempt_id", image_key="'photos/2'"),
    checks("ai_feedback", "grade_not_negative", suggested_grade="-1"),
    checks("ai_feedback", "reasons_are_a_list", rubric_reasons="'{}'"),
    checks("grades", "grade_not_negative", grade="-1"),
    checks("problem_analytics", "counts_not_negative", pass_count="-1"),
    checks("problem_analytics", "counts_not_negative", fail_count="-1"),
]
