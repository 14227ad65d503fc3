"""Formulas of TeX as one writes them in a message: 1 ≤ n ≤ 10⁵, not $1 \\le n \\le 10^5$."""

import re
from collections.abc import Mapping

_SIGNS = {
    "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥", "geq": "≥", "geqslant": "≥", "ne": "≠",
    "neq": "≠", "times": "×", "cdot": "·", "div": "÷", "pm": "±", "ldots": "…", "dots": "…",
    "cdots": "…", "infty": "∞", "in": "∈", "notin": "∉", "subset": "⊂", "subseteq": "⊆",
    "cup": "∪", "cap": "∩", "to": "→", "rightarrow": "→", "leftarrow": "←", "Rightarrow": "⇒",
    "approx": "≈", "equiv": "≡", "sum": "∑", "prod": "∏", "lfloor": "⌊", "rfloor": "⌋",
    "lceil": "⌈", "rceil": "⌉", "oplus": "⊕", "land": "∧", "lor": "∨", "neg": "¬", "mid": "|",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "lambda": "λ",
    "mu": "μ", "pi": "π", "sigma": "σ", "theta": "θ", "phi": "φ", "omega": "ω", "Delta": "Δ",
    "Sigma": "Σ", "Omega": "Ω", "degree": "°", "circ": "∘", "bmod": " mod ", "mod": " mod ",
    "log": "log", "min": "min", "max": "max", "gcd": "gcd", "lcm": "lcm", "quad": " ",
    "qquad": " ", "left": "", "right": "",
}  # fmt: skip
_RAISED = str.maketrans("0123456789+-()n i", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ ⁱ")
_LOWERED = str.maketrans("0123456789+-()aijkmnx ", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₐᵢⱼₖₘₙₓ ")

# Innermost groups alone, so that each round of replacing takes away one depth.
_GROUP = r"\{([^{}]*)\}"
_FRACTION = re.compile(r"\\[dt]?frac\s*" + _GROUP + r"\s*" + _GROUP)
_ROOT = re.compile(r"\\sqrt\s*" + _GROUP)
_PLAIN = re.compile(r"\\(?:text|mathrm|mathbf|mathit|texttt|textbf|operatorname)\s*" + _GROUP)
_RAISE = re.compile(r"\^(?:" + _GROUP + r"|([0-9a-zA-Z]))")
_LOWER = re.compile(r"_(?:" + _GROUP + r"|([0-9a-zA-Z]))")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_ESCAPED = re.compile(r"\\([%$&#_ ,;:!])")
# Braces that are meant to be seen stand aside while the others are read.
_SEEN, _ASIDE = ("\\{", "\\}"), ("\x01", "\x02")
_DEEPEST = 8


def readable(tex: str) -> str:
    """A formula in plain signs; what has none stays as it was written, without its braces."""
    for seen, aside in zip(_SEEN, _ASIDE, strict=True):
        tex = tex.replace(seen, aside)
    text = _COMMAND.sub(_sign, _rounds(tex))
    text = _ESCAPED.sub(lambda found: " " if found[1] in " ,;:!" else found[1], text)
    text = text.replace("{", "").replace("}", "").replace("~", " ")
    for aside, brace in zip(_ASIDE, "{}", strict=True):
        text = text.replace(aside, brace)
    return re.sub(r"\s+", " ", text).strip()


def _rounds(tex: str) -> str:
    for _ in range(_DEEPEST):
        before = tex
        tex = _PLAIN.sub(r"\1", tex)
        tex = _ROOT.sub(lambda found: "√" + _bracketed(found[1]), tex)
        tex = _FRACTION.sub(lambda found: f"{_bracketed(found[1])}/{_bracketed(found[2])}", tex)
        tex = _RAISE.sub(lambda found: _shifted(found, "^", _RAISED), tex)
        tex = _LOWER.sub(lambda found: _shifted(found, "_", _LOWERED), tex)
        if tex == before:
            break
    return tex


def _sign(found: re.Match[str]) -> str:
    return _SIGNS.get(found[1], found[1])


def _bracketed(part: str) -> str:
    return part if re.fullmatch(r"\w*", part) else f"({part})"


def _shifted(found: re.Match[str], mark: str, table: Mapping[int, int]) -> str:
    """Raised or lowered, where every character has such a form; else with its mark."""
    part = found[1] if found[1] is not None else found[2]
    if all(ord(one) in table for one in part):
        return part.translate(table)
    return mark + _bracketed(part)
