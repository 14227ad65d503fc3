"""Python programs that cannot even be read."""

import keyword
import re
from collections.abc import Sequence

from domain.submissions.explaining import characters
from domain.submissions.explaining.records import Kind
from domain.submissions.explaining.rules import Found, Rule, Told, rule, without_texts

_CONDITION = re.compile(r"^\s*(?:if|elif|while)\b")
_ONE_EQUALS = re.compile(r"[^=!<>:]=(?!=)")
_OPERATORS = (
    (re.compile(r"&&"), "&&", "and"),
    (re.compile(r"\|\|"), "||", "or"),
    (re.compile(r"!(?!=)"), "!", "not"),
    (re.compile(r"\+\+"), "++", "+= 1"),
    (re.compile(r"--\s*$"), "--", "-= 1"),
    (re.compile(r"=<"), "=<", "<="),
    (re.compile(r"=>"), "=>", ">="),
    (re.compile(r"<>"), "<>", "!="),
    (re.compile(r"^\s*else\s+if\b"), "else if", "elif"),
)
_WORDS = "|".join(keyword.kwlist)
_KEYWORD_NAMED = re.compile(
    rf"^\s*(?P<word>{_WORDS})\s*=(?!=)|\bdef\s+(?P<function>{_WORDS})\b"
    rf"|^\s*for\s+(?P<counter>{_WORDS})\s+in\b|,\s*(?P<second>{_WORDS})\s*=(?!=)"
)
_ALTERNATIVE = re.compile(r"^\s*(else|elif|except|finally)\b")
_COMPOUND = re.compile(
    r"^\s*(?:if|elif|else|while|for|def|class|try|except|finally|with)\b[^:]*(?::[^:]*\])?[^:]*$"
)
_STRAY = re.compile(r"[$?]")


def _unreadable(found: Found) -> Told:
    """What is behind `invalid syntax`, which says nothing: it can be seen from the line."""
    code = without_texts(found.text, "#")
    seen = _operator(code) or _condition(code) or _keyword(code)
    if seen is not None:
        return seen
    alternative = _ALTERNATIVE.match(code)
    if alternative is not None:
        return Kind.ELSE_WITHOUT_IF, {"word": alternative[1]}
    if _COMPOUND.match(code):
        return Kind.MISSING_COLON, {}
    stray = _STRAY.search(code)
    if stray is not None:
        return characters.told_of(stray[0])
    return characters.suspect(code) or (Kind.INVALID_SYNTAX, {})


def _operator(code: str) -> Told | None:
    for pattern, written, plain in _OPERATORS:
        if pattern.search(code):
            return Kind.FOREIGN_OPERATOR, {"written": written, "plain": plain}
    return None


def _condition(code: str) -> Told | None:
    if _CONDITION.match(code) and _ONE_EQUALS.search(code):
        return Kind.ASSIGNED_IN_CONDITION, {}
    return None


def _keyword(code: str) -> Told | None:
    named = _KEYWORD_NAMED.search(code)
    if named is None:
        return None
    return Kind.KEYWORD_AS_NAME, {"word": next(filter(None, named.groups()))}


def _colon(found: Found) -> Told:
    code = without_texts(found.text, "#")
    return _operator(code) or _condition(code) or (Kind.MISSING_COLON, {})


def _assigned(found: Found) -> Told:
    if found["what"] in keyword.kwlist:
        return Kind.KEYWORD_AS_NAME, {"word": found["what"]}
    return _condition(found.text) or (Kind.CANNOT_ASSIGN, {})


def _quote(found: Found) -> Told:
    return characters.suspect(found.text) or (Kind.UNCLOSED_QUOTE, {})


def _comma(found: Found) -> Told:
    code = without_texts(found.text, "#")
    return _operator(code) or characters.suspect(code) or (Kind.MISSING_COMMA, {})


RULES: Sequence[Rule] = (
    rule(r"unexpected indent", Kind.UNEXPECTED_INDENT),
    rule(r"expected an indented block.* on line (?P<line>\d+)", Kind.BLOCK_EXPECTED),
    rule(r"unindent does not match", Kind.UNEVEN_INDENT),
    rule(r"inconsistent use of tabs", Kind.TABS_AND_SPACES),
    rule(r"expected ':'", _colon),
    rule(r"'(?P<bracket>[(\[{])' was never closed", Kind.UNCLOSED_BRACKET),
    rule(r"unmatched '(?P<bracket>[)\]}])'", Kind.STRAY_BRACKET),
    rule(
        r"closing parenthesis '(?P<closed>.)' does not match opening parenthesis '(?P<opened>.)'",
        Kind.WRONG_BRACKET,
    ),
    rule(r"unterminated (?:f-)?(?:triple-quoted )?(?:f-)?string", _quote),
    rule(r"EOL while scanning", _quote),
    rule(r"Maybe you meant '==' or ':='", lambda found: _condition(found.text) or _loose(found)),
    rule(r"cannot (?:assign to|delete) (?P<what>\w+)", _assigned),
    rule(r"Missing parentheses in call to 'print'", Kind.PRINT_WITHOUT_BRACKETS),
    rule(r"Perhaps you forgot a comma", _comma),
    rule(r"'return' outside function|'yield' outside function", Kind.RETURN_OUTSIDE),
    rule(r"'(?P<word>break)' outside loop", Kind.LOOP_WORD_OUTSIDE),
    rule(r"'(?P<word>continue)' not properly in loop", Kind.LOOP_WORD_OUTSIDE),
    rule(
        r"invalid character '(?P<character>.)'",
        lambda found: characters.told_of(found["character"]),
    ),
    rule(r"invalid non-printable character (?P<character>U\+\w+)", Kind.STRANGE_CHARACTER),
    rule(r"leading zeros in decimal", Kind.LEADING_ZERO),
    rule(r"invalid (?:decimal|hexadecimal|octal|binary) literal", Kind.NAME_STARTS_WITH_DIGIT),
    rule(r"invalid syntax|expected|unexpected", _unreadable),
)


def _loose(found: Found) -> Told:
    return _operator(without_texts(found.text, "#")) or (Kind.INVALID_SYNTAX, {})
