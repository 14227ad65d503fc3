"""Class codes, the links that carry them, and how often a wrong one may be tried."""

import re
import unicodedata
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil
from random import Random

from domain.courses.records import JOIN_CODE_ALPHABET, JOIN_CODE_LENGTH
from domain.errors import Mistake, Refusal

POSSIBLE = len(JOIN_CODE_ALPHABET) ** JOIN_CODE_LENGTH

FREE_TRIES = 5
WINDOW = timedelta(minutes=10)
"""So many wrong codes within so much time are taken for slips."""
FIRST_WAIT = timedelta(minutes=10)
MEMORY = timedelta(days=1)
"""Wrong codes older than this are forgiven."""

INVITATION_LASTS = timedelta(days=7)
TOKEN_BYTES = 16

_CLASS = "c_"
_INVITATION = "t_"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)
_SPACING = re.compile(r"[\s\-_.·•,:#*'\"`«»()\[\]<>“”‘’।\u200b-\u200f\ufeff]+")
_DIGITS = str.maketrans("০১২৩৪৫৬৭৮৯−‐‑‒–—―", "0123456789-------")
_LONGEST = 128
"""Characters that are looked at: a code, generously spaced, or a whole link."""


@dataclass(frozen=True, slots=True)
class ClassLink:
    """Somebody followed a class's link or scanned its picture."""

    code: str


@dataclass(frozen=True, slots=True)
class InvitationLink:
    """Somebody followed an invitation to be a teacher."""

    token: str


def new_code(rng: Random) -> str:
    """A code that cannot be guessed, given `random.SystemRandom()`; another may have it already."""
    return "".join(rng.choice(JOIN_CODE_ALPHABET) for _ in range(JOIN_CODE_LENGTH))


def read_code(text: str) -> str:
    """The code a person means: spaces, dashes, small letters and Bengali digits do not matter.

    A class's whole link is taken for its code. Raises Mistake: `join.code_letters` where there are
    letters that no code has, mostly misread ones, else `join.code_unreadable`.
    """
    spelled = _spelled(text)
    strange = [one for one in dict.fromkeys(spelled) if one not in JOIN_CODE_ALPHABET]
    if len(spelled) != JOIN_CODE_LENGTH or not all(_letter_or_digit(one) for one in strange):
        raise Mistake("not a class code", "join.code_unreadable", {"length": JOIN_CODE_LENGTH})
    if strange:
        raise Mistake("no such letters in codes", "join.code_letters", {"letters": strange})
    return spelled


def shown(code: str) -> str:
    """In two halves, as people read it out and copy it."""
    return f"{code[:3]} {code[3:]}"


def class_payload(code: str) -> str:
    """What follows `?start=` in a class's link."""
    return _CLASS + code


def invitation_payload(token: str) -> str:
    """What follows `?start=` in a link that makes its first user a teacher."""
    return _INVITATION + token


def deep_link(bot: str, payload: str) -> str:
    """The link that opens the bot of that user name with the payload."""
    return f"https://t.me/{bot.removeprefix('@')}?start={payload}"


def read_payload(payload: str) -> ClassLink | InvitationLink | None:
    """What came with /start; None where it is none of ours. Raises Mistake as `read_code` does."""
    if payload.startswith(_CLASS):
        return ClassLink(read_code(payload.removeprefix(_CLASS)))
    token = payload.removeprefix(_INVITATION)
    if payload.startswith(_INVITATION) and _TOKEN.fullmatch(token):
        return InvitationLink(token)
    return None


def new_token(rng: Random) -> str:
    """An invitation's secret, for its link alone: what is kept is its hash."""
    return urlsafe_b64encode(rng.randbytes(TOKEN_BYTES)).decode().rstrip("=")


def token_hash(token: str) -> str:
    """As it is kept: who reads the table cannot invite anybody.

    No salt and no slow hash: the token is 128 random bits, not a password.
    """
    return sha256(token.encode()).hexdigest()


def may_try(failures: Sequence[datetime], now: datetime) -> timedelta | None:
    """How long to wait before the next code; None where it may be tried now.

    `failures` are the instants of this person's wrong codes, in any order; a try that was refused
    for being too early is none. After FREE_TRIES within WINDOW the wait is FIRST_WAIT from the
    last one, and each further wrong code within a day doubles it.
    """
    counted = sorted(min(at, now) for at in failures if now - at < MEMORY)
    bursts = (
        last
        for last in range(FREE_TRIES - 1, len(counted))
        if counted[last] - counted[last - FREE_TRIES + 1] < WINDOW
    )
    first = next(bursts, None)
    if first is None:
        return None
    further = len(counted) - 1 - first
    wait = min(MEMORY, FIRST_WAIT * 2 ** min(further, 10))
    left = counted[-1] + wait - now
    return left if left > timedelta() else None


def check_tries(failures: Sequence[datetime], now: datetime) -> None:
    """Raises Refusal (`join.wait`, with the seconds left) where `may_try` says to wait."""
    wait = may_try(failures, now)
    if wait is not None:
        seconds = ceil(wait.total_seconds())
        raise Refusal("too many wrong class codes", "join.wait", {"seconds": seconds})


def _spelled(text: str) -> str:
    pasted = text[:_LONGEST].rpartition(f"?start={_CLASS}")[2]
    plain = unicodedata.normalize("NFKC", pasted).translate(_DIGITS)
    return _SPACING.sub("", plain).upper()


def _letter_or_digit(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"
