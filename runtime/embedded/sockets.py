"""A private folder for unix sockets, short enough for the kernel."""

import hashlib
import os
import re
import stat
from pathlib import Path

from runtime.embedded.errors import EmbeddedServiceError
from runtime.embedded.process import RESERVED_USER, give_to

# A socket's path has room for 107 bytes; the longest name we put in the folder is PostgreSQL's
# ".s.PGSQL.5432.lock".
LONGEST_FOLDER = 107 - len("/.s.PGSQL.5432.lock")
# Colons, commas, spaces and quotes mean something to one or other of the address parsers.
PLAIN_PATH = re.compile(r"[A-Za-z0-9_./-]+")


def socket_folder(data: Path, owner: int) -> Path:
    """Make and return the private folder for the sockets of a data folder.

    It stands beside the data when its path is short and plain, else in /tmp under a name made
    from the data folder's path.
    """
    beside = data.resolve().with_name(f"{data.name}-socket")
    if len(os.fsencode(beside)) <= LONGEST_FOLDER and PLAIN_PATH.fullmatch(str(beside)):
        folder = beside
    else:
        digest = hashlib.sha256(os.fsencode(beside)).hexdigest()[:16]
        folder = Path(f"/tmp/dars-{os.geteuid()}-{digest}")  # noqa: S108 - checked below
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    ours = found.st_uid in (os.geteuid(), owner, RESERVED_USER)
    if not stat.S_ISDIR(found.st_mode) or not ours or found.st_mode & 0o077:
        raise EmbeddedServiceError(
            f"{folder} should be a folder that only this user can open, and is not. "
            "Remove it and try again."
        )
    give_to(folder, owner)
    return folder
