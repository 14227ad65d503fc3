"""Short texts as people type them: names and titles."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_LOOKED_AT = 512


def one_line(text: str) -> str:
    """One line of visible characters, NFC; joiners stay, since Bengali spelling needs them."""
    visible = "".join(
        one
        for one in text
        if one in "\u200c\u200d" or unicodedata.category(one)[0] != "C" or one.isspace()
    )
    composed = unicodedata.normalize("NFC", visible)
    return _SPACES.sub(" ", composed).strip("\u200c\u200d ")[:_LOOKED_AT]
