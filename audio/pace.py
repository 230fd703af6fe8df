"""How fast somebody talks: syllables a second, with and without the pauses."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from audio.types import HOP_S
from audio.weights import BIAS, load_weights

if TYPE_CHECKING:
    from audio.types import VoiceHop

WINDOW_TALK_S: Final = 9.0
"""Talk that the pace is taken over; rate stabilises after 8.9 s (EVIDENCE §2)."""
WINDOW_S: Final = 20.0
"""How far back that talk may reach."""
NEEDED_TALK_S: Final = 5.0
"""Talk that must be there before a pace is told."""
NEEDED_RUN_S: Final = 2.5
"""Talk that a run must hold before its own pace is told: shorter ones are a sentence's chance."""
QUICKEST: Final = 0.25
"""Largest part of the change of shape after 20 ms that counts: only a twentieth of acted talk of
people reaches it (emodb), and what lies beyond is a machine's voice or a noise. One of four values
that were compared with emodb in view."""


@dataclass(slots=True)
class TalkCount:
    """What was counted in some stretch of talk."""

    talk_s: float = 0.0
    """Seconds of talk, pauses left out."""
    whole_s: float = 0.0
    """Seconds from its begin to its end, pauses in it included."""
    fine: int = 0
    """Peaks of the lightly smoothed level."""
    coarse: int = 0
    """Peaks of the heavily smoothed level."""
    near: float = 0.0
    """Change of the spectrum's shape over 20 ms, summed, dB²."""
    far: float = 0.0
    """Change of the spectrum's shape over about 150 ms, summed, dB²."""

    def add(self, other: TalkCount, sign: int = 1) -> None:
        """Add another stretch, or take it out again with sign -1."""
        self.talk_s += sign * other.talk_s
        self.whole_s += sign * other.whole_s
        self.fine += sign * other.fine
        self.coarse += sign * other.coarse
        self.near += sign * other.near
        self.far += sign * other.far

    @property
    def syllables(self) -> float:
        """How many syllables it held."""
        return self.syl_s * self.talk_s

    @property
    def syl_s(self) -> float:
        """Articulation rate, syllables a second of talk; 0 where nothing was found in it."""
        logs, weights = self.logs, load_weights("pace")
        if logs is None:
            return 0.0
        return float(np.exp(weights[BIAS] + sum(weights[name] * logs[name] for name in logs)))

    @property
    def logs(self) -> dict[str, float] | None:
        """What the rate is told from, as natural logarithms; None where nothing was found."""
        if min(self.talk_s, self.fine, self.coarse, self.near, self.far) <= 0:
            return None
        return {
            "fine": float(np.log(self.fine / self.talk_s)),
            "coarse": float(np.log(self.coarse / self.talk_s)),
            "change": float(np.log(min(self.near / self.far, QUICKEST))),
        }


def counted(hop: VoiceHop, talk_s: float, *, running: bool) -> TalkCount:
    """Take what one hop adds: its seconds of talk, and all of it where a run goes on."""
    return TalkCount(
        talk_s, HOP_S if running else 0.0, len(hop.fine_s), len(hop.coarse_s), *hop.change
    )


class PaceWindow:
    """Articulation rate over the last 9 s of talk, and over the running talk."""

    def __init__(self) -> None:
        self._hops: deque[tuple[float, TalkCount]] = deque()
        self._sum = TalkCount()
        self._run = TalkCount()

    def push(self, hop: VoiceHop, talk_s: float, *, running: bool) -> None:
        """Take a hop: its seconds of talk, and whether a talking run goes on at its end."""
        count = counted(hop, talk_s, running=running)
        self._hops.append((hop.t, count))
        self._sum.add(count)
        if not running:
            self._run = TalkCount()
        self._run.add(count)
        while self._hops and (
            self._sum.talk_s - self._hops[0][1].talk_s >= WINDOW_TALK_S
            or hop.t - self._hops[0][0] > WINDOW_S
        ):
            self._sum.add(self._hops.popleft()[1], -1)
        if not self._hops:
            # Sums of floats that are added and taken out again drift; here they start afresh.
            self._sum = TalkCount()

    @property
    def syl_s(self) -> float | None:
        """Syllables a second of talk, or None while there is too little of it."""
        return self._sum.syl_s if self._sum.talk_s >= NEEDED_TALK_S else None

    @property
    def rate_syl_s(self) -> float | None:
        """Syllables a second, pauses inside the talk included; None with too little talk."""
        if self._sum.talk_s < NEEDED_TALK_S or self._sum.whole_s <= 0:
            return None
        return self._sum.syllables / max(self._sum.whole_s, self._sum.talk_s)

    @property
    def run_syl_s(self) -> float | None:
        """Syllables a second of talk since the running talk began; None while it is short."""
        return self._run.syl_s if self._run.talk_s >= NEEDED_RUN_S else None
