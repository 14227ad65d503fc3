"""One error tree. Each error knows what the person is told, apart from what the log is told."""

from collections.abc import Mapping
from typing import Any


class DarsError(Exception):
    """What went wrong; `view` and `data` name what the person is told, `str(self)` is the log's.

    `str(self)` never holds a student's text.
    """

    view = "operations.fault"

    def __init__(self, log: str, view: str | None = None, data: Mapping[str, Any] | None = None):
        super().__init__(log)
        if view is not None:
            self.view = view
        self.data: Mapping[str, Any] = data or {}


class Mistake(DarsError):
    """The person gave something that cannot be used; they are told what to give instead."""

    view = "people.not_understood"


class Refusal(DarsError):
    """What the person asks for is not theirs to do, or not now; they are told why."""

    view = "people.not_allowed"


class Fault(DarsError):
    """Ours. The person is told that it was not them, and what will happen."""


class Conflict(Fault):
    """Somebody else changed the same rows first; the whole turn is taken again from its start."""


class AlreadyDone(Fault):
    """What was asked for had been done before; there is nothing left to do and nothing to say."""


class Unavailable(Fault):
    """A part we depend on cannot be reached now; waiting helps, and nobody is to blame."""
