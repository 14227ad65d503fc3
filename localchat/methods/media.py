"""Sending files, and fetching them."""

from typing import Any

from localchat.files import MAX_DOWNLOAD, keep_file, known_file
from localchat.methods.call import Call, Method
from localchat.methods.messages import caption_content, post, replied, send
from localchat.parameters import Upload
from localchat.refusals import Refusal, bad_request

Json = dict[str, Any]

MAX_ALBUM = 10
_ALBUM_KINDS = ("photo", "document", "video", "audio")


async def send_photo(call: Call) -> Json:
    """Post a picture."""
    return await _send_file(call, "photo")


async def send_document(call: Call) -> Json:
    """Post a file as it is."""
    return await _send_file(call, "document")


async def send_voice(call: Call) -> Json:
    """Post a voice note."""
    return await _send_file(call, "voice")


async def _send_file(call: Call, kind: str) -> Json:
    chat = call.open_chat()
    caption = caption_content(
        call.parameters.text("caption"),
        call.parameters.text("parse_mode"),
        call.parameters.structure("caption_entities", "entities"),
    )
    duration = call.parameters.integer("duration")
    shown = await _file(call, kind, kind, call.parameters.text(kind), duration)
    return send(call, chat, {**shown, **caption}).body


async def _file(call: Call, kind: str, field: str, named: str | None, duration: int = 0) -> Json:
    """The file in a field of the call: uploaded there, attached elsewhere, or known by id."""
    upload: Upload | None = call.parameters.files.get(field)
    if named is not None and named.startswith("attach://"):
        upload = call.parameters.files.get(named.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f"there is no {kind} in the request")
    if upload is not None:
        return await keep_file(call.world, call.bot, kind, upload, duration)
    if not named:
        raise bad_request(f"there is no {kind} in the request")
    return known_file(call.world, call.bot, kind, named)


async def send_media_group(call: Call) -> list[Json]:
    """Post several files as one album."""
    chat = call.open_chat()
    media = call.parameters.structure("media", "media")
    if not isinstance(media, list) or not media:
        raise bad_request("there are no messages to send")
    if len(media) > MAX_ALBUM:
        raise bad_request("too many messages to send as an album")
    _check_mixture(media)
    contents = [await _item(call, item, number) for number, item in enumerate(media, 1)]
    album = {"media_group_id": str(chat.bot.next_message_id * 1_000_003)} if media[1:] else {}
    head = {**replied(call, chat), **album}
    return [post(call, chat, {**head, **content}, None).body for content in contents]


def _check_mixture(media: list[Any]) -> None:
    kinds = [item.get("type") if isinstance(item, dict) else None for item in media]
    if not all(kind in _ALBUM_KINDS for kind in kinds):
        raise bad_request("can't parse InputMedia: unsupported type specified")
    for kind in ("document", "audio"):
        if kind in kinds and any(other != kind for other in kinds):
            raise bad_request(f"{kind} can't be mixed with other media types")


async def _item(call: Call, item: Json, number: int) -> Json:
    named = item.get("media")
    if not isinstance(named, str):
        raise bad_request("media not found")
    given = item.get("caption_entities")
    caption = caption_content(item.get("caption"), item.get("parse_mode"), given)
    try:
        return {**await _file(call, item["type"], "media", named), **caption}
    except Refusal as refusal:
        words = refusal.description.removeprefix("Bad Request: ")
        shown = f"{words[0].upper()}{words[1:]}"
        raise bad_request(
            f'failed to send message #{number} with the error message "{shown}"'
        ) from None


async def get_file(call: Call) -> Json:
    """Where a file can be fetched; 20 MB at most."""
    file_id = call.parameters.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    file = call.world.files.get(file_id)
    if file is None or file.bot_id != call.bot.id:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file.size > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    shown = file.content[file.kind]
    sizes = shown if isinstance(shown, list) else [shown]
    unique = next(size["file_unique_id"] for size in sizes if size["file_id"] == file_id)
    return {
        "file_id": file_id,
        "file_unique_id": unique,
        "file_size": file.size,
        "file_path": file.path,
    }


METHODS = (
    Method("sendPhoto", send_photo, sends=True),
    Method("sendDocument", send_document, sends=True),
    Method("sendVoice", send_voice, sends=True),
    Method("sendMediaGroup", send_media_group, sends=True),
    Method("getFile", get_file),
)
