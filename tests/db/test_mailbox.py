"""What is said again under its dedupe key, in a turn that says other things too."""

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine

from db.mailbox import SqlMailbox
from domain.operations.records import OutgoingMessage, Saying

BOT, CHAT = 1000001, 7


async def turn(
    mailbox: SqlMailbox, update_id: int, *said: tuple[str, str | None]
) -> list[OutgoingMessage]:
    """One update whose handler says these views, each under its key."""
    [update] = await mailbox.receive([{"update_id": update_id}])
    sayings = [Saying(view, {}, CHAT, None, dedupe_key=key) for view, key in said]
    async with mailbox.turn(update) as opened:
        return list(await opened.finish(None, None, sayings))


async def test_only_what_was_said_before_is_left_out(
    engine: AsyncEngine, database: asyncpg.Connection
) -> None:
    mailbox = SqlMailbox(engine, BOT)
    first = await turn(mailbox, 1, ("a", None), ("once", "key"), ("b", None), ("other", "key-2"))
    assert [one.view for one in first] == ["a", "once", "b", "other"]
    again = await turn(
        mailbox,
        2,
        ("c", None),
        ("once", "key"),
        ("twice", "key-3"),
        ("twice", "key-3"),
        ("d", None),
    )
    assert [one.view for one in again] == ["c", "twice", "d"]
    views = {row["id"]: row["view"] for row in await database.fetch("select id, view from outbox")}
    assert len(views) == 7
    for message in (*first, *again):
        assert views[message.id] == message.view, "each message is noted under its own row"
