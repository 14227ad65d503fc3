"""Data for the views of students' work, as the sources give it, and at its worst."""

from typing import Any

from bot.views.submissions import RULES
from domain.courses.records import LatePolicyKind
from domain.submissions.differences import difference
from domain.submissions.explaining import explain
from domain.submissions.judging import Verdict
from tests.bot.example_values import HOSTILE, ITEM, LONG, NOTHING, SHORT, Data
from tests.bot.view_examples_quizzes import ENTRIES as QUIZ_ENTRIES
from tests.bot.view_examples_quizzes import HOSTILE_ENTRY as HOSTILE_QUIZ_ENTRY

BENGALI = "দুইয়ের যোগফল"
TITLE = {"main": BENGALI, "bn": BENGALI}
HOSTILE_TITLE = {"main": HOSTILE, "bn": LONG}
PLACE: dict[str, Any] = {"problem": SHORT, "item": SHORT[::-1], "title": TITLE}
HOSTILE_PLACE = {**PLACE, "title": HOSTILE_TITLE}
AT = "2026-11-27T23:59:00+06:00"
LATE = {"kind": "none", "percent": 10, "most": 50}
OPENING = {"until": AT, "over": False, "handed_in": False}
LINE: dict[str, Any] = {
    "problem": SHORT,
    "position": 1,
    "title": TITLE,
    "worth": "30",
    "score": None,
    "solved": False,
    "submitted": 0,
    "judging": False,
}
LINES = [
    LINE,
    {**LINE, "problem": SHORT[::-1], "title": HOSTILE_TITLE, "score": "12.50", "submitted": 2},
    {**LINE, "problem": SHORT.swapcase(), "solved": True, "score": "30", "judging": True},
]
ASSIGNMENT: dict[str, Any] = {
    "item": SHORT,
    "in": "প্রোগ্রামিং",
    "title": "বাড়ির কাজ",
    "description": None,
    "mode": "homework",
    "due": AT,
    "over": False,
    "minutes": None,
    "attempts": 3,
    "late": LATE,
    "languages": [],
    "preview": False,
    "may_open": False,
    "opening": None,
    "problems": LINES,
}
EXAM = {**ASSIGNMENT, "mode": "exam", "minutes": 45, "may_open": True}
HOSTILE_ASSIGNMENT = {**ASSIGNMENT, "in": HOSTILE, "title": LONG, "description": HOSTILE}
ENTRY: dict[str, Any] = {
    "item": SHORT,
    "title": "বাড়ির কাজ",
    "in": "প্রোগ্রামিং",
    "mode": "homework",
    "due": AT,
    "over": False,
    "problems": 3,
    "solved": 1,
    "opening": None,
}
MANY = [{**ENTRY, "item": f"{number:02}{SHORT[2:]}", "title": LONG} for number in range(8)]
PROBLEM: dict[str, Any] = {
    **PLACE,
    "page": 0,
    "statement": {"main": "দুটি সংখ্যা **যোগ** করো।", "bn": "দুটি সংখ্যা **যোগ** করো।"},
    "samples": [["", ""], [None, LONG]],
    "tests": 3,
    "hidden": 2,
    "seconds": 1.5,
    "megabytes": 256,
    "worth": "30.00",
    "mode": "homework",
    "attempts": 2,
    "submitted": 2,
    "tried": 4,
    "until": AT,
    "languages": ["Python", "C++"],
    "starter": True,
    "hint": True,
    "draft": True,
    "open": True,
}
LONG_PROBLEM = {
    **HOSTILE_PLACE,
    **{key: PROBLEM[key] for key in PROBLEM if key not in PLACE},
    "statement": {"main": HOSTILE, "bn": LONG},
    "samples": [[HOSTILE, LONG]] * 5,
}
# As long as a page of a statement gets, with samples that are as long as they are shown.
FULL_PROBLEM = {
    **LONG_PROBLEM,
    "statement": {"main": "word " * 515, "bn": "শব্দ " * 515},
    "samples": [["1 " * 150, "2 " * 150]] * 3,
}
OFFERED = [{"code": "python", "label": "Python"}, {"code": "cpp", "label": "C++"}]
KEPT: dict[str, Any] = {
    **PLACE,
    "lines": 14,
    "language": "Python",
    "refused": None,
    "maybe_cut": False,
    "languages": OFFERED,
}
DRAFT: dict[str, Any] = {**PLACE, "source": "x", "language": "Python", "file": "main.py"}
ATTEMPT: dict[str, Any] = {
    "attempt_id": ITEM,
    "problem_id": ITEM,
    "number": 4,
    "type": "final_submission",
    "language": "python",
    "title": BENGALI,
    "title_bn": None,
}
RUN = {**ATTEMPT, "type": "test_run"}
HOSTILE_ATTEMPT = {**ATTEMPT, "title": HOSTILE, "title_bn": LONG}
VERDICT: dict[str, Any] = {
    **ATTEMPT,
    "verdict": "pass",
    "score": "30",
    "points": "30",
    "time_ms": 120,
    "memory_kb": 9000,
    "passed": 3,
    "tests": 3,
    "failed": None,
    "compiler": None,
    "explanation": None,
}
HIDDEN: dict[str, Any] = {"number": 2, "hidden": True, "verdict": "fail"}
VISIBLE: dict[str, Any] = {
    **HIDDEN,
    "hidden": False,
    "name": "02",
    "input": "",
    "difference": difference("৫\n", "৬\n", "২ ৩\n").data(),
}
WORST = difference(HOSTILE, LONG, HOSTILE).data()
TOLD = explain("python", "x = = ৫\n", 'File "solution.py", line 1\n    x = = ৫\nSyntaxError: x')
FAILED = {**VERDICT, "verdict": "fail", "passed": 1, "score": "12.5"}
CONFIRM: dict[str, Any] = {
    **PLACE,
    "left": 2,
    "ends_exam": False,
    "late_percent": 0,
    "language": "C++",
}
LISTED: dict[str, Any] = {
    "attempt": SHORT,
    "number": 4,
    "type": "final_submission",
    "language": "Python",
    "at": AT,
    "late": False,
    "judging": False,
    "failed": False,
    "verdict": "pass",
    "score": "30",
    "points": "30",
}
LIST: dict[str, Any] = {"problem": SHORT, "title": TITLE, "page": 0, "more": True, "attempts": []}
UNJUDGED = {"verdict": None, "score": None, "points": None}
SEEN = {
    **LISTED,
    "problem": SHORT,
    "title": TITLE,
    "compiler": None,
    "marks": [[number, number > 2, verdict] for number, verdict in enumerate(Verdict, 1)],
}

SUBMISSIONS: dict[str, tuple[Data, ...]] = {
    "submissions.up_next": (
        {
            "page": 0,
            "more": False,
            "assignments": [ENTRY, {**ENTRY, "item": SHORT[::-1], "due": None}],
        },
        {"page": 0, "more": False, "assignments": [ENTRY, *QUIZ_ENTRIES, HOSTILE_QUIZ_ENTRY]},
        {"page": 0, "more": False, "assignments": []},
        {
            "page": 1,
            "more": True,
            "assignments": [{**one, "in": HOSTILE, "opening": OPENING} for one in MANY],
        },
    ),
    "submissions.assignment": (
        ASSIGNMENT,
        {**ASSIGNMENT, "preview": True, "due": None, "problems": []},
        EXAM,
        {**EXAM, "may_open": False},
        {**EXAM, "opening": OPENING, "languages": ["Python", "C++"]},
        {**EXAM, "opening": {**OPENING, "over": True}},
        {**EXAM, "opening": {**OPENING, "over": True, "handed_in": True}},
        HOSTILE_ASSIGNMENT,
        *({**ASSIGNMENT, "late": {**LATE, "kind": kind}} for kind in LatePolicyKind),
    ),
    "submissions.open_exam": (EXAM, {**HOSTILE_ASSIGNMENT, "mode": "exam"}),
    "submissions.problem": (
        PROBLEM,
        {**PROBLEM, "starter": False, "hint": False, "draft": False, "tried": 0},
        {**PROBLEM, "attempts": None, "until": None, "open": False, "samples": []},
        LONG_PROBLEM,
        {**LONG_PROBLEM, "page": 1},
        {**LONG_PROBLEM, "page": 99},
        FULL_PROBLEM,
        {**PROBLEM, "hidden": 0, "submitted": 0},
    ),
    "submissions.hint": (
        {**PLACE, "hint": TITLE},
        {**HOSTILE_PLACE, "hint": HOSTILE_TITLE},
    ),
    "submissions.starter": (
        {**PLACE, "file": "main.py", "source": "x", "language": "Python"},
        {**HOSTILE_PLACE, "file": "main.cpp", "source": LONG, "language": "C++"},
    ),
    "submissions.draft_kept": (
        KEPT,
        {**KEPT, "language": None},
        {**KEPT, "maybe_cut": True},
        {**KEPT, **HOSTILE_PLACE, "language": None, "refused": "C++"},
    ),
    "submissions.draft_shown": (
        DRAFT,
        {**DRAFT, "source": ""},
        {**DRAFT, **HOSTILE_PLACE, "source": HOSTILE, "language": None},
    ),
    "submissions.language": ({**PLACE, "languages": OFFERED},),
    "submissions.not_allowed": tuple(
        {"rule": rule, "at": AT, "used": 2, "of": 2} for rule in RULES
    ),
    "submissions.no_hint": NOTHING,
    "submissions.only_looking": NOTHING,
    "submissions.queued": (
        {
            **PLACE,
            "type": "test_run",
            "number": 4,
            "language": "Python",
            "locked": False,
            "late_percent": 0,
        },
        {
            **HOSTILE_PLACE,
            "type": "final_submission",
            "number": 4,
            "language": "C++",
            "locked": True,
            "late_percent": 30,
        },
    ),
    "submissions.waiting": (
        {"before": 12, "boxless": False},
        {"before": 1, "boxless": False},
        {"before": 3, "boxless": True},
    ),
    "submissions.running": (ATTEMPT, HOSTILE_ATTEMPT),
    "submissions.verdict": (
        VERDICT,
        {**VERDICT, **RUN},
        {**FAILED, "failed": HIDDEN},
        {**FAILED, "failed": VISIBLE},
        {**FAILED, **HOSTILE_ATTEMPT, "failed": {**VISIBLE, "difference": WORST}},
        {**FAILED, "failed": {**VISIBLE, "difference": None, "input": HOSTILE}},
        {**FAILED, "verdict": "compile_error", "compiler": HOSTILE, "time_ms": None},
        {**FAILED, "verdict": "compile_error", "explanation": TOLD and TOLD.data()},
        *({**FAILED, "verdict": one} for one in Verdict),
    ),
    "submissions.judging_failed": (ATTEMPT, HOSTILE_ATTEMPT),
    "submissions.judging_failed_teacher": (ATTEMPT, HOSTILE_ATTEMPT),
    "submissions.still_judging": NOTHING,
    "submissions.nothing_to_run": NOTHING,
    "submissions.language_first": NOTHING,
    "submissions.no_visible_tests": NOTHING,
    "submissions.changed_meanwhile": NOTHING,
    "attempts.confirm": (
        {**CONFIRM, "late_percent": 10},
        {**CONFIRM, **HOSTILE_PLACE, "left": 1},
        {**CONFIRM, "left": None, "ends_exam": True},
    ),
    "attempts.list": (
        {**LIST, "attempts": [LISTED]},
        LIST,
        {
            **LIST,
            "title": HOSTILE_TITLE,
            "page": 1,
            "attempts": [
                {**LISTED, **UNJUDGED, "attempt": f"{n:02}{SHORT[2:]}", "judging": n % 2 == 0}
                for n in range(8)
            ],
        },
    ),
    "attempts.attempt": (
        SEEN,
        {**SEEN, "late": True, "compiler": HOSTILE, "title": HOSTILE_TITLE, "marks": []},
        {**SEEN, **UNJUDGED, "failed": True, "marks": SEEN["marks"] * 30},
    ),
    "attempts.code": (
        {"title": TITLE, "number": 4, "key": "k", "file": "attempt-4.py"},
        {"title": HOSTILE_TITLE, "number": 4, "key": "k", "file": "attempt-4.py"},
    ),
    "attempts.reused": ({"number": 4, "problem": SHORT},),
}
