"""A row of each table that the schema takes. Values are SQL. Whoever adds a table adds one."""

from collections.abc import Iterator, Mapping

from db.models import Base
from tests.db.course_rows import COURSE_ROWS, MORE_ROWS
from tests.db.keys import CLASS, ITEM, PROBLEM, SESSION, USER, Row

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
    "clock_marks": {"job": "'reminders'", "done_until": "'2026-01-01 10:00+06'"},
    "calendar_events": {
        "owner_id": USER,
        "class_id": CLASS,
        "title": "'পদার্থবিজ্ঞান'",
        "start_time": "'2026-01-04 10:00+06'",
        "end_time": "'2026-01-04 11:30+06'",
        "type": "'class'",
        "timezone": "'Asia/Dhaka'",
        "repeats_weekly_until": "'2026-06-28'",
        "cancelled_dates": """'["2026-02-22"]'""",
        "updated_at": "'2020-01-01'",
    },
    "calendar_links": {"user_id": USER, "token_hash": "repeat('0f', 32)", "made_at": "now()"},
    **COURSE_ROWS,
}


def insert(table: str, **changes: str) -> str:
    """The table's good row with some values changed; its key is left to the server."""
    values = {name: value for name, value in ROWS[table].items() if name != "id"} | changes
    return f"insert into {table} ({', '.join(values)}) values ({', '.join(values.values())})"


def good_rows() -> Iterator[str]:
    """The insert of every row, in an order that the foreign keys take."""
    for table in Base.metadata.sorted_tables:
        yield insert(table.name, **ROWS[table.name])
        for more in MORE_ROWS.get(table.name, ()):
            yield insert(table.name, **more)
