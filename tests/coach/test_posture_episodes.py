"""Lean, slouch, hands on hips and head shakes become episodes at the right moments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from synth_vision import ScriptedFinder, grey_frames, head_mesh, skeleton

from app.coach.catalogue import load_catalogue
from app.coach.engine import CueEngine
from app.coach.gaps import GapTracker
from app.coach.types import Baseline, Sense
from app.session.senses import measures_off
from vision.analyser import VisionAnalyser
from vision.baseline import VisionBaselineBuilder, distilled
from vision.types import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from app.coach.types import CueEvent, Gap

    Points = Callable[[float], NDArray[np.float32]]

CATALOGUE = load_catalogue()
RULES = tuple(rule for rule in CATALOGUE.rules if rule.sense is Sense.VISION)
EYES_PX = 40.0
JITTER_PX = 0.6
"""What a mesh trembles by at this size: measured between looks at one noisy picture."""
SUNK = 0.22
"""Share of the head's height over the shoulders that a slouch takes."""


def trembling(t: float, shape: tuple[int, ...], size: float) -> NDArray[np.float64]:
    """Noise of a moment, the same whenever that moment is asked for."""
    return np.random.default_rng(round(t * 1000) + 7).normal(0.0, size, shape)


def face(t: float, *, eyes_px: float = EYES_PX, yaw_deg: float = 0.0) -> NDArray[np.float32]:
    mesh = head_mesh(yaw_deg, eyes_px=eyes_px)
    mesh[:, :2] += trembling(t, mesh[:, :2].shape, JITTER_PX) / (640, 480)
    return mesh


def body(t: float, pose: str = "hanging", *, sunk: float = 0.0) -> NDArray[np.float32]:
    joints = skeleton(pose, jitter=trembling(t, (33, 2), 0.004))
    shoulders = joints[[11, 12], 1].mean()
    joints[:11, 1] += sunk * (shoulders - joints[:11, 1])
    return joints


def own_normal() -> Baseline:
    builder = VisionBaselineBuilder()
    eyes = VisionAnalyser(finder=ScriptedFinder(face=face, body=body))
    for frame in grey_frames(5.0, 15.0):
        look = eyes.look(frame)
        assert look is not None
        builder.add(look)
    return Baseline("2026-01-01T00:00:00+00:00", "calibration", vision=distilled(builder.build()))


def run(
    faces: Points,
    bodies: Points,
    *,
    seconds: float = 14.0,
    own: Baseline | None = None,
    off: frozenset[str] = frozenset(),
) -> tuple[list[CueEvent], list[Gap]]:
    eyes = VisionAnalyser(
        own.vision if own else None,
        finder=ScriptedFinder(face=faces, body=bodies),
        switched_off=measures_off(CATALOGUE, off),
    )
    engine, tracker = CueEngine(RULES, own, off), GapTracker(RULES, off, own)
    events = []
    for frame in grey_frames(seconds, 15.0):
        reading = eyes.push(frame)
        events += engine.push(reading)
        tracker.push(reading)
    events += engine.finish(seconds)
    return events, tracker.finish(seconds, frozenset({Sense.VISION}))


def of(cue: str, events: list[CueEvent]) -> list[tuple[float, float]]:
    return [(event.start_s, event.end_s) for event in events if event.cue == cue]


def test_leaning_in_by_15_percent_is_one_episode() -> None:
    def leaning(t: float) -> NDArray[np.float32]:
        share = float(np.interp(t, (5.0, 5.4, 8.0, 8.4), (0.0, 1.0, 1.0, 0.0)))
        return face(t, eyes_px=EYES_PX * (1 + 0.15 * share))

    events, _ = run(leaning, body, own=own_normal())
    ((start, end),) = of("lean", events)
    assert start == pytest.approx(5.2, abs=0.5)
    assert end == pytest.approx(8.2, abs=0.5)


def test_swaying_as_everybody_does_is_no_lean() -> None:
    events, _ = run(
        lambda t: face(t, eyes_px=EYES_PX * (1 + 0.05 * np.sin(2 * t))), body, own=own_normal()
    )
    assert of("lean", events) == []


def test_a_sunk_head_is_one_episode() -> None:
    def sunk(t: float) -> NDArray[np.float32]:
        share = float(np.interp(t, (4.0, 4.5, 10.0, 10.5), (0.0, 1.0, 1.0, 0.0)))
        return body(t, sunk=SUNK * share)

    events, _ = run(face, sunk, own=own_normal())
    ((start, end),) = of("slouch", events)
    assert start == pytest.approx(4.3, abs=0.5)
    assert end == pytest.approx(10.2, abs=0.5)


def test_hands_on_the_hips_are_one_episode_although_they_tremble_and_flicker() -> None:
    def akimbo(t: float) -> NDArray[np.float32]:
        joints = body(t, "hips" if 4.0 <= t < 8.0 else "hanging")
        if 5.9 < t < 6.1:
            joints[15, 3] = 0.1
        return joints

    events, _ = run(face, akimbo)
    ((start, end),) = of("hands_on_hips", events)
    assert start == pytest.approx(4.0, abs=0.5)
    assert end == pytest.approx(8.0, abs=0.5)


def test_a_head_shake_is_no_nod_and_looking_aside_is_no_shake() -> None:
    def shaking(t: float) -> NDArray[np.float32]:
        return face(t, yaw_deg=14 * np.sin(2 * np.pi * 1.5 * (t - 5)) if 5 <= t < 7 else 0.0)

    events, _ = run(shaking, body)
    ((start, end),) = of("shake", events)
    assert start == pytest.approx(5.0, abs=0.5)
    assert end == pytest.approx(7.0, abs=0.5)
    assert of("nod", events) == []
    aside, _ = run(lambda t: face(t, yaw_deg=float(np.interp(t, (5, 5.5), (0, 20)))), body)
    assert of("shake", aside) == []


def test_without_an_own_normal_lean_and_slouch_are_not_measured() -> None:
    events, gaps = run(lambda t: face(t, eyes_px=60.0), lambda t: body(t, sunk=SUNK), seconds=6.0)
    assert of("lean", events) == of("slouch", events) == []
    why = {gap.cue: gap.reason for gap in gaps}
    assert why["lean"] == why["slouch"] == Reason.NO_OWN_NORMAL


@pytest.mark.parametrize("cue", ["lean", "slouch", "hands_on_hips", "shake"])
def test_each_can_be_switched_off(cue: str) -> None:
    events, gaps = run(
        lambda t: face(t, eyes_px=50.0, yaw_deg=14 * np.sin(9 * t)),
        lambda t: body(t, "hips", sunk=SUNK),
        own=own_normal(),
        off=frozenset({cue}),
        seconds=6.0,
    )
    assert of(cue, events) == []
    assert {gap.reason for gap in gaps if gap.cue == cue} == {Reason.SWITCHED_OFF}
    assert {event.cue for event in events} >= {"lean", "slouch", "hands_on_hips", "shake"} - {cue}
