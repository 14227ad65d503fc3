"""YAML as it was written: every piece with its line, and nothing that could run or explode."""

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from domain.practice.library.complaints import Flaw, Value
from domain.practice.library.limits import LARGEST

_DEEPEST = 12
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe one written in C where it is there: it reads a large library ten times as fast."""
_NULL = "tag:yaml.org,2002:null"


class Unreadable(Exception):
    """The file is none that we read."""

    def __init__(self, line: int, flaw: Flaw, **values: Value):
        super().__init__(flaw)
        self.line = line
        self.flaw = flaw
        self.values = values


@dataclass(frozen=True, slots=True)
class Text:
    """Words, numbers and the like, exactly as they stand in the file; None for null."""

    line: int
    value: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    line: int
    items: tuple["Piece", ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """Named pieces; `doubled` are the names that stand there twice, with their lines."""

    line: int
    by_name: dict[str, "Piece"]
    lines: dict[str, int]
    doubled: tuple[tuple[str, int], ...]


Piece = Text | Listed | Fields


def parse(text: str) -> Piece:
    """The pieces of a YAML text. Raises Unreadable, and nothing else, where it is none."""
    if len(text) > LARGEST:
        raise Unreadable(1, Flaw.FILE_TOO_LONG, limit=LARGEST)
    try:
        _refuse_unsafe(text)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        raise Unreadable(_line_of(error), Flaw.NOT_YAML, problem=_problem_of(error)) from error
    except (ValueError, OverflowError) as error:
        raise Unreadable(1, Flaw.NO_SUCH_CHARACTER) from error
    if node is None:
        raise Unreadable(1, Flaw.EMPTY_FILE)
    return _piece(node)


def _refuse_unsafe(text: str) -> None:
    """Goes through the file once, without building anything of it."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Unreadable(line, Flaw.ALIASES)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise Unreadable(line, Flaw.TOO_DEEP)


def _piece(node: yaml.Node) -> Piece:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _fields(node, line)
    if isinstance(node, yaml.SequenceNode):
        return Listed(line, tuple(_piece(one) for one in node.value))
    return Text(line, None if node.tag == _NULL else str(node.value))


def _fields(node: yaml.MappingNode, line: int) -> Fields:
    by_name: dict[str, Piece] = {}
    lines: dict[str, int] = {}
    doubled: list[tuple[str, int]] = []
    for name, piece, at in _named(node):
        if name in by_name:
            doubled.append((name, at))
        else:
            by_name[name], lines[name] = piece, at
    return Fields(line, by_name, lines, tuple(doubled))


def _named(node: yaml.MappingNode) -> Iterator[tuple[str, Piece, int]]:
    for key, value in node.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
        yield name, _piece(value), key.start_mark.line + 1


def _line_of(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return mark.line + 1 if mark else 1


def _problem_of(error: yaml.YAMLError) -> str:
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    return str(said)[:100]
