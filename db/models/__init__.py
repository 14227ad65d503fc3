"""Every table of Dars; importing this package fills `Base.metadata`."""

from db.models.base import Base
from db.models.notices import Notification
from db.models.operations import (
    AuditLog,
    Configuration,
    Conversation,
    CostRecord,
    InboxUpdate,
    OutboxMessage,
)
from db.models.people import Streak, Student, User
from db.models.practice import PracticeItem, PracticeSession, Problem, ProblemProposal, Response
from db.models.skills import Skill

__all__ = [
    "AuditLog",
    "Base",
    "Configuration",
    "Conversation",
    "CostRecord",
    "InboxUpdate",
    "Notification",
    "OutboxMessage",
    "PracticeItem",
    "PracticeSession",
    "Problem",
    "ProblemProposal",
    "Response",
    "Skill",
    "Streak",
    "Student",
    "User",
]
