"""What becomes of a run or a submission: the message that follows it, and the list of attempts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any
from uuid import UUID

from bot.routes import data as button_data
from bot.routes import short
from bot.views.common import LABEL_SHOWN, Keys, button, clip, lines
from bot.views.courses import pages as neighbours
from bot.views.differences import compared
from bot.views.explanations import explained
from bot.views.message import Button, File, Message, Rows
from bot.views.registry import view
from bot.views.statements import teachers_text, title
from bot.views.tongue import Tongue

Data = Mapping[str, Any]

INPUT_SHOWN = 300
COMPILER_SHOWN = 900
MARKS_SHOWN = 2200

VERDICTS: Keys = {
    "pass": "attempts.accepted",
    "fail": "attempts.wrong_answer",
    "timeout": "attempts.time_limit",
    "memory_limit": "attempts.memory_limit",
    "output_limit": "attempts.output_limit",
    "runtime_error": "attempts.runtime_error",
    "refused_call": "attempts.refused_call",
    "compile_error": "attempts.compile_error",
    "internal_error": "attempts.internal_error",
}
SIGNS = {"pass": "✅", "compile_error": "🧱", "timeout": "⏰", "internal_error": "🔧"}
WRONG_SIGN = "❌"
TYPES: Keys = {"test_run": "attempts.run", "final_submission": "attempts.submission"}


@view("attempts.confirm")
def confirm(data: Data, tongue: Tongue) -> Message:
    what = tongue.t("attempts.confirm", title=title(data, tongue), language=data["language"])
    if data["ends_exam"]:
        warned = tongue.t("attempts.ends_exam")
    else:
        warned = tongue.tn("attempts.submissions_left", data["left"])
    told = (what, warned, _lateness(data["late_percent"], tongue))
    text = tongue.join((" ".join(filter(None, told)), tongue.t("attempts.submit_now")))
    return Message(
        text,
        (
            (
                button(tongue, "button.submit_now", "attempts.confirmed", data["problem"]),
                button(tongue, "button.run", "attempts.run", data["problem"]),
            ),
            (button(tongue, "button.statement", "submissions.problem", data["problem"]),),
        ),
    )


@view("submissions.queued")
def queued(data: Data, tongue: Tongue) -> Message:
    final = data["type"] == "final_submission"
    text = tongue.t(
        "attempts.submitted" if final else "attempts.running",
        title=title(data, tongue),
        number=tongue.number(data["number"]),
        language=data["language"],
    )
    over = tongue.t("attempts.exam_over") if data["locked"] else ""
    return Message(tongue.join((text, _lateness(data["late_percent"], tongue), over)))


def _lateness(percent: int, tongue: Tongue) -> str:
    """What handing in now costs."""
    return tongue.t("attempts.late_costs", percent=tongue.number(percent)) if percent else ""


@view("submissions.waiting")
def waiting(data: Data, tongue: Tongue) -> Message:
    """The place in the queue; or that nobody can run code now, and that nothing is lost."""
    if data["boxless"]:
        return Message(tongue.t("attempts.no_judge"))
    return Message(tongue.tn("attempts.waiting", data["before"]))


@view("submissions.running")
def running(data: Data, tongue: Tongue) -> Message:
    return Message(
        tongue.t(
            "attempts.being_tested",
            title=_title(data, tongue),
            number=tongue.number(data["number"]),
        )
    )


@view("submissions.verdict")
def verdict(data: Data, tongue: Tongue) -> Message:
    text = tongue.join(
        (
            _headline(data, tongue),
            _result(data, tongue),
            _failed_test(data["failed"], tongue),
            _compiler(data["compiler"], tongue),
            explained(data["explanation"], tongue) if data["explanation"] else "",
        )
    )
    return Message(text, _verdict_buttons(data, tongue))


def _title(data: Data, tongue: Tongue) -> str:
    return title(
        {"title": {"main": data["title"], "bn": data["title_bn"] or data["title"]}}, tongue
    )


def _headline(data: Data, tongue: Tongue) -> str:
    kind = tongue.t(TYPES[data["type"]], number=tongue.number(data["number"]))
    return tongue.t("attempts.headline", kind=kind, title=_title(data, tongue))


def _result(data: Data, tongue: Tongue) -> str:
    """The verdict, how many tests passed, the points of a submission, time and memory."""
    found = data["verdict"]
    told = [f"{SIGNS.get(found, WRONG_SIGN)} <b>{tongue.t(VERDICTS[found])}</b>"]
    if found != "compile_error":
        told.append(
            tongue.t(
                "attempts.passed",
                passed=tongue.number(data["passed"]),
                tests=tongue.number(data["tests"]),
            )
        )
    if data["type"] == "final_submission":
        told.append(_points(data["score"], data["points"], tongue))
    if data["time_ms"] is not None and found == "pass":
        told.append(
            tongue.t(
                "attempts.usage",
                seconds=tongue.number(data["time_ms"] / 1000),
                megabytes=tongue.number(round(data["memory_kb"] / 1024)),
            )
        )
    return "\n".join(told)


def _points(score: str, points: str, tongue: Tongue) -> str:
    return tongue.t(
        "attempts.points", score=tongue.number(float(score)), points=tongue.number(float(points))
    )


def _failed_test(failed: Data | None, tongue: Tongue) -> str:
    """A visible test with what was expected and what came; of a hidden one its number alone."""
    if failed is None:
        return ""
    number = tongue.number(failed["number"])
    if failed["hidden"]:
        return tongue.t("attempts.hidden_test", number=number)
    found = failed["difference"]
    shown = _input(failed["input"], tongue) if found is None else compared(found, tongue)
    return "\n".join(part for part in (tongue.t("attempts.test", number=number), shown) if part)


def _input(text: str | None, tongue: Tongue) -> str:
    if not text:
        return ""
    shown = escape(clip(text.rstrip("\n"), INPUT_SHOWN), quote=False)
    return f"{tongue.t('attempts.input')}\n<pre>{shown}</pre>"


def _compiler(output: str | None, tongue: Tongue) -> str:
    if not output:
        return ""
    shown = escape(clip(output.strip(), COMPILER_SHOWN), quote=False)
    return f"{tongue.t('attempts.compiler')}\n<pre>{shown}</pre>"


def _verdict_buttons(data: Data, tongue: Tongue) -> Rows:
    problem = short(UUID(data["problem_id"]))
    statement = button(tongue, "button.statement", "submissions.problem", problem)
    tried = button(tongue, "button.attempts", "attempts.list", problem)
    draft = button(tongue, "button.draft", "submissions.draft", problem)
    if data["verdict"] == "pass" and data["type"] == "test_run":
        return ((button(tongue, "button.submit", "attempts.submit", problem),), (statement, draft))
    if data["verdict"] == "pass":
        onward = button(tongue, "button.to_assignments", "submissions.list")
        return ((onward,), (statement, tried))
    return ((statement, draft), (tried,))


@view("submissions.judging_failed")
def judging_failed(data: Data, tongue: Tongue) -> Message:
    problem = short(UUID(data["problem_id"]))
    return Message(
        tongue.t("attempts.judging_failed", title=_title(data, tongue)),
        ((button(tongue, "button.draft", "submissions.draft", problem),),),
    )


@view("submissions.judging_failed_teacher")
def judging_failed_teacher(data: Data, tongue: Tongue) -> Message:
    return Message(
        tongue.t(
            "attempts.judging_failed_teacher",
            title=_title(data, tongue),
            number=tongue.number(data["number"]),
        )
    )


@view("attempts.list")
def list_(data: Data, tongue: Tongue) -> Message:
    found = data["attempts"]
    back = button(tongue, "button.statement", "submissions.problem", data["problem"])
    if not found:
        return Message(tongue.t("attempts.none", title=title(data, tongue)), ((back,),))
    told = [_entry(one, tongue) for one in found]
    text = tongue.join((tongue.t("attempts.list", title=title(data, tongue)), "\n".join(told)))
    rows = tuple((_entry_button(one, tongue),) for one in found)
    more = neighbours(data, tongue, "attempts.list", f"{data['problem']}.")
    return Message(text, (*rows, *more, (back,)))


def _entry(one: Data, tongue: Tongue) -> str:
    return tongue.t(
        "attempts.entry",
        kind=tongue.t(TYPES[one["type"]], number=tongue.number(one["number"])),
        language=one["language"],
        time=tongue.moment(datetime.fromisoformat(one["at"])),
        verdict=_state(one, tongue),
    )


def _state(one: Data, tongue: Tongue) -> str:
    if one["verdict"] is not None:
        points = ""
        if one["type"] == "final_submission":
            points = " · " + _points(one["score"], one["points"], tongue)
        return tongue.t(VERDICTS[one["verdict"]]) + points
    return tongue.t("attempts.state_failed" if one["failed"] else "attempts.state_judging")


def _entry_button(one: Data, tongue: Tongue) -> Button:
    sign = "⏳" if one["judging"] else SIGNS.get(one["verdict"] or "internal_error", WRONG_SIGN)
    kind = tongue.plain(TYPES[one["type"]], number=tongue.number(one["number"]))
    label = clip(f"{sign} {kind}", LABEL_SHOWN)
    return Button(label, button_data("attempts.show", one["attempt"]))


@view("attempts.attempt")
def attempt(data: Data, tongue: Tongue) -> Message:
    text = tongue.join(
        (
            _entry(data, tongue),
            tongue.t("attempts.was_late") if data["late"] else "",
            _marks(data["marks"], tongue),
            _compiler(data["compiler"], tongue),
        )
    )
    ident = data["attempt"]
    return Message(
        text,
        (
            (
                button(tongue, "button.code_file", "attempts.code", ident),
                button(tongue, "button.reuse_code", "attempts.reuse", ident),
            ),
            (button(tongue, "button.attempts", "attempts.list", f"{data['problem']}.0"),),
        ),
    )


def _marks(marks: Sequence[Sequence[Any]], tongue: Tongue) -> str:
    """A line a test: its sign, its number, whether it is hidden, and the verdict if it failed."""
    told = []
    for number, hidden, found in marks:
        line = tongue.t(
            "attempts.mark_hidden" if hidden else "attempts.mark",
            sign=SIGNS.get(found, WRONG_SIGN),
            number=tongue.number(number),
        )
        told.append(line if found == "pass" else f"{line}: {tongue.t(VERDICTS[found])}")
    return lines(told, MARKS_SHOWN)


@view("attempts.code")
def code(data: Data, tongue: Tongue) -> Message:
    caption = tongue.t(
        "attempts.code",
        title=clip(teachers_text(data["title"], tongue), LABEL_SHOWN * 2),
        number=tongue.number(data["number"]),
    )
    return Message(caption, file=File(data["file"], key=data["key"]))


@view("attempts.reused")
def reused(data: Data, tongue: Tongue) -> Message:
    problem = data["problem"]
    return Message(
        tongue.t("attempts.reused", number=tongue.number(data["number"])),
        (
            (
                button(tongue, "button.run", "attempts.run", problem),
                button(tongue, "button.draft", "submissions.draft", problem),
            ),
        ),
    )


@view("submissions.still_judging")
def still_judging(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("attempts.still_judging"))


@view("submissions.nothing_to_run")
def nothing_to_run(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("attempts.nothing_to_run"))


@view("submissions.no_visible_tests")
def no_visible_tests(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("attempts.no_visible_tests"))


@view("submissions.language_first")
def language_first(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("attempts.language_first"))


@view("submissions.changed_meanwhile")
def changed_meanwhile(_data: Data, tongue: Tongue) -> Message:
    return Message(tongue.t("attempts.changed_meanwhile"))
