"""Frozen records of people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo


class Role(StrEnum):
    STUDENT = "student"
    TA = "ta"
    TEACHER = "teacher"
    ADMIN = "admin"


class Language(StrEnum):
    BN = "bn"
    EN = "en"


@dataclass(frozen=True, slots=True)
class TelegramPerson:
    """Somebody as Telegram describes them; every text is theirs and untrusted."""

    telegram_id: int
    full_name: str
    username: str | None
    language_code: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who talks to the bot. Registered once they have a learner's profile."""

    id: UUID
    telegram_id: int
    full_name: str
    username: str | None
    role: Role
    language: Language
    timezone: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    blocked_bot: bool = False
    registered: bool = False
    grade: int | None = None
    reminder_time: time | None = None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def low_data(self) -> bool:
        return bool(self.settings.get("low_data", False))

    def local(self, instant: datetime) -> datetime:
        """The instant on this person's own clock."""
        return instant.astimezone(self.zone)
