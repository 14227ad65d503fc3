"""How much a problem that somebody sends may hold. Sizes are in bytes."""

from decimal import Decimal

UPLOAD_BYTES = 20 * 1024 * 1024
"""The most that a bot may fetch from Telegram."""
MOST_TESTS = 200
MOST_DATA = 64 * 1024 * 1024
"""Of all inputs and outputs together."""
MOST_PROGRAMS = 20
"""That are run before a problem is accepted."""
MOST_SOURCE = 128 * 1024
TITLE = 200
"""Characters, as the next two."""
STATEMENT = 20_000
HINT = 1000
MOST_COMPLAINTS = 200
MOST_NOTES = 100
TOTAL_POINTS = Decimal(100)
"""Where a problem says nothing of points."""
MOST_POINTS = Decimal(10_000)

# For one test.
LEAST_TIME_MS, MOST_TIME_MS = 100, 20_000
LEAST_MEMORY_MIB, MOST_MEMORY_MIB = 16, 1024
MOST_OUTPUT_MIB = 64

# Of an archive.
MOST_ENTRIES = 2000
MOST_UNPACKED = 96 * 1024 * 1024
MOST_UNPACKED_FILE = 32 * 1024 * 1024
MOST_RATIO = 250
"""Unpacked size over packed size, of an archive that unpacks to more than FREE_RATIO bytes."""
FREE_RATIO = 16 * 1024 * 1024
DEEPEST = 8
LONGEST_NAME = 200
