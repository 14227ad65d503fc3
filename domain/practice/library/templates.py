"""Problems whose numbers are chosen anew: parameters, conditions, and texts with names in braces.

docs/reference/practice-yaml.md describes what an author writes.
"""

import operator
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from math import prod

from domain.practice.library.complaints import Flaw, Wrong
from domain.practice.library.computation import Number, Sum, Work, plain
from domain.practice.records import AnswerKind, Problem, Texts

MOST_COMBINATIONS = 20_000
FEWEST_COMBINATIONS = 10
"""That must satisfy the conditions: below that it is no template but one problem."""
NAME = re.compile("[a-z][a-z0-9_]+", re.ASCII)
DISPLAYS = ("", "fraction", "mixed", "signed")
_LITERAL = re.compile(r"\s*-?\d{1,12}(?:\.\d{1,6}|/\d{1,12})?\s*", re.ASCII)
_RANGE = re.compile(r"\s*(-?\d{1,9})\s*\.\.\s*(-?\d{1,9})\s*(?:step\s+(\d{1,9})\s*)?", re.ASCII)
_COMPARED = re.compile(r"!=|<=|>=|=|<|>")
_BRACED = re.compile(r"\{\{|\}\}|\{([a-z][a-z0-9_]*)(?::([a-z]*))?\}|[{}]", re.ASCII)
_COMPARISONS: Mapping[str, Callable[[Number, Number], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_BENGALI = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
_GROUPED_FROM = 10_000
_MOST_DECIMALS = 4
_DECIMAL = frozenset((AnswerKind.NUMBER, AnswerKind.PERCENT))
"""Kinds of answers that are written as decimals where they are not whole."""

Values = Mapping[str, Number]


class Misplaced(Exception):
    """A flaw of a parameter or a condition, with its number in its field, from 1."""

    def __init__(self, field: str, number: int, wrong: Wrong) -> None:
        super().__init__(field)
        self.field, self.number, self.wrong = field, number, wrong


class Template:
    """Parameters and conditions, read once. Raises Misplaced where they make no sense.

    A combination for which a sum cannot be worked out, for example because it divides by zero or
    a root is not exact, counts like one that does not satisfy the conditions.
    """

    def __init__(self, parameters: Sequence[tuple[str, str]], conditions: Sequence[str]) -> None:
        self._choices: list[tuple[str, tuple[Number, ...]]] = []
        self._sums: list[tuple[str, Work]] = []
        names: set[str] = set()
        self.used: set[str] = set()
        """Names from which other parameters are worked out, or that conditions compare."""
        for number, (name, written) in enumerate(parameters, 1):
            try:
                self._add(name, written, names)
            except Wrong as error:
                raise Misplaced("parameters", number, error) from error
            names.add(name)
        self.names = frozenset(names)
        self.count = prod(len(values) for _, values in self._choices)
        """Of combinations, those included that do not satisfy the conditions."""
        if not self._choices or self.count > MOST_COMBINATIONS:
            flaw = Flaw.TOO_MANY_COMBINATIONS if self._choices else Flaw.NO_CHOICE
            raise Misplaced("parameters", 1, Wrong(flaw, limit=MOST_COMBINATIONS))
        self._conditions = [
            self._condition(number, written) for number, written in enumerate(conditions, 1)
        ]

    def _add(self, name: str, written: str, names: set[str]) -> None:
        if not NAME.fullmatch(name) or name in names:
            raise Wrong(Flaw.NOT_A_NAME, name=name)
        values = _choice(written)
        if values is not None:
            self._choices.append((name, values))
        else:
            self._sums.append((name, self._sum(written, names)))

    def _condition(self, number: int, written: str) -> Callable[[Values], bool]:
        signs = _COMPARED.findall(written)
        if not signs:
            raise Misplaced("where", number, Wrong(Flaw.NOT_A_COMPARISON))
        try:
            sides = [self._sum(one, self.names) for one in _COMPARED.split(written)]
        except Wrong as error:
            raise Misplaced("where", number, error) from error
        comparisons = [_COMPARISONS[sign] for sign in signs]

        def holds(values: Values) -> bool:
            known = [side(values) for side in sides]
            return all(map(lambda one, a, b: one(a, b), comparisons, known, known[1:]))

        return holds

    def _sum(self, written: str, names: Collection[str]) -> Work:
        read = Sum(written)
        for name in sorted(read.names.difference(names)):
            raise Wrong(Flaw.SUM_UNKNOWN_NAME, name=name)
        self.used |= read.names
        return read.work

    def values(self, index: int) -> Values | None:
        """The numbers of one combination; None if it does not satisfy the conditions."""
        values: dict[str, Number] = {}
        for name, choices in self._choices:
            index, place = divmod(index, len(choices))
            values[name] = choices[place]
        try:
            for name, work in self._sums:
                values[name] = work(values)
            return values if all(holds(values) for holds in self._conditions) else None
        except (Wrong, ArithmeticError):
            return None

    def pick(self, seed: int) -> Values:
        """The numbers that belong to a seed: the same ones as long as nothing is changed here.

        Raises Wrong if no combination satisfies the conditions.
        """
        start = seed % self.count
        for step in range(self.count):
            values = self.values((start + step) % self.count)
            if values is not None:
                return values
        raise Wrong(Flaw.TOO_FEW_COMBINATIONS, count=0, least=FEWEST_COMBINATIONS)

    def valid(self) -> Iterator[Values]:
        """The numbers of every combination that satisfies the conditions."""
        for index in range(self.count):
            values = self.values(index)
            if values is not None:
                yield values


def _choice(written: str) -> tuple[Number, ...] | None:
    """The values of "3 | 4" or of "1..9 step 2"; None for a sum."""
    span = _RANGE.fullmatch(written)
    if span is not None:
        values = range(int(span[1]), int(span[2]) + 1, max(1, int(span[3] or 1)))
        if not values:
            raise Wrong(Flaw.EMPTY_RANGE)
        if len(values) > MOST_COMBINATIONS:
            raise Wrong(Flaw.TOO_MANY_COMBINATIONS, limit=MOST_COMBINATIONS)
        return tuple(values)
    parts = written.split("|")
    if len(parts) == 1:
        return None
    if not all(_LITERAL.fullmatch(one) for one in parts):
        raise Wrong(Flaw.SUM_SIGNS)
    try:
        return tuple(plain(Fraction(one.strip())) for one in parts)
    except ZeroDivisionError as error:
        raise Wrong(Flaw.SUM_DIVIDES_BY_ZERO) from error


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text shows a parameter, and how."""

    name: str
    display: str


@lru_cache(maxsize=4096)
def parts(text: str) -> tuple[str | Place, ...]:
    """The text's pieces in their order. Raises Wrong at a brace that names nothing."""
    found: list[str | Place] = []
    at, literal = 0, ""
    for match in _BRACED.finditer(text):
        literal += text[at : match.start()]
        at = match.end()
        if match[0] in ("{{", "}}"):
            literal += match[0][0]
        elif match[1] is None:
            raise Wrong(Flaw.STRAY_BRACE)
        elif (match[2] or "") not in DISPLAYS:
            raise Wrong(Flaw.UNKNOWN_DISPLAY, display=match[2])
        else:
            found += [literal, Place(match[1], match[2] or "")]
            literal = ""
    return (*found, literal + text[at:])


def filled(text: str, values: Values, language: str) -> str:
    """A text as it is shown, with this setting's numbers in the language's digits."""
    return "".join(
        one if isinstance(one, str) else shown(values[one.name], one.display, language)
        for one in parts(text)
    )


def filled_answer(text: str, values: Values, kind: AnswerKind) -> str:
    """An answer with this setting's numbers in plain Latin form, as the checker takes it."""
    return "".join(
        one if isinstance(one, str) else exactly(values[one.name], one.display, kind in _DECIMAL)
        for one in parts(text)
    )


def shown(value: Number, display: str, language: str) -> str:
    """A number as a text shows it; `display` is one of DISPLAYS."""
    if display == "signed":
        return ("− " if value < 0 else "+ ") + shown(abs(Fraction(value)), "", language)
    sign, size = ("−" if value < 0 else ""), abs(Fraction(value))
    text = sign + _shown_size(size, display)
    return text.translate(_BENGALI) if language == "bn" else text


def _shown_size(size: Fraction, display: str) -> str:
    whole, rest = divmod(size.numerator, size.denominator)
    if not rest:
        return _grouped(whole)
    if display == "mixed" and whole:
        return f"{_grouped(whole)} {rest}/{size.denominator}"
    decimal = None if display else decimals(size, _MOST_DECIMALS)
    return decimal or f"{_grouped(size.numerator)}/{_grouped(size.denominator)}"


def exactly(value: Number, display: str = "", decimal: bool = False) -> str:
    """A number in Latin digits without grouping: whole, n/d, or a finite decimal if wanted."""
    if display == "signed":
        return ("- " if value < 0 else "+ ") + exactly(abs(Fraction(value)), "", decimal)
    sign, size = ("-" if value < 0 else ""), abs(Fraction(value))
    whole, rest = divmod(size.numerator, size.denominator)
    if not rest:
        return f"{sign}{whole}"
    if display == "mixed" and whole:
        return f"{sign}{whole} {rest}/{size.denominator}"
    written = decimals(size, _MOST_DECIMALS) if decimal and not display else None
    return sign + (written.replace(",", "") if written else str(size))


def decimals(size: Fraction, most: int) -> str | None:
    """A size that is not negative as a decimal, grouped; None if it has more than so many."""
    for places in range(1, most + 1):
        if 10**places % size.denominator == 0:
            scaled = size.numerator * (10**places // size.denominator)
            whole, rest = divmod(scaled, 10**places)
            return f"{_grouped(whole)}.{rest:0{places}}"
    return None


def _grouped(size: int) -> str:
    """From 10,000 up with commas in the Indian way: 1,25,000."""
    digits = str(size)
    if size < _GROUPED_FROM:
        return digits
    head, groups = digits[:-3], [digits[-3:]]
    while head:
        head, group = head[:-2], head[-2:]
        groups.append(group)
    return ",".join(reversed(groups))


@lru_cache(maxsize=1024)
def template(parameters: tuple[tuple[str, str], ...], conditions: tuple[str, ...]) -> Template:
    """As `Template`, kept for the next setting."""
    return Template(parameters, conditions)


@lru_cache(maxsize=8192)
def numbers(
    parameters: tuple[tuple[str, str], ...], conditions: tuple[str, ...], seed: int
) -> Values:
    """The numbers of a setting. Raises Misplaced or Wrong for what the library never lets in."""
    return template(parameters, conditions).pick(seed)


def filled_texts(texts: Texts, values: Values) -> Texts:
    return {language: filled(text, values, language) for language, text in texts.items()}


def example(problem: Problem, seed: int) -> Problem:
    """A template as somebody may be asked it; a problem without parameters as it is."""
    if not problem.parameters:
        return problem
    values = numbers(problem.parameters, problem.conditions, seed)
    return replace(
        problem,
        question=filled_texts(problem.question, values),
        hints=tuple(filled_texts(one, values) for one in problem.hints),
        solution=filled_texts(problem.solution, values),
        answer=filled_answer(problem.answer, values, problem.answer_kind),
    )
