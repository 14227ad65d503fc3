"""Characters that look like code and are none: a phone's quotes, Bengali digits, wide signs."""

import unicodedata

from domain.submissions.explaining.records import Kind
from domain.submissions.explaining.rules import Told

QUOTES = "“”„‟‘’‚‛′″«»"
DANDA = "।॥"
BENGALI_DIGITS = "০১২৩৪৫৬৭৮৯"


def told_of(character: str) -> Told:
    """What is to be said of a character that a compiler does not take."""
    if character in QUOTES:
        return Kind.CURLY_QUOTES, {"character": character}
    if character in BENGALI_DIGITS:
        plain = str(BENGALI_DIGITS.index(character))
        return Kind.BENGALI_DIGIT, {"character": character, "plain": plain}
    if character in DANDA:
        return Kind.DANDA, {"character": character}
    plain = unicodedata.normalize("NFKC", character)
    if plain != character and len(plain) == 1 and "!" <= plain <= "~":
        return Kind.FULL_WIDTH, {"character": character, "plain": plain}
    return Kind.STRANGE_CHARACTER, {"character": shown(character)}


def shown(character: str) -> str:
    """The character itself, or its number where nobody could see it."""
    if unicodedata.category(character)[0] in "CZ":
        return f"U+{ord(character):04X}"
    return character


def suspect(line: str) -> Told | None:
    """What is to be said of the first such character in a line; None where there is none."""
    for character in line:
        if character in QUOTES or character in DANDA or character in BENGALI_DIGITS:
            return told_of(character)
        if "\uff01" <= character <= "\uff5e":
            return told_of(character)
    return None
