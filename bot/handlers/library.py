"""Maths problems of teachers' own: sent in as a file, judged by an admin.

/problems ──► problems ◄────────────────┐
                 │ a file: complaints ──┘
                 └─ a file without fault ──► received, left; admins look and decide
"""

from functools import partial
from typing import Any
from uuid import UUID

from bot.access import ADMINS, TEACHERS
from bot.routes import routes
from bot.turn import Turn
from domain.errors import Refusal
from domain.people.records import Language, Role
from domain.practice import aids, contributions
from domain.practice.library import UPLOAD_BYTES, templates
from domain.practice.records import Problem

STEP = "problems"
"""At which files are awaited, of maths and of coding problems."""
SEEDS = 2**31


@routes.button("library.template", TEACHERS)
async def template(turn: Turn) -> None:
    turn.go(STEP)
    turn.say("library.template", form="csv" if turn.argument == "csv" else "yaml")


async def receive(turn: Turn) -> None:
    """A file of maths problems, which the conversation's step awaits; see problems.

    Fetched and checked while no transaction is open: a check may take many seconds.
    """
    content, name = turn.file(UPLOAD_BYTES), turn.attachment.name
    checking = partial(turn.environment.check_upload, name, content, turn.environment.topics)
    upload = turn.outside("upload", checking)
    done = await contributions.receive(turn.work, turn.person, name, upload, turn.now)
    if done.complaints:
        turn.say(
            "library.report",
            file=name,
            complaints=[
                [one.line, one.slug, one.key, dict(one.values)]
                for one in sorted(done.complaints, key=lambda one: one.line)
            ],
        )
        return
    turn.go(None)
    turn.say(
        "library.received", count=done.count, unchanged=done.unchanged, waiting=bool(done.waiting)
    )
    if done.waiting:
        await _tell_admins(turn, done.waiting)


async def _tell_admins(turn: Turn, count: int) -> None:
    for admin in await turn.work.people.get_users_by_role(Role.ADMIN):
        turn.tell(
            admin,
            "library.contributed",
            owner=turn.person.id.hex,
            name=turn.person.full_name,
            count=count,
        )


@routes.button("library.waiting", ADMINS)
async def waiting(turn: Turn) -> None:
    people = await turn.work.practice.waiting_contributions()
    turn.say(
        "library.waiting",
        people=[[one.owner_id.hex, one.owner_name, one.count] for one in people],
    )


@routes.button("library.look", ADMINS)
async def look(turn: Turn) -> None:
    """`owner.index.language`: one of the problems that wait, as students of a language read it.

    The same message turns the pages.
    """
    owner, _, rest = turn.argument.partition(".")
    index, _, language = rest.partition(".")
    seen = await contributions.look(turn.work, _id(owner))
    place = min(int(index) if index.isdecimal() else 0, len(seen.problems) - 1)
    turn.say(
        "library.contribution",
        edit=True,
        owner=owner,
        name=seen.owner.full_name,
        index=place,
        count=len(seen.problems),
        version=seen.version,
        language=language if language in set(Language) else turn.person.language,
        problem=_problem(templates.example(seen.problems[place], turn.rng.randrange(SEEDS))),
    )


@routes.button("library.approve", ADMINS)
async def approve(turn: Turn) -> None:
    await _judge(turn, approved=True)


@routes.button("library.refuse", ADMINS)
async def refuse(turn: Turn) -> None:
    await _judge(turn, approved=False)


async def _judge(turn: Turn, *, approved: bool) -> None:
    """`owner.version`: decides about what was seen, and tells whoever sent it."""
    owner_id, _, version = turn.argument.partition(".")
    owner, count = await contributions.judge(
        turn.work, turn.person, _id(owner_id), version, turn.now, approved=approved
    )
    turn.say(
        "library.approved" if approved else "library.refused",
        edit=True,
        name=owner.full_name,
        count=count,
    )
    turn.tell(owner, "library.yours_approved" if approved else "library.yours_refused", count=count)


@routes.button("library.withdraw", ADMINS)
async def withdraw(turn: Turn) -> None:
    """Below a report that a problem is wrong: it is set no more until it was put right."""
    await contributions.withdraw(turn.work, turn.person, _id(turn.argument), turn.now)
    turn.toast = ("library.withdrawn", {})


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "grade": problem.grade,
        "topic": problem.topic,
        "difficulty": problem.difficulty,
        "chapter": None if problem.chapter is None else dict(problem.chapter),
        "question": dict(problem.question),
        "answer": problem.answer,
        "aid": aids.aid(problem.answer, problem.answer_kind, problem.answer_form),
        "unit": problem.unit,
        "unit_required": problem.unit_required,
        "varies": bool(problem.parameters),
        "hints": [dict(one) for one in problem.hints],
        "solution": dict(problem.solution),
    }


def _id(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        raise Refusal("a button without its id", "library.moved_on") from None
