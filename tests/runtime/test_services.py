"""The servers that other tests stand on give each test a place of its own."""

import asyncpg
import pytest
from minio import Minio
from minio.error import MinioException
from redis.asyncio import Redis

from tests.services import S3


def plain(url: str) -> str:
    """A SQLAlchemy URL as asyncpg itself reads it."""
    return url.replace("+asyncpg", "")


@pytest.mark.parametrize("turn", ["first", "second"])
async def test_a_database_is_fresh_each_time(empty_database_url: str, turn: str) -> None:
    connection = await asyncpg.connect(plain(empty_database_url))
    await connection.execute("CREATE TABLE only_mine (turn text)")
    await connection.close()


async def test_the_migrated_database_has_the_schema(database_url: str) -> None:
    connection = await asyncpg.connect(plain(database_url))
    assert await connection.fetchval("SELECT count(*) FROM users") == 0
    await connection.close()


@pytest.mark.parametrize("turn", ["first", "second"])
async def test_redis_is_empty_each_time(redis_url: str, turn: str) -> None:
    async with Redis.from_url(redis_url) as client:
        assert await client.dbsize() == 0
        await client.set("turn", turn)


def test_the_object_store_refuses_a_wrong_signature(s3: S3) -> None:
    right = Minio(s3.endpoint, s3.access_key, s3.secret_key, secure=False)
    wrong = Minio(s3.endpoint, s3.access_key, "not the secret", secure=False)
    assert list(right.list_objects(s3.bucket)) == []
    with pytest.raises(MinioException, match="SignatureDoesNotMatch"):
        list(wrong.list_objects(s3.bucket))
