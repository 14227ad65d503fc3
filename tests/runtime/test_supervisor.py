"""The supervisor keeps commands running, passes on what they say, and lets none outlive it."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable

import pytest

from runtime.embedded.process import is_alive
from runtime.supervisor import GIVE_UP, Child, Pace, supervise
from tests.runtime.conftest import ROOT, wait_until

QUICK = Pace(first=0.01, longest=0.04, healthy=60.0, grace=5.0)

# Says its process id, then lives until it is asked to end; says so when it is.
POLITE = """
import os, signal, sys
def end(*_):
    print("bye", flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
print("up", os.getpid(), flush=True)
while True:
    signal.pause()
"""
DEAF = """
import os, signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("up", os.getpid(), flush=True)
while True:
    signal.pause()
"""


class Lines:
    """What the children said, in order, and a way to wait for it."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self._more = asyncio.Event()

    def __call__(self, name: str, line: str) -> None:
        self.said.append((name, line))
        self._more.set()

    async def until(self, true: Callable[[list[tuple[str, str]]], bool]) -> None:
        async with asyncio.timeout(20):
            while not true(self.said):
                self._more.clear()
                await self._more.wait()

    def process_ids(self, name: str) -> list[int]:
        return [int(line.split()[1]) for who, line in self.said if who == name and "up" in line]


def python(name: str, program: str) -> Child:
    return Child(name, [sys.executable, "-c", program])


async def never_mind() -> None:
    """For a supervisor of which nobody waits to be ready."""


def ask_to_stop(number: signal.Signals = signal.SIGTERM) -> None:
    os.kill(os.getpid(), number)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_stops_its_children_in_reverse_order(number: signal.Signals) -> None:
    lines = Lines()
    children = [python("chat", POLITE), python("clock", POLITE), python("bot", POLITE)]
    running = asyncio.create_task(supervise(children, ready=never_mind, emit=lines, pace=QUICK))
    await lines.until(lambda said: len(said) == 3)
    ask_to_stop(number)
    assert await running == 0
    assert lines.said[3:] == [("bot", "bye"), ("clock", "bye"), ("chat", "bye")]


async def test_starts_one_again_that_died_and_leaves_the_others() -> None:
    lines = Lines()
    children = [python("chat", POLITE), python("bot", POLITE)]
    running = asyncio.create_task(supervise(children, ready=never_mind, emit=lines, pace=QUICK))
    for turn in (1, 2, 3):
        await lines.until(lambda _, turn=turn: len(lines.process_ids("bot")) == turn)  # type: ignore[misc]
        os.kill(lines.process_ids("bot")[-1], signal.SIGKILL)
    await lines.until(lambda _: len(lines.process_ids("bot")) == 4)
    ask_to_stop()
    assert await running == 0
    assert len(lines.process_ids("chat")) == 1
    told = [line for who, line in lines.said if "starting it again" in line]
    assert told == [f"ended with -9; starting it again in {wait} s" for wait in (0.01, 0.02, 0.04)]


async def test_a_child_that_lived_long_enough_is_started_again_soon() -> None:
    lines = Lines()
    pace = Pace(first=0.01, longest=1.0, healthy=0.0)
    running = asyncio.create_task(
        supervise([python("bot", "")], ready=never_mind, emit=lines, pace=pace)
    )
    await lines.until(lambda said: len(said) == 4)
    ask_to_stop()
    assert await running == 0
    assert {line for _, line in lines.said} == {"ended with 0; starting it again in 0.01 s"}


async def test_one_that_gives_up_stops_everything() -> None:
    lines = Lines()
    children = [python("chat", POLITE), python("bot", f"raise SystemExit({GIVE_UP})")]
    assert await supervise(children, ready=never_mind, emit=lines, pace=QUICK) == GIVE_UP
    assert not any(is_alive(each) for each in lines.process_ids("chat"))


async def test_one_that_does_not_listen_is_killed_after_the_grace() -> None:
    lines = Lines()
    pace = Pace(grace=0.2)
    running = asyncio.create_task(
        supervise([python("bot", DEAF)], ready=never_mind, emit=lines, pace=pace)
    )
    await lines.until(lambda said: len(said) == 1)
    ask_to_stop()
    assert await running == 0
    assert not is_alive(lines.process_ids("bot")[0])


async def test_a_second_signal_kills_at_once() -> None:
    lines = Lines()
    running = asyncio.create_task(
        supervise([python("bot", DEAF)], ready=never_mind, emit=lines, pace=Pace(grace=60))
    )
    await lines.until(lambda said: len(said) == 1)
    ask_to_stop()
    ask_to_stop(signal.SIGINT)
    async with asyncio.timeout(20):
        assert await running == 0


async def test_grandchildren_do_not_outlive_a_child() -> None:
    lines = Lines()
    program = """
import subprocess, sys
print("up", subprocess.Popen(["sleep", "1000"]).pid, flush=True)
"""
    pace = Pace(first=60)
    running = asyncio.create_task(
        supervise([python("bot", program)], ready=never_mind, emit=lines, pace=pace)
    )
    await lines.until(lambda said: len(said) == 2)
    wait_until(lambda: not is_alive(lines.process_ids("bot")[0]), "the grandchild is gone")
    ask_to_stop()
    assert await running == 0


async def test_lines_come_whole_however_long_or_strange() -> None:
    lines = Lines()
    program = f"""
import sys
sys.stdout.buffer.write("নমস্কার\\n".encode() + b"x" * 200_000 + b"\\n\\xff\\nno newline")
sys.stdout.flush()
sys.exit({GIVE_UP})
"""
    assert await supervise([python("bot", program)], ready=never_mind, emit=lines) == GIVE_UP
    said = [line for _, line in lines.said[:-1]]
    assert said[0] == "নমস্কার"
    assert said[-2:] == ["\ufffd", "no newline"]
    assert "".join(said[1:-2]) == "x" * 200_000


async def test_a_fault_on_the_way_to_ready_stops_everything() -> None:
    lines = Lines()

    async def ready() -> None:
        await lines.until(lambda said: len(said) == 1)
        raise RuntimeError("the port is taken")

    with pytest.raises(RuntimeError, match="port is taken"):
        await supervise([python("bot", POLITE)], ready=ready, emit=lines, pace=QUICK)
    assert lines.said[-1] == ("bot", "bye")


async def test_children_get_what_their_environment_adds() -> None:
    lines = Lines()
    program = f"import os; print(os.environ['ADDED'], 'PATH' in os.environ); exit({GIVE_UP})"
    child = Child("bot", [sys.executable, "-c", program], {"ADDED": "this"})
    await supervise([child], ready=never_mind, emit=lines)
    assert lines.said[0] == ("bot", "this True")


def test_killing_the_supervisor_ends_even_children_that_do_not_listen() -> None:
    program = f"""
import asyncio, sys
from runtime.embedded.process import is_alive
from runtime.supervisor import Child, supervise
async def ready(): pass
child = Child("bot", [sys.executable, "-c", {DEAF!r}])
asyncio.run(supervise([child], ready=ready))
"""
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stderr=subprocess.PIPE, text=True
    ) as supervisor:
        assert supervisor.stderr is not None
        name, _, line = supervisor.stderr.readline().partition("|")
        child = int(line.split()[1])
        supervisor.kill()
        wait_until(lambda: not is_alive(child), "the child is gone")
    assert name.strip() == "bot"
