"""Views by name: the outbox holds names and data, the sender asks here for the message."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.views.message import Message
from bot.views.tongue import Tongue
from domain.people.records import Language

View = Callable[[Mapping[str, Any], Tongue], Message]
VIEWS: dict[str, View] = {}


def view(name: str) -> Callable[[View], View]:
    """Registers a view under the name that sayings use."""

    def register(function: View) -> View:
        if name in VIEWS:
            raise ValueError(f"two views are called {name}")
        VIEWS[name] = function
        return function

    return register


class Renderer:
    """Turns a name and its data into a message in one of the languages."""

    def __init__(self, topics: Mapping[str, Mapping[str, str]]) -> None:
        self._tongues = {language: Tongue(language, topics) for language in Language}

    def tongue(self, language: Language) -> Tongue:
        return self._tongues[language]

    def render(self, name: str, data: Mapping[str, Any], language: Language) -> Message:
        return VIEWS[name](data, self._tongues[language])
