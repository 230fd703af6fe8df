"""Stretches of a session with something to say about them, and the names of a timeline's lanes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication

from app.ui.texts import clock_text, length_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray


class TimelineLane(StrEnum):
    """What of a timeline can be hidden."""

    SELF = "self"
    """What the filmed person said: own view, ticks, notes, markers."""
    TRAINER = "trainer"
    """What trainers said, a line for each of them."""
    MACHINE = "machine"
    """What the program found: cues, practices, hints."""
    CUSTOMER = "customer"
    """When the customer spoke."""
    FELT = "felt"
    """When the customer felt heard, or not."""
    WORDS = "words"
    """The words."""
    CURVES = "curves"
    """What was measured, as curves."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch with something to say about it."""

    start_s: float
    """Seconds."""
    end_s: float
    """Seconds."""
    text: str
    """What the pointer is told, in plain words."""
    id: str = ""
    """Of the episode or mark that it shows; empty where it shows none."""


class Spans:
    """Spans by start, of which the visible ones are found without looking at the others."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.all = sorted(spans, key=lambda span: span.start_s)
        self.starts = np.array([span.start_s for span in self.all], np.float64)
        """(n,) seconds, rising."""
        self.ends = np.array([span.end_s for span in self.all], np.float64)
        """(n,) seconds."""
        # Gaps may overlap, so the furthest end so far is what can be searched.
        self._reach = np.maximum.accumulate(self.ends)

    def __len__(self) -> int:
        return len(self.all)

    def _visible(self, start_s: float, end_s: float) -> slice:
        first = int(np.searchsorted(self._reach, start_s, "left"))
        return slice(first, int(np.searchsorted(self.starts, end_s, "right")))

    def arrays(
        self, start_s: float, end_s: float
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Give starts and ends, seconds, of what touches this stretch, by start."""
        seen = self._visible(start_s, end_s)
        starts, ends = self.starts[seen], self.ends[seen]
        touch = ends >= start_s
        return starts[touch], ends[touch]

    def seen(self, start_s: float, end_s: float) -> list[Span]:
        """Give what touches this stretch, by start."""
        return [span for span in self.all[self._visible(start_s, end_s)] if span.end_s >= start_s]

    def at(self, t: float, slack_s: float) -> Span | None:
        """Find the span at a time, or the nearest one within `slack_s`."""
        near = self.seen(t - slack_s, t + slack_s)
        return min(near, key=lambda s: max(s.start_s - t, t - s.end_s, 0.0), default=None)


@dataclass(frozen=True, slots=True)
class StretchRow:
    """A line of stretches that nobody judges, such as the customer's talk."""

    label: str
    """Plain words, translated."""
    icon: str
    """Icon name."""
    spans: Spans
    """The stretches."""
    lane: TimelineLane
    """With what it is hidden."""


def stretch_text(start_s: float, end_s: float) -> str:
    """Say from when to when something was, and how long."""
    return QCoreApplication.translate("Timeline", "{start} to {end}, {length}").format(
        start=clock_text(start_s), end=clock_text(end_s), length=length_text(end_s - start_s)
    )
