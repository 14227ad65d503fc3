"""Everything the bot says, one file an area; importing this package fills the registry."""

from bot.views import (
    account,
    answers,
    charts,
    common,
    complaints,
    courses,
    explanations,
    library,
    operations,
    people,
    practice,
    questions,
    settings,
    statements,
    submissions,
)

__all__ = [
    "account",
    "answers",
    "charts",
    "common",
    "complaints",
    "courses",
    "explanations",
    "library",
    "operations",
    "people",
    "practice",
    "questions",
    "settings",
    "statements",
    "submissions",
]
