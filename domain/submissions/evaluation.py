"""Seeing a claimed judging through: code and tests together, into the judge, results written."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

import structlog

from domain.errors import Unavailable
from domain.gradebook import entries
from domain.patience import patiently
from domain.problems import scoring
from domain.problems.records import TestCase
from domain.problems.scoring import Weight
from domain.storage import Storage
from domain.submissions import verdicts
from domain.submissions.judging import (
    Judge,
    Judged,
    NoSandbox,
    Program,
    Task,
    Test,
    Verdict,
)
from domain.submissions.queueing import (
    INTERNAL_ERRORS_AT_MOST,
    LOST_LEASES_AT_MOST,
    Claim,
    Report,
    Result,
)
from domain.submissions.records import AttemptType, JudgingReason
from domain.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

# A judging that takes longer than this is told to the student; most are over before.
RUNNING_AFTER_SECONDS = 1.5
# The judge limits each run; these, and several times the limits, are for a judge that hangs.
HANGS_AFTER_SECONDS, HANGS_AFTER_SECONDS_A_TEST, HANGS_AFTER_TIMES = 120.0, 10.0, 4
REST = timedelta(seconds=5)
CACHED_BYTES = 32 * 1024 * 1024

CENT, NOTHING = Decimal("0.01"), Decimal(0)


@dataclass(frozen=True, slots=True)
class Tools:
    """What an evaluation stands on."""

    open: Callable[[], AbstractAsyncContextManager[UnitOfWork]]
    judge: Judge
    storage: Storage
    ring: Callable[[int], Awaitable[None]]
    """Wakes the senders of a bot."""
    cache: "TestCache" = field(default_factory=lambda: TestCache(CACHED_BYTES))


@dataclass(frozen=True, slots=True)
class Loaded:
    """A version's tests with the bytes of each, whether they stood in the row or in storage."""

    cases: Sequence[TestCase]
    tests: Sequence[Test]

    @property
    def size(self) -> int:
        return sum(len(one.input) + len(one.expected or b"") for one in self.tests)


class TestCache:
    """Tests of published versions, which never change; the least recently used go first."""

    __test__ = False

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._kept: OrderedDict[object, Loaded] = OrderedDict()

    async def get(self, claim: Claim, load: Callable[[], Awaitable[Loaded]]) -> Loaded:
        key = claim.problem_version_id
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        loaded = await load()
        if claim.settled and loaded.size <= self._limit:
            self._kept[key] = loaded
            while sum(one.size for one in self._kept.values()) > self._limit:
                self._kept.popitem(last=False)
        return loaded


async def evaluate(tools: Tools, claim: Claim) -> None:
    """Until the judging is written, given back or given up; cancelled, the lease is held still.

    Raises NoSandbox, with the lease given back, where this machine cannot run code at all.
    """
    try:
        if claim.lost >= LOST_LEASES_AT_MOST:
            return await _give_up(tools, claim, "lost leases")
        source, loaded = await _load(tools, claim)
        judged = await _judge(tools, claim, source, loaded)
        if judged.verdict is Verdict.INTERNAL_ERROR:
            return await _count_error(tools, claim, _note(judged))
        await _write(tools, claim, source, loaded.cases, judged)
    except NoSandbox:
        await patiently(lambda: _give_back(tools, claim, timedelta(0)))
        raise
    except Unavailable as error:
        log.warning("a judging waits", judging=str(claim.lease.judging_id), why=str(error))
        await patiently(lambda: _give_back(tools, claim, REST))
    except Exception as error:
        log.exception("a judging failed", judging=str(claim.lease.judging_id))
        await _count_error(tools, claim, type(error).__name__)


async def _load(tools: Tools, claim: Claim) -> tuple[str, Loaded]:
    """The program, and the tests that this attempt is judged by."""

    async def load() -> Loaded:
        async with tools.open() as work:
            cases = await work.judgings.tests(claim.problem_version_id)
        return Loaded(cases, [await _test(tools.storage, one) for one in cases])

    code = await tools.storage.get(claim.code_key)
    loaded = await tools.cache.get(claim, load)
    if claim.type is AttemptType.TEST_RUN:
        shown = [n for n, one in enumerate(loaded.cases) if not one.hidden]
        loaded = Loaded([loaded.cases[n] for n in shown], [loaded.tests[n] for n in shown])
    return code.decode("utf-8", "replace"), loaded


async def _test(storage: Storage, case: TestCase) -> Test:
    given = await _content(storage, case.input, case.input_key)
    return Test(str(case.id), given, await _content(storage, case.output, case.output_key))


async def _content(storage: Storage, text: str | None, key: str | None) -> bytes:
    return await storage.get(key) if key is not None else (text or "").encode()


async def _judge(tools: Tools, claim: Claim, source: str, loaded: Loaded) -> Judged:
    task = Task(
        Program(claim.language, source),
        loaded.tests,
        claim.limits,
        claim.checker,
        stop_at_failure=all_or_nothing(claim, loaded.cases),
    )
    ended = asyncio.Event()
    noting = asyncio.create_task(_say_running(tools, claim, ended))
    try:
        async with asyncio.timeout(_patience(task)):
            return await tools.judge.judge(task)
    finally:
        # Not cancelled: what it has begun to write is written before the verdict is.
        ended.set()
        await noting


def _patience(task: Task) -> float:
    """Seconds in which a judge that works is surely done."""
    each = HANGS_AFTER_SECONDS_A_TEST + HANGS_AFTER_TIMES * task.limits.time_ms / 1000
    return HANGS_AFTER_SECONDS + len(task.tests) * each


async def _say_running(tools: Tools, claim: Claim, ended: asyncio.Event) -> None:
    if claim.reason is not JudgingReason.ATTEMPT:
        return
    try:
        await asyncio.wait_for(ended.wait(), RUNNING_AFTER_SECONDS)
    except TimeoutError:
        try:
            async with tools.open() as work:
                bots = await work.judgings.say([verdicts.running(claim)], claim.lease)
        except Unavailable as error:
            log.info("nobody was told that a judging runs", why=str(error))
        else:
            await _ring(tools, bots)


async def _write(
    tools: Tools, claim: Claim, source: str, cases: Sequence[TestCase], judged: Judged
) -> None:
    report = scored(claim, cases, judged)

    async def write() -> None:
        bots: frozenset[int] = frozenset()
        async with tools.open() as work:
            if not await work.judgings.complete(claim.lease, report):
                log.warning("a lease was lost", judging=str(claim.lease.judging_id))
                return
            if claim.type is AttemptType.FINAL_SUBMISSION:
                student_id = claim.student.user_id
                await entries.record(work, student_id, claim.assignment_problem_id)
            if claim.reason is JudgingReason.ATTEMPT:
                said = verdicts.judged(claim, source, cases, report)
                bots = await work.judgings.say([said])
        await _ring(tools, bots)

    await patiently(write)


def scored(claim: Claim, cases: Sequence[TestCase], judged: Judged) -> Report:
    """What was earned; a final submission's is out of what the problem is worth where it is set.

    A problem whose tests are worth nothing by themselves is earned whole or not at all. A result
    keeps its own test's points; a group's belong to no single test.
    """
    passed = {one.test_id for one in judged.outcomes if one.verdict is Verdict.ACCEPTED}
    groups = {one.name: one.points for one in claim.groups}
    weights = [Weight(str(one.id), one.points, one.group_name) for one in cases]
    found = scoring.score(weights, groups, passed)
    share = found.share if found.total else Decimal(judged.verdict is Verdict.ACCEPTED)
    final = claim.type is AttemptType.FINAL_SUBMISSION
    worth = found.total if claim.worth is None or not final else claim.worth
    own = {one.test_id: one.points for one in weights if one.group is None}
    results = [
        Result(one, own.get(one.test_id, NOTHING) if one.test_id in passed else NOTHING)
        for one in judged.outcomes
    ]
    return Report(judged, results, (worth * share).quantize(CENT, ROUND_HALF_UP), worth)


def all_or_nothing(claim: Claim, cases: Sequence[TestCase]) -> bool:
    """Whether one failed test decides a final submission: then the others need not be run."""
    groups = {one.group_name for one in cases}
    worth = any(one.points for one in cases if one.group_name is None) or claim.groups
    decided = not worth or (len(groups) == 1 and None not in groups)
    return claim.type is AttemptType.FINAL_SUBMISSION and decided


async def _count_error(tools: Tools, claim: Claim, why: str) -> None:
    """An internal error: tried again later, given up at the third."""
    log.error("an internal error", judging=str(claim.lease.judging_id), why=why)
    if claim.tries + 1 >= INTERNAL_ERRORS_AT_MOST:
        return await _give_up(tools, claim, "internal errors")

    async def count() -> None:
        async with tools.open() as work:
            await work.judgings.count_error(claim.lease)

    await patiently(count)
    return None


async def _give_up(tools: Tools, claim: Claim, why: str) -> None:
    """The judging ends in error; the student gets an apology, the teachers are told."""
    log.error("a judging is given up", judging=str(claim.lease.judging_id), why=why)

    async def give_up() -> None:
        async with tools.open() as work:
            if not await work.judgings.fail(claim.lease):
                return
            await work.submissions.unlock_exam(claim.student.user_id, claim.assignment_problem_id)
            teachers = await work.judgings.teachers(claim.attempt_id)
            sayings = [verdicts.given_up_to_teacher(claim, one) for one in teachers]
            if claim.reason is JudgingReason.ATTEMPT:
                sayings.append(verdicts.given_up(claim))
            bots = await work.judgings.say(sayings)
        await _ring(tools, bots)

    await patiently(give_up)


async def _give_back(tools: Tools, claim: Claim, after: timedelta) -> None:
    async with tools.open() as work:
        await work.judgings.give_back(claim.lease, after)


async def _ring(tools: Tools, bots: frozenset[int]) -> None:
    for bot in bots:
        await tools.ring(bot)


def _note(judged: Judged) -> str:
    """What the judge says of its own failure."""
    notes = (one.note for one in judged.outcomes if one.verdict is Verdict.INTERNAL_ERROR)
    return next(notes, "")[:200]
