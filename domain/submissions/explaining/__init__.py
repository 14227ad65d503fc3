"""Plain explanations of errors, without AI: what a message means and where it points."""

from domain.submissions.explaining.records import Explanation, Kind

__all__ = ["Explanation", "Kind"]
