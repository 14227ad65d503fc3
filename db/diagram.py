"""What docs/schema.md says of the tables that the models know already.

`python -m db.diagram` prints the entity diagram; with `--write` it puts the diagram and the list
of columns, rules and indexes of every table into the document. Words stay as they stand there.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import CheckConstraint, Column, Enum, ForeignKey, Index, Table, UniqueConstraint
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex

from db.models import Base
from db.models.triggers import triggers

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "schema.md"
DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]
END = "<!-- end -->"

DELETES = {
    "CASCADE": "deleted with it",
    "SET NULL": "emptied when it is deleted",
    "RESTRICT": "keeps it from being deleted",
}

AnyColumn = Column[object]


def tables() -> list[Table]:
    return sorted(Base.metadata.tables.values(), key=lambda table: table.name)


def type_of(column: AnyColumn) -> str:
    name = column.type.compile(DIALECT).lower()
    return name.replace("timestamp with time zone", "timestamptz").replace(
        "time without time zone", "time"
    )


def unique_keys(table: Table) -> list[set[str]]:
    keys = [
        set(one.columns.keys()) for one in table.constraints if isinstance(one, UniqueConstraint)
    ]
    return [set(table.primary_key.columns.keys()), *keys]


def diagram() -> str:
    """The entities with their keys, and how they hang together, for mermaid."""
    lines = ["erDiagram"]
    for table in tables():
        lines += [f"    {table.name} {{", *entity_lines(table), "    }"]
    for table in tables():
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
            lines.append(f"    {relation(table, key)}")
    return "\n".join(lines)


def entity_lines(table: Table) -> Iterator[str]:
    alone = [keys for keys in unique_keys(table) if len(keys) == 1]
    for column in table.columns:
        roles = [
            role
            for role, holds in (
                ("PK", column.primary_key),
                ("FK", bool(column.foreign_keys)),
                ("UK", not column.primary_key and {column.name} in alone),
            )
            if holds
        ]
        if roles:
            kind = re.sub(r"\W+", "_", type_of(column)).strip("_")
            yield f"        {kind} {column.name} {', '.join(roles)}"


def relation(table: Table, key: ForeignKey) -> str:
    parent = "|o" if key.parent.nullable else "||"
    child = "o|" if {key.parent.name} in unique_keys(table) else "o{"
    return f'{key.column.table.name} {parent}--{child} {table.name} : "{key.parent.name}"'


def reference(table: Table, words: dict[str, str]) -> str:
    """The table's columns with their words, its rules and its indexes."""
    lines = ["| column | type | holds |", "|---|---|---|"]
    lines += [
        f"| `{column.name}` | {described(column)} | {words.get(column.name, '')} |"
        for column in table.columns
    ]
    lines += listed("Rules", rules(table))
    lines += listed("Indexes", indexes(table))
    return "\n".join(lines)


def listed(title: str, entries: Iterator[str]) -> list[str]:
    found = list(entries)
    return ["", f"{title}:", "", *(f"- {one}" for one in found)] if found else []


def described(column: AnyColumn) -> str:
    parts = [type_of(column)]
    if isinstance(column.type, Enum):
        parts = [f"{column.type.name}: {' / '.join(column.type.enums)}"]
    if column.primary_key:
        parts.append("key")
    if column.nullable:
        parts.append("may be empty")
    if column.server_default is not None:
        default = str(getattr(column.server_default, "arg", "")).removesuffix("::jsonb")
        parts.append(f"default `{default}`")
    for key in column.foreign_keys:
        parts.append(f"of `{key.column.table.name}`, {DELETES[str(key.ondelete)]}")
    return ", ".join(parts)


def rules(table: Table) -> Iterator[str]:
    for one in sorted(table.constraints, key=lambda one: str(one.name)):
        if isinstance(one, CheckConstraint):
            title = str(one.name).removeprefix(f"ck_{table.name}_").replace("_", " ")
            yield f"{title}: `{one.sqltext}`"
    for trigger in triggers(Base.metadata):
        if trigger.table == table.name:
            yield trigger.says or "`updated_at` is the time of the last change, whoever made it"


def indexes(table: Table) -> Iterator[str]:
    yield f"`({', '.join(table.primary_key.columns.keys())})`, the key"
    for one in sorted(table.constraints, key=lambda one: str(one.name)):
        if isinstance(one, UniqueConstraint):
            yield f"`({', '.join(one.columns.keys())})`, unique"
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        yield indexed(index)


def indexed(index: Index) -> str:
    made = str(CreateIndex(index).compile(dialect=DIALECT))
    columns, _, where = made.partition(" ON ")[2].partition(" (")[2].partition(" WHERE ")
    entry = f"`({columns.strip().removesuffix(')')})`"
    if index.unique:
        entry += ", unique"
    return f"{entry} where `{where}`" if where else entry


def block(name: str) -> re.Pattern[str]:
    """A place in the document: where it begins, what it holds, where it ends."""
    return re.compile(rf"(<!-- {re.escape(name)} -->\n)(.*?)({re.escape(END)})", re.DOTALL)


def words_of(text: str) -> dict[str, str]:
    """The words of each column as the document has them."""
    rows = re.findall(r"^\| `(\w+)` \| .*? \| (.*) \|$", text, re.MULTILINE)
    return dict(rows)


def renewed(document: str) -> str:
    """The document with everything that the models know as they know it now.

    Raises ValueError where a table has no place in it: `<!-- table NAME -->` … `<!-- end -->`.
    """
    text = replaced(document, "diagram", f"```mermaid\n{diagram()}\n```")
    for table in tables():
        name = f"table {table.name}"
        found = block(name).search(text)
        words = words_of(found[2]) if found else {}
        text = replaced(text, name, reference(table, words))
    return text


def replaced(document: str, name: str, content: str) -> str:
    text, count = block(name).subn(lambda place: f"{place[1]}\n{content}\n\n{place[3]}", document)
    if count != 1:
        raise ValueError(f"docs/schema.md needs one place for: {name}")
    return text


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m db.diagram", description=__doc__)
    parser.add_argument("--write", action="store_true", help="renew docs/schema.md")
    if parser.parse_args().write:
        DOCUMENT.write_text(renewed(DOCUMENT.read_text("utf-8")), "utf-8")
    else:
        sys.stdout.write(diagram() + "\n")


if __name__ == "__main__":
    main()
