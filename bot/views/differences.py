"""A failed visible test: its input, what was expected, what came, and how the two differ."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from bot.views.common import Keys
from bot.views.tongue import Tongue

DIFFERENCES: Keys = {
    "same": "difference.same",
    "empty": "difference.empty",
    "further_down": "difference.further_down",
    "invisible": "difference.invisible",
    "newline": "difference.newline",
    "spaces": "difference.spaces",
    "line_breaks": "difference.line_breaks",
    "case": "difference.case",
    "bengali_digits": "difference.bengali_digits",
    "number_format": "difference.number_format",
    "rounding": "difference.rounding",
    "prompt": "difference.prompt",
    "order": "difference.order",
    "missing_lines": "difference.missing_lines",
    "extra_lines": "difference.extra_lines",
    "extra_words": "difference.extra_words",
    "value": "difference.value",
}
ALIKE = frozenset({"same", "further_down", "newline"})
"""Kinds of which no line of the two can be shown to differ."""


def compared(data: Mapping[str, Any], tongue: Tongue) -> str:
    """`data` is that of a Difference. Some 600 characters at most."""
    told = tongue.t(DIFFERENCES[data["kind"]])
    if data["kind"] in ALIKE:
        return tongue.join((_input(data, tongue), told))
    line = tongue.number(data["line"])
    parts = (
        _input(data, tongue),
        "\n".join(
            (
                tongue.t("difference.expected", line=line),
                _line(data["expected"], tongue),
                tongue.t("difference.got"),
                _line(data["got"], tongue),
            )
        ),
        told,
    )
    return tongue.join(parts)


def _input(data: Mapping[str, Any], tongue: Tongue) -> str:
    head, tail, omitted = data["head"], data["tail"], data["omitted"]
    if not head:
        return tongue.t("difference.no_input")
    blocks = [tongue.t("difference.input"), _block(head)]
    if omitted:
        blocks += [tongue.tn("difference.omitted", omitted), _block(tail)]
    return "\n".join(blocks)


def _block(lines: Sequence[str]) -> str:
    return f"<pre>{escape(chr(10).join(lines), quote=False)}</pre>"


def _line(text: str | None, tongue: Tongue) -> str:
    if text is None:
        return tongue.t("difference.nothing")
    return _block((text,)) if text else tongue.t("difference.empty_line")
