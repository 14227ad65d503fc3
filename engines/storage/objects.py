"""Objects on a server that speaks S3: MinIO, or another of its kind."""

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import Lock
from typing import Any, TypeVar
from uuid import uuid4

import urllib3
from minio import Minio
from minio.error import InvalidResponseError, MinioException, S3Error, ServerError
from urllib3.exceptions import HTTPError

from domain.errors import Fault, Unavailable
from engines.storage.keys import checked, is_key

CONNECT_SECONDS = 5.0
READ_SECONDS = 30.0
# A write is tried again only while the server was not reached: one whose answer was lost may have
# happened, and would then find its own key taken.
RETRIES = urllib3.Retry(
    total=2,
    backoff_factor=0.2,
    status_forcelist=[500, 502, 503, 504],
    allowed_methods=["GET", "HEAD", "DELETE"],
)
CONNECTIONS = 10
SMALLEST_PART_BYTES = 5 * 1024 * 1024
PROBES = ".check"
"""Under which `check` writes; no key begins with a dot."""

REFUSALS = (S3Error, InvalidResponseError)
NO_BUCKET = "NoSuchBucket"
MISSING = {"NoSuchKey", "NoSuchObject"}
TAKEN = {"PreconditionFailed", "ConditionalRequestConflict"}
MADE_ALREADY = {"BucketAlreadyOwnedByYou", "BucketAlreadyExists"}
WRONG_KEYS = {"InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidAccessKey"}
NOT_NOW = {"SlowDown", "ServiceUnavailable", "InternalError", "RequestTimeout"}

Keys = list[str]
Result = TypeVar("Result")


class WriteOncePool(urllib3.PoolManager):
    """Says with each write that it must not replace anything, which the client cannot be told."""

    def urlopen(  # type: ignore[override] # as the base class itself has it
        self, method: str, url: str, redirect: bool = True, **options: Any
    ) -> urllib3.BaseHTTPResponse:
        if method == "PUT":
            options["headers"] = {**options.get("headers", {}), "If-None-Match": "*"}
        return super().urlopen(method, url, redirect, **options)


class ObjectStorage:
    """See `domain.storage.Storage`. The bucket is made when it is missing.

    A key that is taken is refused by the server itself, as MinIO and Amazon do. Servers that do
    not know conditional writes are asked beforehand, so that of two writes of one key in the same
    instant either may stay; keys made by `domain.storage.new_key` never meet.
    """

    def __init__(
        self, endpoint: str, access_key: str, secret_key: str, bucket: str, secure: bool
    ) -> None:
        """`endpoint` is host:port, spoken to over TLS if `secure`."""
        self.endpoint = endpoint
        self.bucket = bucket
        timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)

        def client(pool: type[urllib3.PoolManager]) -> Minio:
            made = pool(timeout=timeout, retries=RETRIES, maxsize=CONNECTIONS)
            return Minio(endpoint, access_key, secret_key, secure=secure, http_client=made)

        try:
            self._client, self._writer = client(urllib3.PoolManager), client(WriteOncePool)
        except ValueError as error:
            raise Fault(f"{endpoint!r} is not the address of an S3 server: {error}") from error
        self._bucket_seen = False
        self._bucket_lock = Lock()

    async def put(self, key: str, content: bytes, content_type: str) -> None:
        checked(key)
        await self._call(lambda: self._put(key, content, content_type), key)

    async def get(self, key: str) -> bytes:
        checked(key)
        return await self._call(lambda: self._get(key), key)

    async def delete(self, key: str) -> None:
        checked(key)
        await self._call(lambda: self._client.remove_object(self.bucket, key), key)

    async def list(self, prefix: str) -> Keys:
        return await self._call(lambda: self._list(prefix))

    async def check(self) -> None:
        await self._call(self._check)

    async def _call(self, work: Callable[[], Result], key: str = "") -> Result:
        def in_thread() -> Result:
            with self._clear_errors(key):
                self._make_bucket()
                return work()

        return await asyncio.to_thread(in_thread)

    def _make_bucket(self) -> None:
        with self._bucket_lock:
            if self._bucket_seen:
                return
            if not self._has_bucket():
                try:
                    self._client.make_bucket(self.bucket)
                except REFUSALS as error:
                    if code_of(error) not in MADE_ALREADY:
                        raise
            self._bucket_seen = True

    def _has_bucket(self) -> bool:
        try:
            return self._client.bucket_exists(self.bucket)
        except REFUSALS as error:
            if code_of(error) == NO_BUCKET:
                return False
            raise

    def _put(self, key: str, content: bytes, content_type: str) -> None:
        if self._has(key):
            raise Fault(f"the key {key} is taken")
        # One part, whatever its size: the condition holds for a whole write only.
        size = max(len(content), SMALLEST_PART_BYTES)
        self._writer.put_object(
            self.bucket, key, BytesIO(content), len(content), content_type, part_size=size
        )

    def _has(self, key: str) -> bool:
        try:
            self._client.stat_object(self.bucket, key)
        except REFUSALS as error:
            if code_of(error) in MISSING:
                return False
            raise
        return True

    def _get(self, key: str) -> bytes:
        response = self._client.get_object(self.bucket, key)
        try:
            return response.read()
        finally:
            response.close()
            response.release_conn()

    def _list(self, prefix: str) -> Keys:
        found = self._client.list_objects(self.bucket, prefix=prefix, recursive=True)
        names = (each.object_name for each in found)
        return sorted(name for name in names if name is not None and is_key(name))

    def _check(self) -> None:
        probe = f"{PROBES}/{uuid4()}"
        self._writer.put_object(self.bucket, probe, BytesIO(b"x"), 1)
        self._client.remove_object(self.bucket, probe)

    @contextmanager
    def _clear_errors(self, key: str) -> Iterator[None]:
        """Turn what the client raises into ours, with a sentence for the log."""
        try:
            yield
        except REFUSALS as error:
            raise self._refused(code_of(error), key, error) from error
        except (HTTPError, OSError) as error:
            raise self._unavailable(type(error).__name__) from error
        except ServerError as error:
            raise self._unavailable(str(error)) from error
        except (MinioException, ValueError) as error:
            raise Fault(f"{self._server()}: {error}") from error

    def _refused(self, code: str, key: str, error: Exception) -> Fault:
        if code in NOT_NOW:
            return self._unavailable(code)
        if code == NO_BUCKET:
            self._bucket_seen = False  # the next call makes it again
            return Fault(f"{self._server()} has no bucket {self.bucket}")
        if code in MISSING:
            return Fault(f"there is no object {key}")
        if code in TAKEN:
            return Fault(f"the key {key} is taken")
        if code in WRONG_KEYS:
            return Fault(f"{self._server()} does not accept the access key and secret key ({code})")
        return Fault(f"{self._server()} refused: {error}")

    def _unavailable(self, why: str) -> Unavailable:
        return Unavailable(f"{self._server()} cannot be reached: {why}")

    def _server(self) -> str:
        return f"the object storage at {self.endpoint}"


def code_of(error: S3Error | InvalidResponseError) -> str:
    """What the server calls its refusal; "" where it sent no such word.

    The client reads only answers declared as application/xml and shows others as they are.
    """
    if isinstance(error, S3Error):
        return error.code or ""
    found = re.search(r"<Code>(\w+)</Code>", str(error))
    return found[1] if found else ""
