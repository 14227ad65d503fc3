"""What a Bot API call was given, however it was sent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from localchat.refusals import Refusal, bad_request

_TRUE = frozenset({"true", "1", "yes", "y", "t"})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Parameters:
    """Values as sent: JSON types from a JSON body, strings from a form."""

    values: Mapping[str, Any]
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """A string; numbers count as strings, as they do for Telegram."""
        value = self.values.get(name)
        if value is None or isinstance(value, bool | list | dict):
            return None
        text = str(value)
        if not text.isascii():
            encodable(text)
        return text

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; what is not one counts as 0, as it does for Telegram."""
        value = self.values.get(name)
        if value is None:
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            return 0

    def boolean(self, name: str) -> bool:
        """True for the words that Telegram takes for true."""
        value = self.values.get(name)
        return value is True or str(value).strip().lower() in _TRUE

    def structure(self, name: str, what: str) -> Any:
        """A JSON value, which a form carries as text; `what` names it in the refusal."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        return parsed(value, f"can't parse {what} JSON object")


def encodable(text: str) -> str:
    """`text`, refused when half a surrogate pair is in it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    return text


def parsed(source: str, words: str) -> Any:
    """The JSON in `source`; refused with `words` when it is none, or holds half a character."""
    try:
        value = json.loads(source)
    except (ValueError, RecursionError):
        raise bad_request(words) from None
    if "\\ud" in source or "\\uD" in source:
        encodable(json.dumps(value, ensure_ascii=False))
    return value


async def read_parameters(request: web.Request) -> Parameters:
    """The parameters of a call from its address and its body."""
    query = dict(request.query)
    if not request.can_read_body:
        return Parameters(query)
    kind = request.content_type
    try:
        if kind == "application/json":
            return Parameters({**query, **_json_object(await request.read())})
        if kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
            return await _form(request, query)
    except web.HTTPRequestEntityTooLarge:
        raise Refusal(413, "Request Entity Too Large") from None
    return Parameters(query)


def _json_object(body: bytes) -> dict[str, Any]:
    if not body:
        return {}
    words = "can't parse request JSON object"
    try:
        source = body.decode()
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    values = parsed(source, words)
    if not isinstance(values, dict):
        raise bad_request(words)
    return values


async def _form(request: web.Request, query: Mapping[str, Any]) -> Parameters:
    values: dict[str, Any] = dict(query)
    files: dict[str, Upload] = {}
    try:
        form = await request.post()
    except ValueError:
        raise bad_request("can't parse request body") from None
    for name, value in form.items():
        if isinstance(value, FileField):
            with value.file as file:
                files[name] = Upload(value.filename, value.content_type, file.read())
        elif isinstance(value, str):
            values[name] = value
        else:
            values[name] = bytes(value).decode("utf-8", "replace")
    return Parameters(values, files)
