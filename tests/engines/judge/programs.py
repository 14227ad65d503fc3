"""The programs of tests/judge_programs and what is expected of them: see the README there."""

import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.submissions.judging import (
    Checker,
    CheckerKind,
    Judged,
    Limits,
    Outcome,
    Program,
    Task,
    Test,
    Verdict,
)

FOLDER = Path(__file__).parents[2] / "judge_programs"
LANGUAGES = {".py": "python", ".cpp": "cpp", ".c": "c", ".js": "javascript"}
KEYS = {
    *("verdict", "input", "output", "input_of", "output_of", "tests", "limits", "checker"),
    *("absolute", "relative", "exit_code", "signal", "stdout", "stderr", "compiler", "anywhere"),
    *("not_anywhere", "beside", "machine", "slow"),
}
Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """A program and its line of an expected.yaml."""

    path: Path
    entry: Entry

    def __str__(self) -> str:
        return str(self.path.relative_to(FOLDER))

    @property
    def language(self) -> str:
        return LANGUAGES[self.path.suffix]

    @property
    def hostile(self) -> bool:
        return self.path.is_relative_to(FOLDER / "hostile")

    @property
    def verdicts(self) -> list[Verdict]:
        return [Verdict(each) for each in _listed(self.entry["verdict"])]

    @property
    def tests(self) -> list[Entry]:
        return self.entry.get("tests") or [self.entry]

    @property
    def for_this_machine(self) -> bool:
        return self.entry.get("machine") in (None, platform.machine())

    def task(self, places: Mapping[str, str]) -> Task:
        """The program with the words between @ signs replaced, as the judge gets it."""
        tests = [
            Test(str(number), _bytes(test, "input") or b"", _bytes(test, "output"))
            for number, test in enumerate(self.tests)
        ]
        checker = Checker(
            CheckerKind(self.entry.get("checker", "tokens")),
            absolute=self.entry.get("absolute", 0.0),
            relative=self.entry.get("relative", 0.0),
        )
        source = _source(self.path, places)
        limits = Limits(**self.entry.get("limits", {}))
        return Task(Program(self.language, source), tests, limits, checker)

    def assert_fits(self, judged: Judged) -> None:
        """Raises AssertionError, showing all that the judge said, where something differs."""
        assert judged.verdict in self.verdicts, judged
        if judged.verdict is Verdict.COMPILE_ERROR:
            assert judged.compilation is not None
            assert not judged.compilation.ok
            assert not judged.outcomes
        else:
            assert [each.test_id for each in judged.outcomes] == [
                str(number) for number in range(len(self.tests))
            ]
        self._assert_tests_fit(judged)
        self._assert_fragments_fit(judged)
        for key in ("exit_code", "signal"):
            if key in self.entry:
                assert getattr(deciding(judged), key) == self.entry[key], judged

    def _assert_tests_fit(self, judged: Judged) -> None:
        own = any("verdict" in test for test in self.entry.get("tests") or ())
        for test, outcome in zip(self.tests, judged.outcomes, strict=False):
            wanted = [Verdict(test.get("verdict", "pass"))] if own else self.verdicts
            assert outcome.verdict in wanted, judged

    def _assert_fragments_fit(self, judged: Judged) -> None:
        texts = {"compiler": judged.compilation.output if judged.compilation else ""}
        for stream in ("stdout", "stderr"):
            written = [getattr(each, stream) for each in judged.outcomes]
            texts[stream] = b"\n".join(written).decode(errors="replace")
        texts["anywhere"] = "\n".join(texts.values())
        for place, text in texts.items():
            for fragment in _listed(self.entry.get(place, [])):
                assert fragment in text, judged
        for fragment in _listed(self.entry.get("not_anywhere", [])):
            assert fragment not in texts["anywhere"], judged


def deciding(judged: Judged) -> Outcome:
    """The outcome of the first test that did not pass, else of the last."""
    bad = [each for each in judged.outcomes if each.verdict is not Verdict.ACCEPTED]
    return [*bad[:1], *judged.outcomes][0 if bad else -1]


@cache
def cases() -> Sequence[Case]:
    """All of them, in a fixed order. Raises ValueError for an entry that says nonsense."""
    return tuple(
        case for table in sorted(FOLDER.rglob("expected.yaml")) for case in _listed_in(table)
    )


def _listed_in(table: Path) -> Iterator[Case]:
    content = yaml.safe_load(table.read_text())
    defaults, programs = {}, content
    if "programs" in content:
        defaults, programs = content["defaults"], content["programs"]
    for name, own in programs.items():
        entry = {**defaults, **(own or {})}
        entry["limits"] = {**defaults.get("limits", {}), **(own or {}).get("limits", {})}
        if own and "tests" not in own and ("output" in own or "input" in own):
            entry.pop("tests", None)
        if unknown := entry.keys() - KEYS:
            raise ValueError(f"{table}: {name}: {sorted(unknown)}")
        yield Case(table.parent / name, entry)


def parameters() -> list[Any]:
    """As pytest wants them: named by their paths, the slow ones marked."""
    return [
        pytest.param(each, id=str(each), marks=[pytest.mark.slow] if each.entry.get("slow") else [])
        for each in cases()
    ]


def companion(case: Case) -> Case | None:
    """The program that runs beside this one, if there is one."""
    if "beside" not in case.entry:
        return None
    entry = {key: value for key, value in case.entry.items() if key != "beside"}
    return Case(case.path.parent / case.entry["beside"], entry)


def _source(path: Path, places: Mapping[str, str]) -> str:
    source = path.read_bytes().decode()
    for name, value in places.items():
        source = source.replace(f"@{name}@", value)
    return source


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [value]


def _bytes(test: Entry, key: str) -> bytes | None:
    if f"{key}_of" in test:
        made = test[f"{key}_of"]
        return bytes(made["line"].encode() * made["times"])
    text = test.get(key)
    return None if text is None else str(text).encode()
