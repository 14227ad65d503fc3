"""Files of practice problems that teachers send, checked in a child. It answers in JSON."""

import json
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from domain.practice.library import UPLOAD_BYTES, Upload, read_upload
from domain.practice.library.complaints import Complaint, Flaw
from domain.practice.records import AnswerForm, AnswerKind, Problem
from engines.checking import SECONDS, Checking, TookTooMuch, serve

_LARGEST_ANSWER = 16_000_000
"""Bytes; a file of the largest size, escaped, is half of that."""


class LibraryCheck:
    """Checks one file at a time; further ones wait."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._checking = Checking("engines.library_check", _LARGEST_ANSWER, seconds)

    async def check(self, name: str, content: bytes, topics: Collection[str]) -> Upload:
        """As `read_upload`, with a complaint of too much to try where it takes too long.

        Raises Fault if the child breaks. No child outlives the call, however it ends.
        """
        # One byte too many is enough to be told that a file is too large.
        head = json.dumps({"name": name, "topics": sorted(topics)}).encode()
        try:
            answer = await self._checking.ask(head + b"\n" + content[: UPLOAD_BYTES + 1])
        except TookTooMuch:
            return Upload((), (Complaint(name[-100:], 1, None, Flaw.TOO_MUCH_TO_TRY),), {})
        return _read(json.loads(answer))


def _answer(given: bytes) -> Iterator[bytes]:
    head, _, content = given.partition(b"\n")
    task = json.loads(head)
    found = read_upload(task["name"], content, task["topics"])
    yield json.dumps(_written(found)).encode()


def _written(upload: Upload) -> Mapping[str, Any]:
    problems = [
        {**asdict(one), "answer_tolerance": one.answer_tolerance and str(one.answer_tolerance)}
        for one in upload.problems
    ]
    complaints = [asdict(one) for one in upload.complaints]
    return {"problems": problems, "complaints": complaints, "lines": dict(upload.lines)}


def _read(written: Mapping[str, Any]) -> Upload:
    return Upload(
        tuple(map(_problem, written["problems"])),
        tuple(Complaint(**{**one, "flaw": Flaw(one["flaw"])}) for one in written["complaints"]),
        written["lines"],
    )


def _problem(written: Mapping[str, Any]) -> Problem:
    made: Mapping[str, Callable[[Any], Any]] = {
        "answer_kind": AnswerKind,
        "answer_form": AnswerForm,
        "answer_tolerance": Decimal,
        "hints": tuple,
        "parameters": lambda pairs: tuple(map(tuple, pairs)),
        "conditions": tuple,
    }
    fields = {
        name: made[name](one) if name in made and one is not None else one
        for name, one in written.items()
    }
    return Problem(**fields)


if __name__ == "__main__":
    sys.exit(serve(_answer))
