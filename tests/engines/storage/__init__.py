"""Tests of where objects are kept."""
