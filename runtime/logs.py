"""How the log looks: numbers and kinds, never a student's text, never a secret."""

import logging
import sys
from typing import Any

import structlog

from runtime.settings import Settings


def set_up(settings: Settings) -> None:
    """Log lines to standard error, from structlog and from libraries alike."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    for chatty in ("httpx", "telegram", "apscheduler"):
        logging.getLogger(chatty).setLevel(logging.ERROR)
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=False, exception_formatter=_places_only)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(_without_text),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        # Looked up at each line, so that a redirected standard error is the one written to.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _places_only(stream: Any, _error: Any) -> None:
    """Exceptions are rendered by `_without_text` before they come here."""
    stream.write("")


def _without_text(exc_info: Any) -> str:
    """Where an error was raised and its kind: its message may quote what a student wrote."""
    kind, raised, trace = exc_info
    lines = []
    while trace is not None:
        code = trace.tb_frame.f_code
        lines.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return f"{kind.__name__} at " + " < ".join(reversed(lines[-8:])) if raised else ""
