"""Objects as files in one folder."""

import asyncio
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from domain.errors import Fault

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600


class FolderStorage:
    """See `domain.storage.Storage`. The content type is not kept: callers keep it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, key: str, content: bytes, content_type: str) -> None:  # noqa: ARG002
        await asyncio.to_thread(self._put, self._path(key), content)

    async def get(self, key: str) -> bytes:
        try:
            return await asyncio.to_thread(self._path(key).read_bytes)
        except OSError as error:
            raise Fault(f"an object cannot be read: {type(error).__name__}") from None

    async def delete(self, key: str) -> None:
        try:
            await asyncio.to_thread(self._path(key).unlink, missing_ok=True)
        except OSError as error:
            raise Fault(f"an object cannot be deleted: {type(error).__name__}") from None

    async def list(self, prefix: str) -> Sequence[str]:
        return await asyncio.to_thread(self._keys, prefix)

    async def check(self) -> None:
        try:
            await asyncio.to_thread(self._probe)
        except OSError as error:
            raise Fault(f"{self._folder} cannot be written: {error.strerror}") from None

    def _path(self, key: str) -> Path:
        """Where an object lies; a key that leads anywhere else is refused."""
        parts = PurePosixPath(key).parts
        bad = {"", ".", ".."}
        if not parts or key.startswith("/") or "\0" in key or bad & set(key.split("/")):
            raise Fault("a key that is no key")
        return self._folder.joinpath(*parts)

    def _put(self, path: Path, content: bytes) -> None:
        """Whole or not at all: written beside, synced, then linked, which refuses a taken name."""
        temporary = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
            descriptor, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
            temporary = Path(name)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            path.hardlink_to(temporary)
        except FileExistsError:
            raise Fault("an object of this key exists already") from None
        except OSError as error:
            raise Fault(f"an object cannot be written: {type(error).__name__}") from None
        finally:
            if temporary is not None:
                temporary.unlink(missing_ok=True)

    def _keys(self, prefix: str) -> Sequence[str]:
        found = (path for path in self._folder.rglob("*") if path.is_file())
        keys = (path.relative_to(self._folder).as_posix() for path in found)
        return sorted(
            key for key in keys if key.startswith(prefix) and not Path(key).name.startswith(".new-")
        )

    def _probe(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
        with tempfile.TemporaryFile(dir=self._folder):
            pass
