"""Taking many people into a class at once, from a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.courses import roster_file
from domain.courses.access import in_class
from domain.courses.cards import ClassCard, Known, Need
from domain.courses.records import EnrollmentRole, EnrollmentStatus
from domain.courses.roster import needed
from domain.courses.roster_file import Complaint, Flaw, Row
from domain.people.records import Person
from domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file. Where there are complaints, nothing of it was written."""

    card: ClassCard
    complaints: Sequence[Complaint] = ()
    unknown: Sequence[Row] = ()
    """People who never met the bot: they come by the class's link."""
    welcome: Sequence[Person] = ()
    """Who is in the class now and was not before: new in it, or back."""
    changed: int = 0
    """Of those who were in it, how many have another role now."""
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class _Chosen:
    row: Row
    known: Known

    @property
    def role(self) -> EnrollmentRole:
        """What they are to be: as the row says, else as they were, else a student."""
        return self.row.role or self.known.role or EnrollmentRole.STUDENT

    @property
    def is_new(self) -> bool:
        return self.known.status is not EnrollmentStatus.ACTIVE

    @property
    def changes(self) -> bool:
        return not self.is_new and self.role is not self.known.role


async def take_in(
    work: UnitOfWork, person: Person, class_id: UUID, content: bytes, now: datetime
) -> Imported:
    """Makes everybody in the file a member, once every row was checked. Audited."""
    card = await in_class(work, person, class_id, Need.TEACH)
    sheet = roster_file.read(content)
    if sheet.complaints:
        return Imported(card, sorted(sheet.complaints, key=lambda one: one.line))
    chosen, unknown = await _matched(work, card, sheet.rows)
    complaints = [*_twice(chosen), *_not_theirs(card, chosen)]
    if complaints:
        return Imported(card, sorted(complaints, key=lambda one: one.line))
    roles = {one.known.person.id: one.role for one in chosen if one.is_new or one.changes}
    if roles:
        await work.classes.enroll_many(class_id, roles, now)
        users = {str(user): role for user, role in roles.items()}
        await work.operations.audit(
            person.id, "roster_imported", "class", str(class_id), None, {"users": users}
        )
    return Imported(
        card,
        unknown=unknown,
        welcome=[one.known.person for one in chosen if one.is_new],
        changed=sum(one.changes for one in chosen),
        unchanged=sum(not one.changes and not one.is_new for one in chosen),
    )


async def _matched(
    work: UnitOfWork, card: ClassCard, rows: Sequence[Row]
) -> tuple[list[_Chosen], list[Row]]:
    """The people of the rows, without the class's owner; and the rows of nobody known."""
    known = await work.classes.people_known(
        card.id,
        [row.telegram_id for row in rows if row.telegram_id is not None],
        [row.username for row in rows if row.telegram_id is None and row.username is not None],
    )
    by_id = {one.person.telegram_id: one for one in known}
    by_name = {(one.person.username or "").casefold(): one for one in known}
    chosen: list[_Chosen] = []
    unknown: list[Row] = []
    for row in rows:
        found = _found(row, by_id, by_name)
        if found is None:
            unknown.append(row)
        elif found.person.id != card.owner_id:
            chosen.append(_Chosen(row, found))
    return chosen, unknown


def _found(row: Row, by_id: Mapping[int, Known], by_name: Mapping[str, Known]) -> Known | None:
    if row.telegram_id is not None:
        return by_id.get(row.telegram_id)
    return by_name.get(row.username or "")


def _twice(chosen: Sequence[_Chosen]) -> list[Complaint]:
    """Somebody by id in one row and by name in another."""
    seen: set[UUID] = set()
    found = []
    for one in chosen:
        if one.known.person.id in seen:
            found.append(Complaint(one.row.line, Flaw.TWICE, one.row.who))
        seen.add(one.known.person.id)
    return found


def _not_theirs(card: ClassCard, chosen: Sequence[_Chosen]) -> list[Complaint]:
    """Rows that would change who teaches, in a file of somebody who does not decide that."""
    return [
        Complaint(one.row.line, Flaw.OWNER_DECIDES, one.row.who)
        for one in chosen
        if (one.is_new or one.changes)
        and not all(
            card.meets(needed(role)) for role in (one.role, one.known.role) if role is not None
        )
    ]
