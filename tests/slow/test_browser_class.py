"""The chat page in a real browser: from a new class to a verdict, in Bengali."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
from playwright.async_api import FilePayload, Page, async_playwright, expect

from runtime.settings import ROOT
from tests.slow.running import running_dars, until, until_settled
from tests.slow.test_browser import (
    CHROMIUM,
    PHONE,
    STUDENT,
    SWITCHES,
    TEACHER,
    Column,
    keep,
    page_of,
    pictures,
    pytestmark,
)

__all__ = ["pictures", "pytestmark"]

TEMPLATE = (ROOT / "content" / "problems" / "template.yaml").read_bytes()
OPEN = (
    "select (select count(*) from judgings where ended_at is null)"
    " + (select count(*) from problem_uploads where ended_at is null)"
)
BROKEN = "n, f = map(int, input().split())\nprnt(n * f)"
WRONG = "n, f = map(int, input().split())\nprint(n + f)"
RIGHT = "n, f = map(int, input().split())\nprint(n * f)"


class Story:
    """Two people on one phone, one tab each."""

    def __init__(self, page: Page, database: asyncpg.Connection, pictures: Path) -> None:
        self.page = page
        self.database = database
        self.pictures = pictures

    async def turn_to(self, person: int) -> Column:
        await self.page.locator(f'[data-person-tab="{person}"]').click()
        return Column(self.page, person)

    async def taps(self, column: Column, *buttons: str) -> None:
        for data in buttons:
            await column.taps(data)
            await until_settled(self.database)

    async def says(self, column: Column, text: str) -> None:
        await column.types(text)
        await until_settled(self.database)

    async def sends(self, person: int, name: str, content: bytes) -> None:
        chat = self.page.locator(f'section[data-person="{person}"]')
        file: FilePayload = {"name": name, "mimeType": "application/x-yaml", "buffer": content}
        await chat.locator('[data-input="document"]').set_input_files([file])
        await chat.locator('[data-action="send"]').click()

    async def judged(self, column: Column, verdict: str) -> None:
        async def none_open() -> bool:
            return bool(await self.database.fetchval(OPEN) == 0)

        await until(none_open, 60)
        await column.hears(verdict)

    async def keeps(self, name: str) -> None:
        await until_settled(self.database)
        await keep(self.page, self.pictures / name)


@asynccontextmanager
async def a_story(home: Path, pictures: Path) -> AsyncIterator[Story]:
    """On a Dars of its own, with its page open."""
    async with (
        running_dars(home) as dars,
        dars.database() as database,
        async_playwright() as playwright,
        await playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES) as browser,
        page_of(browser, dars.url, PHONE) as page,
    ):
        yield Story(page, database, pictures)


async def register(story: Story, column: Column) -> None:
    await column.starts()
    await column.hears("কোন ভাষায়")
    await story.taps(column, "register.language:bn", "register.name", "register.class:none")


async def make_a_class(story: Story) -> None:
    teacher = await story.turn_to(TEACHER)
    await register(story, teacher)
    # Who may teach is an admin's decision, which has tests of its own.
    await story.database.execute(
        "update users set role = 'teacher' where telegram_id = $1", TEACHER
    )
    await story.says(teacher, "/classes")
    await story.taps(teacher, "courses.new")
    await story.says(teacher, "প্রোগ্রামিং পরিচিতি")
    await story.taps(teacher, "courses.no_section")
    await expect(teacher.said.last.locator("[data-photo][data-loaded]")).to_be_visible()


async def upload_a_problem(story: Story) -> None:
    teacher = Column(story.page, TEACHER)
    await story.says(teacher, "/problems")
    await story.sends(TEACHER, "wrong.yaml", TEMPLATE.replace(b"print(n * f)", b"print(n + f)"))
    await expect(teacher.said.last).to_contain_text("bus-fare", timeout=30_000)
    await story.judged(teacher, "sample/01")
    await story.says(teacher, "/problems")
    await story.sends(TEACHER, "bus-fare.yaml", TEMPLATE)
    await expect(teacher.said.last).to_contain_text("বাসভাড়া", timeout=30_000)
    await story.judged(teacher, "সংস্করণ ১")


async def set_an_assignment(story: Story) -> None:
    teacher = Column(story.page, TEACHER)
    await story.says(teacher, "/classes")
    await story.taps(teacher, "courses.card", "content.modules", "content.new_module")
    await story.says(teacher, "প্রথম সপ্তাহ")
    await story.taps(teacher, "content.publish_module", "content.add")
    kinds = teacher.said.last.locator('[data-button^="content.new_item"]')
    await kinds.filter(has_text="অ্যাসাইনমেন্ট").click()
    await until_settled(story.database)
    await story.says(teacher, "প্রথম অ্যাসাইনমেন্ট")
    await story.taps(teacher, "assignments.problems:", "assignments.pick_all:", "assignments.add:")
    await story.taps(teacher, "assignments.problems:", "content.item:")
    due = teacher.said.last.locator('[data-button^="content.dates"]').filter(has_text="শেষ সময়")
    await due.click()
    await until_settled(story.database)
    await story.says(teacher, "আগামীকাল সন্ধ্যা ৬টা")
    await teacher.hears("সন্ধ্যা ৬:০০")
    await story.taps(teacher, "content.set_date", "content.publish:")
    await teacher.hears("প্রকাশ")
    await story.keeps("assignment.png")


async def join_and_hand_in(story: Story) -> None:
    rafi = await story.turn_to(STUDENT)
    code = await story.database.fetchval("select join_code from classes")
    await rafi.starts()
    await story.taps(rafi, "register.language:bn", "register.name", "register.code")
    await story.says(rafi, code.lower())
    await story.taps(rafi, "register.class:none")
    await story.says(rafi, "/assignments")
    await rafi.hears("প্রথম অ্যাসাইনমেন্ট")
    await story.taps(rafi, "submissions.assignment", "submissions.problem")
    await rafi.hears("একটি বাসে n জন যাত্রী")
    await story.says(rafi, BROKEN)
    await story.taps(rafi, "attempts.run")
    await story.judged(rafi, "prnt")
    await story.keeps("error.png")
    await story.says(rafi, WRONG)
    await story.taps(rafi, "attempts.run")
    await story.judged(rafi, "উত্তর মেলেনি")
    await story.says(rafi, RIGHT)
    await story.taps(rafi, "attempts.submit")
    await story.judged(rafi, "ঠিক হয়েছে")
    await rafi.hears("১০০")
    await story.keeps("verdict.png")


async def test_from_a_new_class_to_a_verdict_in_bengali(tmp_path: Path, pictures: Path) -> None:
    async with a_story(tmp_path / "home", pictures) as story:
        database = story.database
        await make_a_class(story)
        await upload_a_problem(story)
        await set_an_assignment(story)
        await join_and_hand_in(story)
        rows = await database.fetch(
            "select a.type, j.verdict from submission_attempts a join judgings j"
            " on j.attempt_id = a.id order by a.attempt_number"
        )
        assert [tuple(row) for row in rows] == [
            ("test_run", "runtime_error"),
            ("test_run", "fail"),
            ("final_submission", "pass"),
        ]
        entries = await database.fetch("select score_obtained, max_score from gradebook_entries")
        assert [tuple(row) for row in entries] == [(100, 100)]
