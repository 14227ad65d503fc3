"""A zip from somebody whom we do not know, unpacked in memory within hard bounds.

Everything that the archive says of itself is checked before anything is unpacked, and what is
unpacked is counted, so that no lie about a size helps. Nothing is ever written to disk.
"""

import re
import stat
import struct
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from domain.problems.packages.complaints import Findings, Flaw, Note, Value
from domain.problems.packages.limits import (
    DEEPEST,
    FREE_RATIO,
    LONGEST_NAME,
    MOST_ENTRIES,
    MOST_RATIO,
    MOST_UNPACKED,
    MOST_UNPACKED_FILE,
)

_MIB = 1024 * 1024
_PIECE = 256 * 1024
_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 65535
_LOCATOR = b"PK\x06\x07"
_LOCATOR_SIZE = 20
_LOCAL_SIZE = 30
_LONGEST_HEADER = 1024
"""Bytes of one entry in the directory, name and extra fields with it."""
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_UTF8 = 0x800
_DRIVE = re.compile(r"[A-Za-z]:")
_ARCHIVES = (".zip", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".jar", ".zst")
_SYSTEM = re.compile(r"(^|/)(__MACOSX(/|$)|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._[^/]*$)")
_BROKEN = (BadZipFile, zlib.error, EOFError, struct.error, ValueError, OSError, RuntimeError)
"""What `zipfile` raises for archives that are damaged or made up; NotImplementedError is a
RuntimeError."""


class _Refused(Exception):
    """The archive is none that we unpack, or its entry `name` is not."""

    def __init__(self, flaw: Flaw, name: str = "", **values: Value) -> None:
        super().__init__(flaw)
        self.flaw = flaw
        self.name = name
        self.values = values


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    info: ZipInfo


def unpack(findings: Findings, file: str, content: bytes) -> Mapping[str, bytes] | None:
    """The files by their paths, in their order. None, with a complaint, where one must not be."""
    try:
        _check_end(content)
        with ZipFile(BytesIO(content)) as archive:
            entries = [*_entries(archive.infolist())]
            _check_sizes(entries, len(content))
            _check_extents(entries, content, archive.start_dir)
            return dict(_read(archive, _wanted(findings, file, entries)))
    except _Refused as refused:
        findings.complain(refused.name or file, 0, refused.flaw, **refused.values)
    except _BROKEN:
        findings.complain(file, 0, Flaw.DAMAGED)
    return None


def _check_end(content: bytes) -> None:
    """The directory is where an honest archive has it, and short enough to be read."""
    at = content.rfind(_END, max(0, len(content) - _END_SIZE - _LONGEST_COMMENT))
    if not content.startswith((b"PK\x03\x04", _END)) or at < 0 or len(content) < at + _END_SIZE:
        raise _Refused(Flaw.NOT_A_ZIP)
    fields = struct.unpack_from("<HHHHIIH", content, at + 4)
    disk, first_disk, here, entries, size, offset, comment = fields
    if entries > MOST_ENTRIES:
        raise _Refused(Flaw.TOO_MANY_ENTRIES, limit=MOST_ENTRIES)
    # What takes the larger form (zip64) is larger than anything that may be sent.
    larger = content[max(0, at - _LOCATOR_SIZE) : at].startswith(_LOCATOR)
    fits = offset + size == at and at + _END_SIZE + comment == len(content)
    if larger or disk or first_disk or here != entries or not fits:
        raise _Refused(Flaw.DAMAGED)
    if size > MOST_ENTRIES * _LONGEST_HEADER:
        raise _Refused(Flaw.TOO_MANY_ENTRIES, limit=MOST_ENTRIES)


def _entries(infos: list[ZipInfo]) -> Iterator[_Entry]:
    """The entries with names that can be trusted."""
    if len(infos) > MOST_ENTRIES:  # The end of the archive may have said another number.
        raise _Refused(Flaw.TOO_MANY_ENTRIES, limit=MOST_ENTRIES)
    seen: set[str] = set()
    for info in infos:
        name = _name(info)
        _check_kind(info, name)
        if name.rstrip("/") in seen:
            raise _Refused(Flaw.ENTRY_TWICE, name)
        seen.add(name.rstrip("/"))
        yield _Entry(name, info)


def _name(info: ZipInfo) -> str:
    name = info.orig_filename
    if not info.flag_bits & _UTF8 and not name.isascii():
        try:  # Some programs write UTF-8 without saying so.
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError as error:
            raise _Refused(Flaw.ODD_NAME, name) from error
    if len(name) > LONGEST_NAME:
        raise _Refused(Flaw.ODD_NAME, name[:LONGEST_NAME])
    name = unicodedata.normalize("NFC", name)
    if not name.isprintable():
        raise _Refused(Flaw.ODD_NAME, name)
    parts = name.removesuffix("/").split("/")
    if "\\" in name or _DRIVE.match(name) or {"", ".", ".."} & {*parts}:
        raise _Refused(Flaw.BAD_PATH, name)
    if len(parts) > DEEPEST:
        raise _Refused(Flaw.FOLDERS_TOO_DEEP, name, limit=DEEPEST)
    return name


def _check_kind(info: ZipInfo, name: str) -> None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFDIR if name.endswith("/") else stat.S_IFREG):
        raise _Refused(Flaw.NOT_A_FILE, name)
    if info.flag_bits & _ENCRYPTED:
        raise _Refused(Flaw.ENCRYPTED, name)
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise _Refused(Flaw.UNKNOWN_COMPRESSION, name)
    if name.endswith("/") and info.file_size:
        raise _Refused(Flaw.NOT_A_FILE, name)


def _check_sizes(entries: list[_Entry], packed: int) -> None:
    """By what the archive says; what it holds is counted again while it is unpacked."""
    for entry in entries:
        if entry.info.file_size > MOST_UNPACKED_FILE:
            limit = MOST_UNPACKED_FILE // _MIB
            raise _Refused(Flaw.ENTRY_TOO_LARGE, entry.name, limit=limit)
    unpacked = sum(entry.info.file_size for entry in entries)
    if unpacked > MOST_UNPACKED:
        raise _Refused(Flaw.UNPACKED_TOO_LARGE, limit=MOST_UNPACKED // _MIB)
    if unpacked > max(FREE_RATIO, MOST_RATIO * packed):
        raise _Refused(Flaw.PACKED_TOO_TIGHTLY)


def _check_extents(entries: list[_Entry], content: bytes, directory: int) -> None:
    """No two entries share a byte, nor does one with the directory."""
    extents = sorted(_extent(entry, content) for entry in entries)
    for (_, end, name), (start, _, _) in pairwise([*extents, (directory, directory, "")]):
        if start < end:
            raise _Refused(Flaw.OVERLAPPING, name)


def _extent(entry: _Entry, content: bytes) -> tuple[int, int, str]:
    start = entry.info.header_offset
    if start < 0 or start + _LOCAL_SIZE > len(content):
        raise _Refused(Flaw.DAMAGED)
    name, extra = struct.unpack_from("<HH", content, start + 26)
    return start, start + _LOCAL_SIZE + name + extra + entry.info.compress_size, entry.name


def _wanted(findings: Findings, file: str, entries: list[_Entry]) -> Iterator[_Entry]:
    """Files without what a system leaves behind and without archives in the archive."""
    for entry in entries:
        if entry.name.endswith("/"):
            continue
        if _SYSTEM.search(entry.name):
            findings.note(file, 0, Note.SYSTEM_FILES)
        elif entry.name.lower().endswith(_ARCHIVES):
            findings.note(entry.name, 0, Note.NESTED_ARCHIVE)
        else:
            yield entry


def _read(archive: ZipFile, entries: Iterator[_Entry]) -> Iterator[tuple[str, bytes]]:
    left = MOST_UNPACKED
    for entry in entries:
        try:
            data = _unpacked(archive, entry.info, min(left, MOST_UNPACKED_FILE))
        except _BROKEN as error:
            raise _Refused(Flaw.DAMAGED, entry.name) from error
        if len(data) != entry.info.file_size:
            raise _Refused(Flaw.DAMAGED, entry.name)
        left -= len(data)
        yield entry.name, data


def _unpacked(archive: ZipFile, info: ZipInfo, most: int) -> bytes:
    """Piece by piece; the sum of its bytes is checked by `zipfile` at its end."""
    data = bytearray()
    with archive.open(info) as source:
        while piece := source.read(_PIECE):
            data += piece
            if len(data) > most:
                raise BadZipFile
    return bytes(data)
