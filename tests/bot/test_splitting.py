"""A message that is too long is cut where a reader would pause, and stays what it was."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.views.message import Button, File, Message
from bot.views.splitting import CAPTION_UNITS, TEXT_UNITS, parts, plain, units
from localchat.html_parser import parse_html

BUTTONS = ((Button("Go", "go"),),)
PIECES = (
    "আজকের কাজ শেষ করো। ",
    "শক্তি ও বিজ্ঞানের ক্লাস",
    "Read the task. ",
    "Is it right? ",
    "x" * 300,
    "ক্ষ্ম" * 80,
    "👩🏽‍🚀" * 40,
    "🇧🇩" * 60,
    "é" * 100,
    "a < b & c > d",
    "\n",
    "\n\n",
    "    indented\n",
    " ",
)
TAGS = (
    ("<b>", "</b>"),
    ("<i>", "</i>"),
    ("<pre>", "</pre>"),
    ('<pre><code class="language-python">', "</code></pre>"),
    ('<a href="https://example.org/?a=1&amp;b=2">', "</a>"),
    ("<blockquote>", "</blockquote>"),
)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def tagged(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pieces = st.lists(inner, min_size=1, max_size=12).map("".join)
    return st.builds(lambda tag, text: f"{tag[0]}{text}{tag[1]}", st.sampled_from(TAGS), pieces)


words = st.builds(
    lambda piece, times: escaped(piece) * times, st.sampled_from(PIECES), st.integers(1, 12)
)
htmls = st.lists(st.recursive(words, tagged, max_leaves=30), min_size=1, max_size=8).map("".join)


def seen(text: str) -> str:
    """What Telegram shows, before it trims; refuses what Telegram refuses."""
    return parse_html(text)[0]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@settings(max_examples=25, deadline=None)
@given(htmls)
def test_every_part_fits_is_valid_and_nothing_is_lost(text: str) -> None:
    made = parts(Message(text, BUTTONS))
    assert all(units(seen(one.text)) <= TEXT_UNITS for one in made)
    rest = seen(text)
    for shown in (seen(one.text).strip() for one in made):
        # What is left out between two parts is space, and nothing else is.
        rest = rest.lstrip()
        assert rest.startswith(shown)
        assert shown or len(made) == 1
        rest = rest.removeprefix(shown)
    assert not rest.strip()
    assert [one.buttons for one in made] == [()] * (len(made) - 1) + [BUTTONS]


@settings(max_examples=25, deadline=None)
@given(htmls)
def test_tags_stay_around_what_they_were_around(text: str) -> None:
    def marked(source: str) -> list[tuple[str, str]]:
        plain_text, found = parse_html(source)
        utf16 = plain_text.encode("utf-16-le")
        return [
            (
                one["type"],
                squeezed(
                    utf16[one["offset"] * 2 : (one["offset"] + one["length"]) * 2].decode(
                        "utf-16-le"
                    )
                ),
            )
            for one in found
        ]

    whole: dict[str, str] = {}
    cut: dict[str, str] = {}
    for kind, inside in marked(text):
        whole[kind] = whole.get(kind, "") + inside
    for part in parts(Message(text)):
        for kind, inside in marked(part.text):
            cut[kind] = cut.get(kind, "") + inside
    for kind, inside in whole.items():
        assert sorted(cut.get(kind, "")) == sorted(inside)


LETTERS = st.text(st.sampled_from("কষ্্মা\u200d👩🏽🚀🇧🇩é\u0301a"), min_size=20, max_size=200)


@settings(max_examples=50)
@given(LETTERS.map(lambda text: (text * 300)[:5000]))
def test_letters_that_are_one_are_never_parted(text: str) -> None:
    made = [one.text for one in parts(Message(text))]
    assert "".join(made) == text
    for before, after in pairwise(made):
        assert not re.match("[\u0981-\u0983\u09bc-\u09d7\u0301\u200d\U0001f3fb-\U0001f3ff]", after)
        assert not (before.endswith("\u09cd") and re.match("[ক-হ]", after))
        assert not before.endswith("\u200d")
        assert not (
            len(re.findall("[🇦-🇿]", before)) % 2
            and re.search("[🇦-🇿]$", before)
            and re.match("[🇦-🇿]", after)
            and len(re.search("[🇦-🇿]*$", before).group()) % 2  # type: ignore[union-attr]
        )


FILL = "y" * 3000


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (f"{FILL}\nb. c\n\nd e\nf. {FILL}", f"{FILL}\nb. c", f"d e\nf. {FILL}"),
        (f"{FILL}. b c\nd e. {FILL}", f"{FILL}. b c", f"d e. {FILL}"),
        (f"{FILL} b। c {FILL}", f"{FILL} b।", f"c {FILL}"),
        (f"{FILL} “Yes?” said he {FILL}", f"{FILL} “Yes?”", f"said he {FILL}"),
        (f"{FILL} 3.14 b {FILL}", f"{FILL} 3.14 b", FILL),
        (f"a b\n\n{'z' * 4093}", "a b", "z" * 4093),
        ("z" * 4097, "z" * 4096, "z"),
        (f"{'z' * 4095}👍", "z" * 4095, "👍"),
        (f"{'z' * 4094}ক্ষ", "z" * 4094, "ক্ষ"),
        (f"{'z' * 4096}\u0301", "z" * 4095, "z\u0301"),
        (f"<b>{FILL}\n{FILL}</b>!", f"<b>{FILL}</b>", f"<b>{FILL}</b>!"),
        (
            f'<pre><code class="language-c">{FILL}\n    {FILL}</code></pre>',
            f'<pre><code class="language-c">{FILL}</code></pre>',
            f'<pre><code class="language-c">    {FILL}</code></pre>',
        ),
        (f"{FILL}\n\n<b>{FILL}</b>", FILL, f"<b>{FILL}</b>"),
    ],
)
def test_the_cut_comes_where_a_reader_pauses(text: str, first: str, second: str) -> None:
    assert [one.text for one in parts(Message(text))] == [first, second]


def test_what_fits_stays_as_it_is() -> None:
    for message in (
        Message("x" * 4096, BUTTONS),
        Message("&lt;" * 4096, BUTTONS),
        Message("👍" * 2048),
        Message("", BUTTONS, only_buttons=True),
        Message("x" * 1024, picture=lambda: b""),
        Message("<b>x</b>" * 1024, file=File("a.txt", content=b"a")),
    ):
        assert parts(message) == (message,)


def test_a_caption_too_long_follows_its_file() -> None:
    file = File("a.txt", content=b"a")
    carried, first, last = parts(Message(f"{FILL}\n{FILL}", BUTTONS, file=file))
    assert carried == Message("", file=file)
    assert (first, last) == (Message(FILL), Message(FILL, BUTTONS))
    carried, only = parts(Message("x" * (CAPTION_UNITS + 1), BUTTONS, picture=bytes))
    assert carried == Message("", picture=bytes)
    assert only == Message("x" * (CAPTION_UNITS + 1), BUTTONS)


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<b>5 &lt; 6</b>", "5 &lt; 6"),
        ("<b>never closed", "never closed"),
        ("</i>never opened", "never opened"),
        ("a <unknown>tag</unknown>", "a tag"),
        ("5 < 6 & 7", "5 &lt; 6 &amp; 7"),
        ("&#2453;&#x995;&#0;&#xd800;", "কক\ufffd\ufffd"),
    ],
)
def test_plain_is_never_refused_for_its_form(html: str, shown: str) -> None:
    assert plain(html) == shown
    assert seen(plain(html))
