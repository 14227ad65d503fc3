"""What the domain asks of the database about operations."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from domain.operations.records import Holiday, Notice, NoticeType, Saying


class OperationsRepository(Protocol):
    async def say(self, bot_id: int, sayings: Sequence[Saying]) -> Sequence[UUID]:
        """Rows of the outbox, in order; one whose dedupe key stands already is left out."""
        ...

    async def notify_all(self, bot_id: int, notices: Sequence[Notice], now: datetime) -> int:
        """Everybody's notice and its message, once each; returns how many were new.

        One statement. Who has blocked the bot gets a notice that is dropped already, so that a
        report can count it; who is not active, none.
        """
        ...

    async def notify(
        self,
        recipient_id: UUID,
        kind: NoticeType,
        title: str,
        payload: Mapping[str, Any],
        dedupe_key: str,
    ) -> bool:
        """A notice, once: False if it exists."""
        ...

    async def audit(
        self,
        actor_id: UUID | None,
        action: str,
        entity_type: str,
        entity_id: str | None,
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any] | None,
    ) -> None: ...

    async def holidays(self) -> frozenset[date]:
        """Days that an admin declared: they neither break a streak nor count."""
        ...

    async def named_holidays(self) -> Sequence[Holiday]:
        """The same days with what they are called, in their order."""
        ...

    async def holidays_to_change(self) -> Sequence[Holiday]:
        """The same; nobody else changes them until the transaction ends."""
        ...

    async def keep_holidays(self, holidays: Sequence[Holiday], by: UUID) -> None:
        """In place of those that were."""
        ...

    async def read_setting(self, key: str) -> Any: ...

    async def counts(self, since: datetime) -> Mapping[str, int]:
        """How much waits, how much failed since then, how many people there are."""
        ...
