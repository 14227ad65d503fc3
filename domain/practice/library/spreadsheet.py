"""Problems in the rows of a spreadsheet, as pieces like those of YAML, each with its line."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from domain.practice.library.complaints import Flaw
from domain.practice.library.limits import HINTS, MOST_COLUMNS, MOST_PROBLEMS
from domain.practice.library.written import Fields, Listed, Piece, Text, Unreadable

_SEPARATORS = ",;\t"
_IN_LANGUAGE = re.compile("(question|solution|chapter|hint_[1-9])_(en|bn)")
BEYOND = "?"
"""Stands for the column of a cell that has none."""
_MAPPED, _LISTED = "parameters", "where"
"""Columns of which a cell holds several lines: `name = specification`, and a condition each."""


def parse_csv(text: str) -> tuple[Piece, ...]:
    """The rows below the header, as entries. Raises Unreadable where there are none.

    The separator is a comma, a semicolon or a tab, whichever the header has most of.
    """
    if "\x00" in text:
        raise Unreadable(text.count("\n", 0, text.index("\x00")) + 1, Flaw.NOT_CSV)
    rows = list(islice(_rows(text), MOST_PROBLEMS + 2))
    if not rows:
        raise Unreadable(1, Flaw.EMPTY_FILE)
    (_, names), *entries = rows
    if len(names) > MOST_COLUMNS:
        raise Unreadable(1, Flaw.TOO_MANY_COLUMNS, limit=MOST_COLUMNS)
    if len(entries) > MOST_PROBLEMS:
        raise Unreadable(entries[MOST_PROBLEMS][0], Flaw.TOO_MANY_PROBLEMS, limit=MOST_PROBLEMS)
    header = [name.strip().lower() for name in names]
    if "slug" not in header:
        raise Unreadable(1, Flaw.NOT_CSV)
    if not entries:
        raise Unreadable(1, Flaw.EMPTY_FILE)
    return tuple(_entry(header, line, cells) for line, cells in entries)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, each with the line in which it begins."""
    head = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(line, Flaw.NOT_CSV) from error
        if any(map(str.strip, cells)):
            yield line, cells


def _entry(header: Sequence[str], line: int, cells: Sequence[str]) -> Fields:
    """One row; an empty cell is a field that is left out."""
    found: dict[str, Piece] = {}
    doubled = [(name, line) for name in _twice(header) if name]
    if any(map(str.strip, cells[len(header) :])):
        found[BEYOND] = Text(line, "")
    languages: dict[str, dict[str, Piece]] = {}
    for name, cell in zip(header, cells, strict=False):
        value = cell.replace("\r\n", "\n").strip()
        match = _IN_LANGUAGE.fullmatch(name)
        if match is not None:
            if value:
                languages.setdefault(match[1], {})[match[2]] = Text(line, value)
        elif value:
            found[name] = _cell(name, line, value)
    for name, texts in languages.items():
        if not name.startswith("hint_"):
            found[name] = _fields(line, texts)
    hints = [languages.get(f"hint_{number}", {}) for number in range(1, HINTS + 1)]
    if any(hints):
        found["hints"] = Listed(line, tuple(_fields(line, one) for one in hints))
    return Fields(line, found, dict.fromkeys(found, line), tuple(doubled))


def _cell(name: str, line: int, value: str) -> Piece:
    if name == _LISTED:
        return Listed(line, tuple(Text(line, one) for one in value.splitlines() if one.strip()))
    if name == _MAPPED:
        pairs = [one.partition("=") for one in value.splitlines() if one.strip()]
        names = [pair[0].strip() for pair in pairs]
        texts = {name: Text(line, pair[2].strip()) for name, pair in zip(names, pairs, strict=True)}
        return _fields(line, texts, _twice(names))
    return Text(line, value)


def _fields(line: int, texts: Mapping[str, Piece], doubled: Iterable[str] = ()) -> Fields:
    pairs = tuple((name, line) for name in doubled)
    return Fields(line, dict(texts), dict.fromkeys(texts, line), pairs)


def _twice(names: Sequence[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]
