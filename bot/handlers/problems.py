"""What teachers set: maths files and coding problems, sent in one place and told apart.

/problems ──► problems ◄───────────────────────────┐
                 │ a maths file: see library       │
                 │ a coding problem: complaints ───┤
                 ├─ without fault: its programs ───┘
                 │  are run, and its sender told
                 └─ /cancel ──► left
list ──► card ──► look, share, file, delete
"""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Any

from bot.access import TEACHERS
from bot.handlers import library
from bot.handlers.submissions import both
from bot.routes import read_id, routes, short
from bot.turn import Turn
from domain.people.records import Role
from domain.practice import contributions
from domain.practice.library import UPLOAD_BYTES as MATHS_BYTES
from domain.problems import uploads, versions
from domain.problems.packages.limits import UPLOAD_BYTES as ZIP_BYTES
from domain.problems.records import ProblemVisibility, TestCase
from domain.problems.upload_records import Examined, ProblemCard
from domain.problems.uploads import FileKind, Kept, Received, message_key
from domain.storage import new_key
from domain.submissions.queueing import QUEUE

STEP = library.STEP
YAML_BYTES = 4_000_000
"""A million characters, the most that are read, in whatever script."""
LIMITS: Mapping[str, int] = {"zip": ZIP_BYTES, "yaml": YAML_BYTES, "yml": YAML_BYTES}
NAME_KEPT = 100


@routes.command("problems", TEACHERS)
async def invite(turn: Turn) -> None:
    standing = await contributions.standing(turn.work, turn.person)
    turn.go(STEP)
    turn.say(
        "problems.invite",
        admin=turn.person.role is Role.ADMIN,
        waiting=standing.own,
        to_see=standing.to_see,
    )


@routes.button("problems.template", TEACHERS)
async def template(turn: Turn) -> None:
    turn.go(STEP)
    turn.say("problems.template")


@routes.step(STEP, TEACHERS)
async def typed(turn: Turn) -> None:
    turn.say("problems.file_please")


@routes.document(STEP, TEACHERS)
async def receive(turn: Turn) -> None:
    name = turn.attachment.name
    content = turn.file(LIMITS.get(name.lower().rpartition(".")[2], MATHS_BYTES))
    if uploads.file_kind(name, content) is FileKind.MATHS:
        await library.receive(turn)
    else:
        await _receive_problem(turn, name[-NAME_KEPT:], content)


async def _receive_problem(turn: Turn, name: str, content: bytes) -> None:
    """Read and stored while no transaction is open: both may take many seconds."""
    found: Examined = turn.outside("examined", partial(_examine, turn, name, content))
    if found.complaints:
        turn.say("problems.report", file=name, complaints=uploads.told(found.complaints))
        return
    standing = await uploads.stands(turn.work, turn.person, found)
    if standing.kept is not Kept.QUEUED:
        _say_why_not(turn, standing, found)
        return
    key: str = turn.outside("archive", partial(_store, turn, content))
    done = await uploads.keep(turn.work, turn.person, name, key, found)
    if done.upload_id is None:
        turn.discard(key)
        _say_why_not(turn, done, found)
        return
    turn.wake(QUEUE)
    turn.say(
        "problems.checking",
        dedupe_key=message_key(done.upload_id),
        title=both(found.title, found.title_bn),
        version=done.newest + 1,
        tests=found.tests,
        programs=found.programs,
        notes=uploads.told(found.notes),
    )


async def _examine(turn: Turn, name: str, content: bytes) -> Examined:
    found = await turn.environment.check_package(name, content)
    # Megabytes of tests take a while to be hashed.
    return await asyncio.to_thread(uploads.examined, found)


async def _store(turn: Turn, content: bytes) -> str:
    key = new_key(turn.person.id, "problems")
    await turn.environment.storage.put(key, content, "application/octet-stream")
    return key


def _say_why_not(turn: Turn, standing: Received, found: Examined) -> None:
    if standing.kept is Kept.SOMEBODY_ELSES:
        turn.say("problems.slug_taken", slug=found.slug)
    elif standing.kept is Kept.UNCHANGED:
        turn.say("problems.unchanged", slug=found.slug)
    elif standing.kept is Kept.WAITING:
        turn.say("problems.being_checked", slug=found.slug)
    else:
        turn.say("problems.too_many", limit=uploads.OPEN_AT_MOST)


@routes.button("problems.list", TEACHERS)
async def listed(turn: Turn) -> None:
    """`mine.page` or `shared.page`"""
    which, _, number = turn.argument.partition(".")
    page, own = int(number) if number.isdecimal() else 0, which != "shared"
    found, more = await versions.listed(turn.work, turn.person, page, own=own)
    turn.say(
        "problems.list",
        edit=True,
        own=own,
        page=page,
        more=more,
        problems=[
            [short(one.id), both(one.title, one.title_bn), one.version, one.visibility]
            for one in found
        ],
    )


@routes.button("problems.card", TEACHERS)
async def card(turn: Turn) -> None:
    found = await versions.card(turn.work, turn.person, read_id(turn.argument))
    turn.say("problems.card", edit=True, **_card(turn, found))


@routes.button("problems.look", TEACHERS)
async def look(turn: Turn) -> None:
    """`problem.page`: the statement and the examples, as students see them."""
    version_id, _, number = turn.argument.partition(".")
    seen = await versions.look(turn.work, turn.person, read_id(version_id))
    turn.say(
        "problems.look",
        page=int(number) if number.isdecimal() else 0,
        statement=both(seen.card.description, seen.card.description_bn),
        samples=[_sample(one) for one in seen.samples],
        **_card(turn, seen.card),
    )


@routes.button("problems.share", TEACHERS)
async def share(turn: Turn) -> None:
    await _share(turn, ProblemVisibility.SHARED)


@routes.button("problems.unshare", TEACHERS)
async def unshare(turn: Turn) -> None:
    await _share(turn, ProblemVisibility.PRIVATE)


async def _share(turn: Turn, visibility: ProblemVisibility) -> None:
    found = await versions.share(turn.work, turn.person, read_id(turn.argument), visibility)
    turn.say("problems.card", edit=True, **_card(turn, found))


@routes.button("problems.file", TEACHERS)
async def file(turn: Turn) -> None:
    """The file that brought the newest version."""
    name, key = await versions.archive(turn.work, turn.person, read_id(turn.argument))
    turn.say("problems.file", file=name, key=key)


@routes.button("problems.delete", TEACHERS)
async def ask_to_delete(turn: Turn) -> None:
    found = await versions.own(turn.work, turn.person, read_id(turn.argument))
    turn.say("problems.ask_delete", edit=True, **_card(turn, found))


@routes.button("problems.delete_now", TEACHERS)
async def delete(turn: Turn) -> None:
    found, keys = await versions.delete(turn.work, turn.person, read_id(turn.argument))
    turn.discard(*keys)
    turn.say("problems.deleted", edit=True, title=both(found.title, found.title_bn))


def _card(turn: Turn, found: ProblemCard) -> dict[str, Any]:
    return {
        "problem": short(found.id),
        "title": both(found.title, found.title_bn),
        "slug": found.slug,
        "version": found.version,
        "own": found.own,
        "owner": found.owner_name,
        "shared": found.visibility is ProblemVisibility.SHARED,
        "tests": found.tests,
        "hidden": found.hidden,
        "points": str(found.points),
        "seconds": found.limits.time_ms / 1000,
        "megabytes": found.limits.memory_kb // 1024,
        "assignments": found.assignments,
        "outdated": found.outdated,
        "kept": found.archive_key is not None,
        "published": turn.person.local(found.published_at).isoformat(),
    }


def _sample(test: TestCase) -> list[str | None]:
    """Input and output; None where it is too long to be kept in the row."""
    return [test.input, test.output]
