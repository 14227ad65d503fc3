"""Each act costs a small, fixed number of SQL statements, however much there is to read."""

from collections import Counter

import pytest

from bot.routes import short
from db import mailbox
from db.repositories import (
    courses_assignment_statements,
    courses_cards,
    courses_class_statements,
    courses_content_statements,
    courses_roster_statements,
    judging_statements,
    mailbox_sending,
    mailbox_statements,
    operations,
    practice_progress,
    practice_quizzes_results,
    practice_quizzes_statements,
    practice_reads,
    practice_writes,
    submissions_attempts,
    submissions_work,
)
from db.statements import Statement
from tests.bot.classes import make_class, teacher
from tests.bot.conftest import Dars
from tests.bot.quizzing import quiz
from tests.bot.test_contributions import send
from tests.bot.test_story import answer_wrong, register, say, tap, tap_route
from tests.bot.test_student_work import campus

NAMES = {
    id(value): name
    for module in (
        mailbox,
        mailbox_sending,
        mailbox_statements,
        operations,
        practice_progress,
        practice_quizzes_results,
        practice_quizzes_statements,
        practice_reads,
        practice_writes,
        courses_cards,
        courses_class_statements,
        courses_assignment_statements,
        courses_content_statements,
        courses_roster_statements,
        judging_statements,
        submissions_attempts,
        submissions_work,
    )
    for name, value in vars(module).items()
    if isinstance(value, Statement)
}
# What the sender asks of its own accord, whether or not anything happens.
BACKGROUND = {"CLAIM", "FREE_CLAIMS"}


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    ran: Counter[str] = Counter()
    arguments = Statement._arguments

    def counting(self: Statement, values: dict[str, object]) -> list[object]:
        name = NAMES.get(id(self), "another")
        if name not in BACKGROUND:
            ran[name] += 1
        return arguments(self, values)

    monkeypatch.setattr(Statement, "_arguments", counting)
    return ran


async def test_a_whole_answer_is_six_statements(dars: Dars, counted: Counter[str]) -> None:
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, "/practice")
    counted.clear()
    await answer_wrong(dars, rafi)
    answer = ("RECEIVE", "LOAD_TURN", "CURRENT_ITEMS", "STORE_ANSWER", "FINISH", "NOTE")
    assert counted == Counter(answer)
    counted.clear()
    await say(dars, rafi, await dars.answer_of_current(rafi))
    assert counted == Counter(answer)


async def test_a_session_is_opened_in_four_statements_of_its_own(
    dars: Dars, counted: Counter[str]
) -> None:
    rafi = await register(dars, "Rafi", "en")
    counted.clear()
    await say(dars, rafi, "/practice")
    mail = ("RECEIVE", "LOAD_TURN", "MOVE_CONVERSATION", "FINISH", "NOTE")
    own = ("CURRENT_ITEMS", "CANDIDATES", "CREATE_SESSION", "CURRENT_ITEMS")
    assert counted == Counter([*mail, *own])


async def test_a_class_is_joined_in_three_statements_of_its_own(
    dars: Dars, counted: Counter[str]
) -> None:
    code = await make_class(dars, await teacher(dars))
    rafi = await register(dars, "Rafi", "en")
    counted.clear()
    await say(dars, rafi, f"/join {code}")
    mail = ("RECEIVE", "LOAD_TURN", "FINISH", "NOTE")
    assert counted == Counter([*mail, "WRONG_CODES", "CLASS_BY_CODE", "ENROLL"])


@pytest.mark.parametrize("people", [1, 300])
async def test_a_class_is_taken_in_by_as_many_statements_however_large_it_is(
    dars: Dars, counted: Counter[str], people: int
) -> None:
    salma = await teacher(dars)
    await make_class(dars, salma)
    await dars.rows(
        "insert into users (telegram_id, full_name, blocked_bot_at)"
        " select 5000 + n, 'Pupil', now() from generate_series(1, $1) n",
        people,
    )
    for route in ("courses.card", "roster.page", "roster.send"):
        await tap(dars, salma, route)
    counted.clear()
    rows = "".join(f"{5000 + number}\n" for number in range(1, people + 1))
    assert "taken in" in await send(dars, salma, f"id\n{rows}", "class.csv")
    assert await dars.value("select count(*) from enrollments") == people
    assert counted["ENROLL_MANY"] == counted["PEOPLE_KNOWN"] == counted["AUDIT"] == 1
    assert counted["CLASS_CARD"] == 3, "asked before the file is fetched, after, and by the import"


async def test_a_page_of_people_is_three_statements_of_its_own(
    dars: Dars, counted: Counter[str]
) -> None:
    salma = await teacher(dars)
    await make_class(dars, salma)
    await tap(dars, salma, "courses.card")
    counted.clear()
    await tap(dars, salma, "roster.page")
    mail = ("RECEIVE", "LOAD_TURN", "FINISH", "NOTE")
    assert counted == Counter([*mail, "CLASS_CARD", "ROSTER", "COUNT_STUDENTS"])


async def test_browsing_what_stands_in_a_class_is_two_statements_a_screen(
    dars: Dars, counted: Counter[str]
) -> None:
    place = await campus(dars)
    rafi = await place.student()
    item, _ = await place.homework()
    module = await dars.value("select id from modules")
    await dars.rows(
        "insert into modules (class_id, title, order_index, is_published)"
        " select $1, 'Module ' || n, n, true from generate_series(2, 30) n",
        place.class_id,
    )
    await dars.rows(
        "insert into content_items (module_id, content_type, title, order_index, is_published)"
        " select $1, 'announcement', 'Item ' || n, n, true from generate_series(2, 30) n",
        module,
    )
    mail = ("RECEIVE", "LOAD_TURN", "FINISH", "NOTE")
    screens = {
        f"content.modules:{short(place.class_id)}": ("CLASS_CARD", "MODULES"),
        f"content.modules:{short(place.class_id)}.2": ("CLASS_CARD", "MODULES"),
        f"content.read:{short(place.class_id)}": ("CLASS_CARD", "MODULES"),
        f"content.module:{short(module)}": ("MODULE_CARD", "ITEMS"),
        f"content.read_module:{short(module)}": ("MODULE_CARD", "ITEMS"),
        f"content.item:{short(item)}": ("ITEM_CARD", "FACTS"),
        f"content.open:{short(item)}": ("ITEM_CARD", "FACTS"),
        f"assignments.setup:{short(item)}": ("ITEM_CARD", "FACTS"),
        f"assignments.problems:{short(item)}": ("ITEM_CARD", "FACTS", "SET_PROBLEMS"),
    }
    await tap_route(dars, place.salma, next(iter(screens)))
    for data, own in screens.items():
        counted.clear()
        await tap_route(dars, place.salma, data)
        assert counted == Counter([*mail, *own]), data
    for route in ("content.read", "content.read_module", "content.open"):
        [data] = [one for one in screens if one.startswith(f"{route}:")]
        counted.clear()
        await tap_route(dars, rafi, data)
        assert counted == Counter([*mail, *screens[data]]), data


@pytest.mark.parametrize("people", [1, 300])
async def test_an_announcement_is_told_in_as_many_statements_however_large_the_class_is(
    dars: Dars, counted: Counter[str], people: int
) -> None:
    place = await campus(dars)
    await dars.rows(
        "with pupil as (insert into users (telegram_id, full_name)"
        " select 5000 + n, 'Pupil' from generate_series(1, $1) n returning id)"
        " insert into enrollments (user_id, class_id) select id, $2 from pupil",
        people,
        place.class_id,
    )
    module = await dars.value("select id from modules")
    item = await dars.value(
        "insert into content_items (module_id, content_type, title, description, order_index)"
        " values ($1, 'announcement', 'News', 'Read me.', 1) returning id",
        module,
    )
    counted.clear()
    await tap_route(dars, place.salma, f"announcements.tell:{short(item)}")
    assert await dars.value("select count(*) from outbox where dedupe_key is not null") == people
    once = ("ITEM_CARD", "LOCK_ITEM", "FACTS", "STUDENTS_TO_TELL", "FINISH")
    assert all(counted[name] == 1 for name in once), counted
    # Besides: the update comes in, its turn is loaded, the item is published, all are told.
    assert sum(counted.values()) - counted["NOTE"] == len(once) + 4, counted


async def test_a_problem_is_opened_kept_run_and_submitted_in_a_few_statements(
    dars: Dars, counted: Counter[str]
) -> None:
    place = await campus(dars)
    rafi = await place.student()
    _, made = await place.homework()
    problem = short(made)
    mail = ("RECEIVE", "LOAD_TURN", "FINISH", "NOTE")
    for _ in range(2):
        counted.clear()
        await tap_route(dars, rafi, f"submissions.problem:{problem}")
        moved = counted.pop("MOVE_CONVERSATION", 0)
        assert counted == Counter([*mail, "PROBLEM", "SAMPLES", "NOTE_FOCUS"])
        counted.clear()
        await say(dars, rafi, f"print({moved})")
        assert counted == Counter([*mail, "PROBLEM", "KEEP_DRAFT"])
        dars.clock.move(seconds=20)
    # The problem is read again once its code is stored, which is done while nothing is open.
    twice = ("LOAD_TURN", "PROBLEM", "LOAD_TURN", "PROBLEM")
    handed_in = Counter(["RECEIVE", *twice, "ADD_ATTEMPT", "NOTE_FOCUS", "QUEUE", "FINISH", "NOTE"])
    for button in ("run", "submit"):
        counted.clear()
        await tap_route(dars, rafi, f"attempts.{button}:{problem}")
        assert counted == handed_in


async def test_a_quiz_is_begun_answered_and_handed_in_by_a_few_statements(
    dars: Dars, counted: Counter[str]
) -> None:
    asked = await quiz(dars, 3)
    rafi = await asked.place.student()
    mail = ("RECEIVE", "LOAD_TURN", "FINISH", "NOTE")
    counted.clear()
    await say(dars, rafi, "/assignments")
    assert counted == Counter([*mail, *2 * ["UP_NEXT"]])
    counted.clear()
    await tap(dars, rafi, "quiz.open")
    assert counted == Counter([*mail, "ITEM_CARD", "STANDING"])
    counted.clear()
    await tap(dars, rafi, "quiz.begin")
    begun = ("HOLD", "ITEM_CARD", "WAITING", "STANDING", "PROBLEMS", "CREATE_SESSION", "WAITING")
    assert counted == Counter([*mail, "MOVE_CONVERSATION", *begun])
    counted.clear()
    await say(dars, rafi, await dars.answer_of_current(rafi))
    assert counted == Counter([*mail, "ITEM_CARD", "WAITING", "STORE_ANSWER"])
    counted.clear()
    await tap(dars, rafi, "quiz.later")
    assert counted == Counter([*mail, "ITEM_CARD", "WAITING", "POSTPONE"])
    await tap(dars, rafi, "quiz.finish")
    counted.clear()
    await tap(dars, rafi, "quiz.hand_in")
    ended = ("ITEM_CARD", "STANDING", "SETTLE", "SESSION_RESULT")
    streak = ("LOAD_STREAK", "READ_SETTING", "SAVE_STREAK")
    assert counted == Counter([*mail, "MOVE_CONVERSATION", *ended, *streak])


@pytest.mark.parametrize("people", [1, 300])
async def test_the_results_of_a_quiz_are_one_statement_however_large_the_class_is(
    dars: Dars, counted: Counter[str], people: int
) -> None:
    asked = await quiz(dars, 3)
    await dars.rows(
        "with pupil as (insert into users (telegram_id, full_name)"
        " select 5000 + n, 'Pupil' from generate_series(1, $1) n returning id)"
        " insert into enrollments (user_id, class_id) select id, $2 from pupil",
        people,
        asked.place.class_id,
    )
    counted.clear()
    await tap_route(dars, asked.place.salma, f"quiz.results:{asked.item}")
    mail = ("RECEIVE", "LOAD_TURN", "FINISH", "NOTE")
    assert counted == Counter([*mail, "ITEM_CARD", "RESULTS"])
