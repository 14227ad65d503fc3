"""Problems that ask nearly the same: alike in their words once the numbers are left out."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from domain.practice.answers.numerals import fold
from domain.practice.library.templates import PLACE
from domain.practice.records import Problem

ALIKE = 0.8
"""The share of three-word runs in common, of all that either has, that is too much."""
_RUN = 3
_TOKEN = re.compile(
    r"[0-9]+(?:[.,][0-9]+)*|[^\W\d_\u0980-\u09ff]+|[\u0980-\u09e5\u09f0-\u09ff]+|[^\s\w]"
)


def near_duplicates(problems: Sequence[Problem]) -> Iterator[tuple[int, int]]:
    """Places of problems in the sequence: (the later one, the first that it is too much like).

    Only problems that share a run are compared, so that a large library takes no square of time.
    """
    runs = [
        {language: _runs(one.question[language]) for language in ("en", "bn")} for one in problems
    ]
    for language in ("en", "bn"):
        seen: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for later, both in enumerate(runs):
            mine = both[language]
            shared = Counter(earlier for run in mine for earlier in seen[run])
            for earlier, count in sorted(shared.items()):
                if count >= ALIKE * (len(mine) + len(runs[earlier][language]) - count):
                    yield later, earlier
                    break
            for run in mine:
                seen[run].append(later)


def _runs(question: str) -> frozenset[tuple[str, ...]]:
    """Every three words in a row, numbers masked, beginning and end marked."""
    tokens = ["^"]
    found = _TOKEN.findall(fold(PLACE.sub("0", question)))
    tokens.extend("0" if token[0].isdigit() else token for token in found)
    tokens.append("$")
    return frozenset(tuple(tokens[at : at + _RUN]) for at in range(max(1, len(tokens) - _RUN + 1)))
