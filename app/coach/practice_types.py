"""What is said in a conversation, and what of the practices was found in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audio.types import Word


class Speaking(StrEnum):
    """Whose turn it is. The values are stable: transcripts carry them."""

    STAFF = "staff"
    CUSTOMER = "customer"


class Polarity(StrEnum):
    """Whether a practice was done, or its opposite was."""

    DONE = "done"
    WRONG = "wrong"
    """Done wrongly, such as a pseudo-apology."""


class Phase(StrEnum):
    """Where in a conversation a practice has its place."""

    BEFORE = "before"
    OPENING = "opening"
    LISTENING = "listening"
    APOLOGY = "apology"
    RECAP = "recap"
    QUESTIONS = "questions"
    OPTIONS = "options"
    COMMITMENT = "commitment"
    CLOSING = "closing"
    THROUGHOUT = "throughout"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Turn:
    """What one side said until the other began."""

    speaker: Speaking
    """Who spoke."""
    text: str
    """The words as typed or recognised."""
    start_s: float | None = None
    """Seconds on the session clock; None in a text without times."""
    end_s: float | None = None
    """Seconds on the session clock; None in a text without times."""
    words: tuple[Word, ...] = ()
    """Each word with its times, where an engine gave them; empty otherwise."""
    told: bool = field(default=True, compare=False)
    """Whether it was told who spoke; False where nobody was named, and staff are supposed."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place in the words that speaks for, or against, a practice."""

    practice: str
    """P01 to P32."""
    turn: int
    """Number of the turn, from 0 over both sides."""
    words: str
    """The words that carry it, as they stand in the turn."""
    confidence: float
    """0..1, how sure the finder is; recognised words lower it."""
    polarity: Polarity = Polarity.DONE
    """Whether it was done, or its opposite."""
    start_s: float | None = None
    """Where to play from, seconds on the session clock; None without times."""
    end_s: float | None = None
    """Seconds on the session clock; None without times."""
    detail: str = ""
    """More about it in a stable word: the kind of a question, such as "goal"; or empty."""
    by_hand: bool = False
    """Whether a person confirmed it or put it right; then it is sure."""
