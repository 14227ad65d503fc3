"""What problem.yaml of a problem package says, in its legacy and its 2023-07 form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from domain.problems.packages.complaints import Findings, Flaw, Note
from domain.problems.packages.contents import LANGUAGES
from domain.problems.packages.fields import Reader, read_yaml
from domain.problems.packages.limits import (
    LEAST_MEMORY_MIB,
    LEAST_TIME_MS,
    MOST_MEMORY_MIB,
    MOST_OUTPUT_MIB,
    MOST_TIME_MS,
    TITLE,
)
from domain.submissions.judging import Limits

PROBLEM_YAML = "problem.yaml"
TIME_FILE = ".timelimit"
DOMJUDGE = "domjudge-problem.ini"
_READ = frozenset(("name", "type", "validation", "validator_flags", "limits"))
_READ_LIMITS = frozenset(("time_limit", "memory", "output"))
_KINDS = ("pass-fail", "scoring")
_KIB = 1024
_MOST = Decimal(100_000)
_LONGEST_FLAGS = 500


@dataclass(frozen=True, slots=True)
class Settings:
    names: Mapping[str, str]
    """By language; `""` for a name that is in no language."""
    scoring: bool
    custom_checker: bool | None
    """None where the form leaves it to whether there is one."""
    flags: tuple[str, ...]
    """Of the checker."""
    limits: Limits


def read_settings(findings: Findings, files: Mapping[str, bytes]) -> Settings | None:
    reader = read_yaml(findings, PROBLEM_YAML, files[PROBLEM_YAML])
    if reader is None:
        return None
    reader.doubled()
    _tell_unused(findings, reader)
    kinds = _kinds(reader)
    for kind in kinds:
        if kind not in _KINDS:
            reader.complain("type", Flaw.KIND_NOT_SUPPORTED, kind=kind)
    return Settings(
        names=_names(reader),
        scoring="scoring" in kinds,
        custom_checker=_custom_checker(reader),
        flags=_flags(reader),
        limits=_limits(findings, reader, files),
    )


def _tell_unused(findings: Findings, reader: Reader) -> None:
    unused = [one for one in reader.names if one not in _READ and one != "problem_format_version"]
    if reader.is_map("limits"):
        unused += [f"limits.{one}" for one in reader.map("limits").names if one not in _READ_LIMITS]
    if unused:
        findings.note(PROBLEM_YAML, 0, Note.FIELD_UNUSED, fields=", ".join(unused))


def _kinds(reader: Reader) -> tuple[str, ...]:
    if not reader.has("type"):
        return ("pass-fail",)
    if reader.is_text("type"):
        return tuple(reader.text("type", TITLE).split())
    return reader.texts("type", len(_KINDS) + 2)


def _custom_checker(reader: Reader) -> bool | None:
    if not reader.has("validation"):
        return False if _is_legacy(reader) else None
    words = reader.text("validation", TITLE).split()
    for word in words[1:]:
        # A checker that talks with the program, or that gives points of its own.
        reader.complain("validation", Flaw.KIND_NOT_SUPPORTED, kind=word)
    if words and words[0] not in ("default", "custom"):
        reader.complain("validation", Flaw.NOT_ONE_OF, allowed="default, custom")
    return words[:1] == ["custom"]


def _flags(reader: Reader) -> tuple[str, ...]:
    if not reader.has("validator_flags"):
        return ()
    return tuple((reader.written("validator_flags", _LONGEST_FLAGS) or "").split())


def _is_legacy(reader: Reader) -> bool:
    """What says nothing of its form is of the legacy one."""
    if not reader.has("problem_format_version"):
        return True
    return reader.text("problem_format_version", TITLE).startswith("legacy")


def _names(reader: Reader) -> Mapping[str, str]:
    if not reader.has("name"):
        return {}
    if reader.is_text("name"):
        return {"": reader.text("name", TITLE)}
    each = reader.map("name")
    known = {one: each.text(one, TITLE) for one in LANGUAGES if one in each.names}
    if known or not each.names:
        return known
    return {"": each.text(next(iter(each.names)), TITLE)}


def _limits(findings: Findings, reader: Reader, files: Mapping[str, bytes]) -> Limits:
    usual = Limits()
    limits = reader.map("limits") if reader.is_map("limits") else None
    seconds = _time(limits, files)
    if seconds is None:
        findings.note(PROBLEM_YAML, 0, Note.DEFAULT_TIME, time=usual.time_ms)
    memory = limits.number("memory", Decimal(0), _MOST) if limits else None
    output = limits.number("output", Decimal(0), _MOST) if limits else None
    time_ms = usual.time_ms if seconds is None else int(seconds * 1000)
    return Limits(
        time_ms=_within(findings, "time_limit", time_ms, LEAST_TIME_MS, MOST_TIME_MS),
        memory_kb=usual.memory_kb
        if memory is None
        else _KIB * _within(findings, "memory", int(memory), LEAST_MEMORY_MIB, MOST_MEMORY_MIB),
        output_kb=usual.output_kb
        if output is None
        else _KIB * _within(findings, "output", int(output), 1, MOST_OUTPUT_MIB),
    )


def _time(limits: Reader | None, files: Mapping[str, bytes]) -> Decimal | None:
    """In seconds, from wherever a package may say it."""
    if limits is not None and limits.has("time_limit"):
        return limits.number("time_limit", Decimal(0), _MOST)
    plain = re.fullmatch(rb"\s*([0-9]{1,6}(?:\.[0-9]{1,6})?)\s*", files.get(TIME_FILE, b""))
    of_domjudge = re.search(
        rb"(?m)^\s*timelimit\s*=\s*['\"]?([0-9]{1,6}(?:\.[0-9]{1,6})?)", files.get(DOMJUDGE, b"")
    )
    found = plain or of_domjudge
    return Decimal(found[1].decode()) if found else None


def _within(findings: Findings, field: str, value: int, least: int, most: int) -> int:
    kept = min(max(value, least), most)
    if kept != value:
        place = f"limits.{field}"
        findings.note(PROBLEM_YAML, 0, Note.LIMIT_CHANGED, field=place, value=value, kept=kept)
    return kept
