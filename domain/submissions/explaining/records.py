"""What is known about an error: its kind, where it is, and the words a sentence about it needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """Each has one plain explanation in each language; the same kind may come from several."""

    # How a program is written
    MISSING_COLON = "missing_colon"
    UNCLOSED_BRACKET = "unclosed_bracket"
    STRAY_BRACKET = "stray_bracket"
    WRONG_BRACKET = "wrong_bracket"
    UNCLOSED_QUOTE = "unclosed_quote"
    ASSIGNED_IN_CONDITION = "assigned_in_condition"
    PRINT_WITHOUT_BRACKETS = "print_without_brackets"
    KEYWORD_AS_NAME = "keyword_as_name"
    UNEXPECTED_INDENT = "unexpected_indent"
    BLOCK_EXPECTED = "block_expected"
    UNEVEN_INDENT = "uneven_indent"
    TABS_AND_SPACES = "tabs_and_spaces"
    RETURN_OUTSIDE = "return_outside"
    LOOP_WORD_OUTSIDE = "loop_word_outside"
    CURLY_QUOTES = "curly_quotes"
    BENGALI_DIGIT = "bengali_digit"
    DANDA = "danda"
    FULL_WIDTH = "full_width"
    STRANGE_CHARACTER = "strange_character"
    CANNOT_ASSIGN = "cannot_assign"
    MISSING_COMMA = "missing_comma"
    ELSE_WITHOUT_IF = "else_without_if"
    FOREIGN_OPERATOR = "foreign_operator"
    LEADING_ZERO = "leading_zero"
    NAME_STARTS_WITH_DIGIT = "name_starts_with_digit"
    INVALID_SYNTAX = "invalid_syntax"
    OTHER_LANGUAGE = "other_language"
    # Names
    NAME_TYPO = "name_typo"
    NAME_TOO_EARLY = "name_too_early"
    MISSING_IMPORT = "missing_import"
    NAME_OF_ANOTHER_LANGUAGE = "name_of_another_language"
    NAME_UNKNOWN = "name_unknown"
    LOCAL_UNSET = "local_unset"
    # Types
    TEXT_PLUS_NUMBER = "text_plus_number"
    TEXT_TIMES_TEXT = "text_times_text"
    NOT_CALLABLE = "not_callable"
    ARGUMENT_MISSING = "argument_missing"
    ARGUMENT_COUNT = "argument_count"
    TOO_FEW_ARGUMENTS = "too_few_arguments"
    TOO_MANY_ARGUMENTS = "too_many_arguments"
    SELF_FORGOTTEN = "self_forgotten"
    UNKNOWN_ARGUMENT = "unknown_argument"
    NOTHING_USED = "nothing_used"
    OPERATOR_UNSUPPORTED = "operator_unsupported"
    NOT_SUBSCRIPTABLE = "not_subscriptable"
    NOT_ITERABLE = "not_iterable"
    COMPARED_UNLIKE = "compared_unlike"
    INDEX_NOT_WHOLE = "index_not_whole"
    WHOLE_NUMBER_NEEDED = "whole_number_needed"
    CANNOT_BE_CHANGED = "cannot_be_changed"
    NOT_A_KEY = "not_a_key"
    JOIN_NEEDS_TEXT = "join_needs_text"
    # Values
    TWO_NUMBERS_ON_A_LINE = "two_numbers_on_a_line"
    DECIMAL_AS_WHOLE = "decimal_as_whole"
    EMPTY_AS_NUMBER = "empty_as_number"
    TEXT_AS_NUMBER = "text_as_number"
    TOO_MANY_VALUES = "too_many_values"
    TOO_FEW_VALUES = "too_few_values"
    NOT_IN_LIST = "not_in_list"
    NO_SUCH_RESULT = "no_such_result"
    OUT_OF_RANGE = "out_of_range"
    NOTHING_LEFT = "nothing_left"
    KEY_MISSING = "key_missing"
    OTHER_ATTRIBUTE = "other_attribute"
    ATTRIBUTE_MISSING = "attribute_missing"
    DIVIDED_BY_ZERO = "divided_by_zero"
    INPUT_ENDED = "input_ended"
    TOO_DEEP = "too_deep"
    MODULE_MISSING = "module_missing"
    NOT_IN_MODULE = "not_in_module"
    NUMBER_TOO_LARGE = "number_too_large"
    NOT_READABLE_AS_TEXT = "not_readable_as_text"
    FILE_MISSING = "file_missing"
    # C and C++
    MISSING_SEMICOLON = "missing_semicolon"
    MISSING_STD = "missing_std"
    MISSING_INCLUDE = "missing_include"
    UNDECLARED = "undeclared"
    OUT_OF_SCOPE = "out_of_scope"
    FOR_SEPARATORS = "for_separators"
    MISSING_END_BRACE = "missing_end_brace"
    MISSING_PARENTHESIS = "missing_parenthesis"
    NO_INITIALIZER = "no_initializer"
    WRONG_ARROWS = "wrong_arrows"
    STREAM_UNSUPPORTED = "stream_unsupported"
    INVALID_CONVERSION = "invalid_conversion"
    CONST_CHANGED = "const_changed"
    NO_RETURN = "no_return"
    MISSING_MAIN = "missing_main"
    MAIN_NOT_INT = "main_not_int"
    FUNCTION_WITHOUT_BODY = "function_without_body"
    MISSING_HEADER = "missing_header"
    DEFINED_TWICE = "defined_twice"
    VOID_USED = "void_used"
    MISSING_AMPERSAND = "missing_ampersand"
    WRONG_FORMAT = "wrong_format"
    UNKNOWN_TYPE = "unknown_type"
    OUTSIDE_FUNCTION = "outside_function"
    NO_MATCHING_CALL = "no_matching_call"
    MISUSED_TEMPLATE = "misused_template"
    SINGLE_QUOTES = "single_quotes"
    ARRAY_ASSIGNED = "array_assigned"
    STOI_FAILED = "stoi_failed"
    UNCAUGHT_EXCEPTION = "uncaught_exception"
    # JavaScript
    NOT_A_FUNCTION = "not_a_function"
    MEMBER_OF_UNDEFINED = "member_of_undefined"
    # Ends without a message
    SEGMENTATION = "segmentation"
    ABORTED = "aborted"
    KILLED = "killed"
    ENDLESS_LOOP = "endless_loop"
    TOO_SLOW = "too_slow"
    OUT_OF_MEMORY = "out_of_memory"
    TOO_MUCH_OUTPUT = "too_much_output"
    REFUSED_CALL = "refused_call"


@dataclass(frozen=True, slots=True)
class Explanation:
    """`line` and `column` count from 1 in the student's source; None where they are not known.

    `values` are one short line each, free of control characters, not escaped.
    """

    kind: Kind
    line: int | None = None
    column: int | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    source_line: str = ""

    def data(self) -> dict[str, Any]:
        """As a view takes it and JSON holds it."""
        return {
            "kind": self.kind.value,
            "line": self.line,
            "column": self.column,
            "values": dict(self.values),
            "source_line": self.source_line,
        }
