"""The clock: which use case runs when, in one process at a time."""
