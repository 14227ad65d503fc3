"""Who is next, whatever comes in between: the urgent first, and each chat's messages in order."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bot.line import Line
from domain.operations.records import OutgoingMessage
from domain.people.records import Language


def message(number: int, chat: int, priority: int) -> OutgoingMessage:
    return OutgoingMessage(UUID(int=number), None, chat, "a", {}, Language.BN, None, priority, 0)


# A message for a chat, of a priority; or None: the next one goes.
ACTS = st.lists(st.none() | st.tuples(st.integers(1, 4), st.integers(0, 3)), max_size=60)


@given(ACTS)
def test_the_most_urgent_goes_next_and_none_is_lost_or_doubled(
    acts: list[tuple[int, int] | None],
) -> None:
    line = Line()
    waiting: list[OutgoingMessage] = []
    for number, act in enumerate([*acts, *[None] * len(acts)]):
        if act is not None:
            waiting.append(message(number, *act))
            line.put(waiting[-1])
            continue
        chat = line.take()
        if chat is None:
            assert not waiting
            continue
        chat.begin()
        gone = chat.put_aside()
        line.give_back(chat)
        assert gone.priority == min(one.priority for one in waiting)
        alike = [one for one in waiting if (one.chat_id, one.priority) == (chat.id, gone.priority)]
        assert gone is alike[0]
        waiting.remove(gone)
    assert not waiting


def test_what_is_half_said_is_said_to_its_end_before_a_reply_to_the_same_chat() -> None:
    line = Line()
    news, reply = message(1, 7, 2), message(2, 7, 0)
    line.put(news)
    chat = line.take()
    assert chat is not None
    chat.begin().message_id = 55
    line.put(reply)
    line.put(message(3, 8, 1))
    line.give_back(chat)
    # The reply carries it forward, before a notice to another chat.
    assert line.take() is chat
    assert chat.first is news


def test_what_met_trouble_before_it_was_said_lets_a_reply_go_first() -> None:
    line = Line()
    news, reply = message(1, 7, 2), message(2, 7, 0)
    line.put(news)
    chat = line.take()
    assert chat is not None
    chat.begin()
    line.put(reply)
    line.give_back(chat, rest_seconds=0.001)
    assert line.seconds_to_rest() is not None
    while line.take() is None:
        assert line.seconds_to_rest() is not None
    assert [chat.put_aside(), chat.put_aside()] == [reply, news]
    line.give_back(chat)
    assert line.take() is None
    assert line.seconds_to_rest() is None
