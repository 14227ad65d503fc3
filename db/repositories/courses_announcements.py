"""How an announcement fared with everybody who was to be told, and telling nobody else of it."""

from sqlalchemy import DateTime, Uuid, bindparam, delete, func, join, select

from db.models import Notification, OutboxMessage
from db.statements import Statement
from domain.operations.records import DropReason, NoticeType

_OF_ITEM = (
    Notification.content_item_id == bindparam("item_id", type_=Uuid()),
    Notification.type == NoticeType.ANNOUNCEMENT,
)
_WAITING = Notification.sent_at.is_(None) & Notification.dropped_at.is_(None)


def _delivery() -> Statement:
    """Whoever waits in quiet hours has a message that is not to go before they end, and that
    nobody has tried to send yet: what Telegram would not take waits too, but is tried again."""
    dropped = Notification.dropped_reason
    later = OutboxMessage.send_after > bindparam("now", type_=DateTime(timezone=True))
    count = func.count()
    return Statement(
        select(
            count.filter(Notification.sent_at.is_not(None)).label("sent"),
            count.filter(_WAITING).label("waiting"),
            count.filter(_WAITING & later & (OutboxMessage.tries == 0)).label("quiet"),
            count.filter(dropped == DropReason.MUTED).label("muted"),
            count.filter(dropped == DropReason.BLOCKED).label("blocked"),
            count.filter((dropped != DropReason.MUTED) & (dropped != DropReason.BLOCKED)).label(
                "failed"
            ),
        )
        .select_from(
            join(
                Notification,
                OutboxMessage,
                OutboxMessage.notification_id == Notification.id,
                isouter=True,
            )
        )
        .where(*_OF_ITEM)
    )


DELIVERY = _delivery()


def _untell() -> Statement:
    """The notices that wait for a later hour, and their messages. What a sender has taken up by now
    is as good as said."""
    waiting = (
        delete(OutboxMessage)
        .where(
            OutboxMessage.notification_id == Notification.id,
            *_OF_ITEM,
            _WAITING,
            OutboxMessage.sent_at.is_(None),
            OutboxMessage.failed_at.is_(None),
            OutboxMessage.claimed_by.is_(None),
        )
        .returning(OutboxMessage.notification_id)
        .cte("waiting")
    )
    return Statement(delete(Notification).where(Notification.id == waiting.c.notification_id))


UNTELL = _untell()
