"""Whether what a teacher wrote holds together: answer, computation, hints, both languages.

A problem that is no template is checked like a template with a single combination.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import islice

from domain.practice.library.complaints import Flaw, Value, Wrong
from domain.practice.library.computation import Values
from domain.practice.library.solving import Answers, listed
from domain.practice.library.templates import (
    FEWEST_COMBINATIONS,
    PLACE,
    Misplaced,
    Place,
    Template,
    template,
)
from domain.practice.library.templates import parts as parts_of
from domain.practice.library.wording import Wording, width
from domain.practice.library.workings import NUMERIC
from domain.practice.records import Problem, Texts

QUESTION, HINT, SOLUTION = 400, 250, 600
"""Characters that fit, in each language."""
_EFFORT_OF_NUMBERS, _EFFORT_OF_ALGEBRA = 100, 1000
"""What texts and answer cost for each combination, in characters of a sum, by the answer's kind."""
_PLAIN: Sequence[Values] = ({},)


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong with a field; `number` counts within a list, from 1."""

    field: str
    flaw: Flaw
    number: int | None = None
    values: Mapping[str, Value] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of the problem in both languages, with its place."""

    field: str
    number: int | None
    longest: int
    both: tuple[Wording, Wording]

    def slip(self, flaw: Flaw, **values: Value) -> Slip:
        return Slip(self.field, flaw, self.number, values)


def slips(problem: Problem, most: int | None = None) -> Iterator[Slip]:
    """Everything that is wrong with a problem whose fields are each well-formed.

    With `most`, a template is tried with no more than so many combinations of its numbers.
    """
    varied = None
    if problem.parameters:
        try:
            varied = template(problem.parameters, problem.conditions)
        except Misplaced as error:
            yield Slip(error.field, error.wrong.flaw, error.number, error.wrong.values)
            return
    elif problem.conditions:
        yield Slip("where", Flaw.CONDITIONS_WITHOUT_PARAMETERS)
    proof = _Proof(problem, varied, most)
    found = [*proof.of_texts()]
    yield from found
    if not any(one.flaw in _UNREADABLE for one in found):
        yield from proof.of_combinations()


def effort(problem: Problem) -> int:
    """About how much there is to try: combinations by the length of what is worked out for each."""
    if not problem.parameters:
        return 0
    try:
        varied = template(problem.parameters, problem.conditions)
    except Misplaced:
        return 0
    each = _EFFORT_OF_NUMBERS if problem.answer_kind in NUMERIC else _EFFORT_OF_ALGEBRA
    return varied.count * (each + len(problem.computation) + varied.length)


_UNREADABLE = frozenset(
    (Flaw.STRAY_BRACE, Flaw.UNKNOWN_DISPLAY, Flaw.UNKNOWN_PARAMETER, Flaw.DOUBLED_BRACE)
)
"""With these nothing can be filled in."""


class _Proof:
    def __init__(self, problem: Problem, template: Template | None, most: int | None) -> None:
        self._problem = problem
        self._most = most
        self._template = template
        texts = [self._text("question", None, QUESTION, problem.question)]
        for number, hint in enumerate(problem.hints, 1):
            texts.append(self._text("hints", number, HINT, hint))
        texts.append(self._text("solution", None, SOLUTION, problem.solution))
        self._texts = texts

    def _text(self, name: str, number: int | None, longest: int, texts: Texts) -> _Text:
        is_template = self._template is not None
        english, bengali = (Wording(texts[one], one, is_template) for one in ("en", "bn"))
        return _Text(name, number, longest, (english, bengali))

    @cached_property
    def _combinations(self) -> Sequence[Values]:
        return _PLAIN if self._template is None else [*islice(self._template.valid(), self._most)]

    @property
    def _narrowing(self) -> str:
        """The field that leaves combinations out: sums that cannot be worked out do so too."""
        return "where" if self._problem.conditions else "parameters"

    def of_texts(self) -> Iterator[Slip]:
        """What can be said without filling in any number."""
        for text in self._texts:
            try:
                for one in text.both:
                    yield from (text.slip(flaw) for flaw in one.flaws())
                    yield from (
                        text.slip(Flaw.UNKNOWN_PARAMETER, name=place.name)
                        for place in one.places
                        if self._template and place.name not in self._template.names
                    )
                if text.both[0].numbers != text.both[1].numbers:
                    yield text.slip(Flaw.NUMBERS_DIFFER)
            except Wrong as error:
                yield text.slip(error.flaw, **error.values)
        if self._template is not None:
            yield from self._of_sums(self._template)

    def _of_sums(self, template: Template) -> Iterator[Slip]:
        """Answer and computation of a template, and parameters that nothing uses."""
        used = set(template.used)
        for name, written in (
            ("answer", self._problem.answer),
            ("computation", self._problem.computation),
        ):
            try:
                places = {one.name for one in parts_of(written) if isinstance(one, Place)}
            except Wrong as error:
                yield Slip(name, error.flaw, None, error.values)
                continue
            used |= places
            for stranger in sorted(places - template.names):
                yield Slip(name, Flaw.UNKNOWN_PARAMETER, None, {"name": stranger})
        for text in self._texts:
            for one in text.both:
                used.update(match[1] for match in PLACE.finditer(one.text))
        for number, (parameter, _) in enumerate(self._problem.parameters, 1):
            if parameter not in used:
                yield Slip("parameters", Flaw.UNUSED_PARAMETER, number, {"name": parameter})

    def of_combinations(self) -> Iterator[Slip]:
        """What must hold for all numbers that may be chosen."""
        if self._template is not None and len(self._combinations) < FEWEST_COMBINATIONS:
            said = {"count": len(self._combinations), "least": FEWEST_COMBINATIONS}
            yield Slip(self._narrowing, Flaw.TOO_FEW_COMBINATIONS, None, said)
            return
        if self._template is not None and self._most is None:
            yield from self._walks(self._template)
        yield from self._lengths()
        yield from self._signs()
        answers = Answers(self._problem, self._combinations)
        try:
            found = [*answers.slips()]
        except Wrong as error:
            found = [("computation", error.flaw, error.values)]
        for name, flaw, values in found:
            yield Slip(name, flaw, None, values)
        if not found:
            yield from self._hints(answers)

    def _walks(self, varied: Template) -> Iterator[Slip]:
        """Numbers must be found soon, whatever the seed: somebody waits for their question."""
        longest = varied.longest_walk()
        if longest > varied.most_tries:
            said = {"tries": longest, "limit": varied.most_tries}
            yield Slip(self._narrowing, Flaw.CONDITIONS_TOO_NARROW, None, said)

    def _lengths(self) -> Iterator[Slip]:
        """Each place counts as wide as it ever is."""
        places = {place for text in self._texts for one in text.both for place in one.places}
        widths = {
            place: max(
                width(place, value) for value in {one[place.name] for one in self._combinations}
            )
            for place in places
        }
        for text in self._texts:
            for one in text.both:
                length = one.longest(widths)
                if length > text.longest:
                    yield text.slip(Flaw.TEXT_TOO_LONG, length=length, longest=text.longest)

    def _signs(self) -> Iterator[Slip]:
        """1x, 0x, + 0 and + −5, which nobody writes."""
        for text in self._texts:
            for name, flaw, wide in sorted(text.both[0].restrictions | text.both[1].restrictions):
                bad = next(
                    (one for one in self._combinations if _is_bad(one[name], flaw, wide)), None
                )
                if bad is not None:
                    yield text.slip(flaw, numbers=listed(bad))

    def _hints(self, answers: Answers) -> Iterator[Slip]:
        for text in self._texts:
            if text.field == "hints":
                bad = next(
                    (one for one in self._combinations if answers.given_away(text.both, one)), None
                )
                if bad is not None:
                    yield text.slip(Flaw.HINT_HAS_ANSWER, **_numbers(bad))


def _is_bad(value: int | Fraction, flaw: Flaw, wide: bool) -> bool:
    if flaw is Flaw.TWO_SIGNS:
        return wide or value < 0
    return abs(value) in ((0, 1) if wide else (0,))


def _numbers(values: Values) -> dict[str, Value]:
    return {"numbers": listed(values)} if values else {}
