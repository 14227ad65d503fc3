"""Handlers, one file an area; importing this package fills the routes."""

from bot.handlers import (
    account,
    courses,
    courses_assignments,
    courses_content,
    courses_joining,
    courses_materials,
    courses_modules,
    courses_roster,
    library,
    operations,
    people,
    practice,
    problems,
    settings,
    submissions,
    submissions_attempts,
)

__all__ = [
    "account",
    "courses",
    "courses_assignments",
    "courses_content",
    "courses_joining",
    "courses_materials",
    "courses_modules",
    "courses_roster",
    "library",
    "operations",
    "people",
    "practice",
    "problems",
    "settings",
    "submissions",
    "submissions_attempts",
]
