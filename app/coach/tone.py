"""The tone card: six scales of the voice, each against the person's own normal."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp2, log2
from statistics import median
from typing import TYPE_CHECKING, Final

from app.coach.types import Sense
from app.coach.words import format_value, same

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.coach.report_types import Report
    from audio.types import VoiceBaseline

NEEDED: Final = 20
"""Points of a curve, 2 s of talk, that a scale needs."""
AS_USUAL: Final = 1.0 / 3.0
"""Part of a scale on either side of the middle that is still called usual: there the cues at its
two ends begin, which lie at about a third of what is marked as strong."""


@dataclass(frozen=True, slots=True)
class ToneScale:
    """One scale: where this session lay between two ends, the own normal in the middle."""

    id: str
    """Stable id, such as "loudness"."""
    low: str
    """Plain word for the end below own normal: "softer"."""
    high: str
    """Plain word for the end above it: "louder"."""
    position: float | None
    """-1..1, 0 is own normal, ±1 is as far as a cue calls strong; None = not measured."""
    told: str
    """The value in words with its unit; empty where not measured."""
    difference: float | None = None
    """From own normal: a part of it for pace, doublings for liveliness, else in the measure's unit;
    None = not measured."""

    @property
    def word(self) -> str:
        """What it was: one of the two ends, or "as usual"; empty where not measured."""
        if self.position is None:
            return ""
        if abs(self.position) < AS_USUAL:
            return "as usual"
        return self.high if self.position > 0 else self.low


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a scale is made of a curve."""

    id: str
    low: str
    high: str
    measure: str
    strong: float
    """Difference from own normal at the end of the scale."""
    differ: Callable[[float, VoiceBaseline], float | None]
    """(median of the measure, own normal) -> difference from own normal."""
    above: str
    """How a difference above own normal is told; {value} is its size."""
    below: str
    """How one below it is told."""
    same: str
    """How one is told that rounds to none."""
    size: Callable[[float], float] = abs
    """Difference from own normal -> the value that is told."""


def tone_scales(report: Report, translate: Callable[[str], str] = same) -> tuple[ToneScale, ...]:
    """Place a session on each scale; what has no own normal or too little talk is not measured.

    The middle of all talk counts, so that one loud sentence does not make a loud talk.
    """
    voice = report.baseline.voice if report.baseline is not None else None
    return scales_of(_medians(report), voice, translate)


def scales_of(
    values: Mapping[str, float],
    voice: VoiceBaseline | None,
    translate: Callable[[str], str] = same,
) -> tuple[ToneScale, ...]:
    """Place one value of each measure, by its name, on its scale."""
    return tuple(_scale(kind, values, voice, translate) for kind in _KINDS)


def _medians(report: Report) -> Mapping[str, float]:
    """Measure -> its median, where there is enough of it."""
    found = {}
    for curve in report.curves:
        there = [value for value in curve.values if value is not None]
        if curve.sense is Sense.VOICE and len(there) >= NEEDED:
            found[curve.name] = median(there)
    return found


def _scale(
    kind: _Kind,
    values: Mapping[str, float],
    voice: VoiceBaseline | None,
    translate: Callable[[str], str],
) -> ToneScale:
    value = values.get(kind.measure)
    difference = None if value is None or voice is None else kind.differ(value, voice)
    if difference is None:
        return ToneScale(kind.id, kind.low, kind.high, None, "")
    position = max(-1.0, min(1.0, difference / kind.strong))
    value_told = format_value(kind.size(difference))
    words = kind.above if difference > 0 else kind.below
    if value_told == format_value(kind.size(0.0)):
        words = kind.same
    told = translate(words).format(value=value_told)
    return ToneScale(kind.id, kind.low, kind.high, position, told, difference)


def _part(value: float, own: float | None) -> float | None:
    """Difference as a part of own normal."""
    return value / own - 1.0 if own else None


def _octaves(value: float, _: VoiceBaseline) -> float | None:
    """How often a multiple of own normal doubles."""
    return log2(value) if value > 0 else None


def _over_ends(value: float, own: VoiceBaseline) -> float | None:
    return None if own.end_slope_st is None else value - own.end_slope_st


_KINDS: Final = (
    _Kind("liveliness", "flatter", "livelier", "lively", log2(2.5), _octaves,
          "your pitch moved {value} times as much as usual",
          "your pitch moved only {value} times as much as usual",
          "your pitch moved about as much as usual", size=exp2),
    _Kind("loudness", "softer", "louder", "level_over_db", 12.0, lambda value, _: value,
          "{value} dB above your usual level", "{value} dB below your usual level",
          "about your usual level"),
    _Kind("pace", "slower", "faster", "run_syl_s", 0.3,
          lambda value, own: _part(value, own.pace_syl_s),
          "{value} % above your usual pace", "{value} % below your usual pace",
          "about your usual pace",
          size=lambda part: abs(part) * 100.0),
    _Kind("height", "lower", "higher", "pitch_st", 6.0, lambda value, _: value,
          "{value} semitones above your middle pitch", "{value} semitones below your middle pitch",
          "about your middle pitch"),
    _Kind("ends", "ending lower", "ending higher", "end_slope_st", 5.0, _over_ends,
          "your sentences ended {value} semitones higher than usual",
          "your sentences ended {value} semitones lower than usual",
          "your sentences ended about as usual"),
    _Kind("onsets", "softer starts", "harder starts", "sharp", 3.0, lambda value, _: value,
          "harder by {value} times what is usual for you to vary",
          "softer by {value} times what is usual for you to vary",
          "your words started about as usual"),
)  # fmt: skip
"""`strong` is that of the cue at the scale's end in assets/cues.toml, where there is one: livelier
voice, raised voice, words starting hard. Pace: 30 %, three times what is just audible (EVIDENCE,
cues). Height: 6 semitones, half an octave, a starting value. Ends: as rising ends."""
