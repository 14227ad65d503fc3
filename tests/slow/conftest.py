"""What slow tests need of the machine."""

from pathlib import Path

import pytest

from domain.submissions.judging import NoSandbox
from engines.judge.judge import SandboxJudge


@pytest.fixture
async def sandbox(tmp_path: Path) -> None:
    try:
        await SandboxJudge(tmp_path / "judge").check()
    except NoSandbox as error:
        pytest.skip(f"code cannot be run here: {error}")
