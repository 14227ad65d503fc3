"""The practice library's YAML: what ships is faultless, and every fault is found at its line."""

import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.practice.library import check_library, read, read_topics
from domain.practice.records import AnswerKind, Problem

LIBRARY = Path(__file__).parents[3] / "content" / "practice"
GUIDE = LIBRARY.parents[1] / "docs" / "reference" / "practice-yaml.md"
TOPICS = read_topics((LIBRARY / "topics.yaml").read_text(encoding="utf-8"))
FILES = sorted(one for one in LIBRARY.rglob("*.yaml") if one.name != "topics.yaml")

GOOD = """\
problems:
  - slug: c7-percentage-guava
    grade: 7
    topic: percentage
    subtopic: null
    difficulty: 2
    estimated_time_minutes: 3
    chapter: {en: "Percentage", bn: "শতকরা"}
    question:
      en: "What percent of 250 is 40?"
      bn: "২৫০-এর শতকরা কত ৪০?"
    answer: "16"
    answer_kind: percent
    answer_tolerance: null
    unit: null
    hints:
      - en: "What is asked?"
        bn: "কী জানতে চাওয়া হয়েছে?"
      - {en: "Think of 100.", bn: "১০০-এর কথা ভাবো।"}
      - {en: "Divide 40 by 250.", bn: "৪০-কে ২৫০ দিয়ে ভাগ করো।"}
    solution:
      en: "40 ÷ 250 × 100 = 16%"
      bn: "৪০ ÷ ২৫০ × ১০০ = ১৬%"
    computation: "40 / 250 * 100"
"""


def without(line: str) -> str:
    return GOOD.replace(line, "")


def swapped(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_shipped_library_is_faultless(file: Path) -> None:
    problems, complaints = read(file.read_text(encoding="utf-8"), file.name, TOPICS)
    assert complaints == []
    assert len(problems) >= 8


def test_no_slug_is_shared_between_the_shipped_files() -> None:
    problems = [one for file in FILES for one in read(file.read_text(), file.name, TOPICS)[0]]
    assert check_library(problems) == []
    assert [one.slug for one in check_library([*problems, problems[0]])] == [problems[0].slug]


def test_the_guides_example_is_faultless() -> None:
    example = GUIDE.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    problems, complaints = read(example, "guide", TOPICS)
    assert complaints == []
    assert [one.answer for one in problems] == ["16"]


def test_a_problem_is_read_whole() -> None:
    (problem,), complaints = read(GOOD, "good.yaml", TOPICS)
    assert complaints == []
    assert problem == Problem(
        slug="c7-percentage-guava",
        grade=7,
        topic="percentage",
        subtopic=None,
        question={"en": "What percent of 250 is 40?", "bn": "২৫০-এর শতকরা কত ৪০?"},
        answer="16",
        answer_kind=AnswerKind.PERCENT,
        answer_tolerance=None,
        unit=None,
        hints=(
            {"en": "What is asked?", "bn": unicodedata.normalize("NFC", "কী জানতে চাওয়া হয়েছে?")},
            {"en": "Think of 100.", "bn": "১০০-এর কথা ভাবো।"},
            {
                "en": "Divide 40 by 250.",
                "bn": unicodedata.normalize("NFC", "৪০-কে ২৫০ দিয়ে ভাগ করো।"),
            },
        ),
        solution={"en": "40 ÷ 250 × 100 = 16%", "bn": "৪০ ÷ ২৫০ × ১০০ = ১৬%"},
        difficulty=2,
        estimated_time_minutes=3,
    )


def test_optional_fields_may_be_left_out_or_filled() -> None:
    short = without("    subtopic: null\n").replace("    answer_tolerance: null\n", "")
    short = short.replace("    unit: null\n", "").replace(
        '    chapter: {en: "Percentage", bn: "শতকরা"}\n', ""
    )
    assert read(short, "f", TOPICS)[1] == []
    filled = swapped("answer_tolerance: null", 'answer_tolerance: "0.05"')
    (problem,), complaints = read(filled.replace("subtopic: null", "subtopic: of"), "f", TOPICS)
    assert (problem.answer_tolerance, problem.subtopic) == (Decimal("0.05"), "of")
    assert complaints == []


def test_signs_of_html_are_plain_text() -> None:
    (problem,), _ = read(swapped("What is asked?", "Is a < b & c > d?"), "f", TOPICS)
    assert problem.hints[0]["en"] == "Is a < b & c > d?"


BAD = [
    # what is changed, into what, the line complained of, a piece of the sentence
    ("c7-percentage-guava", "C7 Guava", 2, "small Latin letters"),
    ("c7-percentage-guava", "c" * 101, 2, "100 fit"),
    ("  - slug: c7-percentage-guava\n    grade", "  - grade", 2, "slug: this field is needed"),
    ("c7-percentage-guava", '" "', 2, "slug: it is empty"),
    ("grade: 7", "grade: 9", 3, "from 6 to 8"),
    ("grade: 7", "grade: seven", 3, "from 6 to 8"),
    ("grade: 7", "grade: [7]", 3, "one plain text"),
    ("topic: percentage", "topic: magic", 4, "no topic 'magic'"),
    ("subtopic: null", "subtopic: Of It", 5, "small Latin letters"),
    ("difficulty: 2", "difficulty: 4", 6, "from 1 to 3"),
    ("minutes: 3", "minutes: 90", 7, "from 2 to 8"),
    ('chapter: {en: "Percentage", bn', 'chapter: {en: "Percentage", fr', 8, "'en' and 'bn'"),
    ('      bn: "২৫০-এর শতকরা কত ৪০?"\n', "", 9, "'en' and 'bn'"),
    ('"What percent of 250 is 40?"', '""', 9, "'en' is missing"),
    ('"What percent of 250 is 40?"', "null", 9, "'en' is missing"),
    ('"What percent of 250 is 40?"', '"' + "a" * 401 + '"', 9, "401 characters, where 400 fit"),
    ("What percent", "What \\a percent", 9, "cannot be shown"),
    ("What percent", "What শতকরা", 9, "Bengali letters"),
    ("২৫০-এর শতকরা", "250-এর শতকরা", 9, "Latin digits"),
    ("২৫০-এর শতকরা", "২৬০-এর শতকরা", 9, "different numbers"),
    ('answer: "16"', 'answer: "16%"', 12, "plain number"),
    ('answer: "16"', 'answer: "016"', 12, "plainest form"),
    ('answer: "16"', 'answer: "32/2"', 12, "plainest form"),
    ('answer: "16"', 'answer: "33/2"', 12, "a fraction needs"),
    ("answer_kind: percent", "answer_kind: text", 13, "number, fraction, percent"),
    ("answer_tolerance: null", "answer_tolerance: some", 14, "'0.05'"),
    ("answer_tolerance: null", 'answer_tolerance: "0"', 14, "'0.05'"),
    ("unit: null", "unit: furlong", 15, "must be one of: taka"),
    ("unit: null", "unit: taka", 15, "a percentage has no unit"),
    ('      - {en: "Think of 100.", bn: "১০০-এর কথা ভাবো।"}\n', "", 16, "exactly 3"),
    ("Think of 100.", "Think of 16.", 19, "number 2: it contains the answer"),
    ("Think of 100.", "Think of 16 of 100.", 19, "different numbers"),
    ("What is asked?", "a" * 251, 17, "number 1: 251 characters, where 250 fit"),
    ("40 ÷ 250 × 100 = 16%", "a" * 601, 21, "where 600 fit"),
    ('"40 / 250 * 100"', '"40 / 250"', 24, "it gives 4/25, but the answer is 16"),
    ('"40 / 250 * 100"', '"40 / 0"', 24, "divides by zero"),
    ('"40 / 250 * 100"', '"open()"', 24, "cannot be worked out"),
    ("    computation", "    computing", 24, "there is no such field"),
    ("    grade: 7\n", "    grade: 7\n    grade: 8\n", 4, "twice"),
    ("problems:", "exercises:", 1, "one list, named 'problems'"),
    ("    grade: 7", "\tgrade: 7", 3, "this is not YAML"),
    ("grade: 7", "grade: &a 7", 3, "not allowed here"),
    ("grade: 7", "grade: *a", 3, "not allowed here"),
    ("What percent", "What \\ud800", 10, "not YAML"),
]


@pytest.mark.parametrize(("old", "new", "line", "what"), BAD)
def test_a_fault_is_told_with_its_line(old: str, new: str, line: int, what: str) -> None:
    problems, complaints = read(swapped(old, new), "bad.yaml", TOPICS)
    assert problems == []
    assert [one for one in complaints if one.line == line and what in one.what], complaints
    assert {one.file for one in complaints} == {"bad.yaml"}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "empty"),
        ("problems: \ud800", "does not exist"),
        ("# nothing\n", "empty"),
        ("problems:\n", "must be a list"),
        ("problems: []\n", "must be a list"),
        ("- 1\n", "one list"),
        ("[" * 10_000, "too many levels"),
        ("a: " * 3, "not YAML"),
        ("x" * 500_001, "longer than"),
        ("--- 1\n--- 2\n", "not YAML"),
        ("problems: !!python/object/apply:os.system [echo]\n", "no fields"),
        ("problems:\n  - 5\n", "no fields"),
    ],
)
def test_a_file_that_is_no_library_is_told_so(text: str, what: str) -> None:
    problems, complaints = read(text, "f", TOPICS)
    assert problems == []
    assert [what in one.what for one in complaints] == [True]


def test_a_slug_stands_once_in_a_file() -> None:
    _, complaints = read(GOOD + GOOD.removeprefix("problems:\n"), "f", TOPICS)
    assert [(one.line, one.slug) for one in complaints] == [(25, "c7-percentage-guava")]
    assert "same slug" in complaints[0].what


def test_a_faultless_problem_is_read_beside_a_faulty_one() -> None:
    other = (
        GOOD.removeprefix("problems:\n").replace("guava", "mango").replace("grade: 7", "grade: 5")
    )
    problems, complaints = read(GOOD + other, "f", TOPICS)
    assert [one.slug for one in problems] == ["c7-percentage-guava"]
    assert [(one.line, one.slug) for one in complaints] == [(26, "c7-percentage-mango")]


def test_a_hint_may_not_give_a_fraction_or_the_size_of_a_negative_answer_away() -> None:
    fraction = swapped('answer: "16"', 'answer: "4/25"').replace("percent\n", "fraction\n")
    fraction = fraction.replace("40 / 250 * 100", "40 / 250")
    assert "it contains the answer" not in str(read(fraction, "f", TOPICS)[1])
    given_away = fraction.replace("Divide 40 by 250", "Find 40/250")
    assert "it contains the answer" in str(read(given_away, "f", TOPICS)[1])
    negative = swapped('answer: "16"', 'answer: "-100"').replace("40 / 250 * 100", "-100")
    assert "it contains the answer" in str(read(negative, "f", TOPICS)[1])


def test_a_rounded_answer_needs_a_tolerance() -> None:
    rounded = swapped('answer: "16"', 'answer: "15.9"')
    assert "it gives 16" in str(read(rounded, "f", TOPICS)[1])
    tolerant = rounded.replace("answer_tolerance: null", 'answer_tolerance: "0.1"')
    assert read(tolerant, "f", TOPICS)[1] == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("topics:\n  - key: A b\n    title: {en: a, bn: ক}\n", "line 2: key"),
        ("topics:\n  - key: a\n    title: {en: a}\n", "line 3: title"),
        (
            "topics:\n  - {key: a, title: {en: a, bn: ক}}\n  - {key: a, title: {en: a, bn: ক}}",
            "line 3",
        ),
        ("topics: 5\n", "line 1: 'topics' must be a list"),
    ],
)
def test_faulty_topics_are_refused(text: str, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        read_topics(text)


PIECES = [*"\n -:[]{}&*!|>'\"%@`?,#\t", "problems:\n", "- ", "slug: a\n", "en: ", "null", "\\ud800"]


@given(
    st.one_of(
        st.text(max_size=300),
        st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
        st.lists(st.sampled_from(PIECES), max_size=60).map(
            lambda some: "problems:\n" + "".join(some)
        ),
    )
)
def test_no_text_raises(text: str) -> None:
    problems, complaints = read(text, "f", TOPICS)
    assert problems == []
    assert complaints


@given(st.integers(0, len(GOOD)), st.integers(0, 40), st.text(max_size=5))
def test_no_damage_to_a_good_file_raises(at: int, cut: int, put: str) -> None:
    problems, complaints = read(GOOD[:at] + put + GOOD[at + cut :], "f", TOPICS)
    assert len(problems) + bool(complaints) >= 1
