"""Keys of the example rows. Values are SQL."""

from collections.abc import Mapping

Row = Mapping[str, str]


def key(number: int) -> str:
    return f"'00000000-0000-7000-8000-{number:012}'::uuid"


USER, PROBLEM, SESSION, ITEM = (key(number) for number in range(1, 5))
CLASS, MODULE, ASSIGNMENT, QUIZ, MATERIAL = (key(number) for number in range(11, 16))
VERSION, TEST, SET_PROBLEM = (key(number) for number in range(21, 24))
ATTEMPT, OTHER_ATTEMPT, JUDGING = (key(number) for number in range(31, 34))
OTHER_CLASS = key(16)
STRANGER = key(99)
"""Nobody's."""
