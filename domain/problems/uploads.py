"""Coding problems as teachers send them: told from maths files, read, and set to wait for a trial.

Reading happens outside any transaction, in a child; nothing is kept of a file with a complaint.
What is kept waits until its programs were run, see `domain.problems.accepting`.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

from domain.people.records import Person
from domain.problems import trial
from domain.problems.packages.complaints import Complaint, Remark
from domain.problems.packages.contents import PackageRead, ProblemPackage
from domain.problems.upload_records import (
    Examined,
    NewTest,
    NewUpload,
    NewVersion,
    SlugState,
)
from domain.unit_of_work import UnitOfWork

OPEN_AT_MOST = 10
"""Uploads of one teacher that wait or are being checked."""
_LOOKED_AT = 1_000_000
_MATHS = re.compile(rb"^problems[ \t]*:", re.MULTILINE)
_CODING = re.compile(rb"^(?:slug|statement|solution|samples|tests)[ \t]*:", re.MULTILINE)


class FileKind(StrEnum):
    MATHS = "maths"
    CODING = "coding"


class Kept(StrEnum):
    """What became of a file without fault."""

    QUEUED = "queued"
    UNCHANGED = "unchanged"
    """Its newest version is this very problem."""
    WAITING = "waiting"
    """This very problem is being checked already."""
    SOMEBODY_ELSES = "somebody_elses"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Received:
    """`newest`: the newest version so far, 0 where there is none."""

    kept: Kept
    newest: int
    upload_id: UUID | None = None


def message_key(upload_id: UUID) -> str:
    """Under this `dedupe_key` the message is said that follows an upload; edits find it by it."""
    return f"upload:{upload_id}"


def file_kind(name: str, content: bytes) -> FileKind:
    """By the ending of its name and, for YAML, by the fields that stand at the left edge."""
    ending = name.lower().rpartition(".")[2]
    if ending == "zip":
        return FileKind.CODING
    looked_at = content[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    if ending not in ("yaml", "yml") or _MATHS.search(looked_at):
        return FileKind.MATHS
    return FileKind.CODING if _CODING.search(looked_at) else FileKind.MATHS


def examined(found: PackageRead) -> Examined:
    """What a transaction needs to know of a file that was read."""
    package = found.package
    if package is None:
        return Examined(found.complaints, found.notes)
    planned = trial.plan(package)
    wording = _wording(package)
    return Examined(
        complaints=(),
        notes=(*found.notes, *planned.notes),
        slug=package.slug,
        title=wording["title"] or "",
        title_bn=wording["title_bn"],
        fingerprint=fingerprint(package),
        tests=len(package.tests),
        programs=len(planned.trials),
    )


def fingerprint(package: ProblemPackage) -> str:
    """The same for the same problem, however it was packed."""

    def plain(value: object) -> str:
        return sha256(value).hexdigest() if isinstance(value, bytes) else str(value)

    whole = json.dumps(asdict(package), default=plain, sort_keys=True)
    return sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


async def stands(work: UnitOfWork, person: Person, found: Examined) -> Received:
    """Whether the file is to be kept, before it is; QUEUED says that it is."""
    state = await work.problems.slug_state(person.id, found.slug, found.fingerprint)
    return Received(_kept(state), state.newest)


def _kept(state: SlugState) -> Kept:
    if state.somebody_elses:
        return Kept.SOMEBODY_ELSES
    if state.waiting:
        return Kept.WAITING
    if state.unchanged:
        return Kept.UNCHANGED
    return Kept.TOO_MANY if state.open >= OPEN_AT_MOST else Kept.QUEUED


async def keep(
    work: UnitOfWork, person: Person, file_name: str, archive_key: str, found: Examined
) -> Received:
    """An upload that waits for its trial, unless something came between since it was looked at.

    The archive is stored already; whoever stored it discards it where there is no upload.
    """
    standing = await stands(work, person, found)
    if standing.kept is not Kept.QUEUED:
        return standing
    upload = NewUpload(person.id, found.slug, file_name, archive_key, found.fingerprint)
    return replace(standing, upload_id=await work.problems.add_upload(upload))


def told(findings: Sequence[Complaint | Remark]) -> list[list[Any]]:
    """What the views make sentences of."""
    return [[one.file, one.line, one.key, dict(one.values)] for one in findings]


def new_version(package: ProblemPackage, tests: tuple[NewTest, ...]) -> NewVersion:
    """What is written of a problem that stood its trial."""
    texts = _wording(package)
    return NewVersion(
        slug=package.slug,
        title=texts["title"] or "",
        title_bn=texts["title_bn"],
        description=texts["description"] or "",
        description_bn=texts["description_bn"],
        hint=texts["hint"],
        hint_bn=texts["hint_bn"],
        starter=package.starter,
        reference=package.reference,
        limits=package.limits,
        checker=package.checker,
        groups=package.groups,
        tests=tests,
    )


def _wording(package: ProblemPackage) -> Mapping[str, Any]:
    """The main texts are English where there is any; Bengali ones stand beside them."""
    main = "en" if "en" in package.statements else "bn"
    texts: dict[str, str | None] = {}
    for name, both in (
        ("title", package.titles),
        ("description", package.statements),
        ("hint", package.hints),
    ):
        texts[name] = both.get(main, next(iter(both.values()), None))
        texts[f"{name}_bn"] = both.get("bn") if main == "en" else None
    return texts
