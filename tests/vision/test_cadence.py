from __future__ import annotations

import numpy as np
import pytest

from vision.cadence import BODY_RATE_HZ, FACE_RATE_HZ, HANDS_RATE_HZ, Afresh, Grid


def looks(times: list[float], rate_hz: float) -> list[float]:
    grid = Grid(rate_hz)
    return [t for t in times if grid.due(t)]


def jittered(jitter_s: float, seed: int) -> list[float]:
    """A minute of a camera of 30 pictures a second whose times scatter."""
    rng = np.random.default_rng(seed)
    even = np.arange(1800) / 30
    return sorted(np.clip(even + rng.normal(0, jitter_s, 1800), 0, None).tolist())


@pytest.mark.parametrize("jitter_s", [0.0, 0.004, 0.012, 0.025])
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("rate_hz", [FACE_RATE_HZ, BODY_RATE_HZ])
def test_a_camera_that_jitters_gets_its_looks(jitter_s: float, seed: int, rate_hz: float) -> None:
    count = len(looks(jittered(jitter_s, seed), rate_hz))
    assert count == pytest.approx(60 * rate_hz, abs=2)


@pytest.mark.parametrize("seed", range(5))
def test_pictures_that_get_lost_are_made_up_for(seed: int) -> None:
    rng = np.random.default_rng(seed)
    times = [t for t in jittered(0.004, seed) if rng.uniform() > 0.1]
    assert len(looks(times, FACE_RATE_HZ)) == pytest.approx(900, abs=3)


def test_a_step_without_a_picture_is_owed_and_no_more_than_one() -> None:
    # Steps are 0.2 s long; 0.2 to 1.0 has no picture.
    times = [0.0, 0.1, 1.01, 1.04, 1.07, 1.1, 1.21, 1.24]
    assert looks(times, 5.0) == [0.0, 1.01, 1.04, 1.21]


def test_whoever_is_shown_only_what_is_due_decides_the_same() -> None:
    rng = np.random.default_rng(7)
    times = [t for t in jittered(0.02, 7) if rng.uniform() > 0.2]
    due = looks(times, FACE_RATE_HZ)
    assert looks(due, FACE_RATE_HZ) == due


def test_whoever_begins_in_the_middle_soon_looks_at_the_same_pictures() -> None:
    times = jittered(0.012, 3)
    whole = looks(times, FACE_RATE_HZ)
    rest = looks([t for t in times if t >= 30.0], FACE_RATE_HZ)
    assert [t for t in rest if t >= 31.0] == [t for t in whole if t >= 31.0]


def test_a_step_backwards_starts_afresh() -> None:
    grid = Grid(5.0)
    assert grid.due(10.0)
    assert grid.due(0.0)
    assert not grid.due(0.1)


def test_each_half_minute_begins_afresh_and_the_first_time_none() -> None:
    afresh = Afresh()
    times = [12.0, 29.9, 30.0, 30.1, 59.9, 61.0, 130.0, 2.0]
    assert [t for t in times if afresh.begins(t)] == [30.0, 61.0, 130.0, 2.0]


def test_a_look_at_the_body_is_one_at_the_face_and_one_at_the_hands_both() -> None:
    times = jittered(0.0, 0)
    face, body, hands = (
        set(looks(times, rate_hz)) for rate_hz in (FACE_RATE_HZ, BODY_RATE_HZ, HANDS_RATE_HZ)
    )
    assert hands < body < face
