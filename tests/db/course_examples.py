"""What the tables of classes, coding problems and the gradebook refuse."""

from tests.db.keys import ASSIGNMENT, QUIZ, STRANGER, USER, VERSION
from tests.db.refused import Refused, checks, doubles
from tests.db.rows import insert

PUBLISHED = "update problem_versions set published_at = now()"


def config(rule: str, value: str) -> Refused:
    return checks("assignments", rule, id=STRANGER, config=f"'{value}'")


COURSE_REFUSALS = [
    checks("classes", "name_length", name="''"),
    checks("classes", "join_code_readable", join_code="'AB23C'"),
    *(checks("classes", "join_code_readable", join_code=f"'AB23C{one}'") for one in "01ILOaç"),
    checks("classes", "settings_is_object", settings="'[]'"),
    doubles("classes", "join_code"),
    doubles("enrollments", "user_id_class_id", role="'ta'"),
    checks("enrollments", "only_the_dropped_were_dropped", dropped_by=USER),
    checks("invitations", "token_hash_is_sha256", token_hash="repeat('0F', 32)"),
    checks("invitations", "token_hash_is_sha256", token_hash="repeat('0f', 31)"),
    checks("invitations", "use_has_time", used_at="null"),
    doubles("invitations", "token_hash"),
    checks("modules", "title_length", title="''"),
    checks("modules", "order_from_one", order_index="0"),
    doubles("modules", "class_id_order_index"),
    checks("content_items", "title_length", title="''"),
    checks("content_items", "order_from_one", order_index="0"),
    checks("content_items", "due_after_release", due_date="'2026-01-01 08:00+06'"),
    doubles("content_items", "module_id_order_index"),
    # Whatever breaks this one breaks the key as well, so the key steps aside.
    Refused(
        "uq_content_items_id_content_type",
        insert("content_items", id=ASSIGNMENT, order_index="9"),
        after="alter table content_items drop constraint pk_content_items cascade",
    ),
    checks("assignments", "content_type", id=QUIZ, content_type="'quiz'"),
    checks("assignments", "points_not_negative", id=STRANGER, points_total="-1"),
    config("config_is_object", "[]"),
    config("max_attempts_from_one", '{"max_attempts": 0}'),
    config("max_attempts_from_one", '{"max_attempts": 1.5}'),
    config("max_attempts_from_one", '{"max_attempts": "3"}'),
    config("max_attempts_from_one", '{"max_attempts": 10000000000}'),
    config("time_limit_from_one", '{"time_limit_mins": 0}'),
    config("time_limit_from_one", '{"time_limit_mins": []}'),
    config("late_policy_known", '{"late_policy": "refuse"}'),
    config("late_policy_known", '{"late_policy": {}}'),
    config("late_policy_known", '{"late_policy": {"kind": "forgive"}}'),
    config("late_policy_known", '{"late_policy": {"kind": "refuse", "grace_minutes": -1}}'),
    config("late_policy_known", '{"late_policy": {"kind": "refuse", "grace_minutes": "ten"}}'),
    checks("quizzes", "content_type", id=ASSIGNMENT, content_type="'assignment'"),
    checks("quizzes", "points_not_negative", id=STRANGER, points_total="-1"),
    checks("quiz_problems", "order_from_one", order_index="0"),
    Refused(
        "uq_quiz_problems_quiz_id_order_index",
        insert("quiz_problems", problem_id=STRANGER),
        after=insert("problems", id=STRANGER, slug="'ratio-3'"),
    ),
    checks("materials", "content_type", id=QUIZ, content_type="'quiz'"),
    checks("material_files", "name_length", name="''"),
    checks("material_files", "size_not_negative", size="-1"),
    checks("material_files", "order_from_one", order_index="0"),
    doubles("material_files", "storage_key", order_index="2"),
    doubles("material_files", "material_id_order_index", storage_key="'materials/2'"),
    checks("assignment_openings", "deadline_after_opening", deadline_at="'2026-01-01 11:00+06'"),
    checks("assignment_openings", "locked_after_opening", locked_at="'2026-01-01 10:59+06'"),
    doubles("assignment_openings", "student_id_assignment_id"),
    checks("problem_versions", "version_from_one", version="0"),
    checks("problem_versions", "title_length", title="''"),
    checks("problem_versions", "starter_has_language", starter_language="null"),
    checks("problem_versions", "starter_has_language", starter_code="null"),
    checks("problem_versions", "reference_has_language", reference_solution="'print(1)'"),
    checks("problem_versions", "reference_has_language", reference_language="'python'"),
    checks("problem_versions", "limits_positive", time_limit_ms="0"),
    checks("problem_versions", "limits_positive", memory_limit_kb="0"),
    checks("problem_versions", "limits_positive", output_limit_kb="0"),
    checks("problem_versions", "checker_has_source", checker="'custom'"),
    checks("problem_versions", "checker_has_source", checker_language="'python'"),
    checks(
        "problem_versions",
        "checker_has_source",
        checker_source="'exit(42)'",
        checker_language="'python'",
    ),
    checks(
        "problem_versions", "checker_has_source", checker="'custom'", checker_source="'exit(42)'"
    ),
    checks("problem_versions", "tolerance_not_negative", checker_absolute="-1"),
    checks("problem_versions", "tolerance_not_negative", checker_relative="-1"),
    checks("problem_versions", "checker_arguments_are_a_list", checker_arguments="'{}'"),
    checks("problem_versions", "test_groups_are_a_list", test_groups="'{}'"),
    doubles("problem_versions", "slug_version"),
    *(
        Refused(
            "tr_problem_versions_published_stays",
            f"update problem_versions set {change}",
            after=PUBLISHED,
        )
        for change in ("title = 'Other'", "time_limit_ms = 1", "published_at = null", "version = 2")
    ),
    checks("problem_uploads", "ended_has_time", ended_at="now()"),
    checks("problem_uploads", "ended_has_time", status="'refused'", archive_key="null"),
    checks("problem_uploads", "archive_while_needed", archive_key="null"),
    checks("problem_uploads", "archive_while_needed", status="'failed'", ended_at="now()"),
    checks("problem_uploads", "lease_while_processing", lease_until="now()"),
    checks("problem_uploads", "started_has_time", status="'processing'"),
    checks("problem_uploads", "counts_not_negative", claims="-1"),
    checks("problem_uploads", "counts_not_negative", tries="-1"),
    checks("problem_uploads", "fingerprint_is_sha256", fingerprint="repeat('0F', 32)"),
    *(
        Refused(
            "tr_problem_uploads_only_forward",
            f"update problem_uploads set status = '{status}'",
            after="update problem_uploads set status = 'accepted', ended_at = now()",
        )
        for status in ("queued", "processing", "refused")
    ),
    checks("test_cases", "ordinal_from_one", ordinal="0"),
    checks("test_cases", "points_not_negative", points="-0.01"),
    checks("test_cases", "input_here_or_stored", input="null"),
    checks("test_cases", "input_here_or_stored", input_key="'tests/1'"),
    checks("test_cases", "output_here_or_stored", output="null"),
    checks("test_cases", "output_here_or_stored", output_key="'tests/1'"),
    checks("test_cases", "input_size", input="repeat('a', 65537)"),
    checks("test_cases", "input_size", input="repeat('ক', 21846)"),
    checks("test_cases", "output_size", output="repeat('a', 65537)"),
    doubles("test_cases", "problem_version_id_ordinal"),
    *(
        Refused("tr_test_cases_published_stay", statement, after=PUBLISHED)
        for statement in (
            insert("test_cases", ordinal="2"),
            "update test_cases set output = '4'",
            "update test_cases set hidden = false",
            "delete from test_cases",
        )
    ),
    Refused(
        "tr_test_cases_published_stay",
        f"update test_cases set problem_version_id = {VERSION}",
        after=(
            f"{insert('problem_versions', id=STRANGER, version='2')};"
            f" update test_cases set problem_version_id = {STRANGER};"
            f" {PUBLISHED} where id = {VERSION}"
        ),
    ),
    checks("assignment_problems", "order_from_one", order_index="0"),
    checks("assignment_problems", "points_not_negative", custom_points="-1"),
    doubles("assignment_problems", "assignment_id_problem_id", order_index="2"),
    Refused(
        "uq_assignment_problems_assignment_id_order_index",
        insert("assignment_problems", problem_id=STRANGER),
        after=insert("problem_versions", id=STRANGER, version="2"),
    ),
    checks("gradebook_entries", "score_not_negative", score_obtained="-1"),
    checks("gradebook_entries", "max_score_not_negative", max_score="-1"),
    checks("gradebook_entries", "graded_has_score", status="'graded'"),
    doubles("gradebook_entries", "student_id_content_item_id"),
]
