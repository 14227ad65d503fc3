"""Classes: making them, changing them, leaving them.

Every function works inside the caller's transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import SystemRandom
from uuid import UUID

from domain.courses.access import in_class
from domain.courses.cards import ClassCard, ClassLine, Need, Standing
from domain.courses.join_codes import new_code
from domain.errors import Fault, Mistake, Refusal
from domain.people.records import Person, Role
from domain.typed import one_line
from domain.unit_of_work import UnitOfWork

NAME_LENGTH = 100
SECTION_LENGTH = 50
PAGE = 8
CREATORS = frozenset({Role.TEACHER, Role.ADMIN})
CODE_TRIES = 20
"""Of codes that others have already: two of a million classes have the same once in 900 tries."""

_SECRETS = SystemRandom()


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a person's classes, and whether there are more."""

    lines: Sequence[ClassLine]
    number: int
    """From zero."""
    more: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A class as it is shown, with how many students are in it."""

    card: ClassCard
    students: int


async def mine(work: UnitOfWork, person: Person, number: int) -> Page:
    """The classes that the person owns, teaches, assists or attends; archived ones come last."""
    found = await work.classes.classes_of(person.id, number * PAGE, PAGE + 1)
    if number and not found:
        return await mine(work, person, 0)
    return Page(found[:PAGE], number, len(found) > PAGE)


async def look(work: UnitOfWork, person: Person, class_id: UUID) -> Seen:
    card = await in_class(work, person, class_id, Need.LEARN)
    return Seen(card, await work.classes.count_students(class_id))


def read_class_name(text: str) -> str:
    """One line; raises Mistake."""
    return _read(text, NAME_LENGTH)


def read_section(text: str) -> str:
    """One line; raises Mistake."""
    return _read(text, SECTION_LENGTH)


def _read(text: str, limit: int) -> str:
    line = one_line(text)
    if not line or len(line) > limit:
        raise Mistake("a name too short or long", "courses.name_unusable", {"limit": limit})
    return line


async def create(work: UnitOfWork, person: Person, name: str, section: str | None) -> ClassCard:
    """A class of the person's own, with a code that nobody else's has; audited."""
    if person.role not in CREATORS:
        raise Refusal("a class made by somebody who is no teacher")
    named = read_class_name(name)
    part = None if section is None else read_section(section)
    for _ in range(CODE_TRIES):
        code = new_code(_SECRETS)
        class_id = await work.classes.create_class(person.id, named, part, code)
        if class_id is not None:
            await _audit(work, person, "class_created", class_id)
            return ClassCard(class_id, person.id, named, part, code, False, {}, Standing.OWNER)
    raise Fault("no free class code was found")


async def rename(work: UnitOfWork, person: Person, class_id: UUID, text: str) -> ClassCard:
    card = await in_class(work, person, class_id, Need.TEACH)
    name = read_class_name(text)
    await work.classes.update_class(class_id, {"name": name})
    return replace(card, name=name)


async def change_section(
    work: UnitOfWork, person: Person, class_id: UUID, text: str | None
) -> ClassCard:
    card = await in_class(work, person, class_id, Need.TEACH)
    section = None if text is None else read_section(text)
    await work.classes.update_class(class_id, {"section": section})
    return replace(card, section=section)


async def renew_code(work: UnitOfWork, person: Person, class_id: UUID) -> ClassCard:
    """Another code; the old one and its links open nothing from now on. Audited."""
    card = await in_class(work, person, class_id, Need.TEACH)
    for _ in range(CODE_TRIES):
        code = new_code(_SECRETS)
        if await work.classes.change_code(class_id, card.join_code, code):
            await _audit(work, person, "class_code_renewed", class_id)
            return replace(card, join_code=code)
    raise Fault("no free class code was found")


async def set_archived(
    work: UnitOfWork, person: Person, class_id: UUID, *, archived: bool
) -> ClassCard:
    """In an archived class students look but do not act, and nobody joins. Audited."""
    card = await in_class(work, person, class_id, Need.TEACH)
    if card.is_archived is not archived:
        await work.classes.update_class(class_id, {"is_archived": archived})
        action = "class_archived" if archived else "class_unarchived"
        await _audit(work, person, action, class_id)
    return replace(card, is_archived=archived)


async def may_leave(work: UnitOfWork, person: Person, class_id: UUID) -> ClassCard:
    """The class, for whoever can leave it: everybody in it but its owner. Raises Refusal."""
    card = await in_class(work, person, class_id, Need.LEARN)
    if card.standing is Standing.OWNER:
        raise Refusal("an owner leaving their class", "courses.owner_stays", {"name": card.name})
    return card


async def leave(work: UnitOfWork, person: Person, class_id: UUID) -> ClassCard:
    """Whoever left may come back by the class's code. Audited."""
    card = await may_leave(work, person, class_id)
    await work.classes.leave(class_id, person.id)
    await _audit(work, person, "class_left", class_id)
    return card


async def _audit(work: UnitOfWork, person: Person, action: str, class_id: UUID) -> None:
    await work.operations.audit(person.id, action, "class", str(class_id), None, None)
