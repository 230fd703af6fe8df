"""What is wrong with how the microphone hears: too loud, too far away, or the loudspeaker.

Windows, counts and shares here are starting values: no footage at hand has such faults marked.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from audio.framing import STEP_S
from audio.levels import quantile
from audio.pauses import ENTER
from audio.types import HOP_S, Reception, Speaker

if TYPE_CHECKING:
    from audio.types import VoiceHop

CLIP_WINDOW_S: Final = 3.0
"""Seconds in which clipping is counted."""
CLIP_HOPS: Final = 3
"""Tenths of a second with clipping in them that are no chance."""
FAR_WINDOW_S: Final = 8.0
"""Seconds over which talk is held against the room."""
FAR_NEEDED_S: Final = 2.0
"""Talk that must be in them."""
FAR_DB: Final = 10.0
"""Talk less than this above the room is hard to measure: a starting value, after the ratio of
babble at which speech and silence are clearly less well told apart (`vad.auc_10db` of the
benchmark against `vad.auc_20db`)."""
SPEAKER_WINDOW_S: Final = 2.0
"""Seconds of the customer's turn that are listened to for the loudspeaker."""
SPEAKER_SHARE: Final = 0.6
"""Part of them in which a voice must be heard."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """What one hop adds."""

    clipped: bool
    speech: bool
    steps: int
    """Steps of 10 ms in which there was speech."""
    power: float
    """Their power, summed."""
    floor_db: float | None
    customer: bool


class ReceptionWatch:
    """Follows what the microphone hears over its windows; constant memory."""

    def __init__(self) -> None:
        self._hops: deque[_Heard] = deque(maxlen=round(FAR_WINDOW_S / HOP_S))

    def push(self, hop: VoiceHop, speaker: Speaker) -> Reception | None:
        """Take the next hop; what is wrong now, the worst first."""
        if hop.fresh:
            self._hops.clear()
        customer = speaker in {Speaker.CUSTOMER, Speaker.BOTH}
        levels = tuple(
            level
            for level, speech in zip(hop.steps_dbfs, hop.speech_steps, strict=True)
            if speech >= ENTER
        )
        floor = hop.features.get("floor_dbfs")
        power = sum(10.0 ** (level / 10.0) for level in levels)
        speech = hop.speech >= ENTER
        self._hops.append(_Heard(hop.clipped, speech, len(levels), power, floor, customer))
        if self._clips():
            return Reception.CLIPPING
        if customer:
            return Reception.LOUDSPEAKER if self._hears_customer() else None
        return Reception.TOO_FAR if self._is_far() else None

    def _clips(self) -> bool:
        recent = list(self._hops)[-round(CLIP_WINDOW_S / HOP_S) :]
        return sum(one.clipped for one in recent) >= CLIP_HOPS

    def _hears_customer(self) -> bool:
        recent = list(self._hops)[-round(SPEAKER_WINDOW_S / HOP_S) :]
        if len(recent) < round(SPEAKER_WINDOW_S / HOP_S) or not all(x.customer for x in recent):
            return False
        return sum(one.speech for one in recent) >= SPEAKER_SHARE * len(recent)

    def _is_far(self) -> bool:
        own = [one for one in self._hops if not one.customer]
        steps = sum(one.steps for one in own)
        floors = [one.floor_db for one in own if one.floor_db is not None]
        if steps * STEP_S < FAR_NEEDED_S or not floors:
            return False
        level_db = 10.0 * math.log10(sum(one.power for one in own) / steps)
        return level_db - quantile(floors, 0.5) < FAR_DB
