"""Errors and differences as a student reads them, in both languages."""

import re
from collections.abc import Mapping
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml

from bot.views.differences import DIFFERENCES, compared
from bot.views.explanations import BRACES, COUNTS, EXPLANATIONS, explained
from bot.views.tongue import Tongue, load_catalogue
from domain.people.records import Language
from domain.submissions.differences import DifferenceKind, difference
from domain.submissions.explaining import Explanation, Kind
from localchat.html_parser import parse_html

ENGLISH, BENGALI = (Tongue(one, {}) for one in (Language.EN, Language.BN))
SAMPLES = Path(__file__).parents[1] / "domain" / "submissions"
HOSTILE = '<b>&{name}</code>"'
LONGEST = 900
"""Characters of an explanation on a phone: it goes into a message with a verdict and buttons."""


def samples() -> dict[str, Mapping[str, str]]:
    """Values of each kind as the tests of the domain show that they come."""
    found: dict[str, Mapping[str, str]] = {}
    for name in ("errors_python.yaml", "errors_gcc.yaml"):
        for case in yaml.safe_load((SAMPLES / name).read_text("utf-8")):
            if len(case.get("values", {})) >= len(found.get(case["kind"], {})):
                found[case["kind"]] = case.get("values", {})
    return found


def fields(kind: str, language: Language) -> set[str]:
    text = load_catalogue(language).gettext(EXPLANATIONS[kind])
    return {name for _, name, _, _ in Formatter().parse(text) if name} - BRACES.keys()


def data(kind: str, value: str = "zzz", **other: Any) -> dict[str, Any]:
    values = dict.fromkeys(fields(kind, Language.EN), value)
    values |= {name: "3" for name in values if name in COUNTS}
    return Explanation(Kind(kind), 12, None, values, "    x = 1").data() | other


def test_every_kind_of_error_has_its_text() -> None:
    assert EXPLANATIONS.keys() == set(Kind)
    assert DIFFERENCES.keys() == set(DifferenceKind)


@pytest.mark.parametrize(("kind", "values"), samples().items())
def test_a_text_names_only_values_that_come_with_its_kind(
    kind: str, values: Mapping[str, str]
) -> None:
    assert fields(kind, Language.EN) <= values.keys()


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("tongue", [ENGLISH, BENGALI], ids=["en", "bn"])
def test_an_explanation_is_two_to_four_short_sentences(kind: str, tongue: Tongue) -> None:
    plain, _ = parse_html(explained(data(kind), tongue))
    meaning = plain.split("\n")[-1]
    code = re.compile(r"\b(?:e\.g\.|\d\.\d)")
    ends = re.findall(r"[.?!।](?=\s|$)", code.sub("", meaning))
    assert 1 <= len(ends) <= 4, meaning
    assert len(plain) <= LONGEST
    assert not re.search(r"[{}]\w", meaning)


@pytest.mark.parametrize("kind", Kind)
def test_nobody_is_blamed(kind: str) -> None:
    english = explained(data(kind), ENGLISH).lower()
    bengali = explained(data(kind), BENGALI)
    assert not re.search(r"\b(?:you forgot|your fault|your mistake|wrong of you|stupid)\b", english)
    assert not re.search("ভুলে গেছ|তোমার ভুল|তোমার দোষ", bengali)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("tongue", [ENGLISH, BENGALI], ids=["en", "bn"])
def test_what_stands_in_a_program_never_becomes_a_tag(kind: str, tongue: Tongue) -> None:
    said = explained(data(kind, HOSTILE, source_line=f"  {HOSTILE}"), tongue)
    plain, _ = parse_html(said)
    assert HOSTILE in plain


def test_the_line_is_shown_with_a_mark_below_the_place() -> None:
    found = Explanation(
        Kind.NAME_TYPO, 12, 11, {"name": "nmae", "meant": "name"}, "    print(nmae)"
    )
    plain, entities = parse_html(explained(found.data(), ENGLISH))
    assert plain.startswith("📍 Line 12\nprint(nmae)\n      ^\nThe name nmae is not known here")
    assert [one["type"] for one in entities[:2]] == ["bold", "pre"]
    plain, _ = parse_html(explained(found.data(), BENGALI))
    assert plain.startswith("📍 ১২ নম্বর লাইন\nprint(nmae)\n      ^\nnmae নামটা")


@pytest.mark.parametrize("column", [None, 0, 3, 99])
def test_a_mark_that_could_not_stand_right_is_left_out(column: int | None) -> None:
    said = explained(data("no_return", column=column, source_line="    return"), ENGLISH)
    assert "^" not in said
    wide = explained(data("no_return", column=8, source_line="নাম = ক খ"), ENGLISH)
    assert "^" not in wide


def test_where_no_line_is_known_none_is_named() -> None:
    said = explained(Explanation(Kind.MISSING_MAIN).data(), ENGLISH)
    assert said.startswith("The program has no <code>main</code>")


def test_a_long_line_is_cut() -> None:
    said = explained(data("no_return", source_line="x = 1 + " * 25), ENGLISH)
    assert "x = 1 + x = 1 + " in said
    assert "…</pre>" in said


def test_counts_take_the_readers_digits_and_code_keeps_its_own() -> None:
    said = explained(data("argument_count", name="f2"), BENGALI)
    assert "৩টি" in said
    text = Explanation(Kind.TWO_NUMBERS_ON_A_LINE, values={"text": "3 4"}).data()
    assert "<code>3 4</code>" in explained(text, BENGALI)


@pytest.mark.parametrize("kind", DifferenceKind)
@pytest.mark.parametrize("tongue", [ENGLISH, BENGALI], ids=["en", "bn"])
def test_a_difference_is_shown_with_its_input(kind: str, tongue: Tongue) -> None:
    found = difference("12 <b>\n", "Enter: 13 </pre>\n", "1\n2 & 3\n").data() | {"kind": kind}
    plain, _ = parse_html(compared(found, tongue))
    assert "1\n2 & 3" in plain
    assert len(plain) <= LONGEST
    alike = kind in {"same", "newline", "further_down"}
    assert ("12 <b>" in plain) is not alike
    assert ("Enter: 13 </pre>" in plain) is not alike


def test_a_difference_reads_so() -> None:
    long_input = "".join(f"{number}\n" for number in range(100))
    plain, _ = parse_html(compared(difference("a\nYES\n", "a\nYes\n", long_input).data(), ENGLISH))
    assert plain == (
        "Input\n0\n1\n2\n3\n4\n5\n… 92 more lines …\n98\n99\n\n"
        "Expected, line 2\nYES\nYour program wrote\nYes\n\n"
        "Only capital and small letters differ. Copy the words from the statement exactly."
    )
    plain, _ = parse_html(compared(difference("1\n\n2\n", "1\n3\n", "").data(), BENGALI))
    assert plain.startswith("এই টেস্টে কোনো ইনপুট নেই।\n\nযা হওয়ার কথা (২ নম্বর লাইন)\n(ফাঁকা লাইন)\n")


def test_what_is_missing_is_said_to_be_nothing() -> None:
    plain, _ = parse_html(compared(difference("1\n2\n", "1\n", "x").data(), ENGLISH))
    assert "Your program wrote\n(nothing)\n" in plain


def test_the_longest_difference_fits_beside_a_verdict() -> None:
    wide = "ঝ" * 5000
    found = difference(f"{wide}a\n", f"{wide}b\n", f"{wide}\n" * 50)
    plain, _ = parse_html(compared(found.data(), BENGALI))
    assert len(plain) <= LONGEST
