"""Who talked how much, who talked over whom, how soon an answer came: for a person to judge."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

from app.coach.intervals import total, union
from app.coach.session_turns import customer_stretches, speaker_stretches
from app.coach.speaking import RUN_GAP_S
from audio.types import HOP_S, Speaker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.report_types import Report
    from app.coach.types import Mark

OVERLAP_S: Final = 0.5
"""Shorter ones are "mm-hm" and the like (EVIDENCE, cues)."""
AFTER_S: Final = 0.3
"""Staff sound that soon after the customer began is the end of their own sentence, seconds."""
BELOW_DB: Final = 10.0
"""So far below one's own usual level still counts as speaking: a starting value."""
DIP_S: Final = 0.25
"""Level dips inside words: shorter ones do not end an overlap, seconds."""
HEARD_TOO: Final = 0.4
"""Where the microphone is loud for a larger part of the customer's talk, it hears the customer."""


@dataclass(frozen=True, slots=True)
class TalkFacts:
    """What is known about the turns of a talk. Nothing of it is a mark."""

    staff_s: float
    """How long the staff member talked, pauses under 1 s included, seconds."""
    customer_s: float
    """How long the customer talked, seconds."""
    overlaps: tuple[tuple[float, float], ...] | None
    """Stretches in which the staff member talked over the customer, seconds on the session clock;
    None where the microphone heard the customer too, or no level was kept."""
    gaps_s: tuple[float, ...]
    """Seconds between each end of the customer and the answer; never judged alone."""

    @property
    def share(self) -> float:
        """Part of the talk that was the staff member's, 0..1."""
        whole = self.staff_s + self.customer_s
        return self.staff_s / whole if whole else 0.0


def talk_facts(report: Report, marks: Sequence[Mark]) -> TalkFacts | None:
    """Work them out; None where nobody said when the customer spoke, or no speech is known."""
    theirs = [
        (one.start_s, one.end_s) for one in customer_stretches(marks, None, report.duration_s)
    ]
    mine = _staff_stretches(report)
    if not theirs or not mine:
        return None
    both = speaker_stretches(marks, frozenset({Speaker.BOTH.value}), report.duration_s)
    held = [one for one in both if one[1] - one[0] > OVERLAP_S]
    heard = _overlaps(report, theirs, mine)
    return TalkFacts(
        staff_s=total(mine),
        customer_s=total(union(theirs)),
        overlaps=tuple(sorted([*held, *(heard or ())])) if held or heard is not None else None,
        gaps_s=tuple(_gaps(theirs, mine)),
    )


def _staff_stretches(report: Report) -> list[tuple[float, float]]:
    """Give the runs of the measured voice: from its words, or else from where it had a pitch."""
    if report.words:
        parts = [(word.start_s, word.end_s) for word in report.words]
    else:
        pitch = next((curve for curve in report.curves if curve.name == "pitch_st"), None)
        if pitch is None:
            return []
        points = zip(pitch.t_s, pitch.values, strict=True)
        parts = [(t - HOP_S, t) for t, value in points if value is not None]
    return union(parts, RUN_GAP_S)


def _overlaps(
    report: Report, theirs: Sequence[tuple[float, float]], mine: Sequence[tuple[float, float]]
) -> list[tuple[float, float]] | None:
    level = next((curve for curve in report.curves if curve.name == "level_dbfs"), None)
    if level is None:
        return None
    points = [
        (t, value) for t, value in zip(level.t_s, level.values, strict=True) if value is not None
    ]
    own = [value for t, value in points if any(start <= t <= end for start, end in mine)]
    if not own:
        return None
    loud_from = median(own) - BELOW_DB
    loud, count = [], 0
    for start, end in theirs:
        inside = [(t, value) for t, value in points if start + AFTER_S <= t <= end]
        count += len(inside)
        loud += [(t - HOP_S, t) for t, value in inside if value >= loud_from]
    if count and len(loud) > HEARD_TOO * count:
        return None
    return [one for one in union(loud, DIP_S) if one[1] - one[0] > OVERLAP_S]


def _gaps(
    theirs: Sequence[tuple[float, float]], mine: Sequence[tuple[float, float]]
) -> list[float]:
    found = []
    ends = [end for _, end in theirs]
    nexts = [start for start, _ in theirs[1:]] + [float("inf")]
    for end, until in zip(ends, nexts, strict=True):
        answer = next((start for start, _ in mine if end - AFTER_S <= start < until), None)
        if answer is not None:
            found.append(max(0.0, answer - end))
    return found
