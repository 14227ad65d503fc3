"""C and C++ names that mean nothing where they stand."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from domain.submissions.explaining import characters
from domain.submissions.explaining.records import Kind
from domain.submissions.explaining.rules import Found, Rule, Told, rule, without_texts

_HEADER = re.compile(r"(?:#include |include '?)<([\w./+]{1,40})>")
_DID_YOU_MEAN = re.compile(r"did you mean '([^']+)'")
_OF_CPP = {
    "print": "cout", "input": "cin", "console": "cout", "System": "cout", "elif": "else if",
    "True": "true", "False": "false", "None": "nullptr", "null": "nullptr", "len": "size",
    "boolean": "bool", "String": "string", "let": "auto", "var": "auto", "def": "int",
}  # fmt: skip
_OF_C = {
    "cout": "printf", "cin": "scanf", "endl": "\\n", "print": "printf", "input": "scanf",
    "string": "char[]", "String": "char[]", "True": "1", "False": "0", "None": "NULL",
    "null": "NULL", "nullptr": "NULL", "elif": "else if", "console": "printf", "len": "strlen",
    "new": "malloc",
}  # fmt: skip
_HOME: Mapping[str, str] = {
    name: header
    for header, names in {
        "cmath": "sqrt pow floor ceil sin cos tan log log10 fabs round cbrt hypot",
        "algorithm": "sort reverse max_element min_element count find swap next_permutation",
        "iomanip": "setprecision setw setfill",
        "climits": "INT_MAX INT_MIN LLONG_MAX LLONG_MIN",
        "cstring": "strlen strcpy strcmp strcat memset",
        "cctype": "toupper tolower isdigit isalpha isupper islower",
        "cstdlib": "rand srand atoi abs exit malloc free",
        "numeric": "accumulate gcd lcm",
        "string": "getline to_string stoi",
        "cstdio": "printf scanf puts gets",
        "iostream": "cout cin endl cerr",
    }.items()
    for name in names.split()
}
_IN_C = {
    "cmath": "math.h", "cstring": "string.h", "cctype": "ctype.h", "cstdlib": "stdlib.h",
    "climits": "limits.h", "cstdio": "stdio.h",
}  # fmt: skip
_KNOWN = [
    *("cout", "cin", "endl", "printf", "scanf", "main", "return", "while", "for", "else", "int"),
    *("string", "vector", "include", "float", "double", "char", "getline", "sort", "strlen"),
]
_HEADERS = [
    *("iostream", "vector", "string", "algorithm", "queue", "stack", "cmath", "cstdio", "cstring"),
    *("cstdlib", "iomanip", "climits", "numeric", "utility", "bits/stdc++.h", "stdio.h", "sstream"),
    *("stdlib.h", "string.h", "math.h", "ctype.h", "stdbool.h", "limits.h", "unordered_map"),
]
_USES_LIKE_CODE = re.compile(r"^\s*(?:<<|>>|=|\(|\.|\+|-|\[)")
_CLOSE = 0.75


def _is_c(found: Found) -> bool:
    """C says `undeclared (first use`, `unknown type name` and `implicit declaration`."""
    return bool(re.match(r"'[^']*' undeclared|unknown type|implicit", found.match.string))


def undeclared(found: Found) -> Told:
    """Why a name is not known, by gcc's own hints first."""
    name, is_c = found["name"], _is_c(found)
    odd = characters.suspect(name) or characters.suspect(without_texts(found.text, "//"))
    if odd is not None:
        return odd
    another = (_OF_C if is_c else _OF_CPP).get(name)
    if another is not None:
        return Kind.NAME_OF_ANOTHER_LANGUAGE, {"name": name, "meant": another}
    return _hinted(name, found) or _missing_header(name, is_c) or _misspelt(name, found)


def _hinted(name: str, found: Found) -> Told | None:
    header = _HEADER.search(found.match.string)
    if header is not None:
        return Kind.MISSING_INCLUDE, {"name": name, "header": header[1]}
    meant = _DID_YOU_MEAN.search(found.match.string)
    if meant is None:
        return None
    if meant[1].rpartition("::")[2] == name and meant[1].startswith("std::"):
        return Kind.MISSING_STD, {"name": name}
    # gcc offers far-fetched names too; a header that is missing is likelier then.
    return None if name in _HOME else _typo(name, meant[1])


def _missing_header(name: str, is_c: bool) -> Told | None:
    header = _HOME.get(name)
    if header is None:
        return None
    header = _IN_C.get(header, header) if is_c else header
    return Kind.MISSING_INCLUDE, {"name": name, "header": header}


def _misspelt(name: str, found: Found) -> Told:
    if name.lower() in _KNOWN and name.lower() != name:
        return _typo(name, name.lower())
    if 3 <= len(name) <= 40:
        meant = next(iter(get_close_matches(name, _KNOWN, 1, _CLOSE)), None)
        if meant is not None and meant != name:
            return _typo(name, meant)
    if _declared(name, found.source):
        return Kind.OUT_OF_SCOPE, {"name": name}
    return Kind.UNDECLARED, {"name": name}


def _typo(name: str, meant: str) -> Told:
    return Kind.NAME_TYPO, {"name": name, "meant": meant}


def _declared(name: str, source: Sequence[str]) -> bool:
    types = r"(?:int|float|double|char|long|bool|string|auto|void|>)"
    pattern = re.compile(rf"\b{types}[\s*&]+(?:\w+[^;()\n]{{0,60}},\s*)?{re.escape(name[:60])}\b")
    return any(name in line and pattern.search(line) for line in source)


def _type(found: Found) -> Told:
    """A word at the start of a line that is no type: a misspelt type, or code out of place."""
    name = found["name"]
    after = found.text.partition(name)[2]
    if _USES_LIKE_CODE.match(after):
        return Kind.OUTSIDE_FUNCTION, {}
    if name in {"string", "vector", "map", "set", "pair", "queue", "stack"} and not _is_c(found):
        included = any(f"<{name}>" in line or "<iostream>" in line for line in found.source)
        kind = Kind.MISSING_STD if included or "bits/stdc" in "".join(found.source[:30]) else None
        if kind is not None:
            return kind, {"name": name}
        return Kind.MISSING_INCLUDE, {"name": name, "header": name}
    another = (_OF_C if _is_c(found) else _OF_CPP).get(name)
    if another is not None:
        return Kind.NAME_OF_ANOTHER_LANGUAGE, {"name": name, "meant": another}
    meant = next(iter(get_close_matches(name[:40], _KNOWN, 1, _CLOSE)), None)
    if meant is not None:
        return _typo(name, meant)
    return _hinted(name, found) or (Kind.UNKNOWN_TYPE, {"name": name})


def _header(found: Found) -> Told:
    name = found["name"]
    meant = next(iter(get_close_matches(name[:40], _HEADERS, 1, 0.8)), None)
    if meant is not None and meant != name:
        return _typo(name, meant)
    return Kind.MISSING_HEADER, {"name": name}


def _defined(found: Found) -> Told:
    name = re.search(r"([\w~]+)(?:\[[^\]]*\])*(?:\(.*)?$", found["declared"])
    return Kind.DEFINED_TWICE, {"name": name[1] if name else found["declared"]}


def main_missing(source: Sequence[str]) -> Told:
    for line in source:
        found = re.search(r"\b(?:int|void)\s+([Mm]\w{2,4})\s*\(", line)
        if found is not None and get_close_matches(found[1].lower(), ["main"], 1, 0.7):
            return _typo(found[1], "main")
    return Kind.MISSING_MAIN, {}


def called_at(name: str, source: Sequence[str]) -> int | None:
    """The last line that calls a function."""
    called = f"{name.rpartition('::')[2]}("
    lines = (number for number in range(len(source), 0, -1) if called in source[number - 1])
    return next(lines, None)


RULES: Sequence[Rule] = (
    rule(r"^(?P<name>[^\n:]{1,60}): No such file", _header),
    rule(r"^'(?P<name>[^']*)' (?:was not declared|undeclared|has not been declared)", undeclared),
    rule(r"^'(?P<name>[^']*)' is not a member of 'std'", undeclared),
    rule(r"^'(?P<name>[^']*)' does not name a type", _type),
    rule(r"^unknown type name '(?P<name>[^']*)'", _type),
    rule(r"^(?:redefinition|redeclaration) of '(?P<declared>[^'\n]*)'", _defined),
    rule(r"^conflicting (?:declaration|types for) '(?P<declared>[^'\n]*)'", _defined),
    rule(r"must return 'int'", Kind.MAIN_NOT_INT),
)
