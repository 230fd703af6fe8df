"""How a few seconds of talk were, against one's own normal: two takes can be laid side by side.

Of a moment that the eyes found it also says for how long its cue was seen, out of how long it could
be seen at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

from app.coach.intervals import intersect, subtract, total, union

if TYPE_CHECKING:
    from app.coach.report_types import Report
    from app.coach.types import Baseline, CueRule

LEAST: Final = 5
"""Points of a curve, 0.5 s, that a value needs."""
LEAST_S: Final = 0.5
"""A cue that could be seen for less than this was not measured, seconds."""


@dataclass(frozen=True, slots=True)
class TakeFacts:
    """Words, pace, loudness, pitch and one cue of a stretch; None = not measured."""

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
    cue_s: float | None = None
    """For how long the moment's cue was seen, seconds."""
    cue_of_s: float | None = None
    """For how long it could be measured, seconds; at least `cue_s`."""
    cue_missing: str = ""
    """Where it was not measured, why: a value of the sense's Reason."""


def take_facts(
    report: Report,
    start_s: float,
    end_s: float,
    baseline: Baseline | None,
    rule: CueRule | None = None,
) -> TakeFacts:
    """Look at a stretch of a report.

    Parameters
    ----------
    report
        Of the session or of the take.
    start_s, end_s
        The stretch, seconds on the report's clock.
    baseline
        The own normal; None without one.
    rule
        The cue that is looked for in it; None for none.
    """
    words = [
        word for word in report.words or () if start_s <= (word.start_s + word.end_s) / 2 <= end_s
    ]
    lasted = words[-1].end_s - words[0].start_s if words else end_s - start_s
    pace = _median(report, "run_syl_s", start_s, end_s)
    if pace is None:
        pace = _median(report, "pace_syl_s", start_s, end_s)
    voice = baseline.voice if baseline is not None else None
    usual = voice.pace_syl_s if voice is not None else None
    cue = _seen(report, start_s, end_s, rule) if rule is not None else (None, None, "")
    return TakeFacts(
        words=" ".join(word.text for word in words),
        lasted_s=lasted,
        pace_part=pace / usual - 1.0 if pace is not None and usual else None,
        level_db=_median(report, "level_over_db", start_s, end_s),
        pitch_st=_median(report, "pitch_st", start_s, end_s),
        cue_s=cue[0],
        cue_of_s=cue[1],
        cue_missing=cue[2],
    )


def _seen(
    report: Report, start_s: float, end_s: float, rule: CueRule
) -> tuple[float | None, float | None, str]:
    """Tell for how long a cue went on, of how long it was measured, and else why it was not."""
    whole = [(start_s, end_s)]
    events = union((one.start_s, one.end_s) for one in report.events if one.cue == rule.id)
    seen = intersect(events, whole)
    gaps = [
        gap
        for gap in report.gaps
        if gap.cue == rule.id or (gap.cue is None and gap.sense is rule.sense)
    ]
    # A dropout that the cue went on over is part of it, here as in the report.
    open_to_see = subtract(whole, union((gap.start_s, gap.end_s) for gap in gaps))
    measured_s = total(union([*open_to_see, *seen]))
    if measured_s >= LEAST_S:
        return total(seen), measured_s, ""
    lost: dict[str, float] = {}
    for gap in gaps:
        lost[gap.reason] = lost.get(gap.reason, 0.0) + total(
            intersect([(gap.start_s, gap.end_s)], whole)
        )
    return None, None, max(lost, key=lambda reason: lost[reason], default="")


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
