"""What a trainer says about a session, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to try next."""

    text: str
    """What to try, as the trainer wrote it; may be empty where only a cue was chosen."""
    cue: str
    """Id of the cue that practises it as focus; empty for none."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment, or a span, that the trainer marked."""

    id: str
    """UUID of the mark."""
    start_s: float
    """Seconds on the session clock."""
    end_s: float | None
    """End of the span, seconds on the session clock; None for a point."""
    text: str
    """The comment, or the marker's label where it has one; may be empty where it was spoken."""
    marker: str
    """Label of a coloured marker; empty for a comment."""
    colour: str
    """Colour of the marker as it was dropped; empty for a comment."""
    sound: str
    """Name of the spoken comment's file in the session's folder; empty without one."""
    own: bool
    """Whether the person had marked this moment too."""


@dataclass(frozen=True, slots=True)
class BothViews:
    """One item of the checklist as both saw it."""

    item: str
    """Its id."""
    own: str
    """ "yes", "partly" or "no"; empty where the person did not say."""
    theirs: str
    """The same of the trainer, who always said something."""

    @property
    def same(self) -> bool:
        """Whether both said the same."""
        return self.own == self.theirs


@dataclass(frozen=True, slots=True)
class Judged:
    """What the trainer said of something that the machine had marked."""

    cue: str
    """Id of the rule that the machine named; of a place in the words "P19-done" or "P19-wrong"."""
    start_s: float
    """Where the machine saw it begin, seconds on the session clock."""
    end_s: float | None
    """Where it saw it end; None where the episode is not in the report."""
    verdict: str
    """ "agree", "disagree" or "correct"."""
    better_cue: str
    """Id of the cue or practice that it should have been; empty but for "correct"."""
    better_start_s: float | None
    """Where it should have begun; None but for "correct"."""
    better_end_s: float | None
    """Where it should have ended; None but for "correct"."""
    own: str
    """What the person had said of it: "agree", "disagree", "correct", or nothing."""
    better_wrong: bool = False
    """Of a practice: whether it was done the other way round."""


@dataclass(frozen=True, slots=True)
class Review:
    """What one trainer said about one session."""

    author: str
    """Person id of the trainer."""
    name: str
    """Their name; empty where it is not known here."""
    at: dt.datetime | None
    """When they last said something, UTC; None where it is not known."""
    strengths: tuple[str, ...]
    """What worked, in their order."""
    next_step: NextStep | None
    """The one thing to try; None where they named none."""
    moments: tuple[Moment, ...]
    """By time."""
    views: tuple[BothViews, ...]
    """Items that the trainer gave a view of, in the checklist's order."""
    judged: tuple[Judged, ...]
    """Machine marks that they spoke about, by time."""
    strengths_at: tuple[float | None, ...] = ()
    """Where each strength was seen, seconds on the session clock; None where no moment was named.
    Empty, or as many as there are strengths."""

    @property
    def empty(self) -> bool:
        """Whether nothing was said that could be read."""
        return not (self.strengths or self.next_step or self.moments or self.views or self.judged)
