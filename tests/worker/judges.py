"""A judge without a sandbox, for what the queue does whatever a judge finds."""

import asyncio
from collections.abc import Sequence

from domain.submissions.judging import (
    Compilation,
    Judged,
    NoSandbox,
    OnTest,
    Outcome,
    Task,
    Test,
    Verdict,
)

HANGS = "while True: pass\n"
BREAKS = "break the judge\n"
INTERNAL = "an internal error\n"


class ReadingJudge:
    """Looks at the source instead of running it."""

    languages: Sequence[str] = ("python", "cpp")

    def __init__(self) -> None:
        self.sandbox = True
        self.hanging = asyncio.Event()
        self.tasks: list[Task] = []

    async def check(self) -> None:
        if not self.sandbox:
            raise NoSandbox("no box opens")

    async def judge(self, task: Task, on_test: OnTest | None = None) -> Judged:
        await self.check()
        self.tasks.append(task)
        source = task.program.source
        if source == HANGS:
            self.hanging.set()
            await asyncio.Event().wait()
        if source == BREAKS:
            raise RuntimeError("on purpose")
        if source == INTERNAL:
            return Judged(Verdict.INTERNAL_ERROR, ())
        if source.startswith("int main(") and "}" not in source:
            return Judged(Verdict.COMPILE_ERROR, (), Compilation(False, "expected '}'", 7))
        outcomes = [_outcome(one, right="a + b" in source) for one in task.tests]
        return Judged(outcomes[0].verdict, outcomes)


def _outcome(test: Test, *, right: bool) -> Outcome:
    numbers = [int(one) for one in test.input.split()]
    got = b"%d\n" % (sum(numbers) if right else numbers[0] - numbers[1])
    verdict = Verdict.ACCEPTED if got == test.expected else Verdict.WRONG_ANSWER
    return Outcome(test.id, verdict, 5, 9000, got, exit_code=0)
