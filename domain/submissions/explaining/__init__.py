"""Plain explanations of errors, without AI: what a message means and where it points."""

from domain.submissions.explaining import python
from domain.submissions.explaining.records import Explanation, Kind

__all__ = ["Explanation", "Kind", "explain"]

_READERS = {"python": python.explain}


def explain(language: str, source: str, message: str) -> Explanation | None:
    """From a compiler's output or a traceback; None where the message is none that we know.

    Never raises, whatever the texts are.
    """
    reader = _READERS.get(language)
    return None if reader is None else reader(source, message)
