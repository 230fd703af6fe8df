"""Who speaks in a transcript: the labels that other programs and people write."""

from __future__ import annotations

import re
from typing import Final

from app.coach.practice_types import Speaking

_STAFF: Final = (
    "staff", "agent", "clerk", "employee", "adviser", "advisor", "assistant", "associate",
    "attendant", "cashier", "concierge", "front desk", "host", "hostess", "nurse", "officer",
    "operator", "receptionist", "reception", "rep", "representative", "server", "teacher",
    "teller", "trainee", "waiter", "worker",
)  # fmt: skip
_CUSTOMER: Final = (
    "customer", "applicant", "buyer", "caller", "citizen", "client", "guest", "parent",
    "passenger", "patient", "resident", "shopper", "visitor",
)  # fmt: skip
WHO: Final = "|".join(sorted((*_STAFF, *_CUSTOMER), key=len, reverse=True))
"""For a pattern: any label, the longest first; the letters' size does not count."""
NUMBER: Final = r"(?:\s*(?:member|person))?(?:\s*(?:#|no\.?)?\s*\d{1,3})?(?:\s+[A-Z])?"
"""For a pattern: what may follow a label, as in “Staff 1”, “Agent #2”, “Guest B”."""


def speaker_of(label: str) -> Speaking:
    """Tell which side a label stands for.

    Parameters
    ----------
    label
        As matched by `WHO`, in letters of any size.
    """
    word = re.sub(r"\s+", " ", label.strip().lower())
    return Speaking.CUSTOMER if word in _CUSTOMER else Speaking.STAFF
