"""From how a run ended to what became of it."""

import os
import re
import signal

from domain.submissions.judging import Limits, Verdict
from engines.judge.box import Ended
from engines.judge.languages.language import Language
from engines.judge.runner import BY_FILES, BY_SPACE, BY_TIME, BY_WALL, EXECUTING

CRASHES = (signal.SIGKILL, signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT, signal.SIGTRAP)
ALMOST = 0.9
"""Of its memory: a program that is killed there was refused more."""


def verdict(
    ended: Ended, limits: Limits, language: Language, written: int, errors: bytes
) -> Verdict:
    """What became of a run, before anyone has looked at whether its output is right.

    `written` is the size of the larger of its outputs, `errors` what it wrote to its error output.
    """
    if ended.failed:
        its_own = not language.run.program and ended.failed == EXECUTING[0]
        return Verdict.RUNTIME_ERROR if its_own else Verdict.INTERNAL_ERROR
    stopped = os.WTERMSIG(ended.status) if os.WIFSIGNALED(ended.status) else 0
    if stopped == signal.SIGSYS:
        return Verdict.REFUSED_CALL
    badly = ended.status != 0
    if _too_much_output(limits, stopped, written) or (badly and _says(language.no_room, errors)):
        return Verdict.OUTPUT_LIMIT
    if _out_of_memory(ended, limits, language, stopped, errors):
        return Verdict.MEMORY_LIMIT
    if _too_slow(ended, limits, stopped):
        return Verdict.TIME_LIMIT
    return Verdict.RUNTIME_ERROR if badly else Verdict.ACCEPTED


def _too_slow(ended: Ended, limits: Limits, stopped: int) -> bool:
    by_us = ended.why in (BY_TIME, BY_WALL) or stopped == signal.SIGXCPU
    return by_us or ended.cpu_us > limits.time_ms * 1000


def _too_much_output(limits: Limits, stopped: int, written: int) -> bool:
    return stopped == signal.SIGXFSZ or written > limits.output_kb * 1024


def _out_of_memory(
    ended: Ended, limits: Limits, language: Language, stopped: int, errors: bytes
) -> bool:
    if ended.why in (BY_FILES, BY_SPACE) or ended.memory_kb > limits.memory_kb:
        return True
    if not ended.status or ended.why:
        return False
    if stopped in CRASHES and ended.memory_kb > ALMOST * limits.memory_kb:
        return True
    return _says(language.out_of_memory, errors)


def _says(sign: re.Pattern[bytes] | None, errors: bytes) -> bool:
    return sign is not None and sign.search(errors) is not None
