"""Workers are rung once there is work for them, and not before it is committed."""

from dataclasses import replace

from bot.routes import short
from tests.bot.conftest import Dars, until
from tests.bot.test_story import say, tap, tap_route
from tests.bot.test_student_work import campus

QUEUED = "select count(*) from judgings where status = 'queued'"


async def test_handing_in_rings_the_judges_after_the_commit(idle_dars: Dars) -> None:
    dars = idle_dars
    rung: list[tuple[str, int]] = []

    async def ring(queue: str) -> None:
        # Asked over a connection of its own: what is not committed is not seen.
        async with dars.engine.connect() as connection:
            found = await connection.exec_driver_sql(QUEUED)
            rung.append((queue, int(found.scalar_one())))

    async def heard() -> bool:
        return bool(rung)

    dars.parts = replace(dars.parts, ring=ring)
    await dars.start()
    place = await campus(dars)
    _, made = await place.homework()
    rafi = await place.student("Rafi")
    await tap_route(dars, rafi, f"submissions.problem:{short(made)}")
    await say(dars, rafi, "print(1)")
    assert rung == [], "a draft is no work for anybody else"
    await tap(dars, rafi, f"attempts.run:{short(made)}")
    await until(heard)
    assert rung == [("judge", 1)]
    await tap_route(dars, rafi, f"attempts.run:{short(made)}")
    assert rung == [("judge", 1)], "what was refused rings nobody"
