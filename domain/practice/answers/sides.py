"""Small tools on runs of tokens, and the two ways in which a text says no one answer."""

from collections.abc import Callable, Iterable, Sequence

from domain.errors import Mistake
from domain.practice.answers.vocabulary import Kind, Token


def unreadable() -> Mistake:
    return Mistake("an answer that cannot be read", "practice.unreadable")


def several() -> Mistake:
    return Mistake("several answers in one", "practice.two_answers")


def split(found: Iterable[Token], separates: Callable[[Token], bool]) -> list[list[Token]]:
    """The runs of tokens between those that separate, without empty ones."""
    runs: list[list[Token]] = [[]]
    for token in found:
        if separates(token):
            runs.append([])
        else:
            runs[-1].append(token)
    return [run for run in runs if run]


def kind_at(side: Sequence[Token], at: int) -> Kind | None:
    return side[at].kind if 0 <= at < len(side) else None


def has(side: Sequence[Token], *kinds: Kind) -> bool:
    return any(token.kind in kinds for token in side)
