"""Students answer a quiz: one try a question, later and back, handed in or ended by the clock."""

import json
from datetime import timedelta

import pytest

from tests.bot.conftest import BOT_ID, Dars
from tests.bot.quizzing import Quiz, quiz
from tests.bot.test_story import WORDS, button, say, tap, tap_route


async def responses(dars: Dars) -> list[bool]:
    return [
        row["is_correct"]
        for row in await dars.rows(
            "select r.is_correct from responses r join practice_items i on i.id = r.item_id"
            " order by i.position, r.try_number"
        )
    ]


@pytest.mark.parametrize("language", ["bn", "en"])
async def test_from_the_list_through_every_question_to_the_score(dars: Dars, language: str) -> None:
    due = dars.clock.now + timedelta(days=2)
    asked = await quiz(dars, 4, due=due, points=10)
    rafi = await asked.place.student(language=language)
    await say(dars, rafi, "/assignments")
    assert "Percentages" in rafi.last.text
    await tap(dars, rafi, "quiz.open")
    assert ("৪টি প্রশ্ন · মোট নম্বর ১০" if language == "bn" else "4 questions · 10") in rafi.last.text
    await tap(dars, rafi, "quiz.begin")
    assert ("প্রশ্ন ১/৪" if language == "bn" else "Question 1 of 4") in rafi.last.text
    assert "practice.hint" not in str(rafi.last.buttons)
    assert "✅" in await asked.right(rafi, language)
    assert "❌" in await asked.wrong(rafi, language)
    assert "✅" in await asked.right(rafi, language)
    await asked.wrong(rafi, language)
    assert await responses(dars) == [True, False, True, False]
    await tap(dars, rafi, "quiz.hand_in")
    score = "৪টির মধ্যে ২টি ঠিক" if language == "bn" else "2 of 4 right.</b> 5 of 10 points"
    assert score.replace("</b>", "") in rafi.last.text
    marks = ["✅", "❌", "✅", "❌"]
    numbers = [str(n).translate(WORDS[language]["digits"]) for n in range(1, 5)]
    for number, mark in zip(numbers, marks, strict=True):
        assert f"{number} {mark}" in rafi.last.text
    assert await asked.entries() == [("graded", "5.00", "10.00")]
    session = await asked.session()
    assert (session["status"], session["completed_at"]) == ("completed", dars.clock.now)
    assert await dars.value("select current_streak from streaks where current_streak > 0") == 1
    assert await dars.value("select count(*) from skills") > 0
    assert await dars.value("select step from conversations where step is not null") is None


async def test_what_cannot_be_read_is_no_try_and_a_wrong_answer_is_the_only_one(
    dars: Dars,
) -> None:
    asked = await quiz(dars, 2)
    rafi = await asked.place.student()
    await asked.begin(rafi)
    for text in ("no idea", "3 or 4", "9" * 501, "জানি না"):
        await say(dars, rafi, text)
        assert "Question" not in rafi.last.text
    assert await responses(dars) == []
    await asked.wrong(rafi)
    assert "Question 2 of 2" in rafi.last.text
    await asked.right(rafi)
    assert await responses(dars) == [False, True]
    assert await dars.value("select max(tries) from practice_items") == 1


async def test_a_question_left_for_later_comes_back_after_the_others(dars: Dars) -> None:
    asked = await quiz(dars, 3)
    rafi = await asked.place.student()
    await asked.begin(rafi)
    assert "Question 2 of 3" in await asked.later(rafi)
    await asked.right(rafi)
    assert "2 answered, 1 left" not in rafi.last.text
    assert "Question 3 of 3" in rafi.last.text
    last = await asked.later(rafi)
    assert "1 answered, 2 left" in last
    await say(dars, rafi, "12")
    assert "tap one of the buttons" in rafi.last.text
    assert await responses(dars) == [True], "what is typed there answers nothing"
    await tap(dars, rafi, "quiz.begin")
    assert "Question 1 of 3" in rafi.last.text
    assert "Question 3 of 3" in await asked.later(rafi)
    await asked.right(rafi)
    assert "2 answered, 1 left" in rafi.last.text
    await tap(dars, rafi, "quiz.begin")
    assert "Question 1 of 3" in rafi.last.text
    await asked.right(rafi)
    assert "answered all 3 questions" in rafi.last.text
    assert "quiz.begin" not in str(rafi.last.buttons)
    assert "3 of 3 right" in await asked.hand_in(rafi)


async def test_handed_in_early_what_is_left_counts_as_wrong(dars: Dars) -> None:
    asked = await quiz(dars, 3)
    rafi = await asked.place.student()
    await asked.begin(rafi)
    await asked.right(rafi)
    await tap(dars, rafi, "quiz.finish")
    assert "1 answered, 2 left" in rafi.last.text
    await tap(dars, rafi, "quiz.hand_in")
    assert "1 of 3 right. 1 of 3 points" in rafi.last.text
    assert "2 ▫️" in rafi.last.text
    assert await asked.entries() == [("graded", "1.00", "3.00")]
    again = await asked.hand_in(rafi)
    assert "1 of 3 right" in again
    await asked.begin(rafi)
    assert "1 of 3 right" in rafi.last.text, "there is one attempt"
    assert await asked.entries() == [("graded", "1.00", "3.00")]


async def test_leaving_in_between_keeps_everything(dars: Dars) -> None:
    asked = await quiz(dars, 3, due=dars.clock.now + timedelta(days=1))
    rafi = await asked.place.student()
    await asked.begin(rafi)
    await asked.right(rafi)
    await say(dars, rafi, "/cancel")
    assert "1 of 3 answered" in rafi.last.text
    await say(dars, rafi, "12")
    assert await responses(dars) == [True]
    await dars.restart()
    await say(dars, rafi, "/assignments")
    assert "1 of 3 answered, not handed in" in rafi.last.text
    await tap(dars, rafi, "quiz.open")
    assert "You have answered 1 of 3" in rafi.last.text
    await tap(dars, rafi, "quiz.begin")
    assert "Question 2 of 3" in rafi.last.text
    await dars.rows("update students set grade = 7")
    await say(dars, rafi, "/practice")
    assert "Problem 1 of 5" in rafi.last.text, "practice goes its own way beside it"
    await say(dars, rafi, "/practice")
    await tap(dars, rafi, "practice.resume")
    assert "Problem 1 of 5" in rafi.last.text
    await asked.begin(rafi)
    assert "Question 2 of 3" in rafi.last.text
    await dars.rows("update practice_sessions set status = 'abandoned' where kind = 'practice'")
    await asked.right(rafi)
    assert "Question 3 of 3" in rafi.last.text


async def test_each_student_has_numbers_of_their_own(dars: Dars) -> None:
    asked = await quiz(dars, 3, templates=True)
    people = [await asked.place.student(name) for name in ("Rafi", "Mim", "Sadia")]
    texts = set()
    for person in people:
        await asked.begin(person)
        texts.add(person.last.text)
        await asked.right(person)
        assert "✅" in person.last.text
    assert len(texts) > 1
    assert await dars.value("select count(distinct problem_id) from practice_items") == 3


async def test_a_double_tap_and_an_update_that_comes_twice_act_once(dars: Dars) -> None:
    asked = await quiz(dars, 3)
    rafi = await asked.place.student()
    await tap_route(dars, rafi, f"quiz.open:{asked.item}")
    begin = button(rafi, "quiz.begin")
    for _ in range(2):
        await rafi.presses_data(begin)
    await dars.settled()
    assert await dars.value("select count(*) from practice_sessions") == 1
    later = button(rafi, "quiz.later")
    for _ in range(2):
        await rafi.presses_data(later)
    await dars.settled()
    assert await dars.value("select sum(postponed) from practice_items") == 1
    await asked.right(rafi)
    payload = await dars.value("select payload from inbox order by update_id desc limit 1")
    said = await dars.value("select count(*) from outbox")
    await dars.control.inject(BOT_ID, json.loads(payload))
    await dars.settled()
    assert await responses(dars) == [True]
    assert await dars.value("select count(*) from outbox") == said
    await tap(dars, rafi, "quiz.finish")
    hand_in = button(rafi, "quiz.hand_in")
    for _ in range(2):
        await rafi.presses_data(hand_in)
    await dars.settled()
    assert await asked.entries() == [("graded", "1.00", "3.00")]


async def test_two_devices_at_once_answer_no_question_twice(dars: Dars) -> None:
    asked = await quiz(dars, 3)
    rafi = await asked.place.student()
    await asked.begin(rafi)
    for number in range(5):
        await rafi.says(str(-9000 - number))
    await dars.settled()
    given = await dars.rows("select student_answer, item_id from responses order by id")
    assert given[0]["student_answer"] == "-9000"
    assert len({one["item_id"] for one in given}) == len(given)


async def test_killed_in_between_the_answer_is_taken_once(dars: Dars) -> None:
    asked = await quiz(dars, 2)
    rafi = await asked.place.student()
    await asked.begin(rafi)
    right = await dars.answer_of_current(rafi)
    await dars.stop()
    await rafi.says(right)
    await dars.start()
    await dars.settled()
    await dars.restart()
    await dars.settled()
    assert await responses(dars) == [True]
    assert "Question 2 of 2" in rafi.last.text


async def test_the_due_date_passes_in_between(dars: Dars) -> None:
    asked = await quiz(dars, 3, due=dars.clock.now + timedelta(hours=1), points=9)
    rafi = await asked.place.student()
    await asked.begin(rafi)
    await asked.right(rafi)
    late = await dars.answer_of_current(rafi)
    dars.clock.move(hours=1)
    await say(dars, rafi, late)
    assert "the time is over" in rafi.last.text
    assert "1 of 3 right. 3 of 9 points" in rafi.last.text
    assert await responses(dars) == [True]
    session = await asked.session()
    assert session["completed_at"] == session["expires_at"]
    assert await asked.entries() == [("graded", "3.00", "9.00")]
    assert await asked.close() == 0
    assert await dars.value("select count(*) from streaks where current_streak > 0") == 0
    await say(dars, rafi, "/assignments")
    assert "1 of 3 right" in rafi.last.text


async def test_the_clock_ends_scores_and_tells_everybody_once(dars: Dars) -> None:
    asked = await quiz(dars, 3, due=dars.clock.now + timedelta(hours=1))
    rafi, mim, sadia = [await asked.place.student(name) for name in ("Rafi", "Mim", "Sadia")]
    for person, rights in ((rafi, 2), (mim, 0)):
        await asked.begin(person)
        for _ in range(rights):
            await asked.right(person)
    assert await asked.close() == 0
    dars.clock.move(hours=1)
    assert await asked.close() == 2
    assert await asked.close() == 0
    assert await asked.entries() == [("graded", "0.00", "3.00"), ("graded", "2.00", "3.00")]
    told = await dars.rows(
        "select o.view, o.kind, n.type, n.content_item_id, o.data, o.expires_at"
        " from outbox o join notifications n on n.id = o.notification_id"
    )
    assert len(told) == 2
    assert {one["kind"] for one in told} == {one["type"] for one in told} == {"session_ended"}
    data = [json.loads(one["data"]) for one in told]
    assert sorted((one["correct"], one["count"], one["score"]) for one in data) == [
        (0, 3, 0.0),
        (2, 3, 2.0),
    ]
    assert {one["item"] for one in data} == {asked.item}
    assert "2 of 3 right" in rafi.last.text
    await tap(dars, rafi, "quiz.open")
    assert "the time is over" in rafi.last.text
    assert "Percentages" not in sadia.last.text
    await asked.begin(sadia)
    assert "cannot be begun any more" in sadia.last.text


async def test_without_a_due_date_it_stays_open_for_a_fortnight(dars: Dars) -> None:
    asked = await quiz(dars, 2)
    rafi = await asked.place.student()
    await asked.begin(rafi)
    assert (await asked.session())["expires_at"] == dars.clock.now + timedelta(days=14)
    dars.clock.move(days=13, hours=23)
    assert await asked.close() == 0
    dars.clock.move(hours=1)
    assert await asked.close() == 1


async def test_solutions_open_once_the_quiz_is_over_for_everybody(dars: Dars) -> None:
    asked = await quiz(dars, 2, due=dars.clock.now + timedelta(hours=1))
    rafi = await asked.place.student()
    await asked.begin(rafi)
    await tap_route(dars, rafi, f"quiz.solution:{asked.item}.1")
    assert "cannot be seen yet" in rafi.last.text
    await asked.wrong(rafi)
    assert "can be seen from" in await asked.hand_in(rafi)
    assert "quiz.solution" not in str(rafi.last.buttons)
    await tap_route(dars, rafi, f"quiz.solution:{asked.item}.1")
    assert "cannot be seen yet" in rafi.last.text
    dars.clock.move(hours=1)
    await tap_route(dars, rafi, f"quiz.open:{asked.item}")
    await tap(dars, rafi, f"quiz.solution:{asked.item}.1")
    assert "Solution" in rafi.last.text
    assert "Your answer: -9999" in rafi.last.text
    await tap_route(dars, rafi, f"quiz.solution:{asked.item}.2")
    assert "You did not answer this one" in rafi.last.text
    await tap_route(dars, rafi, f"quiz.solution:{asked.item}.3")
    assert "Solution" not in rafi.last.text


async def test_without_a_due_date_solutions_open_at_once(dars: Dars) -> None:
    asked = await quiz(dars, 2)
    rafi = await asked.place.student()
    await asked.begin(rafi)
    await asked.right(rafi)
    await asked.hand_in(rafi)
    await tap(dars, rafi, f"quiz.solution:{asked.item}.1")
    assert "Your answer" in rafi.last.text


async def test_a_corrected_problem_is_read_anew_before_it_is_answered(dars: Dars) -> None:
    asked = await quiz(dars, 2)
    rafi = await asked.place.student()
    await asked.begin(rafi)
    dars.clock.move(minutes=2)
    await dars.rows(
        "update problems set question_en = 'What is 6 × 7?', answer = '42', written_at = $1"
        " where id = (select problem_id from practice_items where position = 1)",
        dars.clock.now - timedelta(minutes=1),
    )
    await say(dars, rafi, "41")
    assert "corrected just now" in rafi.last.text
    assert "What is 6 × 7?" in rafi.last.text
    assert await responses(dars) == []
    await say(dars, rafi, "৪২")
    assert await responses(dars) == [True]


async def test_a_wrong_problem_can_be_reported(dars: Dars) -> None:
    asked = await quiz(dars, 2)
    rafi = await asked.place.student()
    await asked.begin(rafi)
    await tap(dars, rafi, "practice.report")
    reported = "select count(*) from practice_items where reported_at is not null"
    assert await dars.value(reported) == 1
    assert "Question 1 of 2" in rafi.last.text


async def test_unpublished_meanwhile_the_quiz_says_so_and_keeps_what_was_answered(
    dars: Dars,
) -> None:
    asked = await quiz(dars, 2)
    rafi, mim = [await asked.place.student(name) for name in ("Rafi", "Mim")]
    await asked.begin(rafi)
    await asked.right(rafi)
    await tap_route(dars, asked.place.salma, f"content.unpublish:{asked.item}")
    await say(dars, rafi, "12")
    assert "taken Percentages back" in rafi.last.text
    await tap_route(dars, mim, f"quiz.open:{asked.item}")
    assert "Percentages" not in mim.last.text
    await say(dars, mim, "/assignments")
    assert "Percentages" not in mim.last.text
    await tap_route(dars, asked.place.salma, f"content.publish:{asked.item}")
    await asked.begin(rafi)
    assert "Question 2 of 2" in rafi.last.text
    assert await responses(dars) == [True]


async def test_what_a_teacher_settled_by_hand_stays(dars: Dars) -> None:
    asked = await quiz(dars, 2, due=dars.clock.now + timedelta(hours=1))
    people = [await asked.place.student(name) for name in ("Rafi", "Mim", "Sadia")]
    states = ("graded", "excused", "missing")
    for person, state in zip(people, states, strict=True):
        await asked.begin(person)
        await asked.right(person)
        await dars.rows(
            "insert into gradebook_entries"
            " (student_id, content_item_id, status, score_obtained, max_score)"
            " select id, $2, $3::gradebook_status, case $3 when 'graded' then 1.5 end, 2"
            " from users where telegram_id = $1",
            person.id,
            asked.item_id,
            state,
        )
    await asked.hand_in(people[0])
    dars.clock.move(hours=1)
    assert await asked.close() == 2
    assert sorted(await asked.entries(), key=str) == [
        ("excused", None, "2.00"),
        ("graded", "1.00", "2.00"),
        ("graded", "1.50", "2.00"),
    ]


async def test_in_an_archived_class_nothing_is_answered_but_its_end_is_kept(dars: Dars) -> None:
    asked = await quiz(dars, 2, due=dars.clock.now + timedelta(hours=1))
    rafi, mim = [await asked.place.student(name) for name in ("Rafi", "Mim")]
    await asked.begin(rafi)
    await asked.right(rafi)
    await dars.rows("update classes set is_archived = true")
    right = await dars.answer_of_current(rafi)
    await say(dars, rafi, right)
    assert await responses(dars) == [True]
    await asked.begin(mim)
    assert await dars.value("select count(*) from practice_sessions") == 1
    dars.clock.move(hours=1)
    assert await asked.close() == 1
    assert await asked.entries() == [("graded", "1.00", "2.00")]
    assert await dars.value("select count(*) from notifications") == 0


async def test_who_was_dropped_is_told_what_a_stranger_is(dars: Dars) -> None:
    asked: Quiz = await quiz(dars, 2)
    rafi = await asked.place.student()
    await asked.begin(rafi)
    await dars.rows("update enrollments set status = 'dropped'")
    await say(dars, rafi, "12")
    assert "Percentages" not in rafi.last.text
    await say(dars, rafi, "/cancel")
    await say(dars, rafi, "12")
    assert await dars.value("select step from conversations where step is not null") is None


async def test_assignments_and_quizzes_stand_in_one_order(dars: Dars) -> None:
    asked = await quiz(dars, 2, due=dars.clock.now + timedelta(days=2))
    place = asked.place
    rafi = await place.student()
    for days, name in ((1, "Soon"), (3, "Later"), (None, "Whenever")):
        due = None if days is None else dars.clock.now + timedelta(days=days)
        await place.homework(called=name, due=due, slug=name.lower())
    order = ["Soon", "Percentages", "Later", "Whenever"]
    await say(dars, rafi, "/assignments")
    assert [label.split(" ", 1)[1] for label in rafi.last.buttons] == order
    dars.clock.move(days=2, hours=1)
    await say(dars, rafi, "/assignments")
    assert [label.split(" ", 1)[1] for label in rafi.last.buttons] == [
        "Later",
        "Whenever",
        "Percentages",
        "Soon",
    ]
    assert "was due" in rafi.last.text
