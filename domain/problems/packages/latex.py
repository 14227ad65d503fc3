"""A statement in LaTeX as Markdown: what problem packages use of LaTeX, no more.

Formulas stay between dollar signs, as our Markdown has them. What is not known is kept as it
stands, so that nothing of a statement is lost, and is told of.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from domain.problems.packages.latex_commands import (
    AROUND,
    DROPPED,
    DROPPED_WITH_ARGUMENT,
    FORMULAS,
    HEADINGS,
    LISTS,
    PLAIN_ENVIRONMENTS,
    SIGNS,
    TABLES,
)

_TOKEN = re.compile(
    r"(?P<verbatim>\\begin\{(?P<kind>verbatim|lstlisting)\*?\}(?:\[[^\]\n]*\])?\n?"
    r"(?P<code>.{0,20000}?)\\end\{(?P=kind)\*?\})"
    r"|(?P<verb>\\verb\*?(?P<mark>[^\w\s*])(?P<inline>[^\n]*?)(?P=mark))"
    r"|(?P<display>\$\$(?P<display1>[^$]+)\$\$|\\\[(?P<display2>.{0,4000}?)\\\])"
    r"|(?P<math>\$(?P<math1>(?:\\.|[^$\\])+)\$|\\\((?P<math2>.{0,4000}?)\\\))"
    r"|(?P<comment>(?<!\\)%[^\n]*\n?[ \t]*)"
    r"|(?P<command>\\(?:[A-Za-z]+\*?|[^A-Za-z]))"
    r"|(?P<open>\{)|(?P<close>\})"
    r"|(?P<text>[^\\${}%]+|.)",
    re.S,
)
_PLACE = re.compile("\ue000([0-9]+)\ue001")
_ITEM = re.compile(r"( *(?:-|1\.)) +")
_PLAIN_TITLE = re.compile(r"(?m)^%%[ \t]*plainproblemname:([^\n]*)$")
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Converted:
    """`title` is empty where the statement names none."""

    title: str
    markdown: str
    pictures: tuple[str, ...]
    """Files of pictures that are left out."""
    kept: tuple[str, ...]
    """Commands that are kept as they stand, each once."""


def converted(latex: str) -> Converted:
    """Never raises."""
    work = _Work([*_TOKEN.finditer(latex.replace("\r\n", "\n"))])
    body = work.until(None)
    # Lines of spaces become empty ones, and several of these one.
    body = re.sub(r"\n[ \t]+(?=\n)", "\n", body)
    body = re.sub(r"\n{3,}", "\n\n", body).strip()
    plain = _PLAIN_TITLE.search(latex)
    return Converted(
        plain[1].strip() if plain else work.whole(work.title),
        work.whole(body),
        tuple(work.pictures),
        tuple(dict.fromkeys(work.kept)),
    )


def _place(number: int) -> str:
    """Stands for a piece of code until the spaces around it are tidied."""
    return f"\ue000{number}\ue001"


@dataclass(slots=True)
class _Work:
    tokens: list[re.Match[str]]
    at: int = 0
    depth: int = 0
    title: str = ""
    pictures: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    in_table: int = 0

    def whole(self, text: str) -> str:
        """With the pieces of code put back."""
        return _PLACE.sub(lambda place: self.codes[int(place[1])], text)

    def until(self, end: str | None) -> str:
        """Markdown up to the end of an environment, or to the closing brace, or of everything."""
        out: list[str] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            kind, text = token.lastgroup or "", token[0]
            if kind == "close":
                if end == "}":
                    break
            elif kind == "command" and text == "\\end":
                if self._name() == end:
                    break
            else:
                out.append(self._one(kind, token))
        return "".join(out)

    def _one(self, kind: str, token: re.Match[str]) -> str:
        read: Mapping[str, Callable[[], str]] = {
            "verbatim": lambda: self._block(f"```\n{token['code'].rstrip()}\n```"),
            "verb": lambda: self._code(f"`{token['inline']}`"),
            "display": lambda: self._block(
                f"$${(token['display1'] or token['display2'] or '').strip()}$$"
            ),
            "math": lambda: self._code(f"${(token['math1'] or token['math2'] or '').strip()}$"),
            "comment": str,
            "open": self._group,
            "command": lambda: self._command(token[0]),
            "text": lambda: self._text(token[0]),
        }
        return read[kind]()

    def _code(self, code: str) -> str:
        self.codes.append(code)
        return _place(len(self.codes) - 1)

    def _block(self, code: str) -> str:
        return f"\n\n{self._code(code)}\n\n"

    def _text(self, text: str) -> str:
        text = text.replace("\ue000", "").replace("\ue001", "").replace("~", " ")
        text = text.replace("---", "—").replace("--", "–")
        text = text.replace("``", "“").replace("''", "”").replace("`", "‘")
        text = re.sub(r"([*_<])", r"\\\1", text)
        return text.replace("&", "|") if self.in_table else text

    def _group(self) -> str:
        """What stands in braces whose opening one was read."""
        if self.depth >= _DEEPEST:
            return ""
        self.depth += 1
        inside = self.until("}")
        self.depth -= 1
        return inside

    def _argument(self) -> str:
        """The next argument in braces, as Markdown; empty where there is none."""
        if not self._next_is("open"):
            return ""
        self.at += 1
        return self._group()

    def _raw(self) -> str:
        """The next argument in braces as it stands."""
        if not self._next_is("open"):
            return ""
        start, open_ = self.at + 1, 0
        while self.at < len(self.tokens):
            kind = self.tokens[self.at].lastgroup
            open_ += (kind == "open") - (kind == "close")
            self.at += 1
            if not open_:
                break
        return "".join(token[0] for token in self.tokens[start : self.at - 1])

    def _name(self) -> str:
        return self._raw().strip().removesuffix("*")

    def _next_is(self, kind: str) -> bool:
        """Passes over spaces where what is asked for comes after them."""
        ahead = self.at
        if ahead < len(self.tokens) and self.tokens[ahead][0].isspace():
            ahead += 1
        if ahead < len(self.tokens) and self.tokens[ahead].lastgroup == kind:
            self.at = ahead
            return True
        return False

    def _options(self) -> None:
        """Passes over [options], which are one token with the text behind them."""
        if self.at < len(self.tokens):
            text = self.tokens[self.at][0]
            if re.fullmatch(r"\s*\[[^\]]*\]\s*", text):
                self.at += 1

    def _command(self, command: str) -> str:
        if command in SIGNS:
            return SIGNS[command]
        name = command[1:].removesuffix("*")
        read: Mapping[str, Callable[[], str]] = {
            **dict.fromkeys(DROPPED, str),
            **dict.fromkeys(DROPPED_WITH_ARGUMENT, self._dropped),
            **dict.fromkeys(HEADINGS, lambda: self._heading(HEADINGS[name])),
            **dict.fromkeys(AROUND, lambda: self._around(AROUND[name])),
            "begin": lambda: self._environment(self._name()),
            "item": self._item,
            "problemname": self._titled,
            "texttt": lambda: self._code(f"`{_unescaped(self._raw())}`"),
            "footnote": lambda: f" ({self._argument().strip()})",
            "href": self._link,
            "includegraphics": self._picture,
            "illustration": self._illustration,
        }
        return read.get(name, lambda: self._unknown(command))()

    def _dropped(self) -> str:
        self._options()
        self._raw()
        return ""

    def _heading(self, mark: str) -> str:
        return f"\n\n{mark} {self._argument().strip()}\n\n"

    def _around(self, mark: str) -> str:
        inside = self._argument().strip()
        return f"{mark}{inside}{mark}" if inside else ""

    def _titled(self) -> str:
        self.title = _unmarked(self._argument())
        return ""

    def _link(self) -> str:
        address = self._raw().strip()
        return f"[{self._argument().strip()}]({address})"

    def _unknown(self, command: str) -> str:
        self.kept.append(command)
        return command + self._kept_arguments()

    def _kept_arguments(self) -> str:
        """So that what is not known can still be read: \\foo{a}{b}."""
        found = ""
        while self.at < len(self.tokens) and self.tokens[self.at].lastgroup == "open":
            found += "{" + self._argument() + "}"
        return found

    def _picture(self) -> str:
        self._options()
        self.pictures.append(self._raw().strip())
        return ""

    def _illustration(self) -> str:
        """Of Kattis: a width, a picture and what is said below it."""
        self._raw()
        self.pictures.append(self._raw().strip())
        return f"\n\n{self._argument()}\n\n"

    def _environment(self, kind: str) -> str:
        if self.depth >= _DEEPEST:
            return ""
        self.depth += 1
        inside = self._inside(kind)
        self.depth -= 1
        return inside

    def _inside(self, kind: str) -> str:
        if kind in LISTS:
            return self._list(kind)
        if kind in FORMULAS:
            return self._block(f"$${self._formula(kind)}$$")
        if kind in TABLES:
            self._raw()  # Its columns.
            self.in_table += 1
            inside = self.until(kind)
            self.in_table -= 1
            return f"\n\n{inside}\n\n"
        if kind in PLAIN_ENVIRONMENTS:
            self._options()
            while kind in ("minipage", "wrapfigure") and self._raw():
                pass
            return f"\n\n{self.until(kind)}\n\n"
        self.kept.append(f"\\begin{{{kind}}}")
        return f"\n\n\\begin{{{kind}}}\n{self.until(kind)}\n\\end{{{kind}}}\n\n"

    def _formula(self, kind: str) -> str:
        """As it stands, up to the environment's end."""
        start = self.at
        while self.at < len(self.tokens):
            self.at += 1
            if self.tokens[self.at - 1][0] == "\\end":
                end = self.at - 1
                if self._name() == kind:
                    return "".join(token[0] for token in self.tokens[start:end]).strip()
        return "".join(token[0] for token in self.tokens[start:]).strip()

    def _list(self, kind: str) -> str:
        self.lists.append(LISTS[kind])
        self._options()
        inside = self.until(kind)
        self.lists.pop()
        around = "\n" if self.lists else "\n\n"
        return f"{around}{_items(inside)}{around}"

    def _item(self) -> str:
        self._options()
        indent = "   " * (len(self.lists) - 1)
        return f"\n{indent}{self.lists[-1] if self.lists else '- '}"


def _items(text: str) -> str:
    """A list without the empty lines before its items, and with one space in each."""
    lines: list[str] = []
    for line in text.split("\n"):
        item = _ITEM.match(line)
        while item and lines and not lines[-1].strip():
            lines.pop()
        lines.append(f"{item[1]} {line[item.end() :]}" if item else line)
    return "\n".join(lines).strip("\n")


def _unmarked(text: str) -> str:
    """A title has no marks."""
    return re.sub(r"[*`]+", "", text.replace("\\_", "_")).strip()


def _unescaped(text: str) -> str:
    return re.sub(r"\\([%&#${}_ ])", r"\1", text).replace("`", "'")
