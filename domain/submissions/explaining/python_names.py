"""Python names that mean nothing where they stand: misspelt, too early, not imported."""

import builtins
import keyword
import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from domain.submissions.explaining.records import Kind
from domain.submissions.explaining.rules import NAMES_LOOKED_AT, Found, Rule, Told, rule

_ANOTHER_LANGUAGE = {
    "true": "True",
    "false": "False",
    "TRUE": "True",
    "FALSE": "False",
    **dict.fromkeys(("null", "NULL", "nil", "none", "undefined", "nullptr"), "None"),
    **dict.fromkeys(("printf", "cout", "println", "echo", "console", "puts", "System"), "print"),
    **dict.fromkeys(("scanf", "cin", "gets", "prompt"), "input"),
    "string": "str",
    "String": "str",
    "boolean": "bool",
    "double": "float",
    "strlen": "len",
}
_OLD = {"raw_input": "input", "xrange": "range", "unicode": "str", "lenght": "len", "lenth": "len"}
_MODULES = frozenset(
    {"math", "random", "time", "sys", "os", "re", "json", "datetime", "collections", "itertools"}
    | {"functools", "heapq", "bisect", "string", "statistics", "decimal", "fractions", "copy"}
)
_HOME: Mapping[str, str] = {
    name: module
    for module, names in {
        "math": "sqrt ceil floor pi sin cos tan log log10 log2 gcd lcm factorial radians degrees"
        " hypot isqrt comb perm exp fabs inf prod",
        "random": "randint choice shuffle randrange uniform sample",
        "collections": "Counter defaultdict deque OrderedDict namedtuple",
        "itertools": "permutations combinations product accumulate groupby chain",
        "functools": "reduce lru_cache",
        "heapq": "heappush heappop heapify",
        "bisect": "bisect_left bisect_right insort",
        "time": "sleep",
        "fractions": "Fraction",
        "decimal": "Decimal",
        "statistics": "mean median mode",
    }.items()
    for name in names.split()
}
_KNOWN = [name for name in dir(builtins) if name[0].islower()] + list(keyword.kwlist)
_WORD = re.compile(r"[^\W\d]\w*")
_DID_YOU_MEAN = re.compile(r"Did you mean:? '([^']+)'")
_FORGOT_IMPORT = re.compile(r"Did you forget to import '([^']+)'")
CLOSE = 0.75
"""How alike two names must be for one to be the other misspelt."""

_LENGTH = ("length", "lenght", "lenth", "size", "len", "count_all")
_ATTRIBUTES: Mapping[str, Mapping[str, str]] = {
    "list": {
        **dict.fromkeys(("add", "push", "push_back", "append_", "addAll", "put"), "append"),
        **dict.fromkeys(_LENGTH, "len"),
        **dict.fromkeys(("contains", "includes", "has"), "in"),
        "delete": "remove",
        "erase": "remove",
        "sum": "sum",
        "max": "max",
        "min": "min",
    },
    "str": {
        **dict.fromkeys(("append", "add", "push", "push_back", "concat"), "+"),
        **dict.fromkeys(_LENGTH, "len"),
        **dict.fromkeys(("contains", "includes", "has"), "in"),
        "reverse": "[::-1]",
        "reversed": "[::-1]",
        "substring": "[a:b]",
        "substr": "[a:b]",
        "toUpperCase": "upper",
        "toLowerCase": "lower",
        "trim": "strip",
        "toupper": "upper",
        "tolower": "lower",
        "sort": "sorted",
        "charAt": "[i]",
    },
    "dict": {
        **dict.fromkeys(("has_key", "contains", "has"), "in"),
        **dict.fromkeys(_LENGTH, "len"),
        **dict.fromkeys(("append", "add", "insert", "put"), "d[key] = value"),
    },
    "set": {
        **dict.fromkeys(("append", "push", "insert"), "add"),
        **dict.fromkeys(_LENGTH, "len"),
    },
    "tuple": {**dict.fromkeys(("append", "add"), "list"), **dict.fromkeys(_LENGTH, "len")},
    "range": {"append": "list"},
    "math": {"squareroot": "sqrt", "square_root": "sqrt", "root": "sqrt", "power": "pow"},
    "random": {"random_int": "randint", "rand": "random", "randInt": "randint"},
}


def name(found: Found) -> Told:
    """Why a name is not known, by the name and by what the program says elsewhere."""
    wanted = found["name"]
    if wanted in _OLD:
        return _typo(wanted, _OLD[wanted])
    if wanted in _ANOTHER_LANGUAGE:
        meant = _ANOTHER_LANGUAGE[wanted]
        return Kind.NAME_OF_ANOTHER_LANGUAGE, {"name": wanted, "meant": meant}
    if _given_somewhere(wanted, found.source):
        return Kind.NAME_TOO_EARLY, {"name": wanted}
    return _import(wanted, found) or _misspelt(wanted, found)


def _import(wanted: str, found: Found) -> Told | None:
    forgot = _FORGOT_IMPORT.search(found.match.string)
    if wanted in _MODULES or forgot is not None:
        return Kind.MISSING_IMPORT, {"name": wanted, "statement": f"import {wanted}"}
    if wanted in _HOME:
        statement = f"from {_HOME[wanted]} import {wanted}"
        return Kind.MISSING_IMPORT, {"name": wanted, "statement": statement}
    return None


def _misspelt(wanted: str, found: Found) -> Told:
    suggested = _DID_YOU_MEAN.search(found.match.string)
    if suggested is not None:
        return _typo(wanted, suggested[1])
    meant = _closest(wanted, [*_names(found.source), *_KNOWN])
    return _typo(wanted, meant) if meant else (Kind.NAME_UNKNOWN, {"name": wanted})


def _typo(wanted: str, meant: str) -> Told:
    return Kind.NAME_TYPO, {"name": wanted, "meant": meant}


def _closest(wanted: str, names: Iterable[str]) -> str | None:
    if len(wanted) > 40 or len(wanted) < 3:
        return None
    others = [one for one in names if one != wanted and len(one) <= 40]
    small = {one.lower(): one for one in reversed(others)}
    if wanted.lower() in small:
        return small[wanted.lower()]
    return next(iter(get_close_matches(wanted, others, 1, CLOSE)), None)


def _names(source: Sequence[str]) -> list[str]:
    """Names that the program gives a meaning, the first so many."""
    found: dict[str, None] = {}
    for line in source:
        for given in _GIVEN.finditer(line):
            found.update(dict.fromkeys(_WORD.findall(next(filter(None, given.groups()), ""))))
        if len(found) > NAMES_LOOKED_AT:
            break
    return list(found)[:NAMES_LOOKED_AT]


_GIVEN = re.compile(
    r"^\s*(?P<target>[^\W\d]\w*(?:\s*,\s*\w+){0,9})\s*[-+*/]{0,2}=(?!=)|\b(?:def|class|as)\s+(\w+)"
    r"|\bfor\s+(\w+(?:\s*,\s*\w+){0,9})\s+in\b|^\s*def\s+\w+\s*\(([^()]*)\)"
    r"|\bimport\s+(\w+(?:\s*,\s*\w+){0,9})|\bglobal\s+(\w+)"
)


def _given_somewhere(wanted: str, source: Sequence[str]) -> bool:
    """Whether the program gives the name a meaning anywhere: further down, or in a function."""
    for line in source:
        if wanted not in line:
            continue
        for given in _GIVEN.finditer(line):
            if wanted in _WORD.findall(next(filter(None, given.groups()), "")):
                return True
    return False


def _attribute(found: Found) -> Told:
    owner, wanted = found["type"], found["name"]
    if owner == "NoneType":
        return Kind.NOTHING_USED, {}
    values = {"type": owner, "name": wanted}
    suggested = _DID_YOU_MEAN.search(found.match.string)
    meant = _ATTRIBUTES.get(owner, {}).get(wanted) or (suggested[1] if suggested else None)
    if meant is None:
        return Kind.ATTRIBUTE_MISSING, values
    return Kind.OTHER_ATTRIBUTE, {**values, "meant": meant}


def recursion(found: Found) -> Told:
    """The function that calls itself, as the lines above the place name it."""
    for line in reversed(found.source[: found.line or 0]):
        named = re.match(r"\s*def\s+(\w+)", line)
        if named is not None:
            return Kind.TOO_DEEP, {"name": named[1]}
    return Kind.TOO_DEEP, {"name": "…"}


ATTRIBUTES: Sequence[Rule] = (
    rule(r"'(?P<type>[^']*)' object has no attribute '(?P<name>[^']*)'", _attribute),
    rule(r"module '(?P<type>[^']*)' has no attribute '(?P<name>[^']*)'", _attribute),
    rule(r"type object '(?P<type>[^']*)' has no attribute '(?P<name>[^']*)'", _attribute),
)
