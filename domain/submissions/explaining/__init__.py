"""Plain explanations of errors, without AI: what a message means and where it points."""

from domain.submissions.explaining import gcc, javascript, python
from domain.submissions.explaining.records import Explanation, Kind
from domain.submissions.explaining.verdicts import explain_end
from domain.submissions.judging import Verdict
from domain.submissions.languages import LANGUAGES
from domain.submissions.scoring import best

__all__ = ["Explanation", "Kind", "explain", "explain_verdict"]

_READERS = {
    "python": python.explain,
    "cpp": gcc.explain,
    "c": gcc.explain,
    "javascript": javascript.explain,
}
MESSAGE_READ = 32 * 1024
"""Characters of a message that are looked at."""
SOURCE_READ = 256 * 1024


def explain(language: str, source: str, message: str) -> Explanation | None:
    """From a compiler's output or a traceback; None where the message is none that we know.

    Never raises, whatever the texts are. A program that is plainly in another language is told
    so, for what its errors say then helps nobody.
    """
    reader = _READERS.get(language)
    if reader is None or not message.strip():
        return None
    told = reader(source[:SOURCE_READ], message[:MESSAGE_READ])
    other = best(source)
    if other is None or other == language or not _tells(other, language, told):
        return told
    return Explanation(Kind.OTHER_LANGUAGE, values={"language": LANGUAGES[other].label})


def _tells(other: str, language: str, told: Explanation | None) -> bool:
    """Whether the other language is what is wrong: C++ takes nearly all of C."""
    if {other, language} != {"c", "cpp"}:
        return True
    return language == "c" and told is not None and told.kind is Kind.MISSING_HEADER


def explain_verdict(
    language: str, source: str, verdict: Verdict, message: str = "", signal: int | None = None
) -> Explanation | None:
    """From what became of a run: by its limit, else by what it wrote to stderr, else its signal."""
    if verdict in {Verdict.ACCEPTED, Verdict.WRONG_ANSWER, Verdict.INTERNAL_ERROR}:
        return None
    told = None
    if verdict in {Verdict.COMPILE_ERROR, Verdict.RUNTIME_ERROR}:
        told = explain(language, source, message)
    return told or explain_end(language, source[:SOURCE_READ], verdict, signal)
