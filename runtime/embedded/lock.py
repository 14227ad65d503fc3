"""One Dars to a folder: a lock that ends with its holder, however it ends."""

import fcntl
import os
from pathlib import Path

from runtime.embedded.errors import FolderInUseError
from runtime.embedded.process import is_alive


class FolderLock:
    """An exclusive lock on a file, which names its holder.

    The kernel lets it go when every process that has ``descriptor`` open is gone. A server that
    inherits it therefore keeps the folder locked for as long as any part of it lives, even when
    the Dars that started it was killed.
    """

    def __init__(self, path: Path, purpose: str) -> None:
        self.path = path
        self._purpose = purpose
        self._descriptor: int | None = None

    @property
    def descriptor(self) -> int:
        """The open lock, for a child to inherit."""
        if self._descriptor is None:
            raise RuntimeError("the lock is not held")
        return self._descriptor

    def try_acquire(self) -> bool:
        """Take the lock if nobody has it; True when it is held, also when it was before.

        False when only servers of a dead Dars hold it still, which are about to end. Raises
        FolderInUseError, with a sentence for a person, when its holder lives.
        """
        if self._descriptor is not None:
            return True
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 32).decode("ascii", "replace").strip()
            os.close(descriptor)
            if holder.isdigit() and not is_alive(int(holder)):
                return False
            raise self.in_use(f"process {holder}" if holder else "another process") from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        self._descriptor = descriptor
        return True

    def in_use(self, who: str) -> FolderInUseError:
        """The refusal, in words."""
        return FolderInUseError(
            f"{self._purpose} is already in use by {who}. Stop that one first, "
            "or name another folder with DARS_HOME."
        )

    def release(self) -> None:
        """Let the lock go; the file stays, since removing it would race with the next holder."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
