"""The commands of ./dars, each on a home of its own."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from runtime import command_line, content, packages
from runtime.command_line import COMMANDS, main
from runtime.settings import Settings


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("DARS_HOME", str(tmp_path / "home"))


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    def read() -> str:
        both = capsys.readouterr()
        return both.out + both.err

    return read


def test_help_lists_every_command_with_a_line(said: Callable[[], str]) -> None:
    assert main([]) == 0
    shown = said()
    for name, command in COMMANDS.items():
        assert (f"  {name}" in shown and command.line in shown) or not command.line


def test_an_unknown_command_and_wrong_words_are_answered_in_a_sentence(
    said: Callable[[], str],
) -> None:
    assert main(["fly"]) == command_line.WRONG_USE
    assert "no command 'fly'" in said()
    assert main(["backup"]) == command_line.WRONG_USE
    assert "name one file" in said()


def test_a_wrong_setting_ends_every_command_with_its_sentence(
    said: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOCALCHAT_PORT", "many")
    for command in ("run", "bot", "worker", "scheduler", "migrate", "doctor"):
        assert main([command]) == command_line.WRONG_SETTINGS
        assert "LOCALCHAT_PORT" in said()


def test_a_bot_without_a_token_says_which_setting_is_missing(
    said: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["bot"]) == command_line.WRONG_SETTINGS
    assert "TELEGRAM_BOT_TOKEN" in said()


def test_prepare_import_backup_restore_and_doctor(
    said: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["prepare"]) == 0
    told = re.search(r"(\d+) problems in the library, (\d+) new", said())
    assert told is not None
    assert int(told[1]) == int(told[2]) >= 280
    assert main(["migrate"]) == 0
    assert main(["import"]) == 0
    assert "0 new or changed" in said()
    faulty = tmp_path / "faulty"
    faulty.mkdir()
    (faulty / "mine.yaml").write_text("problems:\n  - slug: UPPER\n")
    assert main(["import", str(faulty)]) == 1
    assert "mine.yaml:2:" in said()
    monkeypatch.chdir(content.ROOT)
    assert main(["import", "content/practice"]) == 0
    assert "0 new or changed" in said()
    shipped = content.LIBRARY / "class-6" / "average.yaml"
    (faulty / "mine.yaml").write_bytes(shipped.read_bytes())
    assert main(["import", str(faulty)]) == 1
    refused = said()
    assert "mine.yaml:3: c6-average-cricket-runs: slug: the name belongs to" in refused
    assert "nothing was imported" in refused
    file = tmp_path / "dars.backup"
    assert main(["backup", str(file)]) == 0
    assert main(["backup", str(file)]) == 1
    assert "name a new file" in said()
    monkeypatch.setenv("DARS_HOME", str(tmp_path / "other"))
    assert main(["restore", str(file)]) == 0
    assert main(["restore", str(tmp_path / "none")]) == 1
    said()
    assert main(["doctor"]) == 0
    assert "the schema is current" in said()


def test_a_library_is_checked_without_a_database(said: Callable[[], str], tmp_path: Path) -> None:
    templates = content.ROOT / "content" / "templates"
    assert main(["check-library", str(templates / "problems.yaml")]) == 0
    assert "2 problems without fault (1 templates; class 6: 1, class 7: 1; 2 topics)" in said()
    faulty = (templates / "problems.yaml").read_text("utf-8").replace('"60 / 400', '"60 / 500')
    file = tmp_path / "mine.yaml"
    file.write_text(faulty, encoding="utf-8")
    complaint = "c7-percentage-library-books: computation: it gives 12, but the answer is 15"
    assert main(["check-library", str(tmp_path)]) == 1
    line = next(at for at, one in enumerate(faulty.splitlines(), 1) if "60 / 500" in one)
    assert f"mine.yaml:{line}: {complaint}\n" in said()
    assert main(["check-library", str(templates / "problems.csv"), str(file)]) == 1
    assert f"{file}:{line}: {complaint}\n" in said()
    assert main(["check-library", str(tmp_path / "none")]) == command_line.WRONG_USE
    assert "there is no" in said()


def test_a_folder_is_read_by_the_endings_of_its_files(
    said: Callable[[], str], tmp_path: Path
) -> None:
    templates = content.ROOT / "content" / "templates"
    assert main(["check-library", str(tmp_path)]) == 1
    assert f"{tmp_path}: there is no file of problems here" in said()
    (tmp_path / "notes.txt").write_text("no problems")
    (tmp_path / "problems.YML").write_bytes((templates / "problems.yaml").read_bytes())
    assert main(["check-library", str(tmp_path)]) == 0
    assert "2 problems without fault" in said()
    (tmp_path / "broken.Csv").write_bytes(b"slug\na\n\xff\n")
    assert main(["check-library", str(tmp_path)]) == 1
    assert "broken.Csv:3: the file is not in UTF-8" in said()
    assert main(["check-library", str(tmp_path / "notes.txt")]) == 1
    assert "must end in .yaml or .csv" in said()


def test_an_import_of_nothing_fails(said: Callable[[], str], tmp_path: Path) -> None:
    assert main(["import", str(tmp_path / "none")]) == 1
    refused = said()
    assert f"{tmp_path / 'none'}: there is no file of problems here" in refused
    assert "nothing was imported" in refused


def test_the_benchmarks_are_listed_by_name(said: Callable[[], str]) -> None:
    assert main(["bench"]) == 0
    assert "store_answer" in said()
    assert main(["bench", "nonsense"]) == 2


def test_the_test_command_runs_every_check_and_then_the_tests(
    said: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from runtime import testing

    ran: list[list[str]] = []
    fails: list[str] = []

    def python(arguments: list[str]) -> int:
        ran.append(list(arguments))
        return int(any(one in fails for one in arguments))

    monkeypatch.setattr(testing, "_python", python)
    monkeypatch.setattr(packages, "ensure", lambda *_: [])
    assert main(["test"]) == 0
    words = json.dumps(ran)
    for part in ("ruff", "mypy", "importlinter", "pytest", "not slow", "report"):
        assert part in words
    ran.clear()
    assert main(["test", "--slow"]) == 0
    assert "not slow" not in json.dumps(ran)
    fails.append("mypy")
    assert main(["test"]) == 1
    fails.clear()
    assert main(["test", "tests/bot", "-k", "streak"]) == 0
    assert ran[-1] == ["-m", "pytest", "tests/bot", "-k", "streak"]


def test_a_coding_problem_is_read_and_its_programs_run(
    said: Callable[[], str], tmp_path: Path
) -> None:
    template = content.ROOT / "content" / "problems" / "template.yaml"
    assert main(["check-problem", str(template)]) == 0
    assert "bus-fare, 4 tests, no fault" in said()
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(template.read_text("utf-8").replace("print(n * f)", "print(n + f)"), "utf-8")
    assert main(["check-problem", str(wrong)]) == 1
    assert re.search(r"wrong\.yaml.*wrong answer", said())
    wrong.write_text("title: Nothing more\n")
    assert main(["check-problem", str(wrong)]) == 1
    assert "wrong.yaml:1:" in said()
    assert main(["check-problem"]) == command_line.WRONG_USE
    assert main(["check-problem", str(tmp_path / "none")]) == command_line.WRONG_USE
