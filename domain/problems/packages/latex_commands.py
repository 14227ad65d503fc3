"""The commands and environments of LaTeX that statements use, and what becomes of each."""

SIGNS = {
    **{f"\\{one}": one for one in "%&#{}"},
    **dict.fromkeys(("\\ ", "\\,", "\\;", "\\:", "\\quad", "\\qquad"), " "),
    **dict.fromkeys(("\\!", "\\/", "\\-", "\\@"), ""),
    **dict.fromkeys(("\\\\", "\\newline"), "  \n"),
    **dict.fromkeys(("\\ldots", "\\dots"), "…"),
    "\\_": "\\_",
    "\\$": "\\$",
    "\\par": "\n\n",
    "\\LaTeX": "LaTeX",
    "\\TeX": "TeX",
    "\\textbackslash": "\\\\",
    "\\textasciitilde": "~",
    "\\textasciicircum": "^",
    "\\textless": "\\<",
    "\\textgreater": ">",
    "\\textbar": "|",
    "\\slash": "/",
    "\\textendash": "–",
    "\\textemdash": "—",
    "\\textquotesingle": "'",
}
DROPPED = {
    *("noindent", "bigskip", "medskip", "smallskip", "centering", "small", "large", "Large"),
    *("normalsize", "footnotesize", "clearpage", "newpage", "pagebreak", "hline", "hfill"),
    *("vfill", "nextsample", "remainingsamples", "maketitle", "raggedright", "indent", "tiny"),
    *("bf", "it", "em", "tt", "rm", "sl", "sc"),
}
"""Layout, which Markdown has not."""
DROPPED_WITH_ARGUMENT = {"label", "vspace", "hspace", "usepackage", "documentclass"}
HEADINGS = {"section": "##", "subsection": "###", "subsubsection": "####"}
AROUND = {
    **dict.fromkeys(("emph", "textit", "textsl"), "*"),
    "textbf": "**",
    **dict.fromkeys(("textrm", "textsc", "textsf", "textnormal", "text", "mbox"), ""),
    **dict.fromkeys(("underline", "caption", "url"), ""),
}
PLAIN_ENVIRONMENTS = {
    *("center", "document", "figure", "flushleft", "flushright", "minipage", "quote", "table"),
    *("wrapfigure", "small", "large"),
}
TABLES = ("tabular", "tabularx", "array")
LISTS = {"itemize": "- ", "enumerate": "1. ", "description": "- "}
FORMULAS = ("equation", "align", "displaymath", "gather", "math", "eqnarray")
