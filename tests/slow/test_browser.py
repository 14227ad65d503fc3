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
from tests.slow.running import RunningDars

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
COLOURS = 128

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(180),
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is missing: apt-get install chromium"),
]


class Column:
    """One person's chat on the page."""

    def __init__(self, page: Page, person: int) -> None:
        self.page = page
        self._column = page.locator(f'section[data-person="{person}"]')

    async def starts(self) -> None:
        await self._column.locator('[data-action="start"]').click()

    async def types(self, text: str) -> None:
        box = self._column.locator('[data-input="text"]')
        await box.fill(text)
        await self._column.locator('[data-action="send"]').click()

    async def taps(self, route: str) -> None:
        buttons = self._column.locator(f'[data-button^="{route}"]')
        await buttons.last.click()

    async def hears(self, part: str) -> None:
        said = self._column.locator('article[data-out="false"]', has_text=part)
        await expect(said.last).to_be_visible(timeout=15_000)

    async def offers(self, route: str, count: int = 1) -> None:
        await expect(self._column.locator(f'[data-button^="{route}"]')).to_have_count(
            count, timeout=15_000
        )

    async def sees_pictures(self, count: int) -> None:
        pictures = self._column.locator("[data-photo][data-loaded]")
        await expect(pictures).to_have_count(count, timeout=15_000)


@asynccontextmanager
async def page_of(browser: Browser, url: str, size: tuple[int, int]) -> AsyncIterator[Page]:
    """A page whose console must stay free of errors."""
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce"
    )
    page = await context.new_page()
    page.on("console", note)
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.goto(url)
    await expect(page.locator('html[data-connection="online"]')).to_have_count(1, timeout=15_000)
    yield page
    assert errors == []
    await context.close()


async def keep(page: Page, name: str, folder: Path) -> None:
    """A screenshot in few colours: it stands in the README."""
    taken = Image.open(io.BytesIO(await page.screenshot()))
    taken.convert("RGB").quantize(COLOURS).save(folder / name, optimize=True)


async def answer_right(column: Column, database: asyncpg.Connection) -> None:
    right: str = await database.fetchval(
        "select p.answer from practice_items i join problems p on p.id = i.problem_id"
        " join practice_sessions s on s.id = i.session_id"
        " where s.status = 'in_progress' and i.state = 'waiting' order by i.position limit 1"
    )
    before = await database.fetchval("select count(*) from responses")
    await column.types(right.translate(BENGALI))
    await expect_count(database, before + 1)


async def expect_count(database: asyncpg.Connection, responses: int) -> None:
    while await database.fetchval("select count(*) from responses") < responses:
        pass


async def test_a_class_7_student_registers_and_practises_in_bengali(tmp_path: Path) -> None:
    pictures = ROOT / "docs" / "pictures" if os.environ.get("DARS_PICTURES") else tmp_path
    pictures.mkdir(exist_ok=True)
    dars = RunningDars(tmp_path / "home")
    await dars.start()
    database = await dars.database()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        async with page_of(browser, dars.url, PHONE) as page:
            await page.locator(f'[data-person-tab="{STUDENT}"]').click()
            rafi = Column(page, STUDENT)
            await rafi.starts()
            await rafi.offers("register.language", 2)
            await rafi.taps("register.language:bn")
            await rafi.taps("register.name")
            await rafi.hears("কোন শ্রেণিতে")
            await rafi.taps("register.class:7")
            await rafi.taps("practice.begin")
            await rafi.offers("practice.hint")
            await rafi.taps("practice.hint")
            await rafi.offers("practice.hint", 2)
            await keep(page, "question.png", pictures)
            await rafi.types("-৯৯৯৯")
            await rafi.offers("practice.hint", 3)
            await answer_right(rafi, database)
            await rafi.offers("practice.report", 2)
            await keep(page, "second-try.png", pictures)
            for _ in range(4):
                await answer_right(rafi, database)
            await rafi.offers("practice.streak")
            await keep(page, "summary.png", pictures)
            await rafi.types("/streak")
            await rafi.sees_pictures(1)
            await keep(page, "streak.png", pictures)
        async with page_of(browser, dars.url, DESK) as page:
            for person in (TEACHER, ADMIN):
                column = Column(page, person)
                await column.starts()
                await column.taps("register.language:en")
                await column.taps("register.name")
                await column.taps("register.class:none")
                await column.hears("All set")
            await Column(page, ADMIN).types("/health")
            await Column(page, STUDENT).types("/progress")
            await Column(page, STUDENT).sees_pictures(2)
            await Column(page, ADMIN).hears("0.1.0")
            await keep(page, "side-by-side.png", pictures)
        await browser.close()
    assert await database.fetchval("select status from practice_sessions") == "completed"
    assert await database.fetchval("select problems_correct from practice_sessions") == 5
    await database.close()
    assert await dars.stop() == 0
