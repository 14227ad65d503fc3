"""Everything the bot says, one file an area; importing this package fills the registry."""

from bot.views import account, charts, common, operations, people, practice, settings

__all__ = ["account", "charts", "common", "operations", "people", "practice", "settings"]
