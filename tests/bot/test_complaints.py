"""Complaints about problems that people write: a sentence for each flaw in both languages."""

import re

import pytest

from bot.views.complaints import COMPLAINTS, LONGEST_VALUE, sentence
from bot.views.tongue import Tongue
from domain.people.records import Language
from domain.practice.library.complaints import Flaw

ENGLISH, BENGALI = (Tongue(one, {}) for one in (Language.EN, Language.BN))
VALUES = {
    **dict.fromkeys(("least", "most", "count", "length", "longest", "limit", "tries"), 1200),
    **dict.fromkeys(("grade", "difficulty"), 2),
    **dict.fromkeys(("name", "piece", "allowed", "language", "display", "problem"), "zzz"),
    **dict.fromkeys(("topic", "other", "result", "answer", "head"), "zzz"),
}


def test_every_fault_has_a_sentence() -> None:
    assert set(COMPLAINTS) == {one.value for one in Flaw}


@pytest.mark.parametrize("flaw", Flaw)
def test_a_sentence_is_whole_in_both_languages(flaw: Flaw) -> None:
    english, bengali = (sentence(flaw, VALUES, one) for one in (ENGLISH, BENGALI))
    assert re.search("[a-z]", english)
    assert not re.search("[ঀ-৿]", english)
    assert re.search("[ঀ-৿]", bengali)
    assert ("zzz" in english) == ("zzz" in bengali)
    assert not set(english + bengali) & set("{}")


def test_a_sentence_says_which_field_it_is_about() -> None:
    values = {"field": "hints", "number": 2}
    assert sentence("hint_has_answer", values, ENGLISH) == "hints, number 2: it contains the answer"
    assert sentence("hint_has_answer", values, BENGALI).startswith("hints, ২ নম্বর: ")
    assert sentence("field_needed", {"field": "slug"}, ENGLISH) == "slug: this field is needed"


def test_a_sentence_about_a_template_says_with_which_numbers() -> None:
    values = {"field": "computation", "result": "36", "answer": "30", "numbers": "eggs = 3"}
    said = sentence("computation_differs", values, ENGLISH)
    assert said == "computation: it gives 36, but the answer is 30 (with eggs = 3)"


def test_numbers_have_the_languages_digits() -> None:
    values = {"field": "question", "length": 1401, "longest": 400}
    assert "1,401" in sentence("text_too_long", values, ENGLISH)
    assert "১,৪০১" in sentence("text_too_long", values, BENGALI)


def test_what_a_file_says_is_shown_on_one_line_and_cut() -> None:
    long = "an invented\nunit " + "x" * 4000
    said = sentence("no_such_topic", {"topic": long}, ENGLISH)
    assert said.startswith("there is no topic 'an invented unit xxx")
    assert said.endswith("x…'")
    assert "\n" not in said
    assert len(said) == len("there is no topic ''") + LONGEST_VALUE
