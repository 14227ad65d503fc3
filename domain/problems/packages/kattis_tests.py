"""The tests of a problem package: data/sample, data/secret and what is said of their groups."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import PurePosixPath

from domain.problems.packages.complaints import Findings, Flaw, Note
from domain.problems.packages.contents import PackageTest
from domain.problems.packages.fields import Reader, read_yaml
from domain.problems.packages.limits import MOST_POINTS, TOTAL_POINTS
from domain.problems.packages.sharing import CENT, shared
from domain.problems.records import TestGroup

DATA = "data"
_FOLDERS = ("sample", "secret")
_LEGACY = "testdata.yaml"
_SETTINGS = (_LEGACY, "test_group.yaml")
_SCORES = ("accept_score", "max_score", "score")
_READ = {
    *(*_SCORES, "range", "grader_flags", "score_aggregation", "aggregation", "scoring", "grading"),
    *("on_reject", "output_validator_flags", "output_validator_args", "input_validator_flags"),
    *("input_validator_args", "reject_score"),
}
_TOGETHER = {"min", "max", "avg", "pass-fail"}
"""Ways of adding up in which one failed test costs more than itself."""
_NOTHING_SAID = re.compile(rb"\s*(?:#[^\n]*(?:\n\s*|\Z))*(?:\{\s*\}\s*)?")
_ONE = Decimal(1)
_NONE = Decimal(0)
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class GroupSettings:
    """What is said of a folder of tests."""

    file: str
    score: Decimal | None = None
    """Of each test, or of the whole where `whole`."""
    whole: bool = False
    most: Decimal | None = None
    """The upper end of its range."""
    together: bool = False
    """Whether it gives its points only if all of its tests passed."""
    flags: tuple[str, ...] | None = None
    """Of the checker."""
    ignores_samples: bool = False
    has_validator_flags: bool = False


@dataclass(frozen=True, slots=True)
class Data:
    tests: tuple[PackageTest, ...]
    groups: tuple[TestGroup, ...]
    settings: Mapping[str, GroupSettings]
    """By the folder."""


def read_data(findings: Findings, files: Mapping[str, bytes], scoring: bool) -> Data:
    """`scoring` is whether the package says what its tests are worth."""
    inside = [name for name in files if name.startswith(f"{DATA}/")]
    settings = {
        str(PurePosixPath(name).parent): _settings(findings, name, files[name])
        for name in inside
        if PurePosixPath(name).name in _SETTINGS
    }
    tests = [*_tests(findings, files, inside)]
    if not tests:
        findings.complain(DATA, 0, Flaw.NO_TESTS)
    scored = _scored if scoring else _evenly
    groups, worth = scored(findings, tests, settings)
    return Data(tuple(worth), tuple(groups), settings)


def _tests(
    findings: Findings, files: Mapping[str, bytes], inside: Sequence[str]
) -> Iterator[PackageTest]:
    """In the order of their names, the samples first."""
    kinds: dict[str, str] = {}
    for name in sorted(inside, key=lambda one: one.split("/")):
        parts, path = name.split("/"), PurePosixPath(name)
        if len(parts) > 2 and parts[1] not in _FOLDERS:
            findings.note("/".join(parts[:2]), 0, Note.FOLDER_UNUSED)
        elif path.suffix == ".in":
            answer = files.get(str(path.with_suffix(".ans")))
            if answer is None:
                findings.complain(name, 0, Flaw.ANSWER_MISSING)
                answer = b""
            test = name.removeprefix(f"{DATA}/").removesuffix(".in")
            yield PackageTest(test, parts[1] == "secret", _NONE, None, files[name], answer)
        elif path.suffix == ".ans":
            if str(path.with_suffix(".in")) not in files:
                findings.complain(name, 0, Flaw.INPUT_MISSING)
        elif path.name not in _SETTINGS:
            kinds.setdefault(path.suffix, name)
    for name in kinds.values():  # One of each kind is enough to be told of.
        findings.note(name, 0, Note.FILE_UNUSED)


def _evenly(
    findings: Findings, tests: Sequence[PackageTest], _: Mapping[str, GroupSettings]
) -> tuple[Sequence[TestGroup], Sequence[PackageTest]]:
    """A problem that is passed or failed says nothing of points."""
    hidden = any(one.hidden for one in tests)
    places = [place for place, one in enumerate(tests) if one.hidden or not hidden]
    if not places:
        return (), tests
    findings.note(DATA, 0, Note.POINTS_SHARED, points=int(TOTAL_POINTS))
    worth = dict(zip(places, shared(TOTAL_POINTS, len(places)), strict=True))
    return (), [replace(one, points=worth.get(place, _NONE)) for place, one in enumerate(tests)]


def _scored(
    findings: Findings, tests: Sequence[PackageTest], settings: Mapping[str, GroupSettings]
) -> tuple[Sequence[TestGroup], Sequence[PackageTest]]:
    members: defaultdict[str, list[PackageTest]] = defaultdict(list)
    for test in tests:
        members[_group(test, settings)].append(test)
    groups: list[TestGroup] = []
    scored: dict[str, PackageTest] = {}
    for name, inside in members.items():
        given = _settings_of(f"{DATA}/{name}", settings)
        if any(one.name.count("/") > name.count("/") + 1 for one in inside):
            findings.note(f"{DATA}/{name}", 0, Note.GROUPS_JOINED)
        if name.startswith("sample") and not _counts_samples(settings):
            continue
        points, each = _worth(given, len(inside))
        if points is not None:
            title = name.rpartition("/")[2]
            groups.append(TestGroup(title, points))
            scored |= {one.name: replace(one, group=title) for one in inside}
        else:
            worth = zip(inside, each, strict=True)
            scored |= {one.name: replace(one, points=points) for one, points in worth}
    return groups, [scored.get(one.name, one) for one in tests]


def _group(test: PackageTest, settings: Mapping[str, GroupSettings]) -> str:
    """The folder just below data/secret, or the folder that gives points as a whole."""
    first, *rest = test.name.split("/")
    whole = settings.get(f"{DATA}/{first}")
    return first if len(rest) == 1 or (whole and whole.together) else f"{first}/{rest[0]}"


def _settings_of(folder: str, settings: Mapping[str, GroupSettings]) -> GroupSettings:
    """Its own, or in the legacy layout those of the nearest folder around it that has any."""
    if folder in settings:
        return settings[folder]
    for parent in PurePosixPath(folder).parents:
        around = settings.get(str(parent))
        if around is not None and around.file.endswith(_LEGACY):
            return around
    return GroupSettings(DATA)


def _counts_samples(settings: Mapping[str, GroupSettings]) -> bool:
    """Only where they are given points themselves."""
    own, whole = settings.get(f"{DATA}/sample"), settings.get(DATA)
    ignored = whole is not None and whole.ignores_samples
    return own is not None and own.score is not None and not ignored


def _worth(given: GroupSettings, count: int) -> tuple[Decimal | None, Sequence[Decimal]]:
    """The points of the group if it has any as a whole, and else those of each of its tests."""
    if given.whole and given.score is not None:
        return (given.score, ()) if given.together else (None, shared(given.score, count))
    each = _ONE if given.score is None else given.score
    if given.together:
        return (each if given.score is not None or given.most is None else given.most), ()
    if given.most is not None and each * count > given.most:
        return given.most, ()
    return None, [each] * count


def _settings(findings: Findings, name: str, content: bytes) -> GroupSettings:
    if _NOTHING_SAID.fullmatch(content):
        return GroupSettings(name)
    reader = read_yaml(findings, name, content)
    if reader is None:
        return GroupSettings(name)
    reader.doubled()
    unused = [one for one in reader.names if one not in _READ]
    if reader.is_map("scoring"):
        unused += [f"scoring.{one}" for one in reader.map("scoring").names if one not in _READ]
    if unused:
        findings.note(name, 0, Note.FIELD_UNUSED, fields=", ".join(unused))
    if _words(reader, "grading") == ["custom"]:
        reader.complain("grading", Flaw.CUSTOM_GRADER)
    scoring = reader.map("scoring") if reader.is_map("scoring") else reader
    field = next((one for one in _SCORES if scoring.has(one)), "")
    whole = field in ("max_score", "score")
    is_group = name.startswith(f"{DATA}/secret/") and name.count("/") > 2
    how = _words(reader, "grader_flags") + _words(scoring, "score_aggregation")
    how += _words(scoring, "aggregation")
    return GroupSettings(
        name,
        score=_score(scoring, field) if field else None,
        whole=whole,
        most=_most(reader),
        together=bool(_TOGETHER & {*how}) or (whole and is_group and "sum" not in how),
        flags=_flags(reader),
        ignores_samples="ignore_sample" in how,
        has_validator_flags=any(
            reader.has(one) for one in ("input_validator_flags", "input_validator_args")
        ),
    )


def _words(reader: Reader, field: str) -> list[str]:
    if not reader.has(field) or not reader.is_text(field):
        return []
    return (reader.written(field, _LONGEST) or "").split()


def _score(reader: Reader, field: str) -> Decimal | None:
    if reader.is_text(field) and reader.text(field, _LONGEST) == "unbounded":
        return None
    score = reader.number(field, _NONE, MOST_POINTS)
    if score is not None and score != score.quantize(CENT):
        reader.complain(field, Flaw.NOT_POINTS)
        return None
    return score


def _most(reader: Reader) -> Decimal | None:
    """The upper end of `range: 0 30`; None where it has none."""
    words = _words(reader, "range")
    if len(words) == 2 and re.fullmatch(r"\+?[0-9]{1,5}(\.[0-9]{1,2})?", words[1]):
        return min(Decimal(words[1]), MOST_POINTS)
    return None


def _flags(reader: Reader) -> tuple[str, ...] | None:
    for field in ("output_validator_flags", "output_validator_args"):
        if reader.is_map(field):
            return tuple(_words(reader.map(field), "flags"))
        if reader.has(field):
            return (
                tuple(_words(reader, field))
                if reader.is_text(field)
                else tuple(reader.texts(field, 20))
            )
    return None
