"""Coding problems: versions, their tests, and the packages they come in."""
