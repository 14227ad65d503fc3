"""Rows of classes, coding problems, submissions and the gradebook: one student's late afternoon.

The student owns the class and the problem too, so that an erasure meets everything at once.
"""

from collections.abc import Mapping, Sequence

from tests.db.keys import (
    ASSIGNMENT,
    ATTEMPT,
    CLASS,
    JUDGING,
    MATERIAL,
    MODULE,
    OTHER_ATTEMPT,
    OTHER_CLASS,
    PROBLEM,
    QUIZ,
    SET_PROBLEM,
    TEST,
    USER,
    VERSION,
    Row,
)

NOON = "'2026-01-01 12:00+06'"
LONG_AGO = "'2020-01-01'"

COURSE_ROWS: Mapping[str, Row] = {
    "classes": {
        "id": CLASS,
        "owner_id": USER,
        "name": "'প্রোগ্রামিং ১'",
        "join_code": "'AB23CD'",
        "updated_at": LONG_AGO,
    },
    "enrollments": {"user_id": USER, "class_id": CLASS},
    "invitations": {
        "token_hash": "repeat('0f', 32)",
        "created_by": USER,
        "expires_at": NOON,
        "used_at": NOON,
        "used_by": USER,
    },
    "modules": {
        "id": MODULE,
        "class_id": CLASS,
        "title": "'লুপ'",
        "order_index": "1",
        "is_published": "true",
        "updated_at": LONG_AGO,
    },
    "content_items": {
        "id": ASSIGNMENT,
        "module_id": MODULE,
        "content_type": "'assignment'",
        "title": "'প্রথম অ্যাসাইনমেন্ট'",
        "order_index": "1",
        "is_published": "true",
        "release_date": "'2026-01-01 08:00+06'",
        "due_date": "'2026-01-01 18:00+06'",
        "created_by": USER,
        "updated_at": LONG_AGO,
    },
    "assignments": {
        "id": ASSIGNMENT,
        "mode": "'homework'",
        "config": """'{"max_attempts": null, "late_policy": {"kind": "none"}}'""",
    },
    "quizzes": {"id": QUIZ, "points_total": "5"},
    "quiz_problems": {"quiz_id": QUIZ, "problem_id": PROBLEM, "order_index": "1"},
    "materials": {"id": MATERIAL, "body": "'পড়ে এসো'"},
    "material_files": {
        "material_id": MATERIAL,
        "storage_key": "'materials/1'",
        "name": "'লুপ.pdf'",
        "size": "1000",
        "media_type": "'application/pdf'",
        "order_index": "1",
    },
    "assignment_openings": {
        "student_id": USER,
        "assignment_id": ASSIGNMENT,
        "opened_at": "'2026-01-01 11:00+06'",
        "deadline_at": "'2026-01-01 13:00+06'",
    },
    "problem_versions": {
        "id": VERSION,
        "slug": "'sum'",
        "version": "1",
        "owner_id": USER,
        "title": "'Sum'",
        "description_markdown": "'Add two numbers.'",
        "starter_code": "'a, b = input().split()'",
        "starter_language": "'python'",
    },
    "problem_uploads": {
        "owner_id": USER,
        "slug": "'sum'",
        "file_name": "'sum.zip'",
        "archive_key": "'people/1/problems/1'",
        "fingerprint": "repeat('0f', 32)",
    },
    "test_cases": {
        "id": TEST,
        "problem_version_id": VERSION,
        "ordinal": "1",
        "name": "'secret/1'",
        "points": "10",
        "input": "'1 2'",
        "output": "'3'",
    },
    "assignment_problems": {
        "id": SET_PROBLEM,
        "assignment_id": ASSIGNMENT,
        "problem_id": VERSION,
        "order_index": "1",
    },
    "assignment_progress": {
        "student_id": USER,
        "assignment_problem_id": SET_PROBLEM,
        "last_updated": NOON,
    },
    "submission_attempts": {
        "id": ATTEMPT,
        "type": "'final_submission'",
        "student_id": USER,
        "assignment_problem_id": SET_PROBLEM,
        "code_blob_ref": "'code/1'",
        "code_size": "40",
        "language": "'python'",
        "created_at": NOON,
    },
    "judgings": {
        "id": JUDGING,
        "attempt_id": ATTEMPT,
        "problem_version_id": VERSION,
        "queued_at": NOON,
    },
    "compile_results": {"judging_id": JUDGING, "ok": "true", "time_ms": "800"},
    "test_results": {
        "judging_id": JUDGING,
        "test_case_id": TEST,
        "status": "'pass'",
        "score": "10",
        "execution_time_ms": "12",
        "memory_usage_kb": "9000",
    },
    "transcriptions": {
        "user_id": USER,
        "image_key": "'photos/1'",
        "text": "'print(3)'",
        "engine": "'surya'",
        "confidence": "0.9",
        "attempt_id": ATTEMPT,
    },
    "ai_feedback": {
        "attempt_id": ATTEMPT,
        "feedback": "'Well done.'",
        "model": "'model'",
        "prompt_version": "'1'",
    },
    "grades": {"attempt_id": ATTEMPT, "grade": "9.5", "graded_by": USER, "graded_at": NOON},
    "submission_analyses": {"attempt_id": ATTEMPT, "umap_x": "0.5", "umap_y": "-1"},
    "problem_analytics": {
        "assignment_problem_id": SET_PROBLEM,
        "test_case_id": TEST,
        "last_updated": NOON,
    },
    "gradebook_entries": {
        "student_id": USER,
        "content_item_id": ASSIGNMENT,
        "max_score": "10",
        "updated_at": LONG_AGO,
    },
}


def another(table: str, **changes: str) -> Row:
    return {**COURSE_ROWS[table], **changes}


MORE_ROWS: Mapping[str, Sequence[Row]] = {
    "classes": (another("classes", id=OTHER_CLASS, join_code="'EF45GH'"),),
    "content_items": (
        another("content_items", id=QUIZ, content_type="'quiz'", order_index="2"),
        another("content_items", id=MATERIAL, content_type="'material'", order_index="3"),
    ),
    "submission_attempts": (another("submission_attempts", id=OTHER_ATTEMPT, type="'test_run'"),),
}
