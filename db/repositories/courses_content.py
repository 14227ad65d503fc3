"""What stands in classes, in the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from db.repositories import courses_assignment_statements as assignment_statements
from db.repositories import courses_content_statements as statements
from db.repositories.courses_announcements import DELIVERY, UNTELL
from db.repositories.courses_rows import assignment_config, config_row
from db.repositories.people import person_of
from domain.courses.assignment_records import PickedProblem, SetProblem
from domain.courses.content_records import DeliveryReport, ItemFacts, ItemLine, ModuleLine
from domain.courses.records import (
    Assignment,
    AssignmentConfig,
    AssignmentDifficulty,
    AssignmentMode,
    ContentType,
    MaterialFile,
)
from domain.people.records import Person


class SqlContentRepository:
    """Speaks through one connection, inside its transaction, and never commits."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def modules(
        self, class_id: UUID, offset: int, limit: int, open_at: datetime | None
    ) -> Sequence[ModuleLine]:
        rows = await statements.MODULES.rows(
            self._connection, class_id=class_id, offset=offset, limit=limit, open_at=open_at
        )
        return [ModuleLine(**dict(row)) for row in rows]

    async def items(
        self, module_id: UUID, offset: int, limit: int, open_at: datetime | None
    ) -> Sequence[ItemLine]:
        rows = await statements.ITEMS.rows(
            self._connection, module_id=module_id, offset=offset, limit=limit, open_at=open_at
        )
        return [
            ItemLine(**{**dict(row), "content_type": ContentType(row["content_type"])})
            for row in rows
        ]

    async def add_module(self, class_id: UUID, title: str) -> UUID:
        await statements.LOCK_CLASS.run(self._connection, class_id=class_id)
        made: UUID = await statements.ADD_MODULE.value(
            self._connection, class_id=class_id, title=title
        )
        return made

    async def update_module(self, module_id: UUID, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            await statements.UPDATE_MODULE[name].run(
                self._connection, module_id=module_id, value=value
            )

    async def shift_module(self, module_id: UUID, *, up: bool) -> None:
        await statements.LOCK_CLASS_OF_MODULE.run(self._connection, module_id=module_id)
        await statements.SHIFT_MODULE[up].run(self._connection, module_id=module_id)

    async def delete_module(self, module_id: UUID) -> bool:
        await statements.LOCK_MODULE.run(self._connection, module_id=module_id)
        deleted = await statements.DELETE_MODULE.run(self._connection, module_id=module_id)
        return deleted == 1

    async def add_item(
        self, module_id: UUID, content_type: ContentType, title: str, created_by: UUID
    ) -> UUID | None:
        await statements.LOCK_MODULE.run(self._connection, module_id=module_id)
        made: UUID | None = await statements.ADD_ITEM[content_type].value(
            self._connection, module_id=module_id, title=title, created_by=created_by
        )
        return made

    async def update_item(self, item_id: UUID, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            await statements.UPDATE_ITEM[name].run(self._connection, item_id=item_id, value=value)

    async def shift_item(self, item_id: UUID, *, up: bool) -> None:
        await statements.LOCK_MODULE_OF_ITEM.run(self._connection, item_id=item_id)
        await statements.SHIFT_ITEM[up].run(self._connection, item_id=item_id)

    async def move_item(self, item_id: UUID, module_id: UUID) -> bool:
        await statements.LOCK_MODULES_OF_MOVE.run(
            self._connection, item_id=item_id, module_id=module_id
        )
        moved = await statements.MOVE_ITEM.run(
            self._connection, item_id=item_id, module_id=module_id
        )
        return moved == 1

    async def delete_item(self, item_id: UUID) -> Sequence[str] | None:
        await statements.LOCK_ITEM.run(self._connection, item_id=item_id)
        await statements.LOCK_PROBLEMS.run(self._connection, item_id=item_id)
        keys = [one.storage_key for one in await self.files(item_id)]
        deleted = await statements.DELETE_ITEM.run(self._connection, item_id=item_id)
        return keys if deleted else None

    async def lock_item(self, item_id: UUID) -> None:
        await statements.LOCK_ITEM.run(self._connection, item_id=item_id)

    async def facts(self, item_id: UUID) -> ItemFacts:
        [row] = await statements.FACTS.rows(self._connection, item_id=item_id)
        return ItemFacts(
            body=row["body"],
            files=row["files"],
            assignment=_assignment(row),
            problems=row["problems"],
            worth=row["worth"],
            used=row["used"],
        )

    async def set_body(self, item_id: UUID, body: str | None) -> None:
        await statements.SET_BODY.run(self._connection, item_id=item_id, body=body)

    async def files(self, item_id: UUID) -> Sequence[MaterialFile]:
        rows = await statements.FILES.rows(self._connection, item_id=item_id)
        return [MaterialFile(**dict(row)) for row in rows]

    async def file(self, file_id: UUID) -> MaterialFile | None:
        row = await statements.FILE.row(self._connection, file_id=file_id)
        return None if row is None else MaterialFile(**dict(row))

    async def add_file(
        self, item_id: UUID, key: str, name: str, size: int, media_type: str, most: int
    ) -> bool:
        await statements.LOCK_ITEM.run(self._connection, item_id=item_id)
        made = await statements.ADD_FILE.value(
            self._connection,
            item_id=item_id,
            storage_key=key,
            name=name,
            size=size,
            media_type=media_type,
            most=most,
        )
        return made is not None

    async def remove_file(self, file_id: UUID) -> None:
        await statements.REMOVE_FILE.run(self._connection, file_id=file_id)

    async def students_to_tell(self, class_id: UUID) -> Sequence[Person]:
        rows = await statements.STUDENTS_TO_TELL.rows(self._connection, class_id=class_id)
        return [person_of(row) for row in rows]

    async def untell(self, item_id: UUID) -> int:
        return await UNTELL.run(self._connection, item_id=item_id)

    async def delivery(self, item_id: UUID, now: datetime) -> DeliveryReport:
        row = await DELIVERY.row(self._connection, item_id=item_id, now=now)
        return DeliveryReport(**dict(row or {}))

    async def update_assignment(
        self, item_id: UUID, mode: AssignmentMode, points_total: int, config: AssignmentConfig
    ) -> None:
        await assignment_statements.UPDATE_ASSIGNMENT.run(
            self._connection,
            item_id=item_id,
            mode=mode,
            points_total=points_total,
            config=config_row(config),
        )

    async def set_problems(self, person_id: UUID, item_id: UUID) -> Sequence[SetProblem]:
        rows = await assignment_statements.SET_PROBLEMS.rows(
            self._connection, person_id=person_id, item_id=item_id
        )
        return [_set_problem(row) for row in rows]

    async def set_problem(self, person_id: UUID, assignment_problem_id: UUID) -> SetProblem | None:
        row = await assignment_statements.SET_PROBLEM.row(
            self._connection, person_id=person_id, assignment_problem_id=assignment_problem_id
        )
        return None if row is None else _set_problem(row)

    async def problems_to_pick(
        self, person_id: UUID, item_id: UUID, query: str, offset: int, limit: int
    ) -> Sequence[PickedProblem]:
        rows = await assignment_statements.PROBLEMS_TO_PICK.rows(
            self._connection,
            person_id=person_id,
            item_id=item_id,
            query=query,
            offset=offset,
            limit=limit,
        )
        return [
            PickedProblem(
                row["id"], row["title"], row["title_bn"], row["version"], row["own"], row["is_set"]
            )
            for row in rows
        ]

    async def add_problem(self, person_id: UUID, item_id: UUID, version_id: UUID) -> bool:
        await statements.LOCK_ITEM.run(self._connection, item_id=item_id)
        made = await assignment_statements.ADD_PROBLEM.value(
            self._connection, person_id=person_id, item_id=item_id, version_id=version_id
        )
        return made is not None

    async def update_points(self, assignment_problem_id: UUID, points: int | None) -> None:
        await assignment_statements.UPDATE_POINTS.run(
            self._connection, assignment_problem_id=assignment_problem_id, points=points
        )

    async def shift_problem(self, assignment_problem_id: UUID, *, up: bool) -> None:
        await assignment_statements.SHIFT_PROBLEM[up].run(
            self._connection, assignment_problem_id=assignment_problem_id
        )

    async def take_newest(self, person_id: UUID, assignment_problem_id: UUID) -> bool:
        await assignment_statements.LOCK_PROBLEM.run(
            self._connection, assignment_problem_id=assignment_problem_id
        )
        taken = await assignment_statements.TAKE_NEWEST.run(
            self._connection, person_id=person_id, assignment_problem_id=assignment_problem_id
        )
        return taken == 1

    async def remove_problem(self, assignment_problem_id: UUID) -> bool:
        await assignment_statements.LOCK_PROBLEM.run(
            self._connection, assignment_problem_id=assignment_problem_id
        )
        removed = await assignment_statements.REMOVE_PROBLEM.run(
            self._connection, assignment_problem_id=assignment_problem_id
        )
        return removed == 1


def _assignment(row: asyncpg.Record) -> Assignment | None:
    if row["assignment_id"] is None:
        return None
    return Assignment(
        id=row["assignment_id"],
        mode=AssignmentMode(row["mode"]),
        points_total=row["points_total"],
        difficulty=AssignmentDifficulty(row["difficulty"]),
        config=assignment_config(row["config"]),
    )


def _set_problem(row: asyncpg.Record) -> SetProblem:
    return SetProblem(
        id=row["id"],
        item_id=row["assignment_id"],
        version_id=row["problem_id"],
        title=row["title"],
        title_bn=row["title_bn"],
        version=row["version"],
        newest=row["newest"],
        worth=row["worth"],
        custom_points=row["custom_points"],
        used=row["used"],
    )
