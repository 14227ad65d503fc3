"""What can be wrong with a coding problem that somebody sent, and what is only said of it.

The view has a sentence for each.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.problems.packages.limits import MOST_COMPLAINTS, MOST_NOTES

Value = str | int
_LONGEST_VALUE = 300
"""Characters of a text that goes into a complaint."""


class Flaw(StrEnum):
    """For any of these a problem is refused."""

    # The file.
    UNKNOWN_ENDING = "unknown_ending"
    FILE_TOO_LARGE = "file_too_large"
    FILE_TOO_LONG = "file_too_long"
    TOO_MUCH_TO_READ = "too_much_to_read"
    NOT_UTF8 = "not_utf8"
    NOT_YAML = "not_yaml"
    NO_SUCH_CHARACTER = "no_such_character"
    EMPTY_FILE = "empty_file"
    ALIASES = "aliases"
    TOO_DEEP = "too_deep"
    TOO_MANY_FLAWS = "too_many_flaws"
    # A field's form.
    NO_FIELDS = "no_fields"
    FIELD_TWICE = "field_twice"
    NO_SUCH_FIELD = "no_such_field"
    FIELD_NEEDED = "field_needed"
    NOT_ONE_TEXT = "not_one_text"
    NOT_A_KEY = "not_a_key"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    NOT_POINTS = "not_points"
    NOT_ONE_OF = "not_one_of"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_A_LIST = "not_a_list"
    TOO_MANY_ENTRIES_IN_LIST = "too_many_entries_in_list"
    NOT_LANGUAGES = "not_languages"
    TEXT_TOO_LONG = "text_too_long"
    TEXT_EMPTY = "text_empty"
    CANNOT_BE_SHOWN = "cannot_be_shown"
    # The problem.
    NO_TESTS = "no_tests"
    TOO_MANY_TESTS = "too_many_tests"
    TOO_MUCH_DATA = "too_much_data"
    NAME_TWICE = "name_twice"
    NO_POINTS = "no_points"
    POINTS_FOR_SOME = "points_for_some"
    POINTS_IN_GROUP = "points_in_group"
    NO_SUCH_GROUP = "no_such_group"
    GROUP_WITHOUT_TESTS = "group_without_tests"
    NO_REFERENCE = "no_reference"
    TOLERANCE_NEEDED = "tolerance_needed"
    # An archive.
    NOT_A_ZIP = "not_a_zip"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    TOO_MANY_ENTRIES = "too_many_entries"
    ENTRY_TOO_LARGE = "entry_too_large"
    UNPACKED_TOO_LARGE = "unpacked_too_large"
    PACKED_TOO_TIGHTLY = "packed_too_tightly"
    BAD_PATH = "bad_path"
    ODD_NAME = "odd_name"
    FOLDERS_TOO_DEEP = "folders_too_deep"
    NOT_A_FILE = "not_a_file"
    ENTRY_TWICE = "entry_twice"
    OVERLAPPING = "overlapping"
    UNKNOWN_COMPRESSION = "unknown_compression"
    # A problem package.
    NO_PROBLEM_YAML = "no_problem_yaml"
    NO_SLUG = "no_slug"
    NO_STATEMENT = "no_statement"
    STATEMENT_IS_PDF = "statement_is_pdf"
    KIND_NOT_SUPPORTED = "kind_not_supported"
    CUSTOM_GRADER = "custom_grader"
    NOT_ONE_CHECKER = "not_one_checker"
    CHECKER_LANGUAGE = "checker_language"
    UNKNOWN_FLAG = "unknown_flag"
    FLAGS_DIFFER = "flags_differ"
    ANSWER_MISSING = "answer_missing"
    INPUT_MISSING = "input_missing"
    # What running its programs showed.
    MUST_PASS = "must_pass"  # noqa: S105
    MUST_FAIL = "must_fail"
    MUST_FAIL_SO = "must_fail_so"
    DOES_NOT_COMPILE = "does_not_compile"
    INPUT_REFUSED = "input_refused"
    VALIDATOR_FAILED = "validator_failed"
    NOT_JUDGED = "not_judged"


class Note(StrEnum):
    """What its author should know of a problem that is accepted all the same."""

    DEFAULT_TIME = "default_time"
    LIMIT_CHANGED = "limit_changed"
    POINTS_SHARED = "points_shared"
    GROUPS_JOINED = "groups_joined"
    FIELD_UNUSED = "field_unused"
    FILE_UNUSED = "file_unused"
    FOLDER_UNUSED = "folder_unused"
    SYSTEM_FILES = "system_files"
    NESTED_ARCHIVE = "nested_archive"
    LANGUAGE_SKIPPED = "language_skipped"
    SEVERAL_FILES = "several_files"
    PROGRAM_LEFT_OUT = "program_left_out"
    VALIDATOR_ARGUMENTS = "validator_arguments"
    STATEMENT_LEFT_OUT = "statement_left_out"
    PICTURE_LEFT_OUT = "picture_left_out"
    COMMAND_KEPT = "command_kept"
    SPACES_NOT_COMPARED = "spaces_not_compared"
    TOO_MANY_NOTES = "too_many_notes"


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong and where."""

    file: str
    line: int
    """From 1; 0 where it is about no one line."""
    flaw: Flaw
    values: Mapping[str, Value] = field(default_factory=dict)
    """What goes into the flaw's sentence; `field` says where."""

    @property
    def key(self) -> str:
        return self.flaw.value


@dataclass(frozen=True, slots=True)
class Remark:
    """What should be known, and where; as a complaint, but nothing is refused for it."""

    file: str
    line: int
    note: Note
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.note.value


class Findings:
    """What reading a problem brings to light, collected along the way."""

    def __init__(self) -> None:
        self._complaints: list[Complaint] = []
        self._notes: list[Remark] = []

    def complain(self, file: str, line: int, flaw: Flaw, /, **values: Value) -> None:
        if len(self._complaints) <= MOST_COMPLAINTS:
            self._complaints.append(Complaint(shown(file), line, flaw, _clipped(values)))

    def note(self, file: str, line: int, note: Note, /, **values: Value) -> None:
        remark = Remark(shown(file), line, note, _clipped(values))
        if len(self._notes) <= MOST_NOTES and remark not in self._notes:
            self._notes.append(remark)

    @property
    def clean(self) -> bool:
        return not self._complaints

    @property
    def complaints(self) -> tuple[Complaint, ...]:
        """The first ones, and one that says so where there are more."""
        if len(self._complaints) <= MOST_COMPLAINTS:
            return tuple(self._complaints)
        last = self._complaints[MOST_COMPLAINTS]
        more = Complaint(last.file, last.line, Flaw.TOO_MANY_FLAWS, {"limit": MOST_COMPLAINTS})
        return (*self._complaints[:MOST_COMPLAINTS], more)

    @property
    def notes(self) -> tuple[Remark, ...]:
        if len(self._notes) <= MOST_NOTES:
            return tuple(self._notes)
        last = self._notes[MOST_NOTES]
        more = Remark(last.file, 0, Note.TOO_MANY_NOTES, {"limit": MOST_NOTES})
        return (*self._notes[:MOST_NOTES], more)


def shown(name: str) -> str:
    """A name from a file as it may be told: its end, without what cannot be printed."""
    tail = name[-100:]
    return tail if tail.isprintable() else ascii(tail)[1:-1]


def _clipped(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: _clip(one) for name, one in values.items()}


def _clip(value: Value) -> Value:
    if isinstance(value, int):
        return value
    printable = "".join(one if one.isprintable() else " " for one in value[:_LONGEST_VALUE])
    return printable if len(value) <= _LONGEST_VALUE else printable[: _LONGEST_VALUE - 1] + "…"
