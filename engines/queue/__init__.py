"""What processes share through Redis: the pace of sending, and bells."""
