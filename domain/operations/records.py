"""Frozen records of operations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
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
    """Smaller goes first."""

    REPLY = 0
    NOTICE = 1
    BROADCAST = 2
    REMINDER = 3


@dataclass(frozen=True, slots=True)
class Saying:
    """Something to be said: which view, with what data (JSON), to whom, when.

    `edits_message_id` replaces a message that stands in the chat already instead of adding one;
    `edits_key` the one that was said under this `dedupe_key`, once that is sent.
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
    """A claimed row of the outbox, with the language its person reads now."""

    id: UUID
    user_id: UUID | None
    chat_id: int
    view: str
    data: Mapping[str, Any]
    language: Language
    edits_message_id: int | None
    priority: int
    tries: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """How sending one message ended: a Telegram message id, or why not."""

    id: UUID
    message_id: int | None = None
    failed_reason: str | None = None
    retry_at: datetime | None = None
