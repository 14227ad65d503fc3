"""The file of a backup: written here, and read here as one that anybody may have made.

A gzipped tar of manifest.json (which names every other part with its size and SHA-256),
database.dump and objects/KEY.
"""

import gzip
import hashlib
import io
import itertools
import json
import os
import shutil
import tarfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from alembic.script import ScriptDirectory

from db.migrations import configuration

FORMAT = 1
MANIFEST, DUMP, OBJECTS = "manifest.json", "database.dump", "objects/"
LARGEST_MANIFEST = 64 * 1024 * 1024
LARGEST_PADDING = 1024 * 1024
CHUNK = 1024 * 1024

UNREADABLE = (
    tarfile.TarError, zlib.error, OSError, EOFError, RecursionError,
    ValueError, KeyError, TypeError,
)  # fmt: skip


class BackupError(Exception):
    """A backup or restore that cannot be; the sentence says why and what to do."""


class CarefulGzip(gzip.GzipFile):
    """Refuses to take into memory more than a manifest may be: tar's own headers name sizes too."""

    def read(self, size: int | None = -1) -> bytes:
        if size is None or not 0 <= size <= LARGEST_MANIFEST:
            raise ValueError("a header that asks for too much")
        return super().read(size)


def pack(whole: Path, revision: str, parts: Mapping[str, Any], folder: Path) -> None:
    """Write the file, to the disk itself. A part's `at` is its file below the folder's objects."""
    manifest = {"dars": FORMAT, "revision": revision, "parts": parts}
    content = json.dumps(manifest, ensure_ascii=False).encode()
    with whole.open("xb") as raw:
        # Without a file name in its head, every byte of the file is under a checksum.
        with (
            gzip.GzipFile("", "wb", compresslevel=6, fileobj=raw, mtime=0) as packed,
            tarfile.open(fileobj=packed, mode="w") as archive,
        ):
            add(archive, MANIFEST, io.BytesIO(content), len(content))
            for name, part in parts.items():
                source = folder / DUMP if name == DUMP else folder / "objects" / part["at"]
                with source.open("rb") as stream:
                    add(archive, name, stream, part["size"])
        raw.flush()
        os.fsync(raw.fileno())


def add(archive: tarfile.TarFile, name: str, stream: IO[bytes], size: int) -> None:
    header = tarfile.TarInfo(name)
    header.size = size
    archive.addfile(header, stream)


def unpack(file: Path, folder: Path) -> Mapping[str, Any]:
    """Bring the dump and, by their number, the objects into the folder; returns the manifest.

    Names are only compared, every byte is counted, and the file is read to its last checksum.
    """
    try:
        with CarefulGzip(file) as packed, tarfile.open(fileobj=packed, mode="r:") as archive:
            manifest = read_manifest(archive)
            refuse_without_room(file, manifest, folder)
            places = {OBJECTS + key: str(n) for n, key in enumerate(object_keys(manifest))}
            places[DUMP] = DUMP
            found = set()
            for member in itertools.islice(archive, 1, None):
                place = places.get(member.name)
                stream = archive.extractfile(member) if member.isreg() else None
                if place is None or stream is None or member.name in found:
                    raise BackupError(f"{file} is no whole backup: it holds what it does not name")
                found.add(member.name)
                copy(stream, folder / place, manifest["parts"][member.name], file)
            padding = packed.read(LARGEST_PADDING)
            if any(padding) or packed.read(1):
                raise BackupError(f"{file} is no whole backup: something follows its end")
    except UNREADABLE as error:
        raise BackupError(f"{file} is no whole backup of Dars ({type(error).__name__})") from None
    if missing := set(places) - found:
        raise BackupError(f"{file} is cut short: {len(missing)} parts are missing")
    return manifest


def read_manifest(archive: tarfile.TarFile) -> Mapping[str, Any]:
    first = archive.next()
    if first is None or first.name != MANIFEST or first.size > LARGEST_MANIFEST:
        raise ValueError("no manifest")
    stream = archive.extractfile(first)
    manifest = json.loads(stream.read()) if stream else None
    if not isinstance(manifest, dict) or not isinstance(manifest["parts"], dict):
        raise TypeError("no manifest")
    if manifest["dars"] != FORMAT:
        raise BackupError("this backup was written by another version: restore it with that one")
    if manifest["revision"] not in known_revisions():
        raise BackupError("this backup is of a newer Dars: bring this one up to date first")
    if DUMP not in manifest["parts"]:
        raise ValueError("no database")
    return manifest


def refuse_without_room(file: Path, manifest: Mapping[str, Any], folder: Path) -> None:
    needed = sum(int(part["size"]) for part in manifest["parts"].values())
    if needed > shutil.disk_usage(folder).free:
        raise BackupError(f"{file} needs {needed} bytes of room in {folder.parent} to be unpacked")


def known_revisions() -> set[str]:
    scripts = ScriptDirectory.from_config(configuration())
    return {one.revision for one in scripts.walk_revisions()}


def copy(stream: IO[bytes], target: Path, part: Mapping[str, Any], file: Path) -> None:
    digest, size = hashlib.sha256(), 0
    with target.open("xb") as written:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > part["size"]:
                break
            digest.update(chunk)
            written.write(chunk)
    if size != part["size"] or digest.hexdigest() != part["sha256"]:
        raise BackupError(f"{file} was changed or damaged: a part does not match its checksum")


def object_keys(manifest: Mapping[str, Any]) -> Sequence[str]:
    return [name.removeprefix(OBJECTS) for name in manifest["parts"] if name.startswith(OBJECTS)]


def digest_of(path: Path, at: str = "") -> dict[str, Any]:
    """What the manifest says of a part that lies there."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
    return {"sha256": digest.hexdigest(), "size": path.stat().st_size, "at": at}
