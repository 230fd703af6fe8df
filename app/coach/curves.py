"""Collects what is drawn under the player, at most ten points a second."""

from __future__ import annotations

import math
from array import array
from typing import TYPE_CHECKING, Final

from app.coach.senses import Reading, is_fresh, sense_of, value_of
from app.coach.types import Curve, Sense

if TYPE_CHECKING:
    from collections.abc import Sequence

RATE_HZ: Final = 10.0
"""Most points a second; an hour of one curve is then 36,000 points."""

DRAWN: Final[tuple[tuple[Sense, str, str], ...]] = (
    (Sense.VISION, "arms_score", ""),
    (Sense.VISION, "brow", ""),
    (Sense.VISION, "smile", ""),
    (Sense.VISION, "facing_off_deg", "degrees"),
    (Sense.VISION, "nod", ""),
    (Sense.VISION, "face_touch", ""),
    (Sense.VOICE, "level_dbfs", "dB full scale"),
    (Sense.VOICE, "level_over_db", "dB above your usual level"),
    (Sense.VOICE, "pitch_st", "semitones from your middle pitch"),
    (Sense.VOICE, "pitch_sd_st", "semitones"),
    (Sense.VOICE, "pace_syl_s", "syllables a second"),
    (Sense.VOICE, "sharp", "own standard deviations"),
)
"""(sense, measure, unit) of each curve; scores have no unit."""


class CurveCollector:
    """Keeps at most one point of each measure in each tenth of a second."""

    def __init__(self, drawn: Sequence[tuple[Sense, str, str]] = DRAWN) -> None:
        self._lines = tuple(_Line(*one) for one in drawn)

    def push(self, reading: Reading) -> None:
        """Take one reading."""
        sense = sense_of(reading)
        for line in self._lines:
            if line.sense is sense and is_fresh(reading, line.name):
                line.push(reading.t, value_of(reading, line.name))

    def curves(self) -> tuple[Curve, ...]:
        """Everything so far; a measure that was never measured has no curve."""
        return tuple(line.curve() for line in self._lines if line.measured)


class _Line:
    """One curve in the making; NaN stands for not measured only in here."""

    def __init__(self, sense: Sense, name: str, unit: str) -> None:
        self.sense = sense
        self.name = name
        self.measured = False
        self._unit = unit
        self._t = array("d")
        self._values = array("f")

    def push(self, t: float, value: float | None) -> None:
        if self._t and (t < self._t[-1] or _slot(t) == _slot(self._t[-1])):
            return
        self._t.append(t)
        self._values.append(math.nan if value is None else value)
        self.measured = self.measured or value is not None

    def curve(self) -> Curve:
        values = tuple(None if math.isnan(value) else value for value in self._values)
        return Curve(self.name, self.sense, self._unit, tuple(self._t), values)


def _slot(t: float) -> int:
    # A hop's time is a sum of tenths: 0.30000000000000004 and 0.3 belong to one slot.
    return math.floor(t * RATE_HZ + 1e-6)
