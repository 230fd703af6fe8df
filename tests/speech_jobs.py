"""What tests run in the place of a speech engine's process; importable by name."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, cast

from app.session import speech_child
from audio.speech.listener import Listener
from audio.types import PhraseHit, Word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection

    import numpy as np
    from numpy.typing import NDArray

    from audio.speech.spotting import Spotting
    from audio.speech.types import SpeechSetUp
    from audio.speech.utterances import SpeechPiece


class Counter:
    """An engine whose only word is how much it heard, in tenths of a second."""

    def __init__(self) -> None:
        self._t = 0.0
        self._samples = 0

    def begin(self, t: float) -> None:
        self._t = t
        self._samples = 0

    def push(self, samples: NDArray[np.int16]) -> None:
        self._samples += len(samples)

    def guess(self) -> Sequence[Word]:
        return self.end()

    def end(self) -> Sequence[Word]:
        end_s = self._t + self._samples / 16000
        return (Word(str(self._samples // 1600), self._t, end_s, 1.0),)

    def close(self) -> None:
        return


def count(there: Connection, set_up: SpeechSetUp) -> None:
    """Serve with the counting engine."""
    speech_child.serve(there, Listener(Counter()))


def die_at_first(there: Connection, set_up: SpeechSetUp) -> None:
    """Load, and die with the first piece."""
    there.send(speech_child.Ready())
    there.recv()
    os._exit(7)


class Finder:
    """Finds one phrase wherever an utterance begins."""

    def take(self, piece: SpeechPiece) -> list[PhraseHit]:
        hit = PhraseHit("I'm so sorry", piece.t, piece.t + 0.1, 0.9, 20.0, "P19")
        return [hit] if piece.begins else []


def find(there: Connection, set_up: SpeechSetUp) -> None:
    """Serve with the counting engine and a phrase at each beginning."""
    spotting = cast("Spotting", Finder())
    speech_child.serve(there, Listener(Counter(), spotting=spotting))


def hang(there: Connection, set_up: SpeechSetUp) -> None:
    """Load, and never take a piece or end."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    there.send(speech_child.Ready())
    while True:
        signal.pause()
