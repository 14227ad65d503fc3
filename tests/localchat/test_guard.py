"""No web page from elsewhere reaches the chat."""

import aiohttp
import pytest

from localchat.people import People, Person
from localchat.server import LocalChat
from tests.localchat.conftest import TOKEN

PATHS = ["/api/bots", "/control/calls", f"/bot{TOKEN}/getMe", "/api/events"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
async def test_a_name_that_is_not_this_machines_is_refused(
    session: aiohttp.ClientSession, path: str, host: str
) -> None:
    async with session.get(path, headers={"Host": host}) as response:
        assert response.status == 403


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    ],
)
async def test_another_sites_page_is_refused(
    session: aiohttp.ClientSession, path: str, headers: dict[str, str]
) -> None:
    async with session.get(path, headers=headers) as response:
        assert response.status == 403


async def test_a_form_from_elsewhere_changes_nothing(
    session: aiohttp.ClientSession, people: People
) -> None:
    headers = {"Origin": "https://evil.example"}
    body = {"first_name": "Mallory"}
    async with session.post("/api/people", json=body, headers=headers) as response:
        assert response.status == 403
    assert (await people.call("GET", "/api/people"))[0] == []


async def test_the_own_page_is_let_in(session: aiohttp.ClientSession, chat: LocalChat) -> None:
    headers = {"Origin": chat.url, "Sec-Fetch-Site": "same-origin"}
    async with session.post("/api/people", json={"first_name": "R"}, headers=headers) as response:
        assert response.status == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "example.com"])
async def test_only_the_loopback_is_listened_on(host: str) -> None:
    with pytest.raises(ValueError, match="loopback"):
        await LocalChat(None, {}).start(host)


async def test_hostile_names_and_texts_are_escaped(people: People, chat: LocalChat) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    person = await people.join(hostile)
    said = await person.says(hostile)
    assert said.html == "&lt;img src=x onerror=alert(1)&gt;"
    assert (await person.says('"><script>alert(1)</script> /x')).html == (
        "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
        ' <span class="tg-command">/x</span>'
    )  # fmt: skip


async def test_a_hostile_file_is_only_ever_a_download(
    session: aiohttp.ClientSession, rahim: Person
) -> None:
    page = b"<script>alert(1)</script>"
    for mime in ("text/html", "image/svg+xml", "application/xhtml+xml"):
        sent = await rahim.sends_document("page.html", page, mime=mime)
        async with session.get(f"/api/chats/1000/{rahim.id}/files/{sent.document}") as response:
            assert response.content_type == "application/octet-stream"
            assert response.headers["Content-Disposition"] == "attachment"
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert await response.read() == page
