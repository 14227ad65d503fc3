"""What the queue of judging needs from time to time, whoever thinks of it."""

from domain.submissions import verdicts
from domain.submissions.queueing import Backlog
from domain.unit_of_work import UnitOfWork

TOLD_AT_ONCE = 200


async def sweep(work: UnitOfWork, *, able: bool | None = None) -> tuple[Backlog, frozenset[int]]:
    """How the queue is, and the bots that tell students who wait long that they do.

    `able`: whether the worker that asks can run code, None if it is no worker. Nothing is taken
    from dead workers here: whoever claims next takes it. But they must be woken.
    """
    backlog = await work.judgings.backlog()
    if not backlog.waiting:
        return backlog, frozenset()
    waiting = await work.judgings.long_waiting(TOLD_AT_ONCE)
    unable = backlog.without_sandbox > 0 if able is None else not able
    boxless = unable and not backlog.workers
    sayings = [verdicts.waiting(one, boxless=boxless) for one in waiting]
    return backlog, await work.judgings.say(sayings) if sayings else frozenset()
