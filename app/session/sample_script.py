"""What the person of the sample clip does, and when."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

LENGTH_S: Final = 60.0
"""Length of the clip, seconds; the speech in assets/sample is as long."""


@dataclass(frozen=True, slots=True)
class Act:
    """The person at one moment. 0 is calm and upright, looking into the lens."""

    arms: float = 0.0
    """0 hands on the counter, 1 arms crossed."""
    yaw_deg: float = 0.0
    """Head turned, degrees, positive towards image right."""
    pitch_deg: float = 0.0
    """Head up or down, degrees, positive up."""
    brow: float = 0.0
    """0 calm, 1 drawn together and down."""
    smile: float = 0.0
    """0 calm, 1 mouth corners out and up."""
    mouth: float = 0.0
    """0 closed, 1 jaw as low as it goes in talk."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something that lasts."""

    start_s: float
    """When it has fully set in, seconds."""
    end_s: float
    """When it begins to go back, seconds."""
    ramp_s: float
    """How long it takes to come and to go, seconds."""

    def at(self, t: float) -> float:
        """How far it is on at a moment, 0..1, smooth at both ends."""
        rise = (t - self.start_s) / self.ramp_s + 1.0
        fall = (self.end_s - t) / self.ramp_s + 1.0
        x = min(1.0, max(0.0, min(rise, fall)))
        return x * x * (3.0 - 2.0 * x)


ARMS: Final = Stretch(13.5, 22.0, 0.6)
BROW: Final = Stretch(16.0, 20.0, 0.4)
SMILES: Final = (Stretch(8.0, 12.0, 0.5), Stretch(53.0, 58.0, 0.5))
AWAY: Final = Stretch(28.0, 38.5, 0.5)
AWAY_DEG: Final = 53.0
NODS: Final = (Stretch(24.0, 26.0, 0.2), Stretch(43.0, 45.0, 0.2))
NOD_HZ: Final = 1.6
NOD_DEG: Final = 9.0


def act_at(t: float, mouth: float = 0.0) -> Act:
    """Say what the person does at `t` seconds, with the mouth as open as the sound asks for."""
    nod = sum(n.at(t) * math.sin(2 * math.pi * NOD_HZ * (t - n.start_s)) for n in NODS)
    # Nobody holds still: a slow sway, well inside what counts as facing the customer.
    sway = math.sin(2 * math.pi * t / 7.3)
    return Act(
        arms=ARMS.at(t),
        yaw_deg=AWAY_DEG * AWAY.at(t) + 2.5 * sway * (1 - AWAY.at(t)),
        pitch_deg=-NOD_DEG * nod + 1.0 * math.sin(2 * math.pi * t / 5.1),
        brow=BROW.at(t),
        smile=0.9 * max(s.at(t) for s in SMILES),
        mouth=mouth,
    )
