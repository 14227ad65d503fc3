"""How much a file of problems may hold, and how many complaints about it are told."""

LARGEST = 1_000_000
"""Bytes in one file."""
MOST_PROBLEMS = 500
MOST_COLUMNS = 60
MOST_COMPLAINTS = 200
"""Of one file: who has so many to mend will send it again anyway."""
HINTS = 3
