"""Problems until a class is mastered: how Dars chooses, against chance, BKT and hardest-first.

A thousand students of each of two families practise for 60 days, a session of five problems a day.
What counts is the number of problems until the student has truly mastered all topics, which the
simulation knows and no picker does; who has not after 60 days counts with all 300. The students of
this run were drawn from a seed that no parameter of Dars was chosen on.
"""

import math
import multiprocessing
import os
import random
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from benchmarks import harness
from benchmarks._learners import TOPICS, AbilityLearner, Learner, StateLearner, Task, library
from benchmarks._pickers import (
    Chance,
    Dars,
    HardestUnsolved,
    Picker,
    Tracing,
    TracingEachAnswer,
    TracingInTurn,
    TracingLowest,
)
from domain.practice.skills import MASTERED_FROM, Picture

BAR_CHANCE, BAR_TRACING = 0.7, 0.9
STUDENTS = 1000
SEED = 20_000
DAYS, SESSION = 60, 5
FIRST_DAY = datetime(2026, 1, 4, 12, tzinfo=UTC)
PARTS = 5
"""Parts of the students whose least and greatest ratio stand beside the ratio."""


def flat(rng: random.Random) -> Learner:
    return AbilityLearner(rng, flat=True)


FAMILIES: Mapping[str, Callable[[random.Random], Learner]] = {
    "ability grows (2PL)": AbilityLearner,
    "known or not (BKT)": StateLearner,
    "ability, any problem alike": flat,
}
COUNTED = tuple(FAMILIES)[:2]
PICKERS: Mapping[str, type[Picker]] = {
    "Dars": Dars,
    "random": Chance,
    "hardest unsolved": HardestUnsolved,
    "BKT 0.95, any topic": Tracing,
    "BKT 0.95, topic after topic": TracingInTurn,
    "BKT 0.95, least known": TracingLowest,
    "BKT 0.95, least known, each answer": TracingEachAnswer,
}
IN_SESSIONS = tuple(name for name, one in PICKERS.items() if issubclass(one, Tracing))[:3]
"""The forms of BKT that choose a session of five at its opening, as the bot must."""
Job = tuple[str, str, int]
"""Family, picker and the student's number."""


@dataclass(frozen=True, slots=True)
class Life:
    """One student with one picker."""

    problems: int
    mastered: bool
    placed: Sequence[tuple[float, float]]
    """After ten problems, for each topic: the chance Dars expects on a medium problem, and what
    the student has."""
    called: Sequence[bool]
    """For each topic that Dars came to call mastered: whether it was."""


def main() -> None:
    began = datetime.now(UTC)
    jobs = [
        (family, picker, SEED + number)
        for family in FAMILIES
        for picker in PICKERS
        for number in range(STUDENTS)
    ]
    with multiprocessing.Pool(len(os.sched_getaffinity(0))) as pool:
        lives = pool.map(live, jobs, chunksize=50)
    found: dict[tuple[str, str], list[Life]] = {}
    for (family, picker, _), life in zip(jobs, lives, strict=True):
        found.setdefault((family, picker), []).append(life)
    print(
        f"{STUDENTS:,} students a family, {len(TOPICS)} topics, {DAYS} days of {SESSION} problems"
    )
    print(f"({(datetime.now(UTC) - began).total_seconds():.0f} s)\n")
    show(found)
    judge(found)


def live(job: Job) -> Life:
    """One student until all is mastered or the days are over."""
    family, picker_name, seed = job
    problems = library(1)
    learner = FAMILIES[family](random.Random(f"learner {seed}"))
    rng = random.Random(f"answers {seed}")
    picker = PICKERS[picker_name](problems, random.Random(f"picker {seed}"))
    missing = {topic for topic in TOPICS if not learner.has_mastered(topic)}
    waiting: list[Task] = []
    done = 0
    placed: list[tuple[float, float]] = []
    called: dict[str, bool] = {}
    while missing and done < DAYS * SESSION:
        now = FIRST_DAY + timedelta(days=done // SESSION, minutes=4 * (done % SESSION))
        waiting = waiting or picker.choose(now)
        problem = waiting.pop(0)
        picker.saw(problem, learner.work(problem, rng), now)
        done += 1
        if learner.has_mastered(problem.topic):
            missing.discard(problem.topic)
        if isinstance(picker, Dars):
            picture = Picture(TOPICS, picker.skills, now)
            if done == 2 * SESSION:
                placed = [(picture.chance(one, 2), learner.medium(one)) for one in TOPICS]
            if picture.mastery(problem.topic) >= MASTERED_FROM:
                called.setdefault(problem.topic, learner.has_mastered(problem.topic))
    return Life(done, not missing, placed, list(called.values()))


def show(found: Mapping[tuple[str, str], Sequence[Life]]) -> None:
    head = ("problems until all is mastered", "mean", "10% to 90%", "not in time", "Dars needs")
    for family in FAMILIES:
        rows = []
        for picker in PICKERS:
            lives = found[family, picker]
            counts = sorted(one.problems for one in lives)
            error = 1.96 * statistics.stdev(counts) / math.sqrt(len(counts))
            rows.append((
                picker,
                f"{statistics.mean(counts):.0f} ± {error:.0f}",
                f"{counts[len(counts) // 10]} to {counts[9 * len(counts) // 10]}",
                f"{sum(not one.mastered for one in lives) / len(lives):.1%}",
                "" if picker == "Dars" else fewer(found, [family], picker),
            ))  # fmt: skip
        print(family)
        harness.table(head, rows)
    for family in FAMILIES:
        show_model(family, found[family, "Dars"])


def show_model(family: str, lives: Sequence[Life]) -> None:
    """How well the model knows the students: soon, and when it speaks of mastery."""
    pairs = [pair for one in lives for pair in one.placed]
    expected, true = zip(*pairs, strict=True)
    called = [one for life in lives for one in life.called]
    print(
        f"{family}: after two sessions the chance expected and the true one correlate by"
        f" {statistics.correlation(expected, true):.2f};"
        f" of topics called mastered {sum(called) / len(called):.0%} were"
    )


def mean(found: Mapping[tuple[str, str], Sequence[Life]], families: Sequence[str], picker: str,
         part: slice = slice(None)) -> float:  # fmt: skip
    return statistics.mean(
        one.problems for family in families for one in found[family, picker][part]
    )


def ratio(
    found: Mapping[tuple[str, str], Sequence[Life]],
    families: Sequence[str],
    picker: str,
    part: slice = slice(None),
) -> float:
    return mean(found, families, "Dars", part) / mean(found, families, picker, part)


def fewer(
    found: Mapping[tuple[str, str], Sequence[Life]], families: Sequence[str], picker: str
) -> str:
    """How many problems Dars saves, in percent, with the least and the most of five parts."""
    parts = [1 - ratio(found, families, picker, slice(n, None, PARTS)) for n in range(PARTS)]
    whole = 1 - ratio(found, families, picker)
    word = "fewer" if whole >= 0 else "more"
    ends = sorted((min(parts), max(parts)), reverse=whole < 0)
    least, most = (one if whole >= 0 else -one for one in ends)
    return f"{abs(whole):.1%} {word} ({least:.1%} to {most:.1%})"


def judge(found: Mapping[tuple[str, str], Sequence[Life]]) -> None:
    """The bars are over both families together, against the best BKT that plays by the rules."""
    print()
    rows = [
        (picker, f"{mean(found, COUNTED, picker):.0f}",
         "" if picker == "Dars" else fewer(found, COUNTED, picker))
        for picker in PICKERS
    ]  # fmt: skip
    harness.table(("both families together", "mean", "Dars needs"), rows)
    best = min(IN_SESSIONS, key=lambda one: mean(found, COUNTED, one))
    holds = (
        ratio(found, COUNTED, "random") <= BAR_CHANCE and ratio(found, COUNTED, best) <= BAR_TRACING
    )
    peers = {picker: mean(found, COUNTED, picker) for picker in PICKERS if picker != "Dars"}
    ours = mean(found, COUNTED, "Dars")
    harness.verdict(BAR_TRACING, ours, peers, ratio(found, COUNTED, best), holds=holds)


if __name__ == "__main__":
    main()
