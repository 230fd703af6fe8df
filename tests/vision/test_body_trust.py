"""A body counts only as the continuation of one whose face was seen."""

from __future__ import annotations

import numpy as np
from synth_vision import ScriptedFinder, grey_frames, head_mesh, skeleton

from vision.analyser import VisionAnalyser
from vision.trust import GAP_S, KNOWN_S, BodyTrust
from vision.types import Reason


def moved(right: float) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    joints = skeleton("crossed")
    joints[:, 0] += right
    return joints


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
