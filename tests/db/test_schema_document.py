"""docs/schema.md says what the models say, and has words for every column."""

from pathlib import Path

import pytest

from db.diagram import DOCUMENT, block, diagram, main, renewed, tables, words_of

RENEW = "run: python -m db.diagram --write"


def test_the_document_is_up_to_date() -> None:
    text = DOCUMENT.read_text("utf-8")
    assert renewed(text) == text, RENEW


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_every_table_and_column_is_described(table: object) -> None:
    text = DOCUMENT.read_text("utf-8")
    found = block(f"table {table}").search(text)
    assert found is not None
    words = words_of(found[2])
    assert [name for name, said in words.items() if not said.strip()] == []
    heading = text[: found.start()].rsplit("\n### ", 1)[1]
    assert heading.startswith(f"{table}\n\n")
    prose = heading.split("\n\n")[1]
    assert len(prose) > 40
    assert not prose.startswith("<!--")


def test_a_column_that_changed_makes_the_document_stale_and_keeps_its_words() -> None:
    text = DOCUMENT.read_text("utf-8")
    stale = text.replace("| `grade` | smallint, may be empty |", "| `grade` | text |")
    assert stale != text
    assert renewed(stale) == text


def test_a_table_without_a_place_is_noticed() -> None:
    text = DOCUMENT.read_text("utf-8").replace("<!-- table streaks -->", "")
    with pytest.raises(ValueError, match="table streaks"):
        renewed(text)


def test_the_command_prints_the_diagram(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["db.diagram"])
    main()
    assert capsys.readouterr().out == diagram() + "\n"


def test_the_command_renews_the_document(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = DOCUMENT.read_text("utf-8")
    document = tmp_path / "schema.md"
    document.write_text(text.replace("erDiagram", "", 1), "utf-8")
    monkeypatch.setattr("db.diagram.DOCUMENT", document)
    monkeypatch.setattr("sys.argv", ["db.diagram", "--write"])
    main()
    assert document.read_text("utf-8") == text


def test_the_diagram_tells_one_from_many_and_must_from_may() -> None:
    drawn = diagram()
    assert 'users ||--o| students : "user_id"' in drawn
    assert 'students ||--o{ practice_sessions : "student_id"' in drawn
    assert 'students |o--o{ cost_records : "student_id"' in drawn
