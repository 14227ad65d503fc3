"""Who may do what in a class: asked first by every use case that is given an id.

Whoever may not is told exactly what somebody is told whose id does not exist, so that nobody learns
what there is. A role elsewhere opens nothing here: admins have no standing of their own.
"""

from datetime import datetime
from uuid import UUID

from domain.courses.cards import MEETING, ClassCard, ItemCard, ModuleCard, Need, Standing
from domain.errors import Refusal
from domain.people.records import Person
from domain.unit_of_work import UnitOfWork

__all__ = [
    "MEETING",
    "ClassCard",
    "ItemCard",
    "ModuleCard",
    "Need",
    "Standing",
    "check_running",
    "in_class",
    "in_item",
    "in_module",
    "not_found",
]


async def in_class(work: UnitOfWork, person: Person, class_id: UUID, needs: Need) -> ClassCard:
    """The class, if the person has what it takes; raises Refusal."""
    card = await work.classes.class_card(class_id, person.id)
    if card is None or not card.meets(needs):
        raise not_found()
    return card


async def in_module(work: UnitOfWork, person: Person, module_id: UUID, needs: Need) -> ModuleCard:
    """The module with its class; raises Refusal. Students see published ones only."""
    card = await work.classes.module_card(module_id, person.id)
    if card is None or not card.in_class.meets(needs):
        raise not_found()
    if not card.in_class.meets(Need.ASSIST) and not card.module.is_published:
        raise not_found()
    return card


async def in_item(
    work: UnitOfWork, person: Person, item_id: UUID, needs: Need, now: datetime
) -> ItemCard:
    """The item with its module and class; raises Refusal. Students see what is open only."""
    card = await work.classes.item_card(item_id, person.id)
    if card is None or not card.in_class.meets(needs):
        raise not_found()
    if not card.in_class.meets(Need.ASSIST) and not card.open_at(now):
        raise not_found()
    return card


def check_running(card: ClassCard) -> None:
    """Before a student acts: raises Refusal in an archived class, where one may only look."""
    if card.is_archived and not card.meets(Need.ASSIST):
        raise Refusal("the class is archived", "courses.archived", {"name": card.name})


def not_found() -> Refusal:
    """What everybody is told who asks for what is not there, or not theirs to know of."""
    return Refusal("nothing of this id for this person", "courses.not_found")
