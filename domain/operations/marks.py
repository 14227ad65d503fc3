"""Marks: up to when a job of the clock is done."""

from datetime import datetime, timedelta

WRONG_BY = timedelta(hours=1)
"""A mark so far ahead was set by a clock that was wrong; believed, it would stop its job for as
long as that clock was ahead."""


def is_wrong(mark: datetime, now: datetime) -> bool:
    return mark > now + WRONG_BY
