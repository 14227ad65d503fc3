"""The one way a call is turned down: Telegram's code and words."""

from typing import Any


class Refusal(Exception):
    """An answer with ``ok: false``; `description` holds Telegram's own words."""

    def __init__(self, code: int, description: str, *, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def body(self) -> dict[str, Any]:
        """What the caller of a Bot API method reads."""
        answer: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.retry_after is not None:
            answer["parameters"] = {"retry_after": self.retry_after}
        return answer


def bad_request(words: str) -> Refusal:
    """400, in the form Telegram writes it."""
    return Refusal(400, f"Bad Request: {words}")


def forbidden(words: str) -> Refusal:
    """403, in the form Telegram writes it."""
    return Refusal(403, f"Forbidden: {words}")


def conflict(words: str) -> Refusal:
    """409, in the form Telegram writes it."""
    return Refusal(409, f"Conflict: {words}")


def too_many_requests(retry_after: int) -> Refusal:
    """429; `retry_after` in whole seconds."""
    return Refusal(
        429, f"Too Many Requests: retry after {retry_after}", retry_after=max(1, retry_after)
    )
