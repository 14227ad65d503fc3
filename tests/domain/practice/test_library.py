"""The library: what ships is faultless, and every flaw is found in its file at its line."""

import unicodedata
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.practice.answers.units import UNITS
from domain.practice.library import (
    UPLOAD_BYTES,
    Contents,
    check_together,
    check_whole,
    read,
    read_topics,
    read_upload,
)
from domain.practice.library.complaints import Complaint, Flaw
from domain.practice.library.limits import MOST_COMPLAINTS, MOST_PROBLEMS
from domain.practice.records import AnswerForm, AnswerKind, Problem
from tests.domain.practice.shipped import FILES, TOPICS, contents_of

ROOT = Path(__file__).parents[3]
GUIDE = ROOT / "docs" / "reference" / "practice-yaml.md"

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
TEMPLATE = """\
problems:
  - slug: c6-unitary-eggs
    grade: 6
    topic: unitary-method
    difficulty: 1
    estimated_time_minutes: 3
    parameters:
      eggs: "3 | 5 | 6 | 7 | 8"
      price: "10..14"
      total: "eggs * price"
    where: ["total != eggs", "eggs < 12"]
    question:
      en: "An egg costs {price} taka. What do {eggs} eggs cost?"
      bn: "একটি ডিমের দাম {price} টাকা। {eggs}টি ডিমের দাম কত?"
    answer: "{total}"
    answer_kind: number
    unit: taka
    hints:
      - {en: "What is asked?", bn: "কী জানতে চাওয়া হয়েছে?"}
      - {en: "Multiply.", bn: "গুণ করো।"}
      - {en: "Take {eggs} times {price}.", bn: "{eggs}-কে {price} দিয়ে গুণ করো।"}
    solution:
      en: "{eggs} × {price} = {total}"
      bn: "{eggs} × {price} = {total}"
    computation: "{eggs} * {price}"
"""


def without(line: str) -> str:
    return GOOD.replace(line, "")


def swapped(old: str, new: str, good: str = GOOD) -> str:
    assert old in good
    return good.replace(old, new, 1)


def contents(text: str, *, ours: bool = False) -> Contents:
    return read(text, "f.yaml", TOPICS, ours=ours)


def flaws(text: str, *, ours: bool = False) -> list[Flaw]:
    return [one.flaw for one in contents(text, ours=ours).complaints]


def one_problem(text: str) -> Problem:
    found = contents(text)
    assert found.complaints == ()
    (placed,) = found.problems
    return placed.problem


def told(complaints: tuple[Complaint, ...]) -> list[str]:
    return [f"{one.file}:{one.line} {one.slug} {one.key} {one.values}" for one in complaints]


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_the_shipped_library_is_faultless(file: Path) -> None:
    found = contents_of(file)
    assert told(found.complaints) == []
    assert found.problems
    for placed in found.problems:
        assert file.parent.name == f"class-{placed.problem.grade}"
        assert file.stem == placed.problem.topic


def test_the_shipped_library_is_whole() -> None:
    problems = [one for file in FILES for one in contents_of(file).problems]
    assert told((*check_together(problems), *check_whole(problems))) == []
    assert len(problems) >= 280
    for grade, count in Counter(one.problem.grade for one in problems).items():
        assert count == pytest.approx(len(problems) / 3, rel=0.15), grade


def test_the_guides_examples_are_faultless() -> None:
    examples = GUIDE.read_text(encoding="utf-8").split("```yaml\nproblems:")[1:]
    assert examples
    for example in examples:
        found = contents("problems:" + example.split("```")[0])
        assert told(found.complaints) == []
        assert found.problems


def test_a_problem_is_read_whole() -> None:
    assert one_problem(GOOD) == Problem(
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
        computation="40 / 250 * 100",
        chapter={"en": "Percentage", "bn": "শতকরা"},
    )


def test_a_template_is_read_whole() -> None:
    problem = one_problem(TEMPLATE)
    assert problem.parameters == (
        ("eggs", "3 | 5 | 6 | 7 | 8"),
        ("price", "10..14"),
        ("total", "eggs * price"),
    )
    assert problem.conditions == ("total != eggs", "eggs < 12")
    assert problem.chapter is None


def test_optional_fields_may_be_left_out_or_filled() -> None:
    short = without("    subtopic: null\n").replace("    answer_tolerance: null\n", "")
    short = short.replace("    unit: null\n", "").replace(
        '    chapter: {en: "Percentage", bn: "শতকরা"}\n', ""
    )
    assert flaws(short) == []
    filled = swapped("answer_tolerance: null", 'answer_tolerance: "0.05"')
    problem = one_problem(filled.replace("subtopic: null", "subtopic: of"))
    assert (problem.answer_tolerance, problem.subtopic) == (Decimal("0.05"), "of")
    demanding = swapped("unit: taka", "unit: taka\n    unit_required: true", TEMPLATE)
    assert one_problem(demanding).unit_required
    formed = swapped("answer_kind: percent", "answer_kind: percent\n    answer_form: decimal")
    assert one_problem(formed).answer_form is AnswerForm.DECIMAL


def test_signs_of_html_are_plain_text() -> None:
    for text in ("Is a < b & c > d?", "What is <b>asked</b>?"):
        assert one_problem(swapped("What is asked?", text)).hints[0]["en"] == text


def test_joiners_of_bengali_letters_stay() -> None:
    joined = "র\u200d্যাব আর ক্\u200cষ"
    problem = one_problem(swapped("কী জানতে চাওয়া হয়েছে?", joined))
    assert problem.hints[0]["bn"] == joined


def test_a_text_is_counted_as_it_is_composed() -> None:
    text = "cafe\u0301" * 50
    problem = one_problem(swapped("What is asked?", text))
    assert len(problem.hints[0]["en"]) == 200
    (complaint,) = contents(swapped("What is asked?", text * 40)).complaints
    assert (complaint.flaw, complaint.values["length"]) == (Flaw.TEXT_TOO_LONG, 10_000)


def test_a_file_with_very_many_flaws_is_told_the_first_of_them() -> None:
    many = "problems:\n" + "  - slug: A\n    price: 5\n" * 400
    complaints = contents(many).complaints
    assert len(complaints) == MOST_COMPLAINTS + 1
    last = complaints[-1]
    assert (last.flaw, last.values) == (Flaw.TOO_MANY_FLAWS, {"limit": MOST_COMPLAINTS})
    assert last.line == complaints[-2].line


def test_what_a_complaint_quotes_is_bounded() -> None:
    name = "n" * 20_000
    for text in (swapped("eggs: ", f"{name}!: ", TEMPLATE), GOOD.replace("subtopic", name)):
        found = contents(text).complaints
        assert found
        for one in found:
            assert all(len(str(value)) <= 300 for value in one.values.values())


BAD = [
    # what is changed, into what, the line complained of, the flaw
    ("c7-percentage-guava", "C7 Guava", 2, Flaw.NOT_A_KEY),
    ("c7-percentage-guava", "c" * 101, 2, Flaw.TEXT_TOO_LONG),
    ("c7-percentage-guava", "c8-percentage-guava", 2, Flaw.SLUG_OF_ANOTHER_CLASS),
    ("  - slug: c7-percentage-guava\n    grade", "  - grade", 2, Flaw.FIELD_NEEDED),
    ("c7-percentage-guava", '" "', 2, Flaw.TEXT_EMPTY),
    ("grade: 7", "grade: 9", 3, Flaw.NOT_WHOLE),
    ("grade: 7", "grade: seven", 3, Flaw.NOT_WHOLE),
    ("grade: 7", "grade: [7]", 3, Flaw.NOT_ONE_TEXT),
    ("topic: percentage", "topic: magic", 4, Flaw.NO_SUCH_TOPIC),
    ("subtopic: null", "subtopic: Of It", 5, Flaw.NOT_A_KEY),
    ("difficulty: 2", "difficulty: 4", 6, Flaw.NOT_WHOLE),
    ("minutes: 3", "minutes: 90", 7, Flaw.NOT_WHOLE),
    ('chapter: {en: "Percentage", bn', 'chapter: {en: "Percentage", fr', 8, Flaw.LANGUAGES_NEEDED),
    ('      bn: "২৫০-এর শতকরা কত ৪০?"\n', "", 9, Flaw.LANGUAGES_NEEDED),
    ('"What percent of 250 is 40?"', '""', 9, Flaw.TEXT_MISSING),
    ('"What percent of 250 is 40?"', "null", 9, Flaw.TEXT_MISSING),
    ('"What percent of 250 is 40?"', '"' + "a" * 401 + '"', 9, Flaw.TEXT_TOO_LONG),
    ("What percent", "What \\a percent", 9, Flaw.CANNOT_BE_SHOWN),
    ("What percent", "What \u202epercent", 9, Flaw.CANNOT_BE_SHOWN),
    ("What percent", "What\u200b percent", 9, Flaw.CANNOT_BE_SHOWN),
    ("What percent", "What\\u2028percent", 9, Flaw.CANNOT_BE_SHOWN),
    ("What percent", "What\u00adpercent", 9, Flaw.CANNOT_BE_SHOWN),
    ('answer: "16"', 'answer: "1\u200b6"', 12, Flaw.CANNOT_BE_SHOWN),
    ("What percent", "What শতকরা", 9, Flaw.BENGALI_IN_ENGLISH),
    ("What percent", "What {{percent}}", 9, Flaw.DOUBLED_BRACE),
    ("What percent", "With 1x, what percent", 9, Flaw.IDLE_FACTOR),
    ("What percent", "With + −5, what percent", 9, Flaw.TWO_SIGNS),
    ("২৫০-এর শতকরা", "250-এর শতকরা", 9, Flaw.LATIN_DIGITS_IN_BENGALI),
    ("২৫০-এর শতকরা", "২৬০-এর শতকরা", 9, Flaw.NUMBERS_DIFFER),
    ('answer: "16"', 'answer: "16%"', 12, Flaw.NOT_AN_ANSWER),
    ('answer: "16"', 'answer: "016"', 12, Flaw.NOT_PLAINEST),
    ('answer: "16"', 'answer: "32/2"', 12, Flaw.NOT_PLAINEST),
    ("answer_kind: percent", "answer_kind: text", 13, Flaw.NOT_ONE_OF),
    ("answer_tolerance: null", "answer_tolerance: some", 14, Flaw.NOT_A_TOLERANCE),
    ("answer_tolerance: null", 'answer_tolerance: "0"', 14, Flaw.NOT_A_TOLERANCE),
    ("answer_tolerance: null", "answer_form: neat", 14, Flaw.NOT_ONE_OF),
    ("unit: null", "unit: furlong", 15, Flaw.NOT_ONE_OF),
    ("unit: null", "unit: taka", 15, Flaw.PERCENT_WITH_UNIT),
    ("unit: null", "unit_required: true", 15, Flaw.UNIT_REQUIRED_WITHOUT_UNIT),
    ("unit: null", "unit_required: perhaps", 15, Flaw.NOT_YES_OR_NO),
    ("unit: null", 'where: ["2 > 1"]', 15, Flaw.CONDITIONS_WITHOUT_PARAMETERS),
    ('      - {en: "Think of 100.", bn: "১০০-এর কথা ভাবো।"}\n', "", 16, Flaw.NOT_SO_MANY),
    ("Think of 100.", "Think of 16.", 19, Flaw.HINT_HAS_ANSWER),
    ("Think of 100.", "Think of 16 of 100.", 19, Flaw.NUMBERS_DIFFER),
    ("Think of 100.", "Think of 100, not of sixteen.", 19, Flaw.HINT_HAS_ANSWER),
    ("১০০-এর কথা ভাবো।", "১০০-এর কথা ভাবো, ষোলো নয়।", 19, Flaw.HINT_HAS_ANSWER),
    ("What is asked?", "a" * 251, 17, Flaw.TEXT_TOO_LONG),
    ("40 ÷ 250 × 100 = 16%", "a" * 601, 21, Flaw.TEXT_TOO_LONG),
    ('"40 / 250 * 100"', '"40 / 250"', 24, Flaw.COMPUTATION_DIFFERS),
    ('"40 / 250 * 100"', '"40 / 0"', 24, Flaw.SUM_DIVIDES_BY_ZERO),
    ('"40 / 250 * 100"', '"open()"', 24, Flaw.SUM_UNKNOWN_FUNCTION),
    ('"40 / 250 * 100"', '"open"', 24, Flaw.SUM_UNKNOWN_NAME),
    ('"40 / 250 * 100"', '"40 % 250"', 24, Flaw.SUM_SIGNS),
    ('"40 / 250 * 100"', '"40 / * 100"', 24, Flaw.SUM_MISPLACED),
    ('"40 / 250 * 100"', '"40 /"', 24, Flaw.SUM_UNFINISHED),
    ('"40 / 250 * 100"', '"(40"', 24, Flaw.SUM_BRACKET),
    ('"40 / 250 * 100"', '"' + "(" * 30 + "1" + ")" * 30 + '"', 24, Flaw.SUM_TOO_DEEP),
    ('"40 / 250 * 100"', '"9 ** 20 ** 20"', 24, Flaw.SUM_POWER),
    ('"40 / 250 * 100"', '"(((9 ** 20) ** 20) ** 20)"', 24, Flaw.SUM_TOO_LARGE),
    ('"40 / 250 * 100"', '"sqrt(2)"', 24, Flaw.SUM_NO_ROOT),
    ('"40 / 250 * 100"', '"gcd(1/2, 3)"', 24, Flaw.SUM_NEEDS_WHOLE),
    ('"40 / 250 * 100"', '"' + "1+" * 160 + '1"', 24, Flaw.TEXT_TOO_LONG),
    ("    computation", "    computing", 24, Flaw.NO_SUCH_FIELD),
    ("    grade: 7\n", "    grade: 7\n    grade: 8\n", 4, Flaw.FIELD_TWICE),
    ("problems:", "exercises:", 1, Flaw.NOT_ONE_LIST),
    ("    grade: 7", "\tgrade: 7", 3, Flaw.NOT_YAML),
    ("grade: 7", "grade: &a 7", 3, Flaw.ALIASES),
    ("grade: 7", "grade: *a", 3, Flaw.ALIASES),
    ("What percent", "What \\ud800", 10, Flaw.NOT_YAML),
]


@pytest.mark.parametrize(("old", "new", "line", "flaw"), BAD)
def test_a_fault_is_told_with_its_line(old: str, new: str, line: int, flaw: Flaw) -> None:
    found = contents(swapped(old, new))
    assert found.problems == ()
    assert (line, flaw) in [(one.line, one.flaw) for one in found.complaints]
    assert {one.file for one in found.complaints} == {"f.yaml"}


BAD_TEMPLATES = [
    ("eggs: ", "Eggs: ", 8, Flaw.NOT_A_NAME),
    ("      eggs: ", "      e: ", 8, Flaw.NOT_A_NAME),
    ("price: ", "eggs: ", 7, Flaw.NOT_A_MAP),
    ('"10..14"', '"14..10"', 9, Flaw.EMPTY_RANGE),
    ('"10..14"', '"1..30000"', 9, Flaw.TOO_MANY_COMBINATIONS),
    ('"10..14"', '"1..9000"', 8, Flaw.TOO_MANY_COMBINATIONS),
    ('"10..14"', '"10 | some"', 9, Flaw.SUM_SIGNS),
    ('"eggs * price"', '"eggs * cost"', 10, Flaw.SUM_UNKNOWN_NAME),
    ('"eggs * price"', '"eggs *"', 10, Flaw.SUM_UNFINISHED),
    ('where: ["total != eggs"', 'where: ["total"', 11, Flaw.NOT_A_COMPARISON),
    ('where: ["total != eggs"', 'where: ["cost > 1"', 11, Flaw.SUM_UNKNOWN_NAME),
    ('where: ["total != eggs"', 'where: ["price > 13"', 11, Flaw.TOO_FEW_COMBINATIONS),
    (
        'price: "10..14"\n      total: "eggs * price"\n    where: ["total != eggs"',
        'price: "1..3999"\n      total: "eggs * price"\n    where: ["price < 4"',
        11,
        Flaw.CONDITIONS_TOO_NARROW,
    ),
    ('where: ["total != eggs", "eggs < 12"]', "where: none", 11, Flaw.NOT_A_LIST_OF_TEXTS),
    ("costs {price} taka", "costs {cost} taka", 12, Flaw.UNKNOWN_PARAMETER),
    ("costs {price} taka", "costs {price taka", 12, Flaw.STRAY_BRACE),
    ("costs {price} taka", "costs {price:neat} taka", 12, Flaw.UNKNOWN_DISPLAY),
    ("costs {price} taka", "costs some taka", 12, Flaw.NUMBERS_DIFFER),
    ("costs {price} taka", "costs 3 + {price:signed}x taka", 12, Flaw.NUMBERS_DIFFER),
    ('total: "eggs * price"', 'total: "eggs * price"\n      more: "3"', 11, Flaw.UNUSED_PARAMETER),
    ("{eggs} * {price}", "{eggs} + {price}", 25, Flaw.COMPUTATION_DIFFERS),
    ('answer: "{total}"', 'answer: "{price}"', 25, Flaw.COMPUTATION_DIFFERS),
    ('answer: "{total}"', 'answer: "{sum}"', 15, Flaw.UNKNOWN_PARAMETER),
    ('"Multiply."', '"It is {total}."', 20, Flaw.HINT_HAS_ANSWER),
    ('"Multiply."', '"Is it 60?"', 20, Flaw.HINT_HAS_ANSWER),
    ('"Multiply."', '"Is it sixty?"', 20, Flaw.HINT_HAS_ANSWER),
    ('"গুণ করো।"', '"ষাট নয়।"', 20, Flaw.HINT_HAS_ANSWER),
]


@pytest.mark.parametrize(("old", "new", "line", "flaw"), BAD_TEMPLATES)
def test_a_fault_of_a_template_is_told_with_its_line(
    old: str, new: str, line: int, flaw: Flaw
) -> None:
    found = contents(swapped(old, new, TEMPLATE))
    assert found.problems == ()
    assert (line, flaw) in [(one.line, one.flaw) for one in found.complaints], told(
        found.complaints
    )


def test_a_brace_is_plain_text_where_there_are_no_parameters() -> None:
    assert flaws(swapped("What percent", "In {a, b}, what percent")) == []


def test_ten_combinations_are_enough() -> None:
    assert flaws(swapped('"total != eggs"', '"price > 12"', TEMPLATE)) == []


def test_a_fault_of_a_template_names_the_numbers() -> None:
    (complaint,) = contents(swapped("{eggs} * {price}", "{eggs} * 12", TEMPLATE)).complaints
    assert complaint.values["numbers"] == "eggs = 3, price = 10, total = 30"
    assert complaint.values["result"] == "36"


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("", Flaw.EMPTY_FILE),
        ("problems: \ud800", Flaw.NO_SUCH_CHARACTER),
        ("# nothing\n", Flaw.EMPTY_FILE),
        ("problems:\n", Flaw.NOT_A_LIST),
        ("problems: []\n", Flaw.NOT_A_LIST),
        ("- 1\n", Flaw.NOT_ONE_LIST),
        ("[" * 10_000, Flaw.TOO_DEEP),
        ("a: " * 3, Flaw.NOT_YAML),
        ("x" * 1_000_001, Flaw.FILE_TOO_LONG),
        ("--- 1\n--- 2\n", Flaw.NOT_YAML),
        ("problems: !!python/object/apply:os.system [echo]\n", Flaw.NO_FIELDS),
        ("problems:\n  - 5\n", Flaw.NO_FIELDS),
        ("problems:\n" + "  - 5\n" * (MOST_PROBLEMS + 1), Flaw.TOO_MANY_PROBLEMS),
    ],
)
def test_a_file_that_is_no_library_is_told_so(text: str, flaw: Flaw) -> None:
    found = contents(text)
    assert found.problems == ()
    assert [one.flaw for one in found.complaints] == [flaw]


def test_our_own_problems_need_a_chapter_and_a_slug_of_their_class() -> None:
    bare = without('    chapter: {en: "Percentage", bn: "শতকরা"}\n')
    assert flaws(bare) == []
    assert flaws(bare, ours=True) == [Flaw.FIELD_NEEDED]
    free = swapped("c7-percentage-guava", "my-guava")
    assert flaws(free) == []
    assert flaws(free, ours=True) == [Flaw.SLUG_OF_ANOTHER_CLASS]


def test_a_slug_stands_once_in_a_file() -> None:
    (complaint,) = contents(GOOD + GOOD.removeprefix("problems:\n")).complaints
    assert (complaint.line, complaint.slug) == (25, "c7-percentage-guava")
    assert (complaint.flaw, complaint.values["other"]) == (Flaw.SLUG_TWICE, "f.yaml:2")


def test_a_slug_stands_in_one_file() -> None:
    one, other = (read(GOOD, name, TOPICS).problems for name in ("a.yaml", "b.yaml"))
    (complaint,) = check_together([*one, *other])
    assert (complaint.file, complaint.line, complaint.flaw) == ("b.yaml", 2, Flaw.SLUG_TWICE)
    assert complaint.values["other"] == "a.yaml"


def test_a_near_duplicate_is_told_with_its_place() -> None:
    other = GOOD.replace("guava", "mango").replace("250", "500").replace("২৫০", "৫০০")
    other = other.replace('answer: "16"', 'answer: "8"').replace("16%", "8%").replace("১৬%", "৮%")
    both = contents(GOOD + other.removeprefix("problems:\n")).problems
    (complaint,) = check_together(both)
    assert (complaint.line, complaint.slug) == (25, "c7-percentage-mango")
    assert complaint.flaw is Flaw.NEAR_DUPLICATE
    assert complaint.values["other"] == "c7-percentage-guava"


def test_problems_that_share_a_phrase_are_no_duplicates() -> None:
    other = GOOD.replace("guava", "mango").replace(
        "What percent of 250 is 40?",
        "A basket has 250 guavas and 40 are ripe. What percent is that?",
    )
    other = other.replace("২৫০-এর শতকরা কত ৪০?", "ঝুড়িতে ২৫০টি পেয়ারার ৪০টি পাকা। শতকরা কতটি পাকা?")
    both = contents(GOOD + other.removeprefix("problems:\n")).problems
    assert len(both) == 2
    assert [*check_together(both)] == []


def test_a_topic_without_a_difficulty_is_told() -> None:
    complaints = [*check_whole(contents(GOOD).problems)]
    assert {one.flaw for one in complaints} == {Flaw.DIFFICULTY_MISSING}
    assert [one.values["difficulty"] for one in complaints] == [1, 3]


def test_a_faultless_problem_is_read_beside_a_faulty_one() -> None:
    other = (
        GOOD.removeprefix("problems:\n").replace("guava", "mango").replace("grade: 7", "grade: 5")
    )
    found = contents(GOOD + other)
    assert [one.problem.slug for one in found.problems] == ["c7-percentage-guava"]
    assert [(one.line, one.slug) for one in found.complaints] == [(26, "c7-percentage-mango")]


def test_a_hint_may_not_give_a_fraction_or_the_size_of_a_negative_answer_away() -> None:
    fraction = swapped('answer: "16"', 'answer: "4/25"').replace("percent\n", "fraction\n")
    fraction = fraction.replace("40 / 250 * 100", "40 / 250")
    assert Flaw.HINT_HAS_ANSWER not in flaws(fraction)
    given_away = fraction.replace("Divide 40 by 250", "Find 40/250")
    assert Flaw.HINT_HAS_ANSWER in flaws(given_away)
    negative = swapped('answer: "16"', 'answer: "-100"').replace("40 / 250 * 100", "-100")
    assert Flaw.HINT_HAS_ANSWER in flaws(negative)


def test_a_rounded_answer_needs_a_tolerance() -> None:
    rounded = swapped('answer: "16"', 'answer: "15.9"')
    (complaint,) = contents(rounded).complaints
    assert (complaint.flaw, complaint.values["result"]) == (Flaw.COMPUTATION_DIFFERS, "16")
    assert flaws(rounded.replace("answer_tolerance: null", 'answer_tolerance: "0.1"')) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("topics:\n  - key: A b\n    title: {en: a, bn: ক}\n", "line 2: key"),
        ("topics:\n  - key: a\n    title: {en: a}\n", "line 3: title"),
        (
            "topics:\n  - {key: a, title: {en: a, bn: ক}}\n  - {key: a, title: {en: a, bn: ক}}",
            "line 3",
        ),
        ("topics: 5\n", "line 1: not_a_list"),
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
    found = contents(text)
    assert found.problems == ()
    assert found.complaints


@given(
    st.sampled_from([GOOD, TEMPLATE]),
    st.integers(0, len(GOOD)),
    st.integers(0, 40),
    st.text(max_size=5),
)
def test_no_damage_to_a_good_file_raises(good: str, at: int, cut: int, put: str) -> None:
    found = contents(good[:at] + put + good[at + cut :])
    assert len(found.problems) + bool(found.complaints) >= 1


def test_an_upload_is_read_by_its_ending() -> None:
    assert [one.slug for one in read_upload("a.yaml", GOOD.encode(), TOPICS).problems]
    assert [
        one.slug for one in read_upload("A.YML", b"\xef\xbb\xbf" + GOOD.encode(), TOPICS).problems
    ]
    upload = read_upload("problems.txt", GOOD.encode(), TOPICS)
    assert [one.flaw for one in upload.complaints] == [Flaw.UNKNOWN_ENDING]


def test_an_upload_has_an_end() -> None:
    upload = read_upload("a.yaml", b"x" * (UPLOAD_BYTES + 1), TOPICS)
    assert [one.flaw for one in upload.complaints] == [Flaw.FILE_TOO_LONG]


def test_an_upload_takes_no_more_than_its_time() -> None:
    """The second template, with all that is to be worked out for each set of its numbers."""
    long = '"' + "1 + " * 70 + '0 > 0"'
    heavy = swapped('"10..14"', '"10..3900"', TEMPLATE).replace("c6-unitary-eggs", "eggs-1")
    heavy = swapped('"total != eggs"', ", ".join([long] * 25), heavy)
    upload = read_upload("a.yaml", (TEMPLATE + heavy[len("problems:\n") :]).encode(), TOPICS)
    assert [(one.slug, one.flaw, one.line) for one in upload.complaints] == [
        ("eggs-1", Flaw.TOO_MUCH_TO_TRY, 31)
    ]


def test_the_guide_names_every_unit() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    assert [one for one in UNITS if f"`{one}`" not in guide] == []


def test_an_upload_that_is_not_utf8_is_told_the_line() -> None:
    upload = read_upload("a.csv", b"slug\na\n\xff\n", TOPICS)
    assert [(one.line, one.flaw) for one in upload.complaints] == [(3, Flaw.NOT_UTF8)]


def test_an_upload_with_near_duplicates_is_complained_of() -> None:
    other = GOOD.replace("guava", "mango").removeprefix("problems:\n")
    upload = read_upload("a.yaml", (GOOD + other).encode(), TOPICS)
    assert [one.flaw for one in upload.complaints] == [Flaw.NEAR_DUPLICATE]


@given(st.sampled_from(["a.yaml", "a.yml", "a.csv", "", "a"]), st.binary(max_size=400))
def test_no_bytes_raise(name: str, content: bytes) -> None:
    upload = read_upload(name, content, TOPICS)
    assert upload.problems == ()
    assert upload.complaints


@given(st.sampled_from(["a.yaml", "a.csv"]), st.integers(0, 3000), st.binary(max_size=5))
def test_no_damage_to_an_upload_raises(name: str, at: int, put: bytes) -> None:
    template = (ROOT / "content" / "templates" / f"problems.{name[2:]}").read_bytes()
    upload = read_upload(name, template[:at] + put + template[at + len(put) :], TOPICS)
    assert len(upload.problems) + bool(upload.complaints) >= 1
