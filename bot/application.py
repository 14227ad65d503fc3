"""The python-telegram-bot application: which update takes which route, and what errors mean."""

from contextvars import ContextVar
from dataclasses import replace
from typing import Any

from telegram import Chat, MessageEntity, Update
from telegram.ext import Application, ApplicationBuilder, BaseHandler, CallbackContext
from telegram.request import BaseRequest

from bot import handlers
from bot.handlers import people
from bot.routes import Route, routes, split
from bot.turn import Turn
from domain.errors import Refusal
from domain.people import registration

CURRENT: ContextVar[Turn] = ContextVar("CURRENT")
"""The turn of the update that is being processed; each update has a context of its own."""

Match = tuple[Route, str]


def build(token: str, api_url: str, request: BaseRequest, updates: BaseRequest) -> Any:
    """An application without updater, queue or persistence: intake and sender do their work.

    `updates` is a second request, so that a long poll never waits behind a message.
    """
    if not handlers.__all__:
        raise ValueError("no handlers")
    application: Any = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{api_url.rstrip('/')}/bot")
        .base_file_url(f"{api_url.rstrip('/')}/file/bot")
        .request(request)
        .get_updates_request(updates)
        .updater(None)
        .job_queue(None)
        .build()
    )
    for find in (_button, _command, _text, _document, _event):
        application.add_handler(RouteHandler(find))
    application.add_error_handler(_remember)
    return application


class RouteHandler(BaseHandler[Update, CallbackContext[Any, Any, Any, Any], None]):
    """Finds the route of an update by looking it up, not by asking every route in turn."""

    def __init__(self, find: Any) -> None:
        super().__init__(_take)
        self._find = find

    def check_update(self, update: object) -> Match | None:
        """PTB's question: is this update yours?"""
        if not isinstance(update, Update) or not _is_private(update):
            return None
        match: Match | None = self._find(update)
        return match

    def collect_additional_context(
        self,
        context: CallbackContext[Any, Any, Any, Any],  # noqa: ARG002 - PTB's signature
        update: Update,  # noqa: ARG002
        application: Application[Any, Any, Any, Any, Any, Any],  # noqa: ARG002
        check_result: object,
    ) -> None:
        turn = CURRENT.get()
        if isinstance(check_result, tuple):
            turn.route, turn.argument = check_result


async def _take(_update: Update, _context: CallbackContext[Any, Any, Any, Any]) -> None:
    turn = CURRENT.get()
    if turn.route is not None:
        await dispatch(turn, turn.route)


async def _remember(_update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
    """PTB swallows a handler's error; the turn must not be committed after one."""
    CURRENT.get().failure = context.error


async def dispatch(turn: Turn, route: Route) -> None:
    """Meets whoever acted, makes sure that they may, and lets the handler work."""
    if turn.maybe_person is None:
        admins = turn.environment.first_admins
        turn.meet(await registration.meet(turn.work, turn.who, admins))
    await _keep_current(turn)
    person = turn.person
    if not person.registered and (not route.strangers or route in routes.events.values()):
        await people.carry_on(turn)
    elif person.role not in route.roles:
        raise Refusal("not a thing of this role", "people.not_allowed")
    else:
        await route.handler(turn)


async def _keep_current(turn: Turn) -> None:
    """Who writes has not blocked the bot, and is called what Telegram calls them now."""
    changes: dict[str, Any] = {}
    if turn.person.blocked_bot:
        changes["blocked_bot_at"] = None
    if turn.person.username != turn.who.username:
        changes["username"] = turn.who.username
    if changes:
        await turn.work.people.update_user(turn.person.id, changes)
        turn.meet(replace(turn.person, blocked_bot=False, username=turn.who.username))


def _is_private(update: Update) -> bool:
    chat = update.effective_chat
    return chat is not None and chat.type == Chat.PRIVATE


def _button(update: Update) -> Match | None:
    query = update.callback_query
    if query is None:
        return None
    name, argument = split(query.data or "")
    route = routes.buttons.get(name)
    return (route, argument) if route else (routes.events["button"], "")


def _command(update: Update) -> Match | None:
    """`/name` or `/name@bot` at the beginning of a message, and what stands behind it."""
    message = update.message
    if message is None or not message.text or not message.text.startswith("/"):
        return None
    first = message.entities[0] if message.entities else None
    if first is None or first.type != MessageEntity.BOT_COMMAND or first.offset != 0:
        return None
    word, _, argument = message.text.partition(" ")
    name = word[1 : first.length].partition("@")[0].lower()
    route = routes.commands.get(name)
    return (route, argument.strip()) if route else (routes.events["command"], name)


def _text(update: Update) -> Match | None:
    """A text goes where the conversation stands."""
    message = update.message
    if message is None or not message.text:
        return None
    route = routes.steps.get(CURRENT.get().conversation.step or "")
    return (route, "") if route else (routes.events["text"], "")


def _document(update: Update) -> Match | None:
    """A file or picture goes where the conversation stands; where none is awaited, it is an
    event."""
    message = update.message
    if message is None or (message.document is None and not message.photo):
        return None
    awaited = routes.documents if message.document is not None else routes.photos
    route = awaited.get(CURRENT.get().conversation.step or "")
    return (route, "") if route else None


def _event(update: Update) -> Match | None:
    if update.edited_message is not None:
        return routes.events["edited"], ""
    if update.message is not None:
        return routes.events["other"], ""
    member = update.my_chat_member
    if member is not None:
        left = member.new_chat_member.status in {"kicked", "left"}
        return routes.events["went_away" if left else "came_back"], ""
    return None
