"""Fillers ("um", "uh") from sound alone: a steady, flat, central, subdued stretch of voice.

A filler is longer than other vowels, its spectrum stands still while the voice hums on a pitch at
or below the own middle, its vowel lies near the middle of all own vowels (the tongue rests), it
is softer than the talk around it, and an "um" ends in a hum that stands still as well (Goto,
Itou and Hayamizu 1999; Shriberg 1999; Audhkhasi and others 2009). No words are needed, so that
it works in any language whose fillers are made like that.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from audio.framing import STEP_S
from audio.levels import quantile
from audio.spectrum import BANDS
from audio.types import HOP_S, Filler

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

COEFFICIENTS: Final = 12
HALF: Final = 2
"""Steps on either side that smooth the spectrum's shape."""
REACH: Final = 4
"""Steps on either side between which its change is measured."""
BEHIND: Final = HALF + REACH
"""Steps that the finder runs behind what it was given."""
STEADY: Final = 0.9
"""Change of shape over 0.08 s under which the spectrum stands still; speech moves 1.5 to 2.5."""
UNDER_DB: Final = 25.0
"""Steps this far under the talk's top, and softer ones, are no voice of the talk."""
SPEECH: Final = 0.35
"""Probability of speech from which a step may belong to a filler; hums are not sure speech."""
KNOWN: Final = 50
"""Voiced steps that must be known before anything is judged: half a second of the voice."""
RUN_S: Final = 0.12
"""Shortest stretch that stands still and counts."""
BRIDGE_S: Final = 0.15
"""From "u" to "m" the spectrum moves once; two stretches this near each other are one."""
TOP_S: Final = 10.0
"""How long the level of the talk is remembered."""
PITCH_S: Final = 20.0
"""How long the own pitch is remembered."""
MEMORY: Final = 500
"""Voiced steps over which the middle of the own vowels is averaged (constant of decay)."""
CLUSTER_S: Final = 2.0
"""A filler that is told no later than this after the one before belongs to its cluster, seconds."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of voice whose spectrum stands still, as it is judged."""

    start: int
    """First step."""
    end: int
    """Step after the last."""
    slope_st_s: float
    """Slope of pitch, semitones a second."""
    spread_st: float
    """Standard deviation of pitch, semitones."""
    above_st: float
    """Pitch above the own middle, semitones."""
    under_db: float
    """Level under the talk's top, dB."""
    off_centre: float
    """Distance of the spectrum's shape from the middle of the own vowels."""

    @property
    def seconds(self) -> float:
        """Length."""
        return (self.end - self.start) * STEP_S


class FillerFinder:
    """Finds fillers in what `Hearing` measures anyway; tells each when it is over."""

    def __init__(self, start_s: float = 0.0) -> None:
        self._start_s = start_s
        self._turn = np.cos(
            np.pi * np.arange(1, COEFFICIENTS + 1) * (np.arange(BANDS)[:, None] + 0.5) / BANDS
        ) * (2.0 / BANDS)
        self._shapes = np.zeros((0, COEFFICIENTS))
        self._levels = np.zeros(0)
        self._pitch = np.zeros(0)
        self._step = 0
        self._tops: deque[float] = deque(maxlen=round(TOP_S / HOP_S))
        self._tones: deque[float] = deque(maxlen=round(PITCH_S / HOP_S))
        self._centre = np.zeros(COEFFICIENTS)
        self._weight = 0.0
        self._heard = 0
        self._run: list[tuple[Array, float, float]] = []
        self._stretches: list[Stretch] = []

    def push(
        self, bands: Array, hz: NDArray[np.float32], speech: Array | None = None
    ) -> list[Filler]:
        """Take the next steps of 10 ms.

        Parameters
        ----------
        bands : (n, 24) float64
            Power of each band, as `audio.spectrum` gives it.
        hz : (n,) float32
            Pitch, Hz; NaN where unvoiced.
        speech : (n,) float64, optional
            Probability of speech; what is none counts as unvoiced, however it hums.

        Returns
        -------
        list of Filler
            Those that have become certain, 0.2 s or so after their end.
        """
        if speech is not None:
            hz = np.where(speech >= SPEECH, hz, np.float32(np.nan))
        if not len(self._levels):
            # What came before the first step was like it: the spectrum stood still.
            bands = np.concatenate([np.repeat(bands[:1], BEHIND, axis=0), bands])
            hz = np.concatenate([np.full(BEHIND, np.nan, np.float32), hz])
        levels = 10.0 * np.log10(bands[:, :19].sum(axis=1) + 1e-12)
        self._shapes = np.concatenate([self._shapes, np.log(bands + 1e-10) @ self._turn])
        self._levels = np.concatenate([self._levels, levels])
        self._pitch = np.concatenate([self._pitch, 12.0 * np.log2(hz.astype(np.float64))])
        self._tops.append(float(levels.max()))
        count = len(self._levels) - 2 * BEHIND
        return self._judge(count) if count > 0 else []

    def finish(self) -> list[Filler]:
        """Tell a filler that the end of the sound cut off."""
        return self._close() + self._decide(None)

    def _judge(self, count: int) -> list[Filler]:
        """Look at `count` steps whose future is there."""
        smooth = _running_mean(self._shapes[: count + 2 * BEHIND], HALF)
        change = np.linalg.norm(smooth[2 * REACH :] - smooth[: -2 * REACH], axis=1)
        shapes = smooth[REACH : REACH + count]
        levels = self._levels[BEHIND : BEHIND + count]
        voiced = ~np.isnan(self._pitch[BEHIND - 1 : BEHIND + count + 1])
        hums = voiced[:-2].astype(int) + voiced[1:-1] + voiced[2:] >= 2
        top = quantile(self._tops, 0.9)
        talk = hums & (levels > top - UNDER_DB)
        self._remember(shapes[talk], self._pitch[BEHIND : BEHIND + count][talk])
        fillers: list[Filler] = []
        for i in range(count):
            if talk[i] and change[i] < STEADY:
                self._run.append((shapes[i], float(levels[i]), float(self._pitch[BEHIND + i])))
            elif self._run:
                fillers += self._close()
            self._step += 1
        fillers += self._decide(self._step - len(self._run))
        self._shapes = self._shapes[count:]
        self._levels = self._levels[count:]
        self._pitch = self._pitch[count:]
        return fillers

    def _remember(self, shapes: Array, tones: Array) -> None:
        """Follow the middle of the own vowels and of the own pitch."""
        if not len(shapes):
            return
        keep = float(np.exp(-len(shapes) / MEMORY))
        self._centre = keep * self._centre + shapes.sum(axis=0)
        self._weight = keep * self._weight + len(shapes)
        self._heard += len(shapes)
        known = tones[~np.isnan(tones)]
        if len(known):
            self._tones.append(float(np.median(known)))

    def _close(self) -> list[Filler]:
        """End the running stretch; what lies before it is decided when it cannot belong to it."""
        run, self._run = self._run, []
        tones = np.asarray([tone for _, _, tone in run])
        known = ~np.isnan(tones)
        if len(run) * STEP_S < RUN_S or known.sum() < 6 or self._heard < KNOWN:
            return []
        seconds = np.flatnonzero(known) * STEP_S
        found = Stretch(
            start=self._step - len(run),
            end=self._step,
            slope_st_s=float(np.polyfit(seconds, tones[known], 1)[0]),
            spread_st=float(np.std(tones[known])),
            above_st=float(np.median(tones[known])) - quantile(self._tones, 0.5),
            under_db=quantile(self._tops, 0.9) - float(np.median([level for _, level, _ in run])),
            off_centre=float(
                np.linalg.norm(
                    np.mean([shape for shape, _, _ in run], axis=0) - self._centre / self._weight
                )
            ),
        )
        done = self._decide(found.start)
        self._stretches.append(found)
        return done

    def _decide(self, begins: int | None) -> list[Filler]:
        """Judge the stretches in hand, unless one that begins at this step may still join them."""
        if not self._stretches:
            return []
        end = self._stretches[-1].end
        if begins is not None and (begins - end) * STEP_S <= BRIDGE_S:
            return []
        stretches, self._stretches = self._stretches, []
        score = filler_score(stretches)
        if score < 0.5:
            return []
        start_s = self._start_s + stretches[0].start * STEP_S
        return [Filler(start_s, self._start_s + end * STEP_S, score)]


def filler_score(stretches: Sequence[Stretch]) -> float:
    """How much stretches in a row are like a filler.

    Parameters
    ----------
    stretches : sequence of Stretch
        One, or several of which each follows closely on the one before.

    Returns
    -------
    float
        0..1; from 0.5 it is taken for one. The least fulfilled of the conditions decides.
    """
    first = stretches[0]
    seconds = (stretches[-1].end - first.start) * STEP_S
    parts = (
        _within(seconds, 0.2, 1.5, 0.1),
        max(_within(s.slope_st_s, -9.0, 2.0, 3.0) for s in stretches),
        max(_within(s.spread_st, 0.0, 0.8, 0.3) for s in stretches),
        _within(first.above_st, -6.0, 0.5, 0.5),
        max(_within(first.under_db, 4.0, 18.0, 2.0), _within(first.off_centre, 0.0, 0.8, 0.3)),
        _within(first.off_centre, 0.0, 2.3, 0.5),
    )
    return min(parts)


class FillerCount:
    """How many fillers the running cluster has: none once 2 s have passed without another."""

    def __init__(self) -> None:
        self._count = 0
        self._told = float("-inf")

    def reset(self) -> None:
        """Somebody else speaks, or a gap."""
        self._count = 0

    def push(self, t: float, fillers: Sequence[Filler]) -> int:
        """Take the fillers told at t, seconds on the session clock; give the count so far."""
        if t - self._told > CLUSTER_S:
            self._count = 0
        if fillers:
            self._told = t
            self._count += len(fillers)
        return self._count


def _within(value: float, low: float, high: float, soft: float) -> float:
    """1 well inside the limits, 0.5 at them; 0.88 this far (`soft`) inside, 0.12 outside."""
    inside = min(value - low, high - value) / soft
    return float(1.0 / (1.0 + np.exp(-np.clip(2.0 * inside, -50.0, 50.0))))


def _running_mean(values: Array, half: int) -> Array:
    """Mean over `half` rows on either side; 2 x half rows shorter than what it is given."""
    total = np.concatenate([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)])
    width = 2 * half + 1
    return np.asarray((total[width:] - total[:-width]) / width)
