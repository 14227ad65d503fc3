"""The practice library: files into the database, all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from db.unit_of_work import unit_of_work
from domain.practice.library import (
    ENDINGS,
    Contents,
    Placed,
    check_together,
    check_whole,
    read_file,
    read_topics,
)
from domain.practice.library.complaints import Complaint, Flaw, slug_taken
from domain.practice.library.templates import FEWEST_COMBINATIONS
from domain.practice.records import ProblemOrigin, Texts

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = ROOT / "content" / "practice"
FONTS = ROOT / "content" / "fonts"
TOPICS = "topics.yaml"
AT_A_START = FEWEST_COMBINATIONS
"""Combinations of numbers that are tried whenever the service starts, which takes a second;
`./dars import` and `./dars check-library` try them all."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. Where there are complaints, nothing was imported."""

    problems: int
    changed: int
    complaints: Sequence[Complaint]


def topics(folder: Path = LIBRARY) -> Mapping[str, Texts]:
    """The titles of the library's topics, by key."""
    return read_topics((folder / TOPICS).read_text(encoding="utf-8"))


def check(places: Sequence[Path], most: int | None = None) -> Contents:
    """The problems of folders and files, and what is wrong with each and with all together.

    What only a whole library can have, every topic in three difficulties, is asked of ours.
    With `most`, templates are tried with no more than so many combinations of their numbers.
    """
    problems: list[Placed] = []
    complaints: list[Complaint] = []
    for place in places:
        known = topics(place) if (place / TOPICS).is_file() else topics()
        files = _files(place)
        if not files:
            complaints.append(Complaint(str(place), 0, None, Flaw.NO_FILES))
        for file in files:
            found = _read(file, place, known, most)
            problems += found.problems
            complaints += found.complaints
    complaints += check_together(problems)
    if any(map(_is_library, places)):
        complaints += check_whole(problems)
    return Contents(tuple(problems), tuple(complaints))


def _is_library(place: Path) -> bool:
    """However it is named: from here, from the root or by a link."""
    return place.resolve() == LIBRARY


def _files(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    return sorted(
        one
        for one in place.rglob("*")
        if one.suffix.lower().removeprefix(".") in ENDINGS and one.is_file() and one.name != TOPICS
    )


def _read(file: Path, place: Path, known: Mapping[str, Texts], most: int | None) -> Contents:
    """A file is named as whoever asked would find it: from their folder on, or as they named it."""
    ours = file.resolve().is_relative_to(LIBRARY)
    name = str(file) if place.is_file() else file.relative_to(place).as_posix()
    return _checked(name, file.read_bytes(), frozenset(known), ours, most)


@lru_cache(maxsize=256)
def _checked(
    name: str, content: bytes, known: frozenset[str], ours: bool, most: int | None
) -> Contents:
    """Kept: a whole library takes seconds, and whoever imports it again has not changed it."""
    return read_file(name, content, known, ours=ours, most=most)


async def import_library(
    engine: AsyncEngine, folder: Path = LIBRARY, *, most: int | None = None
) -> Imported:
    """Adds and changes problems by slug; may be repeated. `most` as for `check`.

    What the library itself has no more is withdrawn. A folder may not take the name of a problem of
    the library's or of a teacher's.
    """
    found = check([folder], most)
    if found.complaints:
        return Imported(len(found.problems), 0, found.complaints)
    origin = ProblemOrigin.LIBRARY if _is_library(folder) else ProblemOrigin.FOLDER
    problems = [one.problem for one in found.problems]
    async with unit_of_work(engine) as work:
        done = await work.practice.import_problems(problems, origin)
    taken = [
        slug_taken(one.file, one.line, one.problem.slug)
        for one in found.problems
        if one.problem.slug in done.taken
    ]
    return Imported(len(problems), done.changed, taken)
