"""The ears as the app sees them: blocks in, readings out."""

from __future__ import annotations

from collections import deque
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypedDict

import numpy as np

from audio.baseline import VOICE_BASELINE_VERSION
from audio.framing import RATE_HZ, Framer, Piece
from audio.hearing import Hearing
from audio.measures import VoiceMeasures
from audio.pitch import within_range
from audio.reception import ReceptionWatch
from audio.sharpness import above_own
from audio.types import (
    VOICE_MEASURES,
    AudioBlock,
    Reason,
    Speaker,
    VoiceBaseline,
    VoiceHop,
    VoiceReading,
)
from audio.voicing import SpeechDetector

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from audio.types import Reception

MASKED: Final = (Speaker.CUSTOMER, Speaker.BOTH)
"""Whose voice is never measured."""
ECHO_S: Final = 0.4
"""A room gives the customer's voice back for about this long after it ended; what is heard then is
nobody's, whoever has the word."""
TOLD: Final = ("speech", "pitch_hz", "pitch_st", *VOICE_MEASURES)
"""Every measure of a reading for which `missing` gives a reason."""
NEEDS: Final = MappingProxyType(
    {
        "level_over_db": ("level_dbfs",),
        "pitch_st": ("pitch_hz",),
        "sharp": ("sharp_mean", "sharp_sd"),
        "lively": ("pitch_lively_st",),
    }
)
"""Measure -> fields of the own normal without which it is not measured."""


UNVOICED: Final = ("pitch_hz", "pitch_st")
"""Measures that a voice has only where it hums: none in an s, none in a t."""


class Values(TypedDict):
    """The measures that change from hop to hop; None where not measured."""

    pitch_hz: float | None
    pitch_st: float | None
    level_over_db: float | None
    pitch_sd_st: float | None
    pitch_move_st_s: float | None
    pace_syl_s: float | None
    rate_syl_s: float | None
    run_syl_s: float | None
    lively: float | None
    end_slope_st: float | None
    pause_s: float | None
    run_s: float | None
    fillers: float | None
    sharp: float | None


class VoiceAnalyser:
    """Hears hops in blocks of sound, and reads them against the person's own normal.

    Parameters
    ----------
    baseline : VoiceBaseline or None
        The person's own normal; what needs one and has none is not measured.
    speaker : Speaker
        Whose voice it is until `set_speaker` says otherwise.
    switched_off : frozenset of str
        Names of measures that are not to be measured.
    """

    def __init__(
        self,
        baseline: VoiceBaseline | None = None,
        *,
        speaker: Speaker = Speaker.UNKNOWN,
        switched_off: frozenset[str] = frozenset(),
    ) -> None:
        usable = baseline is not None and baseline.version == VOICE_BASELINE_VERSION
        self._baseline = baseline if usable else None
        self._speaker = speaker
        self._off = switched_off
        self._turns: deque[tuple[float, Speaker]] = deque()
        self._framer = Framer()
        self._detector = SpeechDetector()
        self._hearing: Hearing | None = None
        self._measures = VoiceMeasures()
        self._reception = ReceptionWatch()
        self._echo_until_s = float("-inf")
        self._tone_s = (float("inf"), float("-inf"))

    def warm_up(self) -> None:
        """Run everything once, so that the first real block does not wait."""
        hearing = Hearing(0, SpeechDetector())
        sound = np.sin(np.arange(RATE_HZ // 2) * (2.0 * np.pi * 150.0 / RATE_HZ)) * 0.1
        for hop in hearing.push(sound.astype(np.float32)):
            VoiceAnalyser().read(hop)

    def hear(self, block: AudioBlock) -> list[VoiceHop]:
        """Take a block; the hops that became whole. Costly, and blind to any own normal."""
        return self._heard(self._framer.push(block))

    def flush(self) -> list[VoiceHop]:
        """Give the last hops of the sound; the next block starts afresh."""
        hops = self._heard(self._framer.finish())
        if self._hearing is not None:
            hops += self._hearing.finish()
            self._hearing = None
        return hops

    def set_speaker(self, t: float, speaker: Speaker) -> None:
        """From t on `speaker` speaks; counts for the hops that end after t."""
        self._turns.append((t, speaker))
        self._turns = deque(sorted(self._turns, key=lambda turn: turn[0]))

    def mask_tone(self, start_s: float, end_s: float) -> None:
        """Leave out the hops that may hold a soft tone of the program's own.

        What was measured before goes on after it: a tone neither ends a talk nor begins a pause.
        """
        self._tone_s = (start_s, end_s)

    def read(self, hop: VoiceHop) -> VoiceReading:
        """Hold a hop against the own normal and the speaker lane. Cheap, stateful in time."""
        while self._turns and self._turns[0][0] < hop.t - 1e-6:
            self._turn(*self._turns.popleft())
        if self._tone_s[0] < hop.t <= self._tone_s[1] + 1e-6 and self._speaker not in MASKED:
            if hop.fresh:
                self._measures.interrupt()
            return self._unmeasured(hop, Reason.TONE, None)
        masked = self._speaker in MASKED or hop.t <= self._echo_until_s + 1e-6
        reception = self._reception.push(hop, self._speaker)
        measured = hop.signal and not masked
        if hop.fresh or not measured:
            self._measures.interrupt()
        if not measured:
            why = Reason.CUSTOMER_SPEAKING if hop.signal else Reason.NO_SIGNAL
            return self._unmeasured(hop, why, reception)
        own = self._baseline
        low, high = (own.pitch_low_hz, own.pitch_high_hz) if own else (None, None)
        hz = within_range(hop.pitch_hz, low, high)
        self._measures.push(hop, hz)
        values = self._values(hop, hz)
        for name in self._off & values.keys():
            values[name] = None  # type: ignore[literal-required]
        missing = {name: self._why(name) for name, value in values.items() if value is None}
        if "speech" in self._off:
            missing["speech"] = Reason.SWITCHED_OFF
        talking = self._measures.talk.talking
        return VoiceReading(
            t=hop.t,
            speaker=self._speaker,
            speech=None if "speech" in self._off else talking,
            level_dbfs=hop.level_dbfs,
            reception=reception,
            clipped=hop.clipped,
            missing=MappingProxyType(missing),
            **values,
        )

    def _unmeasured(self, hop: VoiceHop, why: Reason, reception: Reception | None) -> VoiceReading:
        """Give a reading that says why nothing was measured."""
        missing = {name: Reason.SWITCHED_OFF if name in self._off else why for name in TOLD}
        return VoiceReading(
            t=hop.t,
            speaker=self._speaker,
            level_dbfs=hop.level_dbfs,
            reception=reception,
            clipped=hop.clipped,
            missing=MappingProxyType(missing),
        )

    def push(self, block: AudioBlock) -> list[VoiceReading]:
        """Hear and read in one."""
        return [self.read(hop) for hop in self.hear(block)]

    def finish(self) -> list[VoiceReading]:
        """Give the readings of the last hops."""
        return [self.read(hop) for hop in self.flush()]

    def close(self) -> None:
        """Let go of everything."""
        self._hearing = None

    def _heard(self, pieces: list[Piece]) -> list[VoiceHop]:
        hops: list[VoiceHop] = []
        for piece in pieces:
            if piece.fresh:
                if self._hearing is not None:
                    hops += self._hearing.finish()
                self._hearing = Hearing(piece.hop, self._detector)
            if self._hearing is not None:
                hops += self._hearing.push(piece.samples)
        return hops

    def _turn(self, t: float, speaker: Speaker) -> None:
        """Let another one speak from t on; the customer's voice rings on for a moment."""
        if self._speaker in MASKED and speaker not in MASKED:
            self._echo_until_s = t + ECHO_S
        self._speaker = speaker

    def _values(self, hop: VoiceHop, hz: NDArray[np.float32]) -> Values:
        """Gather each measure but `speech`, None where it is not measured."""
        own, now = self._baseline, self._measures
        voiced = hz[~np.isnan(hz)]
        pitch = float(np.median(voiced)) if len(voiced) >= 3 and now.talk.talking else None
        run_s = now.talk.run_s(hop.t)
        in_run = run_s is not None
        level, slope = now.speech_dbfs, now.onsets.mean_db_s(hop.t)
        lively = now.lively_st if in_run else None
        values: Values = {
            "pitch_hz": pitch,
            "pitch_st": _above_st(pitch, own.pitch_hz if own else None),
            "level_over_db": _minus(level, own.level_dbfs if own else None) if in_run else None,
            "pitch_sd_st": now.pitch_sd_st if in_run else None,
            "pitch_move_st_s": now.pitch_move_st_s if in_run else None,
            "pace_syl_s": now.pace.syl_s if in_run else None,
            "rate_syl_s": now.pace.rate_syl_s if in_run else None,
            "run_syl_s": now.pace.run_syl_s if in_run else None,
            "lively": _over(lively, own.pitch_lively_st if own else None),
            "end_slope_st": now.ends.slope_st(hop.t),
            "fillers": float(now.fillers) if in_run or now.fillers else None,
            "pause_s": now.talk.pause_s(hop.t),
            "run_s": run_s,
            "sharp": None,
        }
        if in_run and slope is not None and own and own.sharp_mean is not None and own.sharp_sd:
            values["sharp"] = above_own(slope, own.sharp_mean, own.sharp_sd)
        return values

    def _why(self, name: str) -> Reason:
        """Say why a measure of a voice that may be measured is None."""
        if name in self._off:
            return Reason.SWITCHED_OFF
        if name == "level_over_db" and self._measures.clipped:
            return Reason.CLIPPED
        if any(getattr(self._baseline, field, None) is None for field in NEEDS.get(name, ())):
            return Reason.NO_OWN_NORMAL
        # A pause needs talk to lie in: where there is none (yet), nobody is known to speak.
        waits = self._measures.talk.talking and name not in (*UNVOICED, "pause_s")
        return Reason.NOT_YET if waits else Reason.NOT_SPEAKING


def _minus(value: float | None, own: float | None) -> float | None:
    return None if value is None or own is None else value - own


def _above_st(hz: float | None, own_hz: float | None) -> float | None:
    return None if hz is None or own_hz is None else 12.0 * float(np.log2(hz / own_hz))


def _over(value: float | None, own: float | None) -> float | None:
    return None if value is None or not own else value / own
