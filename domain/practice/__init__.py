"""Practice: five problems at a time, hints, streaks."""
