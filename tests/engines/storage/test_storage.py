"""What every storage promises, asked of a folder and of a server that checks signatures."""

import asyncio
import os
import socket
import stat
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from uuid import uuid4

import pytest
from minio import Minio

from domain.errors import Fault, Unavailable
from domain.storage import Storage, new_key, owner_prefix
from engines.storage.folder import ABANDONED_SECONDS, WRITING, FolderStorage
from engines.storage.objects import ObjectStorage
from tests.services import S3

TEXT = "text/plain"
HOSTILE = [
    "",
    "/",
    "/etc/passwd",
    "a/",
    "a//b",
    ".",
    "..",
    "../outside",
    "a/../../outside",
    "a/./b",
    ".writing/x",
    "a/.hidden",
    "a\0b",
    "a\nb",
    "a\\..\\b",
    "\ud800",
    "x" * 256,
    "/".join(["x" * 100] * 11),
]
PRINTABLE = [
    "plain",
    "a b+c%20d",
    "'\"<&>#?;=$",
    "শ্রেণি/প্রমাণ.txt",
    "😀/x",
    "a*b[c]{d}",
    "-rf",
    "x" * 255,
]


def server(s3: S3, **changes: str) -> ObjectStorage:
    at = {"endpoint": s3.endpoint, "access_key": s3.access_key, "secret_key": s3.secret_key}
    return ObjectStorage(**{**at, "bucket": s3.bucket, **changes}, secure=False)


@pytest.fixture
def folder(tmp_path: Path) -> FolderStorage:
    return FolderStorage(tmp_path / "made" / "when missing")


@pytest.fixture(params=["folder", "s3"])
def storage(request: pytest.FixtureRequest) -> Storage:
    if request.param == "folder":
        made: Storage = request.getfixturevalue("folder")
        return made
    return server(request.getfixturevalue("s3"))


async def test_gives_back_what_was_put(storage: Storage) -> None:
    for content in (b"", b"\0\xff\r\n", bytes(range(256)) * 40_000):  # the last one is 10 MB
        key = new_key(uuid4(), "voice")
        await storage.put(key, content, "audio/ogg")
        assert await storage.get(key) == content


async def test_keeps_what_stands_under_a_key(storage: Storage) -> None:
    await storage.put("people/1/export", b"first", TEXT)
    with pytest.raises(Fault, match="the key people/1/export is taken"):
        await storage.put("people/1/export", b"second", TEXT)
    assert await storage.get("people/1/export") == b"first"


async def test_says_that_there_is_no_such_object(storage: Storage) -> None:
    with pytest.raises(Fault, match="there is no object people/1"):
        await storage.get("people/1")
    await storage.put("people/1/export", b"", TEXT)
    with pytest.raises(Fault, match=r"there is no object people/1$"):
        await storage.get("people/1")
    with pytest.raises(Fault, match="there is no object people/1/export/x"):
        await storage.get("people/1/export/x")


async def test_deletes_once_or_twice(storage: Storage) -> None:
    await storage.put("people/1/export", b"old", TEXT)
    await storage.delete("people/1/export")
    await storage.delete("people/1/export")
    assert await storage.list("") == []
    await storage.put("people/1/export", b"new", TEXT)
    assert await storage.get("people/1/export") == b"new"


async def test_lists_one_persons_objects(storage: Storage) -> None:
    rumana, karim = uuid4(), uuid4()
    hers = sorted(new_key(rumana, kind) for kind in ("voice", "voice", "export"))
    for key in (*hers, new_key(karim, "voice")):
        await storage.put(key, b"x", TEXT)
    assert await storage.list(owner_prefix(rumana)) == hers
    assert len(await storage.list("")) == 4
    assert await storage.list(owner_prefix(uuid4())) == []
    # A prefix is any beginning, as it is for S3.
    assert await storage.list(owner_prefix(rumana) + "voi") == [k for k in hers if "/voice/" in k]


@pytest.mark.parametrize("key", PRINTABLE)
async def test_takes_keys_in_any_script(storage: Storage, key: str) -> None:
    await storage.put(key, b"x", TEXT)
    assert await storage.list("") == [key]
    assert await storage.get(key) == b"x"
    await storage.delete(key)
    assert await storage.list("") == []


@pytest.mark.parametrize("key", HOSTILE)
async def test_refuses_keys_that_lead_elsewhere(storage: Storage, key: str, tmp_path: Path) -> None:
    for act in (storage.put(key, b"x", TEXT), storage.get(key), storage.delete(key)):
        with pytest.raises(Fault, match="not a key"):
            await act
    assert await storage.list("") == []
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == []


async def test_is_ready_before_anything_was_put_and_leaves_no_trace(storage: Storage) -> None:
    await storage.check()
    await storage.check()
    assert await storage.list("") == []


async def test_many_write_at_once(storage: Storage) -> None:
    keys = [new_key(uuid4(), "voice") for _ in range(40)]
    await asyncio.gather(*(storage.put(key, key.encode(), TEXT) for key in keys))
    assert await storage.list("") == sorted(keys)
    assert await asyncio.gather(*map(storage.get, keys)) == [key.encode() for key in keys]


async def test_exactly_one_of_many_gets_a_key_in_a_folder(folder: FolderStorage) -> None:
    contents = [str(number).encode() * 1000 for number in range(20)]
    done = await asyncio.gather(
        *(folder.put("one/key", content, TEXT) for content in contents), return_exceptions=True
    )
    winners = [content for content, error in zip(contents, done, strict=True) if error is None]
    assert winners == [await folder.get("one/key")]
    assert all(isinstance(error, Fault) for error in done if error is not None)
    assert list((folder.folder / WRITING).iterdir()) == []


async def test_a_key_on_a_server_holds_one_whole_write_of_many(s3: S3) -> None:
    """This server knows no conditional writes, so more than one may be told that it won."""
    contents = [str(number).encode() * 1000 for number in range(10, 30)]
    storage = server(s3)
    done = await asyncio.gather(
        *(storage.put("one/key", content, TEXT) for content in contents), return_exceptions=True
    )
    winners = [content for content, error in zip(contents, done, strict=True) if error is None]
    kept = await storage.get("one/key")
    assert kept in winners
    with pytest.raises(Fault, match="taken"):
        await storage.put("one/key", b"late", TEXT)
    assert await storage.get("one/key") == kept


class ConditionalServer(BaseHTTPRequestHandler):
    """As much of a server with conditional writes as the losing one of two writes meets: the key
    was free when it looked, and is taken when it writes."""

    def do_HEAD(self) -> None:
        self._answer(200 if self.path.strip("/") == "bucket" else 404)

    def do_GET(self) -> None:
        self._answer(200, "<LocationConstraint></LocationConstraint>")

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers["If-None-Match"] == "*":
            self._answer(412, "<Error><Code>PreconditionFailed</Code></Error>")
        else:
            self._answer(200)

    def _answer(self, status: int, body: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """The test's output is no log."""


async def test_a_server_with_conditional_writes_refuses_the_second_itself() -> None:
    with HTTPServer(("127.0.0.1", 0), ConditionalServer) as conditional:
        thread = Thread(target=conditional.serve_forever)
        thread.start()
        try:
            at = f"127.0.0.1:{conditional.server_port}"
            with pytest.raises(Fault, match="the key one/key is taken"):
                await ObjectStorage(at, "a", "b", "bucket", False).put("one/key", b"x", TEXT)
        finally:
            conditional.shutdown()
            thread.join()


async def test_objects_come_and_go_beside_each_other(folder: FolderStorage) -> None:
    """Deleting a folder's last object removes the folder, under the hands of who writes there."""

    async def come_and_go(name: str) -> None:
        for _ in range(25):
            await folder.put(f"a/b/{name}", b"x", TEXT)
            await folder.delete(f"a/b/{name}")

    await asyncio.gather(*(come_and_go(str(number)) for number in range(6)))
    assert [each.name for each in folder.folder.iterdir()] == [WRITING]


async def test_a_folder_is_its_owners_alone(folder: FolderStorage) -> None:
    before = os.umask(0)
    try:
        await folder.put("people/1/export", b"x", TEXT)
    finally:
        os.umask(before)
    for path in (folder.folder, *folder.folder.rglob("*")):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


async def test_a_folder_forgets_writes_that_were_cut_off(folder: FolderStorage) -> None:
    await folder.check()
    old, new = folder.folder / WRITING / "old", folder.folder / WRITING / "new"
    for path in (old, new):
        path.write_bytes(b"half")
    past = time.time() - ABANDONED_SECONDS - 60
    os.utime(old, (past, past))
    await folder.check()
    assert not old.exists()
    assert new.exists()


async def test_an_object_is_no_folder_and_a_folder_no_object(folder: FolderStorage) -> None:
    await folder.put("a/b", b"x", TEXT)
    for key in ("a", "a/b/c"):
        with pytest.raises(Fault, match="taken"):
            await folder.put(key, b"y", TEXT)
        await folder.delete(key)
    assert await folder.list("") == ["a/b"]


async def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    storage = FolderStorage(tmp_path / "file" / "below")
    with pytest.raises(
        Unavailable, match=r"storage folder .*below cannot be used: Not a directory"
    ):
        await storage.check()
    with pytest.raises(Unavailable, match="Not a directory"):
        await storage.put("a", b"x", TEXT)


async def test_a_folder_lost_in_use_is_said(folder: FolderStorage) -> None:
    await folder.put("a/b", b"x", TEXT)
    (folder.folder / "a" / "b").unlink()
    (folder.folder / "a" / "b").symlink_to("b")  # reading it fails, whoever reads
    with pytest.raises(Unavailable, match="cannot be used"):
        await folder.get("a/b")


async def test_a_missing_bucket_is_made(s3: S3) -> None:
    name = f"made-{uuid4().hex}"
    first, second = server(s3, bucket=name), server(s3, bucket=name)
    await asyncio.gather(first.put("a", b"1", TEXT), second.put("b", b"2", TEXT))
    assert await first.list("") == ["a", "b"]


async def test_a_bucket_that_vanished_is_said_and_then_made_again(s3: S3) -> None:
    storage = server(s3)
    await storage.check()
    Minio(s3.endpoint, s3.access_key, s3.secret_key, secure=False).remove_bucket(s3.bucket)
    with pytest.raises(Fault, match=f"has no bucket {s3.bucket}"):
        await storage.get("a")
    await storage.put("a", b"1", TEXT)
    assert await storage.list("") == ["a"]


@pytest.mark.parametrize("wrong", [{"secret_key": "wrong"}, {"access_key": "nobody"}])
async def test_wrong_keys_are_said(s3: S3, wrong: dict[str, str]) -> None:
    storage = server(s3, **wrong)
    for act in (storage.check(), storage.put("a", b"x", TEXT), storage.get("a"), storage.list("")):
        with pytest.raises(Fault, match="does not accept the access key and secret key") as told:
            await act
        assert s3.secret_key not in str(told.value)
    assert await server(s3).list("") == []


async def test_a_server_that_is_not_there_is_said_soon() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        storage = ObjectStorage(f"127.0.0.1:{taken.getsockname()[1]}", "a", "b", "bucket", False)
        started = time.monotonic()
        with pytest.raises(Unavailable, match=r"at 127\.0\.0\.1:\d+ cannot be reached"):
            await storage.check()
        assert time.monotonic() - started < 10


def test_an_address_that_is_none_is_said() -> None:
    with pytest.raises(Fault, match="not the address of an S3 server"):
        ObjectStorage("http://127.0.0.1:9000/path", "a", "b", "bucket", False)
