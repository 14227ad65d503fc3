"""``python -m localchat``: the local chat by itself, for a bot that runs elsewhere."""

import argparse
import asyncio
import signal
from pathlib import Path

from localchat.server import LocalChat


def main() -> None:
    """Run until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m localchat", description=__doc__)
    parser.add_argument("--port", type=int, default=8089, help="port on the loopback")
    parser.add_argument("--data", type=Path, help="folder that keeps the chats")
    parser.add_argument("--fonts", type=Path, help="folder with the page's fonts")
    parser.add_argument(
        "--bot", action="append", default=[], metavar="TOKEN=USERNAME",
        help="a bot, such as 1000:secret=dars_bot; may be given again",
    )  # fmt: skip
    options = parser.parse_args()
    bots = dict(_named(parser, given) for given in options.bot)
    asyncio.run(_serve(LocalChat(options.data, bots, options.fonts), options.port))


def _named(parser: argparse.ArgumentParser, given: str) -> tuple[str, str]:
    token, _, username = given.partition("=")
    if not token or not username:
        parser.error("a bot is written TOKEN=USERNAME")
    return token, username


async def _serve(chat: LocalChat, port: int) -> None:
    await chat.start(port=port)
    print(f"The local chat is at {chat.url}")  # noqa: T201 - this is the command line
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await stopped.wait()
    await chat.stop()


if __name__ == "__main__":
    main()
