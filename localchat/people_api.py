"""The people's side over HTTP, for the chat page and the tests."""

import re
from typing import Any

from aiohttp import hdrs, web
from aiohttp.web_request import FileField

from localchat import acts
from localchat.botapi import json_response
from localchat.events import shown
from localchat.files import keep_file
from localchat.methods.profile import described, resolved_commands, resolved_menu_button
from localchat.parameters import Upload, encodable
from localchat.records import Chat, Message, Person
from localchat.refusals import Refusal, bad_request
from localchat.world import World

Json = dict[str, Any]

HEARTBEAT_SECONDS = 15.0
EVENT_HEADER = "X-Event"
_SHOWN_INLINE = re.compile(r"(image/(jpeg|png|gif|webp)|audio/[\w.+-]+|video/[\w.+-]+)")


class PeopleApi:
    """Handlers under /api; each answers JSON, and errors as the Bot API does."""

    def __init__(self, world: World) -> None:
        self.world = world

    def routes(self) -> list[web.RouteDef]:
        """All paths of the people's side."""
        chat = r"/api/chats/{bot:\d+}/{person:\d+}"
        return [
            web.get("/api/bots", self.bots),
            web.get("/api/people", self.people),
            web.post("/api/people", self.join),
            web.get("/api/events", self.events),
            web.get(chat, self.read),
            web.post(f"{chat}/messages", self.say),
            web.post(f"{chat}/edits", self.edit),
            web.post(f"{chat}/files", self.send_file),
            web.get(f"{chat}/files/{{file}}", self.download),
            web.post(f"{chat}/presses", self.press),
            web.get(f"{chat}/presses/{{query}}", self.pressed),
            web.post(f"{chat}/block", self.block),
            web.post(f"{chat}/unblock", self.unblock),
        ]

    async def bots(self, _request: web.Request) -> web.Response:
        """Every bot."""
        return json_response([described(bot) for bot in self.world.bots.values()])

    async def people(self, _request: web.Request) -> web.Response:
        """Every person."""
        return json_response([person.record() for person in self.world.people.values()])

    async def join(self, request: web.Request) -> web.Response:
        """Add a person, or change the one whose id is given."""
        body = await _body(request)
        first_name = _text(body, "first_name").strip()
        if not first_name:
            raise bad_request("first_name is empty")
        optional = {
            name: _text(body, name).strip() or None
            for name in ("last_name", "username", "language_code")
        }
        number = body.get("id")
        if number is None:
            number = self.world.new_person_id()
        if not isinstance(number, int) or not 0 < number < 1 << 52 or number in self.world.bots:
            raise bad_request("id must be a number that no bot has")
        username = optional["username"]
        if username and any(
            other.username == username and other.id != number
            for other in self.world.people.values()
        ):
            raise bad_request("username is taken")
        person = self.world.people.get(number)
        if person is None:
            person = Person(number, first_name, **optional)
        else:
            person.first_name = first_name
            person.last_name = optional["last_name"]
            person.username = optional["username"]
            person.language_code = optional["language_code"]
        return self._answer(self.world.add_person(person).record())

    async def read(self, request: web.Request) -> web.Response:
        """A chat as it is now; `event` numbers the last event that it includes."""
        chat = self._chat(request)
        return json_response(
            {
                "messages": [_shown(message) for message in chat.messages.values()],
                "commands": resolved_commands(chat),
                "menu_button": resolved_menu_button(chat),
                "typing": chat.typing_until > self.world.clock.now(),
                "blocked": chat.blocked,
                "pinned": chat.pinned,
                "reply_keyboard": chat.reply_keyboard,
                "event": self.world.hub.number,
            }
        )

    async def say(self, request: web.Request) -> web.Response:
        """Send a text."""
        body, chat = await _body(request), self._chat(request)
        replies = body.get("reply_to_message_id") is not None
        reply_to = _number(body, "reply_to_message_id") if replies else None
        message = acts.says(self.world, chat, _text(body, "text"), reply_to)
        return self._answer(_shown(message))

    async def edit(self, request: web.Request) -> web.Response:
        """Change an own message."""
        body, chat = await _body(request), self._chat(request)
        message = acts.edits(self.world, chat, _number(body, "message_id"), _text(body, "text"))
        return self._answer(_shown(message))

    async def send_file(self, request: web.Request) -> web.Response:
        """Send a file of some kind; multipart with kind, caption and file."""
        chat = self._chat(request)
        try:
            form = await request.post()
        except web.HTTPRequestEntityTooLarge:
            raise Refusal(413, "Request Entity Too Large") from None
        except ValueError:
            raise bad_request("can't parse request body") from None
        file = form.get("file")
        if not isinstance(file, FileField):
            raise bad_request("there is no file in the request")
        with file.file as opened:
            upload = Upload(file.filename, file.content_type, opened.read())
        kind, caption = str(form.get("kind", "document")), str(form.get("caption", ""))
        seconds = str(form.get("duration", "0"))
        duration = int(seconds) if seconds.isascii() and seconds.isdigit() else 0
        content = await keep_file(self.world, chat.bot, kind, upload, duration)
        return self._answer(_shown(acts.sends_file(self.world, chat, content, caption)))

    async def download(self, request: web.Request) -> web.Response:
        """The bytes of a file in this chat; what a browser could run comes as a download."""
        chat = self._chat(request)
        file = self.world.files.get(request.match_info["file"])
        if file is None or file.bot_id != chat.bot.id:
            raise Refusal(404, "Not Found")
        inline = _SHOWN_INLINE.fullmatch(file.mime) is not None
        headers = {
            hdrs.CONTENT_DISPOSITION: "inline" if inline else "attachment",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        }
        return web.Response(
            body=self.world.journal.read_bytes(file.file_id),
            content_type=file.mime if inline else "application/octet-stream",
            headers=headers,
        )

    async def press(self, request: web.Request) -> web.Response:
        """Press a button."""
        body, chat = await _body(request), self._chat(request)
        number, data = _number(body, "message_id"), _text(body, "data")
        query = acts.presses(self.world, chat, number, data)
        return self._answer({"callback_query_id": query.id})

    async def pressed(self, request: web.Request) -> web.Response:
        """What has become of a pressed button."""
        chat = self._chat(request)
        query = self.world.queries.get(request.match_info["query"])
        if query is None or (query.bot_id, query.person_id) != (chat.bot.id, chat.person.id):
            raise Refusal(404, "Not Found")
        return json_response(
            {"answered": query.answered, "text": query.text, "show_alert": query.show_alert}
        )

    async def block(self, request: web.Request) -> web.Response:
        """Block the bot."""
        acts.blocks(self.world, self._chat(request), blocked=True)
        return self._answer({"blocked": True})

    async def unblock(self, request: web.Request) -> web.Response:
        """Take the block away."""
        acts.blocks(self.world, self._chat(request), blocked=False)
        return self._answer({"blocked": False})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Everything that happens, as Server-Sent Events."""
        after = request.headers.get("Last-Event-ID") or request.query.get("after", "")
        response = web.StreamResponse(
            headers={hdrs.CACHE_CONTROL: "no-store", "X-Content-Type-Options": "nosniff"}
        )
        response.content_type = "text/event-stream"
        await response.prepare(request)
        stream = self.world.hub.stream(
            _digits(after),
            _digits(request.query.get("bot", "")),
            _digits(request.query.get("person", "")),
            HEARTBEAT_SECONDS,
        )
        try:
            async for chunk in stream:
                await response.write(chunk)
        except ConnectionError:
            return response
        return response

    def _chat(self, request: web.Request) -> Chat:
        bot = self.world.bots.get(int(request.match_info["bot"]))
        person = self.world.people.get(int(request.match_info["person"]))
        if bot is None or person is None:
            raise Refusal(404, "Not Found")
        return self.world.chat(bot, person)

    def _answer(self, body: Any) -> web.Response:
        """The answer to an act; a header numbers the last event up to and with the act."""
        number = self.world.hub.number
        self.world.journal.flush()
        response = json_response(body)
        response.headers[EVENT_HEADER] = str(number)
        return response


def _shown(message: Message) -> Json:
    return shown(message.body, message.out)


def _digits(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


async def _body(request: web.Request) -> Json:
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise bad_request("the body must be a JSON object")
    return body


def _text(body: Json, name: str) -> str:
    value = body.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise bad_request(f"{name} must be a string")
    return encodable(value)


def _number(body: Json, name: str) -> int:
    value = body.get(name)
    if not isinstance(value, int):
        raise bad_request(f"{name} must be a number")
    return value
