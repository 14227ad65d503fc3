"""A student practises: the story from the first word to the summary, in both languages."""

from tests.bot.conftest import Dars


async def test_a_class_7_student_registers_and_practises_in_bengali(dars: Dars) -> None:
    rafi = await dars.people.join("রাফি", language_code="bn")
    await rafi.says("/start")
    await rafi.hears("ভাষা")
    print(rafi.last)
