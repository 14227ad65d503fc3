"""Errors in plain words, and what is said of code that cannot be read."""

from collections.abc import Mapping
from html import escape
from typing import Any

from bot.views.common import Keys, clip
from bot.views.message import Message
from bot.views.registry import view
from bot.views.tongue import Tongue

EXPLANATIONS: Keys = {
    "missing_colon": "explanation.missing_colon",
    "unclosed_bracket": "explanation.unclosed_bracket",
    "stray_bracket": "explanation.stray_bracket",
    "wrong_bracket": "explanation.wrong_bracket",
    "unclosed_quote": "explanation.unclosed_quote",
    "assigned_in_condition": "explanation.assigned_in_condition",
    "print_without_brackets": "explanation.print_without_brackets",
    "keyword_as_name": "explanation.keyword_as_name",
    "unexpected_indent": "explanation.unexpected_indent",
    "block_expected": "explanation.block_expected",
    "uneven_indent": "explanation.uneven_indent",
    "tabs_and_spaces": "explanation.tabs_and_spaces",
    "return_outside": "explanation.return_outside",
    "loop_word_outside": "explanation.loop_word_outside",
    "curly_quotes": "explanation.curly_quotes",
    "bengali_digit": "explanation.bengali_digit",
    "danda": "explanation.danda",
    "full_width": "explanation.full_width",
    "strange_character": "explanation.strange_character",
    "cannot_assign": "explanation.cannot_assign",
    "missing_comma": "explanation.missing_comma",
    "else_without_if": "explanation.else_without_if",
    "foreign_operator": "explanation.foreign_operator",
    "leading_zero": "explanation.leading_zero",
    "name_starts_with_digit": "explanation.name_starts_with_digit",
    "invalid_syntax": "explanation.invalid_syntax",
    "other_language": "explanation.other_language",
    "name_typo": "explanation.name_typo",
    "name_too_early": "explanation.name_too_early",
    "missing_import": "explanation.missing_import",
    "name_of_another_language": "explanation.name_of_another_language",
    "name_unknown": "explanation.name_unknown",
    "local_unset": "explanation.local_unset",
    "text_plus_number": "explanation.text_plus_number",
    "text_times_text": "explanation.text_times_text",
    "not_callable": "explanation.not_callable",
    "argument_missing": "explanation.argument_missing",
    "argument_count": "explanation.argument_count",
    "too_few_arguments": "explanation.too_few_arguments",
    "too_many_arguments": "explanation.too_many_arguments",
    "self_forgotten": "explanation.self_forgotten",
    "unknown_argument": "explanation.unknown_argument",
    "nothing_used": "explanation.nothing_used",
    "operator_unsupported": "explanation.operator_unsupported",
    "not_subscriptable": "explanation.not_subscriptable",
    "not_iterable": "explanation.not_iterable",
    "compared_unlike": "explanation.compared_unlike",
    "index_not_whole": "explanation.index_not_whole",
    "whole_number_needed": "explanation.whole_number_needed",
    "cannot_be_changed": "explanation.cannot_be_changed",
    "not_a_key": "explanation.not_a_key",
    "join_needs_text": "explanation.join_needs_text",
    "two_numbers_on_a_line": "explanation.two_numbers_on_a_line",
    "decimal_as_whole": "explanation.decimal_as_whole",
    "empty_as_number": "explanation.empty_as_number",
    "text_as_number": "explanation.text_as_number",
    "too_many_values": "explanation.too_many_values",
    "too_few_values": "explanation.too_few_values",
    "not_in_list": "explanation.not_in_list",
    "no_such_result": "explanation.no_such_result",
    "out_of_range": "explanation.out_of_range",
    "nothing_left": "explanation.nothing_left",
    "key_missing": "explanation.key_missing",
    "other_attribute": "explanation.other_attribute",
    "attribute_missing": "explanation.attribute_missing",
    "divided_by_zero": "explanation.divided_by_zero",
    "input_ended": "explanation.input_ended",
    "too_deep": "explanation.too_deep",
    "module_missing": "explanation.module_missing",
    "not_in_module": "explanation.not_in_module",
    "number_too_large": "explanation.number_too_large",
    "not_readable_as_text": "explanation.not_readable_as_text",
    "file_missing": "explanation.file_missing",
    "missing_semicolon": "explanation.missing_semicolon",
    "missing_std": "explanation.missing_std",
    "missing_include": "explanation.missing_include",
    "undeclared": "explanation.undeclared",
    "out_of_scope": "explanation.out_of_scope",
    "for_separators": "explanation.for_separators",
    "missing_end_brace": "explanation.missing_end_brace",
    "missing_parenthesis": "explanation.missing_parenthesis",
    "no_initializer": "explanation.no_initializer",
    "wrong_arrows": "explanation.wrong_arrows",
    "stream_unsupported": "explanation.stream_unsupported",
    "invalid_conversion": "explanation.invalid_conversion",
    "const_changed": "explanation.const_changed",
    "no_return": "explanation.no_return",
    "missing_main": "explanation.missing_main",
    "main_not_int": "explanation.main_not_int",
    "function_without_body": "explanation.function_without_body",
    "missing_header": "explanation.missing_header",
    "defined_twice": "explanation.defined_twice",
    "void_used": "explanation.void_used",
    "missing_ampersand": "explanation.missing_ampersand",
    "wrong_format": "explanation.wrong_format",
    "unknown_type": "explanation.unknown_type",
    "outside_function": "explanation.outside_function",
    "no_matching_call": "explanation.no_matching_call",
    "misused_template": "explanation.misused_template",
    "single_quotes": "explanation.single_quotes",
    "array_assigned": "explanation.array_assigned",
    "stoi_failed": "explanation.stoi_failed",
    "uncaught_exception": "explanation.uncaught_exception",
    "not_a_function": "explanation.not_a_function",
    "member_of_undefined": "explanation.member_of_undefined",
    "segmentation": "explanation.segmentation",
    "aborted": "explanation.aborted",
    "killed": "explanation.killed",
    "endless_loop": "explanation.endless_loop",
    "too_slow": "explanation.too_slow",
    "out_of_memory": "explanation.out_of_memory",
    "too_much_output": "explanation.too_much_output",
    "refused_call": "explanation.refused_call",
}
COUNTS = frozenset({"line", "expected", "got", "allowed", "given"})
"""Values that are numbers to read, not pieces of code."""
BRACES = {"open": "{", "close": "}"}
"""Texts name them so, for a bare brace begins a value."""
LINE_SHOWN = 60
"""Characters of a source line."""
MARKED_UP_TO = 32
"""Columns that a phone shows of a line of code: a mark further right would slip below another."""


def explained(data: Mapping[str, Any], tongue: Tongue) -> str:
    """`data` is that of an Explanation: the line, the code in it, and what the error means."""
    return "\n".join(filter(None, (_place(data, tongue), _meaning(data, tongue))))


def _meaning(data: Mapping[str, Any], tongue: Tongue) -> str:
    values = {
        name: tongue.digits(value) if name in COUNTS else value
        for name, value in data["values"].items()
    }
    return tongue.t(EXPLANATIONS[data["kind"]], **BRACES, **values)


def _place(data: Mapping[str, Any], tongue: Tongue) -> str:
    if data["line"] is None:
        return ""
    said = tongue.t("explanation.at_line", line=tongue.number(data["line"]))
    text = data["source_line"]
    if not text.strip():
        return said
    indent = len(text) - len(text.lstrip())
    shown = clip(text.strip(), LINE_SHOWN)
    return f"{said}\n<pre>{escape(shown, quote=False)}{_mark(shown, data['column'], indent)}</pre>"


def _mark(shown: str, column: int | None, indent: int) -> str:
    """A line with ^ below the place, where letters are surely all of one width."""
    if column is None or not shown.isascii():
        return ""
    at = column - 1 - indent
    return f"\n{' ' * at}^" if 0 <= at <= min(len(shown), MARKED_UP_TO) else ""


@view("submissions.source_empty")
def source_empty(_data: Mapping[str, Any], tongue: Tongue) -> Message:
    return Message(tongue.t("explanation.source_empty"))


@view("submissions.source_not_text")
def source_not_text(_data: Mapping[str, Any], tongue: Tongue) -> Message:
    return Message(tongue.t("explanation.source_not_text"))


@view("submissions.source_too_long")
def source_too_long(data: Mapping[str, Any], tongue: Tongue) -> Message:
    return Message(tongue.t("explanation.source_too_long", limit=tongue.number(data["limit"])))
