"""Which language a piece of code is in, by what is typical of each: signs with weights."""

import re
from collections.abc import Mapping, Sequence

Sign = tuple[int, re.Pattern[str]]

ENOUGH = 3
"""The least score that decides; below it there is doubt."""
AHEAD = 2
"""How many times the next one's score the best one must pass."""
LOOKED_AT = 16 * 1024
"""Characters from the start: a program shows its language early."""
LINE_LOOKED_AT = 200
"""Characters of each line: no sign then takes long to look for."""


def _signs(*pairs: tuple[int, str]) -> Sequence[Sign]:
    return [(weight, re.compile(pattern, re.M)) for weight, pattern in pairs]


_MASKED = re.compile(
    r'"""(?:(?!""")[\s\S])*(?:"""|\Z)'
    r"|'''(?:(?!''')[\s\S])*(?:'''|\Z)"
    r'|"(?:[^"\\\n]|\\[^\n])*"'
    r"|'(?:[^'\\\n]|\\[^\n])*'"
    r"|/\*(?:[^*]|\*(?!/))*(?:\*/|\Z)"
    r"|(?:^|(?<=[;{}]))[ \t]*//[^\n]*"
    r"|#(?![ \t]*(?:include|define|pragma|if|endif|else|undef))[^\n]*",
    re.M,
)
"""Texts and comments, where words of any language may stand."""

_PYTHON = _signs(
    (4, r"^[ \t]*(?:async[ \t]+)?def[ \t]+\w+[ \t]*\([^()\n]*\)[^:\n]{0,40}:"),
    (4, r"^[ \t]*elif\b[^\n]*:[ \t]*$"),
    (4, r"^[ \t]*from[ \t]+[\w.]+[ \t]+import\b"),
    (3, r"^[ \t]*import[ \t]+[a-z_][\w.]*(?:[ \t]+as[ \t]+\w+)?(?:,[ \t]*[a-z_]\w*)*[ \t]*$"),
    (3, r"(?:^|[:;])[ \t]*print[ \t]*\((?![ \t]*\w+[ \t]+(?!if|for|and|or|in|not|is|else)\w+)"),
    (3, r"^[ \t]*print[ \t]+['\"]"),
    (3, r"\b(?:int|float|str|list|map|len|eval)[ \t]*\([^;\n]{0,40}\binput[ \t]*\("),
    (3, r"=[ \t]*input[ \t]*\("),
    (2, r"^[ \t]*for[ \t]+\w+(?:[ \t]*,[ \t]*\w+)*[ \t]+in\b[^\n{]*:"),
    (1, r"\bin[ \t]+range[ \t]*\("),
    (3, r"^[ \t]*(?:if|while)\b[^\n{;?]*[<>=!()\]][^\n{;?]*:[ \t]*$"),
    (3, r"^[ \t]*(?:if|while)[ \t]+(?:True|False|not[ \t]+\w+|\w+[ \t]+(?:not[ \t]+)?in\b[^\n]*):"),
    (2, r"^[ \t]*(?:else|try|finally)[ \t]*:[ \t]*$"),
    (3, r"^[ \t]*except(?:[ \t]+[\w.]+(?:[ \t]+as[ \t]+\w+)?)?[ \t]*:"),
    (3, r"^[ \t]*class[ \t]+\w+(?:[ \t]*\([\w., ]*\))?[ \t]*:[ \t]*$"),
    (2, r"\b(?:True|False|None)\b"),
    (2, r"\blambda\b[^\n:]*:"),
    (2, r"\bself\.\w+"),
    (1, r"\b(?:append|split|strip|join|format|upper|lower|sort|items|keys|values)\("),
    (2, r"\[[^\n\[\]]+\bfor\b[^\n\[\]]+\bin\b[^\n\[\]]+\]"),
    (1, r"^[ \t]*#[ \t]*$"),
    (1, r"\*\*|[^/:\n]//[^/\n]"),
    (1, r"^[ \t]*[a-z_]\w*[ \t]*[+*/-]?=[ \t]*[^=;{}\n]+$"),
)
_JAVASCRIPT = _signs(
    (5, r"\bconsole\.(?:log|error)\b"),
    (3, r"^[ \t]*(?:export[ \t]+)?(?:let|const)[ \t]+[\w$]+[ \t]*(?:=(?!=)|;|,|$)"),
    (3, r"\b(?:let|const|var)[ \t]*[\[{][ \t]*[\w$, ]+[ \t]*[\]}][ \t]*="),
    (3, r"\bfor[ \t]*\([ \t]*(?:let|const|var)\b"),
    (2, r"^[ \t]*var[ \t]+[\w$]+[ \t]*(?:=[^\n]*)?;"),
    (3, r"\bfunction\b[ \t]*\*?[ \t]*[\w$]*[ \t]*\([^()\n]*\)[ \t]*\n?[ \t]*\{"),
    (3, r"(?:\)|[\w$])[ \t]*=>[ \t]*[\w({]"),
    (3, r"[\w)\]\"'][ \t]*[!=]==[ \t]*[\w(\[\"'-]"),
    (4, r"\brequire[ \t]*\("),
    (4, r"\bprocess\.(?:stdin|stdout|argv)|\bdocument\.\w|\bmodule\.exports\b|\bwindow\.\w"),
    (4, r"^[ \t]*import[ \t]+(?:[\w$*{},]+[ \t]+)+from\b"),
    (2, r"\b(?:undefined|typeof)\b"),
    (2, r"\bparse(?:Int|Float)[ \t]*\(|\bJSON\.\w+|\balert[ \t]*\(|\bprompt[ \t]*\("),
    (1, r"`[^`\n]*`"),
)
_HEADER_CPP = r"^[ \t]*#[ \t]*include[ \t]*[<\"](?:bits/stdc\+\+\.h|[a-z_]+[>\"]|iostream)"
_CPP = _signs(
    (5, _HEADER_CPP),
    (5, r"\busing[ \t]+namespace[ \t]+std\b"),
    (4, r"\bstd::\w"),
    (4, r"\bcout[ \t]*<|\bcin[ \t]*>|\bendl\b|\bcerr[ \t]*<<|\bgetline[ \t]*\([ \t]*cin\b"),
    (4, r"^[ \t]*template[ \t]*<"),
    (3, r"\b(?:vector|map|set|pair|queue|stack|unordered_map|priority_queue)[ \t]*<[\w :<>,*]+>"),
    (3, r"\b(?:nullptr|constexpr)\b|\bstatic_cast[ \t]*<|\boperator[ \t]*[-<>=+*/(\[]"),
    (3, r"^[ \t]*virtual[ \t]+[\w~][\w ]*\("),
    (3, r"^[ \t]*(?:public|private|protected)[ \t]*:"),
    (3, r"\bdelete[ \t]*\[\]|=[ \t]*new[ \t]+(?:int|char|float|double|long)\b"),
    (2, r"\bfor[ \t]*\([ \t]*(?:const[ \t]+)?(?:auto|int|char|string)[ \t]*&?[ \t]*\w+[ \t]*:"),
    (2, r"^[ \t]*string[ \t]+\w+[ \t]*[;=,(]"),
)
_C = _signs(
    (5, r"^[ \t]*#[ \t]*include[ \t]*[<\"]stdio\.h[>\"]"),
    (2, r"^[ \t]*#[ \t]*include[ \t]*<(?:stdlib|string|math|ctype|stdbool|limits|conio|time)\.h>"),
    (4, r"\bscanf[ \t]*\([ \t]*\""),
    (3, r"^[^\n.]*(?<![\w.])printf[ \t]*\([ \t]*\""),
    (3, r"\b(?:malloc|calloc|puts|gets|fgets|strlen|strcpy)[ \t]*\([^\n]*;"),
    (2, r"\bmain[ \t]*\([ \t]*void[ \t]*\)"),
    (2, r"\btypedef[ \t]+struct\b|\bstruct[ \t]+\w+[ \t]*\*"),
)
# What C and C++ share: it speaks for either of them, and for neither against the other.
_C_FAMILY = _signs(
    (3, r"^[ \t]*(?:int|void)[ \t]+main[ \t]*\("),
    (2, r"^[ \t]*#[ \t]*(?:include|define)\b"),
    (2, r"\b(?:int|float|double|char|long|bool)[ \t]+\**\w+(?:\[\w*\])*[ \t]*(?:[;,=\[])"),
    (1, r"\breturn[ \t]+0[ \t]*;"),
    (2, r"\bfor[ \t]*\([ \t]*(?:int|long)[ \t]+\w+[ \t]*="),
)
# Languages that are not ours; what looks like them is none of ours.
_OTHERS = _signs(
    (9, r"\bpublic[ \t]+(?:static|class|interface)\b|\bSystem\.(?:out|in)\b|^import[ \t]+java"),
    (9, r"^[ \t]*using[ \t]+System\b|\bConsole\.(?:Write|Read)"),
    (9, r"<\?php|<!DOCTYPE|<html|<script|</\w+>|\$\w+[ \t]*=[^=]"),
    (9, r"^package[ \t]+\w+|^[ \t]*func[ \t]+\w+\(|\bfmt\.\w+"),
    (2, r":=[ \t]*\w+"),
    (9, r"\bfn[ \t]+\w+\(|\bprintln!|\blet[ \t]+mut\b"),
    (9, r"^[ \t]*fun[ \t]+\w+\(|\bprintln\(|^[ \t]*val[ \t]+\w+[ \t]*="),
    (9, r"(?i:^[ \t]*program[ \t]+\w+;|\bwriteln\b|^[ \t]*begin[ \t]*$|^[ \t]*end\.?[ \t]*$)"),
    (9, r"(?i:^[ \t]*select\b[^\n]*\bfrom\b|^[ \t]*insert[ \t]+into\b|^[ \t]*create[ \t]+table\b)"),
    (9, r"\b(?:let|const|var)[ \t]+\w+[ \t]*:[ \t]*\w+|^[ \t]*interface[ \t]+\w+"),
    (9, r"^[ \t]*puts[ \t]+['\"\w]|\.each[ \t]+do\b|\bthen[ \t]*$|^[ \t]*local[ \t]+\w+[ \t]*="),
    (9, r"^[ \t]*(?:fi|done|esac)[ \t]*$|^[ \t]*echo[ \t]+['\"$]|^#!.*\bsh\b"),
    (9, r"^[ \t]*Dim[ \t]+\w+[ \t]+As\b"),
)


def best(source: str) -> str | None:
    """The judge's word for the language that fits far better than the others; None in doubt."""
    text = "\n".join(line[:LINE_LOOKED_AT] for line in source[:LOOKED_AT].split("\n"))
    text = _MASKED.sub(_blank, text)
    family = _score(_C_FAMILY, text)
    cpp, c = _score(_CPP, text), _score(_C, text)
    scores: dict[str | None, int] = {
        "python": _score(_PYTHON, text),
        "javascript": _score(_JAVASCRIPT, text),
        None: _score(_OTHERS, text),
    }
    # C++ may hold any C, so one sure sign of C++ decides; nothing tells C where both are silent.
    if cpp or c:
        scores["cpp" if cpp else "c"] = family + max(cpp, c)
    else:
        scores[None] = max(scores[None], family)
    return _winner(scores)


def _winner(scores: Mapping[str | None, int]) -> str | None:
    (first, most), (_, next_most) = sorted(scores.items(), key=lambda one: -one[1])[:2]
    return first if most >= ENOUGH and most > AHEAD * next_most else None


def _score(signs: Sequence[Sign], text: str) -> int:
    return sum(weight for weight, pattern in signs if pattern.search(text))


def _blank(found: re.Match[str]) -> str:
    """The quotes of a text without what is in it, nothing of a comment."""
    text = found[0]
    if text[0] in "\"'":
        return text[0] * 2
    return text if text.startswith("#!") else text[:1].replace("/", "")
