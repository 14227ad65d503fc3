"""The statements of a problem package: LaTeX or Markdown, a file for each language."""

import re
from collections.abc import Mapping

from domain.problems.packages.complaints import Findings, Flaw, Note
from domain.problems.packages.contents import LANGUAGES
from domain.problems.packages.fields import showable
from domain.problems.packages.latex import converted
from domain.problems.packages.limits import STATEMENT, TITLE

FOLDERS = ("problem_statement", "statement")
_FILE = re.compile(
    r"(?:problem_statement|statement)/problem(?:\.([A-Za-z]{2,3})(?:-[A-Za-z0-9-]+)?)?\.(tex|md|pdf)"
)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".pdf", ".eps", ".webp", ".tikz")
_LATEX = 3 * STATEMENT
"""Characters: LaTeX is longer than what it says."""
_IMAGE = re.compile(r"!\[([^\]\n]{0,500})\]\(([^)\n]{0,500})\)(?:\{[^}\n]{0,200}\})?")
_SAMPLES = re.compile(r"\{\{\s*(?:nextsample|remainingsamples)\s*\}\}")


def read_statements(
    findings: Findings, files: Mapping[str, bytes]
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The titles that stand in statements, and the statements, by language."""
    titles: dict[str, str] = {}
    statements: dict[str, str] = {}
    pdf: str | None = None
    for name in (one for one in files if one.startswith(tuple(f"{one}/" for one in FOLDERS))):
        found = _FILE.fullmatch(name)
        if found is None:
            _tell(findings, name)
            continue
        language, ending = (found[1] or "en").lower(), found[2]
        if ending == "pdf":
            pdf = name
        elif language not in LANGUAGES or language in statements:
            findings.note(name, 0, Note.STATEMENT_LEFT_OUT, language=language)
        else:
            title, statements[language] = _statement(findings, name, files[name])
            if title:
                titles[language] = title[:TITLE]
    if not statements:
        flaw = Flaw.STATEMENT_IS_PDF if pdf else Flaw.NO_STATEMENT
        findings.complain(pdf or FOLDERS[0], 0, flaw)
    elif pdf:
        findings.note(pdf, 0, Note.FILE_UNUSED)
    return titles, statements


def _tell(findings: Findings, name: str) -> None:
    picture = name.lower().endswith(_PICTURES)
    findings.note(name, 0, Note.PICTURE_LEFT_OUT if picture else Note.FILE_UNUSED)


def _statement(findings: Findings, name: str, content: bytes) -> tuple[str, str]:
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        findings.complain(name, content.count(b"\n", 0, error.start) + 1, Flaw.NOT_UTF8)
        return "", ""
    title = ""
    if len(text) <= _LATEX:
        read = _from_latex if name.endswith(".tex") else _from_markdown
        title, text = read(findings, name, text)
    if len(text) > STATEMENT:
        findings.complain(name, 0, Flaw.TEXT_TOO_LONG, length=len(text), longest=STATEMENT)
    elif not showable(title + text):
        findings.complain(name, 0, Flaw.CANNOT_BE_SHOWN)
    elif not text:
        findings.complain(name, 0, Flaw.TEXT_EMPTY)
    return title, text


def _from_latex(findings: Findings, name: str, text: str) -> tuple[str, str]:
    found = converted(text)
    for picture in found.pictures:
        findings.note(name, 0, Note.PICTURE_LEFT_OUT, name=picture)
    if found.kept:
        findings.note(name, 0, Note.COMMAND_KEPT, commands=", ".join(found.kept))
    return found.title, found.markdown


def _from_markdown(findings: Findings, name: str, text: str) -> tuple[str, str]:
    for picture in _IMAGE.finditer(text):
        findings.note(name, 0, Note.PICTURE_LEFT_OUT, name=picture[2])
    text = _SAMPLES.sub("", _IMAGE.sub(r"\1", text))
    return "", re.sub(r"\n{3,}", "\n\n", text).strip()
