"""What is said while an attempt is judged and when it is: data for the views, no words.

All of it replaces the reply to Run or Submit, at most three times: `submissions.waiting`,
`submissions.running`, and `submissions.verdict` or `submissions.judging_failed`.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.operations.records import Priority, Saying
from domain.problems.records import TestCase
from domain.submissions import explaining
from domain.submissions.differences import difference
from domain.submissions.judging import Outcome, Verdict
from domain.submissions.queueing import Addressee, Claim, Report, Waiting, message_key

SHOWN = 1000
"""Characters of a test's input, of what was expected and of what a program wrote."""
COMPILER_SHOWN = 1500


def waiting(one: Waiting, *, boxless: bool) -> Saying:
    """`before`: how many are served first; `boxless`: no worker can run code now."""
    data = {"before": one.before, "boxless": boxless}
    return _following(one.judging_id, one.student, "submissions.waiting", "waiting", data)


def running(claim: Claim) -> Saying:
    return _about(claim, "submissions.running", "running", _attempt(claim))


def judged(claim: Claim, source: str, cases: Sequence[TestCase], report: Report) -> Saying:
    """The verdict, `_attempt` and:

    - `score`, `points`: as text, what it is out of;
    - `time_ms`, `memory_kb`: the most of any test, None unless all passed: how long a program
      takes over a hidden test can be made to tell what is in it;
    - `passed`, `tests`: counts of those that were to be run;
    - `failed`: the first that did not pass, None if all did; of a hidden one only its number
      and verdict, of another its name, input and `Difference.data()` as well;
    - `compiler`: what the compiler said where it refused, else None;
    - `explanation`: `Explanation.data()` of what went wrong, None where it is not known.
    """
    result = report.judged
    outcomes = result.outcomes
    failed = next((one for one in outcomes if one.verdict is not Verdict.ACCEPTED), None)
    case = None
    if failed is not None:
        case = next(one for one in cases if str(one.id) == failed.test_id)
    measured = () if failed is not None else outcomes
    refused = result.compilation is not None and not result.compilation.ok
    data = {
        **_attempt(claim),
        "verdict": result.verdict.value,
        "score": _number(report.score),
        "points": _number(report.points),
        "time_ms": max((one.time_ms for one in measured), default=None),
        "memory_kb": max((one.memory_kb for one in measured), default=None),
        "passed": sum(one.verdict is Verdict.ACCEPTED for one in outcomes),
        "tests": len(cases),
        "failed": None if failed is None or case is None else _failed(case, failed),
        "compiler": result.compilation.output[:COMPILER_SHOWN]
        if refused and result.compilation
        else None,
        "explanation": _explanation(claim.language, source, report, case, failed),
    }
    return _about(claim, "submissions.verdict", "verdict", data)


def given_up(claim: Claim) -> Saying:
    """Ours, not the student's: an apology."""
    return _about(claim, "submissions.judging_failed", "verdict", _attempt(claim))


def given_up_to_teacher(claim: Claim, teacher: Addressee) -> Saying:
    return Saying(
        "submissions.judging_failed_teacher",
        {**_attempt(claim), "judging_id": str(claim.lease.judging_id)},
        chat_id=teacher.chat_id,
        user_id=teacher.user_id,
        priority=Priority.NOTICE,
        dedupe_key=f"{message_key(claim.lease.judging_id)}:teacher:{teacher.user_id}",
    )


def _about(claim: Claim, view: str, part: str, data: Mapping[str, Any]) -> Saying:
    return _following(claim.lease.judging_id, claim.student, view, part, data)


def _following(
    judging_id: UUID, student: Addressee, view: str, part: str, data: Mapping[str, Any]
) -> Saying:
    key = message_key(judging_id)
    return Saying(
        view,
        data,
        chat_id=student.chat_id,
        user_id=student.user_id,
        dedupe_key=f"{key}:{part}",
        edits_key=key,
    )


def _attempt(claim: Claim) -> dict[str, Any]:
    return {
        "attempt_id": str(claim.attempt_id),
        "problem_id": str(claim.assignment_problem_id),
        "number": claim.attempt_number,
        "type": claim.type.value,
        "language": claim.language,
        "title": claim.title,
        "title_bn": claim.title_bn,
    }


def _failed(case: TestCase, outcome: Outcome) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "number": case.ordinal,
        "hidden": case.hidden,
        "verdict": outcome.verdict.value,
    }
    if not case.hidden:
        shown |= {
            "name": case.name,
            "input": _clipped(case.input),
            "difference": _difference(case, outcome),
        }
    return shown


def _difference(case: TestCase, outcome: Outcome) -> dict[str, Any] | None:
    """None where nothing was compared, or where the test is too long to be kept in a row."""
    if outcome.verdict is not Verdict.WRONG_ANSWER or case.input is None or case.output is None:
        return None
    got = outcome.stdout.decode("utf-8", "replace").replace("\0", "\ufffd")
    return difference(case.output, got, case.input).data()


def _explanation(
    language: str, source: str, report: Report, case: TestCase | None, failed: Outcome | None
) -> dict[str, Any] | None:
    """Of what the compiler or the run said; a hidden test's errors might quote its input."""
    verdict, said, signal = report.judged.verdict, "", None
    compilation = report.judged.compilation
    if compilation is not None and not compilation.ok:
        said = compilation.output
    elif case is not None and failed is not None:
        signal = failed.signal
        said = "" if case.hidden else failed.stderr.decode("utf-8", "replace")
    found = explaining.explain_verdict(language, source, verdict, said, signal)
    return None if found is None else found.data()


def _clipped(text: str | None) -> str | None:
    """None for what is too long to be kept in a row, and so to be shown."""
    return None if text is None else text[:SHOWN].replace("\0", "\ufffd")


def _number(points: Decimal) -> str:
    return f"{points.normalize():f}"
