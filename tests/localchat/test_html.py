"""parse_mode HTML and what the page shows of it."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from localchat.entities import index_of, settle, units
from localchat.html_parser import parse_html
from localchat.refusals import Refusal
from localchat.rendering import render

PIECES = st.sampled_from(
    [
        "<b>", "</b>", "<i>", "</i>", "</>", "<pre>", "</pre>", '<code class="language-py">',
        "</code>", "<a href='http://a.b'>", "</a>", "<blockquote expandable>", "</blockquote>",
        "<tg-spoiler>", "</tg-spoiler>", "<", ">", "&", "&lt;", "&#x1F600;", "&#0;", "&amp",
        " ", "\n", "শতকরা", "😀", "x", "/start", "@someone", "#tag", "http://x.y/z", "'", '"', "=",
    ]
)  # fmt: skip
NO_CHARACTER = (
    "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched"
    " surrogate code units"
)
SOURCES = st.lists(PIECES | st.text(max_size=5), max_size=14).map("".join)


def entities(source: str) -> list[tuple[str, int, int]]:
    _, found = settle(*parse_html(source))
    return [(entity["type"], entity["offset"], entity["length"]) for entity in found]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("<b>x</b>", "bold"), ("<strong>x</strong>", "bold"), ("<i>x</i>", "italic"),
        ("<em>x</em>", "italic"), ("<u>x</u>", "underline"), ("<ins>x</ins>", "underline"),
        ("<s>x</s>", "strikethrough"), ("<strike>x</strike>", "strikethrough"),
        ("<del>x</del>", "strikethrough"), ("<tg-spoiler>x</tg-spoiler>", "spoiler"),
        ('<span class="tg-spoiler">x</span>', "spoiler"), ("<code>x</code>", "code"),
        ("<pre>x</pre>", "pre"), ("<blockquote>x</blockquote>", "blockquote"),
        ("<blockquote expandable>x</blockquote>", "expandable_blockquote"),
        ('<a href="http://a.bc">x</a>', "text_link"),
        ('<tg-emoji emoji-id="5368324170671202286">x</tg-emoji>', "custom_emoji"),
        ('<tg-time unix="1647531900" format="wDT">x</tg-time>', "date_time"),
        ("<B>x</b>", "bold"), ("<b >x</b >", "bold"), ("<b>x</>", "bold"),
    ],
)  # fmt: skip
def test_every_documented_tag_becomes_its_entity(source: str, kind: str) -> None:
    assert parse_html(source)[0] == "x"
    assert entities(source) == [(kind, 0, 1)]


def test_tags_nest_and_offsets_count_utf16_units() -> None:
    assert entities("😀<b>শত <i>করা</i></b>") == [("bold", 2, 6), ("italic", 5, 3)]


def test_a_pre_takes_the_language_of_its_code() -> None:
    _, (entity,) = parse_html('<pre><code class="language-python">x = 1</code></pre>')
    assert entity == {"type": "pre", "offset": 0, "length": 5, "language": "python"}
    _, (alone,) = parse_html('<code class="language-python">x</code>')
    assert alone == {"type": "code", "offset": 0, "length": 1}


def test_references_become_characters_and_a_lone_ampersand_stays() -> None:
    assert parse_html("&lt;b&gt; &amp;&quot; &#65;&#x42; & &nbsp; &#0;")[0] == (
        '<b> &" AB & &nbsp; &#0;'
    )


def test_white_space_at_the_ends_is_trimmed_and_entities_follow() -> None:
    text, found = settle(*parse_html("  \n<b> x </b>\n"))
    assert text == "x"
    assert [(each["offset"], each["length"]) for each in found] == [(0, 1)]


def test_a_link_that_leads_nowhere_stays_plain_text() -> None:
    assert entities('<a href="javascript:alert(1)">x</a>') == []
    assert entities("<a>example.com</a>") == [("text_link", 0, 11)]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("ক<b>x</i>", 'Unmatched end tag at byte offset 7, expected "</b>", found "</i>"'),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("1 <2", "Unclosed start tag at byte offset 2"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a href>x</a>",
         'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a href='x>x</a>", "Unclosed start tag at byte offset 0"),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=x_y>x</a>", "Unexpected end of name token at byte offset 8"),
        ("x</", "Unexpected end tag at byte offset 1"),
        ("&#xD800;", NO_CHARACTER),
        ("<a ='x'>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)  # fmt: skip
def test_malformed_markup_is_refused_in_telegrams_words(source: str, words: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {words}"


@given(SOURCES)
@example("<a href='http://a.b'>😀</a>")
def test_whatever_is_parsed_is_refused_or_has_entities_inside_the_text(source: str) -> None:
    try:
        text, found = settle(*parse_html(source))
    except Refusal:
        return
    for entity in found:
        assert entity["length"] > 0
        assert index_of(text, entity["offset"]) is not None
        assert index_of(text, entity["offset"] + entity["length"]) is not None
        assert entity["offset"] + entity["length"] <= units(text)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('<tg-emoji emoji-id="x">x</tg-emoji>', "invalid custom emoji identifier specified"),
        ('<tg-time unix="0">x</tg-time>', "invalid date specified"),
        ('<tg-time unix="1" format="y">x</tg-time>', "invalid date-time format specified"),
    ],
)
def test_attributes_that_mean_nothing_are_refused(source: str, words: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: {words}"


class Page(HTMLParser):
    """Reads HTML as a browser would and remembers what it meets."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.opened: list[str] = []
        self.addresses: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.opened.append(tag)
        assert {name for name, _ in attrs} <= {"class", "href", "target", "rel"}
        self.addresses += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


OVERLAPPING = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(
                ["bold", "italic", "pre", "spoiler", "text_link", "url", "email", "mention"]
            ),
            "offset": st.integers(0, 8),
            "length": st.integers(1, 8),
            "url": st.sampled_from(["http://a.b", "javascript:alert(1)", 'http://"><script>', "["]),
            "language": st.sampled_from(["py", '"><script>']),
        }
    ),
    max_size=5,
)


@given(st.text(st.sampled_from("a<>&\"'😀শ\n"), min_size=1, max_size=12), OVERLAPPING)
def test_rendered_html_shows_the_text_and_nothing_else(
    text: str, overlapping: list[dict[str, Any]]
) -> None:
    """Even for entities that overlap in ways that no parser makes."""
    page = Page()
    page.feed(render(text, overlapping))
    page.close()
    assert set(page.tags) <= {"b", "i", "pre", "code", "span", "a"}
    assert page.opened == []
    assert all(re.match("(http|mailto):", address) for address in page.addresses)
    if all(on_characters(text, entity) for entity in overlapping):
        assert page.text == text


def on_characters(text: str, entity: dict[str, Any]) -> bool:
    """Whether the entity begins and ends between characters, not inside of one."""
    ends = (entity["offset"], entity["offset"] + entity["length"])
    return all(index_of(text, min(end, units(text))) is not None for end in ends)
