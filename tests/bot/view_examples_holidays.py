"""Data for the views of holidays, as the sources give it, and names at their worst."""

from domain.operations.holiday_words import Unclear
from tests.bot.example_values import HOSTILE, LONG, NOTHING, Data

EID = ["2027-03-20", "2027-03-23", "ঈদুল ফিতর"]
WINTER = ["2026-12-25", "2027-01-02", HOSTILE]
ONE_DAY = ["2027-02-21", "2027-02-21", LONG]
LIST: Data = {"changed": None, "page": 0, "more": False, "holidays": [EID, WINTER, ONE_DAY]}

HOLIDAYS: dict[str, tuple[Data, ...]] = {
    "holidays.ask": NOTHING,
    "holidays.ask_remove": tuple(
        {"holiday": one, "days": days} for one, days in ((EID, 4), (WINTER, 9), (ONE_DAY, 1))
    ),
    "holidays.confirm": tuple(
        {"holiday": one, "days": days} for one, days in ((EID, 4), (WINTER, 9), (ONE_DAY, 1))
    ),
    "holidays.gone": NOTHING,
    "holidays.list": (
        LIST,
        {**LIST, "holidays": []},
        {**LIST, "changed": "kept", "page": 1, "more": True},
        {**LIST, "changed": "removed"},
        {**LIST, "holidays": [[f"2027-01-{day:02}"] * 2 + [LONG] for day in range(1, 13)]},
    ),
    "holidays.unclear": tuple({"why": why, "name": 60, "days": 60} for why in Unclear),
}
