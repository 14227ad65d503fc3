"""A message as a person sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it stood at one moment.

    `text` is the text or the caption, `buttons` maps the labels of the inline keyboard to
    the data that they send; `file_id` is the largest photo, the document or the voice note.
    """

    message_id: int
    out: bool
    text: str
    html: str
    buttons: Mapping[str, str]
    links: Mapping[str, str]
    photo: str | None
    document: str | None
    file_name: str | None
    voice: str | None
    edited: bool
    reply_to: int | None
    raw: Json

    @property
    def file_id(self) -> str | None:
        """The message's file, if it has one."""
        return self.photo or self.document or self.voice

    @classmethod
    def of(cls, body: Json) -> "Message":
        """The record of a message from the people's side."""
        rows = body.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = [button for row in rows for button in row]
        document, replied = body.get("document", {}), body.get("reply_to_message", {})
        return cls(
            message_id=body["message_id"],
            out=body["out"],
            text=str(body.get("text") or body.get("caption") or ""),
            html=body["html"],
            buttons={b["text"]: b["callback_data"] for b in buttons if "callback_data" in b},
            links={b["text"]: b["url"] for b in buttons if "url" in b},
            photo=body["photo"][-1]["file_id"] if "photo" in body else None,
            document=document.get("file_id"),
            file_name=document.get("file_name"),
            voice=body.get("voice", {}).get("file_id"),
            edited="edit_date" in body,
            reply_to=replied.get("message_id"),
            raw=body,
        )

    def shown(self) -> str:
        """The message in a line or a few, for a person to read."""
        who = "person" if self.out else "bot"
        file = "".join(f" [{kind}]" for kind in ("photo", "document", "voice") if kind in self.raw)
        edited = " (edited)" if self.edited else ""
        buttons = "".join(f"\n      [{label}] {data}" for label, data in self.buttons.items())
        return f"  {self.message_id} {who}{edited}:{file} {self.text!r}{buttons}"
