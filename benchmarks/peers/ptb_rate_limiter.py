"""python-telegram-bot's AIORateLimiter with its defaults.

`ptb_rate_limiter TOKEN API_URL FIRST COUNT` sends one message each to `COUNT` chats from the id
`FIRST` on, all asked for at once, as an application would in a broadcast.
"""

import asyncio
import sys
from typing import Any

from telegram.ext import AIORateLimiter, ApplicationBuilder


async def main(token: str, api_url: str, chats: range) -> None:
    application: Any = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{api_url}/bot")
        .rate_limiter(AIORateLimiter())
        .build()
    )
    async with application:
        print("ready", flush=True)
        await asyncio.gather(
            *(application.bot.send_message(chat, f"Message to {chat}") for chat in chats),
            # A refusal ends one message and not the others; the server counts them.
            return_exceptions=True,
        )


if __name__ == "__main__":
    first, count = map(int, sys.argv[3:])
    asyncio.run(main(sys.argv[1], sys.argv[2], range(first, first + count)))
