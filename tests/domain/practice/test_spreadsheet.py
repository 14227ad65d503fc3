"""Problems from a spreadsheet: the same problems as from YAML, with the lines of their rows."""

import csv
import io
from pathlib import Path

import pytest

from domain.practice.library import Contents, read, read_csv, read_topics, read_upload
from domain.practice.library.complaints import Flaw
from domain.practice.library.limits import MOST_COLUMNS, MOST_PROBLEMS

ROOT = Path(__file__).parents[3]
TOPICS = read_topics((ROOT / "content" / "practice" / "topics.yaml").read_text(encoding="utf-8"))
TEMPLATES = ROOT / "content" / "templates"
YAML, CSV = ((TEMPLATES / f"problems.{one}").read_bytes() for one in ("yaml", "csv"))
ROWS = list(csv.reader(io.StringIO(CSV.decode("utf-8-sig"), newline="")))
HEADER, PLAIN, VARIED = ROWS


def written(rows: list[list[str]], separator: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


def contents(text: str) -> Contents:
    return read_csv(text, "f.csv", TOPICS)


def changed(name: str, value: str, row: list[str] = PLAIN) -> list[str]:
    return [value if HEADER[at] == name else cell for at, cell in enumerate(row)]


def found(text: str) -> list[tuple[int, str | None, Flaw]]:
    return [(one.line, one.slug, one.flaw) for one in contents(text).complaints]


@pytest.mark.parametrize("ending", ["yaml", "csv"])
def test_the_files_that_teachers_fill_in_are_faultless(ending: str) -> None:
    upload = read_upload(
        f"problems.{ending}", (TEMPLATES / f"problems.{ending}").read_bytes(), TOPICS
    )
    assert upload.complaints == ()
    assert [bool(one.parameters) for one in upload.problems] == [False, True]


def test_a_row_says_the_same_as_yaml() -> None:
    from_yaml = [one.problem for one in read(YAML.decode(), "f.yaml", TOPICS).problems]
    from_rows = [one.problem for one in contents(CSV.decode("utf-8-sig")).problems]
    assert from_rows == from_yaml


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_separator_of_a_spreadsheet_will_do(separator: str) -> None:
    text = written(ROWS, separator)
    assert len(contents(text).problems) == 2
    assert found(text) == []


def test_empty_rows_and_columns_that_are_left_out_do_not_matter() -> None:
    kept = [at for at, name in enumerate(HEADER) if name not in ("subtopic", "where", "parameters")]
    rows = [[row[at] for at in kept] for row in (HEADER, PLAIN)]
    assert found(written([*rows, [""] * len(kept)])) == []


def test_faults_are_told_with_the_line_where_the_row_begins() -> None:
    texts = changed("solution_en", "one\ntwo\nthree 60 400 60 400 100 15 15")
    rows = [HEADER, changed("grade", "9", texts), changed("slug", "Not One", VARIED)]
    lines_of_first_row = 1 + sum(cell.count("\n") for cell in rows[1])
    assert found(written(rows)) == [
        (2, PLAIN[0], Flaw.NOT_WHOLE),
        (2 + lines_of_first_row, None, Flaw.NOT_A_KEY),
    ]


@pytest.mark.parametrize(
    ("name", "value", "flaw"),
    [
        ("grade", "", Flaw.FIELD_NEEDED),
        ("question_bn", "", Flaw.LANGUAGES_NEEDED),
        ("question_bn", "৪০ ও 60", Flaw.LATIN_DIGITS_IN_BENGALI),
        ("hint_2_en", "", Flaw.LANGUAGES_NEEDED),
        ("hint_2_en", "It is 15.", Flaw.HINT_HAS_ANSWER),
        ("answer", "16", Flaw.COMPUTATION_DIFFERS),
        ("unit", "furlong", Flaw.NOT_ONE_OF),
        ("topic", "magic", Flaw.NO_SUCH_TOPIC),
        ("parameters", "some words", Flaw.TEXT_EMPTY),
        ("parameters", "eggs = 3 | 4\neggs = 5 | 6", Flaw.NOT_A_MAP),
        ("where", "1 > 0", Flaw.CONDITIONS_WITHOUT_PARAMETERS),
    ],
)
def test_a_cell_with_a_fault_is_told(name: str, value: str, flaw: Flaw) -> None:
    text = written([HEADER, changed(name, value)])
    assert (2, PLAIN[0], flaw) in found(text)
    assert contents(text).problems == ()


def test_a_column_that_does_not_exist_is_told() -> None:
    rows = [[*HEADER, "price"], [*PLAIN, "5"]]
    assert found(written(rows)) == [(2, PLAIN[0], Flaw.NO_SUCH_FIELD)]


def test_a_column_that_stands_there_twice_is_told() -> None:
    rows = [[*HEADER, "grade"], [*PLAIN, "7"]]
    assert (2, PLAIN[0], Flaw.FIELD_TWICE) in found(written(rows))


def test_a_table_has_only_so_many_columns_and_rows() -> None:
    assert found("slug" + ",x" * MOST_COLUMNS + "\na\n") == [(1, None, Flaw.TOO_MANY_COLUMNS)]
    assert Flaw.TOO_MANY_COLUMNS not in [
        flaw for _, _, flaw in found("slug" + ",x" * (MOST_COLUMNS - 1) + "\na\n")
    ]
    rows = "slug\n" + "a\n\n" * MOST_PROBLEMS
    assert Flaw.TOO_MANY_PROBLEMS not in [flaw for _, _, flaw in found(rows)]
    line = 2 * MOST_PROBLEMS + 2
    assert found(rows + "b\nc\n") == [(line, None, Flaw.TOO_MANY_PROBLEMS)]


def test_a_cell_beyond_the_header_is_told() -> None:
    assert (2, PLAIN[0], Flaw.NO_SUCH_FIELD) in found(written([HEADER, [*PLAIN, "5"]]))


@pytest.mark.parametrize(
    ("text", "line", "flaw"),
    [
        ("", 1, Flaw.EMPTY_FILE),
        ("\n\n", 1, Flaw.EMPTY_FILE),
        ("slug,grade\n", 1, Flaw.EMPTY_FILE),
        ("grade,topic\n6,average\n", 1, Flaw.NOT_CSV),
        ('slug,grade\na,"6\n', 2, Flaw.NOT_CSV),
        ("slug,grade\na,\x00\n", 2, Flaw.NOT_CSV),
    ],
)
def test_what_is_no_table_is_told(text: str, line: int, flaw: Flaw) -> None:
    assert found(text) == [(line, None, flaw)]
