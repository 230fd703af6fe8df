"""Films whose container does not say when a picture is shown."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from films import film, number_in, steady

from vision.sources import VideoFile

if TYPE_CHECKING:
    from pathlib import Path

AHEAD = {"preset": "veryfast", "bf": "3", "b_strategy": "0"}
"""Frames that refer forwards are stored in another order than they are shown."""


@pytest.mark.parametrize("one_thread", [True, False])
def test_no_picture_of_an_avi_is_lost_and_none_is_out_of_its_place(
    tmp_path: Path, one_thread: bool
) -> None:
    path = film(tmp_path / "a.avi", steady(2.0), options=AHEAD, tick=Fraction(1, 25))
    frames = list(VideoFile(path, one_thread=one_thread, looks_hz=15.0))
    assert [number_in(frame.image) for frame in frames] == list(range(50))
    # What it says of the time of decoding is at most two pictures away from that of showing.
    assert [frame.t for frame in frames] == pytest.approx(steady(2.0), abs=0.13)


@pytest.mark.parametrize("name", ["a.h264", "a.264"])
def test_a_bare_stream_of_pictures_is_timed_by_its_rate(tmp_path: Path, name: str) -> None:
    written = film(tmp_path / "a.h264", steady(2.0), options=AHEAD, tick=Fraction(1, 25))
    frames = list(VideoFile(written.rename(tmp_path / name)))
    assert [number_in(frame.image) for frame in frames] == list(range(50))
    assert [frame.t for frame in frames] == pytest.approx(steady(2.0), abs=0.001)
