"""Rows of coding problems as the domain's records."""

from collections.abc import Mapping
from typing import Any

from domain.problems.records import TestCase


def test_case(row: Mapping[str, Any]) -> TestCase:
    return TestCase(**row)
