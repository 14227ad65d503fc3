"""What gcc says of small programs, explained: the real compiler says it here."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.submissions.explaining import Explanation, Kind, explain, explain_verdict
from domain.submissions.judging import Verdict
from tests.domain.submissions.compiling import HAS_GCC, compiled, run

CASES = yaml.safe_load((Path(__file__).parent / "errors_gcc.yaml").read_text("utf-8"))
with_gcc = pytest.mark.skipif(not HAS_GCC, reason="gcc and g++ are not on this machine")


@with_gcc
@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{case['kind']}-{case['language']}-{at}")
        for at, case in enumerate(CASES)
    ],
)
def test_an_error_is_explained_with_its_line(case: Mapping[str, Any], tmp_path: Path) -> None:
    message = compiled(case["language"], case["program"], tmp_path)
    found = explain(case["language"], case["program"], message)
    assert found is not None, message
    assert (found.kind, found.line) == (case["kind"], case["line"]), message
    assert found.values == case["values"]


# As other releases put it.
OTHERS = [
    (
        "c",
        'int main() {\n    pritnf("hi");\n}\n',
        (
            "main.c: In function ‘main’:\n"
            "main.c:2:5: error: implicit declaration of function ‘pritnf’; did you mean ‘printf’?"
            " [-Wimplicit-function-declaration]\n"
        ),
        Explanation(
            Kind.NAME_TYPO, 2, 5, {"name": "pritnf", "meant": "printf"}, '    pritnf("hi");'
        ),
    ),
    (
        "c",
        'int main() {\n    printf("hi");\n}\n',
        (
            "main.c:2:5: error: implicit declaration of function 'printf'"
            " [-Wimplicit-function-declaration]\n"
            '    2 |     printf("hi");\n'
            "main.c:1:1: note: include '<stdio.h>' or provide a declaration of 'printf'\n"
        ),
        Explanation(
            Kind.MISSING_INCLUDE, 2, 5, {"name": "printf", "header": "stdio.h"}, '    printf("hi");'
        ),
    ),
    (
        "c",
        'int main() {\n    int x = "5";\n}\n',
        (
            "main.c:2:13: error: initialization of ‘int’ from ‘char *’ makes integer from pointer"
            " without a cast [-Wint-conversion]\n"
        ),
        Explanation(
            Kind.INVALID_CONVERSION,
            2,
            13,
            {"left": "char *", "right": "int"},
            '    int x = "5";',
        ),
    ),
    (
        "c",
        "int f(int a);\nint main() {\n    f();\n}\n",
        "main.c:3:5: error: too few arguments to function ‘f’; expected 1, have 0\n",
        Explanation(Kind.TOO_FEW_ARGUMENTS, 3, 5, {"name": "f"}, "    f();"),
    ),
    (
        "cpp",
        "int main() {\n    std::cout << 1;\n}\n",
        (
            "main.cpp:2:10: error: 'cout' is not a member of 'std'\n"
            "    2 |     std::cout << 1;\n      |          ^~~~\n"
            "main.cpp:1:1: note: 'std::cout' is defined in header '<iostream>';"
            " this is probably fixable by adding '#include <iostream>'\n"
        ),
        Explanation(
            Kind.MISSING_INCLUDE,
            2,
            10,
            {"name": "cout", "header": "iostream"},
            "    std::cout << 1;",
        ),
    ),
]


@pytest.mark.parametrize(("language", "source", "message", "explained"), OTHERS)
def test_other_releases_of_gcc_are_understood_too(
    language: str, source: str, message: str, explained: Explanation
) -> None:
    assert explain(language, source, message) == explained


def test_the_first_error_counts_and_warnings_before_it_do_not() -> None:
    source = "int main() {\n    int y = 1;\n    y = x\n}\n"
    message = (
        "main.cpp:2:9: warning: suggest parentheses around assignment used as truth value\n"
        "main.cpp:3:9: error: ‘x’ was not declared in this scope\n"
        "main.cpp:3:10: error: expected ‘;’ before ‘}’ token\n"
    )
    found = explain("cpp", source, message)
    assert found is not None
    assert found.kind is Kind.UNDECLARED


def test_an_error_that_nobody_knows_is_not_explained_by_the_one_after_it() -> None:
    message = (
        "main.cpp:1:1: error: a thing unheard of\nmain.cpp:1:2: error: expected ‘;’ before ‘x’\n"
    )
    assert explain("cpp", "int x", message) is None


DYING = [
    (
        "#include <vector>\nint main() { std::vector<int> v; v.at(3) = 1; }\n",
        Kind.OUT_OF_RANGE,
        {},
    ),
    (
        '#include <string>\nint main() { return std::stoi("abc"); }\n',
        Kind.STOI_FAILED,
        {"name": "stoi"},
    ),
    (
        "#include <new>\nint main() { throw std::bad_alloc(); }\n",
        Kind.OUT_OF_MEMORY,
        {},
    ),
    ("int main() { throw 5; }\n", Kind.UNCAUGHT_EXCEPTION, {"type": "int"}),
    ("#include <cstdlib>\nint main() { abort(); }\n", Kind.ABORTED, {}),
    ("int main() { volatile int* p = 0; *p = 1; }\n", Kind.SEGMENTATION, {}),
    (
        "int main() { volatile int z = 0; volatile int x = 5; return x / z; }\n",
        Kind.DIVIDED_BY_ZERO,
        {},
    ),
]


@with_gcc
@pytest.mark.parametrize(("program", "kind", "values"), DYING)
def test_a_program_that_dies_is_explained(
    program: str, kind: Kind, values: Mapping[str, str], tmp_path: Path
) -> None:
    compiled("cpp", program, tmp_path)
    ended = run(["./main"], tmp_path)
    assert ended.returncode < 0
    said = ended.stderr.decode()
    found = explain_verdict("cpp", program, Verdict.RUNTIME_ERROR, said, -ended.returncode)
    assert found == Explanation(kind, values=values)
