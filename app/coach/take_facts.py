"""How a few seconds of talk were, against one's own normal: two takes can be laid side by side."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from app.coach.report_types import Report
    from app.coach.types import Baseline

LEAST: Final = 5
"""Points of a curve, 0.5 s, that a value needs."""


@dataclass(frozen=True, slots=True)
class TakeFacts:
    """Words, pace, loudness and pitch of one stretch; None = not measured."""

    words: str
    """What was said, as recognised; empty where nothing was, or no engine listened."""
    lasted_s: float
    """From the first to the last word, or the length of the stretch without words, seconds."""
    pace_part: float | None
    """Pace as a part of the own usual one, 0 is as usual, 0.1 is a tenth faster."""
    level_db: float | None
    """Loudness above the own usual level, dB; negative is softer."""
    pitch_st: float | None
    """Pitch above the own middle pitch, semitones; negative is lower."""


def take_facts(
    report: Report, start_s: float, end_s: float, baseline: Baseline | None
) -> TakeFacts:
    """Look at the stretch of a report from start_s to end_s, seconds on its clock."""
    words = [
        word for word in report.words or () if start_s <= (word.start_s + word.end_s) / 2 <= end_s
    ]
    lasted = words[-1].end_s - words[0].start_s if words else end_s - start_s
    pace = _median(report, "run_syl_s", start_s, end_s)
    if pace is None:
        pace = _median(report, "pace_syl_s", start_s, end_s)
    voice = baseline.voice if baseline is not None else None
    usual = voice.pace_syl_s if voice is not None else None
    return TakeFacts(
        words=" ".join(word.text for word in words),
        lasted_s=lasted,
        pace_part=pace / usual - 1.0 if pace is not None and usual else None,
        level_db=_median(report, "level_over_db", start_s, end_s),
        pitch_st=_median(report, "pitch_st", start_s, end_s),
    )


def _median(report: Report, name: str, start_s: float, end_s: float) -> float | None:
    """Give the middle value of a measure in a stretch; None where there is too little of it."""
    curve = next((one for one in report.curves if one.name == name), None)
    if curve is None:
        return None
    values = [
        value
        for t, value in zip(curve.t_s, curve.values, strict=True)
        if value is not None and start_s <= t <= end_s
    ]
    return median(values) if len(values) >= LEAST else None
