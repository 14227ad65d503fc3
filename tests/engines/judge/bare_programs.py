"""Ordinary programs for comparing the box with the bare interpreter: no verdicts, only programs."""

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

READS = {
    "input": "a = [int(x) for x in input().split()]; b = input()",
    "map": "a = list(map(int, input().split())); b = ''.join(iter(input, 'end'))",
    "lines": "import sys\nlines = sys.stdin.read().split('\\n')\n"
    "a = [int(x) for x in lines[0].split()]; b = lines[1]",
    "loop": "import sys\nrows = [line.rstrip() for line in sys.stdin]\n"
    "a = [*map(int, rows[0].split())]; b = rows[1]",
    "buffer": "import sys\nrows = sys.stdin.buffer.read().splitlines()\n"
    "a = [*map(int, rows[0].split())]; b = rows[1].decode()",
    "readline": "from sys import stdin\na = [*map(int, stdin.readline().split())]\n"
    "b = stdin.readline().strip()",
    "descriptor": "import os\nrows = os.read(0, 10000).decode().splitlines()\n"
    "a = [*map(int, rows[0].split())]; b = rows[1]",
    "open": "with open(0) as source:\n    rows = source.readlines()\n"
    "a = [*map(int, rows[0].split())]; b = rows[1].strip()",
    "fileinput": "import fileinput\nrows = [row.strip() for row in fileinput.input()]\n"
    "a = [*map(int, rows[0].split())]; b = rows[1]",
    "prompt": "a = [int(x) for x in input('numbers: ').split()]; b = input('word: ')",
}
WORKS = {
    "sum": "found = sum(a)",
    "sorted": "found = sorted(a, reverse=True)",
    "unicode": "found = (b[::-1], b.upper(), len(b.encode()))",
    "collections": "from collections import Counter\nfound = sorted(Counter(b).items())",
    "comprehension": "found = {x: x ** 2 for x in a if x % 2}",
    "division": "found = [round(x / (i + 1), 3) for i, x in enumerate(a)]",
}
ENDS = {
    "prints": "print(found)",
    "writes": "import sys\nsys.stdout.write(f'{found}\\n')",
    "flushes": "print(found, flush=True, end='')\nprint('!', sep='-')",
    "exits": "print(found)\nexit()",
    "status": "import sys\nprint(found)\nsys.exit(3)",
    "message": "print(found)\nraise SystemExit('no answer')",
    "fails": "print(found)\nprint(undefined)",
}
INPUT = "3 1 4 1 5 9 2 6\nবাংলা text\nend\nmore\n"

FEATURES = Path(__file__).with_name("bare_programs.txt")
"""A program a line, in which backslash and n outside of quotes ends a line of it."""


def _features() -> Iterator[tuple[str, str]]:
    for line in FEATURES.read_text().splitlines():
        # What stands in quotes keeps its escapes; only between statements do they end a line.
        source = line.replace("\\ufeff", "\ufeff") if line.startswith("\\ufeff") else line
        yield line[:60], _lines(source)


def _lines(text: str) -> str:
    """Line ends written as backslash and n, but not those within quotes on the same line."""
    found, quote, place = "", "", 0
    while place < len(text):
        piece = text[place : place + 2]
        if not quote and piece in ("\\n", "\\r"):
            found, place = found + {"n": "\n", "r": "\r"}[piece[1]], place + 2
            continue
        if quote and piece[0] == "\\":
            found, place = found + piece, place + 2
            continue
        triple = text[place : place + 3]
        if triple == "'''":
            end = text.index("'''", place + 3)
            found += text[place : end + 3].replace("\\n", "\n")
            place = end + 3
            continue
        if piece[0] in "\"'" and quote in ("", piece[0]):
            quote = "" if quote else piece[0]
        found, place = found + piece[0], place + 1
    return found + "\n"


def _combined() -> Iterator[tuple[str, str]]:
    parts = itertools.product(READS.items(), WORKS.items(), ENDS.items())
    for number, ((read, one), (work, two), (end, three)) in enumerate(parts):
        if number % 3 == 0 or work == "sum":
            yield f"{read}, {work}, {end}", f"{one}\n{two}\n{three}\n"


def _computed(count: int) -> Iterator[tuple[str, str]]:
    """Programs of random arithmetic, some of which divide by zero or grow large."""
    dice = random.Random(4)
    for number in range(count):
        lines = ["x, y, z = 3, 7, 2"]
        for _ in range(12):
            target, left, right = (dice.choice("xyz") for _ in range(3))
            sign = dice.choice(["+", "-", "*", "//", "%", "/", "&", "<<", "**"])
            lines.append(f"{target} = ({left} {sign} {right}) + {dice.randint(-9, 9)}")
            lines.append("print(x, y, z, sep=',')")
            lines.append("x, y, z = (int(each) % 97 for each in (x, y, z))")
        yield f"computed {number}", "\n".join(lines) + "\n"


def programs() -> list[tuple[str, str]]:
    """Names and sources."""
    return [*_features(), *_combined(), *_computed(60)]
