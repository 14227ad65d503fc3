"""What times of the day a phrase may mean: am or pm, and which night a small hour belongs to."""

from domain.courses.date_phrases import Phrase

Option = tuple[int, int, int]
"""Days after the named one, hour by 24 hours, minute."""
DAY_ENDS = (0, 23, 59)
"""The time of a day that is named alone."""

_HOURS = {
    "dawn": {hour: hour for hour in range(1, 8)},
    "morning": {hour: hour for hour in range(1, 13)},
    "midday": {11: 11, 12: 12, 1: 13, 2: 14, 3: 15, 4: 16},
    "noon": {12: 12},
    "afternoon": {12: 12, **{hour: hour + 12 for hour in range(1, 8)}},
    "evening": {hour: hour + 12 for hour in range(3, 12)},
}
"""The hours that are said with a part of the day, and what they are by 24 hours."""


def clock_options(phrase: Phrase) -> list[Option] | None:
    """What times of the day may be meant; empty: none is; None: it is not said."""
    if phrase.clock is None:
        return _unsaid(phrase)
    hour, minute = phrase.clock
    if hour > 12:
        return _by_24_hours(phrase, hour, minute)
    if phrase.part in ("night", "midnight"):
        return _night(phrase, hour or 12, minute)
    if phrase.half is not None:
        return _half(phrase.half, hour, minute)
    if phrase.part is not None:
        return _part(phrase.part, hour, minute)
    return [(0, hour, minute)] if phrase.exact else _either(hour, minute)


def _by_24_hours(phrase: Phrase, hour: int, minute: int) -> list[Option]:
    if phrase.half == "am" or phrase.part in ("dawn", "morning"):
        return []
    return [(1, 0, 0)] if hour == 24 else [(0, hour, minute)]


def _either(hour: int, minute: int) -> list[Option]:
    if hour == 12:
        return [(0, 12, minute), (1, 0, minute)]
    return [(0, hour, minute), (0, hour + 12, minute)]


def _unsaid(phrase: Phrase) -> list[Option] | None:
    if phrase.part is None:
        return [DAY_ENDS]
    if phrase.part == "noon":
        return [(0, 12, 0)]
    if phrase.part == "midnight":
        return _night(phrase, 12, 0)
    return [DAY_ENDS] if phrase.part == "night" else None


def _half(half: str, hour: int, minute: int) -> list[Option]:
    if half == "pm":
        return [(0, hour % 12 + 12, minute)]
    # Whether 12 am is a day's beginning or its end, people do not agree.
    return [(0, 0, 0), (1, 0, 0)] if (hour, minute) == (12, 0) else [(0, hour % 12, minute)]


def _night(phrase: Phrase, hour: int, minute: int) -> list[Option]:
    """A night belongs to the day before it, unless a date says otherwise."""
    if phrase.half == "pm" or (phrase.half is None and 6 <= hour <= 11):
        return [(0, hour % 12 + 12, minute)]
    if phrase.half is None and hour == 5:
        return _either(hour, minute)
    if (hour, minute) == (12, 0) and phrase.date is None:
        return [(1, 0, 0)]
    return [(0, hour % 12, minute), (1, hour % 12, minute)]


def _part(part: str, hour: int, minute: int) -> list[Option]:
    meant = _HOURS[part].get(hour)
    return [] if meant is None else [(0, meant, minute)]
