"""Nods, shakes and everything that is neither, with the noise that landmarks have."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest

from app.coach.catalogue import load_catalogue
from app.coach.engine import CueEngine
from vision.nod import HeadMotion
from vision.types import Reason, VisionReading

if TYPE_CHECKING:
    from app.coach.types import CueEvent

Angle = Callable[[float], float]
NOISE_DEG = 0.8
LOOKS_HZ = 15.0
SEEDS = range(6)


def events_of(
    yaw: Angle, pitch: Angle, seed: int, seconds: float = 5.0, late_s: float = 0.0
) -> list[CueEvent]:
    """Nods and shakes that are written down when the head goes this way, from 1 s on.

    `late_s` moves the looks against the head, as another start of the camera does.
    """
    wobble = np.random.default_rng(seed).normal(0, NOISE_DEG, (200, 2))
    motion = HeadMotion()
    engine = CueEngine([r for r in load_catalogue().rules if r.id in {"nod", "shake"}], None)
    events: list[CueEvent] = []
    for k in range(round(seconds * LOOKS_HZ)):
        t, (a, b) = k / LOOKS_HZ, wobble[k]
        since = t + late_s - 1.0
        moved = (yaw(since), pitch(since)) if since >= 0.0 else (0.0, 0.0)
        said = motion.push(t, moved[0] + a, moved[1] + b)
        reading = VisionReading(t, face_looked=True, missing={"nod": Reason.NOT_YET})
        if said is not None and not motion.aside:
            reading = VisionReading(t, face_looked=True, nod=said[0], shake=said[1])
        events.extend(engine.push(reading))
    events.extend(engine.finish(seconds))
    return events


def cues(
    yaw: Angle, pitch: Angle, seed: int, seconds: float = 5.0, late_s: float = 0.0
) -> set[str]:
    """Which of the two there are."""
    return {event.cue for event in events_of(yaw, pitch, seed, seconds, late_s)}


def still(t: float) -> float:
    return 0.0


def swinging(deg: float, times: int, period_s: float = 0.6) -> Angle:
    """There and back that many times, then still."""
    return lambda t: deg * np.sin(2 * np.pi * t / period_s) if t < times * period_s else 0.0


def trembling(deg: float, t: float) -> float:
    """Unrest from half a second on, as of a mesh that hardly sees the face any more."""
    return deg * float(np.sin(2 * np.pi * (t - 0.5) / 0.4)) if t > 0.5 else 0.0


@pytest.mark.parametrize("seed", SEEDS)
def test_nods_are_nods_and_no_shakes(seed: int) -> None:
    depth = np.random.default_rng(50 + seed).uniform(5, 9)
    assert cues(still, swinging(-depth, 3), seed) == {"nod"}


@pytest.mark.parametrize("seed", SEEDS)
def test_an_episode_stands_where_the_head_moved(seed: int) -> None:
    (nod,) = events_of(still, swinging(-9.0, 3), seed)
    (shake,) = events_of(swinging(12.0, 3), still, seed)
    assert (nod.start_s, nod.end_s) == pytest.approx((1.0, 2.8), abs=0.45)
    assert (shake.start_s, shake.end_s) == pytest.approx((1.0, 2.8), abs=0.45)


@pytest.mark.parametrize("seed", SEEDS)
def test_shakes_are_shakes_and_no_nods(seed: int) -> None:
    width = np.random.default_rng(80 + seed).uniform(8, 16)
    assert cues(swinging(width, 3), still, seed) == {"shake"}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_shake_of_a_tilted_head_is_no_nod(seed: int) -> None:
    assert cues(swinging(12.0, 3), swinging(4.0, 3), seed) == {"shake"}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_wide_shake_is_none_of_a_head_turned_aside(seed: int) -> None:
    assert cues(swinging(40.0, 3), still, seed) == {"shake"}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("yaw", "pitch"),
    [
        (still, still),
        (lambda t: 30.0 * min(1.0, t / 0.5), still),  # turns to the screen
        (still, lambda t: -25.0 * min(1.0, t / 0.5)),  # looks down to read
        (lambda t: 25.0 * np.sin(2 * np.pi * t / 4.0), still),  # looks about slowly
        (lambda t: 53.0 * min(1.0, t / 0.5) + trembling(5.0, t), still),  # a mesh seen from aside
        (lambda t: -38.0 * min(1.0, t / 0.4) + trembling(5.0, t), still),
        (still, lambda t: -36.0 * min(1.0, t / 0.5) + trembling(5.0, t)),
    ],
)
def test_looking_elsewhere_is_neither(yaw: Angle, pitch: Angle, seed: int) -> None:
    assert cues(yaw, pitch, seed) == set()


@pytest.mark.parametrize("seed", SEEDS)
def test_another_moment_of_the_looks_gives_the_same_cues(seed: int) -> None:
    rng = np.random.default_rng(20 + seed)
    width, period_s = rng.uniform(10, 14), rng.uniform(0.4, 0.7)
    for late_s in (0.0, 1 / 45, 2 / 45):
        shaken = cues(swinging(width, 3, period_s), still, seed, 4.0, late_s)
        nodded = cues(still, swinging(-width, 3, period_s), seed, 4.0, late_s)
        assert (shaken, nodded) == ({"shake"}, {"nod"})


@pytest.mark.parametrize("seed", SEEDS)
def test_two_looks_alone_make_no_shake(seed: int) -> None:
    """To and fro in 1.2 s, as wide as the window: both turns are in it for a moment only."""
    motion, most = HeadMotion(), []
    wobble = np.random.default_rng(seed).normal(0, NOISE_DEG, 90)
    for k in range(90):
        said = motion.push(k / LOOKS_HZ, 9.0 * np.sin(2 * np.pi * k / 18) + wobble[k], 0.0)
        most.append(0.0 if said is None else said[1])
    assert max(most) < 0.5
