"""Objects in an S3 storage such as MinIO."""

import asyncio
import io
from collections.abc import Callable, Sequence
from typing import TypeVar

import urllib3
from minio import Minio
from minio.error import MinioException, S3Error

from domain.errors import Fault

CONNECT_SECONDS, READ_SECONDS, RETRIES = 5.0, 30.0, 2
MISSING = {"NoSuchKey", "NoSuchObject"}

Result = TypeVar("Result")


class ObjectStorage:
    """See `domain.storage.Storage`. The client blocks, so it is called in threads."""

    def __init__(
        self, endpoint: str, access_key: str, secret_key: str, bucket: str, secure: bool
    ) -> None:
        self._bucket = bucket
        self._ready = False
        self._client = Minio(
            endpoint,
            access_key=access_key,
            secret_key=secret_key,
            secure=secure,
            http_client=urllib3.PoolManager(
                timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
                retries=urllib3.Retry(total=RETRIES, backoff_factor=0.2, redirect=False),
            ),
        )

    async def put(self, key: str, content: bytes, content_type: str) -> None:
        await self._call(lambda: self._put(key, content, content_type))

    async def get(self, key: str) -> bytes:
        return await self._call(lambda: self._get(key))

    async def delete(self, key: str) -> None:
        await self._call(lambda: self._client.remove_object(self._bucket, key))

    async def list(self, prefix: str) -> Sequence[str]:
        return await self._call(lambda: self._keys(prefix))

    async def check(self) -> None:
        await self._call(self._prepare)

    async def _call(self, work: Callable[[], Result]) -> Result:
        """Runs in a thread; what fails becomes a Fault that names the kind, never the key."""
        try:
            return await asyncio.to_thread(work)
        except S3Error as error:
            raise Fault(f"the object storage refuses: {error.code}") from None
        except (MinioException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise Fault(f"the object storage fails: {type(error).__name__}") from None

    def _prepare(self) -> None:
        if not self._client.bucket_exists(self._bucket):
            self._client.make_bucket(self._bucket)
        self._ready = True

    def _put(self, key: str, content: bytes, content_type: str) -> None:
        """Keys are unique by their making; the look before is for whoever breaks that rule."""
        if not self._ready:
            self._prepare()
        if self._exists(key):
            raise Fault("an object of this key exists already")
        self._client.put_object(
            self._bucket, key, io.BytesIO(content), len(content), content_type=content_type
        )

    def _exists(self, key: str) -> bool:
        try:
            self._client.stat_object(self._bucket, key)
        except S3Error as error:
            if error.code in MISSING:
                return False
            raise
        return True

    def _get(self, key: str) -> bytes:
        response = self._client.get_object(self._bucket, key)
        try:
            return response.read()
        finally:
            response.close()
            response.release_conn()

    def _keys(self, prefix: str) -> Sequence[str]:
        if not self._ready:
            self._prepare()
        found = self._client.list_objects(self._bucket, prefix=prefix, recursive=True)
        return sorted(one.object_name for one in found if one.object_name is not None)
