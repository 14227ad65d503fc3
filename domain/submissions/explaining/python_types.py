"""Python values of the wrong type, and texts that are no numbers."""

import re
from collections.abc import Sequence

from domain.submissions.explaining.records import Kind
from domain.submissions.explaining.rules import Found, Rule, TellBy, Told, rule

_TEXT_AND_NUMBER = frozenset({"str", "int", "float"})
_COUNTS = {"no": "0", "one": "1", "two": "2", "three": "3"}
_NUMBER = r"[+-]?\d+(?:\.\d+)?"
_SEVERAL = re.compile(rf"^\s*{_NUMBER}(?:[\s,]+{_NUMBER})+\s*$")
_DECIMAL = re.compile(r"^\s*[+-]?\d*[.,]\d+\s*$|^\s*[+-]?\d+\.\s*$")


def number_of(found: Found) -> Told:
    """Why a text is no number; `int('3.5')` is nearly one."""
    text = found["text"].replace("\\n", " ").replace("\\t", " ")[:100]
    if not text.strip(" '\""):
        return Kind.EMPTY_AS_NUMBER, {}
    if _DECIMAL.match(text):
        return Kind.DECIMAL_AS_WHOLE, {"text": text}
    kind = Kind.TWO_NUMBERS_ON_A_LINE if _SEVERAL.match(text) else Kind.TEXT_AS_NUMBER
    return kind, {"text": text}


def _operands(found: Found) -> Told:
    left, right, operator = found["left"], found["right"], found["operator"]
    if "NoneType" in {left, right}:
        return Kind.NOTHING_USED, {}
    if operator in {"+", "+="} and "str" in {left, right} and {left, right} <= _TEXT_AND_NUMBER:
        return Kind.TEXT_PLUS_NUMBER, {}
    return Kind.OPERATOR_UNSUPPORTED, {"operator": operator, "left": left, "right": right}


def _concatenated(found: Found) -> Told:
    left, right = found["left"], found["right"]
    if right == "NoneType":
        return Kind.NOTHING_USED, {}
    if left == "str" and right in _TEXT_AND_NUMBER:
        return Kind.TEXT_PLUS_NUMBER, {}
    return Kind.OPERATOR_UNSUPPORTED, {"operator": "+", "left": left, "right": right}


def _multiplied(found: Found) -> Told:
    if found["type"] == "str":
        return Kind.TEXT_TIMES_TEXT, {}
    return Kind.WHOLE_NUMBER_NEEDED, {"type": found["type"]}


def _compared(found: Found) -> Told:
    values = {"left": found["left"], "right": found["right"]}
    if "NoneType" in values.values():
        return Kind.NOTHING_USED, {}
    return Kind.COMPARED_UNLIKE, values


def _of_type(kind: Kind) -> TellBy:
    """A kind with the type that the message names; None is a kind of its own."""

    def told(found: Found) -> Told:
        if found["type"] == "NoneType":
            return Kind.NOTHING_USED, {}
        return kind, {"type": found["type"]}

    return told


def _index(found: Found) -> Told:
    container = "str" if found["container"] == "string" else found["container"]
    return Kind.INDEX_NOT_WHOLE, {"container": container, "type": found["type"]}


def _counted(found: Found) -> Told:
    name = found["name"].rpartition(".")[2]
    allowed = _COUNTS.get(found["allowed"], found["allowed"]).replace(" to ", "–")
    if allowed == "0" and found["given"] == "1" and "." in found["name"]:
        return Kind.SELF_FORGOTTEN, {"name": name}
    return Kind.ARGUMENT_COUNT, {"name": name, "allowed": allowed, "given": found["given"]}


_NAME = r"(?P<name>[\w.<>]{1,200})"
TYPES: Sequence[Rule] = (
    rule(r"can only concatenate (?P<left>\w+) \(not \"(?P<right>[\w.]+)\"\)", _concatenated),
    rule(
        r"unsupported operand type\(s\) for (?P<operator>\S+)(?: or pow\(\))?:"
        r" '(?P<left>[^']*)' and '(?P<right>[^']*)'",
        _operands,
    ),
    rule(r"can't multiply sequence by non-int of type '(?P<type>[^']*)'", _multiplied),
    rule(r"'(?P<type>[^']*)' object is not callable", _of_type(Kind.NOT_CALLABLE)),
    rule(
        rf"{_NAME}\(\) missing \d+ required (?:positional|keyword-only) \w+: (?P<missing>.*)$",
        lambda found: (
            Kind.ARGUMENT_MISSING,
            {"name": found["name"].rpartition(".")[2], "missing": found["missing"]},
        ),
    ),
    rule(
        rf"{_NAME}\(\) takes (?:from )?(?:exactly |at most |at least )?(?P<allowed>\w+(?: to \d+)?)"
        r" (?:positional |keyword )?arguments?"
        r"(?: but | \()(?P<given>\d+)(?: positional arguments?.*)? ?(?:were|was)? ?given",
        _counted,
    ),
    rule(
        rf"{_NAME}(?:\(\))? expected (?:exactly |at most |at least )?(?P<allowed>\d+) arguments?,"
        r" got (?P<given>\d+)",
        _counted,
    ),
    rule(
        rf"{_NAME}\(\) got an unexpected keyword argument '(?P<argument>[^']*)'",
        Kind.UNKNOWN_ARGUMENT,
    ),
    rule(
        r"'(?P<argument>[^']*)' is an invalid keyword argument for (?P<name>\w+)\(",
        Kind.UNKNOWN_ARGUMENT,
    ),
    rule(r"'(?P<type>[^']*)' object is not subscriptable", _of_type(Kind.NOT_SUBSCRIPTABLE)),
    rule(r"'(?P<type>[^']*)' object is not iterable", _of_type(Kind.NOT_ITERABLE)),
    rule(r"cannot unpack non-iterable (?P<type>[\w.]+) object", _of_type(Kind.NOT_ITERABLE)),
    rule(r"object of type '(?P<type>[^']*)' has no len", _of_type(Kind.NOT_ITERABLE)),
    rule(r"argument of type '(?P<type>[^']*)' is not", _of_type(Kind.NOT_ITERABLE)),
    rule(r"not supported between instances of '(?P<left>[^']*)' and '(?P<right>[^']*)'", _compared),
    rule(
        r"(?P<container>\w+) indices must be integers(?: or slices)?, not '?(?P<type>\w+)", _index
    ),
    rule(
        r"'(?P<type>[^']*)' object cannot be interpreted as an integer",
        _of_type(Kind.WHOLE_NUMBER_NEEDED),
    ),
    rule(
        r"'(?P<type>[^']*)' object (?:does not|doesn't) support item (?:assignment|deletion)",
        _of_type(Kind.CANNOT_BE_CHANGED),
    ),
    rule(r"unhashable type: '(?P<type>[^']*)'", Kind.NOT_A_KEY),
    rule(r"sequence item \d+: expected str instance, (?P<type>\w+) found", Kind.JOIN_NEEDS_TEXT),
    rule(r"not 'NoneType'|NoneType found", lambda _found: (Kind.NOTHING_USED, {})),
)
