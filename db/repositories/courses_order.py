"""Rows in an order of their own inside a parent: the next place, and changing places.

Whoever gives out places or changes them locks the parent first, in a statement of its own, so that
the next one reads what others committed meanwhile.
"""

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Uuid, bindparam, case, func, select, update

from db.statements import Statement


def lock(table: Any, key: str) -> Statement:
    """Holds a row; whoever only refers to it does not wait."""
    return Statement(
        select(table.c.id)
        .where(table.c.id == bindparam(key, type_=Uuid()))
        .with_for_update(key_share=True)
    )


def next_place(parent: Any, of: ColumnElement[Any]) -> ScalarSelect[int]:
    """After the last one; `parent` is the column that names the parent."""
    table = parent.table
    return (
        select(func.coalesce(func.max(table.c.order_index), 0) + 1)
        .where(parent == of)
        .scalar_subquery()
    )


def shift(table: Any, parent: str, key: ColumnElement[bool], *, up: bool) -> Statement:
    """The row that `key` finds changes places with its neighbour, if it has one."""
    me = select(table.c[parent], table.c.order_index).where(key).cte("me")
    before, after = table.c.order_index < me.c.order_index, table.c.order_index > me.c.order_index
    order = table.c.order_index.desc() if up else table.c.order_index.asc()
    other = (
        select(table.c.order_index)
        .select_from(table.join(me, table.c[parent] == me.c[parent]))
        .where(before if up else after)
        .order_by(order)
        .limit(1)
        .cte("other")
    )
    return Statement(
        update(table)
        .where(
            table.c[parent] == me.c[parent],
            table.c.order_index.in_([me.c.order_index, other.c.order_index]),
        )
        .values(
            order_index=case(
                (table.c.order_index == me.c.order_index, other.c.order_index),
                else_=me.c.order_index,
            )
        )
    )
