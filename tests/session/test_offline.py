"""Files of every kind through the real senses: halves, broken ones, cancel, own normal."""

from __future__ import annotations

import gc
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from app.coach.types import Sense
from app.errors import AppError
from app.session.errors import Cancelled
from app.session.film import Film
from app.session.offline import Analysis, analyse, analyse_in_child
from app.session.pipeline import Pipeline
from audio.types import AudioBlock, VoiceReading
from vision import landmarks
from vision.types import Frame, VisionReading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from app.coach.report_types import Report
    from app.coach.types import Mark

RATE = 16000


def make(path: Path, seconds: float, *, picture: bool, sound: bool) -> Path:
    film = Film(path, picture=picture, sound_rate_hz=RATE if sound else None)
    rng = np.random.default_rng(3)
    for step in range(round(seconds * 10)):
        t = step / 10
        if sound:
            noise = rng.uniform(-0.05, 0.05, RATE // 10).astype(np.float32)
            film.add_block(AudioBlock(t, noise, RATE))
        if picture:
            for part in range(3):
                film.add_frame(Frame(t + part / 30, np.full((240, 320, 3), 90, np.uint8)))
    film.close()
    return path


def senses(analysis: Analysis) -> set[Sense]:
    return {gap.sense for gap in analysis.report.gaps if gap.reason == "sensor_gone"}


def test_a_file_without_sound_gets_its_picture_analysed(tmp_path: Path) -> None:
    analysis = analyse(make(tmp_path / "a.mkv", 2.0, picture=True, sound=False))
    assert (analysis.has_picture, analysis.has_sound) == (True, False)
    assert analysis.duration_s == pytest.approx(2.0, abs=0.05)
    reasons = {gap.reason for gap in analysis.report.gaps if gap.sense is Sense.VISION}
    assert "no_person" in reasons


def test_a_file_without_a_picture_gets_its_sound_analysed(tmp_path: Path) -> None:
    analysis = analyse(make(tmp_path / "a.mkv", 2.0, picture=False, sound=True))
    assert (analysis.has_picture, analysis.has_sound) == (False, True)
    assert {curve.name for curve in analysis.report.curves} >= {"level_dbfs"}


def test_progress_goes_from_nothing_to_all(tmp_path: Path) -> None:
    told: list[float] = []
    path = make(tmp_path / "a.mkv", 4.0, picture=True, sound=True)
    analyse(path, progress=told.append)
    assert told[-1] == 1.0
    assert told == sorted(told)


def test_cancel_stops_it(tmp_path: Path) -> None:
    path = make(tmp_path / "a.mkv", 8.0, picture=True, sound=True)
    with pytest.raises(Cancelled):
        analyse(path, cancelled=lambda: True)


@pytest.mark.parametrize(
    ("name", "content", "where"),
    [
        ("empty.mp4", b"", analyse),
        ("text.mp4", b"this is not a video\n" * 100, analyse),
        ("text.mp4", b"this is not a video\n" * 100, analyse_in_child),
        ("zeros.wav", bytes(5000), analyse),
        ("missing.mp4", None, analyse),
    ],
)
def test_what_cannot_be_read_is_said_in_words_also_by_a_child(
    tmp_path: Path, name: str, content: bytes | None, where: Callable[[Path], Analysis]
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(AppError) as caught:
        where(tmp_path / name)
    assert name in caught.value.what
    assert caught.value.remedy


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(AppError, match="folder"):
        analyse(tmp_path)


def test_a_file_that_breaks_off_is_analysed_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = make(tmp_path / "a.mkv", 4.0, picture=True, sound=True).read_bytes()
    broken = tmp_path / "broken.mkv"
    broken.write_bytes(whole[: len(whole) * 6 // 10])
    analysis = analyse(broken)
    assert 1.0 < analysis.duration_s < 4.0


def test_where_the_models_are_not_loaded_the_picture_is_not_called_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> None:
        raise ImportError("DLL load failed.")

    monkeypatch.setattr(landmarks, "import_models", refused)
    with pytest.raises(AppError, match="DLL load failed") as told:
        analyse(make(tmp_path / "a.mkv", 2.0, picture=True, sound=True))
    assert "rapport doctor" in told.value.remedy


def test_in_a_child_it_is_the_same(tmp_path: Path) -> None:
    path = make(tmp_path / "a.mkv", 2.0, picture=True, sound=True)
    told: list[float] = []
    there, here = analyse_in_child(path, progress=told.append), analyse(path)
    assert there.report.events == here.report.events
    assert there.report.gaps == here.report.gaps
    assert told[-1] == 1.0


@pytest.mark.footage
def test_an_own_normal_made_of_a_file_can_be_given_again(footage: Path) -> None:
    path = footage / "talking" / "pwij3p.mpg"
    first = analyse(path)
    assert first.baseline is not None
    assert first.baseline.origin == "first_pass"
    again = analyse(path, baseline=first.baseline)
    assert replace(again.report, notes=()) == replace(first.report, notes=())


def test_a_single_picture_is_said(tmp_path: Path) -> None:
    film = Film(tmp_path / "one.mkv", picture=True, sound_rate_hz=None)
    film.add_frame(Frame(0.0, np.full((240, 320, 3), 90, np.uint8)))
    film.close()
    with pytest.raises(AppError, match="single picture"):
        analyse(tmp_path / "one.mkv")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    with pytest.raises(AppError, match="not a file"):
        analyse(tmp_path / "pipe.mp4")


@pytest.mark.parametrize("name", ["notes.txt", "song.mp3", "film.mp4"])
def test_what_is_no_recording_is_not_called_a_video(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"dear diary " * 50)
    with pytest.raises(AppError, match="neither a video nor a sound file"):
        analyse(tmp_path / name)


def test_readings_are_not_kept_once_the_report_has_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive: list[int] = []
    whole = Pipeline.report

    def counted(self: Pipeline, marks: Sequence[Mark] | None = None) -> Report:
        # The newest may still be held by whoever made it.
        alive.append(sum(isinstance(one, VisionReading | VoiceReading) for one in gc.get_objects()))
        return whole(self, marks)

    monkeypatch.setattr(Pipeline, "report", counted)
    before = sum(isinstance(one, VisionReading | VoiceReading) for one in gc.get_objects())
    analyse(make(tmp_path / "a.mkv", 4.0, picture=True, sound=True))
    assert alive[0] - before < 10
