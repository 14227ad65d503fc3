"""Rows of coding problems as the domain's records."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import asyncpg

from domain.problems.records import ProblemVisibility, TestCase
from domain.problems.upload_records import ProblemCard, ProblemLine, UploadClaim, UploadLease
from domain.submissions.judging import Limits
from domain.submissions.queueing import Addressee


def test_case(row: Mapping[str, Any]) -> TestCase:
    return TestCase(**row)


def upload_claim(row: asyncpg.Record) -> UploadClaim:
    return UploadClaim(
        lease=UploadLease(row["id"], row["worker"]),
        lost=row["claims"],
        tries=row["tries"],
        owner=Addressee(row["owner_id"], row["telegram_id"]),
        slug=row["slug"],
        file_name=row["file_name"],
        archive_key=row["archive_key"],
        fingerprint=row["fingerprint"],
    )


def problem_line(row: asyncpg.Record) -> ProblemLine:
    return ProblemLine(
        row["id"],
        row["title"],
        row["title_bn"],
        row["version"],
        ProblemVisibility(row["visibility"]),
    )


def problem_card(row: asyncpg.Record) -> ProblemCard:
    return ProblemCard(
        id=row["id"],
        slug=row["slug"],
        version=row["version"],
        own=row["own"],
        owner_name=row["owner_name"],
        visibility=ProblemVisibility(row["visibility"]),
        title=row["title"],
        title_bn=row["title_bn"],
        description=row["description_markdown"],
        description_bn=row["description_bn"],
        limits=Limits(row["time_limit_ms"], row["memory_limit_kb"], row["output_limit_kb"]),
        tests=row["tests"],
        hidden=row["hidden"],
        points=Decimal(row["points"]),
        assignments=row["assignments"],
        outdated=row["outdated"],
        file_name=row["file_name"],
        archive_key=row["archive_key"] if row["own"] else None,
        published_at=row["published_at"],
    )
