"""How a call may be sent."""

import io
import json
from typing import Any

import aiohttp
import pytest

from localchat.people import Person
from tests.localchat.conftest import TOKEN, RawCall, refused

SEND = f"/bot{TOKEN}/sendMessage"


async def text_of(response: aiohttp.ClientResponse) -> Any:
    return (await response.json())["result"]["text"]


async def test_json_forms_files_and_addresses_all_carry_parameters(
    session: aiohttp.ClientSession, rahim: Person
) -> None:
    values = {"chat_id": str(rahim.id), "text": "প্রশ্ন", "disable_notification": "true"}
    async with session.get(SEND, params=values) as response:
        assert await text_of(response) == "প্রশ্ন"
    async with session.post(SEND, data=values) as response:
        assert await text_of(response) == "প্রশ্ন"
    with aiohttp.MultipartWriter("form-data") as form:
        for name, value in values.items():
            form.append(value).set_content_disposition("form-data", name=name)
        async with session.post(SEND, data=form) as response:
            assert await text_of(response) == "প্রশ্ন"
    async with session.post(f"/bot{TOKEN}/getme", data=b"") as response:
        assert response.status == 200


@pytest.mark.parametrize("body", [b"[", b"[]", b"5", b"[" * 100_000])
async def test_a_body_that_is_no_object_is_refused(
    session: aiohttp.ClientSession, body: bytes
) -> None:
    headers = {"Content-Type": "application/json"}
    async with session.post(SEND, data=body, headers=headers) as response:
        assert response.status == 400
        assert (await response.json())["description"].startswith("Bad Request: can't parse")


async def test_half_a_character_is_refused_wherever_it_stands(
    call: RawCall, session: aiohttp.ClientSession, rahim: Person
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "\ud800", "callback_data": "x"}]]}
    words = "Bad Request: strings must be encoded in UTF-8"
    answer = await call("sendMessage", chat_id=rahim.id, text="x", reply_markup=keyboard)
    assert refused(answer) == (400, words)
    form = {"chat_id": str(rahim.id), "text": "x", "reply_markup": json.dumps(keyboard)}
    async with session.post(SEND, data=form) as response:
        assert refused((response.status, await response.json())) == (400, words)
    headers = {"Content-Type": "application/json"}
    async with session.post(SEND, data=b'{"text": "\xff"}', headers=headers) as response:
        assert refused((response.status, await response.json())) == (400, words)


@pytest.mark.parametrize(
    ("method", "values"),
    [
        ("sendMessage", {"text": "x", "reply_parameters": {"message_id": ["x"]}}),
        ("sendMessage", {"text": "x", "entities": [{"type": []}]}),
        ("sendMediaGroup", {"media": [{"type": {}}]}),
        ("sendMediaGroup", {"media": [{"type": "photo", "media": "x", "caption": 5}]}),
        ("sendMediaGroup", {"media": [{"type": "photo", "media": "x", "parse_mode": [1]}]}),
        ("setMyCommands", {"commands": [], "scope": {"type": []}}),
        ("setChatMenuButton", {"menu_button": [5]}),
    ],
)
async def test_nonsense_is_refused_and_not_a_fault_of_the_server(
    call: RawCall, rahim: Person, method: str, values: dict[str, Any]
) -> None:
    code, words = refused(await call(method, **{"chat_id": rahim.id, **values}))
    assert (code, words.startswith("Bad Request: ")) == (400, True)


async def test_a_broken_form_is_refused(session: aiohttp.ClientSession) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    async with session.post(SEND, data=b"nonsense", headers=headers) as response:
        assert response.status == 400


async def test_an_upload_beyond_all_limits_is_refused(
    session: aiohttp.ClientSession, rahim: Person
) -> None:
    form = aiohttp.FormData({"chat_id": str(rahim.id)})
    form.add_field("document", io.BytesIO(bytes(52 * 1024 * 1024)), filename="large.bin")
    async with session.post(f"/bot{TOKEN}/sendDocument", data=form) as response:
        assert response.status == 413
        assert (await response.json())["description"] == "Request Entity Too Large"


async def test_numbers_and_words_are_read_as_telegram_reads_them(
    call: RawCall, rahim: Person
) -> None:
    assert (await call("sendMessage", chat_id=str(rahim.id), text=5))[1]["result"]["text"] == "5"
    words = "Bad Request: message to edit not found"
    answer = await call("editMessageText", chat_id=rahim.id, message_id="five", text="x")
    assert refused(answer) == (400, words)
    protected = await call("sendMessage", chat_id=rahim.id, text="x", protect_content="True")
    assert protected[1]["result"]["has_protected_content"] is True
    gone = {"message_id": 99, "allow_sending_without_reply": True}
    assert (await call("sendMessage", chat_id=rahim.id, text="x", reply_parameters=gone))[0] == 200
