"""The fields of one entry of a YAML file, read one by one; what is wrong is kept, not raised."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.practice.records import Texts
from domain.practice.written import Fields, Listed, Piece, Text

LANGUAGES = ("en", "bn")
_FEW = 12
_UNPRINTABLE = frozenset(("Cc", "Cs", "Co", "Cn"))


@dataclass(frozen=True, slots=True)
class Fault:
    line: int
    what: str


class Reader:
    """Reads an entry's fields. A field with a fault comes back empty, as 0 or as None."""

    def __init__(self, entry: Piece) -> None:
        self.faults: list[Fault] = []
        self._entry = entry if isinstance(entry, Fields) else Fields(entry.line, {}, {}, ())
        self._is_entry = isinstance(entry, Fields)

    def complain(self, field: str, what: str, number: int | None = None) -> None:
        """Notes a fault of a field, or of the numbered entry (from 1) of a list."""
        if not self._is_entry:
            return
        line = self._entry.lines.get(field, self._entry.line)
        piece = self._entry.by_name.get(field)
        if number is not None and isinstance(piece, Listed) and number <= len(piece.items):
            line, field = piece.items[number - 1].line, f"{field}, number {number}"
        self.faults.append(Fault(line, f"{field}: {what}"))

    def only(self, needed: Collection[str], optional: Collection[str]) -> None:
        """Complains of fields that are missing, doubled or unknown."""
        if not self._is_entry:
            self.faults.append(Fault(self._entry.line, "this entry has no fields, such as 'slug:'"))
            return
        for name, line in self._entry.doubled:
            self.faults.append(Fault(line, f"{_shown(name)}: this field stands here twice"))
        for name in self._entry.by_name:
            if name not in needed and name not in optional:
                self.faults.append(
                    Fault(self._entry.lines[name], f"{_shown(name)}: there is no such field")
                )

    def has(self, field: str) -> bool:
        piece = self._entry.by_name.get(field)
        return piece is not None and not (isinstance(piece, Text) and piece.value is None)

    def text(self, field: str, longest: int) -> str:
        piece = self._entry.by_name.get(field)
        if not self.has(field):
            self.complain(field, "this field is needed")
            return ""
        if not isinstance(piece, Text) or piece.value is None:
            self.complain(field, "one plain text is needed here")
            return ""
        return self._clean(field, piece.value, longest)

    def pattern(self, field: str, pattern: str, longest: int) -> str:
        """A key: small Latin letters, digits and hyphens."""
        text = self.text(field, longest)
        if text and not re.fullmatch(pattern, text):
            self.complain(field, "only small Latin letters, digits and single hyphens can be used")
            return ""
        return text

    def whole(self, field: str, least: int, most: int) -> int:
        text = self.text(field, 100)
        if not text:
            return 0
        if not re.fullmatch("[0-9]{1,3}", text) or not least <= int(text) <= most:
            self.complain(field, f"a whole number from {least} to {most} is needed")
            return 0
        return int(text)

    def one_of(self, field: str, allowed: Sequence[str]) -> str:
        text = self.text(field, 100)
        if text and text not in allowed:
            shown = ", ".join(allowed[:_FEW]) + (", …" if len(allowed) > _FEW else "")
            self.complain(field, f"it must be one of: {shown}")
            return ""
        return text

    def tolerance(self, field: str) -> Decimal | None:
        if not self.has(field):
            return None
        text = self.text(field, 100)
        if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", text) or not Decimal(text):
            self.complain(field, "a decimal above 0 such as '0.05' is needed, or null")
            return None
        return Decimal(text)

    def texts(self, field: str, longest: int) -> Texts:
        """A text in each language."""
        if not self.has(field):
            self.complain(field, "this field is needed")
            return {}
        return self._texts(field, self._entry.by_name[field], longest)

    def list_of_texts(self, field: str, count: int, longest: int) -> tuple[Texts, ...]:
        piece = self._entry.by_name.get(field)
        if not isinstance(piece, Listed) or len(piece.items) != count:
            self.complain(field, f"exactly {count} are needed, each with a dash")
            return ()
        return tuple(
            self._texts(field, one, longest, number) for number, one in enumerate(piece.items, 1)
        )

    def _texts(self, field: str, piece: Piece, longest: int, number: int | None = None) -> Texts:
        names = piece.by_name if isinstance(piece, Fields) and not piece.doubled else {}
        if set(names) != set(LANGUAGES):
            self.complain(field, "'en' and 'bn' are needed, once each, and nothing else", number)
            return {}
        texts = {}
        for language in LANGUAGES:
            text = names[language]
            if not isinstance(text, Text) or not text.value or not text.value.strip():
                self.complain(field, f"the text in '{language}' is missing", number)
            else:
                texts[language] = self._clean(field, text.value, longest, number)
        return texts

    def _clean(self, field: str, text: str, longest: int, number: int | None = None) -> str:
        """In the composed form (NFC), without space around it."""
        clean = unicodedata.normalize("NFC", text).strip()
        if len(clean) > longest:
            self.complain(field, f"{len(clean)} characters, where {longest} fit", number)
            return ""
        if any(unicodedata.category(one) in _UNPRINTABLE for one in clean if one != "\n"):
            self.complain(field, "it has a character that cannot be shown", number)
            return ""
        if not clean:
            self.complain(field, "it is empty", number)
        return clean


def _shown(name: str) -> str:
    return name if len(name) <= 40 and name.isprintable() else f"{name[:40]!a}…"
