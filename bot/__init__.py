"""The Telegram face: updates in, messages out."""

import os

# python-telegram-bot hands out durations as timedelta only when asked to; the other way warns.
os.environ.setdefault("PTB_TIMEDELTA", "1")
