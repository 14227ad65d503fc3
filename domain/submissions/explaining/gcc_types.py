"""C and C++ values of the wrong type, and functions called wrongly."""

import re
from collections.abc import Mapping, Sequence

from domain.submissions.explaining.records import Kind
from domain.submissions.explaining.rules import Found, Rule, Told, rule

_AKA = r"(?: \{aka [^}\n]*\})?"
_MEMBERS: Mapping[str, str] = {
    **dict.fromkeys(("append", "add", "push", "insert_back", "put"), "push_back"),
    **dict.fromkeys(("lenght", "lenth", "len", "count", "Length", "Size"), "size"),
    "length": "size",
    "contains": "find",
    "remove": "erase",
    "toUpperCase": "toupper",
}


def _plain(name: str) -> str:
    """A type as a student writes it."""
    for long, short in (
        ("std::__cxx11::basic_string<char>", "string"),
        ("std::basic_string<char>", "string"),
        ("class ", ""),
        ("struct ", ""),
        ("std::", ""),
    ):
        name = name.replace(long, short)
    return name


def wrong_format(found: Found) -> Told:
    return Kind.WRONG_FORMAT, {"format": found["format"] or "%"}


def converted(found: Found) -> Told:
    left, right = _plain(found["left"]), _plain(found["right"])
    if "char*" in left.replace(" ", "") and right == "char":
        return Kind.SINGLE_QUOTES, {}
    return Kind.INVALID_CONVERSION, {"left": left, "right": right}


def _operands(found: Found) -> Told:
    left, right, operator = _plain(found["left"]), _plain(found["right"]), found["operator"]
    if operator == "<<" and "istream" in left:
        return Kind.WRONG_ARROWS, {"stream": "cin", "plain": ">>", "written": "<<"}
    if operator == ">>" and "ostream" in left:
        return Kind.WRONG_ARROWS, {"stream": "cout", "plain": "<<", "written": ">>"}
    if operator in {"<<", ">>"} and "stream" in left:
        return Kind.STREAM_UNSUPPORTED, {"type": right}
    return Kind.OPERATOR_UNSUPPORTED, {"operator": operator, "left": left, "right": right}


def _member(found: Found) -> Told:
    values = {"type": _plain(found["type"]), "name": found["name"]}
    meant = found["meant"] or _MEMBERS.get(found["name"])
    if meant is None:
        return Kind.ATTRIBUTE_MISSING, values
    return Kind.OTHER_ATTRIBUTE, {**values, "meant": meant}


def _few(found: Found) -> Told:
    kind = Kind.TOO_FEW_ARGUMENTS if found["how"] == "few" else Kind.TOO_MANY_ARGUMENTS
    return kind, {"name": found["function"].split("(")[0].split()[-1].lstrip("*&")}


def _no_parts(found: Found) -> Told:
    """C does not name the type: the name before the dot stands for it."""
    owner = re.search(rf"(\w+)\s*(?:\.|->)\s*{re.escape(found['name'])}", found.text)
    return Kind.ATTRIBUTE_MISSING, {"type": owner[1] if owner else "?", "name": found["name"]}


def _indexed(found: Found) -> Told:
    name = found.text.partition("[")[0].split()[-1:] or ["?"]
    return Kind.NOT_SUBSCRIPTABLE, {"type": name[0]}


RULES: Sequence[Rule] = (
    rule(
        rf"no match for 'operator(?P<operator>[^']*)' \(operand types are '(?P<left>[^']*)'{_AKA}"
        r" and '(?P<right>[^']*)'",
        _operands,
    ),
    rule(
        rf"^invalid operands of types '(?P<left>[^']*)'{_AKA} and '(?P<right>[^']*)'{_AKA}"
        r" to binary 'operator(?P<operator>[^']*)'",
        _operands,
    ),
    rule(
        rf"^invalid operands to binary (?P<operator>\S+) \(have '(?P<left>[^']*)'{_AKA}"
        r" and '(?P<right>[^']*)'",
        _operands,
    ),
    rule(r"forbids comparison between pointer and integer", Kind.SINGLE_QUOTES),
    rule(
        rf"(?:conversion from|cannot convert) '(?P<left>[^']*)'{_AKA} to (?:non-scalar type )?"
        r"'(?P<right>[^']*)'",
        converted,
    ),
    rule(
        rf"incompatible types when \w+ (?:to )?type '(?P<right>[^']*)'{_AKA}"
        r" (?:from|using) type '(?P<left>[^']*)'",
        converted,
    ),
    rule(
        r"^assignment to expression with array type|invalid array assignment", Kind.ARRAY_ASSIGNED
    ),
    rule(r"of read-only", Kind.CONST_CHANGED),
    rule(r"void value not ignored|invalid use of void expression", Kind.VOID_USED),
    rule(r"^too (?P<how>few|many) arguments to function '(?P<function>[^'\n]{1,200})'", _few),
    rule(r"^no matching function for call to '(?P<name>[\w:]+)", Kind.NO_MATCHING_CALL),
    rule(
        rf"^'(?P<type>[^']*)'{_AKA} has no member named '(?P<name>[^']*)'"
        r"(?:; did you mean '(?P<meant>[^']*)')?",
        _member,
    ),
    rule(
        r"^request for member '(?P<name>[^']*)' in '[^']*', which is of (?:pointer|non-class) type"
        rf" '(?P<type>[^']*)'{_AKA}(?P<meant>)",
        _member,
    ),
    rule(r"^request for member '(?P<name>[^']*)' in something", _no_parts),
    rule(r"^invalid types '(?P<type>[^'\[]*)\[[^']*' for array subscript", Kind.NOT_SUBSCRIPTABLE),
    rule(r"^subscripted value is neither", _indexed),
    rule(r"^'(?P<type>[^']*)' cannot be used as a function", Kind.NOT_CALLABLE),
    rule(r"^called object '(?P<type>[^']*)' is not a function", Kind.NOT_CALLABLE),
)
