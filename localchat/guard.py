"""Keeps hostile web pages away from the local chat.

Whoever reaches the chat can be anyone in it, so a page from elsewhere, opened in the same
browser, must not: neither by a name of its own that leads to this machine (the Host header
tells) nor by a request across origins (the Origin and Sec-Fetch-Site headers tell).
"""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import hdrs, web

from localchat.botapi import json_response
from localchat.methods.updates import LOOPBACK
from localchat.refusals import Refusal, forbidden

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

PAGE_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' data: blob:;"
    " style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'"
)


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what does not come from this machine's own pages and programs."""
    refusal = _refusal(request)
    if refusal is not None:
        return json_response(refusal.body(), refusal.code)
    return await handler(request)


def _refusal(request: web.Request) -> Refusal | None:
    host = request.headers.get(hdrs.HOST, "")
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        name = ""
    if name not in LOOPBACK:
        return forbidden("the local chat answers only to the names of this machine")
    origin = request.headers.get(hdrs.ORIGIN)
    if origin is not None and origin.lower() != f"http://{host}".lower():
        return forbidden("the local chat answers no other site's pages")
    site = request.headers.get("Sec-Fetch-Site", "none")
    if site not in ("none", "same-origin") and not _is_visit(request):
        return forbidden("the local chat answers no other site's pages")
    return None


def _is_visit(request: web.Request) -> bool:
    """Whether a link somewhere leads to the page itself, which harms nobody."""
    return request.path == "/" and request.headers.get("Sec-Fetch-Mode") == "navigate"
