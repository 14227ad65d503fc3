"""The fields of one entry of a file, read one by one; what is wrong is kept, not raised."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.practice.library.complaints import Flaw, Value
from domain.practice.library.written import Fields, Listed, Piece, Text
from domain.practice.records import Texts

LANGUAGES = ("en", "bn")
_FEW = 12
_UNPRINTABLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_JOINERS = "\u200c\u200d"
"""Without width as well, but Bengali spelling needs them."""
_COMPOSED_OF = 4
"""Characters of which a composed one may be typed; more are refused unread, for composing takes
the square of a long run of marks."""
_LONGEST_VALUE = 300
"""Characters of a text that goes into a complaint."""
_MOST_ENTRIES = 30
"""Of a list or map that a problem may have as many of as it needs."""


@dataclass(frozen=True, slots=True)
class Found:
    """A flaw with its place; `number` counts within a list, from 1."""

    line: int
    flaw: Flaw
    values: dict[str, Value]
    field: str | None
    number: int | None

    @property
    def all_values(self) -> dict[str, Value]:
        place = {"field": self.field, "number": self.number}
        return {**self.values, **{name: one for name, one in place.items() if one is not None}}


class Reader:
    """Reads an entry's fields. A field with a flaw comes back empty, as 0 or as None."""

    def __init__(self, entry: Piece) -> None:
        self.flaws: list[Found] = []
        self._entry = entry if isinstance(entry, Fields) else Fields(entry.line, {}, {}, ())
        self._is_entry = isinstance(entry, Fields)

    def complain(
        self, field: str, flaw: Flaw, number: int | None = None, /, **values: Value
    ) -> None:
        """Notes a flaw of a field, or of the numbered entry (from 1) of a list or map."""
        if self._is_entry:
            said = {name: _clipped(one) for name, one in values.items()}
            found = Found(self.line_of(field, number), flaw, said, _shown(field), number)
            self.flaws.append(found)

    def line_of(self, field: str, number: int | None = None) -> int:
        piece = self._entry.by_name.get(field)
        if number is not None:
            lines: Sequence[int] = ()
            if isinstance(piece, Listed):
                lines = [one.line for one in piece.items]
            elif isinstance(piece, Fields):
                lines = list(piece.lines.values())
            if number <= len(lines):
                return lines[number - 1]
        return self._entry.lines.get(field, self._entry.line)

    def only(self, needed: Collection[str], optional: Collection[str]) -> None:
        """Complains of fields that are doubled or unknown; a missing one is missed when read."""
        if not self._is_entry:
            self.flaws.append(Found(self._entry.line, Flaw.NO_FIELDS, {}, None, None))
            return
        for name, line in self._entry.doubled:
            self.flaws.append(Found(line, Flaw.FIELD_TWICE, {}, _shown(name), None))
        for name in self._entry.by_name:
            if name not in needed and name not in optional:
                self.complain(name, Flaw.NO_SUCH_FIELD)

    def has(self, field: str) -> bool:
        piece = self._entry.by_name.get(field)
        return piece is not None and not (isinstance(piece, Text) and piece.value is None)

    def text(self, field: str, longest: int) -> str:
        piece = self._entry.by_name.get(field)
        if not self.has(field):
            self.complain(field, Flaw.FIELD_NEEDED)
            return ""
        if not isinstance(piece, Text) or piece.value is None:
            self.complain(field, Flaw.NOT_ONE_TEXT)
            return ""
        return self._clean(field, piece.value, longest)

    def pattern(self, field: str, pattern: str, longest: int) -> str:
        """A key: small Latin letters, digits and hyphens."""
        text = self.text(field, longest)
        if text and not re.fullmatch(pattern, text):
            self.complain(field, Flaw.NOT_A_KEY)
            return ""
        return text

    def whole(self, field: str, least: int, most: int) -> int:
        text = self.text(field, 100)
        if not text:
            return 0
        if not re.fullmatch("[0-9]{1,3}", text) or not least <= int(text) <= most:
            self.complain(field, Flaw.NOT_WHOLE, least=least, most=most)
            return 0
        return int(text)

    def one_of(self, field: str, allowed: Sequence[str]) -> str:
        text = self.text(field, 100)
        if text and text not in allowed:
            shown = ", ".join(allowed[:_FEW]) + (", …" if len(allowed) > _FEW else "")
            self.complain(field, Flaw.NOT_ONE_OF, allowed=shown)
            return ""
        return text

    def yes(self, field: str) -> bool:
        """True or false, false where it is left out."""
        text = self.text(field, 100) if self.has(field) else "false"
        if text not in ("true", "false"):
            self.complain(field, Flaw.NOT_YES_OR_NO)
        return text == "true"

    def tolerance(self, field: str) -> Decimal | None:
        if not self.has(field):
            return None
        text = self.text(field, 100)
        if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", text) or not Decimal(text):
            self.complain(field, Flaw.NOT_A_TOLERANCE)
            return None
        return Decimal(text)

    def texts(self, field: str, longest: int) -> Texts:
        """A text in each language."""
        if not self.has(field):
            self.complain(field, Flaw.FIELD_NEEDED)
            return {}
        return self._texts(field, self._entry.by_name[field], longest)

    def list_of_texts(self, field: str, count: int, longest: int) -> tuple[Texts, ...]:
        piece = self._entry.by_name.get(field)
        if not isinstance(piece, Listed) or len(piece.items) != count:
            self.complain(field, Flaw.NOT_SO_MANY, count=count)
            return ()
        return tuple(
            self._texts(field, one, longest, number) for number, one in enumerate(piece.items, 1)
        )

    def pairs(self, field: str, longest: int) -> tuple[tuple[str, str], ...]:
        """Names with a plain text each, in their order; none where the field is left out."""
        if not self.has(field):
            return ()
        piece = self._entry.by_name[field]
        if not isinstance(piece, Fields) or piece.doubled or len(piece.by_name) > _MOST_ENTRIES:
            self.complain(field, Flaw.NOT_A_MAP)
            return ()
        found = []
        for number, (name, one) in enumerate(piece.by_name.items(), 1):
            found.append((name, self._plain(field, one, longest, number)))
        return tuple(found)

    def plain_texts(self, field: str, longest: int) -> tuple[str, ...]:
        """A list of plain texts; none where the field is left out."""
        if not self.has(field):
            return ()
        piece = self._entry.by_name[field]
        if not isinstance(piece, Listed) or len(piece.items) > _MOST_ENTRIES:
            self.complain(field, Flaw.NOT_A_LIST_OF_TEXTS)
            return ()
        return tuple(
            self._plain(field, one, longest, number) for number, one in enumerate(piece.items, 1)
        )

    def _plain(self, field: str, piece: Piece, longest: int, number: int) -> str:
        if not isinstance(piece, Text) or piece.value is None:
            self.complain(field, Flaw.NOT_ONE_TEXT, number)
            return ""
        return self._clean(field, piece.value, longest, number)

    def _texts(self, field: str, piece: Piece, longest: int, number: int | None = None) -> Texts:
        names = piece.by_name if isinstance(piece, Fields) and not piece.doubled else {}
        if set(names) != set(LANGUAGES):
            self.complain(field, Flaw.LANGUAGES_NEEDED, number)
            return {}
        texts = {}
        for language in LANGUAGES:
            text = names[language]
            if not isinstance(text, Text) or not text.value or not text.value.strip():
                self.complain(field, Flaw.TEXT_MISSING, number, language=language)
            else:
                texts[language] = self._clean(field, text.value, longest, number)
        return texts

    def _clean(self, field: str, text: str, longest: int, number: int | None = None) -> str:
        """In the composed form (NFC), without space around it."""
        clean = text.strip()
        if len(clean) <= _COMPOSED_OF * longest:
            clean = unicodedata.normalize("NFC", clean).strip()
        if len(clean) > longest:
            self.complain(field, Flaw.TEXT_TOO_LONG, number, length=len(clean), longest=longest)
            return ""
        if any(map(_cannot_be_shown, clean)):
            self.complain(field, Flaw.CANNOT_BE_SHOWN, number)
            return ""
        if not clean:
            self.complain(field, Flaw.TEXT_EMPTY, number)
        return clean


def _cannot_be_shown(one: str) -> bool:
    return unicodedata.category(one) in _UNPRINTABLE and one != "\n" and one not in _JOINERS


def _clipped(value: Value) -> Value:
    if isinstance(value, int) or len(value) <= _LONGEST_VALUE:
        return value
    return value[: _LONGEST_VALUE - 1] + "…"


def _shown(name: str) -> str:
    return name if len(name) <= 40 and name.isprintable() else f"{name[:40]!a}…"
