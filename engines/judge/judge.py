"""Judges a task: compile, run each test in the box, compare what was written."""

import asyncio
import contextlib
import os
import threading
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from domain.submissions.judging import (
    STDOUT_KEPT,
    CheckerKind,
    Compilation,
    Judged,
    Limits,
    NoSandbox,
    OnTest,
    Outcome,
    Program,
    Task,
    Test,
    Verdict,
)
from engines.judge import checkers
from engines.judge.box import BoxBroken
from engines.judge.custom import CustomChecker
from engines.judge.languages import OFFERS
from engines.judge.languages.language import Language
from engines.judge.session import Run, Session

LONG_OUTPUT = 64 * 1024
"""From here on comparing takes long enough to be done beside the loop."""
SELF_TEST = Limits(time_ms=5000)


class SandboxJudge:
    """The domain's judge, on bubblewrap. `cache` is a folder for what is made once a machine."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._made: dict[str, Language] = {}
        self._making = threading.Lock()
        self._fine = False

    @property
    def languages(self) -> Sequence[str]:
        return [code for code, offer in OFFERS.items() if offer.present()]

    async def check(self) -> None:
        """Raises NoSandbox unless a box opens and Python's self-tests hold. Looks once."""
        if not self._fine:
            await self.check_language("python")
            self._fine = True

    async def check_language(self, code: str) -> None:
        """Runs a language's self-tests. Raises NoSandbox, saying what went wrong."""
        language = await self._language(code)
        for test in language.self_tests:
            tests = [Test("self-test", test.input, test.output or None)]
            judged = await self.judge(Task(Program(code, test.source), tests, SELF_TEST))
            if judged.verdict is not test.verdict:
                raise NoSandbox(
                    f"the self-test of {code} gives {judged.verdict.name}, not"
                    f" {test.verdict.name}: {_why(judged)}"
                )

    async def judge(self, task: Task, on_test: OnTest | None = None) -> Judged:
        if task.program.language not in self.languages:
            return Judged(Verdict.INTERNAL_ERROR, ())
        language = await self._language(task.program.language)
        outcomes: list[Outcome] = []
        compilation = None
        try:
            async with Session(language, task.program) as session, self._custom(task) as custom:
                compilation = await session.compile()
                if compilation is not None and not compilation.ok:
                    return Judged(Verdict.COMPILE_ERROR, (), compilation)
                for test in task.tests:
                    if outcomes and on_test is not None:
                        await on_test(len(outcomes))
                    run = await session.run(task.limits, test.input)
                    outcomes.append(await _outcome(task, test, run, custom))
                    if task.stop_at_failure and outcomes[-1].verdict is not Verdict.ACCEPTED:
                        break
        except BoxBroken as error:
            broken = task.tests[min(len(outcomes), len(task.tests) - 1)].id if task.tests else ""
            outcomes.append(Outcome(broken, Verdict.INTERNAL_ERROR, 0, 0, note=str(error)))
        return Judged(_overall(outcomes), outcomes, compilation)

    async def _language(self, code: str) -> Language:
        if code not in self._made:
            await asyncio.to_thread(self._make, code)
        return self._made[code]

    def _make(self, code: str) -> None:
        with self._making:
            if code not in self._made:
                self._made[code] = OFFERS[code].make(self._cache)

    @contextlib.asynccontextmanager
    async def _custom(self, task: Task) -> AsyncIterator[CustomChecker | None]:
        program = task.checker.program
        if task.checker.kind is not CheckerKind.CUSTOM:
            yield None
            return
        if program is None or program.language not in self.languages:
            raise BoxBroken("the checker is not in a language that is here")
        language = await self._language(program.language)
        async with CustomChecker(language, program, task.checker.arguments, task) as custom:
            yield custom


async def _outcome(task: Task, test: Test, run: Run, custom: CustomChecker | None) -> Outcome:
    """A run with its output looked at, if it ended well."""
    found, note = run.verdict, ""
    if found is Verdict.ACCEPTED and test.expected is not None:
        if custom is not None:
            found, note = await custom.look(test, run.stdout)
        else:
            wrong = await _compare(task, test.expected, run.stdout)
            if wrong is not None:
                found, note = Verdict.WRONG_ANSWER, wrong
    status = run.ended.status
    return Outcome(
        test.id,
        found,
        run.ended.cpu_us // 1000,
        run.ended.memory_kb,
        run.stdout[:STDOUT_KEPT],
        run.stderr,
        os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
        os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
        note,
    )


async def _compare(task: Task, expected: bytes, got: bytes) -> str | None:
    if len(expected) + len(got) < LONG_OUTPUT:
        return checkers.compare(task.checker, expected, got)
    return await asyncio.to_thread(checkers.compare, task.checker, expected, got)


def _overall(outcomes: Sequence[Outcome]) -> Verdict:
    """The first test's that did not pass; but an error of ours means that nothing is known."""
    found = [each.verdict for each in outcomes if each.verdict is not Verdict.ACCEPTED]
    if Verdict.INTERNAL_ERROR in found:
        return Verdict.INTERNAL_ERROR
    return found[0] if found else Verdict.ACCEPTED


def _why(judged: Judged) -> str:
    """What a failed self-test had to say, on one line."""
    said = [each.note or each.stderr.decode(errors="replace") for each in judged.outcomes]
    if isinstance(judged.compilation, Compilation):
        said.append(judged.compilation.output)
    return " ".join(" ".join(said).split())[:300]
