"""How an announcement fared with everybody who was to be told, in one statement."""

from sqlalchemy import DateTime, Uuid, bindparam, func, join, select

from db.models import Notification, OutboxMessage
from db.statements import Statement
from domain.operations.records import DropReason, NoticeType


def _delivery() -> Statement:
    """Whoever waits in quiet hours has a message that is not to go before they end, and that
    nobody has tried to send yet: what Telegram would not take waits too, but is tried again."""
    waiting = Notification.sent_at.is_(None) & Notification.dropped_at.is_(None)
    dropped = Notification.dropped_reason
    later = OutboxMessage.send_after > bindparam("now", type_=DateTime(timezone=True))
    count = func.count()
    return Statement(
        select(
            count.filter(Notification.sent_at.is_not(None)).label("sent"),
            count.filter(waiting).label("waiting"),
            count.filter(waiting & later & (OutboxMessage.tries == 0)).label("quiet"),
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
        .where(
            Notification.content_item_id == bindparam("item_id", type_=Uuid()),
            Notification.type == NoticeType.ANNOUNCEMENT,
        )
    )


DELIVERY = _delivery()
