"""Handlers, one file an area; importing this package fills the routes."""

from bot.handlers import account, operations, people, practice, settings

__all__ = ["account", "operations", "people", "practice", "settings"]
