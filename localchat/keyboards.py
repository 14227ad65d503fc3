"""reply_markup: checked as Telegram checks it."""

import re
from collections.abc import Iterator
from typing import Any

from localchat.html_parser import link_address
from localchat.refusals import bad_request

Json = dict[str, Any]

MAX_BUTTONS = 100
_ACTIONS = (
    "callback_data", "url", "web_app", "login_url", "switch_inline_query",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "copy_text",
    "callback_game", "pay",
)  # fmt: skip


def checked_markup(markup: Any) -> Json | None:
    """The markup of a new message, or None for none at all."""
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return _inline(markup["inline_keyboard"])
    if "keyboard" in markup:
        return _reply(markup)
    if markup.get("remove_keyboard") is True:
        return {"remove_keyboard": True}
    if markup.get("force_reply") is True:
        return dict(markup)
    return None


def checked_inline(markup: Any) -> Json | None:
    """The markup of an edit, which can only be an inline keyboard."""
    checked = checked_markup(markup)
    if checked is not None and "inline_keyboard" not in checked:
        raise bad_request("inline keyboard expected")
    return checked


def callback_data(markup: Json | None) -> Iterator[str]:
    """Everything that the buttons of an inline keyboard send when pressed."""
    for row in (markup or {}).get("inline_keyboard", ()):
        for button in row:
            if "callback_data" in button:
                yield button["callback_data"]


def _inline(rows: Any) -> Json | None:
    words = "can't parse inline keyboard button"
    checked = [[_button(button) for button in row] for row in _rows(rows, words)]
    checked = [row for row in checked if row]
    if sum(map(len, checked)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": checked} if checked else None


def _rows(rows: Any, words: str) -> list[list[Any]]:
    if not isinstance(rows, list):
        raise bad_request(f"{words}: expected an Array of Array")
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(f"{words}: expected an Array of Buttons")
    return rows


def _button(button: Any) -> Json:
    words = "can't parse inline keyboard button"
    if not isinstance(button, dict):
        raise bad_request(f"{words}: expected an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request(f'{words}: Can\'t find field "text"')
    if not text.strip():
        raise bad_request("BUTTON_TEXT_EMPTY")
    actions = [action for action in _ACTIONS if button.get(action) is not None]
    if not actions:
        raise bad_request(f"{words}: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(f"{words}: only one action is allowed for a button")
    looks = {name: button[name] for name in ("style", "icon_custom_emoji_id") if name in button}
    if looks.get("style", "primary") not in ("primary", "success", "danger"):
        raise bad_request("invalid button style specified")
    return {"text": text, actions[0]: _action(actions[0], button[actions[0]]), **looks}


def _action(action: str, value: Any) -> Any:
    if action == "callback_data" and (
        not isinstance(value, str) or not 1 <= len(value.encode("utf-8", "replace")) <= 64
    ):
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "url":
        address = link_address(value) if isinstance(value, str) else None
        if address is None:
            raise bad_request("BUTTON_URL_INVALID")
        return address
    if action == "web_app":
        address = value.get("url") if isinstance(value, dict) else None
        if not isinstance(address, str) or not re.match("https://", address):
            raise bad_request("BUTTON_URL_INVALID")
    return value


def _reply(markup: Json) -> Json | None:
    words = "can't parse keyboard button"
    rows: list[list[Json]] = []
    for row in _rows(markup["keyboard"], words):
        buttons = [{"text": button} if isinstance(button, str) else button for button in row]
        for button in buttons:
            if not isinstance(button, dict) or not isinstance(button.get("text"), str):
                raise bad_request(f'{words}: Can\'t find field "text"')
            if not button["text"].strip():
                raise bad_request("KEYBOARD_BUTTON_TEXT_EMPTY")
        if buttons:
            rows.append(buttons)
    if sum(map(len, rows)) > MAX_BUTTONS * 3:
        raise bad_request("reply markup is too long")
    return {**markup, "keyboard": rows} if rows else None
