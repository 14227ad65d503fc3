"""The same writes as `store_answer`, by hand: one statement through asyncpg's own pool."""

import asyncpg

from domain.practice.records import Try

STATEMENT = """
with moved as (
    update practice_items set tries = tries + 1, state = 'answered'
    where id = $1 and state = 'waiting' and tries = $2
    returning id, session_id, problem_id
), counted as (
    update practice_sessions
    set total_time_seconds = total_time_seconds + $3, problems_correct = problems_correct + $4
    from moved where practice_sessions.id = moved.session_id and status = 'in_progress'
    returning practice_sessions.id, practice_sessions.student_id
), skill as (
    insert into skills (student_id, topic, belief, half_life_days, practised_at)
    select student_id, $10, $11, $12, $13 from counted
    on conflict (student_id, topic) do update
    set belief = excluded.belief, half_life_days = excluded.half_life_days,
        practised_at = excluded.practised_at
), opened as (
    update practice_items set opened_at = $5
    from moved where practice_items.id = $6 and practice_items.session_id = moved.session_id
)
insert into responses (session_id, item_id, problem_id, try_number, student_answer, is_correct,
                       time_spent_seconds, hints_used, hints_viewed, evaluated_at,
                       confidence_level)
select moved.session_id, moved.id, moved.problem_id, $2 + 1, $7, $4 > 0, $3, $8, $9::jsonb, $5,
       'medium'
from moved join counted on counted.id = moved.session_id
"""


async def store(pool: asyncpg.Pool, attempt: Try) -> None:
    item, skill = attempt.item, attempt.skill
    if skill is None:
        raise ValueError("an answer without its skill")
    done = await pool.execute(
        STATEMENT,
        item.id,
        item.tries,
        attempt.time_spent_seconds,
        int(attempt.is_correct),
        attempt.at,
        item.next_id,
        attempt.answer,
        item.hints_shown,
        "[]",
        skill.topic,
        skill.belief,
        skill.half_life_days,
        skill.practised_at,
    )
    if done != "INSERT 0 1":
        raise RuntimeError("an answer was not stored")
