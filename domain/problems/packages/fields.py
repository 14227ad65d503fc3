"""The named fields of a YAML text, read one by one; what is wrong is kept, not raised."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from domain.practice.library.written import Fields, Listed, Piece, Text, Unreadable, parse
from domain.problems.packages.complaints import Findings, Flaw, Value
from domain.problems.packages.contents import LANGUAGES

KEY = r"[a-z0-9]+(-[a-z0-9]+)*"
LONGEST_KEY = 100
_WORD = 100
_UNPRINTABLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_ALLOWED = "\n\t\u200c\u200d"
"""The last two have no width, but Bengali spelling needs them."""
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{0,9})?([eE][+-]?[0-9]{1,2})?")
_COMPOSED_OF = 4
"""Characters of which a composed one may be typed."""
_MOST_MARKS = 30
"""In a row on one letter, far more than any script has: composing takes the square of their
number."""
_BENGALI = re.compile("[\u0980-\u09ff]")


class Reader:
    """Reads the fields of one map. A field with a flaw comes back as if it had been left out."""

    def __init__(self, findings: Findings, file: str, piece: Piece, where: str = "") -> None:
        self._findings = findings
        self.file = file
        self.line = piece.line
        self._where = where
        self._fields = piece if isinstance(piece, Fields) else Fields(piece.line, {}, {}, ())
        self._is_map = isinstance(piece, Fields)
        if not self._is_map:
            findings.complain(file, piece.line, Flaw.NO_FIELDS, **self._place(""))

    def _place(self, name: str) -> dict[str, Value]:
        place = f"{self._where}{name}".removesuffix(".")
        return {"field": place} if place else {}

    def complain(self, name: str, flaw: Flaw, /, **values: Value) -> None:
        """Of what is no map at all nothing more is said than that."""
        if self._is_map:
            line = self.line_of(name)
            self._findings.complain(self.file, line, flaw, **self._place(name), **values)

    def line_of(self, name: str) -> int:
        return self._fields.lines.get(name, self.line)

    @property
    def names(self) -> Collection[str]:
        return self._fields.by_name

    def doubled(self) -> None:
        for name, line in self._fields.doubled:
            self._findings.complain(self.file, line, Flaw.FIELD_TWICE, **self._place(name))

    def only(self, allowed: Collection[str]) -> None:
        """Complains of fields that are doubled or unknown; a missing one is missed when read."""
        self.doubled()
        for name in self._fields.by_name:
            if name not in allowed:
                self.complain(name, Flaw.NO_SUCH_FIELD)

    def has(self, name: str) -> bool:
        piece = self._fields.by_name.get(name)
        return piece is not None and not (isinstance(piece, Text) and piece.value is None)

    def is_text(self, name: str) -> bool:
        return isinstance(self._fields.by_name.get(name), Text)

    def is_map(self, name: str) -> bool:
        return isinstance(self._fields.by_name.get(name), Fields)

    def written(self, name: str, longest: int) -> str | None:
        """A text exactly as it stands; may be empty. None where it is left out or has a flaw."""
        piece = self._fields.by_name.get(name)
        if piece is None:
            self.complain(name, Flaw.FIELD_NEEDED)
            return None
        if not isinstance(piece, Text):
            self.complain(name, Flaw.NOT_ONE_TEXT)
            return None
        value = piece.value or ""
        if len(value) > longest:
            self.complain(name, Flaw.TEXT_TOO_LONG, length=len(value), longest=longest)
            return None
        if "\0" in value or any("\ud800" <= one <= "\udfff" for one in value):
            self.complain(name, Flaw.CANNOT_BE_SHOWN)
            return None
        return value

    def text(self, name: str, longest: int) -> str:
        """A text for people, composed (NFC) and without space around it."""
        if not self.has(name):
            self.complain(name, Flaw.FIELD_NEEDED)
            return ""
        written = self.written(name, _COMPOSED_OF * longest)
        return "" if written is None else self._clean(name, written, longest)

    def _clean(self, name: str, written: str, longest: int) -> str:
        if not _can_be_composed(written):
            self.complain(name, Flaw.CANNOT_BE_SHOWN)
            return ""
        clean = unicodedata.normalize("NFC", written).strip()
        if len(clean) > longest:
            self.complain(name, Flaw.TEXT_TOO_LONG, length=len(clean), longest=longest)
            return ""
        if not showable(clean):
            self.complain(name, Flaw.CANNOT_BE_SHOWN)
            return ""
        if not clean:
            self.complain(name, Flaw.TEXT_EMPTY)
        return clean

    def key(self, name: str) -> str:
        text = self.text(name, LONGEST_KEY)
        if text and not re.fullmatch(KEY, text):
            self.complain(name, Flaw.NOT_A_KEY)
            return ""
        return text

    def one_of(self, name: str, allowed: Sequence[str]) -> str:
        text = self.text(name, _WORD)
        if text and text not in allowed:
            self.complain(name, Flaw.NOT_ONE_OF, allowed=", ".join(allowed))
            return ""
        return text

    def yes(self, name: str, default: bool) -> bool:
        if not self.has(name):
            return default
        text = self.text(name, _WORD)
        if text and text not in ("true", "false"):
            self.complain(name, Flaw.NOT_YES_OR_NO)
        return text == "true"

    def number(self, name: str, least: Decimal, most: Decimal) -> Decimal | None:
        """Not negative; 0.000001 may be written 1e-6. None where it is left out."""
        if not self.has(name):
            return None
        text = self.text(name, _WORD)
        if not text:
            return None
        if not _NUMBER.fullmatch(text) or not least <= Decimal(text) <= most:
            self.complain(name, Flaw.NOT_A_NUMBER, least=int(least), most=int(most))
            return None
        return Decimal(text)

    def whole(self, name: str, least: int, most: int, default: int) -> int:
        if not self.has(name):
            return default
        text = self.text(name, _WORD)
        if text and (not re.fullmatch("[0-9]{1,9}", text) or not least <= int(text) <= most):
            self.complain(name, Flaw.NOT_WHOLE, least=least, most=most)
            return default
        return int(text) if text else default

    def map(self, name: str) -> "Reader":
        """A field with fields of its own. It must be there."""
        return Reader(self._findings, self.file, self._piece(name), f"{self._where}{name}.")

    def listed(self, name: str, most: int) -> Iterator["Reader"]:
        """The entries of a list of maps; none where it is left out."""
        for number, piece in enumerate(self._items(name, most), 1):
            yield Reader(self._findings, self.file, piece, f"{self._where}{name}.{number}.")

    def texts(self, name: str, most: int) -> tuple[str, ...]:
        """The entries of a list of plain texts; none where it is left out."""
        items = self._items(name, most)
        found = [one.value for one in items if isinstance(one, Text) and one.value is not None]
        if len(found) < len(items):
            self.complain(name, Flaw.NOT_ONE_TEXT)
        return tuple(found)

    def _items(self, name: str, most: int) -> Sequence[Piece]:
        if not self.has(name):
            return ()
        piece = self._piece(name)
        if not isinstance(piece, Listed):
            self.complain(name, Flaw.NOT_A_LIST)
            return ()
        if len(piece.items) > most:
            self.complain(name, Flaw.TOO_MANY_ENTRIES_IN_LIST, limit=most)
            return ()
        return piece.items

    def _piece(self, name: str) -> Piece:
        return self._fields.by_name[name]

    def bilingual(self, name: str, longest: int) -> Mapping[str, str]:
        """A text in one language or in both; a plain text is Bengali if it has Bengali letters."""
        if not self.has(name):
            self.complain(name, Flaw.FIELD_NEEDED)
            return {}
        if self.is_text(name):
            text = self.text(name, longest)
            return {"bn" if _BENGALI.search(text) else "en": text} if text else {}
        if not self.is_map(name) or not self.map(name).names:
            self.complain(name, Flaw.NOT_LANGUAGES)
            return {}
        each = self.map(name)
        each.only(LANGUAGES)
        found = {one: each.text(one, longest) for one in LANGUAGES if one in each.names}
        return {language: text for language, text in found.items() if text}


def _can_be_composed(text: str) -> bool:
    marks = 0
    for one in text:
        marks = marks + 1 if unicodedata.combining(one) else 0
        if marks > _MOST_MARKS:
            return False
    return True


def showable(text: str) -> bool:
    """Whether each character of a text can be seen, or is a line's end, a tab or a joiner."""
    return not any(
        one not in _ALLOWED and unicodedata.category(one) in _UNPRINTABLE for one in text
    )


def read_yaml(findings: Findings, file: str, content: bytes) -> Reader | None:
    """The fields of a YAML file; None, with a complaint, where it has none."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        findings.complain(file, line, Flaw.NOT_UTF8)
        return None
    try:
        piece = parse(text)
    except Unreadable as error:
        findings.complain(file, error.line, Flaw(error.flaw.value), **error.values)
        return None
    if isinstance(piece, Fields) and not piece.by_name:
        findings.complain(file, piece.line, Flaw.EMPTY_FILE)
        return None
    reader = Reader(findings, file, piece)
    return reader if reader.names else None
