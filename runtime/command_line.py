"""The commands of ./dars: each is one short function."""

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from runtime.errors import SettingsError

if TYPE_CHECKING:
    from runtime.settings import Settings

BROKEN, WRONG_USE, WRONG_SETTINGS = 1, 2, 78


class UsageError(Exception):
    """The words after a command are wrong; the sentence says what to write."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command: what it does in a line, and what does it."""

    line: str
    work: Callable[[Sequence[str]], int]
    arguments: str = ""


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _settings() -> "Settings":
    """Imported here, since `keep` does without."""
    from runtime.settings import Settings

    return Settings.load()


def run(_: Sequence[str]) -> int:
    from runtime import packages
    from runtime.beginning import become_keeper

    packages.ensure("run", say)
    become_keeper(_settings())


def keep(parts: Sequence[str]) -> int:
    from runtime.run import run as run_everything

    return asyncio.run(run_everything(parts, say))


def introduce(_: Sequence[str]) -> int:
    from runtime.introducing import introduce as task

    return asyncio.run(task(os.environ["TELEGRAM_API_URL"], say))


def bot(_: Sequence[str]) -> int:
    from runtime.logs import set_up
    from runtime.processes import serve_bot

    settings = _settings()
    set_up(settings)
    asyncio.run(serve_bot(settings))
    return 0


def scheduler(_: Sequence[str]) -> int:
    from runtime.clock import serve_clock
    from runtime.logs import set_up

    settings = _settings()
    set_up(settings)
    asyncio.run(serve_clock(settings))
    return 0


def worker(_: Sequence[str]) -> int:
    from runtime.logs import set_up
    from runtime.worker import serve_worker

    settings = _settings()
    set_up(settings)
    asyncio.run(serve_worker(settings))
    return 0


def background(_: Sequence[str]) -> int:
    from runtime.background import serve_background
    from runtime.logs import set_up

    settings = _settings()
    set_up(settings)
    asyncio.run(serve_background(settings))
    return 0


def migrate(_: Sequence[str]) -> int:
    from runtime.tasks import migrate as task

    return asyncio.run(task(_settings(), say))


def import_(arguments: Sequence[str]) -> int:
    from runtime.tasks import import_library as task

    folder = Path(arguments[0]) if arguments else None
    return asyncio.run(task(_settings(), folder, say))


def check_library(arguments: Sequence[str]) -> int:
    from runtime.tasks import check_library as task

    places = [Path(one) for one in arguments]
    for place in places:
        if not place.exists():
            raise UsageError(f"there is no {place}")
    return task(places, say)


def check_problem(arguments: Sequence[str]) -> int:
    from runtime.problems import check_problems as task

    places = [Path(one) for one in arguments]
    if not places:
        raise UsageError("name a file, such as ./dars check-problem sum.yaml")
    for place in places:
        if not place.is_file():
            raise UsageError(f"there is no file {place}")
    return asyncio.run(task(_settings(), places, say))


def prepare(_: Sequence[str]) -> int:
    from runtime.tasks import prepare as task

    return asyncio.run(task(_settings(), say))


def backup(arguments: Sequence[str]) -> int:
    from runtime.tasks import back_up as task

    return asyncio.run(task(_settings(), _file(arguments), say))


def restore(arguments: Sequence[str]) -> int:
    from runtime.tasks import restore as task

    return asyncio.run(task(_settings(), _file(arguments), say))


def doctor(_: Sequence[str]) -> int:
    from runtime.checks import examine_all

    return asyncio.run(examine_all(_settings(), say))


def test(arguments: Sequence[str]) -> int:
    from runtime.testing import test as task

    return task(arguments, say)


def bench(arguments: Sequence[str]) -> int:
    from runtime.testing import bench as task

    return task(arguments, say)


def help_(_: Sequence[str]) -> int:
    say("Dars, a tutor that lives in Telegram.\n\nusage: ./dars COMMAND\n")
    for name, command in COMMANDS.items():
        if command.line:
            say(f"  {name + ' ' + command.arguments:<28} {command.line}")
    say("\nSettings stand in .env; .env.example names and explains every one of them.")
    return 0


COMMANDS = {
    "run": Command("everything on this machine, with a chat in the browser", run),
    "bot": Command("the bot alone: updates in, messages out", bot),
    "worker": Command("background work: judges what students hand in", worker),
    "scheduler": Command("the clock alone: what falls due by itself", scheduler),
    "migrate": Command("bring the database to this version's schema", migrate),
    "import": Command("the practice library, or a folder of files, into the database", import_,
                      "[FOLDER]"),
    "check-library": Command("what is wrong in practice problems; no database is needed",
                             check_library, "[FOLDER|FILE]"),
    "check-problem": Command("a coding problem: read it and run its programs in the sandbox",
                             check_problem, "FILE…"),
    "doctor": Command("check every part: a verdict and a remedy a line", doctor),
    "backup": Command("database and stored objects into one file", backup, "FILE"),
    "restore": Command("such a file into an empty home", restore, "FILE"),
    "test": Command("the tests; --slow adds crash, soak and browser tests", test, "[--slow]"),
    "bench": Command("one of the measurements in benchmarks/", bench, "[NAME [OPTION...]]"),
    "help": Command("this list", help_),
    # What `run` becomes, and what that calls: before it starts anything, for scheduler and worker
    # in one, and when all is started.
    "keep": Command("", keep),
    "prepare": Command("", prepare),
    "background": Command("", background),
    "introduce": Command("", introduce),
}  # fmt: skip


def _file(arguments: Sequence[str]) -> Path:
    if len(arguments) != 1:
        raise UsageError("name one file, such as ./dars backup dars.backup")
    return Path(arguments[0])


def main(arguments: Sequence[str]) -> int:
    """Runs one command; every known failure is one sentence on standard error."""
    from runtime.embedded.errors import EmbeddedServiceError

    name, *rest = arguments or ["help"]
    command = COMMANDS.get(name.lstrip("-"))
    if command is None:
        sys.stderr.write(f"dars: there is no command {name!r}; ./dars help lists them\n")
        return WRONG_USE
    try:
        return command.work(rest)
    except UsageError as error:
        sys.stderr.write(f"dars: {error}\n")
        return WRONG_USE
    except SettingsError as error:
        sys.stderr.write(f"dars: {error}\n")
        return WRONG_SETTINGS
    except EmbeddedServiceError as error:
        sys.stderr.write(f"dars: {error}\n")
        return BROKEN
    except KeyboardInterrupt:
        return 130
