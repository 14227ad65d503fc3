"""What node says of small programs, explained."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from domain.submissions.explaining import explain
from tests.domain.submissions.compiling import HAS_NODE, run

CASES: list[tuple[str, str, int, Mapping[str, str]]] = [
    ("console.log(x\n", "missing_parenthesis", 1, {"bracket": ")"}),
    ("let a = 1;\nfoo();\n", "undeclared", 2, {"name": "foo"}),
    ("let a;\na.b;\n", "member_of_undefined", 2, {"name": "b"}),
    ("const x = 1;\nx = 2;\n", "const_changed", 2, {}),
    ("let s = “hi”;\n", "curly_quotes", 1, {"character": "“"}),
    ("let x = ৫;\n", "bengali_digit", 1, {"character": "৫", "plain": "5"}),
    ("function f() {\n  return 1;\n", "missing_end_brace", 3, {}),
    (
        "let a = 1;\nprint(a)\n",
        "name_of_another_language",
        2,
        {"name": "print", "meant": "console.log"},
    ),
    ("let x = 1;\nlet x = 2;\n", "defined_twice", 2, {"name": "x"}),
    ("5 = x;\n", "cannot_assign", 1, {}),
    ("function f(n) {\n  return f(n - 1);\n}\nf(1);\n", "too_deep", 2, {"name": "f"}),
    ('require("numpyy");\n', "module_missing", 1, {"name": "numpyy"}),
    ("if (1) {\n}}\n", "stray_bracket", 2, {"bracket": "}"}),
    (
        "let count = 1;\nconsole.log(cuont);\n",
        "name_typo",
        2,
        {"name": "cuont", "meant": "count"},
    ),
    ('console.log("hi);\n', "unclosed_quote", 1, {}),
    ("let a = 5;\na();\n", "not_a_function", 2, {"name": "a"}),
    ("console.log(y);\nlet y = 1;\n", "name_too_early", 1, {"name": "y"}),
    ("let a = 5 5;\n", "invalid_syntax", 1, {}),
    ("else { }\n", "else_without_if", 1, {"word": "else"}),
    ("break;\n", "loop_word_outside", 1, {"word": "break"}),
    ("for (const x of 5) {}\n", "not_iterable", 1, {"type": "5"}),
]


@pytest.mark.skipif(not HAS_NODE, reason="node is not on this machine")
@pytest.mark.parametrize(("program", "kind", "line", "values"), CASES)
def test_an_error_is_explained_with_its_line(
    program: str, kind: str, line: int, values: Mapping[str, str], tmp_path: Path
) -> None:
    (tmp_path / "main.js").write_text(program, "utf-8")
    message = run(["node", "main.js"], tmp_path).stderr.decode()
    found = explain("javascript", program, message)
    assert found is not None, message
    assert (found.kind, found.line, found.values) == (kind, line, values), message
