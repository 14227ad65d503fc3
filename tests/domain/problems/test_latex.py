"""Statements in LaTeX become Markdown; what is not known stays readable and is told of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.problems.packages.latex import converted

SAID = {
    "plain": ("Print the sum.\n\nThen stop.", "Print the sum.\n\nThen stop."),
    "a comment": ("one % two\nthree", "one three"),
    "a percentage": (r"5\% of $n$", "5% of $n$"),
    "emphasis": (r"\emph{a} \textit{b} \textbf{c}", "*a* *b* **c**"),
    "emphasis in emphasis": (r"\textbf{a \emph{b}}", "**a *b***"),
    "code": (r"print \texttt{a\_b\{\}}", "print `a_b{}`"),
    "short verbatim": (r"\verb|a*b_c| and \verb+$x$+", "`a*b_c` and `$x$`"),
    "a section": ("A.\n\\section*{Input}\nB.", "A.\n\n## Input\n\nB."),
    "a subsection": (r"\subsection{Output}", "### Output"),
    "a formula": (r"$a_i * b \le 10^{5}$", r"$a_i * b \le 10^{5}$"),
    "a formula in brackets": (r"\(a_i\) is", "$a_i$ is"),
    "a formula of its own": (
        r"Sum: \[ \sum_{i=1}^n i \] End.",
        "Sum: \n\n$$\\sum_{i=1}^n i$$\n\n End.",
    ),
    "an equation": (
        "\\begin{align*}a &= b \\\\ c &= d\\end{align*}",
        "$$a &= b \\\\ c &= d$$",
    ),
    "a list": (
        "\\begin{itemize}\n  \\item one\n  \\item two\n\\end{itemize}",
        "- one\n- two",
    ),
    "a list in a list": (
        "\\begin{itemize}\\item a\\begin{enumerate}\\item b\\end{enumerate}\\item c\\end{itemize}",
        "- a\n   1. b\n- c",
    ),
    "verbatim": (
        "In:\n\\begin{verbatim}\n1  2 $x$\n\\foo % no\n\\end{verbatim}\nOut",
        "In:\n\n```\n1  2 $x$\n\\foo % no\n```\n\nOut",
    ),
    "a table": (
        "\\begin{tabular}{|l|r|}\n\\hline\na & b \\\\\nc & d \\\\\n\\end{tabular}",
        "a | b   \n\nc | d",
    ),
    "quotes and dashes": ("``so'' --- 1--2 `x'", "“so” — 1–2 ‘x'"),
    "a space that does not break": ("at~most \\ldots", "at most …"),
    "signs of Markdown": (r"2*3, a\_b, a_b and 1<2", r"2\*3, a\_b, a\_b and 1\<2"),
    "a link": (r"\href{https://example.org/}{here}", "[here](https://example.org/)"),
    "a note": (r"so\footnote{or not}.", "so (or not)."),
    "layout": ("\\noindent\\bigskip{\\bf a}\\vspace{2cm} b", "a b"),
    "a figure": ("\\begin{center}in the middle\\end{center}", "in the middle"),
    "Bengali": (r"\textbf{যোগফল} দেখাও।", "**যোগফল** দেখাও।"),
}


@pytest.mark.parametrize("what", SAID)
def test_what_packages_use_of_latex_becomes_markdown(what: str) -> None:
    latex, markdown = SAID[what]
    found = converted(latex)
    assert found.markdown == markdown
    assert (found.kept, found.pictures, found.title) == ((), (), "")


def test_the_name_of_the_problem_is_its_title() -> None:
    found = converted("\\problemname{A \\emph{Different} Problem}\n\nPrint.")
    assert (found.title, found.markdown) == ("A Different Problem", "Print.")


def test_a_plain_title_goes_before_one_in_latex() -> None:
    found = converted("\\problemname{$x^2$}\n%% plainproblemname: x squared\nPrint.")
    assert (found.title, found.markdown) == ("x squared", "Print.")
    assert converted("\\problemname{$x^2$}").title == "$x^2$"


def test_pictures_are_left_out_and_told_of() -> None:
    found = converted(
        "\\illustration{0.3}{sum.png}{A caption}\nA.\n\\includegraphics[width=3cm]{b.pdf} B."
    )
    assert found.pictures == ("sum.png", "b.pdf")
    assert found.markdown == "A caption\n\nA.\n B."


@pytest.mark.parametrize(
    ("latex", "markdown", "kept"),
    [
        (r"a \weird{b}{c \emph{d}} e", r"a \weird{b}{c *d*} e", (r"\weird",)),
        (r"\foo \foo", r"\foo \foo", (r"\foo",)),
        (
            r"\begin{strange}in\end{strange}",
            "\\begin{strange}\nin\n\\end{strange}",
            (r"\begin{strange}",),
        ),
    ],
)
def test_what_is_not_known_stays_and_is_told_of(
    latex: str, markdown: str, kept: tuple[str, ...]
) -> None:
    found = converted(latex)
    assert (found.markdown, found.kept) == (markdown, kept)


@pytest.mark.parametrize(
    "broken",
    [
        *("$", "{", "}", "\\", "\\begin{itemize}", "\\end{itemize}", "\\emph", "\\emph{", "$$"),
        *("\\[", "\\begin{verbatim}", "\\verb|", "\\item", "\\texttt{", "\\begin", "\\end"),
        *("\\href{a}", "\\begin{equation} a", "{" * 5000, "\\emph{" * 5000),
        *("\\begin{center}" * 5000, "\\item " * 5000, "$" * 5001),
        "\\textbf{" * 5000 + "a" + "}" * 5000,
    ],
)
def test_broken_latex_comes_to_an_end(broken: str) -> None:
    assert "words" in converted(f"words {broken}").markdown


WORD = st.sampled_from(["sum", "গড়", "print", "42"])


@given(st.lists(st.tuples(WORD, st.sampled_from([r"\emph{%s}", "%s", r"\foo{%s}", "{%s}"]))))
def test_no_word_is_lost(words: list[tuple[str, str]]) -> None:
    markdown = converted(" ".join(form % word for word, form in words)).markdown
    assert markdown.count("") > 0
    place = 0
    for word, _ in words:
        place = markdown.index(word, place) + len(word)


@given(st.text(alphabet="ab \n\\{}$%[]&_*|`'-~0123", max_size=200))
def test_any_text_is_converted(text: str) -> None:
    assert "\ue000" not in converted(text).markdown


def test_nobody_can_write_what_stands_for_a_formula() -> None:
    assert converted("$x$ \ue0000\ue001").markdown == "$x$ 0"


def test_a_dollar_is_no_formula() -> None:
    assert converted(r"\$5 and \$6").markdown == r"\$5 and \$6"
