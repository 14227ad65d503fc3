"""What a view makes: words, buttons, at most one picture or file."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message; `data` is at most 64 bytes and names a route and its argument."""

    label: str
    data: str


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class File:
    """A document sent under `name`: a stored object by its key, or the content itself."""

    name: str
    key: str = ""
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Message:
    """Text in Telegram's HTML. `picture` draws a PNG and may take long: call it in a thread."""

    text: str
    buttons: Rows = ()
    picture: Callable[[], bytes] | None = None
    file: File | None = None
    only_buttons: bool = False
    """Whether an edit changes the buttons alone and leaves the text as it stands."""
