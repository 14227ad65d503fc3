"""The sender meets Telegram's troubles: each message arrives, once, or it is known why not."""

from datetime import timedelta

import pytest

from domain.operations.records import Priority
from localchat.person import Person
from tests.bot.conftest import Dars, until
from tests.bot.sending import (
    all_sent,
    crowd,
    dropped,
    has_heard,
    heard,
    post,
    saying,
    sender,
    sent_calls,
    tell,
    views,
)

__all__ = ("views",)


async def all_hear(dars: Dars, people: list[Person], count: int = 1) -> None:
    for person in people:
        await person.sees(has_heard(count), timeout=15)
    await dars.settled()


@pytest.mark.parametrize("kind", ["500", "drop", "429"])
async def test_a_notice_that_meets_trouble_arrives_all_the_same(idle_dars: Dars, kind: str) -> None:
    rafi, mina = await crowd(idle_dars, 2)
    await tell(idle_dars, [rafi, mina], "No class")
    await idle_dars.control.fault(kind, "sendMessage", times=2, retry_after=1, chat=rafi.id)
    await idle_dars.start()
    await idle_dars.settled()
    assert heard(rafi) == heard(mina) == ["No class"]
    assert await idle_dars.value("select count(*) from notifications where sent_at is null") == 0


async def test_an_answer_that_does_not_come_in_time_is_waited_for_again(idle_dars: Dars) -> None:
    (rafi,) = await crowd(idle_dars, 1)
    await idle_dars.control.fault("delay", "sendMessage", times=1, seconds=1.5)
    async with sender(idle_dars, read_seconds=0.3):
        await post(idle_dars, saying(rafi, "Hello"))
        await all_sent(idle_dars)
    await rafi.sees(has_heard(2))
    statuses = [one["status"] for one in await sent_calls(idle_dars)]
    # Telegram took the first one too, only later than was waited for: that is not to be known.
    assert statuses == [200, 200]
    assert heard(rafi) == ["Hello", "Hello"]


async def test_who_has_blocked_the_bot_is_known_of_every_notice(idle_dars: Dars) -> None:
    rafi, mina = await crowd(idle_dars, 2)
    for words in ("one", "two", "three"):
        await tell(idle_dars, [rafi, mina], words)
    await rafi.blocks()
    await idle_dars.start()
    await idle_dars.settled()
    assert heard(mina) == ["one", "two", "three"]
    assert await dropped(idle_dars) == ["blocked"] * 3
    assert await idle_dars.value("select count(*) from users where blocked_bot_at is not null") == 1


@pytest.mark.parametrize(
    ("html", "arrives"),
    [
        ("<b>5 &lt; 6</b>, you are <i>right", "5 < 6, you are right"),
        ("<marquee>Hello</marquee> &amp; welcome", "Hello & welcome"),
        ("7 < 8", "7 < 8"),
    ],
)
async def test_a_text_that_telegram_cannot_read_arrives_without_its_form(
    idle_dars: Dars, html: str, arrives: str
) -> None:
    (rafi,) = await crowd(idle_dars, 1)
    await post(idle_dars, saying(rafi, html, data={"button": "Go"}), saying(rafi, "The next"))
    await idle_dars.start()
    await idle_dars.settled()
    assert heard(rafi) == [arrives, "The next"]
    assert rafi.messages[-2].buttons == {"Go": "home"}
    assert [one["status"] for one in await sent_calls(idle_dars)] == [400, 200, 200]


async def test_what_telegram_refuses_for_good_is_tried_once_and_known(idle_dars: Dars) -> None:
    rafi, mina = await crowd(idle_dars, 2)
    await tell(idle_dars, [rafi, mina], "No class")
    await idle_dars.database.execute(
        "update outbox set chat_id = 999999 where chat_id = $1", rafi.id
    )
    await idle_dars.start()
    await idle_dars.settled()
    assert heard(mina) == ["No class"]
    assert await dropped(idle_dars) == ["refused"]
    reason = "select failed_reason from outbox where failed_at is not null"
    assert await idle_dars.value(reason) == "refused: Chat not found"
    assert sorted(one["status"] for one in await sent_calls(idle_dars)) == [200, 400]


async def test_what_meets_trouble_again_and_again_waits_in_the_outbox_with_all_behind_it(
    idle_dars: Dars, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sender.PAUSES", (0.01, 0.01))
    (rafi,) = await crowd(idle_dars, 1)
    await post(idle_dars, *(saying(rafi, words) for words in ("one", "two", "three")))
    await idle_dars.control.fault("500", "sendMessage", times=3)
    await idle_dars.start()

    async def shelved() -> bool:
        count = "select count(*) from outbox where send_after > $1 and claimed_by is null"
        return bool(await idle_dars.value(count, idle_dars.clock.now) == 3)

    await until(shelved)
    rows = await idle_dars.rows("select tries, send_after from outbox order by id")
    assert [row["tries"] for row in rows] == [1, 0, 0]
    assert {row["send_after"] for row in rows} == {idle_dars.clock.now + timedelta(seconds=30)}
    idle_dars.clock.move(seconds=30)
    await all_hear(idle_dars, [rafi], 3)
    assert heard(rafi) == ["one", "two", "three"]


async def test_what_cannot_be_delivered_for_most_of_a_day_is_given_up(
    idle_dars: Dars, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sender.PAUSES", (0.01,))
    rafi, mina = await crowd(idle_dars, 2)
    await tell(idle_dars, [rafi, mina], "No class")
    await idle_dars.database.execute("update outbox set tries = 60")
    await idle_dars.control.fault("500", "sendMessage", times=2, chat=rafi.id)
    await idle_dars.start()
    await idle_dars.settled()
    assert (heard(rafi), heard(mina)) == ([], ["No class"])
    assert await dropped(idle_dars) == ["unreachable"]


async def test_a_limit_that_several_chats_meet_makes_everybody_wait(idle_dars: Dars) -> None:
    """Every further try could make the wait longer; after it all goes on."""
    people = await crowd(idle_dars, 5)
    for person in people[:3]:
        await idle_dars.control.fault("429", "sendMessage", retry_after=2, chat=person.id)
    await tell(idle_dars, people[:3], "No class")
    await idle_dars.start()

    async def refused() -> bool:
        return [one["status"] for one in await sent_calls(idle_dars)] == [429] * 3

    await until(refused)
    await post(idle_dars, *(saying(person, "Reply") for person in people[3:]))
    await all_hear(idle_dars, people)
    calls = await sent_calls(idle_dars)
    told = max(one["at"] for one in calls if one["status"] == 429)
    assert [one["status"] for one in calls] == [429] * 3 + [200] * 5
    assert all(one["at"] - told > 1.9 for one in calls if one["status"] == 200)


async def test_a_ban_that_every_try_prolongs_comes_to_its_end(idle_dars: Dars) -> None:
    """Even where nobody keeps the pace, and Telegram bans a bot that is too fast."""
    people = await crowd(idle_dars, 12)
    await idle_dars.control.limits(total_per_second=8, ban_seconds=1)
    await tell(idle_dars, people, "No class")
    await idle_dars.start()
    await all_hear(idle_dars, people)
    assert [heard(person) for person in people] == [["No class"]] * 12


async def test_a_reply_goes_before_what_else_its_chat_is_told(idle_dars: Dars) -> None:
    (rafi,) = await crowd(idle_dars, 1)
    await idle_dars.control.fault("429", "sendMessage", retry_after=3, chat=rafi.id)
    for number in range(3):
        await tell(idle_dars, [rafi], f"Notice {number}")
    await tell(idle_dars, [rafi], "News", priority=Priority.BROADCAST)
    await idle_dars.start()

    async def refused() -> bool:
        return len(await sent_calls(idle_dars)) == 1

    await until(refused)
    await post(idle_dars, saying(rafi, "Reply 0"), saying(rafi, "Reply 1"))
    await all_hear(idle_dars, [rafi], 6)
    replies = ["Reply 0", "Reply 1"]
    assert heard(rafi) == [*replies, "Notice 0", "Notice 1", "Notice 2", "News"]


LINES = "\n".join(f"<b>Line</b> {number} of a long text" for number in range(400))
"""About 9,200 characters."""


async def test_a_text_too_long_comes_in_parts_with_the_buttons_under_the_last(
    idle_dars: Dars,
) -> None:
    (rafi,) = await crowd(idle_dars, 1)
    await post(idle_dars, saying(rafi, LINES, data={"button": "Go"}), saying(rafi, "The next"))
    await idle_dars.start()
    await idle_dars.settled()
    *parts, following = heard(rafi)
    assert following == "The next"
    assert len(parts) == 3
    assert "\n".join(parts) == LINES.replace("<b>", "").replace("</b>", "")
    assert [bool(one.buttons) for one in rafi.messages if not one.out] == [
        False,
        False,
        True,
        False,
    ]
    first = rafi.messages[-4].message_id
    assert await idle_dars.value("select min(message_id) from outbox") == first


async def test_trouble_with_one_part_says_no_other_again(idle_dars: Dars) -> None:
    (rafi,) = await crowd(idle_dars, 1)
    await idle_dars.control.fault("delay", "sendMessage", times=1, seconds=0.5)
    await idle_dars.start()
    await post(idle_dars, saying(rafi, LINES))

    async def under_way() -> bool:
        return bool(heard(rafi))

    await until(under_way)
    await idle_dars.control.fault("500", "sendMessage", times=1)
    await idle_dars.control.fault("429", "sendMessage", times=1)
    await idle_dars.settled()
    assert "\n".join(heard(rafi)) == LINES.replace("<b>", "").replace("</b>", "")


async def test_an_edit_too_long_edits_the_first_part_and_says_the_rest(idle_dars: Dars) -> None:
    (rafi,) = await crowd(idle_dars, 1)
    await idle_dars.start()
    await post(idle_dars, saying(rafi, "At first", dedupe_key="this"), saying(rafi, "Between"))
    await all_hear(idle_dars, [rafi], 2)
    await post(idle_dars, saying(rafi, LINES, edits_key="this", data={"button": "Go"}))
    await all_hear(idle_dars, [rafi], 4)
    messages = [one for one in rafi.messages if not one.out]
    assert messages[0].edited
    shown = [messages[0].text, *(one.text for one in messages[2:])]
    assert "\n".join(shown) == LINES.replace("<b>", "").replace("</b>", "")
    assert [bool(one.buttons) for one in messages] == [False, False, False, True]


async def test_a_caption_too_long_follows_its_file(idle_dars: Dars) -> None:
    (rafi,) = await crowd(idle_dars, 1)
    long = "word " * 300
    await post(idle_dars, saying(rafi, long, data={"file": "a.txt", "button": "Go"}))
    await idle_dars.start()
    await idle_dars.settled()
    file, text = [one for one in rafi.messages if not one.out]
    assert (file.file_name, file.text, file.buttons) == ("a.txt", "", {})
    assert (text.text, text.buttons) == (long.strip(), {"Go": "home"})
