"""What is wrong with a problem that somebody wrote: a sentence for each complaint."""

from collections.abc import Mapping
from typing import Any

from bot.views.common import Keys, clip
from bot.views.tongue import Tongue

COMPLAINTS: Keys = {
    "not_utf8": "complaint.not_utf8",
    "file_too_long": "complaint.file_too_long",
    "too_many_problems": "complaint.too_many_problems",
    "too_many_columns": "complaint.too_many_columns",
    "too_many_flaws": "complaint.too_many_flaws",
    "no_files": "complaint.no_files",
    "unknown_ending": "complaint.unknown_ending",
    "not_yaml": "complaint.not_yaml",
    "not_csv": "complaint.not_csv",
    "no_such_character": "complaint.no_such_character",
    "empty_file": "complaint.empty_file",
    "aliases": "complaint.aliases",
    "too_deep": "complaint.too_deep",
    "not_one_list": "complaint.not_one_list",
    "not_a_list": "complaint.not_a_list",
    "no_fields": "complaint.no_fields",
    "field_twice": "complaint.field_twice",
    "no_such_field": "complaint.no_such_field",
    "field_needed": "complaint.field_needed",
    "not_one_text": "complaint.not_one_text",
    "not_a_key": "complaint.not_a_key",
    "not_whole": "complaint.not_whole",
    "not_one_of": "complaint.not_one_of",
    "not_yes_or_no": "complaint.not_yes_or_no",
    "not_a_tolerance": "complaint.not_a_tolerance",
    "not_so_many": "complaint.not_so_many",
    "languages_needed": "complaint.languages_needed",
    "text_missing": "complaint.text_missing",
    "text_too_long": "complaint.text_too_long",
    "cannot_be_shown": "complaint.cannot_be_shown",
    "text_empty": "complaint.text_empty",
    "not_a_map": "complaint.not_a_map",
    "not_a_list_of_texts": "complaint.not_a_list_of_texts",
    "sum_too_long": "complaint.sum_too_long",
    "sum_signs": "complaint.sum_signs",
    "sum_misplaced": "complaint.sum_misplaced",
    "sum_unfinished": "complaint.sum_unfinished",
    "sum_bracket": "complaint.sum_bracket",
    "sum_too_deep": "complaint.sum_too_deep",
    "sum_too_large": "complaint.sum_too_large",
    "sum_divides_by_zero": "complaint.sum_divides_by_zero",
    "sum_power": "complaint.sum_power",
    "sum_no_root": "complaint.sum_no_root",
    "sum_needs_whole": "complaint.sum_needs_whole",
    "sum_unknown_name": "complaint.sum_unknown_name",
    "sum_unknown_function": "complaint.sum_unknown_function",
    "sum_cannot_be_read": "complaint.sum_cannot_be_read",
    "not_a_name": "complaint.not_a_name",
    "empty_range": "complaint.empty_range",
    "no_choice": "complaint.no_choice",
    "too_many_combinations": "complaint.too_many_combinations",
    "too_few_combinations": "complaint.too_few_combinations",
    "too_much_to_try": "complaint.too_much_to_try",
    "conditions_too_narrow": "complaint.conditions_too_narrow",
    "not_a_comparison": "complaint.not_a_comparison",
    "conditions_without_parameters": "complaint.conditions_without_parameters",
    "stray_brace": "complaint.stray_brace",
    "doubled_brace": "complaint.doubled_brace",
    "unknown_parameter": "complaint.unknown_parameter",
    "unknown_display": "complaint.unknown_display",
    "unused_parameter": "complaint.unused_parameter",
    "bengali_in_english": "complaint.bengali_in_english",
    "latin_digits_in_bengali": "complaint.latin_digits_in_bengali",
    "numbers_differ": "complaint.numbers_differ",
    "hint_has_answer": "complaint.hint_has_answer",
    "idle_factor": "complaint.idle_factor",
    "two_signs": "complaint.two_signs",
    "not_an_answer": "complaint.not_an_answer",
    "not_plainest": "complaint.not_plainest",
    "fraction_needs_kind": "complaint.fraction_needs_kind",
    "percent_with_unit": "complaint.percent_with_unit",
    "unit_required_without_unit": "complaint.unit_required_without_unit",
    "not_accepted": "complaint.not_accepted",
    "computation_differs": "complaint.computation_differs",
    "computation_says_another": "complaint.computation_says_another",
    "no_such_topic": "complaint.no_such_topic",
    "slug_twice": "complaint.slug_twice",
    "slug_of_another_class": "complaint.slug_of_another_class",
    "near_duplicate": "complaint.near_duplicate",
    "difficulty_missing": "complaint.difficulty_missing",
    "slug_taken": "complaint.slug_taken",
}
TYPED = {
    "answer_kind": "answer_kind",
    "bn": "bn",
    "csv": "csv",
    "displays": "fraction, mixed, signed",
    "en": "en",
    "fraction": "fraction",
    "marks": "& *",
    "no": "false",
    "parameters": "parameters",
    "signs": "= != < <= > >=",
    "slug": "slug",
    "yaml": "yaml",
    "yes": "true",
}
"""What stands in a file as it is in every language."""
LONGEST_VALUE = 80
"""Characters of what a file says that go into a sentence about it."""


def sentence(key: str, values: Mapping[str, Any], tongue: Tongue) -> str:
    """A complaint by its key and values as plain text, not escaped, with the field it is about."""
    shown = {name: _shown(one, tongue) for name, one in values.items()}
    what = tongue.plain(COMPLAINTS[key], **TYPED, **shown)
    if "numbers" in shown:
        what = tongue.plain("complaint.with_numbers", what=what, numbers=shown["numbers"])
    if "number" in shown:
        return tongue.plain(
            "complaint.in_entry", field=shown["field"], number=shown["number"], what=what
        )
    if "field" in shown:
        return tongue.plain("complaint.in_field", field=shown["field"], what=what)
    return what


def _shown(value: object, tongue: Tongue) -> str:
    if isinstance(value, int):
        return tongue.number(value)
    return clip(" ".join(str(value).split()), LONGEST_VALUE)
