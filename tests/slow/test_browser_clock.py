"""The chat page in a real browser: what Dars says by itself, a quiz, the calendar, in Bengali."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import expect

from tests.slow.running import until, until_settled
from tests.slow.test_browser import (
    STUDENT,
    TEACHER,
    Column,
    pictures,
    pytestmark,
)
from tests.slow.test_browser_class import Story, a_story, make_a_class

__all__ = ["pictures", "pytestmark"]

# The clock tells people as a minute begins.
A_MINUTE_AND_MORE = 90.0


async def join_and_choose_when_to_be_told(story: Story) -> None:
    """No quiet hours, since this may run at night; reminded as one of the next minutes begins."""
    rafi = await story.turn_to(STUDENT)
    code = await story.database.fetchval("select join_code from classes")
    await rafi.starts()
    await story.taps(rafi, "register.language:bn", "register.name", "register.code")
    await story.says(rafi, code.lower())
    await story.taps(rafi, "register.class:7")
    await story.says(rafi, "/settings")
    await story.taps(rafi, "settings.notices", "settings.choose:quiet", "settings.quiet_at:off")
    await story.taps(rafi, "settings.choose:reminder")
    soon = datetime.now(UTC).astimezone(ZoneInfo("Asia/Dhaka")) + timedelta(seconds=80)
    await story.says(rafi, f"{soon:%H:%M}")
    await rafi.hears("মনে করানোর সময় বদলে")


async def put_a_quiz_together(story: Story) -> None:
    teacher = await story.turn_to(TEACHER)
    await story.says(teacher, "/classes")
    await story.taps(teacher, "courses.card", "content.modules", "content.new_module")
    await story.says(teacher, "প্রথম সপ্তাহ")
    await story.taps(teacher, "content.publish_module", "content.add")
    kinds = teacher.said.last.locator('[data-button^="content.new_item"]')
    await kinds.filter(has_text="কুইজ").click()
    await until_settled(story.database)
    await story.says(teacher, "লাভ-ক্ষতির কুইজ")
    await story.taps(teacher, "quizzes.problems:", "quizzes.grades:")
    grades = teacher.said.last.locator('[data-button^="quizzes.topics"]')
    await grades.filter(has_text="সপ্তম").click()
    await until_settled(story.database)
    topics = teacher.said.last.locator('[data-button^="quizzes.topic"]')
    await topics.filter(has_text="লাভ-ক্ষতি").click()
    await until_settled(story.database)
    await story.taps(teacher, "quizzes.five:", "quizzes.problems:", "content.item:")
    due = teacher.said.last.locator('[data-button^="content.dates"]').filter(has_text="শেষ সময়")
    await due.click()
    await until_settled(story.database)
    await story.says(teacher, "আগামীকাল সন্ধ্যা ৬টা")
    await story.taps(teacher, "content.set_date", "content.publish:")
    await teacher.hears("প্রকাশ")


async def be_told(story: Story) -> None:
    """Of the quiz, and of practice at the chosen time, as a minute begins."""

    async def both() -> bool:
        told = await story.database.fetch(
            "select type from notifications where sent_at is not null"
        )
        return {row["type"] for row in told} == {"work_opened", "practice_reminder"}

    await until(both, A_MINUTE_AND_MORE * 2)
    rafi = await story.turn_to(STUDENT)
    await expect(rafi.said.last).to_be_visible()
    await story.keeps("notices.png")


async def answer_the_quiz(story: Story) -> None:
    rafi = Column(story.page, STUDENT)
    await story.taps(rafi, "quiz.open:", "quiz.begin:")
    await rafi.hears("প্রশ্ন ১/৫")
    await story.says(rafi, "৯৯৯৯")
    await rafi.hears("প্রশ্ন ২/৫")
    await story.taps(rafi, "quiz.later:")
    await story.taps(rafi, "quiz.finish:")
    await story.keeps("quiz.png")
    await story.taps(rafi, "quiz.hand_in:")
    await rafi.hears("৫")


async def announce(story: Story) -> None:
    teacher = await story.turn_to(TEACHER)
    await story.says(teacher, "/classes")
    await story.taps(teacher, "courses.card", "calendar.new:")
    await story.says(teacher, "অনলাইন ক্লাস")
    await story.says(teacher, "আগামীকাল সকাল ১০টা")
    await story.taps(teacher, "calendar.save")
    await story.says(teacher, "/classes")
    await story.taps(teacher, "courses.card", "content.modules", "content.module:", "content.add:")
    kinds = teacher.said.last.locator('[data-button^="content.new_item"]')
    await kinds.filter(has_text="ঘোষণা").click()
    await until_settled(story.database)
    await story.says(teacher, "কাল অনলাইনে ক্লাস")
    await story.taps(teacher, "content.describe:")
    await story.says(teacher, "কাল সকাল ১০টায় সবাই যুক্ত হবে।")
    await story.taps(teacher, "content.publish:", "announcements.tell:")
    await story.taps(teacher, "announcements.delivery:")
    await teacher.hears("পৌঁছেছে")


async def look_ahead(story: Story) -> None:
    rafi = await story.turn_to(STUDENT)
    await rafi.hears("কাল সকাল ১০টায় সবাই যুক্ত হবে।")
    await story.says(rafi, "/calendar")
    await rafi.hears("অনলাইন ক্লাস")
    await rafi.hears("লাভ-ক্ষতির কুইজ")
    await story.keeps("calendar.png")


@pytest.mark.timeout(300)
async def test_what_is_said_by_itself_a_quiz_and_the_calendar(
    tmp_path: Path, pictures: Path
) -> None:
    async with a_story(tmp_path / "home", pictures) as story:
        await make_a_class(story)
        await join_and_choose_when_to_be_told(story)
        await put_a_quiz_together(story)
        await be_told(story)
        await answer_the_quiz(story)
        await announce(story)
        await look_ahead(story)
        entries = await story.database.fetch("select status, max_score from gradebook_entries")
        assert [tuple(row) for row in entries] == [("graded", 5)]
        doubled = "select count(*) - count(distinct dedupe_key) from notifications"
        assert await story.database.fetchval(doubled) == 0
