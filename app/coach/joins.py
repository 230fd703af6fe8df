"""What two senses, or words and a sense, say together: "you apologised with your arms crossed".

Works on finished episodes and on practices found in the words, never on a running stream.
When the right words meet arms crossed, a drawn brow or a rushed voice, the words lose
(EVIDENCE, P30 and P31); such a moment teaches more than either half, and so leads the report.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from app.coach.practice_types import Polarity
from app.coach.toml_file import check, read_toml
from app.coach.words import format_time, format_value, same
from app.paths import asset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from app.coach.practice_types import Evidence
    from app.coach.types import CueEvent

SHARE: Final = 0.5
"""A cue counts with the words where it lasted for at least this part of them …"""
LEAST_S: Final = 1.0
"""… or for this long, seconds: a starting value, the time that a short sentence takes."""
MOST: Final = 2
"""Joined moments in one report: one place of its three stays for the rest."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Words of a practice and a cue at the same time."""

    practice: str
    """P01 to P32."""
    cue: str
    """Id of the cue's rule."""
    start_s: float
    """Where the words begin, seconds on the session clock."""
    end_s: float
    """Where they end, seconds on the session clock."""
    words: str
    """The words, as recognised."""
    together_s: float
    """For how long both went on, seconds."""
    confidence: float
    """0..1, how sure the finder is of the words."""
    event: CueEvent
    """The episode."""

    @property
    def id(self) -> str:
        """Stable within the session, as a finding's id is."""
        return f"{self.practice}-{self.cue}-{round(self.start_s * 1000)}"


@dataclass(frozen=True, slots=True)
class Halves:
    """The halves of the sentences."""

    said: Mapping[str, str]
    """Practice id to what the person did by saying it."""
    with_cue: Mapping[str, str]
    """Cue id to what was seen or heard beside it."""
    without: Mapping[str, str] = field(default_factory=dict)
    """Practice or cue id to the reason why it has no half."""


def load_halves(path: Path | None = None) -> Halves:
    """Read `assets/joins.toml`; an AppError names file, line and what is allowed."""
    path = path or asset("joins.toml")
    data, text = read_toml(path)
    read = check(_File, data, path=path, text=text, header="")
    return Halves(read.said, read.with_cue, read.without)


def join(
    evidence: Iterable[Evidence], events: Sequence[CueEvent], halves: Halves
) -> tuple[Joined, ...]:
    """Find the moments where a practice was done and a cue went on beside it.

    Parameters
    ----------
    evidence
        What the finder found; only practices that were done, with times, are joined.
    events
        Finished episodes.
    halves
        Which practices and cues can be said together.

    Returns
    -------
    tuple of Joined
        One a practice and cue, the longest; those that overlap longest first.
    """
    best: dict[tuple[str, str], Joined] = {}
    for one in evidence:
        if one.polarity is not Polarity.DONE or one.practice not in halves.said:
            continue
        for event in events:
            joined = _joined(one, event) if _can_be_said(event, halves) else None
            if joined is None:
                continue
            key = (joined.practice, joined.cue)
            if key not in best or joined.together_s > best[key].together_s:
                best[key] = joined
    return tuple(sorted(best.values(), key=lambda one: (-one.together_s, one.start_s, one.cue)))


def met(evidence: Iterable[Evidence], events: Sequence[CueEvent]) -> frozenset[str]:
    """Give the ids of all moments that these make, also of those that `join` does not choose."""
    pairs = (_joined(one, event) for one in evidence for event in events)
    return frozenset(joined.id for joined in pairs if joined is not None)


def leading(joined: Sequence[Joined]) -> tuple[Joined, ...]:
    """Choose those that lead the report: at most two, and no two about the same words."""
    chosen: list[Joined] = []
    for one in joined:
        overlaps = any(one.start_s < other.end_s and other.start_s < one.end_s for other in chosen)
        if not overlaps and len(chosen) < MOST:
            chosen.append(one)
    return tuple(chosen)


def joined_sentence(joined: Joined, halves: Halves, translate: Callable[[str], str] = same) -> str:
    """Say it in one sentence: "You apologised at 1:12 with your arms crossed."."""
    event = joined.event
    normal = event.own_normal
    percent = abs(event.peak / normal - 1) * 100 if normal else 0.0
    beside = halves.with_cue[joined.cue].format(
        percent=f"{percent:.0f}", value=format_value(abs(event.peak))
    )
    return translate("{said} at {time}, {beside}.").format(
        said=halves.said[joined.practice], time=format_time(joined.start_s), beside=beside
    )


def _can_be_said(event: CueEvent, halves: Halves) -> bool:
    """Whether there are words for it; of what a person corrected nothing may be measured."""
    half = halves.with_cue.get(event.cue)
    return half is not None and ("{" not in half or not math.isnan(event.peak))


def _joined(one: Evidence, event: CueEvent) -> Joined | None:
    if one.start_s is None or one.end_s is None or one.end_s <= one.start_s:
        return None
    together = min(one.end_s, event.end_s) - max(one.start_s, event.start_s)
    if together < min(SHARE * (one.end_s - one.start_s), LEAST_S) or together <= 0:
        return None
    return Joined(
        practice=one.practice,
        cue=event.cue,
        start_s=one.start_s,
        end_s=one.end_s,
        words=one.words,
        together_s=together,
        confidence=one.confidence,
        event=event,
    )


_Half = Annotated[str, Field(min_length=1, description="text, not empty")]


class _File(BaseModel):
    """The file of halves."""

    model_config = ConfigDict(extra="forbid", strict=True)

    said: dict[str, _Half] = Field(description="P01 to P32, each with a text")
    with_cue: dict[str, _Half] = Field(alias="with", description="cue ids, each with a text")
    without: dict[str, _Half] = Field(
        default_factory=dict, description="practice or cue ids, each with a reason"
    )
