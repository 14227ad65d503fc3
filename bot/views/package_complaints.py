"""What is wrong with a coding problem that somebody sent, and what is only said of it."""

from collections.abc import Mapping
from typing import Any

from bot.views.common import Keys, clip
from bot.views.tongue import Tongue

COMPLAINTS: Keys = {
    "unknown_ending": "package.unknown_ending",
    "file_too_large": "package.file_too_large",
    "file_too_long": "package.file_too_long",
    "too_much_to_read": "package.too_much_to_read",
    "not_utf8": "package.not_utf8",
    "not_yaml": "package.not_yaml",
    "no_such_character": "package.no_such_character",
    "empty_file": "package.empty_file",
    "aliases": "package.aliases",
    "too_deep": "package.too_deep",
    "too_many_flaws": "package.too_many_flaws",
    "no_fields": "package.no_fields",
    "field_twice": "package.field_twice",
    "no_such_field": "package.no_such_field",
    "field_needed": "package.field_needed",
    "not_one_text": "package.not_one_text",
    "not_a_key": "package.not_a_key",
    "not_a_number": "package.not_a_number",
    "not_whole": "package.not_whole",
    "not_points": "package.not_points",
    "not_one_of": "package.not_one_of",
    "not_yes_or_no": "package.not_yes_or_no",
    "not_a_list": "package.not_a_list",
    "too_many_entries_in_list": "package.too_many_entries_in_list",
    "not_languages": "package.not_languages",
    "text_too_long": "package.text_too_long",
    "text_empty": "package.text_empty",
    "cannot_be_shown": "package.cannot_be_shown",
    "no_tests": "package.no_tests",
    "too_many_tests": "package.too_many_tests",
    "too_much_data": "package.too_much_data",
    "name_twice": "package.name_twice",
    "no_points": "package.no_points",
    "points_for_some": "package.points_for_some",
    "points_in_group": "package.points_in_group",
    "no_such_group": "package.no_such_group",
    "group_without_tests": "package.group_without_tests",
    "no_reference": "package.no_reference",
    "tolerance_needed": "package.tolerance_needed",
    "not_a_zip": "package.not_a_zip",
    "damaged": "package.damaged",
    "encrypted": "package.encrypted",
    "too_many_entries": "package.too_many_entries",
    "entry_too_large": "package.entry_too_large",
    "unpacked_too_large": "package.unpacked_too_large",
    "packed_too_tightly": "package.packed_too_tightly",
    "bad_path": "package.bad_path",
    "odd_name": "package.odd_name",
    "folders_too_deep": "package.folders_too_deep",
    "not_a_file": "package.not_a_file",
    "entry_twice": "package.entry_twice",
    "overlapping": "package.overlapping",
    "unknown_compression": "package.unknown_compression",
    "no_problem_yaml": "package.no_problem_yaml",
    "no_slug": "package.no_slug",
    "no_statement": "package.no_statement",
    "statement_is_pdf": "package.statement_is_pdf",
    "kind_not_supported": "package.kind_not_supported",
    "custom_grader": "package.custom_grader",
    "not_one_checker": "package.not_one_checker",
    "checker_language": "package.checker_language",
    "unknown_flag": "package.unknown_flag",
    "flags_differ": "package.flags_differ",
    "answer_missing": "package.answer_missing",
    "input_missing": "package.input_missing",
    "must_pass": "package.must_pass",
    "must_fail": "package.must_fail",
    "must_fail_so": "package.must_fail_so",
    "does_not_compile": "package.does_not_compile",
    "input_refused": "package.input_refused",
    "validator_failed": "package.validator_failed",
    "not_judged": "package.not_judged",
}
NOTES: Keys = {
    "default_time": "package.note_default_time",
    "limit_changed": "package.note_limit_changed",
    "points_shared": "package.note_points_shared",
    "groups_joined": "package.note_groups_joined",
    "field_unused": "package.note_field_unused",
    "file_unused": "package.note_file_unused",
    "folder_unused": "package.note_folder_unused",
    "system_files": "package.note_system_files",
    "nested_archive": "package.note_nested_archive",
    "language_skipped": "package.note_language_skipped",
    "several_files": "package.note_several_files",
    "program_left_out": "package.note_program_left_out",
    "validator_arguments": "package.note_validator_arguments",
    "statement_left_out": "package.note_statement_left_out",
    "picture_left_out": "package.note_picture_left_out",
    "command_kept": "package.note_command_kept",
    "spaces_not_compared": "package.note_spaces_not_compared",
    "too_many_notes": "package.note_too_many_notes",
}
VERDICTS: Keys = {
    "pass": "package.verdict_pass",
    "fail": "package.verdict_fail",
    "timeout": "package.verdict_timeout",
    "memory_limit": "package.verdict_memory_limit",
    "output_limit": "package.verdict_output_limit",
    "runtime_error": "package.verdict_runtime_error",
    "refused_call": "package.verdict_refused_call",
    "compile_error": "package.verdict_compile_error",
    "internal_error": "package.verdict_internal_error",
}
EXPECTED: Keys = {
    "passes_all": "package.expected_passes_all",
    "wrong_answer": "package.expected_wrong_answer",
    "times_out": "package.expected_times_out",
    "fails_at_run_time": "package.expected_fails_at_run_time",
    "too_slow_or_fails": "package.expected_too_slow_or_fails",
    "not_accepted": "package.expected_not_accepted",
    "valid_inputs": "package.expected_valid_inputs",
}
TYPED = {
    "accept_score": "accept_score",
    "ans": "ans",
    "bn": "bn",
    "cpp": "C++",
    "en": "en",
    "in": "in",
    "marks": "& *",
    "md": "Markdown",
    "no": "false",
    "pdf": "PDF",
    "problem_yaml": "problem.yaml",
    "python": "Python",
    "tex": "LaTeX",
    "tolerances": "absolute, relative",
    "utf8": "UTF-8",
    "yaml": "yaml",
    "yes": "true",
    "zip": "zip",
}
"""What stands in a file as it is in every language, and names."""
LONGEST_VALUE = 80
"""Characters of what a file says that go into a sentence about it."""
LONGEST_OUTPUT = 400
"""Characters of what a compiler says."""


def complaint(key: str, values: Mapping[str, Any], tongue: Tongue) -> str:
    """A complaint by its key and values as plain text, not escaped, with the field it is about."""
    return _sentence(COMPLAINTS[key], values, tongue)


def note(key: str, values: Mapping[str, Any], tongue: Tongue) -> str:
    """The same for a remark."""
    return _sentence(NOTES[key], values, tongue)


def _sentence(key: str, values: Mapping[str, Any], tongue: Tongue) -> str:
    shown = {name: _shown(name, one, tongue) for name, one in values.items()}
    what = tongue.plain(key, **TYPED, **shown)
    if "field" in shown:
        return tongue.plain("package.in_field", field=shown["field"], what=what)
    return what


def _shown(name: str, value: object, tongue: Tongue) -> str:
    if name == "verdict":
        return tongue.plain(VERDICTS[str(value)])
    if name == "expected":
        return tongue.plain(EXPECTED[str(value)])
    if isinstance(value, int):
        return tongue.number(value)
    return clip(" ".join(str(value).split()), LONGEST_OUTPUT if name == "output" else LONGEST_VALUE)
