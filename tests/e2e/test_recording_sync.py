"""Sound against picture in the recording: a flash and a beep through the same path."""

from __future__ import annotations

import itertools
import os
import subprocess
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest

from app.session.clock import SessionClock
from tests.e2e.rig import Clip, Rig, write_clip
from tests.waiting import LONG_S

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.emulated import NetworkCamera, PulseServer

pytestmark = [pytest.mark.devices, pytest.mark.alone]

RATE_HZ, SOUND_HZ = 30, 48000
FLASHES_S = (1.0, 2.0, 3.0)
FLASH_S = 0.1
LIMIT_S = 0.040
SHOWINGS = 3
"""So often it is recorded at most: a machine that stands still for a moment stamps late."""


@pytest.fixture
def flash_and_beep(tmp_path: Path) -> Clip:
    """Four seconds, dark and silent but for a flash with a beep of 1 kHz each second."""
    dark, light = (np.full((480, 640, 3), value, np.uint8) for value in (16, 240))
    times = np.arange(4 * RATE_HZ) / RATE_HZ
    pictures = (light if flashing(t) else dark for t in times)
    t = np.arange(4 * SOUND_HZ) / SOUND_HZ
    on = np.any([(t >= at) & (t < at + FLASH_S) for at in FLASHES_S], axis=0)
    samples = (12000 * np.sin(2 * np.pi * 1000 * t) * on).astype(np.int16)
    return write_clip(tmp_path / "flash.mkv", pictures, samples, rate_hz=RATE_HZ, sound_hz=SOUND_HZ)


def flashing(t: float) -> bool:
    return any(at - 1e-6 <= t < at + FLASH_S - 1e-6 for at in FLASHES_S)


class Witness:
    """Hears the room by itself, and notes when each beep began: the truth to hold against."""

    def __init__(self, room: PulseServer) -> None:
        self.heard: list[float] = []
        self._process = subprocess.Popen(
            ["parec", f"--device={room.sink}.monitor", "--raw", "--format=s16le", "--channels=1",
             f"--rate={SOUND_HZ}", "--latency-msec=5"],
            env={**os.environ, **room.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
        )  # fmt: skip
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        pipe = self._process.stdout
        assert pipe is not None
        anchor: float | None = None
        count = 0
        quiet_until = 0
        while data := os.read(pipe.fileno(), 4096):
            samples = np.frombuffer(data[: len(data) // 2 * 2], np.int16)
            count += len(samples)
            arrived = time.monotonic() - count / SOUND_HZ
            # The earliest arrival of all is the one that waited least on its way.
            anchor = arrived if anchor is None else min(anchor, arrived)
            for place in np.flatnonzero(np.abs(samples) > 1000):
                number = count - len(samples) + int(place)
                if number >= quiet_until:
                    self.heard.append(number / SOUND_HZ)
                    quiet_until = number + SOUND_HZ // 2
        self.anchor = anchor or 0.0

    def close(self) -> list[float]:
        """When each beep began, time.monotonic()."""
        self._process.terminate()
        self._process.wait(LONG_S)
        self._thread.join(LONG_S)
        assert self._process.stdout is not None
        self._process.stdout.close()
        return [self.anchor + at for at in self.heard]


def onsets_in(path: Path) -> tuple[list[float], list[float]]:
    """Where in a recording the flashes and the beeps begin, seconds."""
    with av.open(str(path)) as container:
        seen = [
            (frame.time, float(frame.to_ndarray(format="gray8").mean()))
            for frame in container.decode(video=0)
        ]
    flashes = [t for (_, before), (t, now) in itertools.pairwise(seen) if before < 128 <= now]
    with av.open(str(path)) as container:
        beeps: list[float] = []
        for frame in container.decode(audio=0):
            for place in np.flatnonzero(np.abs(frame.to_ndarray().ravel()) > 1000):
                at = frame.time + int(place) / frame.sample_rate
                if not beeps or at > beeps[-1] + 0.5:
                    beeps.append(at)
    return flashes, beeps


def test_sound_keeps_with_the_picture_in_the_recording(
    flash_and_beep: Clip, cameras: Callable[..., NetworkCamera], rig: Rig
) -> None:
    tried: list[list[float]] = []
    for _ in range(SHOWINGS):
        # A clock begins once.
        tried.append(off_s(flash_and_beep, cameras, replace(rig, clock=SessionClock())))
        if len(tried[-1]) == len(FLASHES_S) and max(map(abs, tried[-1])) <= LIMIT_S:
            return
    pytest.fail(f"sound after picture by {tried} s")


def off_s(flash_and_beep: Clip, cameras: Callable[..., NetworkCamera], rig: Rig) -> list[float]:
    """Record it once: how long after its picture each sound comes, seconds; [] if one is lost."""
    assert rig.room is not None
    assert rig.store is not None
    camera = cameras(flash_and_beep)
    witness = Witness(rig.room)
    try:
        shown = rig.show(flash_and_beep, camera, rig.session(camera), until_s=4.2)
    finally:
        beeped = witness.close()
    assert shown.session_id is not None
    flashes, beeps = onsets_in(rig.store.files(shown.session_id).recording)
    flashed = [camera.sent_at[round(at * RATE_HZ)] for at in FLASHES_S]
    if not len(flashes) == len(beeps) == len(beeped) == len(FLASHES_S):
        return []
    return [
        (beep - flash) - (true_beep - true_flash)
        for flash, beep, true_flash, true_beep in zip(flashes, beeps, flashed, beeped, strict=True)
    ]
