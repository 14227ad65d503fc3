"""Practice: how an answer is to be written: its unit, its form, the way to type it."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.views.common import LABEL_SHOWN, Keys, clip
from bot.views.tongue import Tongue

UNITS: Keys = {
    "taka": "unit.taka",
    "paisa": "unit.paisa",
    "dollar": "unit.dollar",
    "rupee": "unit.rupee",
    "euro": "unit.euro",
    "pound": "unit.pound",
    "cent": "unit.cent",
    "mg": "unit.mg",
    "g": "unit.g",
    "kg": "unit.kg",
    "ser": "unit.ser",
    "maund": "unit.maund",
    "quintal": "unit.quintal",
    "tonne": "unit.tonne",
    "mm": "unit.mm",
    "cm": "unit.cm",
    "dm": "unit.dm",
    "m": "unit.m",
    "km": "unit.km",
    "inch": "unit.inch",
    "foot": "unit.foot",
    "yard": "unit.yard",
    "mile": "unit.mile",
    "mm2": "unit.mm2",
    "cm2": "unit.cm2",
    "dm2": "unit.dm2",
    "m2": "unit.m2",
    "km2": "unit.km2",
    "hectare": "unit.hectare",
    "acre": "unit.acre",
    "decimal": "unit.decimal",
    "katha": "unit.katha",
    "bigha": "unit.bigha",
    "mm3": "unit.mm3",
    "cm3": "unit.cm3",
    "dm3": "unit.dm3",
    "m3": "unit.m3",
    "km3": "unit.km3",
    "ml": "unit.ml",
    "litre": "unit.litre",
    "second": "unit.second",
    "minute": "unit.minute",
    "hour": "unit.hour",
    "day": "unit.day",
    "week": "unit.week",
    "month": "unit.month",
    "year": "unit.year",
    "degree": "unit.degree",
    "right-angle": "unit.right_angle",
    "m/s": "unit.m_per_s",
    "km/h": "unit.km_per_h",
}
AIDS: Keys = {
    "lowest": "practice.form_lowest",
    "lowest_ratio": "practice.form_lowest_ratio",
    "lowest_quotient": "practice.form_lowest_quotient",
    "simplest": "practice.form_simplest",
    "root": "practice.form_root",
    "mixed": "practice.form_mixed",
    "decimal": "practice.form_decimal",
    "scientific": "practice.form_scientific",
    "factors": "practice.form_factors",
    "power": "practice.form_power",
    "expanded": "practice.form_expanded",
    "percent": "practice.kind_percent",
    "ratio": "practice.kind_ratio",
    "expression": "practice.kind_expression",
    "unknowns": "practice.kind_unknowns",
    "set": "practice.kind_set",
    "inequality": "practice.kind_inequality",
}
"""How to type an answer that is more than a plain number; the examples are nobody's answer."""


def wanted(asked: Mapping[str, Any], tongue: Tongue) -> Iterator[str]:
    """The unit and the way of typing, a line each, where there is something to say."""
    unit, aid = asked.get("unit"), AIDS.get(asked.get("aid") or "")
    if unit and asked.get("unit_required"):
        # Which one is for the student to say: the question asks for it.
        yield tongue.t("practice.answer_with")
    elif unit:
        known = UNITS.get(unit)
        spoken = clip(unit, LABEL_SHOWN) if known is None else tongue.t(known)
        yield tongue.t("practice.answer_in", unit=spoken)
    if aid:
        yield tongue.t(aid)


def example(aid: str | None, tongue: Tongue) -> str:
    """How such an answer may look, for somebody whose answer could not be read."""
    key = AIDS.get(aid or "")
    return tongue.t("practice.kind_plain") if key is None else tongue.t(key)
