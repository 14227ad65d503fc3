"""A class's people in a spreadsheet: what is read, what is complained of, what is written."""

import csv
import io

import pytest

from domain.courses.records import EnrollmentRole
from domain.courses.roster_file import ROWS, Flaw, read, write


def who(content: str | bytes) -> list[tuple[int, int | None, str | None, EnrollmentRole | None]]:
    sheet = read(content.encode() if isinstance(content, str) else content)
    assert not sheet.complaints
    return [(one.line, one.telegram_id, one.username, one.role) for one in sheet.rows]


def flaws(content: str | bytes) -> list[tuple[int, Flaw]]:
    sheet = read(content.encode() if isinstance(content, str) else content)
    return [(one.line, one.flaw) for one in sheet.complaints]


@pytest.mark.parametrize(
    "content",
    [
        "username,telegram_id,role\n@Karim_1,,\n,77,ta\n",
        "role;Telegram ID;User name\n;;karim_1\nTA;77;\n",
        "username\ttelegram id\trole\r\nhttps://t.me/karim_1\t\t\r\n\t৭৭\tassistant\r\n",
        "name,ভূমিকা,ইউজারনেম,আইডি\nKarim,,karim_1,\nRafi,সহকারী,,৭৭\n",
        "username,telegram_id,role\n\"'@karim_1\",,\n,'77,ta\n",
        "\ufeffusername,telegram_id,role\nKARIM_1,,\n,77,TA\n",
    ],
)
def test_a_file_is_read_whatever_program_wrote_it(content: str) -> None:
    assert who(content) == [(2, None, "karim_1", None), (3, 77, None, EnrollmentRole.TA)]


def test_utf_16_of_a_spreadsheet_is_read_too() -> None:
    assert who("ইউজারনেম\tid\nkarim\t\n".encode("utf-16")) == [(2, None, "karim", None)]


def test_the_first_column_of_a_name_counts_and_other_columns_are_left_alone() -> None:
    assert who("id,notes,id\n5,hello,6\n") == [(2, 5, None, None)]


def test_whoever_the_file_marks_as_dropped_is_left_out() -> None:
    assert who("id,status\n5,active\n6,dropped\n7,বাদ\n") == [(2, 5, None, None)]


def test_a_line_break_within_a_cell_does_not_shift_the_lines() -> None:
    assert who('note,id\n"one\ntwo",5\n,6\n') == [(2, 5, None, None), (4, 6, None, None)]


@pytest.mark.parametrize(
    ("content", "flaw"),
    [
        (b"", Flaw.EMPTY),
        (b" \n\n", Flaw.EMPTY),
        (b"\xff\xff\xfe", Flaw.NOT_UTF8),
        ("ইউজারনেম".encode("utf-16-le"), Flaw.NOT_UTF8),
        (b"username\nka\0rim\n", Flaw.NOT_CSV),
        (b'username\n"karim', Flaw.NOT_CSV),
        (b"name,phone\nKarim,017\n", Flaw.NO_COLUMN),
    ],
)
def test_a_file_that_is_no_such_table_gets_one_complaint(content: bytes, flaw: Flaw) -> None:
    assert [found for _, found in flaws(content)] == [flaw]


def test_every_row_at_fault_is_named_by_its_line() -> None:
    content = (
        "username,telegram_id,role\n"
        "ok_name,,\n"
        ",,ta\n"
        ",12x,\n"
        ",-5,\n"
        "no spaces,,\n"
        "karim,,boss\n"
        "OK_NAME,,\n"
    )
    assert flaws(content) == [
        (3, Flaw.NOBODY),
        (4, Flaw.BAD_ID),
        (5, Flaw.BAD_ID),
        (6, Flaw.BAD_USERNAME),
        (7, Flaw.BAD_ROLE),
        (8, Flaw.TWICE),
    ]


def test_a_file_has_a_longest_length() -> None:
    rows = [str(number) for number in range(1, ROWS + 1)]
    assert len(who("\n".join(["id", *rows]))) == ROWS
    assert flaws("\n".join(["id", *rows, "99999"])) == [(ROWS + 2, Flaw.TOO_MANY_ROWS)]


@pytest.mark.parametrize("digits", [16, 4000, 5000, 130_000])
def test_a_huge_number_is_no_id(digits: int) -> None:
    assert flaws(f"id\n{'9' * digits}\n") == [(2, Flaw.BAD_ID)]


def test_a_cell_larger_than_any_table_has_is_no_table() -> None:
    assert flaws(f"id\n{'9' * 200_000}\n") == [(2, Flaw.NOT_CSV)]


@pytest.mark.parametrize("cell", ["7.1E+09", "7,1E+09", "7100000001.0", "7 100 000 001", "#NAME?"])
def test_what_a_spreadsheet_made_of_an_id_is_complained_of(cell: str) -> None:
    assert flaws(f'id\n"{cell}"\n') == [(2, Flaw.BAD_ID)]


@pytest.mark.parametrize("cell", ["=1+1", "+88017", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_nothing_that_is_written_is_reckoned_with(cell: str) -> None:
    written = write(["name"], [[cell]]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(written, newline="")))[1] == [f"'{cell}"]


@pytest.mark.parametrize("separator", [";", ",", "; "])
def test_a_spreadsheet_that_splits_at_something_else_reckons_no_more(separator: str) -> None:
    written = write(["name", "role"], [[f"Rafi{separator}=1+1", "student"]]).decode("utf-8-sig")
    cells = written.replace('"', "").replace(",", ";").split(";")
    assert "'=1+1" in [one.strip() for one in cells]


def test_what_is_written_is_read_again_and_shown_in_bengali_letters() -> None:
    written = write(
        ["নাম", "ইউজারনেম", "টেলিগ্রাম আইডি", "ভূমিকা", "অবস্থা"],
        [["মীম, ক", "karim", "77", "সহকারী", "আছে"], ['"=x"', "", "78", "শিক্ষার্থী", "বাদ"]],
    )
    assert written.startswith(b"\xef\xbb\xbf")
    assert who(written) == [(2, 77, "karim", EnrollmentRole.TA)]
