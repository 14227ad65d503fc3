"""Plain explanations of errors, without AI: what a message means and where it points."""

from domain.submissions.explaining import gcc, javascript, python
from domain.submissions.explaining.records import Explanation, Kind
from domain.submissions.explaining.verdicts import explain_end
from domain.submissions.judging import Verdict

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

    Never raises, whatever the texts are.
    """
    reader = _READERS.get(language)
    return None if reader is None else reader(source[:SOURCE_READ], message[:MESSAGE_READ])


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
