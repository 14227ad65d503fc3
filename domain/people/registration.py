"""Meeting somebody new, and who they are to Dars: the use cases of `/start`."""

from collections.abc import Collection
from dataclasses import replace
from datetime import time

from domain.errors import Fault, Mistake
from domain.people.records import Language, Person, Role, TelegramPerson
from domain.typed import one_line
from domain.unit_of_work import UnitOfWork

GRADES = (6, 7, 8)
HOME_ZONE = "Asia/Dhaka"
REMINDER_TIME = time(19, 0)
NAME_LENGTH = 64


async def meet(work: UnitOfWork, who: TelegramPerson, first_admins: Collection[int]) -> Person:
    """The person of this Telegram account; new people are added in the language they likely read.

    Whoever the environment names is an admin from their first word on.
    """
    person = await work.people.get_user_by_telegram(who.telegram_id)
    if person is not None:
        return person
    role = Role.ADMIN if who.telegram_id in first_admins else Role.STUDENT
    language = Language.EN if (who.language_code or "").startswith("en") else Language.BN
    named = replace(who, full_name=one_line(who.full_name) or str(who.telegram_id))
    await work.people.create_user(named, role, language, HOME_ZONE)
    person = await work.people.get_user_by_telegram(who.telegram_id)
    if person is None:
        raise Fault("a new person is not there")
    if role is Role.ADMIN:
        await work.operations.audit(
            None, "role_granted", "user", str(person.id), None, {"role": role, "by": "environment"}
        )
    return person


def read_name(text: str) -> str:
    """A name as it was typed, one line, NFC; raises Mistake if it is none."""
    name = one_line(text)
    if not name:
        raise Mistake("an empty name", "people.name_empty")
    if len(name) > NAME_LENGTH:
        raise Mistake("a name too long", "people.name_too_long", {"limit": NAME_LENGTH})
    return name


async def register(work: UnitOfWork, person: Person, grade: int | None) -> Person:
    """The learner's profile; `grade` is None for somebody who does not practise school maths."""
    if grade is not None and grade not in GRADES:
        raise Mistake("no such class", "people.class_unknown")
    await work.people.register_student(person.id, grade, person.reminder_time or REMINDER_TIME)
    return replace(
        person,
        registered=True,
        grade=grade,
        reminder_time=person.reminder_time or REMINDER_TIME,
    )
