"""A checker that is a program of the problem's: it runs in a box of its own, and may be wrong too.

It is called as Kattis output validators are: `program INPUT ANSWER FEEDBACK_DIR [ARGUMENTS]` with
the student's output as its standard input. It ends with 42 to accept and 43 to refuse.
"""

import os
from collections.abc import Sequence

from domain.submissions.judging import Limits, Program, Task, Test, Verdict
from engines.judge.box import ROOM_BYTES, BoxBroken
from engines.judge.languages.language import Language
from engines.judge.session import Session

ACCEPTS, REFUSES = 42, 43
LIMITS = Limits(time_ms=10_000, memory_kb=1024 * 1024, output_kb=1024)
NOTE_LENGTH = 200
INPUT, ANSWER, FEEDBACK = "input", "answer", "feedback"


class CustomChecker:
    """Use as `async with CustomChecker(…) as checker`. Raises BoxBroken where it does not compile,
    since that is no fault of the student's."""

    def __init__(
        self, language: Language, program: Program, arguments: Sequence[str], task: Task
    ) -> None:
        largest = max(
            (len(each.input) + len(each.expected or b"") for each in task.tests), default=0
        )
        self._session = Session(language, program, ROOM_BYTES + largest + len(program.source))
        self._arguments = [f"/tmp/{INPUT}", f"/tmp/{ANSWER}", f"/tmp/{FEEDBACK}/", *arguments]  # noqa: S108

    async def __aenter__(self) -> "CustomChecker":
        await self._session.__aenter__()
        try:
            await self._compile()
        except BaseException:
            await self._session.__aexit__()
            raise
        return self

    async def _compile(self) -> None:
        compilation = await self._session.compile()
        if compilation is not None and not compilation.ok:
            raise BoxBroken(f"the checker does not compile: {compilation.output[:NOTE_LENGTH]}")

    async def __aexit__(self, *_: object) -> None:
        await self._session.__aexit__()

    async def look(self, test: Test, got: bytes) -> tuple[Verdict, str]:
        """Whether an output is right, and what the checker had to say."""
        files = [(INPUT, test.input), (ANSWER, test.expected or b"")]
        run = await self._session.run(LIMITS, got, self._arguments, files, [FEEDBACK])
        status = run.ended.status
        code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else None
        said = (run.stderr or run.stdout).decode(errors="replace").strip()[:NOTE_LENGTH]
        if code == ACCEPTS:
            return Verdict.ACCEPTED, said
        if code == REFUSES:
            return Verdict.WRONG_ANSWER, said
        return Verdict.INTERNAL_ERROR, f"the checker ended with {run.verdict.name}: {said}"
