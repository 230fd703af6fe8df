"""Nods, shakes and everything that is neither, with the noise that landmarks have."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from app.coach.catalogue import load_catalogue
from app.coach.engine import CueEngine
from vision.nod import HeadMotion
from vision.types import Reason, VisionReading

Angle = Callable[[float], float]
NOISE_DEG = 0.8
LOOKS_HZ = 15.0
SEEDS = range(6)


def cues(yaw: Angle, pitch: Angle, seed: int, seconds: float = 5.0) -> set[str]:
    """Nods and shakes that are written down when the head goes this way, from 1 s on."""
    wobble = np.random.default_rng(seed).normal(0, NOISE_DEG, (200, 2))
    motion = HeadMotion()
    engine = CueEngine([r for r in load_catalogue().rules if r.id in {"nod", "shake"}], None)
    events = []
    for k in range(round(seconds * LOOKS_HZ)):
        t, (a, b) = k / LOOKS_HZ, wobble[k]
        moved = (yaw(t - 1.0), pitch(t - 1.0)) if t >= 1.0 else (0.0, 0.0)
        said = motion.push(t, moved[0] + a, moved[1] + b)
        reading = VisionReading(t, face_looked=True, missing={"nod": Reason.NOT_YET})
        if said is not None:
            reading = VisionReading(t, face_looked=True, nod=said[0], shake=said[1])
        events.extend(engine.push(reading))
    events.extend(engine.finish(seconds))
    return {event.cue for event in events}


def still(t: float) -> float:
    return 0.0


def swinging(deg: float, times: int, period_s: float = 0.6) -> Angle:
    """There and back that many times, then still."""
    return lambda t: deg * np.sin(2 * np.pi * t / period_s) if t < times * period_s else 0.0


@pytest.mark.parametrize("seed", SEEDS)
def test_nods_are_nods_and_no_shakes(seed: int) -> None:
    depth = np.random.default_rng(50 + seed).uniform(5, 9)
    assert cues(still, swinging(-depth, 3), seed) == {"nod"}


@pytest.mark.parametrize("seed", SEEDS)
def test_shakes_are_shakes_and_no_nods(seed: int) -> None:
    width = np.random.default_rng(80 + seed).uniform(8, 16)
    assert cues(swinging(width, 3), still, seed) == {"shake"}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_shake_of_a_tilted_head_is_no_nod(seed: int) -> None:
    assert cues(swinging(12.0, 3), swinging(4.0, 3), seed) == {"shake"}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("yaw", "pitch"),
    [
        (still, still),
        (lambda t: 30.0 * min(1.0, t / 0.5), still),  # turns to the screen
        (still, lambda t: -25.0 * min(1.0, t / 0.5)),  # looks down to read
        (lambda t: 25.0 * np.sin(2 * np.pi * t / 4.0), still),  # looks about slowly
    ],
)
def test_looking_elsewhere_is_neither(yaw: Angle, pitch: Angle, seed: int) -> None:
    assert cues(yaw, pitch, seed) == set()
