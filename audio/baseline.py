"""The person's own voice: level, pitch, pace and onsets, and the noise of the room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from audio.measures import VoiceMeasures
from audio.pauses import ENTER
from audio.types import VoiceBaseline, VoiceHop

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

VOICE_BASELINE_VERSION: Final = 2
"""Counts up when a measure changes so that an older own normal would mislead."""
NEEDED_TALK_S: Final = 5.0
"""Talk that an own normal of level and pitch needs."""
NEEDED_VOICED: Final = 150
"""Voiced steps of 10 ms that a pitch range needs."""
NEEDED_SYLLABLES: Final = 12
"""Stressed syllables that the usual onset needs."""
LEAST_PACE_SD: Final = 0.08
"""Smallest spread of pace, as a part of it: 20 s of talk hold only two stretches of 9 s, and the
spread within a person is seldom less (a difference of 10 % is just audible, EVIDENCE §2)."""
NEEDED_ENDS: Final = 4
"""Ends of phrases that the usual end needs: 20 to 30 s of talk hold about six."""
LEAST_END_SD_ST: Final = 1.0
"""Smallest spread of them: four phrases may happen to end alike."""
ROOM_SPEECH: Final = 0.2
"""Hops with less speech than this belong to the room."""


class VoiceBaselineBuilder:
    """Gathers hops of the room and of own talk, and makes the own normal of them."""

    def __init__(self) -> None:
        self._room: list[float] = []
        self._measures = VoiceMeasures()
        self._speech: list[float] = []
        self._hz: list[NDArray[np.float32]] = []
        self._sd: list[float] = []
        self._pace: list[float] = []
        self._moves: list[float] = []
        self._lively: list[float] = []
        self._onsets: list[tuple[float, float]] = []
        self._ends: list[float] = []
        self._talk_s = 0.0

    def add(self, hop: VoiceHop, step: str) -> None:
        """Take a hop that was heard in the step "room" or "talk" of the calibration."""
        if not hop.signal:
            return
        if hop.speech < ROOM_SPEECH:
            self._room.append(hop.level_dbfs)
        if step == "talk":
            self._talk(hop)

    def build(self) -> VoiceBaseline | None:
        """Make the own normal; None where neither room nor talk was heard."""
        talked = self._talk_s >= NEEDED_TALK_S
        if not self._room and not talked:
            return None
        voiced = np.concatenate(self._hz) if self._hz else np.zeros(0, np.float32)
        pitched = talked and len(voiced) >= NEEDED_VOICED
        low, middle, high = np.percentile(voiced, [5, 50, 95]) if pitched else (None, None, None)
        pace = float(np.median(self._pace)) if talked and self._pace else None
        sharp = talked and len(self._onsets) >= 2 * NEEDED_SYLLABLES
        onset, onset_sd = _weighted(self._onsets) if sharp else (None, None)
        ends = self._ends if pitched and len(self._ends) >= NEEDED_ENDS else []
        return VoiceBaseline(
            version=VOICE_BASELINE_VERSION,
            room_dbfs=_median(self._room),
            level_dbfs=_median(self._speech) if talked else None,
            pitch_hz=_number(middle),
            pitch_low_hz=_number(low),
            pitch_high_hz=_number(high),
            pitch_sd_st=_median(self._sd) if pitched else None,
            pace_syl_s=pace,
            pace_sd_syl_s=(
                None if pace is None else max(float(np.std(self._pace)), LEAST_PACE_SD * pace)
            ),
            sharp_mean=onset,
            sharp_sd=onset_sd,
            speech_s=self._talk_s,
            pitch_move_st_s=_median(self._moves) if pitched else None,
            pitch_lively_st=_median(self._lively) if pitched else None,
            end_slope_st=_median(ends),
            end_slope_sd_st=max(float(np.std(ends)), LEAST_END_SD_ST) if ends else None,
        )

    def _talk(self, hop: VoiceHop) -> None:
        if hop.fresh:
            self._measures.interrupt()
        self._measures.push(hop, hop.pitch_hz)
        self._talk_s += self._measures.talk.talk_s
        self._onsets += self._measures.stressed
        if self._measures.ended_st is not None:
            self._ends.append(self._measures.ended_st)
        if hop.speech < ENTER:
            return
        self._hz.append(hop.pitch_hz[~np.isnan(hop.pitch_hz)])
        for value, into in (
            (self._measures.speech_dbfs, self._speech),
            (self._measures.pitch_sd_st, self._sd),
            (self._measures.pitch_move_st_s, self._moves),
            (self._measures.lively_st, self._lively),
            (self._measures.pace.syl_s, self._pace),
        ):
            if value is not None:
                into.append(value)


def first_pass(hops: Iterable[VoiceHop]) -> VoiceBaseline | None:
    """Make the own normal of a whole recording in which one voice talks."""
    builder = VoiceBaselineBuilder()
    for hop in hops:
        builder.add(hop, "talk")
    return builder.build()


def _median(values: list[float]) -> float | None:
    return float(np.median(values)) if values else None


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)


def _weighted(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    """Mean and standard deviation of (value, weight) pairs."""
    values, weights = np.asarray(pairs).T
    mean = float(np.average(values, weights=weights))
    return mean, float(np.sqrt(np.average((values - mean) ** 2, weights=weights)))
