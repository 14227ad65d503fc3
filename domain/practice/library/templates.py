"""Problems whose numbers are chosen anew: parameters, conditions, and texts with names in braces.

docs/reference/practice-yaml.md describes what an author writes.
"""

import operator
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from math import gcd

from domain.practice.library.complaints import Flaw, Wrong
from domain.practice.library.computation import Number, Sum, Values, Work, plain
from domain.practice.library.figures import DISPLAYS, exactly, shown
from domain.practice.records import AnswerKind, Problem, Texts

MOST_COMBINATIONS = 20_000
FEWEST_COMBINATIONS = 10
"""That must satisfy the conditions: below that it is no template but one problem."""
MOST_TRIES = 500
"""Combinations that `Template.pick` may look at for any seed."""
_EFFORT = 100_000
"""The same in characters of sums: with long ones there must be fewer tries."""
_STRIDES = tuple(section / 1000 for section in range(550, 670, 15))
"""Near the golden section, which leaves the widest gaps between steps; several, so that a gap that
one of them makes is not before the same combination for the others."""
NAME = re.compile("[a-z][a-z0-9_]+", re.ASCII)
_LITERAL = re.compile(r"\s*-?\d{1,12}(?:\.\d{1,6}|/\d{1,12})?\s*", re.ASCII)
_RANGE = re.compile(r"\s*(-?\d{1,9})\s*\.\.\s*(-?\d{1,9})\s*(?:step\s+(\d{1,9})\s*)?", re.ASCII)
_COMPARED = re.compile(r"!=|<=|>=|=|<|>")
PLACE = re.compile(r"\{([a-z][a-z0-9_]*)(?::([a-z]*))?\}", re.ASCII)
"""A name in braces, and how it is to be shown."""
_BRACED = re.compile(rf"\{{\{{|\}}\}}|{PLACE.pattern}|[{{}}]", re.ASCII)
_COMPARISONS: Mapping[str, Callable[[Number, Number], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_DECIMAL = frozenset((AnswerKind.NUMBER, AnswerKind.PERCENT))
"""Kinds of answers that are written as decimals where they are not whole."""


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
        self._choices: list[tuple[str, Sequence[Number]]] = []
        self._sums: list[tuple[str, Work]] = []
        names: set[str] = set()
        self.used: set[str] = set()
        """Names from which other parameters are worked out, or that conditions compare."""
        self.count = 1
        """Of combinations, those included that do not satisfy the conditions."""
        self.length = sum(map(len, (*(written for _, written in parameters), *conditions)))
        """Characters of all that is worked out for a combination."""
        for number, (name, written) in enumerate(parameters, 1):
            try:
                self._add(name, written, names)
            except Wrong as error:
                raise Misplaced("parameters", number, error) from error
            names.add(name)
            if self.count > MOST_COMBINATIONS:
                raise Misplaced("parameters", 1, _too_many())
        self.names = frozenset(names)
        if not self._choices:
            raise Misplaced("parameters", 1, Wrong(Flaw.NO_CHOICE))
        self._conditions = [
            self._condition(number, written) for number, written in enumerate(conditions, 1)
        ]

    def _add(self, name: str, written: str, names: set[str]) -> None:
        if not NAME.fullmatch(name) or name in names:
            raise Wrong(Flaw.NOT_A_NAME, name=name)
        values = _choice(written)
        if values is not None:
            self._choices.append((name, values))
            self.count *= len(values)
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
        turn, at = divmod(seed, self.count)
        stride = self._strides()[turn % len(_STRIDES)]
        for _ in range(self.count):
            values = self.values(at)
            if values is not None:
                return values
            at = (at + stride) % self.count
        raise Wrong(Flaw.TOO_FEW_COMBINATIONS, count=0, least=FEWEST_COMBINATIONS)

    def _strides(self) -> Sequence[int]:
        """With each of them steps come by every combination before they come by one again."""
        return [_coprime(int(self.count * one), self.count) for one in _STRIDES]

    @property
    def most_tries(self) -> int:
        """How many combinations `pick` may look at."""
        return min(MOST_TRIES, _EFFORT // self.length)

    def longest_walk(self) -> int:
        """The most combinations that `pick` looks at for any seed; it tries them all."""
        fits = [self.values(index) is not None for index in range(self.count)]
        if not any(fits):
            return self.count
        return max(_longest_gap(fits, stride) for stride in self._strides())

    def valid(self) -> Iterator[Values]:
        """The numbers of every combination that satisfies the conditions."""
        for index in range(self.count):
            values = self.values(index)
            if values is not None:
                yield values


def _coprime(near: int, count: int) -> int:
    """The first number from there on that shares no divisor with `count`."""
    while gcd(near, count) != 1:
        near += 1
    return near


def _longest_gap(fits: Sequence[bool], stride: int) -> int:
    """The most steps up to the next one that fits, itself included, on the way round."""
    longest, steps, at = 0, 0, fits.index(True)
    for _ in fits:
        at, steps = (at + stride) % len(fits), steps + 1
        if fits[at]:
            longest, steps = max(longest, steps), 0
    return longest


def _too_many() -> Wrong:
    return Wrong(Flaw.TOO_MANY_COMBINATIONS, limit=MOST_COMBINATIONS)


def _choice(written: str) -> Sequence[Number] | None:
    """The values of "3 | 4" or of "1..9 step 2"; None for a sum."""
    span = _RANGE.fullmatch(written)
    if span is not None:
        values = range(int(span[1]), int(span[2]) + 1, max(1, int(span[3] or 1)))
        if not values:
            raise Wrong(Flaw.EMPTY_RANGE)
        if len(values) > MOST_COMBINATIONS:
            raise _too_many()
        return values
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
