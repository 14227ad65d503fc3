"""Programming languages: their names, and which of them a piece of code is written in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from domain.errors import Mistake
from domain.submissions.scoring import best

SOURCE_LIMIT = 64 * 1024
"""Bytes of UTF-8."""


@dataclass(frozen=True, slots=True)
class Language:
    """`code` is the judge's word for it; `label` is the same in every language of people."""

    code: str
    label: str
    extensions: tuple[str, ...]
    """The first is the one that files made here get."""
    fences: tuple[str, ...]
    """What people write after ``` besides the code and the extensions."""

    @property
    def file_name(self) -> str:
        return f"main{self.extensions[0]}"


PYTHON = Language("python", "Python", (".py", ".pyw", ".py3"), ("python3",))
CPP = Language("cpp", "C++", (".cpp", ".cc", ".cxx", ".c++", ".hpp"), ("cplusplus",))
C = Language("c", "C", (".c",), ())
JAVASCRIPT = Language("javascript", "JavaScript", (".js", ".mjs", ".cjs"), ("node", "nodejs"))
LANGUAGES: Mapping[str, Language] = {one.code: one for one in (PYTHON, CPP, C, JAVASCRIPT)}
"""By code, in the order in which they are offered."""

# Endings that say nothing about what is in the file.
_SILENT = ("", ".txt", ".text", ".md", ".h", ".code", ".bin", ".doc")
_BY_EXTENSION = {ending: one for one in LANGUAGES.values() for ending in one.extensions}
_BY_FENCE = {
    word: one
    for one in LANGUAGES.values()
    for word in (one.code, *one.fences, *(ending[1:] for ending in one.extensions))
}
# A phone numbers a second download: main.py (1).
_COPY_NUMBER = re.compile(r" ?\(\d{1,3}\)$")
_FENCE = re.compile(r"^[ \t]*```[ \t]*([\w+#-]*)[ \t]*\n(.*?)(?:^[ \t]*```|\Z)", re.M | re.S)
_FENCE_IN_LINE = re.compile(r"```([^`]+)```")
_ODD_SPACES = dict.fromkeys((0x00A0, 0x202F, 0x3000, *range(0x2000, 0x200B)), " ")
_NO_WIDTH = dict.fromkeys((0x200B, 0x2060, 0xFEFF), None)
_SPACES = str.maketrans({**_ODD_SPACES, **_NO_WIDTH})


@dataclass(frozen=True, slots=True)
class Pasted:
    """Code that came in a chat message."""

    source: str
    language: Language | None
    """As its ``` fence says; None where there is none or it names no language of ours."""


def detect(file_name: str | None, source: str) -> Language | None:
    """By the file's ending, else by what is in it; None when in doubt."""
    ending = _ending(file_name or "")
    if ending in _SILENT:
        code = best(source)
        return None if code is None else LANGUAGES[code]
    return _BY_EXTENSION.get(ending)


def decode(content: bytes) -> str:
    """The text of a file, its lines ended by \\n. Raises Mistake where it is no usable source."""
    if len(content) > 2 * SOURCE_LIMIT + 2:
        raise _too_long()
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        source = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise _not_text() from None
    return _checked(source)


def from_message(text: str) -> Pasted:
    """The code in a chat message: its longest ``` block, or all of it where there is none.

    Spaces of other widths, which phones and web pages put in, become plain ones. Curly quotes
    stay: the person is told of them when the code fails. Raises Mistake as `decode` does.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    blocks = [(found[1], found[2]) for found in _FENCE.finditer(text)]
    blocks += [("", found[1]) for found in _FENCE_IN_LINE.finditer(text)] if not blocks else []
    word, source = max(blocks, key=lambda block: len(block[1]), default=("", text))
    source = source.translate(_SPACES)
    return Pasted(_checked(_without_empty_ends(source)), _BY_FENCE.get(word.lower()))


def _ending(file_name: str) -> str:
    """The ending in small letters; the one before it where a chat program added `.txt`."""
    path = PurePosixPath(_COPY_NUMBER.sub("", file_name.strip()).lower())
    if path.suffix == ".txt" and path.with_suffix("").suffix in _BY_EXTENSION:
        return path.with_suffix("").suffix
    return path.suffix


def _without_empty_ends(source: str) -> str:
    """Without empty lines before and after; the first line keeps its indentation."""
    kept = source.rstrip()
    start = len(kept) - len(kept.lstrip())
    return kept[kept.rfind("\n", 0, start) + 1 :] + "\n" if kept else ""


def _checked(source: str) -> str:
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in source:
        raise _not_text()
    try:
        size = len(source.encode())
    except UnicodeEncodeError:
        raise _not_text() from None
    if size > SOURCE_LIMIT:
        raise _too_long()
    if not source.strip():
        raise Mistake("an empty source", "submissions.source_empty")
    return source


def _too_long() -> Mistake:
    data = {"limit": SOURCE_LIMIT // 1024}
    return Mistake("a source too long", "submissions.source_too_long", data)


def _not_text() -> Mistake:
    return Mistake("a source that is no text", "submissions.source_not_text")
