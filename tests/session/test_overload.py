"""Pictures that came while nobody could look are told apart from pictures that never came."""

from __future__ import annotations

import numpy as np
import pytest

from app.coach.catalogue import load_catalogue
from app.coach.types import Sense
from app.session.offline import replay
from app.session.pipeline import Pipeline
from vision.types import Frame, VisionLook, VisionReading

BLACK = np.zeros((2, 2, 3), np.uint8)
RATE_HZ = 15


class Slow:
    """Eyes that look at whatever they are given."""

    def look(self, frame: Frame) -> VisionLook:
        return VisionLook(frame.t, face_looked=True, body_looked=True, features={})

    def read(self, look: VisionLook) -> VisionReading:
        return VisionReading(look.t, face_looked=True, body_looked=True, smile=0.1)

    def close(self) -> None:
        """Hold nothing."""


def frames(*spans: tuple[float, float, int]) -> list[Frame]:
    """Pictures from one second to another; the first has this number in its source."""
    return [
        Frame(at / RATE_HZ, BLACK, first + at - round(start * RATE_HZ))
        for start, end, first in spans
        for at in range(round(start * RATE_HZ), round(end * RATE_HZ))
    ]


@pytest.mark.parametrize(
    ("later", "reason"),
    [
        (6 * RATE_HZ, "too_few_looks"),  # all came, and gave way to newer ones
        (2 * RATE_HZ, "sensor_gone"),  # none came in between
        (2 * RATE_HZ + 1, "sensor_gone"),  # one came in four seconds: it is the camera
        (0, "sensor_gone"),  # it was opened anew
    ],
)
def test_the_gap_says_which_it_was_and_a_replay_says_the_same(later: int, reason: str) -> None:
    pipeline = Pipeline(load_catalogue(), vision=Slow(), voice=None)
    readings = []
    for frame in frames((0.0, 2.0, 0), (6.0, 8.0, later)):
        readings += pipeline.feed(frame).readings
    pipeline.finish(8.0)
    senses = frozenset({Sense.VISION})
    for report in (pipeline.report(), replay(readings, (), duration_s=8.0, senses=senses)):
        (gap,) = [one for one in report.gaps if one.cue is None and one.sense is Sense.VISION]
        assert (gap.reason, round(gap.start_s), round(gap.end_s)) == (reason, 2, 6)
