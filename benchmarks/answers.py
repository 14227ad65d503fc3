"""Checking answers: our checker against math-verify over the labelled pairs of the tests.

A side is right where it accepts what the label accepts and accepts nothing else; whether it calls
the rest wrong or unreadable does not count here, because math-verify has no such difference. The
sides take turns, all pairs each. Ours reads the expected answer anew each time, as it does in
service; math-verify has read it before the clock starts.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from statistics import median

from benchmarks import harness
from benchmarks.peers import math_verify_answer
from domain.errors import Mistake
from domain.practice import answers
from tests.domain.practice.pairs import Pair, Question, load

BAR_SHARE = 100.0
BAR_MS = 0.1
ROUNDS = 5

Check = Callable[[str], bool]
Checks = Mapping[Question, Check]


@dataclass(slots=True)
class Side:
    """What one checker made of the pairs. Verdicts are those of the last round."""

    checks: Checks
    accepted: list[bool] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)

    def round(self, pairs: Sequence[Pair]) -> None:
        self.accepted = []
        for pair in pairs:
            check = self.checks[pair.question]
            start = time.perf_counter()
            accepted = check(pair.text)
            self.milliseconds.append((time.perf_counter() - start) * 1000)
            self.accepted.append(accepted)

    def share(self, pairs: Sequence[Pair]) -> float:
        """How many of 100 pairs it gets right."""
        right = sum(said == pair.right for said, pair in zip(self.accepted, pairs, strict=True))
        return 100 * right / len(pairs)

    def false(self, pairs: Sequence[Pair], *, accepts: bool) -> list[Pair]:
        """The wrong answers it accepts, or the right ones it does not."""
        judged = zip(self.accepted, pairs, strict=True)
        return [pair for said, pair in judged if said is accepts and pair.right is not accepts]


def main() -> None:
    pairs = load()
    math_verify_answer.quiet()
    sides = all_sides({pair.question for pair in pairs})
    for _ in range(ROUNDS):
        for side in sides.values():
            side.round(pairs)
    show(pairs, sides)


def all_sides(questions: set[Question]) -> dict[str, Side]:
    sides = {"dars": Side({asked: partial(ours, asked) for asked in questions})}
    for latex in (False, True):
        for latin in (False, True):
            name = f"math-verify, {'as LaTeX' if latex else 'plain'}"
            name += ", digits made Latin" if latin else ""
            sides[name] = Side(
                {
                    asked: math_verify_answer.checker(asked.expected, latex=latex, latin=latin)
                    for asked in questions
                }
            )
    return sides


def ours(asked: Question, text: str) -> bool:
    try:
        return answers.check(
            text,
            asked.expected,
            asked.kind,
            asked.tolerance,
            asked.unit,
            unit_required=asked.unit_required,
            form=asked.form,
        ).correct
    except Mistake:
        return False


def show(pairs: Sequence[Pair], sides: Mapping[str, Side]) -> None:
    right = sum(pair.right for pair in pairs)
    wrong = len(pairs) - right
    print(f"{len(pairs)} pairs, {right} to accept and {wrong} not to, {ROUNDS} rounds\n")
    head = ("side", "right, %", "false accepts", "false refusals", "median", "95th", "worst, ms")
    harness.table(head, [row(name, side, pairs) for name, side in sides.items()])
    own = sides["dars"]
    accepts = own.false(pairs, accepts=True)
    for pair in accepts + own.false(pairs, accepts=False):
        print(f"{'refused' if pair.right else 'accepted'}: {pair.name!r}")
    share = own.share(pairs)
    peers = {name: side.share(pairs) for name, side in sides.items() if side is not own}
    quick = median(own.milliseconds) <= BAR_MS
    harness.verdict(
        BAR_SHARE,
        share,
        peers,
        share / max(peers.values()),
        holds=quick and share >= BAR_SHARE and not accepts,
    )


def row(name: str, side: Side, pairs: Sequence[Pair]) -> tuple[object, ...]:
    times = side.milliseconds
    return (
        name,
        f"{side.share(pairs):.1f}",
        len(side.false(pairs, accepts=True)),
        len(side.false(pairs, accepts=False)),
        f"{median(times):.3f}",
        f"{harness.percentile(times, 0.95):.3f}",
        f"{max(times):.1f}",
    )


if __name__ == "__main__":
    main()
