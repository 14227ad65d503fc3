"""One message follows a judging: what replaces it waits until it is sent, and keeps its order."""

from collections.abc import Sequence
from uuid import UUID

from db.mailbox import SqlMailbox
from db.unit_of_work import unit_of_work
from domain.operations.records import Delivery, OutgoingMessage, Saying
from domain.submissions.queueing import message_key
from tests.worker.classroom import BOT_ID, FIRST_STUDENT, Classroom, Handed


async def say(classroom: Classroom, handed: Handed, view: str) -> frozenset[int]:
    key = message_key(handed.judging_id)
    saying = Saying(
        view, {}, FIRST_STUDENT, handed.student_id, dedupe_key=f"{key}:{view}", edits_key=key
    )
    async with unit_of_work(classroom.engine) as work:
        return await work.judgings.say([saying])


async def claim(mailbox: SqlMailbox) -> list[tuple[str, int | None]]:
    return [(one.view, one.edits_message_id) for one in await mailbox.claim(10)]


async def sent(mailbox: SqlMailbox, messages: Sequence[OutgoingMessage], number: int) -> None:
    await mailbox.note([Delivery(one.id, message_id=number) for one in messages])


async def test_an_edit_waits_for_its_message_and_then_knows_its_number(
    classroom: Classroom,
) -> None:
    handed = await classroom.hand_in(classroom.students[0], sent=False)
    assert await say(classroom, handed, "running") == {BOT_ID}
    await say(classroom, handed, "verdict")
    mailbox = SqlMailbox(classroom.engine, BOT_ID)
    [reply] = await mailbox.claim(10)
    assert reply.view == "submissions.queued"
    assert await claim(mailbox) == [], "nobody knows yet which message to edit"
    await sent(mailbox, [reply], 77)
    [running] = await mailbox.claim(10)
    assert (running.view, running.edits_message_id) == ("running", 77)
    assert await claim(mailbox) == [], "the verdict comes after what was said before it"
    await sent(mailbox, [running], 77)
    assert await claim(mailbox) == [("verdict", 77)]


async def test_the_same_is_said_once(classroom: Classroom) -> None:
    handed = await classroom.hand_in(classroom.students[0])
    assert await say(classroom, handed, "verdict") == {BOT_ID}
    assert await say(classroom, handed, "verdict") == frozenset()
    assert await claim(SqlMailbox(classroom.engine, BOT_ID)) == [("verdict", handed.message_id)]


async def test_where_the_message_is_forgotten_the_verdict_comes_as_one_of_its_own(
    classroom: Classroom,
) -> None:
    handed = await classroom.hand_in(classroom.students[0])
    await classroom.database.execute("delete from outbox")
    assert await say(classroom, handed, "verdict") == {BOT_ID}, "the bot they talk with"
    assert await claim(SqlMailbox(classroom.engine, BOT_ID)) == [("verdict", None)]


async def test_a_message_that_could_not_be_sent_holds_nothing_up(classroom: Classroom) -> None:
    handed = await classroom.hand_in(classroom.students[0], sent=False)
    mailbox = SqlMailbox(classroom.engine, BOT_ID)
    [reply] = await mailbox.claim(10)
    await mailbox.note([Delivery(reply.id, failed_reason="refused")])
    await say(classroom, handed, "verdict")
    assert await claim(mailbox) == [("verdict", None)]


async def test_who_does_not_talk_with_any_bot_is_told_nothing(classroom: Classroom) -> None:
    handed = await classroom.hand_in(classroom.students[0])
    await classroom.database.execute("delete from outbox")
    await classroom.database.execute("delete from conversations")
    assert await say(classroom, handed, "verdict") == frozenset()
    count = await classroom.database.fetchval("select count(*) from outbox")
    assert count == 0


def test_a_judging_has_one_key() -> None:
    key = message_key(UUID(int=7))
    assert key == "judging:00000000-0000-0000-0000-000000000007"
