"""Coding problems in YAML: everything is read, and whatever is wrong is told with its line."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.problems.packages import PackageRead, ProblemPackage, read_package
from domain.problems.packages.complaints import Flaw
from domain.problems.packages.contents import Label
from domain.problems.packages.sharing import shared
from domain.submissions.judging import CheckerKind, Limits, Program

TEMPLATE = Path(__file__).parents[3] / "content" / "problems" / "template.yaml"
REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "coding-problems.md"
PLAIN = """\
slug: sum-of-two
title: Sum of two
statement: Print the sum of two numbers.
solution:
  language: python
  code: |
    a, b = map(int, input().split())
    print(a + b)
samples:
  - {input: 1 2, output: 3}
tests:
  - {input: 2 3, output: 5}
  - {input: 2 4, output: 6}
  - input: |
      7

      1
    output: |
      8
"""


def read(text: str) -> PackageRead:
    return read_package("sum.yaml", text.encode())


def package(text: str) -> ProblemPackage:
    found = read(text)
    assert found.complaints == ()
    assert found.package is not None
    return found.package


def told(text: str) -> list[tuple[int, str, str]]:
    """Line, key and field of each complaint."""
    found = read(text)
    assert found.package is None
    return [(one.line, one.key, str(one.values.get("field", ""))) for one in found.complaints]


def without(start: str, text: str = PLAIN) -> str:
    """The text without one field and what belongs to it."""
    lines = text.splitlines(keepends=True)
    first = next(number for number, line in enumerate(lines) if line.startswith(start))
    end = first + 1
    while end < len(lines) and lines[end].startswith((" ", "-", "\n")):
        end += 1
    return "".join(lines[:first] + lines[end:])


def test_the_template_is_a_problem_in_both_languages() -> None:
    found = package(TEMPLATE.read_text(encoding="utf-8"))
    assert found.slug == "bus-fare"
    assert found.titles == {"en": "Bus fare", "bn": "বাসভাড়া"}
    assert set(found.statements) == set(found.hints) == {"en", "bn"}
    assert found.starter == Program("python", "n, f = map(int, input().split())\n")
    assert [one.label for one in found.submissions] == [Label.ACCEPTED, Label.WRONG_ANSWER]
    assert found.reference == found.submissions[0].program
    assert [one.name for one in found.tests] == ["sample/01", "secret/01", "secret/02", "secret/03"]


def test_the_example_of_the_reference_is_a_problem() -> None:
    example = REFERENCE.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    found = package(example)
    assert (found.slug, len(found.tests)) == ("sum-of-two", 3)


def test_a_plain_problem_has_the_usual_limits_and_a_hundred_points() -> None:
    found = package(PLAIN)
    assert found.titles == {"en": "Sum of two"}
    assert (found.limits, found.checker.kind) == (Limits(), CheckerKind.TOKENS)
    assert [one.hidden for one in found.tests] == [False, True, True, True]
    assert [one.points for one in found.tests] == [
        *(Decimal(0), Decimal("33.33"), Decimal("33.34"), Decimal("33.33")),
    ]
    assert found.tests[1].input == b"2 3\n"
    assert found.tests[3].input == b"7\n\n1\n"


def test_a_plain_text_with_bengali_letters_is_bengali() -> None:
    found = package(
        PLAIN.replace("Print the sum of two numbers.", "যোগফল দেখাও।").replace("Sum of two", "যোগ")
    )
    assert (found.titles, found.statements) == ({"bn": "যোগ"}, {"bn": "যোগফল দেখাও।"})


def test_where_only_the_statement_is_in_both_languages_both_have_the_title() -> None:
    found = package(PLAIN.replace("Print the sum of two numbers.", "{en: Print., bn: দেখাও।}"))
    assert found.titles == {"en": "Sum of two", "bn": "Sum of two"}


def test_groups_take_a_share_of_the_points_like_a_test() -> None:
    text = PLAIN.replace("output: 5}", "output: 5, group: small}")
    text = text.replace("output: 6}", "output: 6, group: small}")
    found = package(text + "groups:\n  - name: small\n")
    assert [(one.name, one.points) for one in found.groups] == [("small", Decimal(50))]
    assert [(one.group, one.points) for one in found.tests[1:]] == [
        *(("small", Decimal(0)), ("small", Decimal(0)), (None, Decimal(50))),
    ]
    assert found.tests[1].name == "secret/small/01"


def test_points_that_are_given_are_kept() -> None:
    text = PLAIN.replace("output: 5}", "output: 5, points: 10}")
    text = text.replace("output: 6}", "output: 6, points: 2.5, name: even}")
    text = text.replace("    output: |\n      8\n", "    output: '8'\n    group: hard\n")
    found = package(text + "groups: [{name: hard, points: 30}]\n")
    assert [one.points for one in found.tests] == [0, 10, Decimal("2.5"), 0]
    assert found.tests[2].name == "secret/even"
    assert found.groups[0].points == 30


def test_samples_alone_share_the_points() -> None:
    found = package(without("tests:"))
    assert [(one.hidden, one.points) for one in found.tests] == [(False, Decimal(100))]


def test_every_field_is_read() -> None:
    found = package(
        PLAIN
        + """\
hint: Read both.
starter: {language: cpp, code: "int main() {}"}
limits: {time_ms: 1500, memory_mb: 64, output_mb: 2}
checker: {kind: floats, absolute: 1e-6, relative: 0.5, case_sensitive: false}
input_validators:
  - language: python
    code: |
      exit(42)
submissions:
  - {label: time_limit_exceeded, language: python, code: "while True: pass"}
"""
    )
    assert found.hints == {"en": "Read both."}
    assert found.starter == Program("cpp", "int main() {}")
    assert found.limits == Limits(1500, 64 * 1024, 2 * 1024)
    assert found.checker.kind is CheckerKind.FLOATS
    assert (found.checker.absolute, found.checker.relative) == (1e-6, 0.5)
    assert not found.checker.case_sensitive
    assert found.input_validators[0].program == Program("python", "exit(42)\n")
    assert found.input_validators[0].file == "input_validators/1.py"
    assert found.submissions[1].file == "time_limit_exceeded/1.py"


def test_a_checker_is_named_or_is_a_program() -> None:
    assert package(PLAIN + "checker: lines\n").checker.kind is CheckerKind.LINES
    checker = package(
        PLAIN + "checker: {kind: custom, language: python, code: exit(42), arguments: [a, '1']}\n"
    ).checker
    assert checker.program == Program("python", "exit(42)")
    assert checker.arguments == ("a", "1")


BIDI = "title: a\u202eb"
WRONG = {
    "nothing": ("", [(1, "empty_file", "")]),
    "a list": ("- a\n", [(1, "no_fields", "")]),
    "no YAML": ("a: }", [(1, "not_yaml", "")]),
    "an anchor": ("a: &b 1\n", [(1, "aliases", "")]),
    "a field twice": (PLAIN + "slug: other\n", [(20, "field_twice", "slug")]),
    "an unknown field": (PLAIN + "time_limit: 2\n", [(20, "no_such_field", "time_limit")]),
    "no slug": (without("slug"), [(1, "field_needed", "slug")]),
    "no solution": (without("solution"), [(1, "field_needed", "solution")]),
    "no tests at all": (without("tests", without("samples")), [(1, "field_needed", "tests")]),
    "a slug with capitals": (PLAIN.replace("sum-of-two", "Sum"), [(1, "not_a_key", "slug")]),
    "an empty statement": (
        PLAIN.replace("Print the sum of two numbers.", "''"),
        [(3, "text_empty", "statement")],
    ),
    "another language": (
        PLAIN.replace("Sum of two", "{fr: Somme}"),
        [(2, "no_such_field", "title.fr")],
    ),
    "a list of titles": (PLAIN.replace("Sum of two", "[a]"), [(2, "not_languages", "title")]),
    "a mark of direction": (
        PLAIN.replace("title: Sum of two", BIDI),
        [(2, "cannot_be_shown", "title")],
    ),
    "marks upon marks": (
        PLAIN.replace("Print the sum", "e" + "\u0323\u0301" * 30_000),
        [(3, "cannot_be_shown", "statement")],
    ),
    "a language that is not judged": (
        PLAIN.replace("language: python", "language: java"),
        [(5, "not_one_of", "solution.language")],
    ),
    "an empty solution": (
        PLAIN.replace("    a, b = map(int, input().split())\n    print(a + b)\n", "\n"),
        [(6, "text_empty", "solution.code")],
    ),
    "no output": (PLAIN.replace(", output: 6", ""), [(13, "field_needed", "tests.2.output")]),
    "an output that is a list": (
        PLAIN.replace("output: 6", "output: [6]"),
        [(13, "not_one_text", "tests.2.output")],
    ),
    "a NUL": (
        PLAIN.replace("output: 6", 'output: "\\0"'),
        [(13, "cannot_be_shown", "tests.2.output")],
    ),
    "points for some": (
        PLAIN.replace("output: 6", "output: 6, points: 3"),
        [(11, "points_for_some", "tests")],
    ),
    "points of three places": (
        PLAIN.replace("output: 6", "output: 6, points: 0.125"),
        [(13, "not_points", "tests.2.points")],
    ),
    "negative points": (
        PLAIN.replace("output: 6", "output: 6, points: -1"),
        [(13, "not_a_number", "tests.2.points")],
    ),
    "an unknown group": (
        PLAIN.replace("output: 6", "output: 6, group: big"),
        [(13, "no_such_group", "tests.2.group")],
    ),
    "points in a group": (
        PLAIN.replace("output: 6", "output: 6, group: big, points: 3") + "groups: [{name: big}]\n",
        [(13, "points_in_group", "tests.2.points")],
    ),
    "a group without tests": (
        PLAIN + "groups: [{name: big}]\n",
        [(11, "group_without_tests", "")],
    ),
    "a group twice": (
        PLAIN.replace("output: 6", "output: 6, group: big")
        + "groups:\n  - name: big\n  - name: big\n",
        [(22, "name_twice", "groups.2.name")],
    ),
    "a test's name twice": (
        PLAIN.replace("output: 6", "output: 6, name: '01'"),
        [(13, "name_twice", "tests.2.name")],
    ),
    "no points at all": (
        without("tests:").replace("output: 3", "output: 3, points: 0"),
        [(1, "no_points", "")],
    ),
    "a time that is too short": (
        PLAIN + "limits: {time_ms: 1}\n",
        [(20, "not_whole", "limits.time_ms")],
    ),
    "limits that are no map": (PLAIN + "limits: 2\n", [(20, "no_fields", "limits")]),
    "floats without a tolerance": (
        PLAIN + "checker: {kind: floats}\n",
        [(20, "tolerance_needed", "checker.kind")],
    ),
    "floats by name": (PLAIN + "checker: floats\n", [(20, "not_one_of", "checker")]),
    "a checker in C": (
        PLAIN + "checker: {kind: custom, language: c, code: x}\n",
        [(20, "not_one_of", "checker.language")],
    ),
    "a label that does not exist": (
        PLAIN + "submissions:\n  - {label: wrong, language: python, code: x}\n",
        [(21, "not_one_of", "submissions.1.label")],
    ),
    "tests that are no list": (
        PLAIN.replace("samples:\n  - {input", "samples:\n  {input"),
        [(9, "not_a_list", "samples")],
    ),
    "a test that is no map": (
        PLAIN.replace("- {input: 2 4, output: 6}", "- 6"),
        [(13, "no_fields", "tests.2")],
    ),
    "a starter that is no map": (
        PLAIN + "starter: print()\n",
        [(20, "no_fields", "starter")],
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_told_with_its_line_and_field(what: str) -> None:
    text, complaints = WRONG[what]
    assert told(text) == complaints


def test_not_utf8_is_told_with_its_line() -> None:
    found = read_package("a.yml", b"slug: a\ntitle: \xff\n")
    assert [(one.line, one.flaw) for one in found.complaints] == [(2, Flaw.NOT_UTF8)]


@pytest.mark.parametrize("name", ["problem.txt", "problem"])
def test_another_ending_is_told(name: str) -> None:
    assert [one.flaw for one in read_package(name, b"").complaints] == [Flaw.UNKNOWN_ENDING]


def test_too_many_complaints_are_cut_and_told_so() -> None:
    many = "tests:\n" + "  - {a: 1, b: 2, c: 3}\n" * 100
    found = read(many)
    assert len(found.complaints) == 201
    assert found.complaints[-1].flaw is Flaw.TOO_MANY_FLAWS


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = read(text)
    assert found.package is None
    assert found.complaints


@given(st.data())
def test_a_problem_with_a_hole_is_read_or_refused(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(PLAIN)))
    end = data.draw(st.integers(start, min(len(PLAIN), start + 30)))
    put = data.draw(st.text(max_size=5))
    found = read_package("a.yaml", (PLAIN[:start] + put + PLAIN[end:]).encode("utf-8", "replace"))
    assert (found.package is None) == bool(found.complaints)


@given(st.decimals(0, 10_000, places=2), st.integers(1, 300))
def test_shares_sum_to_the_whole_and_hardly_differ(total: Decimal, parts: int) -> None:
    shares = shared(total, parts)
    assert (len(shares), sum(shares)) == (parts, total)
    assert max(shares) - min(shares) <= Decimal("0.01")
    assert min(shares) >= 0
