"""What teachers write, as Telegram shows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views.formulas import readable
from bot.views.markdown import pages
from localchat.html_parser import parse_html

STATEMENT = """
# Two sums

You are given **two** integers *a* and `b`, $1 \\le a, b \\le 10^9$. Print <their sum>.

1. Read
2. Add
   - carefully
   - once

| in | out |
|----|-----|
| 1 2 | 3 |

```python
print(a_b * 2)
```

> be quick
> > but right

See [the book](https://example.org/b?a=1&b=2), not [this](javascript:alert).
"""


def test_a_statement_keeps_its_shape() -> None:
    [page] = pages(STATEMENT, 3500)
    assert page == (
        "<b>Two sums</b>\n\n"
        "You are given <b>two</b> integers <i>a</i> and <code>b</code>, 1 ≤ a, b ≤ 10⁹. "
        "Print &lt;their sum&gt;.\n\n"
        "1. Read\n2. Add\n   • carefully\n   • once\n\n"
        "<pre>in   out\n1 2  3</pre>\n\n"
        "<pre>print(a_b * 2)</pre>\n\n"
        "<blockquote>be quick\nbut right</blockquote>\n\n"
        'See <a href="https://example.org/b?a=1&amp;b=2">the book</a>, '
        "not [this](javascript:alert)."
    )
    parse_html(page)


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        (r"1 \le n \le 10^5", "1 ≤ n ≤ 10⁵"),
        (r"a_i \times a_{i+1}", "aᵢ × aᵢ₊₁"),
        (r"\frac{n(n+1)}{2}", "(n(n+1))/2"),
        (r"\frac{1}{\sqrt{x}}", "1/(√x)"),
        (r"2^{k x}", "2^(k x)"),
        (r"x \bmod 7", "x mod 7"),
        (r"\text{ans} = \{1, 2\}", "ans = {1, 2}"),
        (r"10\,000", "10 000"),
        ("n", "n"),
    ],
)
def test_formulas_are_read_as_one_writes_them(tex: str, plain: str) -> None:
    assert readable(tex) == plain


def test_dollars_in_prose_stay_dollars() -> None:
    assert pages("It costs $5 and $ 6.", 3500) == ["It costs $5 and $ 6."]


def test_stars_in_a_formula_are_no_emphasis() -> None:
    assert pages("$a*b$ and $c*d$", 3500) == ["a*b and c*d"]


def test_long_texts_come_in_pages_cut_between_paragraphs() -> None:
    source = "\n\n".join(f"Paragraph {n} " + "word " * 30 for n in range(40))
    found = pages(source, 1000)
    assert all(len(page) <= 1000 for page in found)
    assert "".join(found).count("Paragraph") == 40
    assert all(page.startswith("Paragraph") for page in found)


def test_a_long_block_of_code_is_cut_at_its_lines() -> None:
    source = "```\n" + "\n".join(f"x < {n}" for n in range(300)) + "\n```"
    found = pages(source, 500)
    assert all(page.startswith("<pre>x &lt; ") and page.endswith("</pre>") for page in found)
    assert "".join(found).count("x &lt; ") == 300


@given(st.text(max_size=400), st.integers(min_value=40, max_value=300))
def test_whatever_is_written_is_html_that_telegram_takes(source: str, limit: int) -> None:
    for page in pages(source, limit):
        assert len(page) <= limit
        parse_html(page)


@given(
    st.lists(
        st.sampled_from(
            ["- ", "1. ", "> ", "# ", "    ", "`", "```\n", "**", "*", "_", "$", "$$", "|", "---",
             "\n", "\n\n", "a", "খ", "<", "&", "\\", "{", "}", "^", "[x](https://a.b)", "![y](z)"]
        ),
        max_size=60,
    ),
)  # fmt: skip
def test_signs_of_every_kind_heaped_up(parts: list[str]) -> None:
    for page in pages("".join(parts), 200):
        assert len(page) <= 200
        parse_html(page)
