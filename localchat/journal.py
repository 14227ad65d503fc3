"""Where the chat's state is kept: nowhere, or in one SQLite file.

The state itself lives in memory. Every change puts a record here; `flush` writes what has
gathered in one transaction, at the end of each call, so that an acknowledged call survives
the end of the process.
"""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol


class Journal(Protocol):
    """Records by kind and key, and the bytes of files."""

    def put(self, kind: str, key: str, record: Any) -> None: ...
    def remove(self, kind: str, key: str) -> None: ...
    def records(self, kind: str) -> Iterator[Any]: ...
    def put_bytes(self, key: str, content: bytes) -> None: ...
    def read_bytes(self, key: str) -> bytes: ...
    def flush(self) -> None: ...
    def close(self) -> None: ...


class MemoryJournal:
    """Keeps file contents in memory, and records not at all."""

    def __init__(self) -> None:
        self._contents: dict[str, bytes] = {}

    def put(self, kind: str, key: str, record: Any) -> None:
        """Memory already holds it."""

    def remove(self, kind: str, key: str) -> None:
        """Memory has already let it go."""

    def records(self, kind: str) -> Iterator[Any]:  # noqa: ARG002 - there is never one
        """Nothing: a new process begins with an empty chat."""
        return iter(())

    def put_bytes(self, key: str, content: bytes) -> None:
        """Keep a file's content."""
        self._contents[key] = content

    def read_bytes(self, key: str) -> bytes:
        """A file's content."""
        return self._contents[key]

    def flush(self) -> None:
        """There is nowhere to write to."""

    def close(self) -> None:
        """Let the contents go."""
        self._contents.clear()


class SqliteJournal:
    """Everything in ``localchat.sqlite3`` under the data folder, in WAL mode."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(folder / "localchat.sqlite3", isolation_level=None)
        self._database.executescript(
            """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = NORMAL;
            CREATE TABLE IF NOT EXISTS records (
                kind TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL,
                PRIMARY KEY (kind, key)
            ) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS contents (key TEXT PRIMARY KEY, content BLOB NOT NULL);
            """
        )
        self._changed: dict[tuple[str, str], Any] = {}
        self._contents: dict[str, bytes] = {}

    def put(self, kind: str, key: str, record: Any) -> None:
        """Write `record`, which is JSON, at the next flush."""
        self._changed[kind, key] = record

    def remove(self, kind: str, key: str) -> None:
        """Delete a record at the next flush."""
        self._changed[kind, key] = None

    def records(self, kind: str) -> Iterator[Any]:
        """Every record of a kind, as it was written."""
        rows = self._database.execute("SELECT body FROM records WHERE kind = ?", (kind,))
        for (body,) in rows.fetchall():
            yield json.loads(body)

    def put_bytes(self, key: str, content: bytes) -> None:
        """Write a file's content at the next flush."""
        self._contents[key] = content

    def read_bytes(self, key: str) -> bytes:
        """A file's content; KeyError when there is none."""
        if key in self._contents:
            return self._contents[key]
        row = self._database.execute("SELECT content FROM contents WHERE key = ?", (key,))
        found = row.fetchone()
        if found is None:
            raise KeyError(key)
        return bytes(found[0])

    def flush(self) -> None:
        """Commit what has changed since the last flush."""
        if not self._changed and not self._contents:
            return
        kept = [
            (kind, key, json.dumps(record))
            for (kind, key), record in self._changed.items()
            if record is not None
        ]
        gone = [names for names, record in self._changed.items() if record is None]
        with self._database:
            self._database.execute("BEGIN")
            self._database.executemany("INSERT OR REPLACE INTO records VALUES (?, ?, ?)", kept)
            self._database.executemany("DELETE FROM records WHERE kind = ? AND key = ?", gone)
            self._database.executemany(
                "INSERT OR REPLACE INTO contents VALUES (?, ?)", self._contents.items()
            )
        self._changed.clear()
        self._contents.clear()

    def close(self) -> None:
        """Write what is left and close the file."""
        self.flush()
        self._database.close()


def open_journal(folder: Path | None) -> Journal:
    """A journal in `folder`, or one that forgets."""
    return MemoryJournal() if folder is None else SqliteJournal(folder)
