"""A problem's answers, one for each combination of its numbers, and what is wrong with them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

from domain.errors import Mistake
from domain.practice import answers
from domain.practice.answers.numerals import exact, fold
from domain.practice.library.complaints import Flaw, Value, Wrong
from domain.practice.library.computation import Number, Values, plain
from domain.practice.library.figures import exactly
from domain.practice.library.templates import Place, filled_answer, parts
from domain.practice.library.wording import Wording
from domain.practice.library.workings import NUMERIC, agree, numeric
from domain.practice.records import AnswerForm, AnswerKind, Problem

_CANONICAL = re.compile(r"-?(0|[1-9][0-9]*)([./][0-9]+)?")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_RATIO = re.compile(r"(?:[0-9.]+\s*(?::|\bto\b|অনুপাত)\s*)+[0-9.]+")
_AND = re.compile(r"\s*(?:\band\b|\bor\b|\bও(?=\s)|এবং|অথবা|,)\s*")

Slipped = tuple[str, Flaw, Mapping[str, Value]]
"""Field, flaw and the values of its sentence."""


class Answers:
    """`combinations` are the numbers of each setting; a problem that is no template has one, {}."""

    def __init__(self, problem: Problem, combinations: Sequence[Values]) -> None:
        self._problem = problem
        self._combinations = combinations
        self._kind = problem.answer_kind
        self._single = self._only_place()
        self._accepted: dict[str, bool] = {}

    def _only_place(self) -> str | None:
        """The parameter that alone is the answer, where one is: its value needs no reading."""
        if not self._problem.parameters:
            return None
        places = [one for one in parts(self._problem.answer) if one != ""]
        if len(places) == 1 and isinstance(places[0], Place) and not places[0].display:
            return places[0].name
        return None

    def text(self, values: Values) -> str:
        if not self._problem.parameters:
            return self._problem.answer
        return filled_answer(self._problem.answer, values, self._kind)

    def value(self, values: Values) -> Number:
        """Of an answer that is one number. Raises ValueError if it is none."""
        if self._single is not None:
            return values[self._single]
        return plain(exact(self.text(values)))

    def slips(self) -> Iterator[Slipped]:
        """The first combination with a flaw speaks for all. Raises Wrong for a bad computation."""
        problem = self._problem
        if problem.unit and self._kind is AnswerKind.PERCENT:
            yield "unit", Flaw.PERCENT_WITH_UNIT, {}
        if problem.unit_required and not problem.unit:
            yield "unit_required", Flaw.UNIT_REQUIRED_WITHOUT_UNIT, {}
        told: set[str] = set()
        for values in self._combinations:
            for name, flaw, said in self._of_one(values):
                if name not in told:
                    told.add(name)
                    yield name, flaw, {**said, **({"numbers": listed(values)} if values else {})}
            if len(told) == 2:
                return

    def _of_one(self, values: Values) -> Iterator[Slipped]:
        text = self.text(values)
        if self._kind in NUMERIC:
            try:
                value = self.value(values)
            except ValueError:
                yield "answer", Flaw.NOT_AN_ANSWER, {}
                return
            yield from self._plainest(text, value)
            yield from self._computed(text, value, values)
        elif not self._agrees(text, values):
            yield "computation", Flaw.COMPUTATION_SAYS_ANOTHER, {"answer": text}
        if not self._is_accepted(text):
            yield "answer", Flaw.NOT_ACCEPTED, {"answer": text}

    def _plainest(self, text: str, value: Number) -> Iterator[Slipped]:
        if not _CANONICAL.fullmatch(text) or ("/" in text and str(value) != text):
            yield "answer", Flaw.NOT_PLAINEST, {}
        elif "/" in text and self._kind is AnswerKind.NUMBER:
            yield "answer", Flaw.FRACTION_NEEDS_KIND, {}

    def _computed(self, text: str, value: Number, values: Values) -> Iterator[Slipped]:
        """A rounded answer may differ from the exact result by its tolerance."""
        read = numeric(self._problem.computation)
        for name in sorted(read.names.difference(values)):
            raise Wrong(Flaw.SUM_UNKNOWN_NAME, name=name)
        result = read.work(values)
        if result != value and abs(result - value) > Fraction(self._problem.answer_tolerance or 0):
            shown = str(result) if len(str(result)) <= 40 else "…"
            yield "computation", Flaw.COMPUTATION_DIFFERS, {"result": shown, "answer": text}

    def _agrees(self, text: str, values: Values) -> bool:
        return agree(self._kind, in_brackets(self._problem.computation, values), text)

    def _is_accepted(self, text: str) -> bool:
        """By the checker, in one of the forms in which a student would write it."""
        if text not in self._accepted:
            self._accepted[text] = any(map(self._accepts(text), self._spellings(text)))
        return self._accepted[text]

    def _spellings(self, text: str) -> Iterator[str]:
        unit = (
            f" {self._problem.unit}" if self._problem.unit and self._problem.unit_required else ""
        )
        yield text + unit
        if self._problem.answer_form is not None and self._kind in NUMERIC:
            value = exact(text)
            if self._problem.answer_form is AnswerForm.MIXED:
                yield exactly(value, "mixed") + unit
            if self._problem.answer_form is AnswerForm.DECIMAL:
                yield exactly(value, decimal=True) + unit
            if self._problem.answer_form is AnswerForm.SCIENTIFIC:
                yield scientific(value) + unit

    def _accepts(self, expected: str) -> Callable[[str], bool]:
        def accepts(given: str) -> bool:
            problem = self._problem
            try:
                return answers.check(
                    given,
                    expected,
                    problem.answer_kind,
                    problem.answer_tolerance,
                    problem.unit,
                    unit_required=problem.unit_required,
                    form=problem.answer_form,
                ).correct
            except (Mistake, ValueError):
                return False

        return accepts

    def given_away(self, hint: Sequence[Wording], values: Values) -> bool:
        """Whether a hint, in any language, has the answer in it."""
        if self._kind in NUMERIC:
            size = plain(abs(Fraction(self.value(values))))
            return any(one.says(size, values) for one in hint)
        answer = _folded(self.text(values))
        return any(_has(self._kind, one.folded(values), answer) for one in hint)


def listed(values: Values) -> str:
    """Numbers by their names, for a sentence: eggs = 3, dozen = 120."""
    return ", ".join(f"{name} = {exactly(value)}" for name, value in values.items())


def in_brackets(computation: str, values: Values) -> str:
    """A computation with the numbers of one combination, in brackets where they need them."""
    if not values:
        return computation
    return "".join(
        one if isinstance(one, str) else _bracketed(values[one.name], one.display)
        for one in parts(computation)
    )


def _bracketed(value: Number, display: str) -> str:
    if display == "signed":
        return ("- " if value < 0 else "+ ") + _bracketed(abs(Fraction(value)), "")
    text = exactly(value)
    return text if text.isdecimal() else f"({text})"


def scientific(value: Fraction) -> str:
    """6 * 10^3 for 6000; a value that has no finite decimal comes back as it is."""
    exponent, left = 0, abs(value)
    while left >= 10:
        exponent, left = exponent + 1, left / 10
    while 0 < left < 1:
        exponent, left = exponent - 1, left * 10
    sign = "-" if value < 0 else ""
    return f"{sign}{exactly(left, decimal=True)} × 10^{exponent}"


_folded = lru_cache(maxsize=1024)(fold)


def _has(kind: AnswerKind, hint: str, answer: str) -> bool:
    """Whether a folded hint has a folded answer that is no one number."""
    if kind is AnswerKind.RATIO:
        wanted = _NUMBER.findall(answer)
        return any(_NUMBER.findall(one) == wanted for one in _RATIO.findall(hint))
    if kind is AnswerKind.UNKNOWNS:
        return any(_stands(one, hint) for one in answer.split(","))
    if kind is AnswerKind.SET:
        values = answer.split(",")
        orders = (",".join(values), ",".join(reversed(values)))
        return any(_stands(one, _AND.sub(",", hint)) for one in orders)
    return _stands(answer, hint)


def _stands(answer: str, hint: str) -> bool:
    """Whether it stands there as a whole, however it is spaced."""
    signs = [re.escape(one) for one in answer if one not in " *"]
    pattern = r"[\s*]*".join(signs)
    return len(signs) > 1 and bool(
        re.search(rf"(?<![0-9a-z^])(?<![0-9]\.){pattern}(?![0-9a-z^]|\.[0-9])", hint)
    )
