"""The library as it ships, each file read once a process and only when a test asks for it."""

from functools import cache
from pathlib import Path

from domain.practice.library import Contents, read, read_topics
from domain.practice.records import Problem

LIBRARY = Path(__file__).parents[3] / "content" / "practice"
TOPICS = read_topics((LIBRARY / "topics.yaml").read_text(encoding="utf-8"))
FILES = sorted(one for one in LIBRARY.rglob("*.yaml") if one.name != "topics.yaml")


@cache
def contents_of(file: Path) -> Contents:
    return read(file.read_text(encoding="utf-8"), file.name, TOPICS, ours=True)


def shipped() -> list[Problem]:
    return [placed.problem for file in FILES for placed in contents_of(file).problems]
