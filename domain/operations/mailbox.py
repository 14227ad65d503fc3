"""The inbox, the outbox and the turn between them, as the bot needs them."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol
from uuid import UUID

from domain.operations.records import (
    ConversationState,
    Delivery,
    IncomingUpdate,
    OutgoingMessage,
    Priority,
    Saying,
)
from domain.people.records import Person
from domain.unit_of_work import UnitOfWork


class Turn(Protocol):
    """One update being handled: everything it does is one transaction.

    Leaving the context without an error commits; an error rolls everything back.
    """

    @property
    def work(self) -> UnitOfWork: ...

    @property
    def person(self) -> Person | None:
        """Who acted; None if the bot has not met them."""
        ...

    @property
    def conversation(self) -> ConversationState: ...

    async def finish(
        self,
        user_id: UUID | None,
        conversation: ConversationState | None,
        sayings: Sequence[Saying],
        *,
        erased: bool = False,
    ) -> Sequence[OutgoingMessage]:
        """The conversation's new state (None: as it was), what is said, and "done".

        Returns the messages, claimed for this process, to be sent once the turn is committed.
        Raises AlreadyDone if the update was done meanwhile, Conflict if the conversation
        moved on.
        """
        ...


class Mailbox(Protocol):
    """The inbox and outbox of one bot, for one process.

    Every method raises Unavailable while the database cannot be reached.
    """

    async def show_life(self) -> None:
        """Until cancelled, shows other processes that this one lives and keeps its claims."""
        ...

    async def receive(self, updates: Sequence[Mapping[str, Any]]) -> Sequence[IncomingUpdate]:
        """Stores a batch in one statement and commits; returns those that were not there yet."""
        ...

    async def waiting(self) -> Sequence[IncomingUpdate]:
        """What was stored and is not done, oldest first."""
        ...

    def turn(self, update: IncomingUpdate) -> AbstractAsyncContextManager[Turn]: ...

    async def count_failure(self, update_id: UUID, error: str) -> int:
        """Notes a failed try; returns how many there were."""
        ...

    async def set_aside(
        self, update: IncomingUpdate, error: str, sayings: Sequence[Saying]
    ) -> Sequence[OutgoingMessage]:
        """Gives an update up and says so, in one transaction."""
        ...

    async def claim(
        self, limit: int, least: Priority = Priority.REMINDER
    ) -> Sequence[OutgoingMessage]:
        """Messages that are due and nobody's, most urgent first, now this process's; none that
        is less urgent than `least`."""
        ...

    async def note(self, deliveries: Sequence[Delivery]) -> None:
        """How sending ended, in one statement."""
        ...

    async def free_claims_of_the_dead(self) -> bool:
        """Gives back what processes claimed that are no more; returns whether some seem dead of
        which that is not sure yet: ask again a few seconds later."""
        ...

    async def mark_blocked(self, chat_id: int) -> None:
        """The person has blocked the bot: whatever waits for them is dropped, with that reason."""
        ...

    async def admins(self) -> Sequence[Person]: ...
