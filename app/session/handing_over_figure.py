"""The readings that a stick figure is drawn from, and nothing that would show more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.store.files import READINGS
from app.store.readings import ReadingsWriter, read_readings, read_versions
from vision.types import VisionReading

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from app.coach.cutting import Span
    from app.store.files import SessionFiles

FACE_POINTS: Final = (1, 2, 3, 4, 5, 6, 9, 10)
"""Eyes and mouth among the joints: the head is drawn as an outline from nose and ears only."""
ASK_EVERY: Final = 500


def write_figure(
    source: SessionFiles, target: SessionFiles, span: Span, step: Callable[[], None]
) -> bool:
    """Write the body's joints and the head's direction in a span; False where there are none.

    Parameters
    ----------
    source, target
        Folders to read from and to write to.
    span
        What is taken; its times begin at 0.
    step
        Called now and then; may raise to stop it.
    """
    if not source.has(READINGS):
        return False
    with ReadingsWriter(target, read_versions(source)) as writer:
        for number, reading in enumerate(read_readings(source)):
            if number % ASK_EVERY == 0:
                step()
            if reading.t > span.end_s + 1.0:
                break
            if isinstance(reading, VisionReading) and span.holds(reading.t):
                writer.write(figure_of(reading, span))
    return True


def figure_of(reading: VisionReading, span: Span) -> VisionReading:
    """Give what of a reading a stick figure needs."""
    return VisionReading(
        t=span.inside(reading.t),
        face_looked=reading.face_looked,
        body_looked=reading.body_looked,
        yaw_deg=reading.yaw_deg,
        pitch_deg=reading.pitch_deg,
        roll_deg=reading.roll_deg,
        joints=None if reading.joints is None else _faceless(reading.joints),
    )


def _faceless(joints: NDArray[np.float32]) -> NDArray[np.float32]:
    bare = joints.copy()
    bare[FACE_POINTS, :] = 0.0
    return bare
