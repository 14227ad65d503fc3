"""Objects as files in a folder: the storage that needs no server."""

import asyncio
import errno
import os
import time
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from domain.errors import Fault, Unavailable
from engines.storage.keys import checked, is_key

FOLDER_MODE = 0o700
FILE_MODE = 0o600
NEW_FILE = os.O_CREAT | os.O_EXCL | os.O_WRONLY
WRITING = ".writing"
"""The folder of files that are not whole yet; no key begins with a dot."""
ABANDONED_SECONDS = 24 * 3600.0
TRIES = 100

Keys = list[str]


class FolderStorage:
    """See `domain.storage.Storage`. A key is a path below the folder, which is made when missing.

    A file is written whole under another name, synced, and then linked to its own: whoever reads
    sees all of it or nothing, and a name that is taken stays as it is. Any number of processes
    may share the folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.expanduser().absolute()

    async def put(self, key: str, content: bytes, content_type: str) -> None:  # noqa: ARG002
        await asyncio.to_thread(self._put, checked(key), content)

    async def get(self, key: str) -> bytes:
        return await asyncio.to_thread(self._get, checked(key))

    async def delete(self, key: str) -> None:
        await asyncio.to_thread(self._delete, checked(key))

    async def list(self, prefix: str) -> Keys:
        return await asyncio.to_thread(self._list, prefix)

    async def check(self) -> None:
        await asyncio.to_thread(self._check)

    def _put(self, key: str, content: bytes) -> None:
        try:
            whole = self._write(content)
            try:
                self._link(whole, self.folder / key)
            except (FileExistsError, NotADirectoryError) as error:
                raise Fault(f"the key {key} is taken") from error
            finally:
                whole.unlink()
        except OSError as error:
            raise self._unavailable(error) from error

    def _write(self, content: bytes) -> Path:
        """A synced file with the content, under a name that no key has."""
        making = self.folder / WRITING / str(uuid4())
        make_folders(making.parent)
        try:
            with os.fdopen(
                os.open(making, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE), "wb"
            ) as f:
                f.write(content)
                f.flush()
                os.fsync(f.fileno())
        except BaseException:
            making.unlink(missing_ok=True)
            raise
        return making

    def _link(self, whole: Path, name: Path) -> None:
        for _ in range(TRIES):
            # Meanwhile somebody may delete the last object beside ours, and its folder with it.
            with suppress(FileNotFoundError):
                make_folders(name.parent)
                os.link(whole, name)
                sync_folder(name.parent)
                return
        raise OSError(errno.EAGAIN, "its folder is deleted again and again", str(name))

    def _get(self, key: str) -> bytes:
        try:
            return (self.folder / key).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
            raise Fault(f"there is no object {key}") from error
        except OSError as error:
            raise self._unavailable(error) from error

    def _delete(self, key: str) -> None:
        name = self.folder / key
        try:
            name.unlink()
            sync_folder(name.parent)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return
        except OSError as error:
            raise self._unavailable(error) from error
        for parent in name.parents:
            if parent == self.folder:
                return
            try:
                parent.rmdir()
            except OSError:  # other objects are in it
                return

    def _list(self, prefix: str) -> Keys:
        if prefix and not is_key(prefix.removesuffix("/")):
            return []
        top = self.folder / prefix.rpartition("/")[0]
        found = []
        for at, _, names in os.walk(top, onerror=self._walk_failed):
            place = Path(at).relative_to(self.folder)
            found += [str(place / name) for name in names]
        return sorted(key for key in found if key.startswith(prefix) and is_key(key))

    def _walk_failed(self, error: OSError) -> None:
        """A folder that is gone has no objects; any other failure would hide some."""
        if not isinstance(error, FileNotFoundError | NotADirectoryError):
            raise self._unavailable(error) from error

    def _check(self) -> None:
        try:
            self._write(b"x").unlink()
            self._sweep()
        except OSError as error:
            raise self._unavailable(error) from error

    def _sweep(self) -> None:
        """Remove what processes that were killed in the middle of a write left behind."""
        before = time.time() - ABANDONED_SECONDS
        for left in (self.folder / WRITING).iterdir():
            with suppress(FileNotFoundError):
                if left.stat().st_mtime < before:
                    left.unlink()

    def _unavailable(self, error: OSError) -> Unavailable:
        why = error.strerror or type(error).__name__
        return Unavailable(f"the storage folder {self.folder} cannot be used: {why}")


def make_folders(folder: Path) -> None:
    """Make a folder and those above it, each for its owner alone, and on disk when we return."""
    if folder.is_dir():
        return
    make_folders(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(FOLDER_MODE)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to disk; one that somebody deleted meanwhile needs nothing."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
