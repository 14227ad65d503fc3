"""Many students and what they did, generated in the database itself.

Everything is a function of its number, so two runs measure the same rows. Time stands still on
`TODAY`, a school day; 13:00 UTC is 19:00 in Dhaka, the hour at which most are reminded.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import asyncpg

TODAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 13, 0, 20, tzinfo=UTC)
SESSIONS_EACH = 6
PROBLEMS_EACH = 5
DAYS = 60
CLASS_SIZE = 40
STUDENTS_A_CLASS = 100
"""One class a hundred students: the others learn without one."""
ITEMS = 12
BOT_ID = 4_000_001

# Which share of the students has which zone and which time: the last is whoever is left.
ZONES = (
    ("Asia/Dhaka", 0.90), ("Asia/Kolkata", 0.02), ("Asia/Riyadh", 0.02), ("Asia/Dubai", 0.02),
    ("Asia/Kuala_Lumpur", 0.01), ("Europe/London", 0.01), ("America/New_York", 0.01),
    ("Australia/Sydney", 0.01),
)  # fmt: skip
TIMES = (
    ("19:00", 0.60), ("20:00", 0.12), ("18:00", 0.08), ("21:00", 0.08), ("17:00", 0.04),
    ("16:00", 0.02), ("07:00", 0.02), ("08:00", 0.01), ("06:00", 0.01), (None, 0.02),
)  # fmt: skip

KEY = """
create function bench_key(kind int, number bigint) returns uuid language sql immutable as
$$ select (lpad(to_hex(kind), 8, '0') || lpad(to_hex(number), 24, '0'))::uuid $$
"""
# A share of [0, 1) that looks drawn, the same for the same number.
SHARE = """
create function bench_share(number bigint, salt int) returns double precision
language sql immutable as
$$ select (hashint8extended(number, salt) & 1048575) / 1048576.0 $$
"""
# What is written: (table, statement), in this order.
FILL: Sequence[tuple[str, str]] = (
    (
        "users",
        """
        insert into users (id, telegram_id, full_name, timezone)
        select bench_key(1, n), 1000000000 + n, 'Student ' || n, {zone}
        from generate_series(0, {students} - 1) as n
        """,
    ),
    (
        "students",
        """
        insert into students (user_id, grade, reminder_time)
        select bench_key(1, n), 6 + n % 3, ({time})::time
        from generate_series(0, {students} - 1) as n
        """,
    ),
    (
        # A quarter has a streak that breaks tonight, a tenth has counted today, the others' broke.
        "streaks",
        """
        insert into streaks (student_id, current_streak, longest_streak, last_practice_date)
        select bench_key(1, n), days, days,
               ({now} at time zone 'utc')::date
               - case when n % 10 = 0 then 0 when n % 4 = 1 then 1 else 2 + n % 30 end::int
        from generate_series(0, {students} - 1) as n,
             lateral (select 1 + floor(-6 * ln(1 - bench_share(n, 1)))::int as days) as streak
        """,
    ),
    (
        # In the order of time, each student once in each ten days. What began in the last hundred
        # minutes was never finished: all that ran out while no clock ran.
        "practice_sessions",
        """
        insert into practice_sessions (id, student_id, started_at, expires_at, problem_ids, status,
                                       completed_at, total_time_seconds, problems_correct,
                                       created_at, updated_at)
        select bench_key(2, n), bench_key(1, (n * 7919) % {students}), at,
               at + interval '30 minutes', five.ids, status::practice_session_status,
               case when status = 'completed' then at + interval '12 minutes' end, 600,
               n % 6, at, at
        from generate_series(0, {students} * 6 - 1) as n,
             lateral (select {now} - interval '60 days' * (1 - n / ({students} * 6.0)) as at)
                 as began,
             lateral (select case when at > {now} - interval '100 minutes' then 'in_progress'
                                  when n % 20 = 7 then 'abandoned' else 'completed' end as status)
                 as ended,
             (select jsonb_agg(id) as ids from (select id from problems order by slug limit 5) as p)
                 as five
        """,
    ),
    (
        "practice_items",
        """
        insert into practice_items (id, session_id, position, problem_id, expected, tries, state)
        select bench_key(3, n), bench_key(2, n / 5), n % 5 + 1, library.ids[1 + n % library.count],
               '42', 1, 'answered'
        from generate_series(0, {students} * 30 - 1) as n,
             (select array_agg(id order by slug) as ids, count(*) as count from problems) as library
        """,
    ),
    (
        "responses",
        """
        insert into responses (id, session_id, item_id, problem_id, try_number, student_answer,
                               is_correct, time_spent_seconds, evaluated_at)
        select bench_key(4, n), bench_key(2, n / 5), bench_key(3, n),
               library.ids[1 + n % library.count], 1, (n % 97)::text, n % 3 > 0, 60,
               {now} - interval '60 days' * (1 - n / ({students} * 30.0))
        from generate_series(0, {students} * 30 - 1) as n,
             (select array_agg(id order by slug) as ids, count(*) as count from problems) as library
        """,
    ),
    (
        "classes",
        """
        insert into classes (id, name, join_code)
        select bench_key(5, c), 'Class ' || c,
               translate(upper(lpad(to_hex(c), 6, 'K')), '01', 'XZ')
        from generate_series(0, {students} / 100 - 1) as c
        """,
    ),
    (
        "enrollments",
        """
        insert into enrollments (user_id, class_id)
        select bench_key(1, c * 100 + n), bench_key(5, c)
        from generate_series(0, {students} / 100 - 1) as c, generate_series(0, 39) as n
        """,
    ),
    (
        "modules",
        """
        insert into modules (id, class_id, title, order_index, is_published)
        select bench_key(6, c), bench_key(5, c), 'Term', 1, true
        from generate_series(0, {students} / 100 - 1) as c
        """,
    ),
    (
        # A piece a week for each class, due at 23:59 in Dhaka, a seventh of the classes each day.
        # Piece 9 was due last week, 10 is due this week, 11 opens now.
        "content_items",
        """
        insert into content_items (id, module_id, content_type, title, order_index, is_published,
                                   release_date, due_date, opened_at, day_notice_for,
                                   hours_notice_for, missing_marked_for)
        select bench_key(7, c * 12 + k), bench_key(6, c), 'assignment', 'Homework ' || k, k + 1,
               true, due - interval '7 days',
               due, case when k < 11 then due - interval '7 days' end,
               case when k < 10 then due end, case when k < 10 then due end,
               case when k < 9 or k = 9 and c % 7 <> 1 then due end
        from generate_series(0, {students} / 100 - 1) as c, generate_series(0, 11) as k,
             lateral (select date_trunc('day', {now}) + interval '17 hours 59 minutes'
                             + (c % 7 + 7 * (k - 10)) * interval '1 day' as due) as dates
        """,
    ),
    (
        # In one of fifty classes it is an exam.
        "assignments",
        """
        insert into assignments (id, mode, points_total)
        select bench_key(7, c * 12 + k),
               case when k = 10 and c % 50 = 25 then 'exam' else 'homework' end::assignment_mode, 10
        from generate_series(0, {students} / 100 - 1) as c, generate_series(0, 11) as k
        """,
    ),
    (
        "assignment_openings",
        """
        insert into assignment_openings (student_id, assignment_id, opened_at, deadline_at)
        select bench_key(1, c * 100 + n), bench_key(7, c * 12 + 10),
               {now} - interval '90 minutes', {now} - interval '30 minutes'
        from generate_series(25, {students} / 100 - 1, 50) as c, generate_series(0, 39) as n
        """,
    ),
    (
        "assignment_problems",
        """
        insert into assignment_problems (id, assignment_id, problem_id, order_index)
        select bench_key(8, i), bench_key(7, i), bench_key(9, i), 1
        from generate_series(0, {students} / 100 * 12 - 1) as i
        """,
    ),
    (
        # Every second student hands in what is due by this week.
        "submission_attempts",
        """
        insert into submission_attempts (id, type, student_id, assignment_problem_id,
                                         attempt_number, code_blob_ref, code_size, language,
                                         created_at)
        select bench_key(10, (c * 12 + k) * 40 + n), 'final_submission', bench_key(1, c * 100 + n),
               bench_key(8, c * 12 + k), 1, 'code/' || c, 100, 'python',
               {now} - (11 - k) * interval '7 days'
        from generate_series(0, {students} / 100 - 1) as c, generate_series(0, 10) as k,
             generate_series(0, 38, 2) as n
        """,
    ),
)
# Their indexes are built once they are full.
LARGE = ("practice_sessions", "practice_items", "responses", "submission_attempts")


async def fill(database: asyncpg.Connection, students: int) -> None:
    """Takes about ten minutes for a million, and 20 GB."""
    for statement in (
        KEY,
        SHARE,
        "set session_replication_role = replica",
        "set synchronous_commit = off",
        "set maintenance_work_mem = '1GB'",
    ):
        await database.execute(statement)
    for table, statement in FILL:
        text = statement.format(
            zone=_drawn(ZONES, 2),
            time=_drawn(TIMES, 3),
            students=f"{students}::bigint",
            now=f"'{NOW.isoformat()}'::timestamptz",
        )
        if table in LARGE:
            await _fill_large(database, table, text)
        else:
            await database.execute(text)
    await database.execute("set session_replication_role = origin")
    await database.execute("vacuum analyze")


def _drawn(shares: Sequence[tuple[str | None, float]], salt: int) -> str:
    """SQL that gives number `n` one of the values."""
    cases, below = "", 0.0
    for value, share in shares:
        below += share
        written = "null" if value is None else f"'{value}'"
        cases += f" when bench_share(n, {salt}) < {below:.4f} then {written}"
    return f"case{cases} else '{shares[0][0]}' end"


async def _fill_large(database: asyncpg.Connection, table: str, statement: str) -> None:
    """In one transaction with its truncation, so that nothing of it goes into the log."""
    async with database.transaction():
        await database.execute(f"truncate {table} cascade")
        again = await _without_indexes(database, table)
        await database.execute(statement)
        for one in again:
            await database.execute(one)


async def _without_indexes(database: asyncpg.Connection, table: str) -> list[str]:
    """Takes them away, and what refers to them; returns what puts them back."""
    constraints = await database.fetch(
        """
        select conrelid::regclass::text as owner, conname, contype = 'f' as refers,
               pg_get_constraintdef(oid) as definition
        from pg_constraint
        where conrelid = $1::regclass and contype in ('p', 'u', 'f')
            or confrelid = $1::regclass and contype = 'f'
        order by contype = 'f' desc
        """,
        table,
    )
    for one in constraints:
        await database.execute(f'alter table {one["owner"]} drop constraint "{one["conname"]}"')
    indexes = await database.fetch(
        "select indexname, indexdef from pg_indexes where tablename = $1", table
    )
    for one in indexes:
        await database.execute(f'drop index "{one["indexname"]}"')
    return [one["indexdef"] for one in indexes] + [
        f'alter table {one["owner"]} add constraint "{one["conname"]}" {one["definition"]}'
        + (" not valid" if one["refers"] else "")
        for one in reversed(constraints)
    ]


def minute(hour: int, minute_: int, days: int = 0) -> datetime:
    """Twenty seconds into a minute of `TODAY`, in UTC."""
    at = datetime(TODAY.year, TODAY.month, TODAY.day, hour, minute_, 20, tzinfo=UTC)
    return at + timedelta(days=days)
