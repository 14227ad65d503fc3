"""Every table of Dars; importing this package fills `Base.metadata`."""

from db.models.base import Base
from db.models.calendar import CalendarEvent, CalendarLink, ClockMark
from db.models.courses import Class, Enrollment, Invitation, Module
from db.models.courses_content import (
    Assignment,
    AssignmentOpening,
    ContentItem,
    Material,
    MaterialFile,
    Quiz,
    QuizProblem,
)
from db.models.gradebook import GradebookEntry
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
from db.models.problems import AssignmentProblem, ProblemUpload, ProblemVersion, TestCase
from db.models.skills import Skill
from db.models.submissions import (
    AssignmentProgress,
    CompileResult,
    Judging,
    SubmissionAttempt,
    TestResult,
)
from db.models.submissions_aids import (
    AiFeedback,
    Grade,
    ProblemAnalytics,
    SubmissionAnalysis,
    Transcription,
)

__all__ = [
    "AiFeedback",
    "Assignment",
    "AssignmentOpening",
    "AssignmentProblem",
    "AssignmentProgress",
    "AuditLog",
    "Base",
    "CalendarEvent",
    "CalendarLink",
    "Class",
    "ClockMark",
    "CompileResult",
    "Configuration",
    "ContentItem",
    "Conversation",
    "CostRecord",
    "Enrollment",
    "Grade",
    "GradebookEntry",
    "InboxUpdate",
    "Invitation",
    "Judging",
    "Material",
    "MaterialFile",
    "Module",
    "Notification",
    "OutboxMessage",
    "PracticeItem",
    "PracticeSession",
    "Problem",
    "ProblemAnalytics",
    "ProblemProposal",
    "ProblemUpload",
    "ProblemVersion",
    "Quiz",
    "QuizProblem",
    "Response",
    "Skill",
    "Streak",
    "Student",
    "SubmissionAnalysis",
    "SubmissionAttempt",
    "TestCase",
    "TestResult",
    "Transcription",
    "User",
]
