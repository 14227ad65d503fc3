"""Fetching updates, and having them delivered."""

import re
from typing import Any
from urllib.parse import urlsplit

from localchat.methods.call import Call, Method
from localchat.records import Webhook
from localchat.refusals import bad_request, conflict

Json = dict[str, Any]

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


async def get_me(call: Call) -> Json:
    """The bot itself."""
    return {
        **call.bot.user(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(call: Call) -> list[Json]:
    """The updates from `offset` on, waiting for the first if there is none."""
    if call.bot.webhook is not None:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete"
            " the webhook first"
        )
    _allow(call)
    parameters = call.parameters
    return await call.world.queues[call.bot.id].poll(
        parameters.integer("offset"),
        parameters.integer("limit", 100),
        parameters.integer("timeout"),
    )


def _allow(call: Call) -> None:
    kinds = call.parameters.structure("allowed_updates", "allowed updates")
    if not isinstance(kinds, list):
        return
    queue = call.world.queues[call.bot.id]
    wanted = [kind for kind in kinds if isinstance(kind, str)]
    if frozenset(wanted) != (queue.allowed or frozenset()):
        queue.allow(wanted)
        call.world.journal.put("allowed_updates", str(call.bot.id), [call.bot.id, wanted])


async def set_webhook(call: Call) -> bool:
    """Deliver updates to an address of this machine from now on; no address ends that."""
    url = call.parameters.text("url") or ""
    if not url:
        return await delete_webhook(call)
    secret = call.parameters.text("secret_token")
    if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    connections = call.parameters.integer("max_connections", 40)
    _allow(call)
    if call.parameters.boolean("drop_pending_updates"):
        call.world.queues[call.bot.id].drop_all()
    webhook = Webhook(_checked_address(url), secret, max(1, min(connections, 100)))
    _use(call, webhook)
    call.world.queues[call.bot.id].end_poll("terminated by setWebhook request")
    return True


def _checked_address(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        raise bad_request("bad webhook: invalid URL specified") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("bad webhook: invalid URL specified")
    if parts.hostname not in LOOPBACK:
        raise bad_request("bad webhook: the local chat only reaches addresses of this machine")
    return url


async def delete_webhook(call: Call) -> bool:
    """Let updates wait to be fetched again."""
    if call.parameters.boolean("drop_pending_updates"):
        call.world.queues[call.bot.id].drop_all()
    _use(call, None)
    return True


def _use(call: Call, webhook: Webhook | None) -> None:
    if webhook is None and call.bot.webhook is None:
        return
    call.bot.webhook = webhook
    call.world.save_bot(call.bot)
    call.world.queues[call.bot.id].wake()


async def get_webhook_info(call: Call) -> Json:
    """Where updates go, and how that fares."""
    webhook, queue = call.bot.webhook, call.world.queues[call.bot.id]
    info: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(queue.pending),
    }
    if queue.allowed:
        info["allowed_updates"] = sorted(queue.allowed)
    if webhook is not None:
        info["max_connections"] = webhook.max_connections
        if webhook.last_error_date is not None:
            info["last_error_date"] = webhook.last_error_date
            info["last_error_message"] = webhook.last_error_message
    return info


METHODS = (
    Method("getMe", get_me),
    Method("getUpdates", get_updates),
    Method("setWebhook", set_webhook),
    Method("deleteWebhook", delete_webhook),
    Method("getWebhookInfo", get_webhook_info),
)
