"""parse_mode HTML: Telegram's small dialect, with Telegram's refusals.

Tags nest, attributes are quoted or bare, and a text that does not follow the rules is
refused as a whole. Error offsets are bytes of UTF-8, as Telegram reports them.
"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from localchat.entities import units
from localchat.refusals import Refusal, bad_request

Json = dict[str, Any]

_SIMPLE = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler", "pre": "pre", "code": "code",
}  # fmt: skip
_TAGS = frozenset({*_SIMPLE, "a", "blockquote", "tg-emoji", "tg-time"})
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPECIAL = re.compile(r"[<&]")
_REFERENCE = re.compile(r"&(?:#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,10}))|([A-Za-z]{1,5}));?")
_SPACE = " \t\n\v\f\r"
_BARE_VALUE = re.compile(r"[A-Za-z0-9.\-]*")


@dataclass(slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    start: int


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The plain text of `source` and its entities; refuses what Telegram refuses."""
    parser = _Parser(source)
    parser.run()
    return "".join(parser.pieces), parser.entities


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.pieces: list[str] = []
        self.length = 0
        self.opened: list[_Open] = []
        self.entities: list[Json] = []

    def run(self) -> None:
        while (match := _SPECIAL.search(self.source, self.at)) is not None:
            self._write(self.source[self.at : match.start()])
            self.at = match.start()
            if match.group() == "&":
                self._reference()
            elif self.source.startswith("/", self.at + 1):
                self._close()
            else:
                self._open()
        self._write(self.source[self.at :])
        if self.opened:
            tag = self.opened[-1].tag
            raise _malformed(f'Can\'t find end tag corresponding to start tag "{tag}"')
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)  # it means nothing outside of a pre

    def _write(self, text: str) -> None:
        if text:
            self.pieces.append(text)
            self.length += units(text)

    def _reference(self) -> None:
        character, self.at = _decoded(self.source, self.at)
        self._write(character)

    def _open(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._until(f"{_SPACE}>").lower()
        if self.at >= len(self.source):
            raise _malformed(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        if tag not in _TAGS:
            raise _malformed(f'Unsupported start tag "{tag}" at byte offset {self._bytes(begin)}')
        attributes = self._attributes(tag, begin)
        self.at += 1
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _malformed(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}'
            )
        self.opened.append(_Open(tag, attributes, self.length))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self._skip_space(tag, begin)
            if self.source[self.at] == ">":
                return found
            name = self._until(f"{_SPACE}=>").lower()
            if not name:
                where = self._bytes(begin)
                raise _malformed(f'Empty attribute name in the tag "{tag}" at byte offset {where}')
            self._skip_space(tag, begin)
            if self.source[self.at] == "=":
                self.at += 1
                self._skip_space(tag, begin)
                found[name] = self._value(begin)
            elif tag == "blockquote" and name == "expandable":
                found[name] = ""
            else:
                raise _malformed(
                    f'Expected equal sign in declaration of an attribute of the tag "{tag}"'
                    f" at byte offset {self._bytes(begin)}"
                )

    def _value(self, begin: int) -> str:
        quote = self.source[self.at]
        if quote not in "\"'":
            match = _BARE_VALUE.match(self.source, self.at)
            value = match.group() if match else ""
            token = self.at
            self.at += len(value)
            if self.source[self.at : self.at + 1] not in (*_SPACE, ">"):
                raise _malformed(
                    f"Unexpected end of name token at byte offset {self._bytes(token)}"
                )
            return value.lower()
        stop = self.source.find(quote, self.at + 1)
        if stop < 0:
            raise _malformed(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        raw = self.source[self.at + 1 : stop]
        self.at = stop + 1
        return _unescaped(raw)

    def _close(self) -> None:
        begin = self.at
        if not self.opened:
            raise _malformed(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        self.at += 2
        tag = self._until(f"{_SPACE}>").lower()
        while self.at < len(self.source) and self.source[self.at] in _SPACE:
            self.at += 1
        if not self.source.startswith(">", self.at):
            raise _malformed(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        self.at += 1
        opened = self.opened.pop()
        if tag and tag != opened.tag:
            raise _malformed(
                f"Unmatched end tag at byte offset {self._bytes(begin)},"
                f' expected "</{opened.tag}>", found "</{tag}>"'
            )
        if self.length > opened.start:
            self._add(opened)

    def _add(self, opened: _Open) -> None:
        entity: Json = {
            "type": _SIMPLE.get(opened.tag, opened.tag),
            "offset": opened.start,
            "length": self.length - opened.start,
        }
        if opened.tag == "a":
            entity |= self._link(opened)
        elif opened.tag == "blockquote":
            entity["type"] = (
                "expandable_blockquote" if "expandable" in opened.attributes else "blockquote"
            )
        elif opened.tag == "tg-emoji":
            entity |= _emoji(opened)
        elif opened.tag == "tg-time":
            entity |= _time(opened)
        elif opened.tag == "code":
            entity |= _language(opened)
        elif opened.tag == "pre":
            self._take_language(entity)
        if entity["type"] != "a":
            self.entities.append(entity)

    def _link(self, opened: _Open) -> Json:
        """A link's type and address; nothing when it leads nowhere and stays plain text."""
        shown = "".join(self.pieces)
        href = opened.attributes.get("href") or _slice(shown, opened.start)
        url = link_address(href)
        return {} if url is None else {"type": "text_link", "url": url}

    def _take_language(self, pre: Json) -> None:
        """A code with a language that fills the whole pre hands it to the pre."""
        if not self.entities or self.entities[-1]["type"] != "code":
            return
        code = self.entities[-1]
        if (code["offset"], code["length"]) == (pre["offset"], pre["length"]):
            self.entities.pop()
            if "language" in code:
                pre["language"] = code["language"]

    def _until(self, stops: str) -> str:
        begin = self.at
        while self.at < len(self.source) and self.source[self.at] not in stops:
            self.at += 1
        return self.source[begin : self.at]

    def _skip_space(self, tag: str, begin: int) -> None:
        while self.at < len(self.source) and self.source[self.at] in _SPACE:
            self.at += 1
        if self.at >= len(self.source):
            raise _malformed(f'Unclosed start tag "{tag}" at byte offset {self._bytes(begin)}')

    def _bytes(self, index: int) -> int:
        return len(self.source[:index].encode())


def link_address(href: str) -> str | None:
    """The address that a link leads to, written out; None when it leads nowhere."""
    address = href.strip()
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", address):
        address = f"http://{address}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme in ("tg", "ton", "mailto", "tel"):
        return address
    if parts.scheme not in ("http", "https") or re.search(r"\s", address):
        return None
    if "." not in host.strip(".") and host != "localhost":
        return None
    return f"{address}/" if not parts.path and not parts.query and not parts.fragment else address


def _slice(text: str, start: int) -> str:
    return text.encode("utf-16-le")[start * 2 :].decode("utf-16-le")


def _language(opened: _Open) -> Json:
    name = opened.attributes.get("class", "")
    return {"language": name[9:]} if name.startswith("language-") and len(name) > 9 else {}


def _emoji(opened: _Open) -> Json:
    identifier = opened.attributes.get("emoji-id", "")
    if not identifier.isascii() or not identifier.isdigit():
        raise bad_request("invalid custom emoji identifier specified")
    return {"type": "custom_emoji", "custom_emoji_id": identifier}


def _time(opened: _Open) -> Json:
    unix, shape = opened.attributes.get("unix", ""), opened.attributes.get("format", "")
    if shape not in ("r", "R") and not set(shape) <= set("tTdDwW"):
        raise bad_request("invalid date-time format specified")
    if not unix.isascii() or not unix.isdigit() or int(unix) == 0:
        raise bad_request("invalid date specified")
    shown = {"date_time_format": shape} if shape else {}
    return {"type": "date_time", "unix_time": int(unix), **shown}


def _decoded(source: str, at: int) -> tuple[str, int]:
    """The character that the reference at `at` stands for; an & that is none stands for itself."""
    match = _REFERENCE.match(source, at)
    if match is None:
        return "&", at + 1
    hexadecimal, decimal, name = match.groups()
    if name is not None:
        character = _NAMED.get(name.lower())
    else:
        code = int(hexadecimal, 16) if hexadecimal else int(decimal)
        if 0xD800 <= code <= 0xDFFF:
            raise _malformed(
                "Text contains invalid Unicode characters after decoding HTML entities, check for"
                " unmatched surrogate code units"
            )
        character = chr(code) if 0 < code <= 0x10FFFF else None
    return ("&", at + 1) if character is None else (character, match.end())


def _unescaped(raw: str) -> str:
    pieces: list[str] = []
    at = 0
    while (next_at := raw.find("&", at)) >= 0:
        character, after = _decoded(raw, next_at)
        pieces += [raw[at:next_at], character]
        at = after
    return "".join([*pieces, raw[at:]])


def _malformed(words: str) -> Refusal:
    return bad_request(f"can't parse entities: {words}")
