"""The chat page in a real browser: a class 7 student registers and practises in Bengali."""

import io
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
from PIL import Image
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright, expect

from runtime.settings import ROOT
from tests.practising import waiting
from tests.slow.running import running_dars, until_settled

CHROMIUM = shutil.which("chromium")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESK = (390, 844), (1440, 900)
STUDENT, TEACHER, ADMIN = 7001, 7002, 7003
BENGALI = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
PATIENCE_MS = 15_000
COLOURS = 128
LARGEST_PICTURE_BYTES = 150_000

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(180),
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is missing: apt-get install chromium"),
]

expect.set_options(timeout=PATIENCE_MS)


class Column:
    """One person's chat on the page, and what they do there."""

    def __init__(self, page: Page, person: int) -> None:
        self.page = page
        self._column = page.locator(f'section[data-person="{person}"]')
        self.said = self._column.locator('article[data-out="false"]')

    async def starts(self) -> None:
        await self._column.locator('[data-action="start"]').click()

    async def types(self, text: str) -> None:
        await self._column.locator('[data-input="text"]').fill(text)
        await self._column.locator('[data-action="send"]').click()
        mine = self._column.locator('article[data-out="true"]').last
        await expect(mine).to_contain_text(text)

    async def taps(self, data: str) -> None:
        """The newest button whose data begins like this."""
        await self._column.locator(f'[data-button^="{data}"]').last.click()
        await expect(self._column.locator('[data-waiting="true"]')).to_have_count(0)

    async def hears(self, part: str) -> None:
        """The newest message of the bot has these words; its buttons do not count."""
        await expect(self.said.last.locator(".bubble")).to_contain_text(part)

    async def hears_next(self, part: str, heard: int) -> None:
        """One more message than before has come, with these words."""
        await expect(self.said).to_have_count(heard + 1)
        await self.hears(part)

    async def sees_next_picture(self, heard: int) -> None:
        await expect(self.said).to_have_count(heard + 1)
        await expect(self.said.last.locator("[data-photo][data-loaded]")).to_be_visible()


@asynccontextmanager
async def page_of(browser: Browser, url: str, size: tuple[int, int]) -> AsyncIterator[Page]:
    """A page whose console must stay free of errors."""
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        reduced_motion="reduce",
        timezone_id="Asia/Dhaka",
    )
    page = await context.new_page()
    page.on("console", note)
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.goto(url)
    await expect(page.locator('html[data-connection="online"]')).to_have_count(1)
    yield page
    assert errors == []
    await context.close()


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where screenshots go: into the documentation only when somebody asks for new ones."""
    folder = ROOT / "docs" / "pictures" if os.environ.get("DARS_PICTURES") else tmp_path
    folder.mkdir(exist_ok=True)
    return folder


async def keep(page: Page, file: Path) -> None:
    """A screenshot in few colours, since it stands in the README."""
    await page.evaluate("document.fonts.ready")
    await page.mouse.move(0, 0)
    taken = Image.open(io.BytesIO(await page.screenshot()))
    taken.convert("RGB").quantize(COLOURS).save(file, optimize=True)
    assert file.stat().st_size < LARGEST_PICTURE_BYTES


async def answer_right(column: Column, database: asyncpg.Connection, then: str) -> None:
    await until_settled(database)
    right = (await waiting(database)).right
    heard = await column.said.count()
    await column.types(right.translate(BENGALI))
    await column.hears_next(then, heard)


async def register_in_bengali(rafi: Column) -> None:
    await rafi.starts()
    await rafi.hears("কোন ভাষায়")
    await rafi.taps("register.language:bn")
    await rafi.hears("নাম")
    await rafi.taps("register.name")
    await rafi.hears("কোন শ্রেণি")
    await rafi.taps("register.class:7")


async def register_in_english(column: Column) -> None:
    await column.starts()
    await column.taps("register.language:en")
    await column.hears("name")
    await column.taps("register.name")
    await column.taps("register.class:none")
    await column.hears("All set")


async def practise_on_a_phone(page: Page, database: asyncpg.Connection, pictures: Path) -> None:
    rafi = Column(page, STUDENT)
    await register_in_bengali(rafi)
    await rafi.taps("practice.begin")
    await rafi.hears("১/৫")
    heard = await rafi.said.count()
    await rafi.taps("practice.hint")
    await rafi.hears_next("ইঙ্গিত", heard)
    await keep(page, pictures / "question.png")
    heard = await rafi.said.count()
    await rafi.types((await waiting(database)).wrong.translate(BENGALI))
    await expect(rafi.said).to_have_count(heard + 1)
    await expect(rafi.said.last.locator('[data-button^="practice.solution"]')).to_be_visible()
    await answer_right(rafi, database, "২/৫")
    await keep(page, pictures / "second-try.png")
    for following in ("৩/৫", "৪/৫", "৫/৫", "✅ ✅ ✅ ✅ ✅"):
        await answer_right(rafi, database, following)
    await keep(page, pictures / "summary.png")
    heard = await rafi.said.count()
    await rafi.taps("practice.streak")
    await rafi.sees_next_picture(heard)
    await keep(page, pictures / "streak.png")


async def look_at_the_service_and_at_progress(page: Page) -> None:
    admin, rafi = Column(page, ADMIN), Column(page, STUDENT)
    heard = await admin.said.count()
    await admin.types("/health")
    await admin.hears_next("How the service is", heard)
    await admin.hears("Updates waiting: 0")
    heard = await rafi.said.count()
    await rafi.types("/progress")
    await rafi.sees_next_picture(heard)


async def test_a_class_7_student_registers_and_practises_in_bengali(
    tmp_path: Path, pictures: Path
) -> None:
    async with (
        running_dars(tmp_path / "home") as dars,
        dars.database() as database,
        async_playwright() as playwright,
        await playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES) as browser,
    ):
        async with page_of(browser, dars.url, PHONE) as page:
            await page.locator(f'[data-person-tab="{STUDENT}"]').click()
            await practise_on_a_phone(page, database, pictures)
        tries = await database.fetch("select is_correct, hints_used from responses order by id")
        assert [tuple(row) for row in tries] == [(False, 1), (True, 1)] + 4 * [(True, 0)]
        rows = await database.fetch("select status, problems_correct from practice_sessions")
        assert [tuple(row) for row in rows] == [("completed", 5)]
        async with page_of(browser, dars.url, DESK) as page:
            for person in (TEACHER, ADMIN):
                await register_in_english(Column(page, person))
            await look_at_the_service_and_at_progress(page)
            await keep(page, pictures / "side-by-side.png")
