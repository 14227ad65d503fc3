"""Whether what a program wrote is the answer that was expected.

Everything here works on bytes, because what a program writes need not be text, and in linear time,
because it may write megabytes of it to keep us busy. White space is that of ASCII and nothing else.
A byte order mark at the beginning is no part of an answer.
"""

import codecs
import io
import math
from collections import Counter
from collections.abc import Iterator
from itertools import chain, zip_longest

from domain.submissions.judging import Checker, CheckerKind

_NUMERIC = b"0123456789+-.eE"
_BLANKS = bytes.maketrans(b"\t\n\v\f\r", b"     ")
_SPECIAL = {
    b"nan": b"nan",
    b"+nan": b"nan",
    b"-nan": b"nan",
    b"inf": b"inf",
    b"+inf": b"inf",
    b"infinity": b"inf",
    b"+infinity": b"inf",
    b"-inf": b"-inf",
    b"-infinity": b"-inf",
}
"""What is no number, as C++, Python and JavaScript each write it."""


def compare(checker: Checker, expected: bytes, got: bytes) -> str | None:
    """None where `got` is right, else a short note for teachers and logs on where it goes wrong.

    The note never contains anything of `expected`. Case is ignored, where it is, for the letters
    of ASCII alone. Raises ValueError for a custom checker, which is a program to be run.
    """
    if checker.kind is CheckerKind.CUSTOM:
        raise ValueError("a custom checker is run, not called")
    expected, got = _ended(expected), _ended(got)
    if expected == got:
        return None
    expected, got = _trimmed(expected), _trimmed(got)
    if not checker.case_sensitive:
        expected, got = expected.lower(), got.lower()
    if expected == got:
        return None
    if checker.kind is CheckerKind.EXACT:
        return _exact(expected, got)
    if checker.kind is CheckerKind.LINES:
        return _lines(expected, got)
    return _words(checker, expected, got)


def _ended(output: bytes) -> bytes:
    return output.removeprefix(codecs.BOM_UTF8).rstrip()


def _trimmed(output: bytes) -> bytes:
    """Without carriage returns and single spaces at the ends of lines.

    This makes nearly every right answer equal to the expected one byte by byte, which is many times
    as fast as looking at each line or word.
    """
    if b"\r" in output:
        output = output.replace(b"\r\n", b"\n")
    return output.replace(b" \n", b"\n")


def _exact(expected: bytes, got: bytes) -> str | None:
    pairs = zip_longest(io.BytesIO(expected), io.BytesIO(got))
    for number, (wanted, line) in enumerate(pairs, start=1):
        if wanted is None:
            return f"line {number} is too many"
        if line is None:
            return f"ends before line {number}"
        if wanted.rstrip() != line.rstrip():
            return f"line {number} differs"
    return None


def _lines(expected: bytes, got: bytes) -> str | None:
    """Empty lines do not count: in any order means that they are nowhere in particular."""
    wanted = Counter(filter(None, map(bytes.rstrip, io.BytesIO(expected))))
    for number, line in enumerate(map(bytes.rstrip, io.BytesIO(got)), start=1):
        if not line:
            continue
        left = wanted[line]
        if not left:
            return f"line {number} is not expected, or not so often"
        wanted[line] = left - 1
    missing = wanted.total()
    return f"lines missing: {missing}" if missing else None


def _words(checker: Checker, expected: bytes, got: bytes) -> str | None:
    if _spaced(expected) == _spaced(got):
        return None
    numbers = checker.kind is CheckerKind.FLOATS and (checker.absolute or checker.relative)
    pairs = zip_longest(_split(expected), _split(got))
    for number, (wanted, word) in enumerate(pairs, start=1):
        if wanted == word:
            continue
        if wanted is None:
            return f"word {number} is too many"
        if word is None:
            return f"ends before word {number}"
        if not (numbers and _near(checker, wanted, word)):
            return f"word {number} differs"
    return None


def _split(output: bytes) -> Iterator[bytes]:
    """The words one by one, never all of them at once: a million small objects are much memory."""
    return chain.from_iterable(map(bytes.split, io.BytesIO(output)))


def _spaced(output: bytes) -> bytes:
    """With one space between any two words."""
    output = output.translate(_BLANKS).strip(b" ")
    while b"  " in output:
        output = output.replace(b"  ", b" ")
    return output


def _near(checker: Checker, expected: bytes, got: bytes) -> bool:
    """Whether both are numbers and near enough, absolutely or relative to the expected one.

    As in the default validator of the problem package format, whole numbers are no exception where
    a tolerance is set, and where none is set (not asked here) every number is a word.
    """
    wanted, number = _number(expected), _number(got)
    if wanted is None or number is None:
        special = _SPECIAL.get(expected.lower())
        return special is not None and special == _SPECIAL.get(got.lower())
    off = abs(number - wanted)
    return off <= checker.absolute or off <= checker.relative * abs(wanted)


def _number(word: bytes) -> float | None:
    """A finite decimal number; Python would also read 1_000, nan and the digits of any script."""
    if word.translate(None, _NUMERIC):
        return None
    try:
        value = float(word)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
