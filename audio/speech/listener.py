"""Leads utterances through an engine: the same steps live, over a file and in a test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from audio.speech.types import RATE_HZ, Heard

if TYPE_CHECKING:
    from audio.speech.types import SpeechEngine
    from audio.speech.utterances import SpeechPiece

GUESS_S: Final = 0.5
"""How much further sound it takes for another guess, seconds."""


class Listener:
    """Gives guesses while an utterance goes on, and its words when it is over."""

    def __init__(self, engine: SpeechEngine, *, guesses: bool = True) -> None:
        self._engine = engine
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
        if piece.samples.size:
            self._engine.push(piece.samples)
            self._until_s = piece.t + piece.samples.size / RATE_HZ
            self._unsaid += piece.samples.size
        if piece.ends:
            self._running = False
            return Heard(tuple(self._engine.end()), True, self._until_s)
        if self._guesses and self._unsaid >= GUESS_S * RATE_HZ:
            self._unsaid = 0
            return Heard(tuple(self._engine.guess()), False, self._until_s)
        return None

    def close(self) -> None:
        """Free the engine; an utterance that still runs is dropped."""
        self._engine.close()
