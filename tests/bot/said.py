"""What the sources say, read from their syntax: names of views, keys of texts."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.views.tongue import PARTS_OF_THE_DAY
from domain import errors

ROOT = Path(__file__).parents[2]
# Keys that no declared table and no call names, with where they come from.
ELSEWHERE = frozenset(key for _, key in PARTS_OF_THE_DAY)
TABLES = frozenset({"Keys", "Variants"})
ERRORS = frozenset(name for name, kind in vars(errors).items() if isinstance(kind, type))
# Which argument names a view, and which one a key.
VIEW_ARGUMENT: Mapping[str, int] = {
    "say": 0,
    "tell": 1,
    "Saying": 0,
    "Notice": 3,
    # Of a judging, in domain/submissions/verdicts.py.
    "_about": 1,
    "_following": 2,
    **dict.fromkeys(ERRORS, 1),
}
# Notices are written by statements for everybody at once: their views stand there as constants.
A_NOTICE = re.compile(r"notices\.[a-z_]+")
A_VIEW = re.compile(r"[a-z]+\.[a-z_]+")
KEY_ARGUMENT: Mapping[str, int] = {"t": 0, "plain": 0, "tn": 0, "button": 1, "Command": 1}


def modules(*rooms: str) -> dict[str, ast.Module]:
    """The syntax of every module of these packages, by path."""
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text("utf-8"))
        for room in rooms
        for path in sorted((ROOT / room).rglob("*.py"))
    }


def views_said(sources: Mapping[str, ast.Module]) -> dict[str, str]:
    """Views that are said, told or shown for an error, with a place where."""
    found: dict[str, str] = {}
    for place, call in _calls(sources):
        if _name(call) in VIEW_ARGUMENT:
            named = _argument(call, VIEW_ARGUMENT[_name(call)], "view")
            found |= dict.fromkeys(filter(A_VIEW.fullmatch, _constants(named)), place)
    for place, tree in sources.items():
        if place.startswith(("domain/", "db/")):
            texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
            every = (text for text in texts if isinstance(text, str))
            found |= dict.fromkeys(filter(A_NOTICE.fullmatch, every), place)
        for kind in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
            if kind.name in ERRORS:
                found |= dict.fromkeys(_default_view(kind), place)
    return found


def keys_said(sources: Mapping[str, ast.Module]) -> tuple[set[str], set[str]]:
    """Keys of texts, and of those the ones that are asked for with a count."""
    keys, plural = set(ELSEWHERE), set[str]()
    for _, call in _calls(sources):
        name = _name(call)
        if name in KEY_ARGUMENT:
            named = set(_constants(_argument(call, KEY_ARGUMENT[name], "key")))
            keys |= named
            plural |= named if name == "tn" else set()
    for tree in sources.values():
        for node in ast.walk(tree):
            keys |= set(_in_table(node)) | set(_in_toast(node))
    return keys, plural


def composed(sources: Mapping[str, ast.Module]) -> list[str]:
    """Places where a key is put together, so that nobody could find it by reading."""
    return [
        f"{place}:{call.lineno}"
        for place, call in _calls(sources)
        if _name(call) in KEY_ARGUMENT
        and isinstance(_argument(call, KEY_ARGUMENT[_name(call)], "key"), ast.JoinedStr | ast.BinOp)
    ]


def toasts(sources: Mapping[str, ast.Module]) -> set[str]:
    return {key for tree in sources.values() for node in ast.walk(tree) for key in _in_toast(node)}


def _calls(sources: Mapping[str, ast.Module]) -> Iterator[tuple[str, ast.Call]]:
    for place, tree in sources.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield place, node


def _name(call: ast.Call) -> str:
    called = call.func
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""


def _argument(call: ast.Call, place: int, keyword: str) -> ast.expr | None:
    if len(call.args) > place:
        return call.args[place]
    return next((one.value for one in call.keywords if one.arg == keyword), None)


def _constants(node: ast.expr | None) -> Iterator[str]:
    """The string, or both strings of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)


def _default_view(kind: ast.ClassDef) -> Iterator[str]:
    for node in kind.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "view":
            yield from _constants(node.value)


def _in_table(node: ast.AST) -> Iterator[str]:
    """The values of a table that is declared as one of keys."""
    if not isinstance(node, ast.AnnAssign) or ast.unparse(node.annotation) not in TABLES:
        return
    if isinstance(node.value, ast.Dict):
        for value in node.value.values:
            yield from _constants(value)
    elif isinstance(node.value, ast.Tuple):
        for value in node.value.elts:
            yield from _constants(value)


def _in_toast(node: ast.AST) -> Iterator[str]:
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Tuple):
        return
    target = node.targets[0]
    if isinstance(target, ast.Attribute) and target.attr == "toast":
        yield from _constants(node.value.elts[0])
