"""Whether something unasked may be said now: asked right before it is sent."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.operations.records import DropReason, OutgoingMessage
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
    if message.expires_at is not None and message.expires_at <= now:
        return Drop(DropReason.TOO_LATE)
    if wishes.is_muted(message.settings, message.kind, now):
        return Drop(DropReason.MUTED)
    if message.no_longer_needed:
        return Drop(DropReason.DONE)
    if message.timezone is None:
        return GO
    until = wishes.quiet_until(message.settings, ZoneInfo(message.timezone), now)
    if until is None:
        return GO
    if message.expires_at is not None and message.expires_at <= until:
        return Drop(DropReason.TOO_LATE)
    return Wait(until)
