"""Problem packages of Kattis and the ICPC, in their legacy and their 2023-07 layout."""

import time
from collections.abc import Mapping
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.problems.packages import ProblemPackage, read_package
from domain.problems.packages.complaints import Flaw, Note
from domain.problems.packages.contents import Label
from domain.submissions.judging import Checker, CheckerKind, Limits, Program
from tests.domain.problems.zips import PACKAGE, package, zipped

Changes = Mapping[str, str | bytes | None]
ENOUGH_SECONDS = 10
"""A quarter of which is usual; what is not bounded takes minutes."""
SCORING = "name: Sum\ntype: scoring\nlimits: {time_limit: 1}\n"
NEW: Changes = {
    "problem.yaml": """\
problem_format_version: 2023-07
name: {en: Sum, bn: যোগ, sv: Summa}
type: pass-fail
uuid: 5a3c
credits: Somebody
limits: {time_limit: 0.5, memory: 512, output: 16, validation_time: 60}
""",
    "problem_statement/problem.en.tex": None,
    "statement/problem.en.md": "Print the **sum**. {{nextsample}}\n\n![a picture](sum.png)",
    "statement/problem.bn.md": "যোগফল দেখাও।",
    "statement/problem.sv.md": "Skriv summan.",
    "statement/sum.png": b"\x89PNG",
}
DATA: Changes = {name: None for name in PACKAGE if name.startswith("data/secret")}


def read(changes: Changes, folder: str = "") -> ProblemPackage:
    found = read_package("sum.zip", package(changes, folder))
    assert found.complaints == ()
    assert found.package is not None
    return found.package


def flaws(changes: Changes) -> list[tuple[str, int, Flaw]]:
    found = read_package("sum.zip", package(changes))
    assert found.package is None
    return [(one.file, one.line, one.flaw) for one in found.complaints]


def notes(changes: Changes) -> dict[Note, list[str]]:
    told: dict[Note, list[str]] = {}
    for one in read_package("sum.zip", package(changes)).notes:
        told.setdefault(one.note, []).append(one.file)
    return told


def in_groups(*groups: str, each: int = 2) -> Changes:
    """So many tests in each folder of data/secret."""
    return {
        **DATA,
        **{
            f"data/secret/{group}/{number}.{ending}": "1 2\n" if ending == "in" else "3\n"
            for group in groups
            for number in range(each)
            for ending in ("in", "ans")
        },
    }


def points(changes: Changes) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Of the groups and of the tests that are in none."""
    found = read(changes)
    return (
        {one.name: one.points for one in found.groups},
        {one.name: one.points for one in found.tests if one.group is None and one.points},
    )


def test_a_plain_package_is_read() -> None:
    found = read({})
    assert (found.slug, found.titles) == ("sum", {"en": "Sum"})
    assert found.statements == {"en": "Print the sum."}
    assert found.limits == Limits(time_ms=1500)
    assert found.checker == Checker(CheckerKind.TOKENS, case_sensitive=False)
    assert [(one.name, one.hidden, one.points) for one in found.tests] == [
        *(("sample/1", False, Decimal(0)), ("secret/1", True, Decimal(100))),
    ]
    assert (found.tests[1].input, found.tests[1].output) == (b"2 3\n", b"5\n")
    assert found.reference == Program("python", "print(sum(map(int, input().split())))\n")
    assert (found.groups, found.starter, dict(found.hints)) == ((), None, {})
    assert notes({}) == {Note.POINTS_SHARED: ["data"]}


def test_the_new_layout_is_read() -> None:
    found = read(NEW)
    assert found.titles == {"bn": "যোগ", "en": "Sum"}
    assert found.statements == {"en": "Print the **sum**. \n\na picture", "bn": "যোগফল দেখাও।"}
    assert found.limits == Limits(500, 512 * 1024, 16 * 1024)
    told = notes(NEW)
    assert told[Note.STATEMENT_LEFT_OUT] == ["statement/problem.sv.md"]
    assert set(told[Note.PICTURE_LEFT_OUT]) == {"statement/problem.en.md", "statement/sum.png"}
    assert told[Note.FIELD_UNUSED] == ["problem.yaml"]


def test_a_package_in_a_folder_is_called_as_the_folder_is() -> None:
    assert read({}, "Two_Numbers-v2/").slug == "two-numbers-v2"


def test_a_title_may_stand_in_the_statement_alone() -> None:
    assert read({"problem.yaml": "limits: {time_limit: 1}\n"}).titles == {"en": "Sum"}


@pytest.mark.parametrize(
    ("changes", "time_ms"),
    [
        ({"problem.yaml": "name: a\n", ".timelimit": "3\n"}, 3000),
        ({"problem.yaml": "name: a\n", "domjudge-problem.ini": "a = 1\ntimelimit='2.5'"}, 2500),
        ({"problem.yaml": "name: a\nlimits: {time_limit: 60}"}, 20_000),
        ({"problem.yaml": "name: a\nlimits: {time_limit: 0.01}"}, 100),
        ({"problem.yaml": "name: a\n"}, Limits().time_ms),
    ],
)
def test_the_time_limit_stands_in_one_of_several_places(changes: Changes, time_ms: int) -> None:
    assert read(changes).limits.time_ms == time_ms


def test_limits_that_are_changed_and_taken_are_told_of() -> None:
    told = notes({"problem.yaml": "name: a\nlimits: {time_limit: 60, memory: 4096}"})
    assert len(told[Note.LIMIT_CHANGED]) == 2
    assert notes({"problem.yaml": "name: a\n"})[Note.DEFAULT_TIME] == ["problem.yaml"]


@pytest.mark.parametrize(
    ("flags", "checker"),
    [
        ("", Checker(CheckerKind.TOKENS, case_sensitive=False)),
        ("case_sensitive", Checker(CheckerKind.TOKENS)),
        ("space_change_sensitive case_sensitive", Checker(CheckerKind.EXACT)),
        ("float_tolerance 1e-6", Checker(CheckerKind.FLOATS, 1e-6, 1e-6, case_sensitive=False)),
        (
            "float_absolute_tolerance 0.01 float_relative_tolerance .5 case_sensitive",
            Checker(CheckerKind.FLOATS, 0.01, 0.5),
        ),
    ],
)
def test_flags_of_the_default_checker(flags: str, checker: Checker) -> None:
    old = {"problem.yaml": f"name: a\nvalidation: default\nvalidator_flags: '{flags}'\n"}
    assert read(old).checker == checker
    assert read({"data/testdata.yaml": f"output_validator_flags: '{flags}'\n"}).checker == checker
    listed = f"output_validator_args: [{', '.join(flags.split())}]\n"
    assert read({"data/secret/test_group.yaml": listed}).checker == checker


@pytest.mark.parametrize(
    "flags", ["tolerance 1", "float_tolerance", "float_tolerance x", "float_tolerance nan"]
)
def test_an_unknown_flag_is_complained_of(flags: str) -> None:
    text = f"name: a\nvalidator_flags: {flags}\n"
    assert {one[2] for one in flaws({"problem.yaml": text})} == {Flaw.UNKNOWN_FLAG}


def test_flags_that_differ_between_groups_are_complained_of() -> None:
    changes = {
        "data/sample/testdata.yaml": "output_validator_flags: case_sensitive",
        "data/secret/testdata.yaml": "output_validator_flags: float_tolerance 1",
    }
    assert flaws(changes) == [("data/sample/testdata.yaml", 0, Flaw.FLAGS_DIFFER)]


CUSTOM = {"problem.yaml": "name: a\nvalidation: custom\nvalidator_flags: a b\n"}


def test_a_custom_checker_is_taken_with_its_headers_and_flags() -> None:
    checker = read(
        {
            **CUSTOM,
            "output_validators/check/check.cc": '#include "check.h"\nint main() { return OK; }\n',
            "output_validators/check/check.h": "const int OK = 42;\n",
        }
    ).checker
    assert (checker.kind, checker.arguments) == (CheckerKind.CUSTOM, ("a", "b"))
    assert checker.program == Program("cpp", "const int OK = 42;\n\nint main() { return OK; }\n")


def test_a_checker_of_the_new_layout_needs_no_word_in_problem_yaml() -> None:
    checker = read({**NEW, "output_validator/check.py": "exit(42)"}).checker
    assert checker.program == Program("python", "exit(42)")
    assert read(NEW).checker.kind is CheckerKind.TOKENS


def test_a_checker_that_is_not_used_is_told_of() -> None:
    assert "output_validators" in notes({"output_validators/a.py": "x"})[Note.FOLDER_UNUSED]


@pytest.mark.parametrize(
    ("files", "flaw"),
    [
        ({}, Flaw.NOT_ONE_CHECKER),
        (
            {"output_validators/a.py": "x", "output_validators/b.py": "x"},
            Flaw.NOT_ONE_CHECKER,
        ),
        ({"output_validators/a.java": "x"}, Flaw.CHECKER_LANGUAGE),
        (
            {"output_validators/a/a.py": "x", "output_validators/a/b.py": "x"},
            Flaw.CHECKER_LANGUAGE,
        ),
        ({"output_validators/a.py": b"\xff"}, Flaw.NOT_UTF8),
    ],
)
def test_a_custom_checker_is_one_file_in_a_language_of_ours(files: Changes, flaw: Flaw) -> None:
    assert [one[2] for one in flaws({**CUSTOM, **files})] == [flaw]


def test_submissions_are_labelled_and_the_first_accepted_one_is_the_reference() -> None:
    changes = {
        "submissions/accepted/b.cpp": "int main() {}",
        "submissions/accepted/a.java": "class A {}",
        "submissions/accepted/old.py": "#!/usr/bin/env python2\nprint 3\n",
        "submissions/wrong_answer/off.c": "int main() {}",
        "submissions/time_limit_exceeded/slow/slow.py": "while True: pass",
        "submissions/run_time_error/crash.js": "throw 1",
        "submissions/rejected/no.py3": "x",
        "submissions/brute_force/all.cc": "int main() {}",
        "submissions/partially_accepted/some.py": "x",
        "submissions/accepted/two/a.py": "import b",
        "submissions/accepted/two/b.py": "x",
        "submissions/submissions.yaml": "x",
    }
    found = read(changes)
    assert [(one.label, one.file, one.program.language) for one in found.submissions] == [
        (Label.ACCEPTED, "submissions/accepted/b.cpp", "cpp"),
        (Label.ACCEPTED, "submissions/accepted/sum.py", "python"),
        (Label.BRUTE_FORCE, "submissions/brute_force/all.cc", "cpp"),
        (Label.REJECTED, "submissions/rejected/no.py3", "python"),
        (Label.RUN_TIME_ERROR, "submissions/run_time_error/crash.js", "javascript"),
        (Label.TIME_LIMIT_EXCEEDED, "submissions/time_limit_exceeded/slow/slow.py", "python"),
        (Label.WRONG_ANSWER, "submissions/wrong_answer/off.c", "c"),
    ]
    told = notes(changes)
    assert told[Note.LANGUAGE_SKIPPED] == [
        "submissions/accepted/a.java",
        "submissions/accepted/old.py",
    ]
    assert told[Note.SEVERAL_FILES] == ["submissions/accepted/two/a.py"]
    assert told[Note.FOLDER_UNUSED] == ["submissions/partially_accepted"]
    assert told[Note.FILE_UNUSED] == ["submissions/submissions.yaml"]


def test_without_a_solution_that_we_can_run_nothing_is_taken() -> None:
    changes = {"submissions/accepted/sum.py": None, "submissions/accepted/Sum.java": "x"}
    assert flaws(changes) == [("submissions/accepted", 0, Flaw.NO_REFERENCE)]


def test_input_validators_are_taken_in_our_languages() -> None:
    changes = {
        "input_validators/check.py": "exit(42)",
        "input_validators/other/check.cpp": "int main() { return 42; }",
        "input_validators/check.ctd": "INT(1, 2) EOF",
        "input_format_validators/old.py": "exit(42)",
    }
    assert [one.file for one in read(changes).input_validators] == [
        "input_validators/check.py",
        "input_validators/other/check.cpp",
        "input_format_validators/old.py",
    ]
    assert notes(changes)[Note.LANGUAGE_SKIPPED] == ["input_validators/check.ctd"]


def test_input_validators_that_need_arguments_are_left_out() -> None:
    changes = {
        "input_validators/check.py": "exit(42)",
        "data/secret/testdata.yaml": "input_validator_flags: --small",
    }
    assert read(changes).input_validators == ()
    assert notes(changes)[Note.VALIDATOR_ARGUMENTS] == ["data/secret/testdata.yaml"]


def test_a_problem_that_is_passed_or_failed_shares_a_hundred_points() -> None:
    assert points(in_groups("a", "b")) == (
        {},
        dict.fromkeys(("secret/a/0", "secret/a/1", "secret/b/0", "secret/b/1"), Decimal(25)),
    )


LEGACY_MIN = "on_reject: break\naccept_score: {score}\nrange: 0 {score}\ngrader_flags: min\n"


def test_groups_of_the_legacy_layout_give_their_points_as_a_whole() -> None:
    changes = {
        "problem.yaml": SCORING,
        **in_groups("g1", "g2"),
        "data/testdata.yaml": "range: 0 100\ngrader_flags: ignore_sample\non_reject: continue\n",
        "data/sample/testdata.yaml": "accept_score: 0\n",
        "data/secret/testdata.yaml": "grader_flags: first_error accept_if_any_accepted\n",
        "data/secret/g1/testdata.yaml": LEGACY_MIN.format(score=30),
        "data/secret/g2/testdata.yaml": LEGACY_MIN.format(score=70),
    }
    assert points(changes) == ({"g1": Decimal(30), "g2": Decimal(70)}, {})
    assert [one.group for one in read(changes).tests] == [None, "g1", "g1", "g2", "g2"]
    assert [one.name for one in read(changes).tests][1] == "secret/g1/0"


def test_tests_that_are_summed_give_their_own_points() -> None:
    changes = {
        "problem.yaml": SCORING,
        **in_groups("g1"),
        "data/secret/g1/testdata.yaml": "on_reject: continue\naccept_score: 12.5\nrange: 0 25\n",
    }
    assert points(changes) == (
        {},
        {"secret/g1/0": Decimal("12.5"), "secret/g1/1": Decimal("12.5")},
    )


def test_a_sum_that_is_more_than_its_range_is_taken_as_a_whole() -> None:
    changes = {
        "problem.yaml": SCORING,
        **in_groups("g1"),
        "data/secret/g1/testdata.yaml": "accept_score: 30\nrange: 0 30\n",
    }
    assert points(changes) == ({"g1": Decimal(30)}, {})


def test_legacy_groups_that_say_nothing_are_as_the_folder_around_them() -> None:
    changes = {
        "problem.yaml": SCORING,
        **in_groups("g1", "g2"),
        "data/secret/testdata.yaml": "accept_score: 25\n",
        "data/secret/g2/testdata.yaml": LEGACY_MIN.format(score=50),
    }
    assert points(changes) == (
        {"g2": Decimal(50)},
        {"secret/g1/0": Decimal(25), "secret/g1/1": Decimal(25)},
    )


def test_flags_may_be_given_by_the_name_of_the_checker() -> None:
    text = "output_validator_flags: {name: default, flags: case_sensitive}\n"
    assert read({"data/testdata.yaml": text}).checker.case_sensitive


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("max_score: 40\n", ({"g1": Decimal(40)}, {})),
        ("max_score: 40\nscore_aggregation: min\n", ({"g1": Decimal(40)}, {})),
        ("scoring: {score: 40}\n", ({"g1": Decimal(40)}, {})),
        (
            "max_score: 41\nscore_aggregation: sum\n",
            ({}, {"secret/g1/0": Decimal("20.5"), "secret/g1/1": Decimal("20.5")}),
        ),
    ],
)
def test_groups_of_the_new_layout(
    text: str, expected: tuple[dict[str, Decimal], dict[str, Decimal]]
) -> None:
    changes = {
        "problem.yaml": "problem_format_version: 2023-07\nname: a\ntype: scoring\n",
        **in_groups("g1"),
        "data/secret/g1/test_group.yaml": text,
        "data/secret/test_group.yaml": "max_score: 100\n",
    }
    assert points(changes) == expected


def test_groups_within_groups_are_joined_and_told_of() -> None:
    changes = {
        "problem.yaml": SCORING,
        **in_groups("g1", "g1/inner"),
        "data/secret/g1/testdata.yaml": LEGACY_MIN.format(score=30),
    }
    assert points(changes) == ({"g1": Decimal(30)}, {})
    assert notes(changes)[Note.GROUPS_JOINED] == ["data/secret/g1"]


@pytest.mark.parametrize("text", ["", "\n", "# Nothing here.\n  # Nor here.", "{}", "# a\n{ }\n"])
def test_a_group_may_say_nothing_of_itself(text: str) -> None:
    assert points({"data/secret/testdata.yaml": text})[1] == {"secret/1": Decimal(100)}


def test_samples_give_points_only_where_it_is_said() -> None:
    sample = {"problem.yaml": SCORING, "data/sample/testdata.yaml": "accept_score: 5\n"}
    assert points(sample)[1] == {"sample/1": Decimal(5), "secret/1": Decimal(1)}
    ignored = {**sample, "data/testdata.yaml": "grader_flags: ignore_sample\n"}
    assert points(ignored)[1] == {"secret/1": Decimal(1)}


WRONG: dict[str, tuple[Changes, list[tuple[str, int, Flaw]]]] = {
    "no problem.yaml": ({"problem.yaml": None}, [("sum.zip", 0, Flaw.NO_PROBLEM_YAML)]),
    "an empty problem.yaml": ({"problem.yaml": ""}, [("problem.yaml", 1, Flaw.EMPTY_FILE)]),
    "a list": ({"problem.yaml": "- a"}, [("problem.yaml", 1, Flaw.NO_FIELDS)]),
    "a field twice": (
        {"problem.yaml": "name: a\nname: b\n"},
        [("problem.yaml", 2, Flaw.FIELD_TWICE)],
    ),
    "no title": (
        {"problem.yaml": "limits: {}\n", "problem_statement/problem.en.tex": "Print."},
        [("problem.yaml", 1, Flaw.FIELD_NEEDED)],
    ),
    "an interactive problem": (
        {
            "problem.yaml": "name: a\nvalidation: custom interactive\n",
            "output_validators/a.py": "x",
        },
        [("problem.yaml", 2, Flaw.KIND_NOT_SUPPORTED)],
    ),
    "an interactive problem of the new layout": (
        {"problem.yaml": "name: a\ntype: [pass-fail, interactive]\n"},
        [("problem.yaml", 2, Flaw.KIND_NOT_SUPPORTED)],
    ),
    "a checker that gives points": (
        {"problem.yaml": "name: a\nvalidation: custom score\n", "output_validators/a.py": "x"},
        [("problem.yaml", 2, Flaw.KIND_NOT_SUPPORTED)],
    ),
    "a grader of one's own": (
        {"problem.yaml": SCORING, "data/testdata.yaml": "on_reject: break\ngrading: custom\n"},
        [("data/testdata.yaml", 2, Flaw.CUSTOM_GRADER)],
    ),
    "no statement": (
        {"problem_statement/problem.en.tex": None},
        [("problem_statement", 0, Flaw.NO_STATEMENT)],
    ),
    "a statement in another language": (
        {"problem_statement/problem.en.tex": None, "problem_statement/problem.sv.tex": "Hej"},
        [("problem_statement", 0, Flaw.NO_STATEMENT)],
    ),
    "a statement as PDF": (
        {"problem_statement/problem.en.tex": None, "problem_statement/problem.pdf": "%PDF"},
        [("problem_statement/problem.pdf", 0, Flaw.STATEMENT_IS_PDF)],
    ),
    "a statement that is not UTF-8": (
        {"problem_statement/problem.en.tex": b"a\n\xe9"},
        [("problem_statement/problem.en.tex", 2, Flaw.NOT_UTF8)],
    ),
    "a statement that is too long": (
        {"problem_statement/problem.en.tex": "a" * 70_000},
        [("problem_statement/problem.en.tex", 0, Flaw.TEXT_TOO_LONG)],
    ),
    "no tests": (
        {name: None for name in PACKAGE if name.startswith("data/")},
        [("data", 0, Flaw.NO_TESTS)],
    ),
    "an input without an answer": (
        {"data/secret/1.ans": None},
        [("data/secret/1.in", 0, Flaw.ANSWER_MISSING)],
    ),
    "an answer without an input": (
        {"data/secret/2.ans": "1"},
        [("data/secret/2.ans", 0, Flaw.INPUT_MISSING)],
    ),
    "too many tests": (in_groups("a", each=200), [("sum.zip", 0, Flaw.TOO_MANY_TESTS)]),
    "no points": (
        {"problem.yaml": SCORING, "data/secret/testdata.yaml": "accept_score: 0\n"},
        [("sum.zip", 0, Flaw.NO_POINTS)],
    ),
    "points that are none": (
        {"problem.yaml": SCORING, "data/secret/testdata.yaml": "a: 1\naccept_score: -3\n"},
        [("data/secret/testdata.yaml", 2, Flaw.NOT_A_NUMBER)],
    ),
    "broken YAML of a group": (
        {"data/secret/testdata.yaml": "range: [\n"},
        [("data/secret/testdata.yaml", 2, Flaw.NOT_YAML)],
    ),
    "a source that is not UTF-8": (
        {"submissions/accepted/sum.py": b"# \xff"},
        [("submissions/accepted/sum.py", 1, Flaw.NOT_UTF8)],
    ),
    "an empty source": (
        {"submissions/wrong_answer/a.py": " "},
        [("submissions/wrong_answer/a.py", 0, Flaw.TEXT_EMPTY)],
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_told_with_its_file_and_line(what: str) -> None:
    changes, told = WRONG[what]
    assert flaws(changes) == told


def test_too_much_data_is_complained_of() -> None:
    rng = Random(4)
    nine_mib = b"".join(rng.randbytes(400) + bytes(9600) for _ in range(940))
    files = {f"data/secret/{number}.in": nine_mib for number in range(8)}
    answers = {name.replace(".in", ".ans"): "" for name in files}
    assert flaws({**files, **answers}) == [("sum.zip", 0, Flaw.TOO_MUCH_DATA)]


def test_a_package_without_a_name_of_its_own_is_told_so() -> None:
    found = read_package("যোগ.zip", zipped(PACKAGE))
    assert [one.flaw for one in found.complaints] == [Flaw.NO_SLUG]


def test_everything_that_is_not_used_is_told_of() -> None:
    told = notes(
        {
            "generators/gen.py": "x",
            "attachments/a.txt": "x",
            "README.md": "x",
            "data/invalid_inputs/1.in": "x",
            "data/secret/1.hint": "x",
            "data/secret/1.desc": "x",
            "problem_statement/extra.sty": "x",
            "submissions/accepted/notes.txt": "x",
        }
    )
    assert set(told[Note.FOLDER_UNUSED]) == {"generators", "attachments", "data/invalid_inputs"}
    assert set(told[Note.FILE_UNUSED]) == {
        *("README.md", "data/secret/1.hint", "data/secret/1.desc", "problem_statement/extra.sty"),
        "submissions/accepted/notes.txt",
    }


TEX = "problem_statement/problem.en.tex"
SLOW: dict[str, Changes] = {
    "brackets that are never closed": {TEX: "\\[" * 29_000},
    "lists of spaces": {TEX: "\\begin{itemize}" + "\n " * 29_000 + "x\\end{itemize}"},
    "items without end": {TEX: "\\begin{itemize}" + "\\item\n\n" * 7_000},
    "notes of nothing": {"data/testdata.yaml": "#" * 200_000 + "\n!"},
    "a file of spaces": {".timelimit": " " * 4_000_000 + "x"},
    "lines of spaces": {"submissions/accepted/sum.py": (" " * 300 + "\n") * 400 + "x"},
    "many solutions": {f"submissions/accepted/{one}.py": "x" for one in range(1900)},
    "a chain of headers": {
        **CUSTOM,
        "output_validators/a/a.cpp": '#include "0.h"\n',
        **{f"output_validators/a/{n}.h": f'#include "{n + 1}.h"\n' for n in range(1900)},
    },
    "headers that include themselves": {
        **CUSTOM,
        "output_validators/a/a.cpp": '#include "a.h"\n' * 30_000,
        "output_validators/a/a.h": '#include "a.h"\n' * 30_000,
    },
}


@pytest.mark.parametrize("what", SLOW)
def test_what_is_made_to_be_slow_is_read_soon(what: str) -> None:
    start = time.process_time()
    found = read_package("sum.zip", package(SLOW[what]))
    assert (found.package is None) == bool(found.complaints)
    assert time.process_time() - start < ENOUGH_SECONDS


@given(st.sampled_from([*PACKAGE]), st.binary(max_size=60))
def test_any_file_may_hold_anything(name: str, content: bytes) -> None:
    found = read_package("sum.zip", package({name: content}))
    assert (found.package is None) == bool(found.complaints)


@given(st.text(alphabet="abc: -[]{}\n'\"1.", max_size=60))
def test_any_settings_are_read_or_refused(text: str) -> None:
    for name in ("problem.yaml", "data/secret/testdata.yaml", "data/test_group.yaml"):
        found = read_package("sum.zip", package({"problem.yaml": SCORING, name: text}))
        assert (found.package is None) == bool(found.complaints)
