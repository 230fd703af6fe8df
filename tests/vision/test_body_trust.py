"""A body counts after its face or a clear head of its build, and as the continuation of that."""

from __future__ import annotations

import numpy as np
import pytest
from synth_vision import ScriptedFinder, grey_frames, head_mesh, skeleton

from vision.analyser import VisionAnalyser
from vision.baseline import VisionBaselineBuilder
from vision.trust import GAP_S, KNOWN_S, STEADY_LOOKS, BodyTrust, well_built
from vision.types import Reason


def moved(right: float) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    joints = skeleton("crossed")
    joints[:, 0] += right
    return joints


def standing(
    *, wide: float = 0.2, torso: float = 1.6, ears: float = 0.4, sure: float = 1.0
) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """A body of this build: shoulder width by height of a square picture, the rest by it."""
    joints = np.full((33, 4), 0.5, np.float32)
    joints[:, 3] = sure
    for index, (x, y) in {
        0: (0.0, -0.55), 2: (0.1, -0.6), 5: (-0.1, -0.6), 7: (ears / 2, -0.58),
        8: (-ears / 2, -0.58), 11: (0.5, 0.0), 12: (-0.5, 0.0), 23: (0.3, torso), 24: (-0.3, torso),
    }.items():  # fmt: skip
        joints[index, :2] = (0.5 + wide * x, 0.4 + wide * y)
    return joints


def test_a_steady_well_built_body_counts_without_a_face() -> None:
    trust = BodyTrust()
    counted = []
    for look in range(6):
        trust.push(0.2 * look, standing(), face=None, aspect=1.0)
        counted.append(trust.body(0.2 * look) is not None)
    assert counted == [look + 1 >= STEADY_LOOKS for look in range(6)]


@pytest.mark.parametrize(
    "build",
    [
        {"torso": 2.2},
        {"wide": 0.08},
        {"ears": 0.6},
        {"ears": 0.05},
        {"sure": 0.9},
    ],
    ids=["long torso", "far away", "wide head", "profile", "unsure"],
)
def test_bodies_as_the_model_dreams_them_vouch_for_nothing(build: dict[str, float]) -> None:
    assert not well_built(standing(**build), 1.0)
    trust = BodyTrust()
    for look in range(20):
        trust.push(0.2 * look, standing(**build), face=None, aspect=1.0)
        assert trust.body(0.2 * look) is None


def test_a_body_that_jumps_about_vouches_for_nothing() -> None:
    trust = BodyTrust()
    for look in range(20):
        joints = standing()
        joints[:, 0] += 0.2 * (look % 2)
        trust.push(0.2 * look, joints, face=None, aspect=1.0)
        assert trust.body(0.2 * look) is None


def test_the_build_is_measured_in_pixels_not_in_shares() -> None:
    assert well_built(standing(), 1.0)
    assert not well_built(standing(), 0.5)


def test_a_body_without_any_face_does_not_count() -> None:
    trust = BodyTrust()
    trust.push(0.0, skeleton(), face=None)
    assert trust.body(0.0) is None


def test_a_body_that_goes_on_after_its_face_counts_for_a_while() -> None:
    trust = BodyTrust()
    trust.push(0.0, skeleton(), face=head_mesh())
    times = np.arange(0.2, KNOWN_S + 2.0, 0.2)
    counted = []
    for t in times:
        trust.push(float(t), moved(0.02 * float(t % 1)), face=None)
        counted.append(trust.body(float(t)) is not None)
    assert counted == [t <= KNOWN_S for t in times]


def test_a_jump_or_a_gap_needs_the_face_again() -> None:
    trust = BodyTrust()
    trust.push(0.0, skeleton(), face=head_mesh())
    trust.push(0.2, moved(0.3), face=None)
    assert trust.body(0.2) is None
    trust.push(0.4, moved(0.3), face=None)
    assert trust.body(0.4) is None
    trust.push(0.6, moved(0.3), face=head_mesh())
    assert trust.body(0.6) is not None
    trust.push(0.6 + GAP_S + 0.2, moved(0.3), face=None)
    assert trust.body(0.6 + GAP_S + 0.2) is None


def test_a_person_dreamt_after_a_cut_has_no_arms() -> None:
    finder = ScriptedFinder(
        face=lambda t: head_mesh() if t < 1.0 else None,
        body=lambda t: skeleton() if t < 1.0 else moved(0.3),
    )
    eyes = VisionAnalyser(finder=finder)
    readings = [eyes.push(frame) for frame in grey_frames(3.0)]
    assert readings[-1].arms_score is None
    assert readings[-1].missing["arms_score"] is Reason.NO_PERSON


def test_the_face_of_somebody_else_vouches_for_no_body(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vision.trust.KNOWN_S", 2.0)
    own = VisionBaselineBuilder()
    for look in (VisionAnalyser(finder=ScriptedFinder()).look(f) for f in grey_frames(2.0, 15.0)):
        if look is not None:
            own.add(look)

    def face(t: float) -> np.ndarray[tuple[int, int], np.dtype[np.float32]] | None:
        if t < 1.0:
            return head_mesh()
        return head_mesh(at=(0.85, 0.23)) if 2.39 < t < 2.45 else None

    finder = ScriptedFinder(face=face, body=lambda t: skeleton())
    eyes = VisionAnalyser(own.build(), finder=finder)
    readings = [eyes.push(frame) for frame in grey_frames(4.5, 15.0)]
    assert any(r.missing.get("brow") is Reason.SEVERAL_PEOPLE for r in readings)
    assert {r.arms_score is None for r in readings if 1.0 < r.t < 2.3} == {False}
    assert {r.arms_score is None for r in readings if r.t > 3.3} == {True}
