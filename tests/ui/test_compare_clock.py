"""Two players in step: measured by the pictures that they show."""

from __future__ import annotations

import time
from collections import deque
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from report_material import RATE_HZ, frame_number, numbered_clip

from app.coach.review_align import FIRST, SECOND, aligned
from app.ui.widgets.compare_clock import LockStep

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtMultimedia import QVideoFrame
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

LENGTHS = (8.0, 10.0)
ANCHORS = (1.0, 3.0)
IN_STEP_S = 0.04
"""A picture lasts as long: nobody sees less."""


class Watcher:
    """Notes when which picture came, of each side."""

    def __init__(self, lock: LockStep) -> None:
        self.seen: list[tuple[float, float] | None] = [None, None]
        self.frames: list[QVideoFrame | None] = [None, None]
        for side in (FIRST, SECOND):
            hand = lock._hands[side]
            assert hand is not None
            sink = hand.playback.sink
            sink.videoFrameChanged.connect(lambda frame, at=side: self._take(at, frame))

    def _take(self, side: int, frame: QVideoFrame) -> None:
        if frame.isValid():
            self.seen[side] = (frame.startTime() / 1e6, time.monotonic())
            self.frames[side] = frame

    def apart_s(self, speed: float = 1.0) -> float | None:
        """How far the second is ahead of the first now, by the pictures on show."""
        now = time.monotonic()
        first, second = self.seen
        if first is None or second is None or now - min(first[1], second[1]) > 0.2:
            return None
        there = [t + (now - came) * speed for t, came in (first, second)]
        return (there[SECOND] - ANCHORS[SECOND]) - (there[FIRST] - ANCHORS[FIRST])

    def numbers(self) -> list[int]:
        """The number drawn in the picture on show, of each side."""
        images = [frame.toImage() for frame in self.frames if frame is not None]
        return [frame_number(image) for image in images]


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("clips")
    return [numbered_clip(folder / f"{n}.mkv", length) for n, length in enumerate(LENGTHS)]


@pytest.fixture
def lock(qtbot: QtBot, dressed: QApplication, clips: list[Path]) -> Iterator[LockStep]:
    """Both loaded, and laid together at a moment of each."""
    made = LockStep()
    players = [made.open(side, clip) for side, clip in enumerate(clips)]
    qtbot.waitUntil(lambda: all(p is not None and p.duration_s > 0 for p in players))
    made.align(aligned(LENGTHS, ANCHORS))
    yield made
    made.close()


def playing(lock: LockStep) -> list[bool]:
    return [hand is not None and hand.playback.playing for hand in lock._hands]


@pytest.mark.parametrize("speed", [1.0, 0.5, 1.5])
def test_both_stay_in_step(qtbot: QtBot, lock: LockStep, speed: float) -> None:
    watcher = Watcher(lock)
    lock.set_speed(speed)
    lock.play()
    apart: deque[float] = deque(maxlen=100)

    def in_step() -> bool:
        if not lock.playing:
            lock.play()
        found = watcher.apart_s(speed)
        if found is not None:
            apart.append(abs(found))
        # On a machine that is busy a picture may be told late: that is not the players' doing.
        return len(apart) == 100 and bool(
            np.median(apart) <= IN_STEP_S / 2 and np.percentile(apart, 80) <= IN_STEP_S
        )

    qtbot.waitUntil(in_step)


def test_a_jump_leaves_both_in_step(qtbot: QtBot, lock: LockStep) -> None:
    watcher = Watcher(lock)
    lock.play()
    qtbot.waitUntil(lambda: lock.drift_s is not None)
    lock.seek(4.0)

    def in_step() -> bool:
        drift_s, apart_s = lock.drift_s, watcher.apart_s()
        if None in {drift_s, apart_s} or lock.axis_s < 4.6:
            return False
        return abs(drift_s) <= IN_STEP_S and abs(apart_s) <= 2 * IN_STEP_S

    qtbot.waitUntil(in_step)


def test_both_stand_still_at_the_same_moment(qtbot: QtBot, lock: LockStep) -> None:
    watcher = Watcher(lock)
    for axis_s in (2.0, 3.52):
        middle = axis_s + 0.5 / RATE_HZ
        lock.seek(middle)
        wanted = [int((middle + anchor) * RATE_HZ) for anchor in ANCHORS]
        qtbot.waitUntil(lambda wanted=wanted: watcher.numbers() == wanted)
    assert playing(lock) == [False, False]


def test_a_side_is_silent_outside_its_recording(qtbot: QtBot, lock: LockStep) -> None:
    lock.seek(-2.5)  # the first begins a second and a half later
    lock.play()
    qtbot.waitUntil(lambda: playing(lock) == [False, True])
    lock.seek(-1.2)
    qtbot.waitUntil(lambda: playing(lock) == [True, True])
    assert lock.axis_s < 2.0


def test_it_ends_with_the_later_one_and_begins_anew(qtbot: QtBot, lock: LockStep) -> None:
    lock.seek(6.7)
    with qtbot.waitSignal(lock.state_changed):
        lock.play()
    qtbot.waitUntil(lambda: not lock.playing)
    assert lock.axis_s == pytest.approx(7.0)
    lock.play()
    assert lock.axis_s == pytest.approx(-3.0)


def test_a_loop_is_played_again_and_again(qtbot: QtBot, lock: LockStep) -> None:
    lock.loop = (1.0, 1.6)
    lock.seek(1.0)
    seen: list[float] = []
    lock.moved.connect(seen.append)
    lock.play()
    qtbot.waitUntil(
        lambda: sum(later < earlier - 0.3 for earlier, later in pairwise(seen)) >= 2,
    )
    assert max(seen) < 2.2


def test_one_side_is_heard_at_a_time(lock: LockStep) -> None:
    heard: list[list[bool]] = []

    def note() -> None:
        heard.append([side == lock.heard and not lock.muted for side in (FIRST, SECOND)])

    lock.state_changed.connect(note)
    lock.hear(SECOND)
    lock.mute(on=True)
    lock.hear(FIRST)
    assert heard == [[False, True], [False, False], [True, False]]


def test_curves_alone_are_gone_through_without_a_recording(qtbot: QtBot, dressed: object) -> None:
    lock = LockStep()
    lock.align(aligned((5.0, 4.0), (1.0, 1.0)))
    seen: list[float] = []
    lock.moved.connect(seen.append)
    lock.play()
    qtbot.waitUntil(lambda: lock.axis_s > 0.3)
    lock.pause()
    assert seen == sorted(seen)
    assert lock.drift_s is None
    lock.close()
