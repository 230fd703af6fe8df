"""Videos are found, known again, and kept: copied, written anew, cut, without the picture."""

from __future__ import annotations

import os
import sys
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from films import film, steady
from session.import_cases import RATE, make_film

from app.errors import AppError
from app.session.film import Film
from app.session.importing_files import find_videos, fingerprint
from app.session.importing_film import can_be_copied, keep_recording, write_recording
from app.store.files import SessionFiles
from audio.sources import AudioFile
from audio.types import AudioBlock
from vision.sources import VideoFile
from vision.types import Frame

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_gives_its_videos_as_a_person_counts_them(tmp_path: Path) -> None:
    for name in ("film 10.mp4", "film 2.MP4", "sub/film 1.mov", "notes.txt", ".hidden.mp4"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    found = find_videos([tmp_path])
    assert [one.name for one in found.videos] == ["film 2.MP4", "film 10.mp4", "film 1.mov"]
    assert found.left_out == 1
    assert not found.dead
    named = find_videos([tmp_path / "notes.txt", tmp_path / "film 10.mp4"])
    assert len(named.videos) == 2


def test_a_link_that_leads_nowhere_is_named(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"1")
    (tmp_path / "gone.mp4").symlink_to(tmp_path / "unplugged" / "gone.mp4")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "unplugged" / "gone.txt")
    found = find_videos([tmp_path])
    assert [one.name for one in found.videos] == ["film.mp4"]
    assert [one.name for one in found.dead] == ["gone.mp4"]
    (tmp_path / "film.mp4").unlink()
    with pytest.raises(AppError, match=r"gone\.mp4 was left out: it is a link"):
        find_videos([tmp_path])


def test_a_folder_without_videos_and_a_name_that_is_gone_are_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(AppError, match="no video in empty"):
        find_videos([tmp_path / "empty"])
    with pytest.raises(AppError, match=r"no nothing\.mp4"):
        find_videos([tmp_path / "nothing.mp4"])


def test_the_same_video_is_known_under_another_name(tmp_path: Path) -> None:
    content = os.urandom(5_000_000)
    (tmp_path / "a").write_bytes(content)
    (tmp_path / "b").write_bytes(content)
    (tmp_path / "c").write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    prints = [fingerprint(tmp_path / name) for name in "abc"]
    assert prints[0] == prints[1] != prints[2]
    assert fingerprint(tmp_path / "gone") is None


@pytest.mark.skipif(sys.platform != "linux", reason="other systems' names are text")
def test_a_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.mp4")).write_bytes(b"film")
    with pytest.raises(AppError, match="holds signs that are no text"):
        find_videos([tmp_path])


def phone_film(path: Path) -> Path:
    """As a phone writes it: MP4, a start that is not zero, a place in its metadata."""
    with av.open(str(path), "w") as box:
        box.metadata["location"] = "+47.37+008.54/"
        picture = box.add_stream("libx264", rate=30, options={"g": "15", "bf": "2"})
        picture.width, picture.height, picture.pix_fmt = 160, 120, "yuv420p"
        sound = box.add_stream("aac", rate=RATE)
        sound.layout = "mono"
        for index in range(60):
            frame = av.VideoFrame.from_ndarray(
                np.full((120, 160, 3), 4 * index, np.uint8), format="bgr24"
            )
            frame.pts = index + 30
            box.mux(picture.encode(frame))
        for index in range(90):
            t = np.arange(1024) / RATE
            tone = (0.3 * np.sin(2 * np.pi * 440 * t)).astype(np.float32)
            block = av.AudioFrame.from_ndarray(tone[np.newaxis], format="fltp", layout="mono")
            block.sample_rate, block.pts = RATE, index * 1024 + RATE
            box.mux(sound.encode(block))
        for stream in (picture, sound):
            box.mux(stream.encode(None))
    return path


def test_a_plain_film_is_copied_and_begins_at_zero(tmp_path: Path) -> None:
    source = phone_film(tmp_path / "phone.mp4")
    assert can_be_copied(source)
    files = SessionFiles(tmp_path / "kept")
    seen: list[float] = []
    keep_recording(source, files, picture=True, progress=seen.append)
    with av.open(str(files.source())) as box:
        assert box.streams.video[0].codec_context.name == "h264"
        assert box.streams.audio[0].codec_context.name == "aac"
        assert "location" not in {key.lower() for key in box.metadata}
        assert abs(box.start_time or 0) < 50_000
    before, after = list(VideoFile(source)), list(VideoFile(files.source()))
    assert len(after) == len(before)
    assert max(abs(a.t - b.t) for a, b in zip(before, after, strict=True)) < 0.002
    assert all(np.array_equal(a.image, b.image) for a, b in zip(before, after, strict=True))
    assert seen == sorted(seen)
    assert b"+47.37" not in files.read("recording.mkv")


@pytest.mark.parametrize("name", ["bare.h264", "old.avi"])
def test_a_film_whose_packets_lack_their_times_is_written_anew(tmp_path: Path, name: str) -> None:
    ahead = {"preset": "veryfast", "g": "12", "bf": "2"}
    source = film(tmp_path / name, steady(1.0), options=ahead, tick=Fraction(1, 25))
    assert not can_be_copied(source)
    files = SessionFiles(tmp_path / "kept")
    keep_recording(source, files, picture=True)
    assert len(list(VideoFile(files.source()))) in {25, 26}  # one may stand for the moment zero


def test_a_film_that_seeks_badly_is_written_anew(tmp_path: Path) -> None:
    source = tmp_path / "long gaps.mp4"
    with av.open(str(source), "w") as box:
        stream = box.add_stream("libx264", rate=10, options={"g": "600", "sc_threshold": "0"})
        stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
        for index in range(50):
            frame = av.VideoFrame.from_ndarray(
                np.full((120, 160, 3), 3 * index, np.uint8), format="bgr24"
            )
            frame.pts = index
            box.mux(stream.encode(frame))
        box.mux(stream.encode(None))
    assert not can_be_copied(source)
    files = SessionFiles(tmp_path / "kept")
    keep_recording(source, files, picture=True)
    with av.open(str(files.source())) as box:
        keys = [p.pts for p in box.demux(video=0) if p.is_keyframe and p.pts is not None]
    assert len(keys) >= 5
    assert abs(len(list(VideoFile(files.source()))) - 50) <= 1


def test_without_the_picture_no_picture_is_written(tmp_path: Path) -> None:
    source = make_film(tmp_path / "film.mkv")
    files = SessionFiles(tmp_path / "kept")
    keep_recording(source, files, picture=False)
    with av.open(str(files.source())) as box:
        assert not box.streams.video
        assert len(box.streams.audio) == 1


def test_a_stretch_is_cut_to_the_sample_and_begins_at_zero(tmp_path: Path) -> None:
    source = make_film(tmp_path / "film.mkv", 3.0)
    files = SessionFiles(tmp_path / "kept")
    write_recording(source, files, picture=True, start_s=1.05, end_s=2.25)
    frames = list(VideoFile(files.source()))
    assert 1.0 <= frames[-1].t <= 1.2
    # The brightness says which moment of the whole film it is.
    assert abs(float(frames[-1].image.mean()) - (20 + 22 * 8)) < 6
    samples = sum(len(block.samples) for block in AudioFile(files.source()))
    assert abs(samples / RATE - 1.2) < 0.1


def test_a_picture_that_begins_after_the_sound_keeps_its_shape(tmp_path: Path) -> None:
    source = tmp_path / "film.mkv"
    made = Film(source, picture=True, sound_rate_hz=RATE, size=(160, 90))
    for second in range(4):
        made.add_block(AudioBlock(float(second), np.zeros(RATE, np.float32), RATE))
    for tenth in range(30, 40):
        made.add_frame(Frame(tenth / 10, np.full((90, 160, 3), 200, np.uint8)))
    made.close()
    files = SessionFiles(tmp_path / "kept")
    write_recording(source, files, picture=True)
    kept = VideoFile(files.recording)
    first = next(iter(kept))
    assert kept.size == (160, 90)
    assert first.t == pytest.approx(3.0, abs=0.01)
    assert first.image.min() > 180
