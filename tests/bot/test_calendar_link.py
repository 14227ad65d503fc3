"""A phone's calendar reads somebody's calendar by a link: over HTTP, as the phone does it."""

import asyncio
import logging
import re
import socket
from collections.abc import AsyncIterator
from datetime import timedelta
from hashlib import sha256

import aiohttp
import pytest
from icalendar import Calendar
from structlog.testing import capture_logs

from localchat.people import Person
from tests.bot.conftest import Dars
from tests.bot.test_story import register, say, tap, tap_route
from tests.bot.test_student_work import campus

SECRET = "s3cret_of_the_webhook"
NOBODYS = "A" * 32
LINK = re.compile(r"http://127\.0\.0\.1:\d+/calendar/([\w-]{32})\.ics")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


async def served(dars: Dars, **settings: object) -> Dars:
    """The bot with a public address: its own."""
    port = free_port()
    here = f"http://127.0.0.1:{port}"
    changed = {"public_url": here, "webhook_port": port, **settings}
    dars.settings = type(dars.settings)(**{**dars.settings.model_dump(), **changed})
    await dars.start()
    return dars


@pytest.fixture
async def public(idle_dars: Dars) -> Dars:
    return await served(idle_dars)


@pytest.fixture
async def phone() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def link_of(dars: Dars, person: Person) -> str:
    await say(dars, person, "/calendar")
    await tap(dars, person, "calendar.link")
    await tap(dars, person, "calendar.new_link")
    found = LINK.search(person.last.text)
    assert found is not None, person.transcript()
    return found[0]


async def test_a_phone_reads_what_is_due_and_asks_again_for_nothing(
    public: Dars, phone: aiohttp.ClientSession
) -> None:
    place = await campus(public)
    rafi = await place.student()
    due = public.clock.now + timedelta(days=3)
    await place.homework(due=due, called="Loops")
    url = await link_of(public, rafi)
    async with phone.get(url) as answer:
        assert answer.status == 200
        assert answer.content_type == "text/calendar"
        assert answer.headers["Cache-Control"].startswith("private")
        etag, changed = answer.headers["ETag"], answer.headers["Last-Modified"]
        first = await answer.read()
    [event] = Calendar.from_ical(first).walk("VEVENT")
    assert "Loops" in str(event["summary"])
    assert event.decoded("dtstart") == due
    async with phone.head(url) as answer:
        assert (answer.status, await answer.read()) == (200, b"")
        assert answer.headers["ETag"] == etag
    public.clock.move(minutes=30)
    for known in ({"If-None-Match": etag}, {"If-Modified-Since": changed}):
        async with phone.get(url, headers=known) as answer:
            assert (answer.status, await answer.read()) == (304, b"")
            assert answer.headers["ETag"] == etag
    await place.homework(due=due, called="Lists", slug="lists")
    for known in ({"If-None-Match": etag}, {"If-Modified-Since": changed}):
        async with phone.get(url, headers=known) as answer:
            assert answer.status == 200
            assert "Lists" in await answer.text()
            assert answer.headers["ETag"] != etag


def kept_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


async def found_in(dars: Dars, table: str, text: str) -> int:
    """In how many rows it stands."""
    found: int = await dars.value(
        f'select count(*) from "{table}" t where strpos(t::text, $1) > 0', text
    )
    return found


async def test_the_link_is_shown_once_and_only_its_hash_is_kept(public: Dars) -> None:
    rafi = await register(public, "Rafi", "en")
    await say(public, rafi, "/calendar")
    await tap(public, rafi, "calendar.link")
    assert "Whoever has the link can read your calendar" in rafi.last.text
    url = await link_of(public, rafi)
    token = url.rpartition("/")[2].removesuffix(".ics")
    assert await found_in(public, "calendar_links", kept_of(token)) == 1
    await say(public, rafi, "/calendar")
    await tap(public, rafi, "calendar.link")
    assert "You have a link, made on 22 November" in rafi.last.text
    assert token not in rafi.last.text
    await say(public, rafi, "/export")
    assert kept_of(token) not in (await rafi.downloads(rafi.last)).decode()
    for table in await public.rows("select tablename from pg_tables where schemaname = 'public'"):
        assert await found_in(public, table["tablename"], token) == 0, table["tablename"]


async def test_a_new_link_and_switching_off_and_an_erasure_end_the_old_one(
    public: Dars, phone: aiohttp.ClientSession
) -> None:
    rafi = await register(public, "Rafi", "en")

    async def status(url: str) -> int:
        async with phone.get(url) as answer:
            return answer.status

    first = await link_of(public, rafi)
    second = await link_of(public, rafi)
    assert (await status(first), await status(second)) == (404, 200)
    await tap_route(public, rafi, "calendar.drop_link")
    assert await status(second) == 404
    third = await link_of(public, rafi)
    await public.rows("update users set is_active = false")
    assert await status(third) == 404
    await public.rows("update users set is_active = true")
    assert await status(third) == 200
    await public.rows("delete from users")
    assert await status(third) == 404


async def test_whatever_is_no_link_gets_the_same_answer(
    public: Dars, phone: aiohttp.ClientSession
) -> None:
    rafi = await register(public, "Rafi", "en")
    revoked = (await link_of(public, rafi)).rpartition("/")[2]
    await tap_route(public, rafi, "calendar.drop_link")
    paths = [
        f"/calendar/{NOBODYS}.ics",
        f"/calendar/{revoked}",
        "/calendar/x.ics",
        "/calendar/%00%ff%ed%a0%80.ics",
        "/calendar/" + "a" * 4000 + ".ics",
        f"/calendar/{NOBODYS}",
        "/calendar/",
        "/",
        "/telegram",
        "/.git/config",
    ]
    answers = set()
    for path in paths:
        async with phone.get(f"{public.settings.public_url}{path}") as answer:
            told = {name: value for name, value in answer.headers.items() if name != "Date"}
            answers.add((answer.status, await answer.text(), str(sorted(told.items()))))
    assert len(answers) == 1
    assert answers.pop()[:2] == (404, "Not found\n")
    url = f"{public.settings.public_url}/calendar/{NOBODYS}.ics"
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        async with phone.request(method, url) as answer:
            assert answer.status == 404


@pytest.mark.parametrize("known", [True, False])
async def test_a_link_that_is_asked_too_often_has_to_wait(
    public: Dars, phone: aiohttp.ClientSession, known: bool
) -> None:
    rafi = await register(public, "Rafi", "en")
    url = await link_of(public, rafi)
    if not known:
        url = f"{public.settings.public_url}/calendar/{NOBODYS}.ics"

    async def asked() -> tuple[int, str | None]:
        async with phone.get(url) as answer:
            return answer.status, answer.headers.get("Retry-After")

    served_as = 200 if known else 404
    assert [await asked() for _ in range(10)] == [(served_as, None)] * 10
    assert await asked() == (429, "60")
    other = await link_of(public, rafi)
    async with phone.get(other) as answer:
        assert answer.status == 200, "another link is another's"
    public.clock.move(seconds=20)
    assert await asked() == (429, "40")
    public.clock.move(seconds=40)
    assert (await asked())[0] == (404 if known else served_as), "once more; revoked meanwhile"
    assert await asked() == (429, "60")


async def test_no_token_is_ever_logged_whatever_goes_wrong(
    public: Dars, phone: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    rafi = await register(public, "Rafi", "en")
    url = await link_of(public, rafi)
    token = url.rpartition("/")[2].removesuffix(".ics")
    caplog.set_level(logging.DEBUG)
    with capture_logs() as logged:
        async with phone.get(url) as answer:
            assert answer.status == 200
        await public.rows("alter table calendar_events rename to hidden")
        async with phone.get(url) as answer:
            assert answer.status == 500
            assert token not in await answer.text()
        await broken_off(public, f"GET /calendar/{token}.ics HTTP/1.1 and more\r\n\r\n")
        await broken_off(public, f"GET /calendar/{token}.ics HTTP/1.1\r\nBad\x00: {token}\r\n\r\n")
    assert any(one["event"] == "a calendar could not be written" for one in logged)
    assert token not in str(logged)
    assert "a request failed: BadStatusLine" in caplog.text
    assert token not in caplog.text


async def broken_off(dars: Dars, request: str) -> None:
    """Bytes that are no request of HTTP."""
    reader, writer = await asyncio.open_connection("127.0.0.1", dars.settings.webhook_port)
    writer.write(request.encode())
    await reader.read()
    writer.close()
    await writer.wait_closed()


async def test_the_webhook_and_calendars_share_a_listener(
    idle_dars: Dars, phone: aiohttp.ClientSession
) -> None:
    port = free_port()
    here = f"http://127.0.0.1:{port}"
    dars = await served(
        idle_dars,
        telegram_mode="webhook",
        webhook_url=here,
        webhook_secret=SECRET,
        webhook_port=port,
        public_url=here,
    )
    rafi = await register(dars, "Rafi", "en")
    async with phone.get(await link_of(dars, rafi)) as answer:
        assert answer.status == 200
    async with phone.post(f"{here}/telegram", json={"update_id": 1}) as answer:
        assert answer.status == 403


async def test_without_a_public_address_there_is_no_link_and_nobody_listens(dars: Dars) -> None:
    rafi = await register(dars, "Rafi", "en")
    await say(dars, rafi, "/calendar")
    assert "calendar.link" not in str(rafi.last.buttons)
    for route in ("calendar.link", "calendar.new_link"):
        await tap_route(dars, rafi, route)
    assert await dars.value("select count(*) from calendar_links") == 0
    assert dars.process is not None
