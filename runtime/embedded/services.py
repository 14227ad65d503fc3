"""The embedded servers of one home, started and kept together."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from runtime.embedded.postgres import EmbeddedPostgres
from runtime.embedded.service import EmbeddedService
from runtime.embedded.valkey import EmbeddedValkey

log = logging.getLogger(__name__)

WATCH_SECONDS = 0.5


class EmbeddedServices:
    """The servers that a home needs; a part whose address is set elsewhere is not among them."""

    def __init__(self, home: Path, *, postgres: bool = True, valkey: bool = True) -> None:
        self.postgres = EmbeddedPostgres(home / "postgres") if postgres else None
        self.valkey = EmbeddedValkey(home / "valkey") if valkey else None

    @property
    def parts(self) -> list[EmbeddedService]:
        """The servers that are wanted, in the order they start."""
        return [part for part in (self.postgres, self.valkey) if part is not None]

    @property
    def database_url(self) -> str | None:
        """The embedded database's address, or None where it is not wanted."""
        return self.postgres.url if self.postgres else None

    @property
    def redis_url(self) -> str | None:
        """The embedded Valkey's address, or None where it is not wanted."""
        return self.valkey.url if self.valkey else None

    async def keep_alive(self) -> None:
        """Start again whichever server died; runs until it is cancelled.

        Raises EmbeddedServiceError when one cannot be started again.
        """
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            for part in self.parts:
                if not part.running:
                    log.warning("%s ended unexpectedly; starting it again", part.title)
                    await part.start()


@asynccontextmanager
async def embedded_services(
    home: Path, *, postgres: bool = True, valkey: bool = True, join: bool = False
) -> AsyncIterator[EmbeddedServices]:
    """Run the embedded servers of a home for the length of a block.

    With ``join`` the servers of another Dars on this home are used when there is one (for short
    commands beside a running service); without it that raises FolderInUseError.
    """
    services = EmbeddedServices(home, postgres=postgres, valkey=valkey)
    async with AsyncExitStack() as stack:
        for part in services.parts:
            stack.push_async_callback(part.stop)
            await (part.start_or_join() if join else part.start())
        yield services
