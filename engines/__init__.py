"""Replaceable machinery behind the domain's protocols."""
