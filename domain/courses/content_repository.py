"""What the domain asks of the database about what stands in classes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from domain.courses.assignment_records import PickedProblem, SetProblem
from domain.courses.content_records import DeliveryReport, ItemFacts, ItemLine, ModuleLine
from domain.courses.records import (
    AssignmentConfig,
    AssignmentMode,
    ContentType,
    MaterialFile,
)
from domain.people.records import Person


class ContentRepository(Protocol):
    """Whatever adds, moves or deletes waits for whoever does so in the same place."""

    async def modules(
        self, class_id: UUID, offset: int, limit: int, open_at: datetime | None
    ) -> Sequence[ModuleLine]:
        """In their order; with `open_at`, what students see at that instant."""
        ...

    async def items(
        self, module_id: UUID, offset: int, limit: int, open_at: datetime | None
    ) -> Sequence[ItemLine]:
        """Likewise."""
        ...

    async def add_module(self, class_id: UUID, title: str) -> UUID:
        """As the last one."""
        ...

    async def update_module(self, module_id: UUID, values: Mapping[str, Any]) -> None:
        """Sets any of title, description, is_published."""
        ...

    async def shift_module(self, module_id: UUID, *, up: bool) -> None:
        """Changes places with its neighbour; nothing where there is none."""
        ...

    async def delete_module(self, module_id: UUID) -> bool:
        """False where something stands in it."""
        ...

    async def add_item(
        self, module_id: UUID, content_type: ContentType, title: str, created_by: UUID
    ) -> UUID | None:
        """As the last one; None where the module is gone."""
        ...

    async def update_item(self, item_id: UUID, values: Mapping[str, Any]) -> None:
        """Sets any of title, description, is_published, release_date, due_date."""
        ...

    async def shift_item(self, item_id: UUID, *, up: bool) -> None: ...

    async def move_item(self, item_id: UUID, module_id: UUID) -> bool:
        """To the end of another module; False where one of them is gone."""
        ...

    async def delete_item(self, item_id: UUID) -> Sequence[str] | None:
        """The keys of its files, which are to be deleted too; None where a student used it."""
        ...

    async def lock_item(self, item_id: UUID) -> None:
        """Nobody else changes the item until the transaction ends."""
        ...

    async def facts(self, item_id: UUID) -> ItemFacts: ...

    async def set_body(self, item_id: UUID, body: str | None) -> None: ...

    async def files(self, item_id: UUID) -> Sequence[MaterialFile]: ...

    async def file(self, file_id: UUID) -> MaterialFile | None: ...

    async def add_file(
        self, item_id: UUID, key: str, name: str, size: int, media_type: str, most: int
    ) -> bool:
        """False where the material has `most` files already."""
        ...

    async def remove_file(self, file_id: UUID) -> None: ...

    async def students_to_tell(self, class_id: UUID) -> Sequence[Person]:
        """Active students on Telegram, also those who have blocked the bot."""
        ...

    async def untell(self, item_id: UUID) -> int:
        """Whoever was to be told of an announcement at a later hour is not, and may be told of it
        anew; returns how many."""
        ...

    async def delivery(self, item_id: UUID, now: datetime) -> DeliveryReport:
        """How the announcement fared with each who was to be told."""
        ...

    async def update_assignment(
        self, item_id: UUID, mode: AssignmentMode, points_total: int, config: AssignmentConfig
    ) -> None: ...

    async def set_problems(self, person_id: UUID, item_id: UUID) -> Sequence[SetProblem]:
        """The assignment's problems in their order."""
        ...

    async def set_problem(
        self, person_id: UUID, assignment_problem_id: UUID
    ) -> SetProblem | None: ...

    async def problems_to_pick(
        self, person_id: UUID, item_id: UUID, query: str, offset: int, limit: int
    ) -> Sequence[PickedProblem]:
        """The newest published version of each problem that is the person's own or shared.

        Own ones first, then by title; `query` is part of a title or slug, "" takes all.
        """
        ...

    async def add_problem(self, person_id: UUID, item_id: UUID, version_id: UUID) -> bool:
        """As the last one. False where it may not be set, or its like is set already."""
        ...

    async def update_points(self, assignment_problem_id: UUID, points: int | None) -> None: ...

    async def shift_problem(self, assignment_problem_id: UUID, *, up: bool) -> None: ...

    async def take_newest(self, person_id: UUID, assignment_problem_id: UUID) -> bool:
        """Sets the newest version that the person may set. False where there is no newer one, or
        a student worked on the one that is set."""
        ...

    async def remove_problem(self, assignment_problem_id: UUID) -> bool:
        """False where a student tried it."""
        ...
