"""Classes and who is in them, in the database."""

from uuid import UUID

import asyncpg

from db.repositories.courses_cards import (
    CLASS_CARD,
    ITEM_CARD,
    MODULE_CARD,
    class_card_of,
    item_card_of,
    module_card_of,
)
from domain.courses.cards import ClassCard, ItemCard, ModuleCard


class SqlClassesRepository:
    """Speaks through one connection, inside its transaction, and never commits."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def class_card(self, class_id: UUID, person_id: UUID) -> ClassCard | None:
        row = await CLASS_CARD.row(self._connection, class_id=class_id, person_id=person_id)
        return None if row is None else class_card_of(row, person_id)

    async def module_card(self, module_id: UUID, person_id: UUID) -> ModuleCard | None:
        row = await MODULE_CARD.row(self._connection, module_id=module_id, person_id=person_id)
        return None if row is None else module_card_of(row, person_id)

    async def item_card(self, item_id: UUID, person_id: UUID) -> ItemCard | None:
        row = await ITEM_CARD.row(self._connection, item_id=item_id, person_id=person_id)
        return None if row is None else item_card_of(row, person_id)
