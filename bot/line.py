"""Who is next: chats with something to be said, by the urgency of their first message.

A chat's messages go one after another: the more urgent first, those alike in the order in which
they came.
"""

import heapq
import itertools
import time
from dataclasses import dataclass, field

from bot.delivery import Parcel
from domain.operations.records import OutgoingMessage


@dataclass(slots=True)
class Chat:
    """One chat's messages. `parcel` is the one that was begun; the others wait behind it."""

    id: int
    waiting: list[tuple[int, int, OutgoingMessage]] = field(default_factory=list)
    parcel: Parcel | None = None
    troubles: int = 0
    """How often its first message met trouble since it was last heard of."""
    place: int = 0
    """The number of its place in the line; a place of another number is not its own any more."""
    standing: int | None = None
    """How urgent it is as it stands in the line; None while it is taken, or rests."""

    @property
    def first(self) -> OutgoingMessage:
        return self.waiting[0][2] if self.parcel is None else self.parcel.message

    @property
    def urgency(self) -> int:
        """That of the most urgent of its messages: one behind another carries it forward."""
        begun = [] if self.parcel is None else [self.parcel.message.priority]
        return min([*begun, *(one[0] for one in self.waiting[:1])])

    @property
    def is_empty(self) -> bool:
        return self.parcel is None and not self.waiting

    def begin(self) -> Parcel:
        """Its first message, from now on the one that is on its way."""
        if self.parcel is None:
            self.parcel = Parcel(heapq.heappop(self.waiting)[2])
        return self.parcel

    def not_begun(self) -> None:
        """Lets the more urgent go before its first message, if nothing of that is said yet."""
        if self.parcel is not None and self.parcel.message_id is None:
            message = self.parcel.message
            heapq.heappush(self.waiting, (message.priority, 0, message))
            self.parcel = None

    def put_aside(self) -> OutgoingMessage:
        """Takes its first message out."""
        if self.parcel is None:
            return heapq.heappop(self.waiting)[2]
        parcel, self.parcel = self.parcel, None
        return parcel.message

    def put_all_aside(self) -> list[OutgoingMessage]:
        messages = []
        while not self.is_empty:
            messages.append(self.put_aside())
        return messages


class Line:
    """The chats of one sender. Each stands in the line, rests until an instant, or is taken."""

    def __init__(self) -> None:
        self._chats: dict[int, Chat] = {}
        self._ready: list[tuple[int, int, int]] = []
        self._resting: list[tuple[float, int, int]] = []
        self._numbers = itertools.count(1)

    def put(self, message: OutgoingMessage) -> None:
        known = self._chats.get(message.chat_id)
        chat = known or self._chats.setdefault(message.chat_id, Chat(message.chat_id))
        heapq.heappush(chat.waiting, (message.priority, next(self._numbers), message))
        if known is None or (chat.standing is not None and message.priority < chat.standing):
            self._line_up(chat)

    def take(self) -> Chat | None:
        """The chat whose first message is the most urgent of those that may go; whoever takes it
        gives it back, or drops it."""
        self._wake_up(time.monotonic())
        while self._ready:
            _, place, chat_id = heapq.heappop(self._ready)
            chat = self._chats.get(chat_id)
            if chat is not None and chat.place == place:
                chat.standing = None
                return chat
        return None

    def seconds_to_rest(self) -> float | None:
        """Until the first of those that rest stands in the line; None if nobody rests."""
        return max(0.0, self._resting[0][0] - time.monotonic()) if self._resting else None

    def give_back(self, chat: Chat, rest_seconds: float = 0.0) -> None:
        """It stands in the line again, after a rest, if it has anything to be said."""
        if chat.is_empty:
            self.drop(chat)
        elif rest_seconds > 0:
            chat.not_begun()
            chat.place = next(self._numbers)
            until = time.monotonic() + rest_seconds
            heapq.heappush(self._resting, (until, chat.place, chat.id))
        else:
            self._line_up(chat)

    def drop(self, chat: Chat) -> None:
        """What it had is somebody else's now."""
        del self._chats[chat.id]

    def _line_up(self, chat: Chat) -> None:
        chat.place = next(self._numbers)
        chat.standing = chat.urgency
        heapq.heappush(self._ready, (chat.standing, chat.place, chat.id))

    def _wake_up(self, now: float) -> None:
        while self._resting and self._resting[0][0] <= now:
            _, place, chat_id = heapq.heappop(self._resting)
            chat = self._chats.get(chat_id)
            if chat is not None and chat.place == place:
                self._line_up(chat)
