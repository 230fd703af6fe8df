"""Pictures that nobody looked at because a newer one came: how many of them were needed."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from app.coach.types import Lane, Mark, MarkKind, Sense
from app.session.coaching import PROGRAM
from vision.cadence import FACE_RATE_HZ

NOTED: Final = 0.05
"""From this share of the needed pictures on the report says so: three seconds of every minute."""


def missed_share(came: int, replaced: int, span_s: float) -> float:
    """Tell which share of the needed pictures was not looked at.

    A camera that gives 30 pictures a second gives twice as many as are looked at: of those that
    gave way to a newer one only what is missing from 15 looks a second is a loss.

    Parameters
    ----------
    came
        Pictures that the camera gave in the span.
    replaced
        Those of them that gave way to a newer one.
    span_s
        Length of the span, seconds.

    Returns
    -------
    float
        0..1; 0 where no picture came.
    """
    needed = min(float(came), FACE_RATE_HZ * span_s)
    if needed <= 0:
        return 0.0
    return max(0.0, needed - (came - replaced)) / needed


def overlooked(came: int, replaced: int, duration_s: float) -> Mark | None:
    """Make the mark that tells it at the end of a session; None where it is nothing to know of.

    It is a mark, and not a sentence of the live report alone, so that a replay says the same.
    """
    share = missed_share(came, replaced, duration_s)
    if share < NOTED:
        return None
    what = (
        f"The computer was busy: {share * 100:.0f} % of the pictures that are needed were not"
        f" looked at ({replaced} of {came} gave way to a newer one)."
    )
    data = {"what": what, "sense": Sense.VISION.value, "whole": "true"}
    return Mark(duration_s, Lane.MACHINE, MarkKind.FAULT, PROGRAM, MappingProxyType(data))
