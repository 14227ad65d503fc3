"""Real servers for tests: PostgreSQL, Valkey and an S3 that checks signatures.

Each pytest process (each xdist worker) starts its own the first time a test asks for one, and they
end with it, however it ends. A test gets a database of its own, an empty Valkey, a bucket of its
own.
"""

import asyncio
import re
import shutil
import subprocess
import sys
import threading
import uuid
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path
from signal import SIGKILL
from typing import Any, TypeVar

import asyncpg
import pytest
from minio import Minio
from redis import Redis

from db.migrations import upgrade
from runtime.embedded.postgres import EmbeddedPostgres
from runtime.embedded.process import launcher
from runtime.embedded.valkey import EmbeddedValkey

TEMPLATE = "migrated"

Result = TypeVar("Result")


class LoopThread:
    """An event loop in a thread, so that fixtures can await whether or not a test's loop runs."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, job: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(job, self.loop).result(timeout=60)

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()


class Databases:
    """Fresh databases on one server; each takes about 15 ms to make and 6 ms to drop."""

    def __init__(self, server: EmbeddedPostgres) -> None:
        self.server = server
        self._thread = LoopThread()
        self._connection = self._thread.run(asyncpg.connect(server.dsn))
        self._migrated = False

    def create(self, name: str, template: str = "template1") -> str:
        """Make a database by copying files, the quickest way for a small one; returns its URL."""
        self._do(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        return self.server.url_of(name)

    def _do(self, sql: str) -> None:
        try:
            self._thread.run(self._connection.execute(sql))
        except TimeoutError:
            # The next test is not to find this one's connection still waiting for an answer.
            self._thread.loop.call_soon_threadsafe(self._connection.terminate)
            self._connection = self._thread.run(asyncpg.connect(self.server.dsn))
            raise

    def create_migrated(self, name: str) -> str:
        """Make a database with the whole schema; the migrations run once a server."""
        if not self._migrated:
            self._thread.run(upgrade(self.create(TEMPLATE)))
            self._migrated = True
        return self.create(name, TEMPLATE)

    def run(self, job: Coroutine[Any, Any, Result]) -> Result:
        """Await something to its end, for a fixture of a whole session."""
        return self._thread.run(job)

    def drop(self, name: str) -> None:
        self._do(f'DROP DATABASE "{name}" WITH (FORCE)')

    def close(self) -> None:
        self._thread.run(self._connection.close())
        self._thread.close()


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """This pytest process's PostgreSQL; tests want ``database_url`` instead."""
    home = tmp_path_factory.mktemp("pg")
    server = EmbeddedPostgres(home / "postgres", unsafe_but_fast=True)
    server.start_sync()
    yield server
    server.stop_sync()
    shutil.rmtree(home)


@pytest.fixture(scope="session")
def databases(postgres_server: EmbeddedPostgres) -> Iterator[Databases]:
    """The maker of databases, for tests that need more than one."""
    made = Databases(postgres_server)
    yield made
    made.close()


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """A database of the test's own with the whole schema and no rows."""
    name = f"test_{uuid.uuid4().hex}"
    yield databases.create_migrated(name)
    databases.drop(name)


@pytest.fixture
def empty_database_url(databases: Databases) -> Iterator[str]:
    """A database of the test's own in which nothing was ever made."""
    name = f"test_{uuid.uuid4().hex}"
    yield databases.create(name)
    databases.drop(name)


@pytest.fixture(scope="session")
def valkey_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedValkey]:
    """This pytest process's Valkey; tests want ``redis_url`` instead."""
    server = EmbeddedValkey(tmp_path_factory.mktemp("vk") / "valkey", unsafe_but_fast=True)
    server.start_sync()
    yield server
    server.stop_sync()


@pytest.fixture
def redis_url(valkey_server: EmbeddedValkey) -> str:
    """A Valkey with nothing in it."""
    with Redis.from_url(valkey_server.url) as client:
        client.flushall()
    return valkey_server.url


@dataclass(frozen=True, slots=True)
class S3:
    """Where an object store is, how to sign for it, and a bucket in it; ``endpoint`` is
    host:port, spoken to without TLS."""

    endpoint: str
    access_key: str
    secret_key: str
    bucket: str


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3]:
    """This pytest process's object store; tests want ``s3`` instead."""
    folder = tmp_path_factory.mktemp("s3")
    access_key, secret_key = "dars-test", uuid.uuid4().hex
    rclone = Path(sys.executable).with_name("rclone")
    command = [str(rclone), "serve", "s3", "--addr", "127.0.0.1:0", "--config", "", str(folder)]
    command += ["--auth-key", f"{access_key},{secret_key}"]
    with subprocess.Popen(
        launcher(command, SIGKILL), stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if found := re.search(r"http://([0-9.]+:[0-9]+)/", line):
                break
        else:
            pytest.fail("rclone did not serve S3")
        drain = threading.Thread(target=process.stderr.read, daemon=True)
        drain.start()
        yield S3(found[1], access_key, secret_key, bucket="")
        process.kill()
        drain.join()


@pytest.fixture
def s3(s3_server: S3) -> S3:
    """An object store with an empty bucket of the test's own."""
    bucket = f"test-{uuid.uuid4().hex}"
    client = Minio(
        s3_server.endpoint,
        access_key=s3_server.access_key,
        secret_key=s3_server.secret_key,
        secure=False,
    )
    client.make_bucket(bucket)
    return S3(s3_server.endpoint, s3_server.access_key, s3_server.secret_key, bucket)
