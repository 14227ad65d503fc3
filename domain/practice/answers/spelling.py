"""One spelling for abbreviations and turns of phrase, before a text is cut into tokens."""

import re

from domain.practice.answers.numerals import fold

DIVIDED = "\ue000"
"""Stands for ÷, which is kept apart from the line of a fraction."""
_KEPT_APART = str.maketrans(
    {"º": "°", "˚": "°", "⩽": "≤", "≦": "≤", "⩾": "≥", "≧": "≥"}
    | dict.fromkeys("÷➗", DIVIDED)
    | dict.fromkeys("⇒→∴", "=>")
)
_MARKUP = frozenset("*_`")
_ABBREVIATED = re.compile(
    r"(?<!\w)(বর্গ ?|ঘন ?)?(কি|সে|মি|কে|ডেসি)(?:[.ঃ] ?| )(মি|গ্রা|লি|জি)(?:[.ঃ](?!\d)|(?!\w))"
    r"|(?<![a-z])(c|k|m)\.(?=[mgl](?![a-z]))"
    r"|(?<!\w)(টা|মি|ঘ|সে|লি|গ্রা)ঃ"
)
"""সে.মি., কিঃমিঃ, কি মি, c.m. and টাঃ."""
_INDEXED = re.compile(r"(?<![^\W_])([a-z])_?([12])(?=\s*[=:])")
_REWRITTEN = tuple(
    (trigger, re.compile(pattern), replacement)
    for trigger, pattern, replacement in (
        ("°c", "°c", "°"),
        ("no", r"(?<![^\W_])no(?= of |\.|:)", "number"),
        ("power", " (?:raised )?(?:to the|er) power(?: of)? ", "^"),
        ("ঘাত", " এর ঘাত ", "^"),
        ("·", "(?<=[0-9])·(?=[0-9])", "."),
        ("divided", "divided by", DIVIDED),
        ("ব.", r"ব\.", "বর্গ"),
        ("বঃ", "বঃ ?(সে|মি)ঃ?", r"বর্গ\1"),
        ("c.c", r"(?<![a-z])c\.c(?![a-z])", "cc"),
        ("equal", "equals? to", "equal"),
        ("square r", "square root(?: of)?", "root"),
        ("-half", r"(?<![^\W_])one-half", "half"),
        ("নিচে", "(?:শূন্যের|হিমাঙ্কের) নিচে", "মাইনাস"),
        (" :", r" :-?[()d](?=\s|$)", ""),
        ("িলো ", "(কিলো) (?=মি|গ্রা|লি)", r"\1"),
        ("মিলি ", "(মিলি) (?=মি|গ্রা|লি)", r"\1"),
        ("সেন্টি ", "(সেন্টি) (?=মি)", r"\1"),
        ("i ", "(centi|milli) (?=met|gram|lit)", r"\1"),
        ("kilo ", "kilo (?=met|gram|lit)", "kilo"),
        ("s^-1", r"(?<![a-z])m ?s\^-1", "m/s"),
        ("h^-1", r"(?<![a-z])km ?h\^-1", "km/h"),
    )
)
"""A text that holds the first has what the second finds rewritten as the third."""


def spelled(text: str) -> str:
    """`text` folded, its abbreviations of units joined (সে.মি. as সেমি), ÷ and ⇒ kept apart."""
    if not text.isascii():
        text = text.translate(_KEPT_APART)
    folded = fold(text)
    if folded[:1] in _MARKUP or folded[-1:] in _MARKUP:
        folded = folded.strip("*_`")
    for trigger, pattern, replacement in _REWRITTEN:
        if trigger in folded:
            folded = pattern.sub(replacement, folded)
    if "." in folded or not folded.isascii():
        folded = _ABBREVIATED.sub(lambda match: "".join(filter(None, match.groups())), folded)
    if len({index for _, index in _INDEXED.findall(folded)}) == 2:  # x1 = 2, x2 = -3
        folded = _INDEXED.sub(r"\1", folded)
    return folded
