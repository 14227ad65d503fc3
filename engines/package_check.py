"""Coding problems that teachers send, read in a child.

The child answers with the length of a JSON text in eight bytes, the text, and the bytes of the
tests one after another. In the text each of them is its place and its length, so that megabytes of
tests are neither escaped nor read as JSON.
"""

import json
import struct
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any

from pydantic import TypeAdapter

from domain.problems.packages import UPLOAD_BYTES, PackageRead, read_package
from domain.problems.packages.complaints import Complaint, Flaw
from domain.problems.packages.limits import MOST_DATA
from engines.checking import SECONDS, Checking, TookTooMuch, serve

_LARGEST_ANSWER = MOST_DATA + 32 * 1024 * 1024
"""Bytes: the tests, and texts and programs."""
_LENGTH = struct.Struct(">Q")
_BYTES = "bytes"
_FORM = TypeAdapter(PackageRead)


class PackageCheck:
    """Reads one file at a time; further ones wait."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._checking = Checking("engines.package_check", _LARGEST_ANSWER, seconds)

    async def check(self, name: str, content: bytes) -> PackageRead:
        """As `read_package`, with a complaint where reading takes too much.

        Raises Fault if the child breaks. No child outlives the call, however it ends.
        """
        # One byte too many is enough to be told that a file is too large.
        head = json.dumps(name).encode()
        try:
            answer = await self._checking.ask(head + b"\n" + content[: UPLOAD_BYTES + 1])
        except TookTooMuch:
            return PackageRead(None, (Complaint(name[-100:], 0, Flaw.TOO_MUCH_TO_READ),), ())
        return _read(memoryview(answer))


def _answer(given: bytes) -> Iterator[bytes]:
    head, _, content = given.partition(b"\n")
    found = read_package(json.loads(head), content)
    pieces: list[bytes] = []
    length = 0

    def placed(value: object) -> object:
        nonlocal length
        if not isinstance(value, bytes):
            return str(value)  # Decimals.
        pieces.append(value)
        length += len(value)
        return {_BYTES: [length - len(value), len(value)]}

    text = json.dumps(asdict(found), default=placed).encode()
    yield _LENGTH.pack(len(text))
    yield text
    yield from pieces


def _read(answer: memoryview) -> PackageRead:
    (length,) = _LENGTH.unpack(answer[: _LENGTH.size])
    start = _LENGTH.size + length
    tests = answer[start:]

    def whole(value: dict[str, Any]) -> Mapping[str, Any] | bytes:
        if value.keys() != {_BYTES}:
            return value
        at, size = value[_BYTES]
        return bytes(tests[at : at + size])

    found = json.loads(bytes(answer[_LENGTH.size : start]), object_hook=whole)
    return _with_tuple(_FORM.validate_python(found))


def _with_tuple(found: PackageRead) -> PackageRead:
    """A sequence comes back as a list."""
    package = found.package
    if package is None:
        return found
    checker = replace(package.checker, arguments=tuple(package.checker.arguments))
    return replace(found, package=replace(package, checker=checker))


if __name__ == "__main__":
    sys.exit(serve(_answer))
