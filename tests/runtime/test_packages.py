"""System packages are installed where we may, and otherwise said, with what it costs."""

import os
from pathlib import Path

import pytest

from runtime import packages
from runtime.packages import ensure

WANTED = ["bubblewrap", "g++", "gcc", "nodejs"]
# A machine with no program but these: apt-get notes how it was called and puts the program in
# place, unless it is told to know nothing before an update, or to fail.
APT_GET = """#!/bin/sh
PATH=/usr/bin:/bin
here={folder}
echo "$DEBIAN_FRONTEND $*" >>"$here/calls"
[ -e "$here/offline" ] && exit 100
case "$*" in
    *update*) touch "$here/updated" ;;
    *) [ -e "$here/updated" ] || exit 100
       for each in bwrap g++ gcc node; do
           printf '#!/bin/sh\\n' >"$here/bin/$each"; chmod +x "$here/bin/$each"
       done ;;
esac
"""


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Debian whose only program is an apt-get of ours, seen by root."""
    (tmp_path / "bin").mkdir()
    apt_get = tmp_path / "bin" / "apt-get"
    apt_get.write_text(APT_GET.format(folder=tmp_path))
    apt_get.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(packages, "distribution", lambda: "debian")
    return tmp_path


def calls(machine: Path) -> list[str]:
    noted = machine / "calls"
    return noted.read_text().splitlines() if noted.exists() else []


def test_root_gets_what_is_missing_with_one_update_without_questions(machine: Path) -> None:
    said: list[str] = []
    assert ensure("run", said.append) == []
    assert said == ["installing bubblewrap, g++, gcc, nodejs (up to a minute)"]
    assert [call.split()[0] for call in calls(machine)] == ["noninteractive"] * 3
    verbs = ["update" if call.endswith("update") else "install" for call in calls(machine)]
    assert verbs == ["install", "update", "install"]


def test_no_update_when_the_list_is_good(machine: Path) -> None:
    (machine / "updated").touch()
    assert ensure("run", lambda _: None) == []
    assert len(calls(machine)) == 1


def test_nothing_is_asked_when_nothing_is_missing(machine: Path) -> None:
    (machine / "updated").touch()
    ensure("run", lambda _: None)
    said: list[str] = []
    assert ensure("run", said.append) == []
    assert (said, len(calls(machine))) == ([], 1)


def test_a_command_that_wants_nothing_gets_nothing(machine: Path) -> None:
    assert ensure("migrate", lambda _: None) == []
    assert calls(machine) == []


def test_without_a_network_the_command_goes_on_and_says_what_is_off(machine: Path) -> None:
    (machine / "offline").touch()
    said: list[str] = []
    assert [each.name for each in ensure("run", said.append)] == WANTED
    assert len(said) == 1 + len(WANTED)
    assert said[1] == (
        "bubblewrap is missing, so programs that students send cannot be run. "
        "Type: sudo apt-get install bubblewrap"
    )


def test_an_apt_get_that_hangs_is_given_up(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (machine / "bin" / "apt-get").write_text("#!/bin/sh\nexec /usr/bin/sleep 60\n")
    monkeypatch.setattr(packages, "INSTALL_SECONDS", 0.1)
    monkeypatch.setattr(packages, "UPDATE_SECONDS", 0.1)
    assert [each.name for each in ensure("run", lambda _: None)] == WANTED


def test_who_is_not_root_is_told_the_line_to_type(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    said: list[str] = []
    ensure("run", said.append)
    assert calls(machine) == []
    assert said[0].endswith("Type: sudo apt-get install bubblewrap")


def test_ubuntus_chromium_is_left_to_snap(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "distribution", lambda: "ubuntu")
    (machine / "offline").touch()
    said: list[str] = []
    ensure("test --slow", said.append)
    assert not [call for call in calls(machine) if "chromium" in call]
    assert any(line.endswith("Type: sudo snap install chromium") for line in said)


def test_a_system_without_apt_is_told_the_names(machine: Path) -> None:
    (machine / "bin" / "apt-get").unlink()
    said: list[str] = []
    ensure("run", said.append)
    assert said[0].endswith("Install bubblewrap with this system's package manager.")
