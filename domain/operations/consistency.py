"""The nightly look for what does not fit together: it is told and kept, and never repaired.

A repair in silence would hide the fault that made it needed. Ids stand in the log alone; admins
read names of checks and counts, also later, by `/health`.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta

import structlog

from domain.operations.records import Priority, Saying
from domain.operations.upkeep_repository import LOOKED, Check, Finding
from domain.people import settings
from domain.people.records import Role
from domain.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

Open = Callable[[], AbstractAsyncContextManager[UnitOfWork]]

LOOK_BACK = timedelta(hours=48)
"""Two nights: what one look does not see for being cut off, the next one does."""


async def look(open_: Open, bot_id: int, now: datetime, back: timedelta = LOOK_BACK) -> int:
    """Makes every check in a transaction of its own, keeps what was found and tells the admins;
    returns how many checks found something."""
    findings = []
    for check in Check:
        async with open_() as work:
            findings.append(await work.consistency.find(check, now, now - back))
    found = [one for one in findings if one.count]
    for one in found:
        log.error(
            "rows that do not fit together",
            check=one.check,
            count=one.count,
            examples=[str(example) for example in one.examples],
        )
    async with open_() as work:
        await _keep(work, bot_id, now, found)
    return len(found)


async def _keep(work: UnitOfWork, bot_id: int, now: datetime, found: Sequence[Finding]) -> None:
    counts = [[one.check.value, one.count] for one in found]
    after = {"at": now.isoformat(), "found": counts}
    await work.operations.audit(None, LOOKED, "service", None, None, after)
    if not found:
        return
    admins = await work.people.get_users_by_role(Role.ADMIN)
    await work.operations.say(
        bot_id,
        [
            Saying(
                "operations.inconsistencies",
                {"checks": counts},
                chat_id=admin.telegram_id,
                user_id=admin.id,
                priority=Priority.NOTICE,
                send_after=settings.after_quiet_hours(admin, now),
                dedupe_key=f"inconsistencies:{now.date()}:{admin.id}",
            )
            for admin in admins
            if not admin.blocked_bot
        ],
    )
