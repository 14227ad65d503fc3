"""Photos, documents and voice notes, in both directions."""

import io
from datetime import timedelta

import aiohttp
import pytest
from PIL import Image
from telegram import Bot, InputMediaDocument, InputMediaPhoto

from localchat.people import PeopleError, Person
from tests.localchat.conftest import TOKEN, RawCall, refused

FAILED_FIRST = (
    'failed to send message #1 with the error message "Wrong file identifier/HTTP URL specified"'
)


def picture(width: int = 900, height: int = 600, kind: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(buffer, kind)
    return buffer.getvalue()


async def test_a_photo_gets_telegrams_sizes(bot: Bot, rahim: Person) -> None:
    sent = await bot.send_photo(rahim.id, picture(), "<b>Progress</b>", parse_mode="HTML")
    assert [(size.width, size.height) for size in sent.photo] == [
        (90, 60), (320, 213), (800, 533), (900, 600),
    ]  # fmt: skip
    seen = await rahim.hears("Progress")
    assert seen.html == "<b>Progress</b>"
    with Image.open(io.BytesIO(await rahim.downloads(seen))) as shown:
        assert (shown.format, shown.size) == ("JPEG", (900, 600))


async def test_a_document_keeps_its_name_and_bytes(bot: Bot, rahim: Person) -> None:
    sent = await bot.send_document(rahim.id, b"a,b\n", "marks", filename="নম্বর.csv")
    assert sent.document is not None
    assert sent.document.file_name == "নম্বর.csv"
    seen = await rahim.hears("marks")
    assert (seen.file_name, await rahim.downloads(seen)) == ("নম্বর.csv", b"a,b\n")


async def test_a_file_can_be_sent_again_by_its_id(bot: Bot, rahim: Person) -> None:
    sent = await bot.send_document(rahim.id, b"once", filename="x.txt")
    assert sent.document is not None
    again = await bot.send_document(rahim.id, sent.document.file_id, caption="again")
    assert again.document == sent.document
    assert await rahim.downloads(await rahim.hears("again")) == b"once"


async def test_the_bot_fetches_what_a_person_sends(bot: Bot, rahim: Person) -> None:
    await rahim.sends_document("answer.py", b"print(1)", "my /code")
    await rahim.sends_voice(b"OggS...", duration=3)
    await rahim.sends_photo(picture(2000, 1000))
    await rahim.sends_sticker()
    _, document, voice, photo, sticker = [each.message for each in await bot.get_updates()]
    assert document is not None
    assert document.document is not None
    assert (document.caption, document.document.file_name) == ("my /code", "answer.py")
    file = await bot.get_file(document.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"print(1)"
    assert voice is not None
    assert voice.voice is not None
    assert (voice.voice.duration, voice.voice.mime_type) == (
        timedelta(seconds=3),
        "audio/ogg",
    )
    heard = await bot.get_file(voice.voice.file_id)
    assert bytes(await heard.download_as_bytearray()) == b"OggS..."
    assert photo is not None
    assert max(size.width for size in photo.photo) == 1280
    assert sticker is not None
    assert sticker.sticker is not None


async def test_an_album_arrives_as_messages_of_one_group(bot: Bot, rahim: Person) -> None:
    media = [InputMediaPhoto(picture(), caption="first"), InputMediaPhoto(picture(40, 40))]
    sent = await bot.send_media_group(rahim.id, media)
    assert len({message.media_group_id for message in sent}) == 1
    assert sent[0].media_group_id is not None
    assert [bool(message.photo) for message in sent] == [True, True]
    await rahim.hears("first")


async def test_a_voice_note_from_the_bot(bot: Bot, rahim: Person) -> None:
    sent = await bot.send_voice(rahim.id, b"OggS", caption="listen", duration=2)
    assert sent.voice is not None
    assert (await rahim.hears("listen")).voice == sent.voice.file_id


async def test_a_caption_can_be_edited(bot: Bot, rahim: Person) -> None:
    sent = await bot.send_photo(rahim.id, picture(), "old")
    await bot.edit_message_caption(
        rahim.id, sent.message_id, caption="<u>new</u>", parse_mode="HTML"
    )
    seen = await rahim.hears("new")
    assert (seen.html, seen.photo is not None) == ("<u>new</u>", True)


async def test_files_over_the_limits_are_refused(
    bot: Bot, call: RawCall, rahim: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("localchat.files.MAX_PHOTO", 100)
    monkeypatch.setattr("localchat.files.MAX_FILE", 100)
    monkeypatch.setattr("localchat.methods.media.MAX_DOWNLOAD", 50)
    with pytest.raises(PeopleError, match="too big for a photo; the maximum size is 100 bytes"):
        await rahim.sends_photo(picture())
    with pytest.raises(PeopleError, match="file of size 101 bytes is too big"):
        await rahim.sends_document("x", b"x" * 101)
    sent = await rahim.sends_document("x", b"x" * 51)
    assert refused(await call("getFile", file_id=sent.document)) == (
        400, "Bad Request: file is too big",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "file must be non-empty"),
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (picture(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_what_is_no_photo_is_refused(rahim: Person, content: bytes, words: str) -> None:
    with pytest.raises(PeopleError, match=words):
        await rahim.sends_photo(content)


@pytest.mark.parametrize(
    ("method", "values", "words"),
    [
        ("sendPhoto", {}, "there is no photo in the request"),
        ("sendDocument", {"document": "attach://x"}, "there is no document in the request"),
        ("sendVoice", {"voice": "AwACnope"}, "wrong file identifier/HTTP URL specified"),
        ("sendMediaGroup", {"media": []}, "there are no messages to send"),
        ("sendMediaGroup", {"media": [{"type": "photo", "media": "x"}] * 2},
         FAILED_FIRST),
        ("sendMediaGroup", {"media": [{"type": "photo"}]}, "media not found"),
        ("sendMediaGroup", {"media": [{"type": "audio"}, {"type": "video"}]},
         "audio can't be mixed with other media types"),
        ("sendMediaGroup", {"media": [{"type": "photo", "media": "x"}] * 11},
         "too many messages to send as an album"),
        ("sendMediaGroup", {"media": [{"type": "poll"}]},
         "can't parse InputMedia: unsupported type specified"),
        ("sendMediaGroup", {"media": [{"type": "photo"}, {"type": "document"}]},
         "document can't be mixed with other media types"),
        ("sendPhoto", {"photo": "x", "caption": "x" * 1025}, "message caption is too long"),
        ("getFile", {"file_id": "x"}, "wrong file_id or the file is temporarily unavailable"),
        ("getFile", {}, "file_id not specified"),
    ],
)  # fmt: skip
async def test_a_wrong_file_is_refused(
    call: RawCall, rahim: Person, method: str, values: dict[str, object], words: str
) -> None:
    answer = await call(method, **{"chat_id": rahim.id, **values})
    assert refused(answer) == (400, f"Bad Request: {words}")


async def test_a_document_is_not_a_photo(bot: Bot, call: RawCall, rahim: Person) -> None:
    sent = await bot.send_document(rahim.id, b"x")
    assert sent.document is not None
    answer = await call("sendPhoto", chat_id=rahim.id, photo=sent.document.file_id)
    words = "Bad Request: can't use file of type Document as Photo"
    assert refused(answer) == (400, words)
    text = await call("editMessageText", chat_id=rahim.id, message_id=sent.message_id, text="x")
    assert refused(text) == (400, "Bad Request: there is no text in the message to edit")


async def test_a_document_album(bot: Bot, rahim: Person) -> None:
    media = [InputMediaDocument(b"1", filename="1.txt"), InputMediaDocument(b"2", filename="2.txt")]
    sent = await bot.send_media_group(rahim.id, media)
    assert [each.document.file_name for each in sent if each.document] == ["1.txt", "2.txt"]


async def test_files_are_fetched_with_the_right_token_only(bot: Bot, rahim: Person) -> None:
    message = await rahim.sends_document("x.txt", b"x")
    file = await bot.get_file(message.file_id or "")
    assert file.file_path is not None
    assert TOKEN in file.file_path
    async with aiohttp.ClientSession() as session:
        async with session.get(file.file_path.replace(TOKEN, "1000:wrong")) as response:
            assert response.status == 401
        async with session.get(file.file_path + "x") as response:
            assert response.status == 404
