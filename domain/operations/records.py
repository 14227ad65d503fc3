"""Frozen records of operations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Any
from uuid import UUID

from domain.people.records import Language


class InboxState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class NoticeType(StrEnum):
    GRADE_POSTED = "grade_posted"
    DUE_SOON = "due_soon"
    ANNOUNCEMENT = "announcement"
    PRACTICE_REMINDER = "practice_reminder"
    STREAK_AT_RISK = "streak_at_risk"
    WORK_OPENED = "work_opened"
    SESSION_ENDED = "session_ended"


class DropReason(StrEnum):
    """Why a notice was never said; `done`: by then it was no longer needed."""

    TOO_LATE = "too_late"
    MUTED = "muted"
    DONE = "done"
    BLOCKED = "blocked"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"


class CostOperation(StrEnum):
    HINT_GENERATION = "hint_generation"
    ANSWER_EVALUATION = "answer_evaluation"
    CODE_FEEDBACK = "code_feedback"
    TRANSCRIPTION = "transcription"
    VIVA_EVALUATION = "viva_evaluation"


class CostProvider(StrEnum):
    CLAUDE = "claude"
    GPU = "gpu"
    TWILIO = "twilio"


class ValueType(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    SWITCH = "switch"
    LIST = "list"


class Priority(IntEnum):
    """Smaller goes first. Reminders by what there is to lose, for not all may be sent in time."""

    REPLY = 0
    NOTICE = 1
    BROADCAST = 2
    REMINDER_OF_LONG_STREAK = 3
    REMINDER_OF_STREAK = 4
    REMINDER = 5


SHOWN_ONCE: Sequence[str] = ("calendar.new_link", "join.invite_teacher")
"""Views that hold a secret: once the message is sent or given up, nothing is left of its data."""


@dataclass(frozen=True, slots=True)
class Saying:
    """Something to be said: which view, with what data (JSON), to whom, when.

    `edits_message_id` replaces a message that stands in the chat already instead of adding one;
    `edits_key` the one that was said under this `dedupe_key`, once that is sent. What has a
    `kind` is said unasked: quiet hours and mutes hold it back when it is to be sent, and after
    `expires_at` it is dropped.
    """

    view: str
    data: Mapping[str, Any]
    chat_id: int
    user_id: UUID | None
    language: Language | None = None
    edits_message_id: int | None = None
    priority: Priority = Priority.REPLY
    dedupe_key: str | None = None
    send_after: datetime | None = None
    edits_key: str | None = None
    kind: NoticeType | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something told unasked, once: a row of `notifications` and its message.

    `title` is for lists of notices (200 characters are kept), `view` and `data` are what is said.
    """

    recipient_id: UUID
    kind: NoticeType
    title: str
    view: str
    data: Mapping[str, Any]
    dedupe_key: str
    expires_at: datetime | None = None
    content_item_id: UUID | None = None
    priority: Priority = Priority.NOTICE


@dataclass(frozen=True, slots=True, order=True)
class Holiday:
    """A day that neither breaks a streak nor counts; reminders leave it alone."""

    day: date
    name: str = ""
    """What it is, as an admin wrote it; empty where nobody did."""


@dataclass(frozen=True, slots=True)
class ConversationState:
    """Where a person stands with the bot. Version 0 has no row yet."""

    step: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0


@dataclass(frozen=True, slots=True)
class IncomingUpdate:
    """An update of the inbox. `payload` is what Telegram sent, word for word."""

    id: UUID
    bot_id: int
    update_id: int
    person: int | None
    payload: Mapping[str, Any]
    tries: int


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A claimed row of the outbox, with the language its person reads now.

    What has a `kind` is said unasked and comes with what decides whether it may be said:
    `timezone` and `settings` are its person's, `no_longer_needed` whether they did meanwhile what
    it reminds of.
    """

    id: UUID
    user_id: UUID | None
    chat_id: int
    view: str
    data: Mapping[str, Any]
    language: Language
    edits_message_id: int | None
    priority: int
    tries: int
    kind: NoticeType | None = None
    expires_at: datetime | None = None
    timezone: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    no_longer_needed: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """How sending one message ended: a Telegram message id, or why not.

    With `retry_at` it is free again from then on; that was no try of it where it only had to
    wait. `dropped` says of what it was why it will never be said.
    """

    id: UUID
    message_id: int | None = None
    failed_reason: str | None = None
    retry_at: datetime | None = None
    dropped: DropReason | None = None
    tried: bool = True
