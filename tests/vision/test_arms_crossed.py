"""Crossed arms on skeletons: hard negatives, hidden wrists, moving arms, flickering landmarks."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from synth_vision import ARMS, HIDDEN_WRISTS, ScriptedFinder, grey_frames, skeleton

from app.coach.catalogue import load_catalogue
from app.coach.engine import CueEngine
from vision.analyser import VisionAnalyser
from vision.arms import LEAST, OPEN_BOTH, OPEN_ONE
from vision.types import Arms, Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from app.coach.types import CueEvent
    from vision.types import VisionReading

    Body = Callable[[float], NDArray[np.float32]]

JITTER = 0.006
"""Standard deviation of each landmark, by the picture's width and height: a pixel or four."""
OPEN = sorted(set(ARMS) - {"crossed"} - set(HIDDEN_WRISTS))


def jittered(pose: str, seed: int, seen: tuple[float, float] = (0.9, 1.0)) -> Body:
    """A pose whose landmarks tremble, with a visibility of the wrists drawn for each look."""
    rng = np.random.default_rng(seed)
    noise = rng.normal(0, JITTER, (300, 33, 2))
    sure = rng.uniform(*seen, 300)

    def body(t: float) -> NDArray[np.float32]:
        look = round(t * 30) % 300
        return skeleton(pose, wrists_seen=float(sure[look]), jitter=noise[look])

    return body


def readings(body: Body, seconds: float = 4.0) -> list[VisionReading]:
    eyes = VisionAnalyser(finder=ScriptedFinder(body=body))
    return [eyes.push(frame) for frame in grey_frames(seconds)]


def episodes(body: Body, seconds: float) -> list[CueEvent]:
    eyes = VisionAnalyser(finder=ScriptedFinder(body=body))
    engine = CueEngine([one for one in load_catalogue().rules if one.id == "arms_crossed"], None)
    events: list[CueEvent] = []
    for frame in grey_frames(seconds):
        events.extend(engine.push(eyes.push(frame)))
    return [*events, *engine.finish(seconds)]


@pytest.mark.parametrize("pose", OPEN)
@pytest.mark.parametrize("seed", range(4))
def test_other_poses_are_never_crossed(pose: str, seed: int) -> None:
    said = {one.arms for one in readings(jittered(pose, seed), 3.0) if one.t > 0.5}
    assert said == {Arms.NOT_CROSSED}


@pytest.mark.parametrize("seed", range(4))
def test_crossed_arms_that_tremble_are_crossed_all_the_time(seed: int) -> None:
    said = {one.arms for one in readings(jittered("crossed", seed), 3.0) if one.t > 0.5}
    assert said == {Arms.CROSSED}


@pytest.mark.parametrize("seed", range(4))
def test_tucked_hands_are_crossed_though_hardly_seen(seed: int) -> None:
    said = {one.arms for one in readings(jittered("crossed", seed, (0.25, 0.5))) if one.t > 0.5}
    assert said == {Arms.CROSSED}


@pytest.mark.parametrize("pose", sorted(HIDDEN_WRISTS))
@pytest.mark.parametrize("seed", range(4))
def test_hidden_hands_are_neither_crossed_nor_open(pose: str, seed: int) -> None:
    for one in readings(jittered(pose, seed, HIDDEN_WRISTS[pose])):
        assert one.arms is None
        assert one.missing["arms_score"] is Reason.HIDDEN


@pytest.mark.parametrize("pose", ["hanging", "clasped_waist", "tray"])
def test_open_needs_a_wrist_that_is_clearly_seen(pose: str) -> None:
    below = min(OPEN_ONE, OPEN_BOTH) - 0.02
    hidden = readings(lambda t: skeleton(pose, wrists_seen=below), 1.0)[-1]
    assert hidden.arms is None
    shown = readings(lambda t: skeleton(pose, wrists_seen=max(OPEN_ONE, OPEN_BOTH) + 0.02), 1.0)[-1]
    assert shown.arms is Arms.NOT_CROSSED


def test_hands_that_are_pure_invention_are_never_crossed() -> None:
    invented = readings(lambda t: skeleton("crossed", wrists_seen=LEAST - 0.02), 1.0)[-1]
    assert invented.arms is None


@pytest.mark.parametrize("beat_s", [0.5, 0.8, 1.2])
def test_a_gesture_across_the_body_is_not_crossed(beat_s: float) -> None:
    def beating(t: float) -> NDArray[np.float32]:
        share = float(np.sin(np.pi * t / beat_s) ** 2)
        return skeleton("hanging", toward="gesture", share=share)

    assert Arms.CROSSED not in {one.arms for one in readings(beating)}


def crossing(t: float) -> NDArray[np.float32]:
    share = float(np.clip((t - 1.0) / 0.3, 0, 1) - np.clip((t - 6.0) / 0.3, 0, 1))
    return skeleton("hanging", toward="crossed", share=share)


def test_an_episode_begins_and_ends_with_the_arms() -> None:
    (one,) = episodes(crossing, 8.0)
    assert one.start_s == pytest.approx(1.2, abs=0.3)
    assert one.end_s == pytest.approx(6.2, abs=0.3)


@pytest.mark.parametrize("lost_looks", [1, 2])
@pytest.mark.parametrize("at_s", [2.0, 3.4])
def test_wrists_lost_for_a_look_or_two_do_not_split_an_episode(
    lost_looks: int, at_s: float
) -> None:
    def flickering(t: float) -> NDArray[np.float32]:
        joints = crossing(t)
        if at_s <= round(t, 3) < at_s + 0.2 * lost_looks:
            joints[[15, 16], 3] = 0.02
            joints[[15, 16], :2] = skeleton("hanging")[[15, 16], :2]
        return joints

    lost = [one.t for one in readings(flickering, 8.0) if one.body_looked and one.arms is None]
    assert len(lost) == lost_looks
    assert len(episodes(flickering, 8.0)) == 1


def test_arms_that_open_for_a_second_make_two_episodes() -> None:
    def twice(t: float) -> NDArray[np.float32]:
        return skeleton("hanging" if 3.0 <= t < 4.4 else "crossed")

    first, second = episodes(twice, 8.0)
    assert first.end_s < second.start_s
    assert all(earlier.start_s < later.start_s for earlier, later in pairwise((first, second)))
