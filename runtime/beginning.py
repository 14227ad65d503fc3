"""The first half of `./dars run`: read the settings, then become what keeps everything running.

Reading settings takes pydantic, 14 MB of it, which would lie idle for as long as Dars runs. So
this process replaces itself by `runtime keep` (`runtime.run`), whose words say which parts run here
and whose environment says the rest.
"""

import os
import socket
import sys
from typing import NoReturn

from runtime.errors import SettingsError
from runtime.run import ADMIN, LOCAL_CHAT, POSTGRES, VALKEY
from runtime.settings import Settings, local_token


def become_keeper(settings: Settings) -> NoReturn:
    """Raises SettingsError where the local chat's port is taken."""
    local = settings.telegram_bot_token is None
    if local:
        _must_be_free(settings.localchat_port)
    here = {
        POSTGRES: not settings.database_url,
        VALKEY: not settings.redis_url,
        LOCAL_CHAT: local,
    }
    parts = [part for part, wanted in here.items() if wanted]
    command = [sys.executable, "-m", "runtime", "keep", *parts]
    if sys.flags.safe_path:
        command.insert(1, "-P")
    os.execve(sys.executable, command, os.environ | _told(settings, local))  # noqa: S606


def _told(settings: Settings, local: bool) -> dict[str, str]:
    """What the parts read from the environment, beside what stands there already."""
    told = {"DARS_HOME": str(settings.dars_home)}
    if local:
        port = settings.localchat_port
        told |= {
            "LOCALCHAT_PORT": str(port),
            "TELEGRAM_BOT_TOKEN": local_token(settings.dars_home),
            "TELEGRAM_API_URL": f"http://127.0.0.1:{port}",
            "TELEGRAM_MODE": "polling",
            "ADMIN_TELEGRAM_IDS": ",".join(map(str, settings.admin_telegram_ids or (ADMIN,))),
        }
    return told


def _must_be_free(port: int) -> None:
    """Raises SettingsError for a port in use, where our bot would talk to somebody else's chat."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            raise SettingsError(
                f"LOCALCHAT_PORT: port {port} of this machine is taken; choose another"
            ) from None
