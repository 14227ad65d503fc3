"""Whether a problem's computation gives its stated answer, exactly, for every kind of answer."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from domain.practice.answers.expressions import Expression
from domain.practice.answers.numerals import fold
from domain.practice.library.complaints import Flaw, Wrong
from domain.practice.library.computation import Algebra, Number, Sum, Work
from domain.practice.library.templates import PLACE
from domain.practice.records import AnswerKind

NUMERIC = frozenset((AnswerKind.NUMBER, AnswerKind.FRACTION, AnswerKind.PERCENT))
"""Kinds whose answer is one number."""
_SIGN = re.compile("<=|>=|<|>")
_ROOT = re.compile(r"√\s*(\([^()]*\)|[0-9]+|[a-z])")


def _number(value: Number) -> Expression:
    return Expression.number(value)


def _divided(left: Expression, right: Expression) -> Expression:
    return left / right


def _raised(base: Expression, exponent: Expression) -> Expression:
    power = exponent.value
    if power is None or power.denominator != 1:
        raise Wrong(Flaw.SUM_NEEDS_WHOLE)
    return base ** int(power)


def _root(value: Expression) -> Expression:
    number = value.value
    if number is None:
        raise Wrong(Flaw.SUM_NO_ROOT)
    return Expression.root(number)


ALGEBRA = Algebra(_number, _divided, _raised, {"sqrt": (1, _root)})


@lru_cache(maxsize=256)
def numeric(text: str) -> Sum:
    """A computation of one number, with names in braces or without. Raises Wrong."""
    return Sum(PLACE.sub(lambda match: f" {match[1]} ", text))


def algebraic(text: str) -> Expression:
    """The value of a sum with letters, multiplication written out. Raises Wrong."""
    try:
        read = Sum(text, ALGEBRA)
        return _as_expression(read.work, read.names)
    except Wrong:
        raise
    except (ValueError, ArithmeticError) as error:
        raise Wrong(Flaw.SUM_CANNOT_BE_READ) from error


def _as_expression(work: Work, names: frozenset[str]) -> Expression:
    for name in sorted(names):
        if len(name) > 1:
            raise Wrong(Flaw.SUM_UNKNOWN_NAME, name=name)
    value: Any = work({name: Expression.letter(name) for name in names})
    return value if isinstance(value, Expression) else Expression.number(value)


def stated(text: str) -> Expression:
    """An answer as an author writes it, 3x^2 - 5√2, as algebra. Raises Wrong."""
    plain = fold(text).replace("^", "**")
    plain = _ROOT.sub(lambda match: f" sqrt({match[1].strip('()')})", plain)
    plain = _multiplied_out(plain)
    return algebraic(plain)


def _multiplied_out(text: str) -> str:
    """With every sign of multiplication that algebra leaves out."""
    pieces = re.findall(r"sqrt|\*\*|[0-9.]+|[a-z]|[-+*/()]", text)
    if "".join(pieces) != re.sub(r"\s", "", text):
        raise Wrong(Flaw.SUM_SIGNS)
    written = ""
    for before, piece in zip(["", *pieces], pieces, strict=False):
        ends = before == ")" or (before[-1:].isalnum() and before != "sqrt")
        begins = piece == "(" or piece[:1].isalnum()
        written += ("*" if ends and begins else "") + piece
    return written


def agree(kind: AnswerKind, computation: str, answer: str) -> bool:
    """Whether both say the same, for kinds that are no one number. Raises Wrong if unreadable."""
    return _AGREE[kind](computation, answer)


def _same_ratio(computation: str, answer: str) -> bool:
    worked = [_plain(one) for one in computation.split(":")]
    said = [_plain(one) for one in answer.split(":")]
    if len(worked) != len(said) or len(said) < 2 or not all(worked) or not all(said):
        return False
    return all(one * said[0] == other * worked[0] for one, other in zip(worked, said, strict=True))


def _plain(text: str) -> Fraction:
    read = Sum(text)
    for name in sorted(read.names):
        raise Wrong(Flaw.SUM_UNKNOWN_NAME, name=name)
    return Fraction(read.work({}))


def _same_expression(computation: str, answer: str) -> bool:
    return algebraic(computation) == stated(answer)


def _same_unknowns(computation: str, answer: str) -> bool:
    return _by_letter(computation, algebraic) == _by_letter(answer, stated)


def _by_letter(text: str, value: Callable[[str], Expression]) -> Mapping[str, Expression]:
    found: dict[str, Expression] = {}
    for one in _listed(text):
        letter, sign, rest = one.partition("=")
        if not sign or not re.fullmatch(r"\s*[a-z]\s*", letter) or letter.strip() in found:
            raise Wrong(Flaw.SUM_SIGNS)
        found[letter.strip()] = value(rest)
    return found


def _same_set(computation: str, answer: str) -> bool:
    worked = [algebraic(one) for one in _listed(computation)]
    said = [stated(one) for one in _listed(answer)]
    return len(worked) == len(said) and all(one in said for one in worked)


def _same_side(computation: str, answer: str) -> bool:
    texts = [one.replace("≤", "<=").replace("≥", ">=") for one in (computation, answer)]
    sides = [_SIGN.split(one) for one in texts]
    if _SIGN.findall(texts[0]) != _SIGN.findall(texts[1]) or len(sides[0]) < 2:
        return False
    pairs = zip(sides[0], sides[1], strict=True)
    return all(algebraic(one) == stated(other) for one, other in pairs)


def _listed(text: str) -> list[str]:
    """Between commas that stand in no bracket."""
    parts, depth = [""], 0
    for one in text:
        depth += (one == "(") - (one == ")")
        if one == "," and not depth:
            parts.append("")
        else:
            parts[-1] += one
    return parts


_AGREE: Mapping[AnswerKind, Callable[[str, str], bool]] = {
    AnswerKind.RATIO: _same_ratio,
    AnswerKind.EXPRESSION: _same_expression,
    AnswerKind.UNKNOWNS: _same_unknowns,
    AnswerKind.SET: _same_set,
    AnswerKind.INEQUALITY: _same_side,
}
