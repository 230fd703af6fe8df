"""How the coach takes a value out of a reading."""

from __future__ import annotations

from typing import Final

from app.coach.types import Sense
from audio.types import VoiceReading
from vision.types import VisionReading

Reading = VisionReading | VoiceReading
"""What one of the two senses says about one moment."""

SILENT_S: Final = 1.0
"""Without a reading for longer than this, a sense counts as gone: whatever went on is over."""

PICTURE: Final = "picture"
"""Key in a reading's `missing` for the time before it: why nothing was looked at until then."""

BODY_MEASURES: Final = frozenset({"arms_score", "face_touch", "hands_on_hips", "lean", "slouch"})
"""Measures that change only in looks at the body; all others of the eyes change with the face."""


def sense_of(reading: Reading) -> Sense:
    """Tell which sense a reading comes from."""
    return Sense.VISION if isinstance(reading, VisionReading) else Sense.VOICE


def is_fresh(reading: Reading, measure: str) -> bool:
    """Tell whether a measure was looked at for this reading, not carried over from an earlier one.

    A carried value would stretch an episode by up to a look beyond the moment somebody saw it.
    """
    if isinstance(reading, VoiceReading):
        return True
    return reading.body_looked if measure in BODY_MEASURES else reading.face_looked


def value_of(reading: Reading, measure: str) -> float | None:
    """Take a measure out of a reading; None = not measured."""
    value = getattr(reading, measure)
    return None if value is None else float(value)
