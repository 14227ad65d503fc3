"""A teacher puts an assignment together, publishes it, and a student finds it."""

import json
from datetime import timedelta
from uuid import UUID

from bot.routes import short
from tests.bot.conftest import Dars
from tests.bot.test_content import new_item
from tests.bot.test_story import say, tap, tap_route
from tests.bot.test_student_work import Campus, campus


async def new_assignment(dars: Dars, place: Campus, title: str = "Homework 1") -> str:
    module = short(await dars.value("select id from modules"))
    return await new_item(dars, place.salma, module, "assignment", title)


async def shared(place: Campus, owner: UUID, slug: str, title: str) -> UUID:
    made = await place.school.problem(owner, slug, title)
    await place.dars.rows("update problem_versions set visibility = 'shared' where id = $1", made)
    return made


async def config(dars: Dars) -> dict[str, object]:
    found: dict[str, object] = json.loads(await dars.value("select config from assignments"))
    return found


async def test_from_an_empty_assignment_to_what_students_have_next(dars: Dars) -> None:
    place = await campus(dars)
    salma, rafi = place.salma, await place.student()
    await place.school.problem(place.teacher, "sum", "Sum of two")
    item = await new_assignment(dars, place)
    await tap(dars, salma, "content.publish")
    assert "add at least one problem first" in salma.last.text
    await tap(dars, salma, "content.item")
    await tap(dars, salma, "assignments.problems")
    await tap(dars, salma, "assignments.pick_all")
    await salma.presses("🧩 Sum of two")
    await dars.settled()
    assert "✓ Sum of two" in salma.last.buttons
    await tap(dars, salma, "assignments.problems")
    assert "1. Sum of two · 30" in salma.last.buttons
    await tap(dars, salma, "content.item")
    assert "1 problem · 30 points" in salma.last.text
    await tap(dars, salma, "submissions.assignment")
    assert "This is what students see" in salma.last.text
    due = int((dars.clock.now + timedelta(days=2)).timestamp())
    await tap_route(dars, salma, f"content.set_date:{item}.d.{due}")
    await tap(dars, salma, "content.publish")
    assert "Published." in salma.last.text
    await say(dars, rafi, "/assignments")
    assert "Homework 1" in rafi.last.text
    await tap_route(
        dars, rafi, f"content.read_module:{short(await dars.value('select id from modules'))}"
    )
    await tap(dars, rafi, f"submissions.assignment:{item}")
    assert "Handing in late costs no points" in rafi.last.text


async def test_problems_are_found_by_title_and_come_from_oneself_or_are_shared(
    dars: Dars,
) -> None:
    place = await campus(dars)
    salma = place.salma
    other = await place.school.person(99, "Karim", "teacher")
    for number in range(9):
        await place.school.problem(place.teacher, f"own{number}", f"Own problem {number}")
    await shared(place, other, "gcd", "Greatest common divisor")
    secret = await place.school.problem(other, "secret", "Secret divisor")
    item = await new_assignment(dars, place)
    await tap_route(dars, salma, f"assignments.pick_all:{item}")
    assert len([one for one in salma.last.buttons if "Own" in one]) == 8
    await tap(dars, salma, f"assignments.pick:{item}.1")
    assert "🌐 Greatest common divisor" in salma.last.buttons
    await say(dars, salma, "DIVISOR")
    assert [one for one in salma.last.buttons if "ivisor" in one] == ["🌐 Greatest common divisor"]
    await salma.presses("🌐 Greatest common divisor")
    await dars.settled()
    assert "✓ Greatest common divisor" in salma.last.buttons, "the search goes on"
    await say(dars, salma, "nothing like that")
    assert "No problem has" in salma.last.text
    await tap_route(dars, salma, f"assignments.add:{item}.{short(secret)}")
    assert await dars.value("select count(*) from assignment_problems") == 1


async def test_the_newest_published_version_is_offered_and_no_problem_stands_twice(
    dars: Dars,
) -> None:
    place = await campus(dars)
    old = await place.school.problem(place.teacher, "sum", "Sum of two")
    await dars.rows(
        "insert into problem_versions (slug, version, owner_id, title, description_markdown,"
        " published_at) select slug, 2, owner_id, 'Sum, corrected', 'Better.', now()"
        " from problem_versions"
    )
    await dars.rows(
        "insert into problem_versions (slug, version, owner_id, title, description_markdown)"
        " select slug, 3, owner_id, 'Sum, unfinished', 'Draft.' from problem_versions"
        " where version = 1"
    )
    item = await new_assignment(dars, place)
    await tap_route(dars, place.salma, f"assignments.pick_all:{item}")
    assert [one for one in place.salma.last.buttons if "Sum" in one] == ["🧩 Sum, corrected"]
    await place.salma.presses("🧩 Sum, corrected")
    await dars.settled()
    await tap_route(dars, place.salma, f"assignments.add:{item}.{short(old)}")
    assert await dars.value("select count(*) from assignment_problems") == 1


async def test_problems_change_places_their_points_and_go(dars: Dars) -> None:
    place = await campus(dars)
    salma = place.salma
    item = await new_assignment(dars, place)
    set_ = {}
    for slug in ("one", "two", "three"):
        version = await place.school.problem(place.teacher, slug, slug)
        await tap_route(dars, salma, f"assignments.add:{item}.{short(version)}")
        set_[slug] = short(
            await dars.value("select id from assignment_problems where problem_id = $1", version)
        )
    await tap_route(dars, salma, f"assignments.raise:{set_['three']}")
    assert [one[0:4] for one in salma.last.buttons][:3] == ["1. o", "2. t", "3. t"]
    assert "2. three · 30" in salma.last.buttons
    await tap_route(dars, salma, f"assignments.lower:{set_['one']}")
    assert "1. three · 30" in salma.last.buttons
    await tap_route(dars, salma, f"assignments.points:{set_['one']}")
    await say(dars, salma, "lots")
    assert "a whole number from 0 to 1,000" in salma.last.text
    await say(dars, salma, "১২")
    assert "worth 12 points here" in salma.last.text
    await tap_route(dars, salma, f"content.item:{item}")
    assert "3 problems · 72 points" in salma.last.text
    await tap_route(dars, salma, f"assignments.set_points:{set_['one']}.none")
    assert "worth 30 points, as its tests are" in salma.last.text
    await tap(dars, salma, "assignments.remove")
    assert "3." not in str(salma.last.buttons)
    await tap_route(dars, salma, f"content.publish:{item}")
    await tap_route(dars, salma, f"assignments.remove:{set_['two']}")
    await tap_route(dars, salma, f"assignments.remove:{set_['three']}")
    assert "add at least one problem first" in salma.last.text
    assert await dars.value("select count(*) from assignment_problems") == 1


async def test_an_exam_needs_its_time_and_keeps_it_while_it_is_published(dars: Dars) -> None:
    place = await campus(dars)
    salma = place.salma
    version = await place.school.problem(place.teacher)
    item = await new_assignment(dars, place, "Midterm")
    await tap_route(dars, salma, f"assignments.add:{item}.{short(version)}")
    await tap_route(dars, salma, f"content.publish:{item}")
    await tap_route(dars, salma, f"assignments.mode:{item}.exam")
    assert "set its time limit first" in salma.last.text
    await tap_route(dars, salma, f"content.unpublish:{item}")
    await tap(dars, salma, "assignments.setup")
    await salma.presses("Exam")
    await dars.settled()
    assert "No time limit yet" in salma.last.text
    await tap_route(dars, salma, f"content.publish:{item}")
    assert "set its time limit first" in salma.last.text
    await tap_route(dars, salma, f"assignments.ask:{item}.minutes")
    await say(dars, salma, "40")
    assert "40 minutes from the start" in salma.last.text
    await tap_route(dars, salma, f"assignments.ask:{item}.attempts")
    await salma.presses("2")
    await dars.settled()
    assert "handed in 2 times" in salma.last.text
    await tap_route(dars, salma, f"content.publish:{item}")
    assert "Published." in salma.last.text
    assert (await config(dars))["time_limit_mins"] == 40
    await tap_route(dars, salma, f"assignments.mode:{item}.practice")
    assert (await config(dars))["max_attempts"] is None, "practice has no last try"


async def test_lateness_languages_and_the_total_by_buttons_and_by_typing(dars: Dars) -> None:
    place = await campus(dars)
    salma = place.salma
    item = await new_assignment(dars, place)
    await tap_route(dars, salma, f"assignments.setup:{item}")
    await tap(dars, salma, "assignments.late")
    await salma.presses("Costs points")
    await dars.settled()
    assert "loses 10% a day, at most 50%" in salma.last.text
    await tap_route(dars, salma, f"assignments.ask:{item}.percent")
    await salma.presses("20")
    await dars.settled()
    await tap_route(dars, salma, f"assignments.ask:{item}.grace")
    await say(dars, salma, "15")
    assert "loses 20% a day, at most 50%. Lateness counts after 15 minutes." in salma.last.text
    await tap(dars, salma, "assignments.setup")
    await tap(dars, salma, "assignments.languages")
    for label in ("✓ JavaScript", "✓ C", "✓ C++"):
        await salma.presses(label)
        await dars.settled()
    assert (await config(dars))["allowed_languages"] == ["python"]
    await salma.presses("✓ Python")
    await dars.settled()
    assert "✓ Python" in salma.last.buttons, "one stays"
    await tap_route(dars, salma, f"assignments.ask:{item}.total")
    await say(dars, salma, "100")
    assert "Counts for 100 points" in salma.last.text
    assert await dars.value("select points_total from assignments") == 100
    await tap_route(dars, salma, f"assignments.set:{item}.total.none")
    assert await dars.value("select points_total from assignments") == 0
    await tap_route(dars, salma, f"assignments.set:{item}.percent.none")
    assert (await config(dars))["late_policy"] == {
        "kind": "penalty",
        "percent_per_day": 20,
        "at_most_percent": 50,
        "grace_minutes": 15,
    }


async def test_what_students_worked_on_is_not_deleted_nor_turned_into_something_else(
    dars: Dars,
) -> None:
    place = await campus(dars)
    salma = place.salma
    rafi = await place.student()
    item, _ = await place.homework(mode="exam", config={"time_limit_mins": 45})
    await tap_route(dars, rafi, f"submissions.opened:{short(item)}")
    await tap_route(dars, salma, f"content.delete:{short(item)}")
    await tap(dars, salma, "content.delete_now")
    assert "Unpublish it instead" in salma.last.text
    await tap_route(dars, salma, f"assignments.mode:{short(item)}.homework")
    assert "its mode stays" in salma.last.text
    await tap_route(dars, salma, f"content.unpublish:{short(item)}")
    assert await dars.value("select count(*) from content_items") == 1
    assert await dars.value("select mode from assignments") == "exam"


async def test_a_problem_with_a_students_draft_stays(dars: Dars) -> None:
    place = await campus(dars)
    rafi = await place.student()
    item, problem = await place.homework()
    other = await place.school.problem(place.teacher, "other", "Another")
    await tap_route(dars, place.salma, f"assignments.add:{short(item)}.{short(other)}")
    await tap_route(dars, rafi, f"submissions.problem:{short(problem)}")
    await say(dars, rafi, "print(1)")
    await tap_route(dars, place.salma, f"assignments.remove:{short(problem)}")
    assert "it stays in the assignment" in place.salma.last.text
    await tap_route(dars, place.salma, f"content.delete_now:{short(item)}")
    assert "Unpublish it instead" in place.salma.last.text
    assert await dars.value("select current_code from assignment_progress") == "print(1)\n"


async def newer(dars: Dars, slug: str, title: str) -> UUID:
    """Another version of a problem, by the same person."""
    found: UUID = await dars.value(
        "insert into problem_versions (slug, version, owner_id, visibility, title,"
        " description_markdown, published_at) select slug, version + 1, owner_id, visibility, $2,"
        " 'Better.', now() from problem_versions where slug = $1 order by version desc limit 1"
        " returning id",
        slug,
        title,
    )
    return found


async def test_a_newer_version_is_taken_with_one_tap_while_nobody_worked_on_the_older(
    dars: Dars,
) -> None:
    place = await campus(dars)
    salma, rafi = place.salma, await place.student()
    item, problem = await place.homework()
    await tap_route(dars, salma, f"assignments.problems:{short(item)}")
    assert "newer version" not in salma.last.text
    second = await newer(dars, "sum", "Sum, corrected")
    await dars.rows("update assignment_problems set custom_points = 7")
    await tap_route(dars, salma, f"assignments.problems:{short(item)}")
    assert "1 of them has a newer version" in salma.last.text
    await salma.presses("⬆️ Take version 2")
    await dars.settled()
    assert "1. Sum, corrected · 7" in salma.last.buttons
    assert "newer version" not in salma.last.text
    assert await dars.value("select problem_id from assignment_problems") == second
    await tap_route(dars, rafi, f"submissions.problem:{short(problem)}")
    await say(dars, rafi, "print(1)")
    await newer(dars, "sum", "Sum, perfect")
    await tap_route(dars, salma, f"assignments.problems:{short(item)}")
    assert "⬆️" not in salma.last.text + str(salma.last.buttons)
    await tap_route(dars, salma, f"assignments.problem:{short(problem)}")
    assert "There is a version 3, but students have worked on this one" in salma.last.text
    await tap_route(dars, salma, f"assignments.newest:{short(problem)}")
    assert "version 2 stays in the assignment" in salma.last.text
    assert await dars.value("select problem_id from assignment_problems") == second


async def test_a_newer_version_that_is_not_shared_any_more_is_not_taken(dars: Dars) -> None:
    place = await campus(dars)
    karim = await place.school.person(902, "Karim", "teacher")
    version = await shared(place, karim, "theirs", "Theirs")
    item = await new_assignment(dars, place)
    await tap_route(dars, place.salma, f"assignments.add:{item}.{short(version)}")
    await newer(dars, "theirs", "Theirs, corrected")
    await dars.rows("update problem_versions set visibility = 'private'")
    await tap_route(dars, place.salma, f"assignments.problems:{item}")
    assert "newer version" not in place.salma.last.text
    set_ = short(await dars.value("select id from assignment_problems"))
    await tap_route(dars, place.salma, f"assignments.newest:{set_}")
    assert await dars.value("select problem_id from assignment_problems") == version


async def test_in_bengali_with_bengali_digits(dars: Dars) -> None:
    place = await campus(dars)
    salma = place.salma
    version = await place.school.problem(place.teacher)
    item = await new_assignment(dars, place)
    await dars.rows("update users set language = 'bn'")
    await tap_route(dars, salma, f"assignments.add:{item}.{short(version)}")
    await tap(dars, salma, "assignments.problems")
    assert "১. Sum of two · ৩০" in salma.last.buttons
    await tap_route(dars, salma, f"content.dates:{item}.d")
    await say(dars, salma, "কাল সন্ধ্যা ৬টা")
    assert salma.last.text == "সোমবার, ২৩ নভেম্বর, সন্ধ্যা ৬:০০?"
    await salma.presses("✅ হ্যাঁ")
    await dars.settled()
    assert "শেষ সময়: সোমবার, ২৩ নভেম্বর" in salma.last.text
    await tap(dars, salma, "content.publish")
    assert "প্রকাশ করা হলো।" in salma.last.text
