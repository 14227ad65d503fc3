"""What is said of coding problems that teachers send: a sentence for each flaw and each note."""

import re

import pytest

from bot.views.package_complaints import (
    COMPLAINTS,
    EXPECTED,
    LONGEST_OUTPUT,
    LONGEST_VALUE,
    NOTES,
    VERDICTS,
    complaint,
    note,
)
from bot.views.tongue import Tongue
from domain.people.records import Language
from domain.problems.packages.complaints import Flaw, Note
from domain.problems.trial import Expected
from domain.submissions.judging import Verdict

ENGLISH, BENGALI = (Tongue(one, {}) for one in (Language.EN, Language.BN))
VALUES = {
    **dict.fromkeys(("least", "most", "count", "length", "longest", "limit", "time"), 1200),
    **dict.fromkeys(("value", "kept", "points"), 1200),
    **dict.fromkeys(("name", "allowed", "language", "problem", "group", "kind", "flag"), "zzz"),
    **dict.fromkeys(("test", "output", "fields", "commands"), "zzz"),
    "verdict": "fail",
    "expected": "times_out",
}


def test_every_fault_note_verdict_and_expectation_has_a_sentence() -> None:
    assert set(COMPLAINTS) == {one.value for one in Flaw}
    assert set(NOTES) == {one.value for one in Note}
    assert set(VERDICTS) == {one.value for one in Verdict}
    assert set(EXPECTED) == {one.value for one in Expected}


@pytest.mark.parametrize("one", [*Flaw, *Note])
def test_a_sentence_is_whole_in_both_languages(one: Flaw | Note) -> None:
    said = complaint if isinstance(one, Flaw) else note
    english, bengali = (said(one.value, VALUES, tongue) for tongue in (ENGLISH, BENGALI))
    assert re.search("[a-z]", english)
    assert not re.search("[ঀ-৿]", english)
    assert re.search("[ঀ-৿]", bengali)
    assert ("zzz" in english) == ("zzz" in bengali)
    assert ("1,200" in english) == ("১,২০০" in bengali)
    assert not set(english + bengali) & set("{}")


def test_a_failing_solution_is_told_with_the_test_and_the_verdict() -> None:
    values = {"test": "secret/g1/03", "verdict": "timeout"}
    said = complaint("must_pass", values, ENGLISH)
    assert said == (
        "this solution must pass every test, "
        "but on test secret/g1/03 the verdict was: time limit exceeded"
    )
    assert "secret/g1/03 টেস্টের ফলাফল: সময় বেশি লেগেছে" in complaint("must_pass", values, BENGALI)


def test_a_sentence_says_which_field_it_is_about() -> None:
    values = {"field": "tests.2.output"}
    assert complaint("field_needed", values, ENGLISH) == "tests.2.output: this field is needed"
    changed = {"field": "limits.memory", "value": 2048, "kept": 1024}
    assert note("limit_changed", changed, ENGLISH).startswith("limits.memory: 2,048 is not")


def test_what_a_file_or_a_compiler_says_is_shown_on_one_line_and_cut() -> None:
    long = "an invented\nflag " + "x" * 4000
    said = complaint("unknown_flag", {"flag": long}, ENGLISH)
    assert said.startswith("the flag 'an invented flag xxx")
    assert len(said) == len("the flag '' is not known") + LONGEST_VALUE
    said = complaint("does_not_compile", {"output": long}, ENGLISH)
    assert len(said) == len("it does not compile: ") + LONGEST_OUTPUT
