"""Which keys an object may have: those that mean the same to a folder and to an S3 server."""

import unicodedata

from domain.errors import Fault

LONGEST_BYTES = 1024  # S3's limit
LONGEST_PART_BYTES = 255  # a file name's


def is_key(key: str) -> bool:
    """Whether this names an object: parts between slashes, none of them empty or hidden.

    Parts that begin with a dot are refused: "." and ".." leave the folder, and the engines keep
    what they write in passing under such names.
    """
    if not key or any(unicodedata.category(each) in ("Cc", "Cs") for each in key) or "\\" in key:
        return False
    parts = key.split("/")
    return len(key.encode()) <= LONGEST_BYTES and all(
        part and not part.startswith(".") and len(part.encode()) <= LONGEST_PART_BYTES
        for part in parts
    )


def checked(key: str) -> str:
    """The key itself; raises Fault where it is none."""
    if not is_key(key):
        raise Fault(f"not a key for an object: {key!r}")
    return key
