"""The statements behind access: a class, module or item with what one person is in the class."""

from typing import Any

import asyncpg
from sqlalchemy import FromClause, Uuid, bindparam, join, select

from db.models import Class, ContentItem, Enrollment, Module
from db.statements import Statement
from domain.courses import records
from domain.courses.cards import ClassCard, ItemCard, ModuleCard, standing_of
from domain.courses.records import ContentType, EnrollmentRole, EnrollmentStatus

_PERSON = bindparam("person_id", type_=Uuid())

CLASS_COLUMNS = (
    Class.id.label("class_id"),
    Class.owner_id,
    Class.name,
    Class.section,
    Class.join_code,
    Class.is_archived,
    Class.settings,
    Enrollment.role,
    Enrollment.status,
)
MODULE_COLUMNS = (
    Module.id.label("module_id"),
    Module.title.label("module_title"),
    Module.description.label("module_description"),
    Module.order_index.label("module_order"),
    Module.is_published.label("module_published"),
)
ITEM_COLUMNS = (
    ContentItem.id.label("item_id"),
    ContentItem.content_type,
    ContentItem.title.label("item_title"),
    ContentItem.description.label("item_description"),
    ContentItem.order_index.label("item_order"),
    ContentItem.is_published.label("item_published"),
    ContentItem.release_date,
    ContentItem.due_date,
    ContentItem.created_by,
)


def with_standing(person: Any = _PERSON) -> FromClause:
    """Classes, each with this person's enrolment beside it where there is one."""
    return join(
        Class,
        Enrollment,
        (Enrollment.class_id == Class.id) & (Enrollment.user_id == person),
        isouter=True,
    )


_MODULES = join(Module, with_standing(), Class.id == Module.class_id)
_ITEMS = join(ContentItem, _MODULES, Module.id == ContentItem.module_id)

CLASS_CARD = Statement(
    select(*CLASS_COLUMNS)
    .select_from(with_standing())
    .where(Class.id == bindparam("class_id", type_=Uuid()))
)
MODULE_CARD = Statement(
    select(*CLASS_COLUMNS, *MODULE_COLUMNS)
    .select_from(_MODULES)
    .where(Module.id == bindparam("module_id", type_=Uuid()))
)
ITEM_CARD = Statement(
    select(*CLASS_COLUMNS, *MODULE_COLUMNS, *ITEM_COLUMNS)
    .select_from(_ITEMS)
    .where(ContentItem.id == bindparam("item_id", type_=Uuid()))
)


def class_card_of(row: asyncpg.Record, person_id: Any) -> ClassCard:
    role, status = row["role"], row["status"]
    return ClassCard(
        id=row["class_id"],
        owner_id=row["owner_id"],
        name=row["name"],
        section=row["section"],
        join_code=row["join_code"],
        is_archived=row["is_archived"],
        settings=row["settings"],
        standing=standing_of(
            person_id,
            row["owner_id"],
            None if role is None else EnrollmentRole(role),
            None if status is None else EnrollmentStatus(status),
        ),
    )


def module_of(row: asyncpg.Record) -> records.Module:
    return records.Module(
        id=row["module_id"],
        class_id=row["class_id"],
        title=row["module_title"],
        description=row["module_description"],
        order_index=row["module_order"],
        is_published=row["module_published"],
    )


def item_of(row: asyncpg.Record) -> records.ContentItem:
    return records.ContentItem(
        id=row["item_id"],
        module_id=row["module_id"],
        content_type=ContentType(row["content_type"]),
        title=row["item_title"],
        description=row["item_description"],
        order_index=row["item_order"],
        is_published=row["item_published"],
        release_date=row["release_date"],
        due_date=row["due_date"],
        created_by=row["created_by"],
    )


def module_card_of(row: asyncpg.Record, person_id: Any) -> ModuleCard:
    return ModuleCard(class_card_of(row, person_id), module_of(row))


def item_card_of(row: asyncpg.Record, person_id: Any) -> ItemCard:
    return ItemCard(class_card_of(row, person_id), module_of(row), item_of(row))
