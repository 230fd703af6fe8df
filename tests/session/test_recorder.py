"""One file: exact sound, real times, gaps, other sizes, a full disk, a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from waiting import LONG_S, until

from app.session.film import Film
from app.session.recorder import Recorder
from app.session.room import RESERVE_BYTES
from app.store.files import SessionFiles
from audio.types import AudioBlock
from vision.types import Frame

if TYPE_CHECKING:
    from app.errors import AppError

RATE = 48000
ROOT = Path(__file__).parents[2]


def sound(seconds: float, seed: int = 1) -> np.ndarray:
    """Whole 16-bit steps, as a microphone captures them."""
    steps = np.random.default_rng(seed).integers(-9000, 9000, round(seconds * RATE))
    return (steps / 32768).astype(np.float32)


def blocks(samples: np.ndarray, begin_s: float = 0.0, rate: int = RATE) -> list[AudioBlock]:
    size = rate // 50
    return [
        AudioBlock(begin_s + at / rate, samples[at : at + size], rate)
        for at in range(0, samples.size, size)
    ]


def frame(t: float, size: tuple[int, int] = (64, 48), grey: int = 128) -> Frame:
    return Frame(t, np.full((size[1], size[0], 3), grey, np.uint8))


def heard(path: Path) -> tuple[list[float], np.ndarray]:
    """Time of each packet and all samples together, 16 bit."""
    with av.open(str(path)) as box:
        parts = [(part.time, part.to_ndarray()[0]) for part in box.decode(audio=0)]
    return [float(t or 0.0) for t, _ in parts], np.concatenate([samples for _, samples in parts])


def seen(path: Path) -> list[tuple[float, float]]:
    """Time and mean grey of each picture."""
    with av.open(str(path)) as box:
        return [
            (float(part.time or 0.0), float(part.to_ndarray(format="gray").mean()))
            for part in box.decode(video=0)
        ]


def test_sound_is_kept_exactly(tmp_path: Path) -> None:
    samples = sound(2.0)
    film = Film(tmp_path / "a.mkv", picture=False, sound_rate_hz=RATE)
    for block in blocks(samples):
        film.add_block(block)
    film.close()
    _, got = heard(tmp_path / "a.mkv")
    assert np.array_equal(got[: samples.size], np.rint(samples * 32768).astype(np.int16))


@pytest.mark.parametrize("begin_s", [0.0, 0.0137, 0.5, 3.0])
def test_zero_of_the_file_is_zero_of_the_session(tmp_path: Path, begin_s: float) -> None:
    film = Film(tmp_path / "a.mkv", picture=True, sound_rate_hz=RATE)
    samples = sound(1.0) + 0.5
    for block in blocks(samples, begin_s):
        film.add_block(block)
        film.add_frame(frame(block.t))
    film.close()
    with av.open(str(tmp_path / "a.mkv")) as box:
        assert box.start_time == 0
    starts, got = heard(tmp_path / "a.mkv")
    loud = int(np.flatnonzero(got > 4000)[0])
    packet = got.size // len(starts)
    at = starts[loud // packet] + loud % packet / RATE
    assert at == pytest.approx(begin_s, abs=0.002)


def test_pictures_keep_their_times_whatever_their_rate(tmp_path: Path) -> None:
    times = [0.0, 0.033, 0.05, 0.4, 0.42, 1.9, 2.0]
    film = Film(tmp_path / "a.mkv", picture=True, sound_rate_hz=None)
    assert [film.add_frame(frame(t)) for t in times] == [True] * len(times)
    film.close()
    assert [t for t, _ in seen(tmp_path / "a.mkv")] == pytest.approx(times, abs=0.001)


def test_a_late_first_picture_is_preceded_by_black(tmp_path: Path) -> None:
    film = Film(tmp_path / "a.mkv", picture=True, sound_rate_hz=None)
    film.add_frame(frame(2.0, grey=200))
    film.add_frame(frame(2.1, grey=200))
    film.close()
    pictures = seen(tmp_path / "a.mkv")
    assert [t for t, _ in pictures] == pytest.approx([0.0, 2.0, 2.1], abs=0.001)
    assert pictures[0][1] < 30 < pictures[1][1]


def test_pictures_of_another_size_are_fitted_in(tmp_path: Path) -> None:
    film = Film(tmp_path / "a.mkv", picture=True, sound_rate_hz=None)
    for index, size in enumerate([(64, 48), (128, 96), (33, 47), (64, 48)]):
        film.add_frame(frame(index / 10, size, grey=200))
    film.close()
    with av.open(str(tmp_path / "a.mkv")) as box:
        shapes = {part.to_ndarray(format="gray").shape for part in box.decode(video=0)}
    assert shapes == {(48, 64)}


@pytest.mark.parametrize(("late_s", "size"), [(0.5, (48, 64)), (3.0, (480, 640))])
def test_sound_waits_a_little_for_the_size_of_the_pictures(
    tmp_path: Path, late_s: float, size: tuple[int, int]
) -> None:
    film = Film(tmp_path / "a.mkv", picture=True, sound_rate_hz=RATE)
    samples = sound(4.0)
    for block in blocks(samples[: round(late_s * RATE)]):
        film.add_block(block)
    film.add_frame(frame(late_s))
    for block in blocks(samples[round(late_s * RATE) :], late_s):
        film.add_block(block)
    film.close()
    with av.open(str(tmp_path / "a.mkv")) as box:
        first = next(box.decode(video=0))
    assert first.to_ndarray(format="gray").shape == size
    assert first.time == pytest.approx(late_s, abs=0.001)
    _, got = heard(tmp_path / "a.mkv")
    assert np.array_equal(got[: samples.size], np.rint(samples * 32768).astype(np.int16))


def test_sound_whose_picture_never_comes_is_kept(tmp_path: Path) -> None:
    film = Film(tmp_path / "a.mkv", picture=True, sound_rate_hz=RATE)
    samples = sound(0.5)
    for block in blocks(samples):
        film.add_block(block)
    film.close()
    _, got = heard(tmp_path / "a.mkv")
    assert np.array_equal(got[: samples.size], np.rint(samples * 32768).astype(np.int16))


def test_a_gap_in_the_sound_stays_a_gap(tmp_path: Path) -> None:
    film = Film(tmp_path / "a.mkv", picture=False, sound_rate_hz=RATE)
    for block in blocks(sound(1.0)) + blocks(sound(1.0, seed=2), begin_s=5.0):
        film.add_block(block)
    film.close()
    starts, _ = heard(tmp_path / "a.mkv")
    steps = np.diff(starts)
    assert int((steps > 0.2).sum()) == 1
    after = starts[int(np.argmax(steps)) + 1]
    assert after == pytest.approx(5.0, abs=0.002)


def test_a_microphone_that_comes_back_with_another_rate_is_resampled(tmp_path: Path) -> None:
    film = Film(tmp_path / "a.mkv", picture=False, sound_rate_hz=RATE)
    tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(16000) / 16000).astype(np.float32)
    for block in blocks(sound(1.0)) + blocks(tone, begin_s=1.0, rate=16000):
        film.add_block(block)
    film.close()
    _, got = heard(tmp_path / "a.mkv")
    piece = got[round(1.3 * RATE) : round(1.3 * RATE) + RATE // 2].astype(float)
    peak = np.fft.rfftfreq(piece.size, 1 / RATE)[np.abs(np.fft.rfft(piece)).argmax()]
    assert peak == pytest.approx(440, abs=3)


def test_flash_and_beep_stay_together(tmp_path: Path) -> None:
    """Flashes and beeps at the same moments, through the recorder's own thread."""
    folder = SessionFiles(tmp_path)
    recorder = Recorder(folder, picture=True, sound=True)
    recorder.start()
    moments = (1.0, 2.5, 4.0)
    clock = np.arange(5 * RATE) / RATE
    loud = np.any([(clock >= at) & (clock < at + 0.1) for at in moments], axis=0)
    beeps = np.where(loud, 0.5, 0.0).astype(np.float32)
    items: list[Frame | AudioBlock] = list(blocks(beeps, begin_s=0.004))
    for index in range(150):
        t = index / 30 + 0.011
        flash = any(at <= t < at + 0.1 for at in moments)
        items.append(frame(t, grey=255 if flash else 0))
    for item in sorted(items, key=lambda item: item.t):
        recorder.offer(item)
        until(lambda: recorder.left_out or len(recorder._frames) < 10)
    recorder.close()
    assert recorder.left_out == 0
    assert recorder.recorded == 150
    pictures = seen(folder.recording)
    flashes = [t for (t, now), (_, was) in zip(pictures[1:], pictures, strict=False)
               if now > 128 > was]  # fmt: skip
    starts, got = heard(folder.recording)
    assert len(set(np.round(np.diff(starts), 3))) == 1
    rises = np.flatnonzero((got[1:] > 8000) & (got[:-1] <= 8000)) / RATE
    assert len(flashes) == len(rises) == 3
    assert np.abs(np.array(flashes) - rises).max() < 0.04


def test_pictures_the_encoder_cannot_follow_are_left_out_and_counted(tmp_path: Path) -> None:
    recorder = Recorder(SessionFiles(tmp_path), picture=True, sound=True)
    for index in range(120):  # not started: an encoder that is infinitely slow
        recorder.offer(frame(index / 30))
    assert recorder.left_out == pytest.approx(59, abs=1)
    recorder.start()
    recorder.close()
    assert recorder.recorded == 120 - recorder.left_out


def test_only_what_the_policy_allows_is_written(tmp_path: Path) -> None:
    recorder = Recorder(SessionFiles(tmp_path), picture=False, sound=True)
    recorder.start()
    for block in blocks(sound(0.5)):
        recorder.offer(block)
        recorder.offer(frame(block.t))
    recorder.close()
    with av.open(str(tmp_path / "recording.mkv")) as box:
        assert [stream.type for stream in box.streams] == ["audio"]
    assert recorder.recorded == 0


def test_a_session_without_anything_to_record_leaves_no_file(tmp_path: Path) -> None:
    recorder = Recorder(SessionFiles(tmp_path), picture=True, sound=True)
    recorder.start()
    recorder.close()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_ends_the_recording_and_keeps_what_there_is(tmp_path: Path) -> None:
    faults: list[AppError] = []
    free = iter([RESERVE_BYTES * 2] * 3 + [RESERVE_BYTES // 2] * 1000)
    recorder = Recorder(
        SessionFiles(tmp_path),
        picture=True,
        sound=True,
        on_fault=faults.append,
        free_bytes=lambda: next(free),
    )
    recorder.start()
    for block in blocks(sound(8.0)):
        recorder.offer(block)
    for index in range(60):
        recorder.offer(frame(index / 30))
    recorder.close()
    assert [fault.what for fault in faults] == ["The disk is full, so the recording stopped here."]
    _, got = heard(tmp_path / "recording.mkv")
    assert got.size >= 2 * RATE


KILLED = """
import sys, time
sys.path[:0] = [{root!r}, {tests!r}]
from pathlib import Path
from session_recording import endless
endless(Path({folder!r}))
"""


def test_a_killed_recording_is_playable_and_lost_at_most_two_seconds(tmp_path: Path) -> None:
    code = KILLED.format(root=str(ROOT), tests=str(ROOT / "tests"), folder=str(tmp_path))
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    offered = 0.0
    for line in process.stdout:
        offered = float(line)
        if offered > 4.0:
            break
    os.kill(process.pid, signal.SIGKILL)
    process.wait(LONG_S)
    process.stdout.close()
    part = tmp_path / "recording.mkv.part"
    assert part.exists()
    assert seen(part)[-1][0] > offered - 2.0
    starts, _ = heard(part)
    assert starts[-1] > offered - 2.0
