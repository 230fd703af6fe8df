"""Collects what is drawn under the player, at most ten points a second."""

from __future__ import annotations

import math
from array import array
from typing import TYPE_CHECKING, Final

from app.coach.report_types import Curve
from app.coach.senses import Reading, is_fresh, sense_of, value_of
from app.coach.types import Sense

if TYPE_CHECKING:
    from collections.abc import Sequence

RATE_HZ: Final = 10.0
"""Most points a second; an hour of one curve is then 36,000 points."""

DRAWN: Final[tuple[tuple[Sense, str, str, float], ...]] = (
    (Sense.VISION, "arms_score", "", 0.0),
    (Sense.VISION, "brow", "", 0.0),
    (Sense.VISION, "smile", "", 0.0),
    (Sense.VISION, "facing_off_deg", "degrees", 0.0),
    (Sense.VISION, "nod", "", 0.0),
    (Sense.VISION, "shake", "", 0.0),
    (Sense.VISION, "face_touch", "", 0.0),
    (Sense.VISION, "hands_on_hips", "", 0.0),
    (Sense.VISION, "lean", "of your usual size in the picture", 0.5),
    (Sense.VISION, "slouch", "of your usual height over the shoulders", 0.5),
    (Sense.VOICE, "level_dbfs", "dB full scale", 0.0),
    (Sense.VOICE, "level_over_db", "dB above your usual level", 1.0),
    (Sense.VOICE, "pitch_st", "semitones from your middle pitch", 0.0),
    (Sense.VOICE, "pitch_sd_st", "semitones", 3.5),
    (Sense.VOICE, "pace_syl_s", "syllables a second", 4.5),
    (Sense.VOICE, "sharp", "own standard deviations", 2.0),
    (Sense.VOICE, "lively", "times your usual", 3.5),
    (Sense.VOICE, "end_slope_st", "semitones", 0.0),
    (Sense.VOICE, "rate_syl_s", "syllables a second, pauses included", 4.5),
    (Sense.VOICE, "run_syl_s", "syllables a second of this stretch of talk", 0.0),
)
"""(sense, measure, unit, lag in seconds) of each curve; scores have no unit.

A value over a window belongs to the middle of its window: that is how far it is moved back, as the
engine moves the episodes, so that curves and episodes lie above each other."""


class CurveCollector:
    """Keeps at most one point of each measure in each tenth of a second."""

    def __init__(self, drawn: Sequence[tuple[Sense, str, str, float]] = DRAWN) -> None:
        self._lines = tuple(_Line(*one) for one in drawn)
        self._of = {
            sense: tuple(line for line in self._lines if line.sense is sense) for sense in Sense
        }

    def push(self, reading: Reading) -> None:
        """Take one reading."""
        for line in self._of[sense_of(reading)]:
            if is_fresh(reading, line.name):
                line.push(reading.t, value_of(reading, line.name))

    def curves(self) -> tuple[Curve, ...]:
        """Everything so far; a measure that was never measured has no curve."""
        return tuple(line.curve() for line in self._lines if line.measured)


class _Line:
    """One curve in the making; NaN stands for not measured only in here."""

    def __init__(self, sense: Sense, name: str, unit: str, lag_s: float) -> None:
        self.sense = sense
        self.name = name
        self.measured = False
        self._unit = unit
        self._lag_s = lag_s
        self._t = array("d")
        self._slot: int | None = None
        self._values = array("d")

    def push(self, t: float, value: float | None) -> None:
        t -= self._lag_s
        slot = _slot(t)
        if t < 0 or slot == self._slot or (self._t and t < self._t[-1]):
            return
        self._slot = slot
        self._t.append(t)
        self._values.append(math.nan if value is None else value)
        self.measured = self.measured or value is not None

    def curve(self) -> Curve:
        # Thousandths are finer than any measure, and an hour of curves stays a small file.
        times = tuple(round(t, 3) for t in self._t)
        values = tuple(None if math.isnan(value) else round(value, 3) for value in self._values)
        return Curve(self.name, self.sense, self._unit, times, values)


def _slot(t: float) -> int:
    # A hop's time is a sum of tenths: 0.30000000000000004 and 0.3 belong to one slot.
    return math.floor(t * RATE_HZ + 1e-6)
