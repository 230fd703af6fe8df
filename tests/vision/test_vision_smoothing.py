from collections.abc import Callable

import numpy as np
import pytest

from vision.nod import HeadMotion, swing
from vision.smoothing import RunningMedian, Track

Curve = Callable[[float], float]


def test_one_odd_value_changes_nothing() -> None:
    median = RunningMedian(0.4)
    given = [0.0, 0.0, 1.0, 0.0, 0.0]
    assert [median.push(0.2 * i, v) for i, v in enumerate(given)] == [0, 0, 0, 0, 0]


def test_a_step_passes_within_the_window() -> None:
    median = RunningMedian(0.4)
    for i in range(5):
        median.push(0.2 * i, 0.0)
    assert median.push(1.0, 1.0) == 0.0
    assert median.push(1.2, 1.0) == 1.0


@pytest.mark.parametrize("t", [3.0, 0.5])
def test_a_gap_or_a_step_back_starts_afresh(t: float) -> None:
    median = RunningMedian(5.0)
    median.push(1.0, 0.0)
    median.push(1.2, 0.0)
    assert median.push(t, 1.0) == 1.0


@pytest.mark.parametrize(("t", "path"), [(1.54, 3.0), (1.56, 0.0), (1.1, 0.0)])
def test_a_track_begins_anew_after_a_gap_of_a_third_of_a_second_or_a_step_back(
    t: float, path: float
) -> None:
    track = Track(1.0)
    track.push(1.0, 0.0)
    track.push(1.2, 1.0)
    track.push(t, -1.0)
    assert track.path() == path


def test_what_was_cleared_is_forgotten() -> None:
    median, track = RunningMedian(5.0), Track(5.0)
    for at in (1.0, 1.1, 1.2):
        median.push(at, 0.0)
        track.push(at, 9.0)
    median.clear()
    track.clear()
    track.push(1.3, 1.0)
    assert median.push(1.3, 1.0) == 1.0
    assert (track.span_s, track.path(), track.values()) == (0.0, 0.0, [1.0])


def test_a_track_forgets_what_is_older_than_its_window() -> None:
    track = Track(1.0)
    for i in range(30):
        track.push(i / 10, float(i))
    assert track.span_s == pytest.approx(1.0)
    assert track.values()[0] == 19.0


def test_swing_is_down_and_back_up_not_one_way() -> None:
    assert swing([0.0, -8.0, 0.0]) == 8.0
    assert swing([0.0, -8.0, -5.0]) == 3.0
    assert swing([-30.0 * step for step in range(9)]) == 0.0
    assert swing([0.0, 8.0, 0.0]) == 0.0


def _move(
    yaw: Curve, pitch: Curve, seconds: float = 2.0, rate_hz: float = 15.0
) -> list[tuple[float, float] | None]:
    motion = HeadMotion()
    scores = []
    for i in range(int(seconds * rate_hz)):
        t = i / rate_hz
        scores.append(motion.push(t, yaw(t), pitch(t)))
    return scores


def _once(t: float, depth: float, start: float = 0.8, length: float = 0.5) -> float:
    inside = start <= t <= start + length
    return depth * np.sin(np.pi * (t - start) / length) if inside else 0.0


def test_a_nod_is_seen_and_not_taken_for_a_shake() -> None:
    scores = [s for s in _move(lambda t: 0.0, lambda t: -_once(t, 10.0)) if s]
    assert max(nod for nod, _ in scores) > 0.5
    assert max(shake for _, shake in scores) < 0.1


def test_a_shake_is_seen_and_not_taken_for_a_nod() -> None:
    scores = [
        s for s in _move(lambda t: 14 * np.sin(2 * np.pi * t / 0.8), lambda t: 0.0) if s is not None
    ]
    assert max(shake for _, shake in scores) > 0.5
    assert max(nod for nod, _ in scores) < 0.1


def test_looking_down_to_read_is_no_nod() -> None:
    scores = _move(lambda t: 0.0, lambda t: -25.0 if t > 1 else 0.0)
    assert max(nod for nod, _ in (s for s in scores if s)) < 0.5


def test_nothing_is_said_before_enough_is_known() -> None:
    assert _move(lambda t: 0.0, lambda t: 0.0)[:8] == [None] * 8
