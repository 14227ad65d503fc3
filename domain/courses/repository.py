"""What the domain asks of the database about classes and who is in them."""

from typing import Protocol
from uuid import UUID

from domain.courses.cards import ClassCard, ItemCard, ModuleCard


class ClassesRepository(Protocol):
    async def class_card(self, class_id: UUID, person_id: UUID) -> ClassCard | None:
        """A class with what the person is in it; None where there is no such class."""
        ...

    async def module_card(self, module_id: UUID, person_id: UUID) -> ModuleCard | None:
        """A module with its class, likewise."""
        ...

    async def item_card(self, item_id: UUID, person_id: UUID) -> ItemCard | None:
        """A content item with its module and class, likewise."""
        ...
