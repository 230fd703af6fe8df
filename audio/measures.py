"""What hops say over time, before it is held against an own normal. The cheap half."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from audio.endings import PhraseEnds
from audio.fillers import FillerCount
from audio.framing import STEP_S
from audio.levels import power_mean_db
from audio.movement import MOVE_S, Moved, PitchMovement, lively_st
from audio.pace import PaceWindow
from audio.pauses import ENTER, LEAVE, TalkTracker
from audio.sharpness import OnsetWindow
from audio.types import HOP_S

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from audio.types import VoiceHop

LEVEL_WINDOW_S: Final = 2.0
"""Seconds that the speech level is taken over (EVIDENCE §2: 6 dB for 2 s)."""
LEVEL_NEEDED_S: Final = 0.5
"""Speech that must be in them."""
CLIPPED_SHARE: Final = 0.6
"""Share of the talk in this window, counted in hops with samples at full scale, from which its
level is not true. Measured by cutting 32 recordings at 0 to 30 dB too much (715 windows): with .6
to .7 of them the level is 1.7 dB too low in the middle, more than the 1.5 dB that lie between the
limits of louder and softer; with .3 to .4 it is 0.5 dB, from .9 on 9.6 dB."""
CLIPPED_BACK: Final = 0.5
"""Share from which on it is true again: a starting value, against flickering at the limit."""
PITCH_WINDOW_S: Final = 7.0
"""Seconds that the spread of pitch is taken over (EVIDENCE §2)."""
PITCH_NEEDED_S: Final = 1.5
"""Voiced sound that must be in them."""
MOVE_NEEDED_S: Final = 0.8
"""Voiced sound inside stretches that a movement needs."""
EIGHTY: Final = 2.563
"""Standard deviations between the 10th and the 90th percentile of a normal distribution."""

Held = TypeVar("Held")
"""What a window keeps of a hop."""


class VoiceMeasures:
    """Follows one voice: talk, level, pitch, pace and onsets over their windows."""

    def __init__(self) -> None:
        self.talk = TalkTracker()
        """Talk, pauses and runs."""
        self.pace = PaceWindow()
        """Articulation rate."""
        self.onsets = OnsetWindow()
        """Onset slopes of stressed syllables."""
        self.ends = PhraseEnds()
        """Pitch at the ends of phrases."""
        self.stressed: list[tuple[float, float]] = []
        """Onset slope of each syllable of the last hop, dB a second, and how stressed, 0 to 1."""
        self.ended_st: float | None = None
        """Rise of pitch at the end of the phrase that the last hop ended, semitones."""
        self.fillers = 0
        """Fillers of the running cluster."""
        self._fillers = FillerCount()
        self.clipped = False
        """Whether the talk of the last 2 s is so cut off at full scale that its level is untrue."""
        self._levels: deque[tuple[float, list[float]]] = deque()
        self._cut: deque[tuple[float, bool]] = deque()
        self._movement = PitchMovement()
        self._moves: deque[tuple[float, Moved]] = deque()
        self._window: Moved | None = None
        self._voice: deque[tuple[float, NDArray[np.float32]]] = deque()

    def interrupt(self) -> None:
        """Somebody else speaks, or a gap: no talk runs on from here."""
        self.talk.interrupt()
        self.ends.interrupt()
        self._movement.reset()
        self._fillers.reset()

    def push(self, hop: VoiceHop, hz: NDArray[np.float32]) -> None:
        """Take the next hop of this voice, and its pitch within the own range, Hz."""
        self.talk.push(hop.t - HOP_S, hop.speech_steps, hop.quiet_steps)
        running = self.talk.run_s(hop.t) is not None
        self.pace.push(hop, self.talk.talk_s, running=running)
        self.fillers = self._fillers.push(hop.t, hop.fillers)
        self.stressed = [
            (slope, self.onsets.push(t, slope, level))
            for t, slope, level in zip(hop.nuclei_s, hop.onsets_db_s, hop.peaks_dbfs, strict=True)
        ]
        loud = [
            level
            for level, speech in zip(hop.steps_dbfs, hop.speech_steps, strict=True)
            if speech >= ENTER
        ]
        self._levels.append((hop.t, loud))
        _forget(self._levels, hop.t - LEVEL_WINDOW_S)
        if loud:
            self._cut.append((hop.t, hop.clipped))
        _forget(self._cut, hop.t - LEVEL_WINDOW_S)
        most = CLIPPED_BACK if self.clipped else CLIPPED_SHARE
        self.clipped = sum(cut for _, cut in self._cut) > most * len(self._cut)
        # What no speech holds up is a hum of the room or a far voice.
        hz = np.where(np.asarray(hop.speech_steps) >= LEAVE, hz, np.float32(np.nan))
        self.ended_st = self.ends.push(hop.t, hz, talking=self.talk.talking)
        self._moves.append((hop.t, self._movement.push(hz)))
        self._window = None
        _forget(self._moves, hop.t - PITCH_WINDOW_S)
        self._voice.append((hop.t, hz))
        _forget(self._voice, hop.t - PITCH_WINDOW_S)

    @property
    def speech_dbfs(self) -> float | None:
        """Level of the speech of the last 2 s, dB full scale; None with too little of it.

        None too where it is cut off at full scale.
        """
        if self.clipped:
            return None
        levels = [level for _, hop in self._levels for level in hop]
        return power_mean_db(levels) if len(levels) * STEP_S >= LEVEL_NEEDED_S else None

    @property
    def pitch_move_st_s(self) -> float | None:
        """Movement of pitch over the last 7 s, semitones a second; None with too little voice."""
        moves_st = self._moved().moves_st
        enough = len(moves_st) * STEP_S >= MOVE_NEEDED_S
        return float(moves_st.mean()) / MOVE_S if enough else None

    @property
    def lively_st(self) -> float | None:
        """How lively the pitch of the last 7 s is, semitones; None with too little voice."""
        moved = self._moved()
        enough = len(moved.moves_st) * STEP_S >= MOVE_NEEDED_S
        return lively_st(*moved) if enough else None

    @property
    def pitch_sd_st(self) -> float | None:
        """Spread of pitch over the last 7 s, semitones; None with too little voice.

        Taken from the 10th to the 90th percentile: for a normal distribution that is the
        standard deviation, and a creak or an octave jump at its edge does not widen it.
        """
        held = [hop for _, hop in self._voice]
        return spread_st(np.concatenate(held)) if held else None

    def _moved(self) -> Moved:
        """Gather the movement of pitch over the last 7 s, once a hop."""
        if self._window is None:
            hops = [hop for _, hop in self._moves] or [Moved(np.zeros(0), np.zeros(0))]
            self._window = Moved(*(np.concatenate(part) for part in zip(*hops, strict=True)))
        return self._window


def spread_st(hz: NDArray[np.float32], needed_s: float = PITCH_NEEDED_S) -> float | None:
    """Spread of pitch, semitones, from its 10th to its 90th percentile; None of too little voice.

    hz : (n,) float32, Hz, NaN where unvoiced, a step each 10 ms.
    """
    hz = np.sort(hz[~np.isnan(hz)])
    if len(hz) * STEP_S < needed_s:
        return None
    low, high = hz[round(0.1 * (len(hz) - 1))], hz[round(0.9 * (len(hz) - 1))]
    return 12.0 * float(np.log2(high / low)) / EIGHTY


def _forget(window: deque[tuple[float, Held]], until_s: float) -> None:
    while window and window[0][0] <= until_s + 1e-6:
        window.popleft()
