"""Whether something unasked may be said now: asked right before it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.operations.records import DropReason, NoticeType, OutgoingMessage
from domain.people import wishes


@dataclass(frozen=True, slots=True)
class Go:
    """It may be sent."""


@dataclass(frozen=True, slots=True)
class Wait:
    """It may be asked about again from then on."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Drop:
    """It is never to be sent."""

    reason: DropReason


Decision = Go | Wait | Drop

GO = Go()


def decide(message: OutgoingMessage, now: datetime) -> Decision:
    """What becomes of a message now; whatever was asked for goes."""
    if message.kind is None:
        return GO
    reason = _to_be_dropped(message, message.kind, now)
    if reason is not None:
        return Drop(reason)
    zone = None if message.timezone is None else zone_of(message.timezone)
    until = None if zone is None else wishes.quiet_until(message.settings, zone, now)
    if until is None:
        return GO
    return Drop(DropReason.TOO_LATE) if _is_late(message, until) else Wait(until)


def _to_be_dropped(message: OutgoingMessage, kind: NoticeType, now: datetime) -> DropReason | None:
    if _is_late(message, now):
        return DropReason.TOO_LATE
    if wishes.is_muted(message.settings, kind, now):
        return DropReason.MUTED
    return DropReason.DONE if message.no_longer_needed else None


def _is_late(message: OutgoingMessage, now: datetime) -> bool:
    return message.expires_at is not None and message.expires_at <= now


def practised(data: Mapping[str, Any], timezone: str, completed: datetime) -> bool:
    """Whether a session was completed on the `day` of a reminder, or later, by its person's
    clock."""
    day = data.get("day")
    return (
        isinstance(day, str) and completed.astimezone(zone_of(timezone)).date().isoformat() >= day
    )


def zone_of(name: str) -> ZoneInfo:
    """UTC for one that this machine does not know: nobody else must wait for that."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
