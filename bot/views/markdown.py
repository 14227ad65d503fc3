"""Markdown as Telegram's HTML, in pages: what teachers write in statements and materials.

HTML in the source stays text, links lead to the web only, pictures become their description.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import indent
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from bot.views.formulas import readable

INDENT = "   "
LONGEST_FORMULA = 300
_OPENING = {"strong_open": "<b>", "em_open": "<i>", "s_open": "<s>"}
_CLOSING = {"strong_close": "</b>", "em_close": "</i>", "s_close": "</s>"}


def _formula(state: StateInline, silent: bool) -> bool:
    """`$…$` and `$$…$$`, before the stars and underscores in them mean anything."""
    if state.src[state.pos] != "$":
        return False
    mark = "$$" if state.src.startswith("$$", state.pos) else "$"
    start = state.pos + len(mark)
    end = state.src.find(mark, start, start + LONGEST_FORMULA)
    inside = state.src[start:end] if end > start else ""
    if not inside.strip() or (mark == "$" and (inside[0].isspace() or inside[-1].isspace())):
        return False
    if not silent:
        state.push("formula", "", 0).content = readable(inside)
    state.pos = end + len(mark)
    return True


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 12})
    parser.enable(["table", "strikethrough"])
    parser.inline.ruler.before("escape", "formula", _formula)
    return parser


_PARSER = _parser()


def pages(source: str, limit: int) -> list[str]:
    """The text in pages of at most `limit` characters of HTML, cut between blocks if they fit."""
    found: list[str] = []
    for node in SyntaxTreeNode(_PARSER.parse(source)).children:
        for part in _fitting(_block(node), limit):
            if found and len(found[-1]) + 2 + len(part) <= limit:
                found[-1] += "\n\n" + part
            else:
                found.append(part)
    return found


@dataclass(frozen=True, slots=True)
class _Block:
    """A block's HTML, and its plain text for where it is too long for one page."""

    html: str
    text: str
    literal: bool = False


def _fitting(block: _Block, limit: int) -> Iterator[str]:
    if len(block.html) <= limit:
        yield block.html
        return
    # Too long: its plain text, line by line or word by word.
    for piece in _pieces(block.text, limit - len("<pre></pre>")):
        yield f"<pre>{piece}</pre>" if block.literal else piece


def _pieces(text: str, limit: int) -> Iterator[str]:
    """Escaped pieces, cut after a line's end, else at a space, else where they must be."""
    while text:
        taken = _most(text, limit)
        if taken < len(text):
            cut = max(text.rfind("\n", 0, taken), 0) or max(text.rfind(" ", 0, taken), 0)
            taken = cut or taken
        yield escape(text[:taken], quote=False)
        text = text[taken:].lstrip("\n")


def _most(text: str, limit: int) -> int:
    """How many characters from the first fit once they are escaped."""
    size = 0
    for place, one in enumerate(text):
        size += len(escape(one, quote=False))
        if size > limit:
            return max(place, 1)
    return len(text)


def _block(node: SyntaxTreeNode) -> _Block:
    made = _MADE.get(node.type)
    return _Block("", "") if made is None else made(node)


def _paragraph(node: SyntaxTreeNode) -> _Block:
    tokens = _leaves(node)
    return _Block(_inline(tokens), _text(tokens))


def _heading(node: SyntaxTreeNode) -> _Block:
    inside = _paragraph(node)
    return _Block(f"<b>{inside.html}</b>", inside.text)


def _quote(node: SyntaxTreeNode) -> _Block:
    """Telegram's quotes hold no other quotes."""
    inside = [_block(child) for child in node.children]
    html = "\n".join(one.html for one in inside)
    plain = html.replace("<blockquote>", "").replace("</blockquote>", "")
    return _Block(f"<blockquote>{plain}</blockquote>", "\n".join(one.text for one in inside))


def _code(node: SyntaxTreeNode) -> _Block:
    return _literal(node.content.rstrip("\n"))


def _rule(_node: SyntaxTreeNode) -> _Block:
    return _Block("———", "———")


def _list(node: SyntaxTreeNode) -> _Block:
    first = int(str(node.attrs.get("start", 1))) if node.type == "ordered_list" else None
    html, text = [], []
    for place, item in enumerate(node.children):
        sign = "• " if first is None else f"{first + place}. "
        inside = [_block(child) for child in item.children]
        html.append(sign + _indented([one.html for one in inside]))
        text.append(sign + _indented([one.text for one in inside]))
    return _Block("\n".join(html), "\n".join(text))


def _indented(parts: Sequence[str]) -> str:
    """The first part beside the item's sign, the others below it; code keeps its own columns."""
    rest = [one if one.startswith("<pre>") else indent(one, INDENT) for one in parts[1:]]
    return "\n".join([*parts[:1], *rest])


def _table(node: SyntaxTreeNode) -> _Block:
    """In columns of letters of one width: Telegram has no tables."""
    rows = [
        [_text(_leaves(cell)) for cell in row.children]
        for part in node.children
        for row in part.children
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
    return _literal("\n".join(lines))


def _literal(text: str) -> _Block:
    return _Block(f"<pre>{escape(text, quote=False)}</pre>", text, literal=True)


_MADE: Mapping[str, Callable[[SyntaxTreeNode], _Block]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "blockquote": _quote,
    "bullet_list": _list,
    "ordered_list": _list,
    "fence": _code,
    "code_block": _code,
    "table": _table,
    "hr": _rule,
}


def _leaves(node: SyntaxTreeNode) -> Sequence[Token]:
    """The inline tokens of a paragraph, a heading or a table's cell."""
    inline = node.children[0].token if node.children else None
    return (inline.children or []) if inline is not None else []


def _inline(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    linked: list[bool] = []
    for token in tokens:
        kind = token.type
        if kind == "link_open":
            address = str(token.attrGet("href") or "")
            linked.append(urlsplit(address).scheme in ("http", "https"))
            parts.append(f'<a href="{escape(address)}">' if linked[-1] else "")
        elif kind == "link_close":
            parts.append("</a>" if linked.pop() else "")
        elif kind == "code_inline":
            parts.append(f"<code>{escape(token.content, quote=False)}</code>")
        elif kind in _OPENING:
            parts.append(_OPENING[kind])
        elif kind in _CLOSING:
            parts.append(_CLOSING[kind])
        else:
            parts.append(escape(_plain(token), quote=False))
    return "".join(parts)


def _text(tokens: Sequence[Token]) -> str:
    return "".join(map(_plain, tokens))


def _plain(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " " if token.type == "softbreak" else "\n"
    if token.type == "image":
        return f"[{token.content}]"
    return token.content
