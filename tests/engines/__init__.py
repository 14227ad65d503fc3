"""Tests of the replaceable machinery."""
