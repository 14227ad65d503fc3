"""What a student is asked now, and how to answer it rightly or wrongly, whatever its kind."""

import json
import re
from dataclasses import dataclass
from fractions import Fraction

import asyncpg

from domain.practice.library import templates
from domain.practice.records import AnswerForm, AnswerKind

WAITING = """
    select p.answer, p.answer_kind, p.answer_form, p.parameters, p.conditions, i.seed,
        case when p.unit_required then ' ' || p.unit else '' end as unit
    from practice_items i
    join problems p on p.id = i.problem_id
    join practice_sessions s on s.id = i.session_id
    join users u on u.id = s.student_id
    where s.status = 'in_progress' and i.state = 'waiting'
        and ($1::bigint is null or u.telegram_id = $1)
    order by i.postponed, i.position limit 1
"""
ONLY_NUMBERS = "update problems set is_active = answer_kind = 'number' and not unit_required"
"""For tests in which the answers themselves are of no interest."""
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:/\d+)?")
WRONG = {
    AnswerKind.RATIO: "9999:1",
    AnswerKind.INEQUALITY: "x > 9999",
}


@dataclass(frozen=True)
class Waiting:
    """The problem that waits for an answer, in plain Latin form."""

    kind: AnswerKind
    right: str

    @property
    def wrong(self) -> str:
        """Can be read, and is not right."""
        if self.kind is AnswerKind.UNKNOWNS:
            # Of the very unknowns that are asked for: another one could not be read.
            return NUMBER.sub("-9999", self.right)
        return WRONG.get(self.kind, "-9999")


async def waiting(database: asyncpg.Connection, telegram_id: int | None = None) -> Waiting:
    """The problem that waits for a person, or for the only person there is."""
    row = await database.fetchrow(WAITING, telegram_id)
    assert row is not None, "no problem waits"
    kind, answer = AnswerKind(row["answer_kind"]), str(row["answer"])
    if row["parameters"] is not None:
        parameters = tuple((name, written) for name, written in json.loads(row["parameters"]))
        conditions = tuple(json.loads(row["conditions"]))
        numbers = templates.numbers(parameters, conditions, row["seed"])
        answer = templates.filled_answer(answer, numbers, kind)
    return Waiting(kind, f"{in_form(answer, row['answer_form'])}{row['unit']}")


def in_form(answer: str, form: str | None) -> str:
    """An answer as stated in the library, in the form that its problem asks for."""
    if form != AnswerForm.MIXED:
        return answer
    value = Fraction(answer)
    return f"{int(value)} {value % 1}"
