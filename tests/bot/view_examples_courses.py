"""Data for the views of classes, as the sources give it, and at its worst."""

from tests.bot.example_values import NAMES, NOTHING, Data

COURSES: dict[str, tuple[Data, ...]] = {
    "courses.archived": NAMES,
    "courses.not_found": NOTHING,
}
