"""What the ears hear of one sound, with the streams inside them, and the same talk quickened."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from benchmarks.ears_pace import counted

from audio.change import ShapeChange
from audio.framing import RATE_HZ, STEPS
from audio.hearing import Hearing
from audio.levels import NoiseFloor, quantile
from audio.pace import TalkCount
from audio.pauses import LEAVE, TalkTracker
from audio.syllables import COARSE, FINE, VOWEL_BANDS, NucleusFinder
from audio.voicing import SpeechDetector, SpeechGate

if TYPE_CHECKING:
    from benchmarks.ears_data import Sound
    from numpy.typing import NDArray

    from audio.types import VoiceHop

TOP_HOPS = 50
"""Tenths of a second over which the level of the talk is remembered, as `SpeechGate` does."""


@dataclass(frozen=True)
class Trace:
    """One sound as the ears heard it."""

    hops: list[VoiceHop]
    """What they tell."""
    features: NDArray[np.float64]
    """(n, 6) what speaks for speech in each step of 10 ms."""
    bands: NDArray[np.float64]
    """(n, 24) power in each band."""
    speech: NDArray[np.float64]
    """(n,) probability of speech."""
    quiet: NDArray[np.bool_]
    """(n,) whether it is as quiet as the room."""
    voiced: NDArray[np.bool_]
    """(n,) whether it has a pitch."""


class _Gate(SpeechGate):
    """Keeps the features."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[NDArray[np.float64]] = []

    def features(self, floor_db: float) -> NDArray[np.float64]:
        self.kept.append(super().features(floor_db))
        return self.kept[-1]


class _Ears(Hearing):
    """Keeps the bands of what is told."""

    def __init__(self) -> None:
        super().__init__(0, SpeechDetector())
        self._gate = self.gate = _Gate()
        self.kept: list[NDArray[np.float64]] = []

    def _tell(self, sound: Sound) -> VoiceHop:
        self.kept.append(self._bands[:STEPS].copy())
        return super()._tell(sound)


def trace(samples: Sound) -> Trace:
    """Hear a sound as a live session would, with half a second of silence after it."""
    ears = _Ears()
    hops = ears.push(np.concatenate([samples, np.zeros(RATE_HZ // 2, np.float32)]))
    hops += ears.finish()
    return Trace(
        hops,
        np.concatenate(ears.gate.kept),
        np.concatenate(ears.kept),
        np.array([value for hop in hops for value in hop.speech_steps]),
        np.array([value for hop in hops for value in hop.quiet_steps]),
        ~np.isnan(np.concatenate([hop.pitch_hz for hop in hops])),
    )


def count_quickened(heard: Trace, factor: float) -> TalkCount:
    """Count the same talk as if it had been said so many times as fast.

    Bands are interpolated and the rest is picked: nothing of the sound of faster talk is made
    up, and nothing of what a change of the sound itself would spoil.
    """
    if factor == 1.0:
        return counted(heard.hops, 0.0, float("inf"))
    length = int(len(heard.bands) / factor) // STEPS * STEPS
    at = np.arange(length) * factor
    low = np.minimum(at.astype(int), len(heard.bands) - 1)
    high = np.minimum(low + 1, len(heard.bands) - 1)
    part = (at - low)[:, None]
    bands = heard.bands[low] * (1.0 - part) + heard.bands[high] * part
    picked = (heard.speech[low], heard.quiet[low], heard.voiced[low])
    return _count(bands, *picked)


def _count(
    bands: NDArray[np.float64],
    speech: NDArray[np.float64],
    quiet: NDArray[np.bool_],
    voiced: NDArray[np.bool_],
) -> TalkCount:
    """Run what counts syllables over streams that no sound belongs to."""
    tracker, floor, change = TalkTracker(), NoiseFloor(), ShapeChange()
    fine, coarse = NucleusFinder(FINE), NucleusFinder(COARSE)
    tops: deque[float] = deque(maxlen=TOP_HOPS)
    total = TalkCount()
    for first in range(0, len(bands), STEPS):
        here = slice(first, first + STEPS)
        levels, said = bands[here], speech[here] >= LEAVE
        tracker.push(first * 0.01, speech[here].tolist(), quiet[here].tolist())
        tops.append(float(10.0 * np.log10(levels[:, :19].sum(axis=1) + 1e-12).max()))
        room = floor.push(10.0 * np.log10(levels[:, VOWEL_BANDS].sum(axis=1) + 1e-12))
        talk = said & voiced[here]
        near, far = change.push(levels, said, quantile(tops, 0.9))
        peaks = len(fine.push(levels, talk, room)), len(coarse.push(levels, talk, room))
        total.add(TalkCount(tracker.talk_s, tracker.talk_s, *peaks, near, far))
    return total
