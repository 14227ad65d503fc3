"""Page tables: memory that a program makes the kernel use, which none of its limits counts.

They are small unless its pages lie far apart. They are seen from outside alone, since a box has no
/proc; so the judge looks now and then while a program runs.
"""

import os
import signal
from pathlib import Path

LOOK_SECONDS = 0.1
COUNTED = ("VmRSS:", "VmPTE:")


def end_if_too_large(runner: int, most_kb: int) -> bool:
    """Kill the children of a box's first process that use more, tables included; was there one?"""
    found = False
    for child in _children(runner):
        try:
            handle = os.pidfd_open(child)
        except OSError:
            continue
        try:
            if _used_kb(child) > most_kb:
                signal.pidfd_send_signal(handle, signal.SIGKILL)
                found = True
        except OSError:
            continue
        finally:
            os.close(handle)
    return found


def _children(process: int) -> list[int]:
    """None where the kernel does not say."""
    try:
        return [*map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split())]
    except OSError:
        return []


def _used_kb(process: int) -> int:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(COUNTED))
