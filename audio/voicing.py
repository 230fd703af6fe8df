"""Speech or silence: Silero every 32 ms, the edges refined by energy every 10 ms."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import deque
from typing import TYPE_CHECKING, Final

import numpy as np

from audio.framing import STEP, STEPS
from audio.levels import FLOOR_DBFS, NoiseFloor, level_dbfs, quantile
from audio.silero import SileroVoiceActivityDetector
from audio.types import HOP_S
from audio.weights import BIAS, load_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHUNK: Final = 512
"""Samples that Silero takes at a time, 32 ms at 16 kHz."""
SPREAD: Final = 6
"""Steps on either side in which energy still vouches for a step: a stop's silence and its edges."""
PAST: Final = 20
"""Steps before a step that its decision looks at."""
AHEAD: Final = 8
"""Steps after a hop that its decisions look at."""
NEAR: Final = 10
"""Steps before a step that Silero's word is averaged over, together with those ahead."""
SURE: Final = 0.003
"""Silero's word is held this far from 0 and 1, so that no single chunk outweighs everything."""
CLEAR_DB: Final = 30.0
"""Level above the room's floor beyond which more says nothing."""
UNDER_DB: Final = 40.0
"""Level under the talk's own beyond which less says nothing."""
QUIET: Final = 0.2
"""Part of the way from the room's lowest level up to that of the talk that is as quiet as the room.
Chosen, with `audio.levels.LOWEST`, from the middle of what was as good on three draws of sentences
of speechocean that were joined by silences of known lengths; three other draws, clean and in babble
at 20 dB, agree."""
TALK_DBFS: Final = -35.0
"""Talk that is softer is brought up to this level, dB full scale, before Silero hears it. What it
says hangs on level: talk at -45 dBFS loses its hums and soft ends, at -65 every sixth step of all.
What is louder stays as it is, because far voices are told by their softness too. The limit was
compared on the aligned set."""
MOST_GAIN_DB: Final = 40.0
"""What lies further below is hardly told from the steps of 16 bits."""
TALKS: Final = 0.5
"""Silero's probability from which a chunk is talk whose level counts."""
LOUD: Final = 0.8
"""Part of the chunks of talk that are softer than its level."""
LEVEL_CHUNKS: Final = 300
"""Chunks of talk that its level is known from, about 10 s of talk however many pauses lie in it: a
far voice in a pause is not brought up in its place at once."""
LEAST_CHUNKS: Final = 3
"""Chunks of talk before which nothing is brought up."""
TOP_WINDOW_S: Final = 5.0
"""How long the level of the talk is remembered."""
FEATURES: Final = ("ahead", "around", "above", "under", "here", "before")
"""What a step's probability is made of, in the order of the columns of `SpeechGate.features`."""
AROUND: Final = np.arange(STEPS)[:, None] + np.arange(2 * SPREAD + 1)
"""(10, 13) positions of the steps round each step of a hop, from SPREAD before the first."""
BEFORE: Final = np.arange(STEPS)[:, None] + np.arange(PAST + AHEAD)
"""(10, 28) positions of the steps from PAST before each step of a hop to 7 after it."""


class SpeechDetector:
    """Probability of speech of each step of 10 ms, as Silero sees it.

    Parameters
    ----------
    bring_up : bool
        False to let Silero hear soft talk as soft as it is.
    """

    def __init__(self, *, bring_up: bool = True) -> None:
        self._model = SileroVoiceActivityDetector()
        self._levels: deque[float] | None = deque() if bring_up else None
        self._ordered: list[float] = []
        self._rest = np.zeros(0, np.float32)
        self._chunks: list[float] = []
        self._first = 0
        self._step = 0

    def reset(self) -> None:
        """Forget the past; the next sample is the first of a stretch."""
        self._model.reset()
        if self._levels is not None:
            self._levels.clear()
        self._ordered.clear()
        self._rest = np.zeros(0, np.float32)
        self._chunks = []
        self._first = 0
        self._step = 0

    def push(self, samples: NDArray[np.float32]) -> None:
        """Take further 16 kHz samples, however many."""
        self._rest = np.concatenate([self._rest, samples])
        whole = len(self._rest) // CHUNK * CHUNK
        for i in range(0, whole, CHUNK):
            self._chunks.append(self._said(self._rest[i : i + CHUNK]))
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

    def _said(self, chunk: NDArray[np.float32]) -> float:
        """Ask Silero about the next chunk, and learn the level of the talk from what it says."""
        levels = self._levels
        if levels is None:
            return float(self._model.process_samples(chunk.tolist()))
        ordered = self._ordered
        soft_db = TALK_DBFS - quantile(ordered, LOUD) if len(ordered) >= LEAST_CHUNKS else 0.0
        gain = 10.0 ** (min(max(soft_db, 0.0), MOST_GAIN_DB) / 20.0)
        told = float(self._model.process_samples((chunk * np.float32(gain)).tolist()))
        if told > TALKS:
            level_db = level_dbfs(chunk)
            levels.append(level_db)
            # Kept in order beside it, so that hundreds of levels need not be sorted for each chunk.
            insort(ordered, level_db)
            if len(levels) > LEVEL_CHUNKS:
                del ordered[bisect_left(ordered, levels.popleft())]
        return told


class SpeechGate:
    """Silero's probability, held against energy: edges where the sound is, and less babble.

    A logistic function of six numbers a step (`features`), whose weights stand in
    assets/voice/speech.toml. In babble it is the level over the room's floor and under the talk's
    own that tells the near voice from the far ones; Silero hears speech in both.
    """

    def __init__(self) -> None:
        table = load_weights("speech")
        self._weights = np.array([table[name] for name in FEATURES])
        self._bias = table[BIAS]
        self._levels = np.full(PAST + 1, FLOOR_DBFS)
        self._raw = np.zeros(PAST + 1)
        self._floor = NoiseFloor()
        self._tops: deque[float] = deque(maxlen=round(TOP_WINDOW_S / HOP_S))
        self.top_db = FLOOR_DBFS
        """Level of the talk of the last seconds, dB."""

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
        levels_db = self._levels[PAST + 1 : PAST + 1 + STEPS]
        floor_db = self._floor.push(levels_db)
        total = self.features(floor_db) @ self._weights + self._bias
        self._raw, self._levels = self._raw[STEPS:], self._levels[STEPS:]
        return 1.0 / (1.0 + np.exp(-total)), levels_db, floor_db

    def quiet(self, levels_db: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell which steps of the hop that was just taken are about as quiet as the room."""
        room_db = self._floor.lowest_db
        return levels_db < room_db + QUIET * (self.top_db - room_db)

    def features(self, floor_db: float) -> NDArray[np.float64]:
        """Gather what speaks for speech in each step of the next hop.

        Parameters
        ----------
        floor_db : float
            Level of the room, dB.

        Returns
        -------
        (10, 6) float64
            ahead, around: log odds of Silero's mean over the step and the 8 after it, and over
            these and the 10 before; above: loudest of 13 steps above the floor; under, here,
            before: loudest of 13 steps, the step itself, and the loudest of the last 20 and the
            next 7 under the level of the talk. Levels in tens of dB, never negative.
        """
        raw = self._raw[PAST + 1 - NEAR : PAST + 1 + STEPS + AHEAD]
        total = np.concatenate([[0.0], np.cumsum(raw)])
        ends = total[NEAR + AHEAD + 1 :]
        ahead = (ends - total[NEAR : NEAR + STEPS]) / (AHEAD + 1)
        around = (ends - total[:STEPS]) / (NEAR + AHEAD + 1)
        power = 10.0 ** (self._levels[: PAST + 1 + STEPS + AHEAD] / 10.0)
        smooth = 10.0 * np.log10(np.convolve(power, np.full(3, 1.0 / 3.0), mode="valid"))
        here = smooth[PAST : PAST + STEPS]
        loudest = smooth[PAST - SPREAD + AROUND].max(axis=1)
        before = smooth[BEFORE].max(axis=1)
        self._tops.append(float(here.max()))
        top_db = self.top_db = quantile(self._tops, 0.9)
        above = np.clip((loudest - floor_db) / 10.0, 0.0, CLEAR_DB / 10.0)
        levels = np.stack([loudest, here, before], axis=1)
        under = np.clip((top_db - levels) / 10.0, 0.0, UNDER_DB / 10.0)
        words = np.stack([_log_odds(ahead), _log_odds(around), above], axis=1)
        return np.concatenate([words, under], axis=1)


def _log_odds(probability: NDArray[np.float64]) -> NDArray[np.float64]:
    held = np.clip(probability, SURE, 1.0 - SURE)
    return np.asarray(np.log(held / (1.0 - held)))
