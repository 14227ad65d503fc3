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
    "mg": "unit.mg",
    "g": "unit.g",
    "kg": "unit.kg",
    "quintal": "unit.quintal",
    "tonne": "unit.tonne",
    "mm": "unit.mm",
    "cm": "unit.cm",
    "m": "unit.m",
    "km": "unit.km",
    "inch": "unit.inch",
    "foot": "unit.foot",
    "mile": "unit.mile",
    "mm2": "unit.mm2",
    "cm2": "unit.cm2",
    "m2": "unit.m2",
    "km2": "unit.km2",
    "are": "unit.are",
    "hectare": "unit.hectare",
    "acre": "unit.acre",
    "decimal": "unit.decimal",
    "mm3": "unit.mm3",
    "cm3": "unit.cm3",
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
    "m/s": "unit.m_per_s",
    "km/h": "unit.km_per_h",
}
FORMS: Keys = {
    "lowest": "practice.form_lowest",
    "mixed": "practice.form_mixed",
    "decimal": "practice.form_decimal",
    "scientific": "practice.form_scientific",
    "factors": "practice.form_factors",
    "expanded": "practice.form_expanded",
}
"""What the problem insists on beyond the value."""
KINDS: Keys = {
    "percent": "practice.kind_percent",
    "ratio": "practice.kind_ratio",
    "expression": "practice.kind_expression",
    "unknowns": "practice.kind_unknowns",
    "set": "practice.kind_set",
    "inequality": "practice.kind_inequality",
}
"""How to type an answer that is not one plain number."""


def wanted(asked: Mapping[str, Any], tongue: Tongue) -> Iterator[str]:
    """The unit, the form and the way of typing, a line each, where there is something to say."""
    unit = asked.get("unit")
    if unit:
        known = UNITS.get(unit)
        spoken = clip(unit, LABEL_SHOWN) if known is None else tongue.t(known)
        required = asked.get("unit_required")
        yield (
            tongue.t("practice.answer_with", unit=spoken)
            if required
            else tongue.t("practice.answer_in", unit=spoken)
        )
    form, kind = FORMS.get(asked.get("form") or ""), KINDS.get(asked.get("kind") or "")
    if form:
        yield tongue.t(form)
    elif kind:
        yield tongue.t(kind)


def example(kind: str | None, tongue: Tongue) -> str:
    """How an answer of this kind may look, for somebody whose answer could not be read."""
    return tongue.t(KINDS.get(kind or "", "practice.kind_plain"))
