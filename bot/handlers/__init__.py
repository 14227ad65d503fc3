"""Handlers, one file an area; importing this package fills the routes."""

from bot.handlers import account, library, operations, people, practice, settings, submissions

__all__ = ["account", "library", "operations", "people", "practice", "settings", "submissions"]
