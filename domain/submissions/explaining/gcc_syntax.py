"""C and C++ programs whose signs do not fit together."""

import re
from collections.abc import Sequence

from domain.submissions.explaining import characters
from domain.submissions.explaining.records import Kind
from domain.submissions.explaining.rules import Found, Rule, Told, rule, without_texts

BEFORE = frozenset({Kind.MISSING_SEMICOLON, Kind.NO_INITIALIZER})
"""What is missing at the end of the line before, where gcc names the first word of the next."""
_FOR = re.compile(r"^\s*for\s*\(")
_KEYWORDS = (
    "class|new|delete|this|int|float|double|char|return|if|else|for|while|do|switch|case|break"
    "|continue|default|void|public|private|template|try|catch|throw|using|namespace|struct|static"
    "|const|auto|operator|long|short|signed|unsigned|register|union|enum|friend|virtual"
)
_KEYWORD_NAMED = re.compile(
    rf"\b(?:int|float|double|char|long|bool|string)\s+(?P<word>{_KEYWORDS})\s*[=;,\[]"
)
_CONDITION = re.compile(r"\b(?:if|while)\s*\(.*[^=!<>]=(?!=)")


def begins_line(source: Sequence[str], line: int, column: int | None) -> bool:
    text = source[line - 1]
    return column is not None and not text[: column - 1].strip()


def line_before(source: Sequence[str], line: int) -> int:
    """The last line above with code in it; the line itself where there is none."""
    for number in range(line - 1, 0, -1):
        if without_texts(source[number - 1], "//").strip():
            return number
    return line


def _code(found: Found) -> str:
    return without_texts(found.text, "//")


def _semicolon(found: Found) -> Told:
    code = _code(found)
    if _FOR.match(code) and code.count(";") < 2:
        return Kind.FOR_SEPARATORS, {}
    return Kind.MISSING_SEMICOLON, {}


def _character(found: Found) -> Told:
    seen = characters.suspect(_code(found))
    if seen is not None:
        return seen
    odd = next((one for one in _code(found) if not one.isascii()), None)
    odd = odd or next((one for one in found.match[0] if one in "@#$`\\?"), "?")
    return characters.told_of(odd)


def _quote(found: Found) -> Told:
    return characters.suspect(found.text) or (Kind.UNCLOSED_QUOTE, {})


def _expression(found: Found) -> Told:
    named = _KEYWORD_NAMED.search(_code(found))
    if named is not None:
        return Kind.KEYWORD_AS_NAME, {"word": named["word"]}
    return characters.suspect(_code(found)) or (Kind.INVALID_SYNTAX, {})


def _unqualified(found: Found) -> Told:
    named = _KEYWORD_NAMED.search(_code(found))
    if named is not None:
        return Kind.KEYWORD_AS_NAME, {"word": named["word"]}
    return Kind.OUTSIDE_FUNCTION, {}


def _initializer(found: Found) -> Told:
    code = _code(found)
    if _FOR.match(code):
        return Kind.FOR_SEPARATORS, {}
    if found.line and code.strip().startswith(found["token"]):
        before = without_texts(found.source[line_before(found.source, found.line) - 1], "//")
        if not before.rstrip().endswith((")", ",", "{", "}")):
            return Kind.MISSING_SEMICOLON, {}
    return Kind.NO_INITIALIZER, {}


def _assigned(found: Found) -> Told:
    if _CONDITION.search(_code(found)):
        return Kind.ASSIGNED_IN_CONDITION, {}
    return Kind.CANNOT_ASSIGN, {}


RULES: Sequence[Rule] = (
    rule(r"^missing terminating", _quote),
    rule(r"^(?:stray|extended character)[^\n]*", _character),
    rule(r"^unable to find (?:numeric|string|character) literal operator", _character),
    rule(r"at end of input", Kind.MISSING_END_BRACE),
    rule(r"^'(?P<word>else)' without a previous 'if'", Kind.ELSE_WITHOUT_IF),
    rule(r"^(?P<word>break|continue) statement not within", Kind.LOOP_WORD_OUTSIDE),
    rule(r"^lvalue required", _assigned),
    rule(r"^expected '(?P<bracket>[()\]])'", Kind.MISSING_PARENTHESIS),
    rule(r"^expected '=', ',', ';', 'asm'[^\n]* before '?(?P<token>[^'\s]*)", _initializer),
    rule(r"^expected (?:',' or )?';'", _semicolon),
    rule(r"^expected initializer before '?(?P<token>[^'\s]*)", _initializer),
    rule(r"^expected '\{'|^a function-definition is not allowed here", Kind.MISSING_END_BRACE),
    rule(r"^expected unqualified-id before numeric", Kind.NAME_STARTS_WITH_DIGIT),
    rule(r"^expected identifier or '\(' before numeric", Kind.NAME_STARTS_WITH_DIGIT),
    rule(r"^invalid suffix \"?[^\n]* on (?:integer|floating)", Kind.NAME_STARTS_WITH_DIGIT),
    rule(r"^expected (?:unqualified-id|declaration before|identifier or '\(')", _unqualified),
    rule(r"^expected ", _expression),
)
