"""What nobody looks at and no other picture needs is not decoded; the rest comes out the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
import numpy as np
import pytest

from vision.cadence import FACE_RATE_HZ, Grid
from vision.skipping import Skipper
from vision.sources import VideoFile

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

FRAMES = 75
SEAM_S = 1.0


def moving_picture(index: int) -> NDArray[np.uint8]:
    rows, columns = np.mgrid[:48, :64]
    grey = (128 + 100 * np.sin((columns + 2 * index) / 7) * np.cos((rows - index) / 9)).astype(int)
    return np.repeat(grey[:, :, None], 3, axis=2).astype(np.uint8)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return b_film(tmp_path_factory.mktemp("film") / "a.mp4")


def b_film(path: Path) -> Path:
    """A film at 30 pictures a second, in which others refer to only every third one."""
    with av.open(str(path), "w") as out:
        options = {"bf": "2", "b-pyramid": "none", "b_strategy": "0", "g": "15"}
        stream = out.add_stream("libx264", rate=30, options=options)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for index in range(FRAMES):
            out.mux(stream.encode(av.VideoFrame.from_ndarray(moving_picture(index), "bgr24")))
        out.mux(stream.encode(None))
    return path


def seen(path: Path, looks_hz: float | None, from_s: float) -> list[tuple[float, int, bytes]]:
    """Time, number and pixels of each picture that is due."""
    due = Grid(FACE_RATE_HZ).due
    video = VideoFile(path, wanted=due, from_s=from_s, one_thread=True, looks_hz=looks_hz)
    return [(frame.t, frame.index, frame.image.tobytes()) for frame in video]


def times(path: Path, looks_hz: float | None) -> list[float]:
    came: list[float] = []

    def unwanted(t: float) -> bool:
        came.append(t)
        return False

    assert not list(VideoFile(path, wanted=unwanted, one_thread=True, looks_hz=looks_hz))
    return came


def decoded(path: Path, looks_hz: float) -> list[int]:
    """Times of the pictures that the decoder gives, in units of the stream."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "NONE"
        skipper = Skipper(stream, 0.0, 0.0, looks_hz)
        packets = skipper.packets(container.demux(stream))
        return [one.pts for packet in packets for one in packet.decode() if one.pts is not None]


@pytest.mark.parametrize("from_s", [0.0, SEAM_S])
def test_what_is_looked_at_is_the_same_to_the_last_bit(film: Path, from_s: float) -> None:
    whole = seen(film, None, from_s)
    assert len(whole) == pytest.approx((FRAMES / 30 - from_s) * FACE_RATE_HZ, abs=1)
    assert seen(film, FACE_RATE_HZ, from_s) == whole


def test_every_picture_is_told_of_in_its_turn(film: Path) -> None:
    assert times(film, FACE_RATE_HZ) == times(film, None)


def test_a_third_of_the_pictures_is_not_decoded(film: Path) -> None:
    # Two of three pictures are needed by no other, and of those half are not due.
    assert len(decoded(film, FACE_RATE_HZ)) == pytest.approx(FRAMES * 2 / 3, abs=3)
    assert len(decoded(film, 30.0)) == FRAMES


def test_a_film_whose_container_keeps_no_times_is_decoded_whole(tmp_path: Path) -> None:
    path = b_film(tmp_path / "a.avi")
    assert seen(path, FACE_RATE_HZ, 0.0) == seen(path, None, 0.0)


def test_a_codec_that_was_not_tried_is_decoded_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.avi"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("mpeg4", rate=30, options={"bf": "2"})
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for index in range(30):
            out.mux(stream.encode(av.VideoFrame.from_ndarray(moving_picture(index), "bgr24")))
        out.mux(stream.encode(None))
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        packets = Skipper(stream, 0.0, 0.0, FACE_RATE_HZ).packets(container.demux(stream))
        assert sum(len(packet.decode()) for packet in packets) == 30


@pytest.mark.footage
@pytest.mark.parametrize("name", ["lp_d12.mp4", "pf_no_face.mp4"])
def test_real_films_too(footage: Path, name: str) -> None:
    path = footage / "video" / name
    assert seen(path, FACE_RATE_HZ, SEAM_S) == seen(path, None, SEAM_S)
    assert times(path, FACE_RATE_HZ) == times(path, None)
