"""./dars makes its environment on first use and again when it must, and then gets out of the way.

The checkout is a small one: its uv is a script in a wheel of ours, which notes how it was called,
so that nothing is fetched.
"""

import hashlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.runtime.conftest import ROOT, wait_until

pytestmark = pytest.mark.slow

UV = """#!/bin/sh
echo "$*" >>"{notes}/uv-calls"
[ ! -e "{notes}/offline" ] || exit 2
[ ! -e "{notes}/hang" ] || exec sleep 1000
"""
RUNTIME = """
import os, sys
print(sys.argv[1:], os.getcwd(), sys.prefix, sep="|")
"""


@dataclass(frozen=True, slots=True)
class Checkout:
    """A small checkout, a folder of notes beside it, and what calls of its dars see."""

    folder: Path
    notes: Path
    environment: dict[str, str] = field(default_factory=dict)

    def dars(self, *words: str, **options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.folder / "dars"), *words],
            env=self.environment | options,
            cwd=self.notes,
            capture_output=True,
            text=True,
            check=False,
            timeout=100,
        )

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(self.folder / "dars"), *words],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def uv_calls(self) -> list[str]:
        """The requirements files that uv was asked to install, in order."""
        noted = self.notes / "uv-calls"
        lines = noted.read_text().splitlines() if noted.exists() else []
        return [Path(line.rpartition("-r ")[2]).name for line in lines]

    def requirements(self, name: str, text: str) -> None:
        (self.folder / "requirements" / f"{name}.txt").write_text(text)


def write_wheel(folder: Path, script: str) -> str:
    """Write a wheel called uv with one script; returns the line that pins it."""
    wheel = folder / "uv-1.0-py3-none-any.whl"
    files = {
        "uv-1.0.data/scripts/uv": script,
        "uv-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: uv\nVersion: 1.0\n",
        "uv-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},,\n" for name in files) + "uv-1.0.dist-info/RECORD,,\n"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in {**files, "uv-1.0.dist-info/RECORD": record}.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (stat.S_IFREG | 0o755) << 16
            archive.writestr(entry, text)
    return f"uv==1.0 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A checkout in which dars was never called, in a folder with a space in its name."""
    folder, notes = tmp_path / "check out", tmp_path / "notes"
    (folder / "runtime").mkdir(parents=True)
    (folder / "requirements").mkdir()
    notes.mkdir()
    shutil.copy(ROOT / "dars", folder / "dars")
    (folder / "runtime" / "__init__.py").touch()
    (folder / "runtime" / "__main__.py").write_text(RUNTIME)
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "DARS_PYTHON": sys.executable,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(wheels),
    }
    made = Checkout(folder, notes, environment)
    made.requirements("uv", write_wheel(wheels, UV.format(notes=notes)))
    made.requirements("run", "one==1\n")
    made.requirements("test", "one==1\ntwo==2\n")
    return made


def test_first_use_second_use_and_changed_requirements(checkout: Checkout) -> None:
    link = checkout.notes / "my dars"
    link.symlink_to(checkout.folder / "dars")
    first = subprocess.run(
        [link, "backup", "a file"],
        env=checkout.environment,
        cwd=checkout.notes,
        capture_output=True,
        text=True,
        check=True,
    )
    seen = f"['backup', 'a file']|{checkout.notes}|{checkout.folder / '.venv'}\n"
    assert first.stdout == seen
    assert "preparing .venv with 1 packages" in first.stderr
    assert checkout.uv_calls() == ["run.txt"]

    second = checkout.dars("backup", "a file")
    assert (second.stdout, second.stderr, second.returncode) == (seen, "", 0)
    assert checkout.uv_calls() == ["run.txt"]

    checkout.requirements("run", "one==1.1\n")
    assert "preparing" in checkout.dars("run").stderr
    assert checkout.uv_calls() == ["run.txt", "run.txt"]

    checkout.dars("test")
    assert checkout.uv_calls()[2:] == ["test.txt"]
    assert checkout.dars("run").stderr == ""
    assert checkout.dars("test").stderr == ""


def test_a_folder_of_the_callers_does_not_shadow_ours(checkout: Checkout) -> None:
    (checkout.notes / "runtime").mkdir()
    (checkout.notes / "runtime" / "__main__.py").write_text("print('somebody else')")
    assert "somebody else" not in checkout.dars("run").stdout


def test_an_interrupted_first_use_is_made_good(checkout: Checkout) -> None:
    (checkout.notes / "hang").touch()
    interrupted = checkout.start("run")
    wait_until(checkout.uv_calls, "the packages are being installed", seconds=60)
    os.killpg(interrupted.pid, signal.SIGKILL)
    interrupted.communicate()
    (checkout.notes / "hang").unlink()
    (checkout.folder / ".venv" / "half").touch()
    again = checkout.dars("run")
    assert again.stdout.startswith("['run']|"), again.stderr
    assert not (checkout.folder / ".venv" / "half").exists()


def test_two_at_once_make_one_environment(checkout: Checkout) -> None:
    both = [checkout.start("run"), checkout.start("run")]
    outputs = [each.communicate(timeout=100) for each in both]
    assert [each.returncode for each in both] == [0, 0], outputs
    assert checkout.uv_calls() == ["run.txt"]


def test_a_running_dars_does_not_keep_the_lock(checkout: Checkout) -> None:
    main = checkout.folder / "runtime" / "__main__.py"
    main.write_text("import time; print('up', flush=True); time.sleep(1000)")
    with checkout.start("run") as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "up\n"
        main.write_text(RUNTIME)
        checkout.requirements("run", "one==1.1\n")
        assert "waiting" not in checkout.dars("run").stderr
        running.kill()


def test_a_vanished_interpreter_is_replaced(checkout: Checkout) -> None:
    checkout.dars("run")
    python = checkout.folder / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python3")
    again = checkout.dars("run")
    assert again.stdout.startswith("['run']|"), again.stderr


def test_no_network_is_said_and_costs_nothing_later(checkout: Checkout) -> None:
    (checkout.notes / "offline").touch()
    refused = checkout.dars("run")
    assert refused.returncode == 1
    assert "Once the network is back, try again." in refused.stderr
    (checkout.notes / "offline").unlink()
    assert checkout.dars("run").returncode == 0


def test_a_python_of_another_version_is_refused(checkout: Checkout) -> None:
    old = checkout.notes / "old-python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    refused = checkout.dars("run", DARS_PYTHON=str(old))
    assert refused.returncode == 1
    assert "is not a Python 3.11, 3.12 or 3.13" in refused.stderr


@pytest.mark.parametrize("user", ["root", "ordinary"])
def test_a_python_without_the_venv_module(checkout: Checkout, user: str) -> None:
    tools = checkout.notes / "tools"
    tools.mkdir()
    added = checkout.notes / "added"
    scripts = {
        "bare-python": f'case "$*" in *ensurepip*) [ -e "{added}" ] || exit 1;; esac\n'
        f'exec "{sys.executable}" "$@"\n',
        "id": f"echo {0 if user == 'root' else 1000}\n",
        "apt-get": f'echo "$*" >>"{checkout.notes}/apt"\n'
        f'case "$*" in *install*) touch "{added}";; esac\n',
    }
    for name, text in scripts.items():
        (tools / name).write_text(f"#!/bin/sh\n{text}")
        (tools / name).chmod(0o755)
    path = f"{tools}:{checkout.environment['PATH']}"
    result = checkout.dars("run", DARS_PYTHON=str(tools / "bare-python"), PATH=path)
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if user == "root":
        assert result.stdout.startswith("['run']|"), result.stderr
        asked = (checkout.notes / "apt").read_text()
        assert asked.splitlines()[-1].endswith(f"install -y --no-install-recommends {package}")
    else:
        assert result.returncode == 1
        assert f"Type: sudo apt-get install {package}" in result.stderr
        assert not (checkout.notes / "apt").exists()


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
def test_shellcheck_has_nothing_to_say() -> None:
    checked = subprocess.run(
        ["shellcheck", ROOT / "dars"], capture_output=True, text=True, check=False
    )
    assert checked.stdout == ""
