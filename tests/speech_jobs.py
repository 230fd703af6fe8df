"""What tests run in the place of a speech engine's process; importable by name."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from app.session import speech_child
from audio.speech.listener import Listener
from audio.types import Word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection

    import numpy as np
    from numpy.typing import NDArray

    from audio.speech.types import SpeechSetUp


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
