"""The programming languages of the judge, one file each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from engines.judge.languages import c, cpp, javascript, python
from engines.judge.languages.language import Language


@dataclass(frozen=True, slots=True)
class Offer:
    """A language that can be offered where its tools are."""

    present: Callable[[], bool]
    make: Callable[[Path], Language]
    """Gets the folder of our cache. May take seconds the first time on a machine."""
    package: str
    """The system's package that brings the tools."""


OFFERS: Mapping[str, Offer] = {
    "python": Offer(python.present, python.make, "python3"),
    "cpp": Offer(cpp.present, cpp.make, "g++"),
    "c": Offer(c.present, c.make, "gcc"),
    "javascript": Offer(javascript.present, javascript.make, "nodejs"),
}
"""By the domain's word for the language, in the order in which they are offered."""
