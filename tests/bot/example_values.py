"""What examples of views are made of: ids, and texts at their worst."""

from collections.abc import Mapping
from typing import Any

ITEM = "0f8fad5b-d9cb-469f-a165-70867728950e"
SHORT = "D4-tW9nLRp-hZXCGdyiVDg"
"""An id as buttons hold it."""
LONG = "ক" * 4096
HOSTILE = "<b>&{name} </i>&lt;" * 216

Data = Mapping[str, Any]

NOTHING: tuple[Data, ...] = ({},)
NAMES: tuple[Data, ...] = tuple({"name": name} for name in ("Mim", HOSTILE, LONG))


def both(text: str) -> dict[str, str]:
    return {"bn": text, "en": text}
