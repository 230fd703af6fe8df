"""The words of a session as a line of its timeline: bands from far, phrases, then each word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QCoreApplication

from app.ui.texts import clock_text
from app.ui.widgets.timeline_spans import Span, Spans, TimelineLane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from audio.types import Word

SILENCE_S: Final = 0.5
"""A silence from here on ends a phrase."""
PHRASE_WORDS: Final = 10
"""Most words of a phrase, so that its text can stand near where it is said."""


@dataclass(frozen=True, slots=True)
class WordsRow:
    """The line of words."""

    label: str
    """Translated."""
    words: tuple[Word, ...]
    """By start."""
    starts: NDArray[np.float64]
    """(n,) seconds, rising: where each word starts."""
    phrases: Spans
    """Words that were said without a silence; the text is what was said."""
    lane: TimelineLane = TimelineLane.WORDS
    """With what it is hidden."""

    def at(self, t: float, slack_s: float) -> Word | None:
        """Find the word at a time, or the nearest one within `slack_s`."""
        after = int(np.searchsorted(self.starts, t, "right"))
        near = [self.words[i] for i in (after - 1, after) if 0 <= i < len(self.words)]
        best = min(near, key=lambda w: max(w.start_s - t, t - w.end_s, 0.0), default=None)
        if best is None or max(best.start_s - t, t - best.end_s) > slack_s:
            return None
        return best

    def seen(self, start_s: float, end_s: float) -> tuple[Word, ...]:
        """Give the words that start in a stretch, with the one before."""
        first = max(0, int(np.searchsorted(self.starts, start_s)) - 1)
        return self.words[first : int(np.searchsorted(self.starts, end_s, "right"))]


def words_row(words: Sequence[Word]) -> WordsRow | None:
    """Prepare the line of words; None without any."""
    if not words:
        return None
    ordered = tuple(sorted(words, key=lambda word: word.start_s))
    return WordsRow(
        label=QCoreApplication.translate("Timeline", "Words"),
        words=ordered,
        starts=np.array([word.start_s for word in ordered], np.float64),
        phrases=Spans(_phrase(part) for part in _phrases(ordered)),
    )


def word_text(word: Word) -> str:
    """Say when a word was said."""
    return f"{clock_text(word.start_s)} · {word.text}"


def _phrases(words: Sequence[Word]) -> list[list[Word]]:
    found: list[list[Word]] = []
    for word in words:
        last = found[-1][-1] if found else None
        begins = last is None or word.start_s - last.end_s >= SILENCE_S
        if begins or len(found[-1]) >= PHRASE_WORDS:
            found.append([])
        found[-1].append(word)
    return found


def _phrase(words: Sequence[Word]) -> Span:
    return Span(words[0].start_s, words[-1].end_s, " ".join(word.text for word in words))
