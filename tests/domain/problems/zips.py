"""Archives for tests: honest ones, and such as no honest program would write."""

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Files = Mapping[str, str | bytes]
PACKAGE: Files = {
    "problem.yaml": "name: Sum\nlimits: {time_limit: 1.5}\n",
    "problem_statement/problem.en.tex": "\\problemname{Sum}\nPrint the sum.",
    "data/sample/1.in": "1 2\n",
    "data/sample/1.ans": "3\n",
    "data/secret/1.in": "2 3\n",
    "data/secret/1.ans": "5\n",
    "submissions/accepted/sum.py": "print(sum(map(int, input().split())))\n",
}


def zipped(files: Files, folder: str = "") -> bytes:
    """As an ordinary program zips a folder."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{folder}{name}", content)
    return target.getvalue()


def package(changes: Mapping[str, str | bytes | None], folder: str = "") -> bytes:
    """The plain package with files put in, changed, or left out (None)."""
    files = {name: one for name, one in {**PACKAGE, **changes}.items() if one is not None}
    return zipped(files, folder)


def with_entry(info: ZipInfo, content: bytes = b"x") -> bytes:
    """The plain package with one entry more."""
    target = BytesIO(zipped(PACKAGE))
    with ZipFile(target, "a", ZIP_DEFLATED) as archive:
        archive.writestr(info, content)
    return target.getvalue()


@dataclass(frozen=True)
class Raw:
    """An entry as it is told, which need not be what it is."""

    name: bytes = b"a.txt"
    content: bytes = b"hello"
    method: int = 0
    flags: int = 0
    size: int | None = None
    packed: int | None = None
    crc: int | None = None
    extra: bytes = b""
    offset: int | None = None
    mode: int = 0

    def local(self) -> bytes:
        head = struct.pack(
            "<4s5H3I2H",
            b"PK\x03\x04",
            *(20, self.flags, self.method, 0, 0x21),
            *self._sizes(),
            *(len(self.name), 0),
        )
        return head + self.name + self.content

    def central(self, offset: int) -> bytes:
        head = struct.pack(
            "<4s6H3I5H2I",
            b"PK\x01\x02",
            *(0x031E, 20, self.flags, self.method, 0, 0x21),
            *self._sizes(),
            *(len(self.name), len(self.extra), 0, 0, 0),
            *(self.mode << 16, offset if self.offset is None else self.offset),
        )
        return head + self.name + self.extra

    def _sizes(self) -> tuple[int, int, int]:
        crc = zlib.crc32(self.content) if self.crc is None else self.crc
        packed = len(self.content) if self.packed is None else self.packed
        return crc, packed, len(self.content) if self.size is None else self.size


def raw(*entries: Raw, count: int | None = None, before_end: bytes = b"") -> bytes:
    """An archive of entries as they are told. `count` is what its end says of their number."""
    body, directory = bytearray(), bytearray()
    for one in entries:
        directory += one.central(len(body))
        body += one.local()
    number = len(entries) if count is None else count
    places = number, number, len(directory), len(body), 0
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, *places)
    return bytes(body + directory) + before_end + end


def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()
