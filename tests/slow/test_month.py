"""A fortnight of a small school: each is told what a model in plain Python says, and nothing else.

`./dars bench month` goes through a month of 2,000 students by the same plan and the same model.
"""

from datetime import date
from pathlib import Path

import pytest

from benchmarks import month
from benchmarks._month_model import SENT
from benchmarks._month_plan import drawn
from db.session import get_engine
from domain.operations.records import DropReason, NoticeType
from runtime import content

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

# Daylight saving begins in London and Beirut on the sixth day.
FIRST, DAYS, STUDENTS, SEED = date(2026, 3, 24), 9, 120, 2


async def test_each_student_is_told_what_they_should_be_and_nothing_else(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = get_engine(database_url)
    await content.import_library(engine)
    await engine.dispose()
    plan = drawn(STUDENTS, FIRST, DAYS, SEED)
    outcome = await month.simulated(database_url, plan, tmp_path)
    assert outcome.wrong == []
    # The plan is one in which everything happens.
    assert {kind for kind, _ in outcome.told} >= {
        NoticeType.PRACTICE_REMINDER,
        NoticeType.STREAK_AT_RISK,
        NoticeType.DUE_SOON,
        NoticeType.WORK_OPENED,
        NoticeType.SESSION_ENDED,
    }
    assert {reason for _, reason in outcome.told} >= {
        SENT,
        DropReason.TOO_LATE,
        DropReason.MUTED,
        DropReason.DONE,
        DropReason.BLOCKED,
    }
    with capsys.disabled():
        month.show(outcome, STUDENTS, FIRST, DAYS, 0.0)
