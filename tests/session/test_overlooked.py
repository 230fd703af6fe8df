"""Pictures that nobody looked at: what of them is a loss, and that a replay says the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from fakes import FakeVision

from app.coach.catalogue import load_catalogue
from app.coach.types import Mark, Sense
from app.session.inbox import Inbox
from app.session.live_analysis import LiveAnalysis
from app.session.offline import replay
from app.session.overlooked import OverlookedLately, missed_share
from app.session.pipeline import Pipeline
from vision.types import Frame, VisionReading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.report_types import Report
    from app.coach.senses import Reading
    from app.coach.types import CueEvent

BLACK = np.zeros((48, 64, 3), np.uint8)
LENGTH_S = 40.0
RATE_HZ = 15.0
EYES_ONLY = frozenset({Sense.VISION})


@pytest.mark.parametrize(
    ("came", "replaced", "expected"),
    [
        (0, 0, 0.0),
        (150, 0, 0.0),
        (150, 30, 0.2),  # a camera of 15 pictures a second: each one is needed
        (300, 150, 0.0),  # one of 30: half of them is enough
        (300, 180, 0.2),
        (50, 0, 0.0),  # a slow camera is not a busy computer
        (50, 25, 0.5),
        (150, 150, 1.0),
    ],
)
def test_only_needed_pictures_count(came: int, replaced: int, expected: float) -> None:
    assert missed_share(came, replaced, 10.0) == pytest.approx(expected)


def test_lately_begins_late_and_ends_later() -> None:
    lately, t, came, replaced, said = OverlookedLately(), 0.0, 0, 0, list[bool]()
    for missed in (6, 6, 3, 3, 3, 0, 0, 0, 3, 3, 3):  # of 15 pictures a second, 5 s each
        for _ in range(5):
            t, came, replaced = t + 1.0, came + 15, replaced + missed
            share = lately.push(t, came, replaced)
        said.append(share is not None)
    # Of the last 10 s .4, .4, .3, .2, .2, .1, 0, 0, .1, .2, .2; not in the first 5 s, then from .2
    # until below .1.
    assert said == [False, *[True] * 5, False, False, False, True, True]


def run(looks_at: int) -> tuple[Report, list[Mark], list[VisionReading]]:
    """A session in which only the newest of so many pictures is looked at."""
    inbox, kept, read = Inbox(), list[Mark](), list[VisionReading]()

    def note(items: Sequence[Mark | CueEvent | Reading]) -> None:
        kept.extend(one for one in items if isinstance(one, Mark))
        read.extend(one for one in items if isinstance(one, VisionReading))

    pipeline = Pipeline(load_catalogue(), vision=FakeVision(), voice=None, senses=EYES_ONLY)
    analysis = LiveAnalysis(inbox, pipeline, now=lambda: 0.0, note=note)
    for at in range(round(LENGTH_S * RATE_HZ)):
        inbox.show(Frame(at / RATE_HZ, BLACK, at))
        if at % looks_at == looks_at - 1:
            analysis.step(0.0)
    inbox.close()
    analysis.work_off()
    return analysis.finish(LENGTH_S), kept, read


def test_where_all_were_looked_at_nothing_is_said() -> None:
    report, kept, _ = run(1)
    assert kept == []
    assert not [note for note in report.notes if "busy" in note]


def test_many_are_said_with_their_number_and_a_replay_says_the_same() -> None:
    report, kept, read = run(2)
    (mark,) = kept
    (note,) = [one for one in report.notes if "computer was busy" in one]
    assert "50 %" in note
    assert "300 of 600" in note
    assert not note.startswith("At "), "it is about no moment"
    # As it comes out of the store, with an id.
    again = replay(read, [replace(mark, id="stored")], duration_s=LENGTH_S, senses=EYES_ONLY)
    assert again == report
