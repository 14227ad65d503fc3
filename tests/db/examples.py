"""A row of each table that the schema takes, and rows and acts that it refuses, rule by rule.

Values are SQL. Whoever adds a table adds a row here; whoever adds a check, a unique rule or a
trigger adds what it refuses, or a test says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Row = Mapping[str, str]


def key(number: int) -> str:
    return f"'00000000-0000-7000-8000-{number:012}'::uuid"


USER, PROBLEM, SESSION, ITEM, OTHER_ITEM = (key(number) for number in range(1, 6))
FIVE = """'["a", "b", "c", "d", "e"]'"""

ROWS: Mapping[str, Row] = {
    "users": {
        "id": USER,
        "full_name": "'রুমানা'",
        "telegram_id": "7",
        "email": "'rumana@example.org'",
        "updated_at": "'2020-01-01'",
    },
    "students": {"user_id": USER, "grade": "7", "updated_at": "'2020-01-01'"},
    "streaks": {
        "student_id": USER,
        "current_streak": "3",
        "longest_streak": "9",
        "updated_at": "'2020-01-01'",
    },
    "problems": {
        "id": PROBLEM,
        "slug": "'ratio-1'",
        "grade": "7",
        "topic": "'ratio'",
        "question_en": "'1:2 = 2:?'",
        "question_bn": "'১:২ = ২:?'",
        "answer": "'4'",
        "hints": "'[{}, {}, {}]'",
        "solution_en": "'4'",
        "solution_bn": "'৪'",
        "difficulty": "1",
        "parameters": """'[["cost", "3 | 4"]]'""",
        "conditions": """'["cost > 2"]'""",
        "approved_at": "'2026-01-01'",
        "updated_at": "'2020-01-01'",
    },
    "problem_proposals": {
        "slug": "'ratio-2'",
        "owner_id": USER,
        "content": """'{"slug": "ratio-2"}'""",
    },
    "practice_sessions": {
        "id": SESSION,
        "student_id": USER,
        "started_at": "'2026-01-01 10:00+06'",
        "expires_at": "'2026-01-01 10:30+06'",
        "problem_ids": FIVE,
        "updated_at": "'2020-01-01'",
    },
    "practice_items": {
        "id": ITEM,
        "session_id": SESSION,
        "position": "1",
        "problem_id": PROBLEM,
        "tries": "1",
        "hints_shown": "1",
    },
    "responses": {
        "session_id": SESSION,
        "item_id": ITEM,
        "problem_id": PROBLEM,
        "try_number": "1",
        "student_answer": "'৪'",
        "is_correct": "true",
    },
    "skills": {
        "student_id": USER,
        "topic": "'ratio'",
        "belief": "'{0.25, 0.75}'",
        "half_life_days": "60",
        "practised_at": "'2026-01-01'",
    },
    "inbox": {"bot_id": "1", "update_id": "1", "person": "7", "payload": "'{}'"},
    "outbox": {
        "bot_id": "1",
        "user_id": USER,
        "chat_id": "7",
        "view": "'practice.item'",
        "dedupe_key": "'item-1'",
    },
    "conversations": {
        "bot_id": "1",
        "user_id": USER,
        "version": "3",
        "updated_at": "'2020-01-01'",
    },
    "configuration": {
        "key": "'practice.holidays'",
        "value": """'["2026-03-20"]'""",
        "value_type": "'list'",
        "updated_by": USER,
        "updated_at": "'2020-01-01'",
    },
    "audit_logs": {"actor_id": USER, "action": "'role.change'", "entity_type": "'user'"},
    "cost_records": {
        "student_id": USER,
        "session_id": SESSION,
        "operation": "'hint_generation'",
        "api_provider": "'claude'",
        "cost_usd": "0.000125",
    },
    "notifications": {
        "recipient_id": USER,
        "type": "'announcement'",
        "title": "'ছুটি'",
        "dedupe_key": "'holiday-1'",
    },
}


def insert(table: str, **changes: str) -> str:
    """The table's good row with some values changed; its key is left to the server."""
    values = {name: value for name, value in ROWS[table].items() if name != "id"} | changes
    return f"insert into {table} ({', '.join(values)}) values ({', '.join(values.values())})"


@dataclass(frozen=True, slots=True)
class Refused:
    """What is to be refused, and by which constraint, unique index or trigger.

    `after` is done first, and is allowed.
    """

    rule: str
    statement: str
    after: str | None = None


def checks(table: str, rule: str, **changes: str) -> Refused:
    return Refused(f"ck_{table}_{rule}", insert(table, **changes))


def doubles(table: str, rule: str, **changes: str) -> Refused:
    """The good row once more, with the other unique values changed."""
    return Refused(f"uq_{table}_{rule}", insert(table, **changes))


ENDED = "update practice_sessions set status = 'abandoned'"
DONE = "update inbox set state = 'done', ended_at = now()"

REFUSALS = [
    checks("users", "settings_is_object", settings="'[]'"),
    checks("users", "full_name_length", full_name="''"),
    checks("users", "telegram_id_positive", telegram_id="0"),
    doubles("users", "telegram_id", email="null"),
    doubles("users", "email", telegram_id="8"),
    checks("students", "grade", grade="5"),
    checks("students", "grade", grade="9"),
    checks("streaks", "current_not_negative", current_streak="-1"),
    # Whatever breaks this one breaks another as well, so the others step aside.
    Refused(
        "ck_streaks_longest_not_negative",
        insert("streaks", longest_streak="-1", current_streak="-2"),
        after="alter table streaks drop constraint ck_streaks_current_not_negative",
    ),
    checks("streaks", "longest_at_least_current", longest_streak="2"),
    checks("streaks", "milestones_are_a_list", milestones_achieved="'{}'"),
    checks("problems", "grade", grade="5"),
    checks("problems", "grade", grade="9"),
    checks("problems", "difficulty", difficulty="0"),
    checks("problems", "difficulty", difficulty="4"),
    checks("problems", "estimated_time_positive", estimated_time_minutes="0"),
    checks("problems", "tolerance_not_negative", answer_tolerance="-0.1"),
    checks("problems", "three_hints", hints="'[{}, {}]'"),
    checks("problems", "three_hints", hints="'[{}, {}, {}, {}]'"),
    checks("problems", "three_hints", hints="'{}'"),
    checks("problems", "chapter_in_both_languages", chapter_en="'Ratio'"),
    checks("problems", "chapter_in_both_languages", chapter_bn="'অনুপাত'"),
    checks("problems", "parameters_are_a_list", parameters="'{}'"),
    checks("problems", "parameters_are_a_list", parameters="'[]'"),
    checks("problems", "conditions_are_of_parameters", conditions="'{}'"),
    checks("problems", "conditions_are_of_parameters", parameters="null"),
    checks("problems", "only_teachers_own", owner_id=USER),
    checks("problems", "only_teachers_own", approved_by=USER),
    checks("problems", "only_teachers_own", origin="'folder'", owner_id=USER),
    doubles("problems", "slug"),
    checks("problem_proposals", "content_has_slug", slug="'other'"),
    checks("problem_proposals", "content_has_slug", content="'{}'"),
    checks("problem_proposals", "content_has_slug", content="'[]'"),
    checks("practice_sessions", "five_problems", problem_ids="""'["a", "b", "c", "d"]'"""),
    checks("practice_sessions", "correct_within_set", problems_correct="6"),
    checks("practice_sessions", "correct_within_set", problems_correct="-1"),
    checks("practice_sessions", "time_not_negative", total_time_seconds="-1"),
    checks("practice_sessions", "expires_after_start", expires_at="'2026-01-01 10:00+06'"),
    checks("practice_sessions", "completed_has_time", status="'completed'"),
    checks("practice_sessions", "completed_has_time", completed_at="now()"),
    doubles("practice_sessions", "open"),
    Refused(
        "tr_practice_sessions_ends_once",
        "update practice_sessions set status = 'in_progress'",
        after=ENDED,
    ),
    Refused(
        "tr_practice_sessions_ends_once",
        "update practice_sessions set status = 'completed', completed_at = now()",
        after=ENDED,
    ),
    checks("practice_items", "position_from_one", position="0"),
    checks("practice_items", "hints_shown", hints_shown="4"),
    checks("practice_items", "hints_shown", hints_shown="-1"),
    checks("practice_items", "tries_not_negative", tries="-1"),
    doubles("practice_items", "session_id_position"),
    Refused(
        "tr_practice_items_never_waits_again",
        "update practice_items set state = 'waiting'",
        after="update practice_items set state = 'skipped'",
    ),
    Refused("tr_practice_items_counts_only_grow", "update practice_items set tries = 0"),
    Refused("tr_practice_items_counts_only_grow", "update practice_items set hints_shown = 0"),
    checks("responses", "try_number_from_one", try_number="0"),
    checks("responses", "hints_used", hints_used="4"),
    checks("responses", "hints_used", hints_used="-1"),
    checks("responses", "time_not_negative", time_spent_seconds="-1"),
    checks("responses", "hints_viewed_is_a_list", hints_viewed="'{}'"),
    doubles("responses", "item_id_try_number"),
    Refused("tr_responses_never_updated", "update responses set is_correct = false"),
    Refused("tr_responses_never_updated", "update responses set try_number = 2 where false"),
    Refused("tr_responses_deleted_by_erasure_only", "delete from responses"),
    Refused("tr_responses_deleted_by_erasure_only", "delete from practice_sessions"),
    Refused("tr_responses_deleted_by_erasure_only", "delete from users"),
    Refused("tr_responses_never_truncated", "truncate responses"),
    Refused("tr_responses_never_truncated", "truncate users cascade"),
    checks("skills", "belief_not_empty", belief="'{}'"),
    checks("skills", "half_life_positive", half_life_days="0"),
    checks("inbox", "tries_not_negative", tries="-1"),
    checks("inbox", "ended_has_time", state="'done'"),
    checks("inbox", "ended_has_time", ended_at="now()"),
    doubles("inbox", "bot_id_update_id"),
    Refused("tr_inbox_ends_once", "update inbox set state = 'failed'", after=DONE),
    Refused(
        "tr_inbox_ends_once", "update inbox set state = 'waiting', ended_at = null", after=DONE
    ),
    checks("outbox", "data_is_object", data="'[]'"),
    checks("outbox", "tries_not_negative", tries="-1"),
    checks(
        "outbox",
        "sent_or_failed_never_both",
        sent_at="now()",
        failed_at="now()",
        failed_reason="'blocked'",
    ),
    checks("outbox", "failed_has_time", failed_reason="'blocked'"),
    checks("outbox", "failed_has_time", failed_at="now()"),
    doubles("outbox", "dedupe_key"),
    Refused(
        "tr_outbox_stays_sent",
        "update outbox set sent_at = null",
        after="update outbox set sent_at = now()",
    ),
    checks("conversations", "data_is_object", data="'[]'"),
    Refused("tr_conversations_version_grows", "update conversations set version = 3"),
    Refused("tr_conversations_version_grows", "update conversations set version = 2"),
    checks("configuration", "value_fits_type", value="'3'"),
    checks("configuration", "value_fits_type", value_type="'text'"),
    checks("configuration", "value_fits_type", value_type="'number'"),
    checks("configuration", "value_fits_type", value_type="'switch'"),
    doubles("configuration", "key"),
    Refused("tr_audit_logs_append_only", "update audit_logs set action = 'other'"),
    Refused("tr_audit_logs_append_only", "delete from audit_logs"),
    Refused(
        "tr_audit_logs_append_only",
        "delete from audit_logs",
        after="select set_config('dars.erasing', 'on', true)",
    ),
    Refused("tr_audit_logs_append_only", "truncate audit_logs"),
    checks("cost_records", "cost_not_negative", cost_usd="-0.000001"),
    checks("cost_records", "input_tokens_not_negative", input_tokens="-1"),
    checks("cost_records", "output_tokens_not_negative", output_tokens="-1"),
    checks("cost_records", "cached_tokens_not_negative", cached_tokens="-1"),
    checks("notifications", "payload_is_object", payload="'[]'"),
    doubles("notifications", "dedupe_key"),
]
