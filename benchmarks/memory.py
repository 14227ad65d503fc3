"""Memory of `./dars run` at rest: every process of it, summed.

A page that several processes share is counted once in the sum (PSS: each process is charged its
share); RSS, which counts it in each of them, stands beside it.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from benchmarks import harness

BAR_MB = 400.0
READY_SECONDS = 90.0
REST_SECONDS = 10.0
SAMPLES = 3
SAMPLE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Used:
    """One process and its memory, in MB of 1,000,000 bytes."""

    name: str
    pss: float
    rss: float


async def main() -> None:
    harness.refuse_real_services()
    with harness.home() as home:
        log = home / "log"
        environment = {
            "DARS_HOME": str(home / "dars"),
            "LOCALCHAT_PORT": str(harness.free_port()),
        }
        with harness.process(["-m", "runtime", "run"], environment, log) as child:
            await harness.said(log, "Dars is ready", child, READY_SECONDS)
            await asyncio.sleep(REST_SECONDS)
            samples = [measure(child.pid)]
            for _ in range(SAMPLES - 1):
                await asyncio.sleep(SAMPLE_SECONDS)
                samples.append(measure(child.pid))
    show(samples)


def show(samples: list[list[Used]]) -> None:
    """The median sample by process, and the verdict."""
    samples.sort(key=lambda sample: sum(one.pss for one in sample))
    middle = samples[len(samples) // 2]
    pss, rss = sum(one.pss for one in middle), sum(one.rss for one in middle)
    rows = [
        (one.name, f"{one.pss:.1f}", f"{one.rss:.1f}")
        for one in sorted(middle, key=lambda one: -one.pss)
    ]
    rows.append((f"all {len(middle)} processes", f"{pss:.1f}", f"{rss:.1f}"))
    print(f"memory of `dars run`, {REST_SECONDS:.0f} s after it was ready\n")
    harness.table(("process", "PSS, MB", "RSS, MB"), rows)
    sums = [sum(one.pss for one in sample) for sample in samples]
    print(f"{SAMPLES} samples: {sums[0]:.1f} to {sums[-1]:.1f} MB\n")
    harness.verdict(BAR_MB, pss, {}, pss / BAR_MB, holds=pss < BAR_MB)


def measure(root: int) -> list[Used]:
    """The memory of a process and of all that descend from it."""
    return [used for one in tree(root) if (used := usage(one)) is not None]


def tree(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                status = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            children.setdefault(int(status[1]), []).append(int(entry.name))
    found = [root]
    for one in found:
        found += children.get(one, [])
    return found


def usage(process: int) -> Used | None:
    """None for a process that has ended meanwhile."""
    folder = Path("/proc") / str(process)
    try:
        rollup = (folder / "smaps_rollup").read_text()
        words = (folder / "cmdline").read_text().rstrip("\0").split("\0")
    except OSError:
        return None
    # The first line is the range of addresses; the others are "Pss:   1234 kB".
    lines = [line.split() for line in rollup.splitlines()[1:]]
    kilobytes = {line[0].rstrip(":"): int(line[1]) for line in lines}
    return Used(title(words), kilobytes["Pss"] * 1.024e-3, kilobytes["Rss"] * 1.024e-3)


def title(words: list[str]) -> str:
    """A process by what it is: `runtime bot`, `localchat`, `postgres: checkpointer`."""
    if "-m" in words:
        module = words.index("-m") + 1
        name = words[module]
        return " ".join(words[module : module + 2]) if name == "runtime" else name
    program = Path(words[0].split(" ")[0]).name
    rest = words[0].partition(" ")[2].strip()
    return f"{program} {rest}".strip()[:48]


if __name__ == "__main__":
    asyncio.run(main())
