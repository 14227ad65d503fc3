"""Files in messages: what kinds there are, how large, and how they are shown."""

import asyncio
import io
import secrets
from typing import Any

from PIL import Image

from localchat.parameters import Upload
from localchat.records import Bot, File
from localchat.refusals import bad_request
from localchat.world import World

Json = dict[str, Any]

MAX_FILE = 50 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_SIDES = 10_000
MAX_RATIO = 20
PHOTO_SIDES = (90, 320, 800, 1280)
_FOLDERS = {
    "photo": "photos", "document": "documents", "voice": "voice", "sticker": "stickers",
    "video": "videos", "audio": "music",
}  # fmt: skip
_PREFIXES = {
    "photo": "AgACAgUAAxkB", "document": "BQACAgUAAxkB", "voice": "AwACAgUAAxkB",
    "sticker": "CAACAgUAAxkB", "video": "BAACAgUAAxkB", "audio": "CQACAgUAAxkB",
}  # fmt: skip


async def keep_file(world: World, bot: Bot, kind: str, upload: Upload, duration: int = 0) -> Json:
    """Keep an uploaded file; returns the part of a message that shows it.

    `duration` (seconds) is told of voice notes, videos and music.
    """
    if kind not in _FOLDERS:
        raise bad_request(f"the kinds of file are {', '.join(_FOLDERS)}")
    size = len(upload.content)
    if size == 0:
        raise bad_request("file must be non-empty")
    if kind == "photo":
        return await _keep_photo(world, bot, upload)
    if size > MAX_FILE:
        raise bad_request(f"file of size {size} bytes is too big; the maximum size is {MAX_FILE}")
    mime = _mime(upload, kind)
    file_id, unique_id = _identifiers(kind)
    shown: Json = {"file_id": file_id, "file_unique_id": unique_id, "file_size": size}
    shown |= _details(kind, upload, mime, duration)
    path = _path(world, kind, upload.name)
    file = File(file_id, bot.id, kind, path, mime, size, {kind: shown})
    world.save_file(file, upload.content)
    return file.content


def _details(kind: str, upload: Upload, mime: str, duration: int) -> Json:
    if kind == "voice":
        return {"duration": duration, "mime_type": mime}
    if kind == "sticker":
        return {
            "type": "regular", "width": 512, "height": 512, "is_animated": False,
            "is_video": False, "emoji": "👍",
        }  # fmt: skip
    named: Json = {"file_name": upload.name or "file", "mime_type": mime}
    if kind == "video":
        named |= {"width": 640, "height": 360}
    return {**named, "duration": duration} if kind in ("video", "audio") else named


async def _keep_photo(world: World, bot: Bot, upload: Upload) -> Json:
    size = len(upload.content)
    if size > MAX_PHOTO:
        raise bad_request(
            f"file of size {size} bytes is too big for a photo; the maximum size is"
            f" {MAX_PHOTO} bytes"
        )
    scaled = await asyncio.to_thread(_scaled, upload.content)
    sizes: list[Json] = []
    files: list[tuple[File, bytes]] = []
    content: Json = {"photo": sizes}
    for width, height, picture in scaled:
        file_id, unique_id = _identifiers("photo")
        sizes.append(
            {
                "file_id": file_id,
                "file_unique_id": unique_id,
                "file_size": len(picture),
                "width": width,
                "height": height,
            }
        )
        path = _path(world, "photo", "photo.jpg", len(files))
        file = File(file_id, bot.id, "photo", path, "image/jpeg", len(picture), content)
        files.append((file, picture))
    for file, picture in files:
        world.save_file(file, picture)
    return content


def _scaled(content: bytes) -> list[tuple[int, int, bytes]]:
    """A picture as JPEG in the sizes that Telegram makes, smallest first."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            width, height = picture.size
            if width + height > MAX_SIDES or max(width, height) > MAX_RATIO * min(width, height):
                raise bad_request("PHOTO_INVALID_DIMENSIONS")
            flat = picture.convert("RGBA")
            whole = Image.new("RGB", flat.size, "white")
            whole.paste(flat, mask=flat)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    longest = max(width, height)
    sides = [side for side in PHOTO_SIDES if side < longest] + [min(longest, PHOTO_SIDES[-1])]
    made = []
    for side in dict.fromkeys(sides):
        smaller = whole.copy()
        smaller.thumbnail((side, side))
        buffer = io.BytesIO()
        smaller.save(buffer, "JPEG", quality=87)
        made.append((*smaller.size, buffer.getvalue()))
    return made


def known_file(world: World, bot: Bot, kind: str, file_id: str) -> Json:
    """The part of a message that shows a file which the bot has sent or got before."""
    file = world.files.get(file_id)
    if file is None or file.bot_id != bot.id:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.title()} as {kind.title()}")
    return file.content


def _identifiers(kind: str) -> tuple[str, str]:
    return _PREFIXES[kind] + secrets.token_urlsafe(36), "AQAD" + secrets.token_urlsafe(9)


def _path(world: World, kind: str, name: str, further: int = 0) -> str:
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if kind == "voice":
        suffix = "oga"
    shown = f".{suffix}" if suffix.isascii() and suffix.isalnum() else ""
    return f"{_FOLDERS[kind]}/file_{len(world.files) + further}{shown}"


def _mime(upload: Upload, kind: str) -> str:
    given = upload.mime.lower().split(";")[0].strip()
    if kind == "voice":
        return given if given.startswith("audio/") else "audio/ogg"
    if kind == "sticker":
        return "image/webp"
    return given or "application/octet-stream"
