"""Words a minute: only where there are words, over the time in which somebody spoke."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from audio.types import Word

RUN_GAP_S: Final = 1.0
"""A silence up to this long belongs to the talk, as in a talking run of the voice measures."""
LEAST_S: Final = 10.0
"""With less talk a rate says nothing: it settles after 8.9 s."""
REFERENCE: Final = (100, 165)
"""Words a minute that Microsoft's Speaker Coach calls usual: shown, and not judged."""


def words_a_minute(words: Iterable[Word]) -> float | None:
    """Count words over the time of talk; None where too little was said.

    Parameters
    ----------
    words
        Words of one voice.

    Returns
    -------
    float or None
        Words a minute of talk, pauses up to a second included.
    """
    runs: list[list[float]] = []
    count = 0
    for word in sorted(words, key=lambda one: one.start_s):
        count += 1
        if runs and word.start_s - runs[-1][1] <= RUN_GAP_S:
            runs[-1][1] = max(runs[-1][1], word.end_s)
        else:
            runs.append([word.start_s, word.end_s])
    talk_s = sum(end - start for start, end in runs)
    return count / talk_s * 60.0 if talk_s >= LEAST_S else None


def words_sentence(words: Sequence[Word]) -> str:
    """Say how many words were heard and at what rate; the reference is shown, not judged."""
    if not words:
        return "No words were recognised."
    count = f"{len(words)} words were recognised" if len(words) > 1 else "1 word was recognised"
    rate = words_a_minute(words)
    if rate is None:
        return f"{count}."
    low, high = REFERENCE
    return f"{count}, {rate:.0f} a minute of talk (usual are {low} to {high})."
