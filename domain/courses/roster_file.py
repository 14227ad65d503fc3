"""A class's people in a spreadsheet: read from CSV with a complaint for every flaw, and written."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from domain.courses.records import EnrollmentRole

BYTES = 256 * 1024
ROWS = 1000
_SEPARATORS = ",;\t"
_LONGEST = 64
"""Characters of a cell that are repeated in a report."""

_COLUMNS: Mapping[str, str] = {
    "username": "username",
    "user name": "username",
    "telegram username": "username",
    "ইউজারনেম": "username",
    "ব্যবহারকারীর নাম": "username",
    "telegram id": "telegram_id",
    "id": "telegram_id",
    "টেলিগ্রাম আইডি": "telegram_id",
    "আইডি": "telegram_id",
    "role": "role",
    "ভূমিকা": "role",
    "status": "status",
    "অবস্থা": "status",
}
_ROLES: Mapping[str, EnrollmentRole] = {
    "student": EnrollmentRole.STUDENT,
    "শিক্ষার্থী": EnrollmentRole.STUDENT,
    "ta": EnrollmentRole.TA,
    "assistant": EnrollmentRole.TA,
    "সহকারী": EnrollmentRole.TA,
    "teacher": EnrollmentRole.TEACHER,
    "শিক্ষক": EnrollmentRole.TEACHER,
}
_DROPPED = frozenset({"dropped", "বাদ"})
_USERNAME = re.compile(r"[a-z][a-z0-9_]{3,31}", re.ASCII)
_LINK = re.compile(r"(?:https?://)?t\.me/", re.IGNORECASE)
# Where a cell begins, or would begin for a spreadsheet that splits at another separator.
_FORMULA = re.compile(r"(^|[,;]\s*)(?=[=+\-@\t\r＝＋－＠])")
_LONGEST_ID = 16
_BENGALI_DIGITS = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")


class Flaw(StrEnum):
    """What is wrong with a file, or with a row of it."""

    NOT_UTF8 = "not_utf8"
    NOT_CSV = "not_csv"
    EMPTY = "empty"
    NO_COLUMN = "no_column"
    """Neither user names nor Telegram's ids."""
    TOO_MANY_ROWS = "too_many_rows"
    NOBODY = "nobody"
    """A row with neither."""
    BAD_ID = "bad_id"
    BAD_USERNAME = "bad_username"
    BAD_ROLE = "bad_role"
    TWICE = "twice"
    """The same person in two rows."""
    OWNER_DECIDES = "owner_decides"
    """About those who teach the class beside its owner."""


@dataclass(frozen=True, slots=True)
class Complaint:
    line: int
    """Of the file, from one."""
    flaw: Flaw
    what: str = ""
    """The cell that is at fault, cut short; untrusted."""


@dataclass(frozen=True, slots=True)
class Row:
    """One person. The id counts where there are both."""

    line: int
    telegram_id: int | None
    username: str | None
    """In lower case, without @."""
    role: EnrollmentRole | None

    @property
    def who(self) -> str:
        return f"@{self.username}" if self.username else str(self.telegram_id)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where there are complaints, the rows are not to be used."""

    rows: Sequence[Row] = ()
    complaints: Sequence[Complaint] = ()


class _Unreadable(Exception):
    def __init__(self, line: int, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.complaint = Complaint(line, flaw)


def read(content: bytes) -> Sheet:
    """Everybody in the file. Those it marks as dropped are left out."""
    try:
        (_, names), *entries = _cells(_text(content))
        columns = _columns(names)
    except _Unreadable as error:
        return Sheet(complaints=(error.complaint,))
    if len(entries) > ROWS:
        return Sheet(complaints=(Complaint(entries[ROWS][0], Flaw.TOO_MANY_ROWS),))
    rows: list[Row] = []
    complaints: list[Complaint] = []
    for line, cells in entries:
        given = {
            columns[place]: _value(cell) for place, cell in enumerate(cells) if place in columns
        }
        if given.get("status", "").casefold() in _DROPPED:
            continue
        one = _row(line, given)
        if isinstance(one, Row):
            rows.append(one)
        else:
            complaints.append(one)
    return Sheet(rows, [*complaints, *_twice(rows)])


def _text(content: bytes) -> str:
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Unreadable(1, Flaw.NOT_UTF8) from error
    if "\0" in text:
        raise _Unreadable(1, Flaw.NOT_CSV)
    if not text.strip():
        raise _Unreadable(1, Flaw.EMPTY)
    return unicodedata.normalize("NFC", text)


def _cells(text: str) -> list[tuple[int, list[str]]]:
    """Rows that are not empty, each with its first line: the header, and one more than may be."""
    head = text.lstrip().split("\n", 1)[0]
    separator = max(_SEPARATORS, key=head.count)
    return list(islice(_lines(text, separator), ROWS + 2))


def _lines(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _Unreadable(line, Flaw.NOT_CSV) from error
        if any(map(str.strip, cells)):
            yield line, cells


def _columns(names: Sequence[str]) -> dict[int, str]:
    """What stands in which column; the first of a name counts."""
    found: dict[str, int] = {}
    for place, name in enumerate(names):
        plain = " ".join(name.replace("_", " ").split()).casefold()
        column = _COLUMNS.get(plain)
        if column is not None:
            found.setdefault(column, place)
    if "username" not in found and "telegram_id" not in found:
        raise _Unreadable(1, Flaw.NO_COLUMN)
    return {place: column for column, place in found.items()}


def _value(cell: str) -> str:
    """Without the mark that keeps a spreadsheet from reckoning with it."""
    return cell.strip().removeprefix("'").strip()


def _row(line: int, given: Mapping[str, str]) -> Row | Complaint:
    number = given.get("telegram_id", "").translate(_BENGALI_DIGITS)
    name = _LINK.sub("", given.get("username", "")).removeprefix("@").casefold()
    role = given.get("role", "").casefold()
    if number and not _is_id(number):
        return Complaint(line, Flaw.BAD_ID, number[:_LONGEST])
    if name and not _USERNAME.fullmatch(name):
        return Complaint(line, Flaw.BAD_USERNAME, name[:_LONGEST])
    if not number and not name:
        return Complaint(line, Flaw.NOBODY)
    if role and role not in _ROLES:
        return Complaint(line, Flaw.BAD_ROLE, role[:_LONGEST])
    return Row(line, int(number) if number else None, name or None, _ROLES.get(role))


def _is_id(number: str) -> bool:
    """As Telegram promises: less than 52 bits."""
    plain = number.isascii() and number.isdecimal() and len(number) <= _LONGEST_ID
    return plain and 0 < int(number) < 2**52


def _twice(rows: Iterable[Row]) -> Iterator[Complaint]:
    seen: set[object] = set()
    for row in rows:
        keys = {one for one in (row.telegram_id, row.username) if one is not None}
        if keys & seen:
            yield Complaint(row.line, Flaw.TWICE, row.who)
        seen |= keys


def write(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """CSV that Excel shows in the right letters, and reckons nothing in."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    return _FORMULA.sub(r"\1'", cell)
