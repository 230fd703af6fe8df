"""Leads utterances through an engine: the same steps live, over a file and in a test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from audio.speech.types import RATE_HZ, Heard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audio.speech.spotting import Spotting
    from audio.speech.types import SpeechEngine
    from audio.speech.utterances import SpeechPiece
    from audio.types import PhraseHit, Word

GUESS_S: Final = 0.5
"""How much further sound it takes for another guess, seconds."""


class Listener:
    """Gives guesses while an utterance goes on, and its words when it is over."""

    def __init__(
        self, engine: SpeechEngine, *, guesses: bool = True, spotting: Spotting | None = None
    ) -> None:
        self._engine = engine
        self._spotting = spotting
        self._hits: list[PhraseHit] = []
        self._guesses = guesses
        self._running = False
        self._until_s = 0.0
        self._unsaid = 0

    def take(self, piece: SpeechPiece) -> Heard | None:
        """Listen to a piece; what it brought, or None."""
        if piece.begins:
            self._engine.begin(piece.t)
            self._running, self._unsaid = True, 0
        if not self._running:
            return None
        if self._spotting is not None:
            self._hits += self._spotting.take(piece)
        if piece.samples.size:
            self._engine.push(piece.samples)
            self._until_s = piece.t + piece.samples.size / RATE_HZ
            self._unsaid += piece.samples.size
        if piece.ends:
            self._running = False
            return self._heard(self._engine.end(), final=True)
        if self._guesses and self._unsaid >= GUESS_S * RATE_HZ:
            self._unsaid = 0
            return self._heard(self._engine.guess(), final=False)
        return None

    def close(self) -> None:
        """Free the engine; an utterance that still runs is dropped."""
        self._engine.close()

    def _heard(self, words: Sequence[Word], *, final: bool) -> Heard:
        hits, self._hits = tuple(self._hits), []
        return Heard(tuple(words), final, self._until_s, hits)
