"""People with classes, for conversations."""

import re

from localchat.people import Person
from tests.bot.conftest import ADMIN, Dars
from tests.bot.test_story import introduce, register, say, tap

LINK = re.compile(r"https://t\.me/dars_bot\?start=(\S+)")


async def teacher(dars: Dars, name: str = "Salma", language: str = "en") -> Person:
    person = await register(dars, name, language)
    await dars.rows("update users set role = 'teacher' where telegram_id = $1", person.id)
    return person


async def admin(dars: Dars) -> Person:
    person = await dars.people.join("Boss", language_code="en", id=ADMIN)
    return await introduce(dars, person, "en")


async def make_class(dars: Dars, person: Person, name: str = "Programming") -> str:
    """A class of this teacher's, made in the chat; its code."""
    await say(dars, person, "/classes")
    await tap(dars, person, "courses.new")
    await say(dars, person, name)
    await tap(dars, person, "courses.no_section")
    return await code_of(dars, name)


async def code_of(dars: Dars, name: str) -> str:
    code: str = await dars.value("select join_code from classes where name = $1", name)
    return code


async def student(dars: Dars, name: str, code: str) -> Person:
    """Somebody who joined a class."""
    person = await register(dars, name, "en")
    assert "You are in" in await say(dars, person, f"/join {code}")
    return person


def payload(person: Person) -> str:
    """What follows `?start=` in the newest link."""
    for message in reversed(person.messages):
        found = LINK.search(message.text)
        if found:
            return found[1]
    raise AssertionError(f"no link\n{person.transcript()}")


async def people_in(dars: Dars, name: str = "Programming") -> dict[str, str]:
    """Everybody's role in a class, by name; those who were dropped in brackets."""
    rows = await dars.rows(
        "select u.full_name, e.role, e.status from enrollments e join users u on u.id = e.user_id"
        " join classes c on c.id = e.class_id where c.name = $1 order by u.full_name",
        name,
    )
    return {
        row["full_name"]: row["role"] if row["status"] == "active" else f"({row['role']})"
        for row in rows
    }
