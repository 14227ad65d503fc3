"""Each act costs a small, fixed number of SQL statements, however much there is to read."""

from collections import Counter

import pytest

from db import mailbox
from db.repositories import mailbox_statements, practice_reads, practice_writes
from db.statements import Statement
from tests.bot.conftest import Dars
from tests.bot.test_story import answer_wrong, register, say

NAMES = {
    id(value): name
    for module in (mailbox, mailbox_statements, practice_reads, practice_writes)
    for name, value in vars(module).items()
    if isinstance(value, Statement)
}
# What the sender asks of its own accord, whether or not anything happens.
BACKGROUND = {"CLAIM", "FREE_CLAIMS"}


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    ran: Counter[str] = Counter()
    arguments = Statement._arguments

    def counting(self: Statement, values: dict[str, object]) -> list[object]:
        name = NAMES.get(id(self), "another")
        if name not in BACKGROUND:
            ran[name] += 1
        return arguments(self, values)

    monkeypatch.setattr(Statement, "_arguments", counting)
    return ran


async def test_a_whole_answer_is_six_statements(dars: Dars, counted: Counter[str]) -> None:
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, "/practice")
    counted.clear()
    await answer_wrong(dars, rafi)
    answer = ("RECEIVE", "LOAD_TURN", "CURRENT_ITEMS", "STORE_ANSWER", "FINISH", "NOTE")
    assert counted == Counter(answer)
    counted.clear()
    await say(dars, rafi, await dars.answer_of_current(rafi))
    assert counted == Counter(answer)


async def test_a_session_is_opened_in_four_statements_of_its_own(
    dars: Dars, counted: Counter[str]
) -> None:
    rafi = await register(dars, "Rafi", "en")
    counted.clear()
    await say(dars, rafi, "/practice")
    mail = ("RECEIVE", "LOAD_TURN", "MOVE_CONVERSATION", "FINISH", "NOTE")
    own = ("CURRENT_ITEMS", "CANDIDATES", "CREATE_SESSION", "CURRENT_ITEMS")
    assert counted == Counter([*mail, *own])
