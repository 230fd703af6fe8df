"""What the coach gives back: checklists, findings, curves, the report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.coach.practice_types import Turn
    from app.coach.types import Baseline, CueEvent, Gap, Sense
    from audio.types import PhraseHit, Word


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist."""

    id: str
    """Stable id."""
    practice: str
    """P01 to P32."""
    text: str
    """What to do, in plain words."""
    why: str
    """Why it helps, with its source."""
    floor: int
    """How often at least."""
    ceiling: int | None
    """How often at most, or None."""
    attention: int = 1
    """1 to 3: what comes first to the eye; never a score, and never added up."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """Practices to follow in one conversation, in their order."""

    id: str
    """Stable id."""
    name: str
    """Plain words."""
    items: tuple[Item, ...]
    """In the order of the conversation."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One of at most three moments that the report names."""

    id: str
    """Stable within the session: cue id and start in milliseconds."""
    cue: str
    """Id of its rule."""
    start_s: float
    """Where to play from, seconds on the session clock."""
    end_s: float
    """Seconds on the session clock."""
    measured: float
    """The peak, in the measure's unit."""
    threshold: float
    """What it was held against, in the measure's unit."""
    own_normal: float | None
    """Own mean where there is one."""
    times: int
    """How many episodes of this cue were long enough to be named."""
    total_s: float
    """How long they were together, seconds."""
    lasted_s: float = 0.0
    """How long this one was, seconds."""


@dataclass(frozen=True, slots=True)
class NotMeasured:
    """How long a cue was not measured, and why."""

    cue: str
    """Id of its rule."""
    reason: str
    """A value of the sense's Reason."""
    seconds: float
    """Together, seconds."""


@dataclass(frozen=True, slots=True)
class ReceptionFault:
    """Something that was wrong with how the microphone heard the talk."""

    what: str
    """A value of Reception."""
    seconds: float
    """For how long, seconds of talk."""
    share: float
    """The same as a share of the talk, 0..1; of the customer's for the loudspeaker."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A measure over time, for drawing. NaN where it was not measured, never 0."""

    name: str
    """Field of the reading."""
    sense: Sense
    """Which sense."""
    unit: str
    """Plain words."""
    t_s: tuple[float, ...]
    """Seconds on the session clock."""
    values: tuple[float | None, ...]
    """The same length; None where it was not measured."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a session gives back to the person."""

    duration_s: float
    """Length of the session, seconds."""
    events: tuple[CueEvent, ...]
    """All episodes, by start."""
    gaps: tuple[Gap, ...]
    """All gaps, by start."""
    curves: tuple[Curve, ...]
    """What is drawn under the player."""
    findings: tuple[Finding, ...]
    """At most three."""
    not_measured: tuple[NotMeasured, ...]
    """Longest first."""
    ticked: tuple[str, ...]
    """Ids of the checklist items that a person ticked."""
    speakers_labelled: bool
    """False where all sound was measured as one voice."""
    notes: tuple[str, ...] = ()
    """Plain sentences on how far the report can be trusted."""
    baseline: Baseline | None = None
    """The own normal that everything was held against; None where there was none."""
    words: tuple[Word, ...] | None = None
    """Words of the measured voice, by start; None where no engine listened."""
    phrases: tuple[PhraseHit, ...] | None = None
    """Phrases found directly in its sound, by start; None where none were looked for."""
    typed: tuple[Turn, ...] | None = None
    """What a person wrote down of both sides, in the place of what an engine heard; else None."""
    reception: tuple[ReceptionFault, ...] = ()
    """What was wrong with how the microphone heard, longest first."""
