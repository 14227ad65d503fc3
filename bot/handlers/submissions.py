"""Students' work: what is due, an assignment, a problem, the draft.

/assignments ──► assignment ──► problem: submissions.problem ◄──────────────┐
                    │               │ code, as text or file: draft kept ────┤
                    │               │ language, starter code, hint ─────────┘
                    └─ exam: opened ┘ run, submit: see submissions_attempts
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from bot.handlers.quizzes import entry as quiz_entry
from bot.routes import read_id, routes, short
from bot.turn import Turn
from bot.typed_code import typed_code
from domain.courses.records import AssignmentOpening
from domain.errors import Fault
from domain.practice import quizzes
from domain.practice.quiz_records import QuizLine
from domain.problems.records import TestCase
from domain.submissions import drafts, languages, rules, work
from domain.submissions.drafts import Kept
from domain.submissions.languages import SOURCE_LIMIT, Language
from domain.submissions.rules import Act, Standing
from domain.submissions.work import ProblemSeen
from domain.submissions.work_records import AssignmentWork, ProblemLine, ProblemWork, UpNext

STEP = "submissions.problem"
ON_A_PAGE = 8
# Telegram's apps cut what is longer than a message, somewhat before its end, and send it in pieces.
MAYBE_CUT = 3500
# UTF-16 takes up to twice the room of what is kept; languages.decode says what is too long.
FILE_LIMIT = 2 * SOURCE_LIMIT + 2


@routes.command("assignments")
async def assignments(turn: Turn) -> None:
    turn.say("submissions.up_next", **await _listed(turn, 0))


@routes.button("submissions.list")
async def turn_page(turn: Turn) -> None:
    found = await _listed(turn, page_number(turn.argument))
    turn.say("submissions.up_next", edit=True, **found)


async def _listed(turn: Turn, page: int) -> dict[str, Any]:
    """Assignments and quizzes in one order."""
    assigned = await work.up_next(turn.work, turn.person, turn.now)
    asked = await quizzes.up_next(turn.work, turn.person, turn.now)
    every: list[UpNext | QuizLine] = [*assigned, *asked]
    found = sorted(every, key=lambda one: rules.urgency(one.due_date, one.item_id, turn.now))
    page = min(page, max(len(found) - 1, 0) // ON_A_PAGE)
    shown = found[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    return {
        "page": page,
        "more": len(found) > (page + 1) * ON_A_PAGE,
        "assignments": [
            quiz_entry(turn, one) if isinstance(one, QuizLine) else _up_next(turn, one)
            for one in shown
        ],
    }


@routes.button("submissions.assignment")
async def assignment(turn: Turn) -> None:
    found = await work.assignment(turn.work, turn.person, read_id(turn.argument), turn.now)
    turn.say("submissions.assignment", edit=True, **_assignment(turn, found))


@routes.button("submissions.open")
async def ask_to_open(turn: Turn) -> None:
    """Opening an exam starts its clock, so it is asked once more."""
    found = await work.assignment(turn.work, turn.person, read_id(turn.argument), turn.now)
    turn.say("submissions.open_exam", edit=True, **_assignment(turn, found))


@routes.button("submissions.opened")
async def open_exam(turn: Turn) -> None:
    found = await work.open_exam(turn.work, turn.person, read_id(turn.argument), turn.now)
    turn.say("submissions.assignment", edit=True, **_assignment(turn, found))


@routes.button("submissions.problem")
async def problem(turn: Turn) -> None:
    seen = await work.problem(turn.work, turn.person, read_id(turn.argument), turn.now)
    _stand(turn, seen.work)
    turn.say("submissions.problem", page=0, **_problem(turn, seen))


@routes.button("submissions.page")
async def statement_page(turn: Turn) -> None:
    """`problem.page`: the rest of a statement that is longer than a message."""
    problem_id, _, page = turn.argument.partition(".")
    seen = await work.problem(turn.work, turn.person, read_id(problem_id), turn.now)
    _stand(turn, seen.work)
    turn.say("submissions.problem", page=page_number(page), **_problem(turn, seen))


@routes.button("submissions.hint")
async def hint(turn: Turn) -> None:
    found = await work.hint(turn.work, turn.person, read_id(turn.argument), turn.now)
    _stand(turn, found)
    turn.say("submissions.hint", hint=both(found.wording.hint, found.hint_bn), **_place(found))


@routes.button("submissions.starter")
async def starter(turn: Turn) -> None:
    """As a file: what is copied out of a message loses its tabs."""
    found = await drafts.use_starter(turn.work, turn.person, read_id(turn.argument), turn.now)
    if found.starter is None:
        raise Fault("a problem without starter code was let through")
    _stand(turn, found)
    language = languages.LANGUAGES[found.starter.language]
    turn.say(
        "submissions.starter",
        file=language.file_name,
        source=found.starter.source,
        language=language.label,
        **_place(found),
    )


@routes.step(STEP)
async def typed(turn: Turn) -> None:
    """Code in a message; Telegram's formatting of it is undone first."""
    if turn.update.message is None:
        raise Fault("a step without a message")
    pasted = typed_code(turn.update.message)
    language = pasted.language or languages.detect(None, pasted.source)
    await _keep(turn, pasted.source, language, maybe_cut=len(turn.text) >= MAYBE_CUT)


@routes.document(STEP)
async def sent(turn: Turn) -> None:
    content, name = turn.file(FILE_LIMIT), turn.attachment.name
    source = languages.decode(content)
    await _keep(turn, source, languages.detect(name, source))


async def _keep(
    turn: Turn, source: str, language: Language | None, *, maybe_cut: bool = False
) -> None:
    problem_id = read_id(turn.conversation.data["problem"])
    kept = await drafts.keep(turn.work, turn.person, problem_id, source, language, turn.now)
    _show_draft(turn, kept, maybe_cut=maybe_cut)


@routes.button("submissions.draft")
async def draft(turn: Turn) -> None:
    found = await work.find(turn.work, turn.person, read_id(turn.argument))
    _stand(turn, found)
    kept = found.draft
    code = None if kept is None else kept.current_language
    turn.say(
        "submissions.draft_shown",
        source="" if kept is None else kept.current_code,
        language=None if code is None else languages.LANGUAGES[code].label,
        file=languages.LANGUAGES[code].file_name if code else "main.txt",
        **_place(found),
    )


@routes.button("submissions.language")
async def ask_language(turn: Turn) -> None:
    found = await work.find(turn.work, turn.person, read_id(turn.argument))
    _stand(turn, found)
    turn.say("submissions.language", **_place(found), languages=_offered(found))


@routes.button("submissions.choose")
async def choose_language(turn: Turn) -> None:
    """`problem.language`"""
    problem_id, _, code = turn.argument.partition(".")
    kept = await drafts.choose_language(turn.work, turn.person, read_id(problem_id), code, turn.now)
    turn.go(STEP, problem=problem_id)
    _show_draft(turn, kept, edit=True)


def _stand(turn: Turn, found: ProblemWork) -> None:
    """From now on what a student sends is code for this problem, and for no other."""
    if found.assignment.enrolled:
        turn.go(STEP, problem=short(found.line.id))


def _show_draft(turn: Turn, kept: Kept, *, edit: bool = False, maybe_cut: bool = False) -> None:
    turn.say(
        "submissions.draft_kept",
        edit=edit,
        lines=kept.lines,
        maybe_cut=maybe_cut,
        language=None if kept.language is None else kept.language.label,
        refused=None if kept.refused is None else kept.refused.label,
        languages=_offered(kept.work),
        **_place(kept.work),
    )


def page_number(text: str) -> int:
    """Out of a button; the first page where it names none."""
    return int(text) if text.isdecimal() else 0


def _up_next(turn: Turn, one: UpNext) -> dict[str, Any]:
    return {
        "item": short(one.item_id),
        "title": one.title,
        "in": one.class_name,
        "mode": one.mode,
        "due": _local(turn, one.due_date),
        "over": one.due_date is not None and one.due_date < turn.now,
        "problems": one.problems,
        "solved": one.solved,
        "opening": _opening(turn, one.opening),
    }


def _assignment(turn: Turn, found: AssignmentWork) -> dict[str, Any]:
    terms = found.terms
    policy = terms.config.late_policy
    opening = Standing(found.enrolled, opening=found.opening)
    return {
        "item": short(found.item_id),
        "in": found.class_name,
        "title": found.title,
        "description": found.description,
        "mode": terms.mode,
        "due": _local(turn, terms.due_date),
        "over": terms.due_date is not None and terms.due_date < turn.now,
        "minutes": terms.config.time_limit_mins,
        "attempts": terms.config.max_attempts,
        "late": {
            "kind": policy.kind,
            "percent": policy.percent_per_day,
            "most": policy.at_most_percent,
        },
        "languages": [languages.LANGUAGES[one].label for one in terms.config.allowed_languages],
        "preview": found.teaches and not found.enrolled,
        "may_open": rules.allowed(Act.OPEN, terms, opening, turn.now).allowed,
        "opening": _opening(turn, found.opening),
        "problems": [_line(one) for one in found.problems],
    }


def _line(line: ProblemLine) -> dict[str, Any]:
    return {
        "problem": short(line.id),
        "position": line.position,
        "title": both(line.title, line.title_bn),
        "worth": str(line.worth),
        "score": None if line.score is None else str(line.score),
        "solved": line.solved,
        "submitted": line.submitted,
        "judging": line.judging,
    }


def _problem(turn: Turn, seen: ProblemSeen) -> dict[str, Any]:
    found = seen.work
    terms = found.assignment.terms
    run = rules.allowed(Act.RUN, terms, found.standing, turn.now)
    return {
        **_place(found),
        "statement": both(found.wording.description_markdown, found.description_bn),
        "samples": [_sample(one) for one in seen.samples],
        "tests": found.tests,
        "hidden": found.hidden,
        "seconds": found.limits.time_ms / 1000,
        "megabytes": found.limits.memory_kb // 1024,
        "worth": str(found.line.worth),
        "mode": terms.mode,
        "attempts": terms.config.max_attempts,
        "submitted": found.line.submitted,
        "tried": found.line.attempts,
        "until": _until(turn, found) if run.allowed else None,
        "languages": [one["label"] for one in _offered(found)],
        "starter": found.starter is not None,
        "hint": seen.hint,
        "draft": found.draft is not None and found.draft.current_code != "",
        "open": found.assignment.enrolled and run.allowed,
    }


def _until(turn: Turn, found: ProblemWork) -> str | None:
    """The end of the exam, where it is one."""
    opening = found.assignment.opening
    return None if opening is None else _local(turn, opening.deadline_at)


def _place(found: ProblemWork) -> dict[str, Any]:
    """What every message about a problem names, and what its buttons lead back to."""
    return {
        "problem": short(found.line.id),
        "item": short(found.assignment.item_id),
        "title": both(found.line.title, found.line.title_bn),
    }


def _sample(test: TestCase) -> list[str | None]:
    """Input and output; None where it is too long to be kept in the row."""
    return [test.input, test.output]


def _offered(found: ProblemWork) -> list[dict[str, str]]:
    return [{"code": one.code, "label": one.label} for one in drafts.offered(found)]


def _opening(turn: Turn, opening: AssignmentOpening | None) -> Mapping[str, Any] | None:
    if opening is None:
        return None
    return {
        "until": _local(turn, opening.deadline_at),
        "over": opening.locked_at is not None or opening.deadline_at < turn.now,
        "handed_in": opening.handed_in,
    }


def both(main: str | None, bengali: str | None) -> dict[str, str | None]:
    """A teacher's text: whoever reads Bengali gets the Bengali one where there is one."""
    return {"main": main, "bn": bengali or main}


def _local(turn: Turn, instant: Any) -> str | None:
    return None if instant is None else turn.person.local(instant).isoformat()


def problem_of(turn: Turn) -> UUID:
    """The problem that somebody's conversation is about."""
    return read_id(turn.conversation.data["problem"])
