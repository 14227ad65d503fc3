"""What the domain asks of the object storage."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID, uuid4


def owner_prefix(owner: UUID) -> str:
    """Under which all of one person's objects stand, so that an erasure finds them."""
    return f"people/{owner}/"


def new_key(owner: UUID, kind: str) -> str:
    """A key that nothing else has: the owner, what it is, and chance."""
    return f"{owner_prefix(owner)}{kind}/{uuid4()}"


def class_key(class_id: UUID, kind: str) -> str:
    """A new key for what belongs to a class, and stays when its teacher's account is erased."""
    return f"classes/{class_id}/{kind}/{uuid4()}"


def problem_key(version_id: UUID, kind: str) -> str:
    """A new key for what belongs to a coding problem, and stays when its owner's account goes."""
    return f"problems/{version_id}/{kind}/{uuid4()}"


class Storage(Protocol):
    """Objects by key. A key is written once and never overwritten."""

    async def put(self, key: str, content: bytes, content_type: str) -> None:
        """Raises Fault if the key is taken or the storage cannot be reached."""
        ...

    async def get(self, key: str) -> bytes:
        """Raises Fault if there is no such object or the storage cannot be reached."""
        ...

    async def delete(self, key: str) -> None:
        """An object that is not there is deleted already."""
        ...

    async def list(self, prefix: str) -> Sequence[str]: ...

    async def check(self) -> None:
        """Raises Fault, saying what is wrong, if objects could not be written now."""
        ...
