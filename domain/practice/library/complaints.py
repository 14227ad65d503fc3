"""What can be wrong with a problem that somebody wrote. The view has a sentence for each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Value = str | int


class Flaw(StrEnum):
    # The file.
    NOT_UTF8 = "not_utf8"
    FILE_TOO_LONG = "file_too_long"
    TOO_MANY_PROBLEMS = "too_many_problems"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_FLAWS = "too_many_flaws"
    NO_FILES = "no_files"
    UNKNOWN_ENDING = "unknown_ending"
    NOT_YAML = "not_yaml"
    NOT_CSV = "not_csv"
    NO_SUCH_CHARACTER = "no_such_character"
    EMPTY_FILE = "empty_file"
    ALIASES = "aliases"
    TOO_DEEP = "too_deep"
    NOT_ONE_LIST = "not_one_list"
    NOT_A_LIST = "not_a_list"
    NO_FIELDS = "no_fields"
    # A field's form.
    FIELD_TWICE = "field_twice"
    NO_SUCH_FIELD = "no_such_field"
    FIELD_NEEDED = "field_needed"
    NOT_ONE_TEXT = "not_one_text"
    NOT_A_KEY = "not_a_key"
    NOT_WHOLE = "not_whole"
    NOT_ONE_OF = "not_one_of"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_A_TOLERANCE = "not_a_tolerance"
    NOT_SO_MANY = "not_so_many"
    LANGUAGES_NEEDED = "languages_needed"
    TEXT_MISSING = "text_missing"
    TEXT_TOO_LONG = "text_too_long"
    CANNOT_BE_SHOWN = "cannot_be_shown"
    TEXT_EMPTY = "text_empty"
    NOT_A_MAP = "not_a_map"
    NOT_A_LIST_OF_TEXTS = "not_a_list_of_texts"
    # A sum.
    SUM_TOO_LONG = "sum_too_long"
    SUM_SIGNS = "sum_signs"
    SUM_MISPLACED = "sum_misplaced"
    SUM_UNFINISHED = "sum_unfinished"
    SUM_BRACKET = "sum_bracket"
    SUM_TOO_DEEP = "sum_too_deep"
    SUM_TOO_LARGE = "sum_too_large"
    SUM_DIVIDES_BY_ZERO = "sum_divides_by_zero"
    SUM_POWER = "sum_power"
    SUM_NO_ROOT = "sum_no_root"
    SUM_NEEDS_WHOLE = "sum_needs_whole"
    SUM_UNKNOWN_NAME = "sum_unknown_name"
    SUM_UNKNOWN_FUNCTION = "sum_unknown_function"
    SUM_CANNOT_BE_READ = "sum_cannot_be_read"
    # A template.
    NOT_A_NAME = "not_a_name"
    EMPTY_RANGE = "empty_range"
    NO_CHOICE = "no_choice"
    TOO_MANY_COMBINATIONS = "too_many_combinations"
    TOO_FEW_COMBINATIONS = "too_few_combinations"
    TOO_MUCH_TO_TRY = "too_much_to_try"
    CONDITIONS_TOO_NARROW = "conditions_too_narrow"
    NOT_A_COMPARISON = "not_a_comparison"
    CONDITIONS_WITHOUT_PARAMETERS = "conditions_without_parameters"
    STRAY_BRACE = "stray_brace"
    DOUBLED_BRACE = "doubled_brace"
    UNKNOWN_PARAMETER = "unknown_parameter"
    UNKNOWN_DISPLAY = "unknown_display"
    UNUSED_PARAMETER = "unused_parameter"
    # What the texts say.
    BENGALI_IN_ENGLISH = "bengali_in_english"
    LATIN_DIGITS_IN_BENGALI = "latin_digits_in_bengali"
    NUMBERS_DIFFER = "numbers_differ"
    HINT_HAS_ANSWER = "hint_has_answer"
    IDLE_FACTOR = "idle_factor"
    TWO_SIGNS = "two_signs"
    # The answer.
    NOT_AN_ANSWER = "not_an_answer"
    NOT_PLAINEST = "not_plainest"
    FRACTION_NEEDS_KIND = "fraction_needs_kind"
    PERCENT_WITH_UNIT = "percent_with_unit"
    UNIT_REQUIRED_WITHOUT_UNIT = "unit_required_without_unit"
    NOT_ACCEPTED = "not_accepted"
    COMPUTATION_DIFFERS = "computation_differs"
    COMPUTATION_SAYS_ANOTHER = "computation_says_another"
    # The whole library.
    NO_SUCH_TOPIC = "no_such_topic"
    SLUG_TWICE = "slug_twice"
    SLUG_OF_ANOTHER_CLASS = "slug_of_another_class"
    NEAR_DUPLICATE = "near_duplicate"
    DIFFICULTY_MISSING = "difficulty_missing"
    SLUG_TAKEN = "slug_taken"


class Wrong(ValueError):
    """A flaw found deep inside a field; whoever reads the field knows where it stands."""

    def __init__(self, flaw: Flaw, **values: Value) -> None:
        super().__init__(flaw)
        self.flaw = flaw
        self.values = values


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong and where."""

    file: str
    line: int
    """From 1; 0 where it is about no one line."""
    slug: str | None
    """None where the problem has none."""
    flaw: Flaw
    values: Mapping[str, Value] = field(default_factory=dict)
    """What goes into the flaw's sentence; `field`, and `number` in a list from 1, say where."""

    @property
    def key(self) -> str:
        return self.flaw.value


def slug_taken(file: str, line: int, slug: str) -> Complaint:
    """Only the database knows that a name is somebody else's; it is told like any other flaw."""
    return Complaint(file, line, slug, Flaw.SLUG_TAKEN, {"field": "slug"})
