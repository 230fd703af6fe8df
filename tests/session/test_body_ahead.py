from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.session.body_ahead import BodyAhead
from app.session.readahead import ReadAhead
from vision.analyser import VisionAnalyser
from vision.cadence import FACE_RATE_HZ, Grid
from vision.sources import VideoFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vision.types import Frame


def some(path: Path, seconds: float) -> Iterator[Frame]:
    for frame in VideoFile(path, wanted=Grid(FACE_RATE_HZ).due):
        if frame.t > seconds:
            return
        yield frame


@pytest.mark.footage
def test_every_look_is_the_same_as_without_a_second_thread(footage: Path) -> None:
    path = footage / "talking" / "obama_cspan_61s.mp4"
    plain = VisionAnalyser()
    expected = [look for frame in some(path, 2.0) if (look := plain.look(frame)) is not None]
    plain.close()
    finder = BodyAhead()
    eyes = VisionAnalyser(finder=finder)
    frames = ReadAhead(finder.passing(some(path, 2.0)), ahead=6, name="frames")
    got = [look for frame in frames if (look := eyes.look(frame)) is not None]
    eyes.close()
    assert len(got) == len(expected) >= 29
    for one, other in zip(got, expected, strict=True):
        assert one.t == other.t
        assert dict(one.features) == dict(other.features)
        assert dict(one.missing) == dict(other.missing)


@pytest.mark.footage
def test_a_break_off_leaves_no_thread(footage: Path) -> None:
    finder = BodyAhead()
    eyes = VisionAnalyser(finder=finder)
    passing = finder.passing(some(footage / "talking" / "obama_cspan_61s.mp4", 2.0))
    frames = ReadAhead(passing, ahead=6, name="frames")
    eyes.look(next(iter(frames)))
    frames.close()
    eyes.close()
    eyes.close()
