"""Rows and acts that the schema is to refuse."""

from dataclasses import dataclass

from tests.db.rows import insert


@dataclass(frozen=True, slots=True)
class Refused:
    """What is to be refused, and by which constraint, unique index or trigger.

    `after` is done first, and is allowed.
    """

    rule: str
    statement: str
    after: str | None = None


def checks(table: str, rule: str, **changes: str) -> Refused:
    return Refused(f"ck_{table}_{rule}", insert(table, **changes))


def doubles(table: str, rule: str, **changes: str) -> Refused:
    """The good row once more, with the other unique values changed."""
    return Refused(f"uq_{table}_{rule}", insert(table, **changes))
