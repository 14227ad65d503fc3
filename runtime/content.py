"""The practice library: files of YAML into the database, all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from db.unit_of_work import unit_of_work
from domain.practice.library import Complaint, check_library, read, read_topics
from domain.practice.records import Problem, ProblemOrigin, Texts

ROOT = Path(__file__).parent.parent
LIBRARY = ROOT / "content" / "practice"
FONTS = ROOT / "content" / "fonts"
TOPICS = "topics.yaml"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. Where there are complaints, nothing was imported."""

    problems: int
    changed: int
    complaints: Sequence[Complaint]


def topics(folder: Path = LIBRARY) -> Mapping[str, Texts]:
    """The titles of the library's topics, by key."""
    return read_topics((folder / TOPICS).read_text(encoding="utf-8"))


def read_folder(folder: Path = LIBRARY) -> tuple[list[Problem], list[Complaint]]:
    """Every problem of a folder's files, with everything that is wrong in them."""
    known = topics() if folder == LIBRARY or not (folder / TOPICS).exists() else topics(folder)
    problems: list[Problem] = []
    complaints: list[Complaint] = []
    for file in sorted(folder.rglob("*.yaml")):
        name = file.relative_to(folder).as_posix()
        if name != TOPICS:
            good, bad = read(file.read_text(encoding="utf-8", errors="replace"), name, known)
            problems += good
            complaints += bad
    return problems, [*complaints, *check_library(problems)]


async def import_library(engine: AsyncEngine, folder: Path = LIBRARY) -> Imported:
    """Adds and changes problems by slug; may be repeated.

    What the library itself has no more is withdrawn.
    """
    problems, complaints = read_folder(folder)
    if complaints:
        return Imported(len(problems), 0, complaints)
    async with unit_of_work(engine) as work:
        origin = ProblemOrigin.LIBRARY if folder == LIBRARY else ProblemOrigin.FOLDER
        changed = await work.practice.import_problems(problems, origin)
    return Imported(len(problems), changed, ())
