"""Films whose container does not say when a picture is shown."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np
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


def test_a_camcorders_tape_gives_its_rate_and_not_the_ticks_of_its_clock(tmp_path: Path) -> None:
    path = tmp_path / "tape.dv"
    with av.open(str(path), "w") as out:
        video = out.add_stream("dvvideo", rate=25)
        video.width, video.height, video.pix_fmt = 720, 576, "yuv420p"
        sound = out.add_stream("pcm_s16le", rate=48_000, layout="stereo")
        for n in range(5):
            frame = av.VideoFrame.from_ndarray(np.full((576, 720, 3), 40 * n, np.uint8), "bgr24")
            frame.pts, frame.time_base = n, Fraction(1, 25)
            out.mux(video.encode(frame))
            block = av.AudioFrame.from_ndarray(np.zeros((1, 3840), np.int16), "s16", "stereo")
            block.sample_rate, block.pts = 48_000, 1920 * n
            out.mux(sound.encode(block))
    tape = VideoFile(path)
    assert tape.rate_hz == 25.0
    assert [frame.t for frame in tape] == pytest.approx(steady(0.2), abs=0.001)
