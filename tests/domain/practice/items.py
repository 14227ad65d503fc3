"""An item as it waits in a session, to be varied by `replace`."""

from datetime import UTC, datetime
from uuid import UUID

from domain.practice.records import AnswerKind, Item, ItemState, SessionStatus

NOBODY = UUID(int=0)
ITEM = Item(
    id=NOBODY,
    session_id=NOBODY,
    session_status=SessionStatus.IN_PROGRESS,
    expires_at=datetime(2026, 11, 21, 12, tzinfo=UTC),
    position=1,
    count=5,
    problem_id=NOBODY,
    written_at=datetime(2026, 11, 1, tzinfo=UTC),
    topic="percentage",
    difficulty=2,
    skill=None,
    question={"en": "What is 10% of 50?", "bn": "৫০-এর ১০% কত?"},
    answer="5",
    answer_kind=AnswerKind.NUMBER,
    answer_form=None,
    answer_tolerance=None,
    unit=None,
    unit_required=False,
    hints=({"en": "1", "bn": "১"},) * 3,
    hints_spaced=False,
    solution={"en": "5", "bn": "৫"},
    hints_shown=0,
    tries=0,
    state=ItemState.WAITING,
    confidence=None,
    opened_at=None,
    last_tried_at=None,
    reported_at=None,
    next_id=None,
)
