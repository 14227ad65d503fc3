"""One text of a problem in one language, taken apart: what it says, and where its numbers go."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from domain.practice.answers import words
from domain.practice.answers.numerals import fold, numbers
from domain.practice.library.complaints import Flaw, Wrong
from domain.practice.library.computation import Number, Values
from domain.practice.library.figures import decimals, shown
from domain.practice.library.templates import Place, parts

_BENGALI = re.compile("[\u0980-\u09ff]")
_LATIN_DIGITS = re.compile("[0-9]")
_DOUBLED_BRACE = re.compile(r"\{\{|\}\}")
_POWERS = re.compile(r"\^[0-9]+")
_FRACTIONS = re.compile(r"(\{[0-9]+\}|[0-9]{1,30}) ?/ ?(\{[0-9]+\}|[0-9]{1,30})")
_FACTOR = re.compile(r"[a-z](?![a-zA-Z0-9])|√")
_IDLE = re.compile(r"(?<![0-9.,/^a-zA-Z])[01](?:[a-z](?![a-zA-Z])|√)")
_TWO_SIGNS = re.compile(r"[-+] ?[-+]")
_SIGN_BEFORE = re.compile(r"[-+−–] ?$")
_WORD = re.compile("[a-z]+(?:-[a-z]+)?|[\u0980-\u09e5\u09f0-\u09ff]+")
_ENGLISH_WORDS = """
one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred dozen half
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
"""Words that are numbers in an English text; Bengali ones in Latin letters are none there."""


@dataclass(frozen=True)
class Wording:
    """`language` is bn or en; the text of a problem that is no template has no places."""

    text: str
    language: str
    is_template: bool

    @cached_property
    def parts(self) -> tuple[str | Place, ...]:
        """Raises Wrong at a brace that names nothing."""
        if self.is_template:
            return parts(self.text)
        if _DOUBLED_BRACE.search(self.text):
            raise Wrong(Flaw.DOUBLED_BRACE)
        return (self.text,)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return tuple(one for one in self.parts if isinstance(one, Place))

    @cached_property
    def literal(self) -> str:
        """What it says without its places."""
        return " \n ".join(one for one in self.parts if isinstance(one, str))

    def flaws(self) -> Iterator[Flaw]:
        """What is wrong with it whatever its numbers are."""
        if self.language == "en" and _BENGALI.search(self.literal):
            yield Flaw.BENGALI_IN_ENGLISH
        if self.language == "bn" and _LATIN_DIGITS.search(self.literal):
            yield Flaw.LATIN_DIGITS_IN_BENGALI
        folded = fold(self.literal)
        if _IDLE.search(folded):
            yield Flaw.IDLE_FACTOR
        if _TWO_SIGNS.search(folded):
            yield Flaw.TWO_SIGNS

    @cached_property
    def numbers(self) -> list[tuple[Fraction | int, str, str]]:
        """What numbers it has, to compare with the other language: literal ones and places."""
        literal = [(one, "", "") for one in numbers(self.literal)]
        displays = [(0, one.name, one.display.replace("signed", "")) for one in self.places]
        return sorted([*literal, *displays])

    @cached_property
    def masked(self) -> str:
        """Folded, without powers, each place as the number of it in braces."""
        count = -1
        pieces = []
        for one in self.parts:
            if isinstance(one, str):
                pieces.append(fold(one).replace("{", " ").replace("}", " "))
            else:
                count += 1
                pieces.append(f"{{{count}}}")
        return re.sub(r"\^\{[0-9]+\}", " ", _POWERS.sub(" ", "".join(pieces)))

    @cached_property
    def said(self) -> frozenset[Fraction]:
        """Sizes that it says whatever its places are, in digits or in words."""
        plain = re.sub(r"\{[0-9]+\}", " ", self.masked)
        return frozenset((*numbers(plain), *self._in_words()))

    def _in_words(self) -> Iterator[Fraction]:
        """One is left out: it is an article as well, in both languages."""
        for match in _WORD.finditer(fold(self.literal)):
            value = Fraction(0)
            for word in match[0].split("-"):
                stem = word if word in _ENGLISH else words.uncounted(word)
                if self.language == "bn" or stem in _ENGLISH:
                    value += _WORDS.get(stem, 0)
            if value not in (0, 1):
                yield value

    @cached_property
    def shown_names(self) -> frozenset[str]:
        """Parameters that are shown, other than as powers."""
        indexes = {int(one) for one in re.findall(r"\{([0-9]+)\}", self.masked)}
        return frozenset(self.places[index].name for index in indexes)

    @cached_property
    def quotients(self) -> tuple[tuple[str | int, str | int], ...]:
        """Pairs n/d, parameters by their names."""
        found = []
        for pair in _FRACTIONS.findall(self.masked):
            top, bottom = (
                self.places[int(one[1:-1])].name if one.startswith("{") else int(one)
                for one in pair
            )
            found.append((top, bottom))
        return tuple(found)

    def says(self, size: Number, values: Values) -> bool:
        """Whether it has that size as a number or as a fraction, whatever it means there."""
        if size in self.said or any(_is_seen(size, values[name]) for name in self.shown_names):
            return True
        if not isinstance(size, Fraction):
            return False
        return any(
            bottom and Fraction(top) / bottom == size
            for top, bottom in (
                [values[one] if isinstance(one, str) else one for one in pair]
                for pair in self.quotients
            )
        )

    @cached_property
    def restrictions(self) -> frozenset[tuple[str, Flaw, bool]]:
        """What a parameter must not be: (name, the flaw if it is, whether also 1 and −1)."""
        found: set[tuple[str, Flaw, bool]] = set()
        for at, one in enumerate(self.parts):
            if isinstance(one, Place):
                before, after = str(self.parts[at - 1]), str(self.parts[at + 1])
                factor = _FACTOR.match(after) is not None and not before.endswith(("/", "^"))
                if factor or one.display == "signed":
                    found.add((one.name, Flaw.IDLE_FACTOR, factor))
                if _SIGN_BEFORE.search(before):
                    found.add((one.name, Flaw.TWO_SIGNS, one.display == "signed"))
        return frozenset(found)

    def longest(self, widths: Mapping[Place, int]) -> int:
        """Characters, each place as wide as it ever is."""
        return sum(len(one) if isinstance(one, str) else widths[one] for one in self.parts)

    @cached_property
    def _folded(self) -> tuple[str | Place, ...]:
        return tuple(fold(one) if isinstance(one, str) else one for one in self.parts)

    def folded(self, values: Values) -> str:
        """As it is shown with these numbers, folded."""
        return "".join(
            one
            if isinstance(one, str)
            else shown(values[one.name], one.display, "").replace("−", "-")
            for one in self._folded
        )


_WORDS = {
    **{word: value for word, value in words.SCALES.items() if value in (12, 100)},
    **words.READY,
    **words.NUMBERS,
}


def _is_seen(size: Number, value: Number) -> bool:
    """Whether a shown value has that size in it: 3/4 shows 3 and 4 as well."""
    if isinstance(value, int):
        return abs(value) == size
    if decimals(abs(value), 4) is not None:
        return abs(value) == size
    return size in (abs(value), abs(value.numerator), value.denominator)


def width(place: Place, value: Number) -> int:
    return len(shown(value, place.display, "en"))
