"""The greeting, said aloud once: pace, loudness and liveliness against own normal."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

from app.coach.tone import scales_of
from audio.types import HOP_S, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.coach.self_check_limits import CheckLimits
    from app.coach.tone import ToneScale
    from audio.types import VoiceBaseline, VoiceReading

CUES: Final = (
    ("pace", "run_syl_s", frozenset({"pace_fast", "pace_slow"})),
    ("loudness", "level_over_db", frozenset({"loud", "soft"})),
    ("liveliness", "lively", frozenset({"flat_voice", "lively_voice"})),
)
"""Scale, the measure it is told from, and the cues at its two ends."""


@dataclass(frozen=True, slots=True)
class VoiceFact:
    """One scale of the greeting."""

    id: str
    """ "pace", "loudness" or "liveliness"."""
    scale: ToneScale | None
    """Against own normal; None where there is none, or nothing was measured."""
    value: float | None
    """In the measure's unit; None = not measured."""
    reason: str = ""
    """Why it is not told against own normal, a value of the ears' Reason; empty where it is."""


class Greeting:
    """Listens to one greeting, pauses and slips of the tongue included."""

    def __init__(
        self, voice: VoiceBaseline | None, switched_off: frozenset[str], limits: CheckLimits
    ) -> None:
        self._limits = limits
        self._voice = voice
        self._kinds = tuple(kind for kind in CUES if not kind[2] <= switched_off)
        self._values: dict[str, list[float]] = {name: [] for _, name, _ in self._kinds}
        self._longest_run_s = 0.0
        self._run_pace: float | None = None
        self._last_speech_t: float | None = None
        self._t: float | None = None
        self._signal = False
        self.speech_s = 0.0
        """How much of it was heard, seconds of talk."""

    @property
    def enough(self) -> bool:
        """Whether it is over."""
        limits = self._limits
        if self.speech_s >= limits.most_talk_s:
            return True
        if self._last_speech_t is None or self._t is None:
            return False
        whole = self.speech_s >= limits.greeting_s
        ends_s = limits.silence_s if whole else limits.short_silence_s
        return self._t - self._last_speech_t >= ends_s

    def hear(self, reading: VoiceReading) -> None:
        """Take a further reading."""
        self._t = reading.t
        self._signal |= Reason.NO_SIGNAL not in reading.missing.values()
        if reading.speech:
            self.speech_s += HOP_S
            self._last_speech_t = reading.t
        # A run's pace stands until its end: the last value of the longest run is the greeting's.
        if reading.run_syl_s is not None and (reading.run_s or 0.0) >= self._longest_run_s:
            self._longest_run_s, self._run_pace = reading.run_s or 0.0, reading.run_syl_s
        for name, values in self._values.items():
            value = getattr(reading, name)
            if value is not None:
                values.append(float(value))

    def facts(self) -> tuple[VoiceFact, ...]:
        """Tell each scale; empty where nobody listened."""
        if self._t is None:
            return ()
        values = self._told()
        scales = {scale.id: scale for scale in scales_of(values, self._voice)}
        return tuple(self._fact(id_, values.get(name), scales[id_]) for id_, name, _ in self._kinds)

    def _told(self) -> Mapping[str, float]:
        """Measure -> the greeting's value, where there is one."""
        found = {name: median(values) for name, values in self._values.items() if values}
        if "run_syl_s" in found and self._run_pace is not None:
            found["run_syl_s"] = self._run_pace
        # Liveliness is that of all the seconds so far, so its last value knows most.
        if "lively" in found:
            found["lively"] = self._values["lively"][-1]
        return found

    def _fact(self, id_: str, value: float | None, scale: ToneScale) -> VoiceFact:
        if scale.position is not None:
            return VoiceFact(id_, scale, value)
        if not self.speech_s:
            why = Reason.NOT_SPEAKING if self._signal else Reason.NO_SIGNAL
            return VoiceFact(id_, None, None, why.value)
        if not self._has_normal(id_):
            return VoiceFact(id_, None, value, Reason.NO_OWN_NORMAL.value)
        return VoiceFact(id_, None, value, Reason.NOT_YET.value)

    def _has_normal(self, id_: str) -> bool:
        needed = {
            "pace": "pace_syl_s",
            "loudness": "level_dbfs",
            "liveliness": "pitch_lively_st",
        }
        return getattr(self._voice, needed[id_], None) is not None
