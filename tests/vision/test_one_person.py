"""One person is followed by position: what another one does is a gap, never a value."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from synth_vision import ScriptedFinder, grey_frames, head_mesh, skeleton

from vision.analyser import VisionAnalyser
from vision.baseline import VisionBaselineBuilder, distilled
from vision.person import COUNT_EVERY_S, SETTLE_S
from vision.types import Framing, Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from vision.types import VisionBaseline, VisionReading

OURS, THEIRS = -12.0, 25.0
"""Head turns that tell the two apart, degrees."""
LEFT, RIGHT = (0.28, 0.35), (0.75, 0.4)
STEP_S = 1 / 15


def ours(t: float) -> NDArray[np.float32]:
    return head_mesh(OURS, at=(LEFT[0] + 0.01 * np.sin(2 * t), LEFT[1]))


def theirs(t: float, *, eyes_px: float = 70.0) -> NDArray[np.float32]:
    return head_mesh(THEIRS, at=(RIGHT[0] + 0.01 * np.sin(3 * t), RIGHT[1]), eyes_px=eyes_px)


def below(face: NDArray[np.float32]) -> NDArray[np.float32]:
    """A body whose nose is in the middle of a face."""
    joints = skeleton("hanging")
    joints[:, :2] += face[:, :2].mean(axis=0) - joints[0, :2]
    return joints


def readings(
    face: Callable[[float], NDArray[np.float32] | None],
    people: Callable[[float], int | None],
    *,
    own: VisionBaseline | None = None,
    body: Callable[[float], NDArray[np.float32] | None] | None = None,
    seconds: float = 8.0,
) -> list[VisionReading]:
    def carried(t: float) -> NDArray[np.float32] | None:
        found = face(t)
        return None if found is None else below(found)

    finder = ScriptedFinder(face=face, people=people, body=body or carried)
    eyes = VisionAnalyser(own, finder=finder)
    return [eyes.push(frame) for frame in grey_frames(seconds, 15.0)]


def calibrated() -> VisionBaseline:
    builder = VisionBaselineBuilder()
    finder = ScriptedFinder(face=ours, body=lambda t: below(ours(t)))
    eyes = VisionAnalyser(finder=finder)
    for frame in grey_frames(2.0, 15.0):
        look = eyes.look(frame)
        assert look is not None
        builder.add(look)
    own = distilled(builder.build())
    assert own is not None
    return own


def whose(reading: VisionReading) -> str:
    if reading.yaw_deg is None:
        return reading.missing["smile"].value
    return "ours" if abs(reading.yaw_deg - OURS) < 8.0 else "theirs"


def test_two_in_the_picture_are_a_gap_that_says_so() -> None:
    seen = readings(ours, lambda t: 2 if 3.0 <= t < 6.0 else 1, seconds=10.0)
    gap = [r for r in seen if 3.0 + COUNT_EVERY_S + STEP_S < r.t < 6.0]
    assert {whose(r) for r in gap} == {Reason.SEVERAL_PEOPLE.value}
    assert all(r.framing[0] is Framing.SEVERAL_PEOPLE for r in gap)
    assert {whose(r) for r in seen if r.t < 3.0 or r.t > 6.0 + SETTLE_S + COUNT_EVERY_S} == {"ours"}


@pytest.mark.parametrize("with_normal", [True, False])
def test_the_mesh_that_jumps_to_a_nearer_person_gives_no_value(with_normal: bool) -> None:
    own = calibrated() if with_normal else None
    seen = readings(
        lambda t: theirs(t) if 3.0 <= t < 5.0 else ours(t),
        lambda t: 2 if 2.9 <= t < 5.0 else 1,
        own=own,
    )
    assert {whose(r) for r in seen} == {"ours", Reason.SEVERAL_PEOPLE.value}
    assert {whose(r) for r in seen if r.t < 2.9 or r.t > 7.6} == {"ours"}


def test_somebody_else_alone_is_a_gap_until_they_stay() -> None:
    """Nobody is recognised: who steps aside for two seconds looks like who was replaced."""
    seen = readings(lambda t: ours(t) if t < 3.0 else theirs(t), lambda t: 1, own=calibrated())
    first = min(r.t for r in seen if whose(r) == "theirs")
    assert first == pytest.approx(3.0 + SETTLE_S, abs=2 * STEP_S)
    assert {whose(r) for r in seen if 3.0 < r.t < first} == {Reason.SEVERAL_PEOPLE.value}


def test_after_a_loss_only_the_old_place_counts_at_once() -> None:
    def face(t: float) -> NDArray[np.float32] | None:
        return None if 2.0 <= t < 4.0 else ours(t)

    seen = readings(face, lambda t: 1, own=calibrated())
    assert {whose(r) for r in seen if r.t > 4.0} == {"ours"}
    moved = readings(
        lambda t: None if 2.0 <= t < 4.0 else (ours if t < 2.0 else theirs)(t),
        lambda t: 1,
        own=calibrated(),
        seconds=5.5,
    )
    assert {whose(r) for r in moved if r.t > 4.0} == {Reason.SEVERAL_PEOPLE.value}


def test_a_cut_in_a_film_is_no_second_person() -> None:
    seen = readings(lambda t: ours(t) if t < 3.0 else theirs(t), lambda t: 1)
    assert {whose(r) for r in seen if r.t < 3.0} == {"ours"}
    assert {whose(r) for r in seen if r.t > 3.4} == {"theirs"}


def test_another_ones_body_is_not_joined_to_the_face() -> None:
    seen = readings(ours, lambda t: 1, body=lambda t: below(theirs(t)))
    assert {r.arms_score for r in seen} == {None}
    assert {r.missing["arms_score"] for r in seen} == {Reason.SEVERAL_PEOPLE}


def test_leaning_and_walking_about_is_nobody_else() -> None:
    """Half a metre a second to the side, and a third nearer within a second."""

    def face(t: float) -> NDArray[np.float32]:
        aside = 0.2 * np.sin(1.5 * t)
        return head_mesh(OURS, at=(0.5 + aside, 0.35), eyes_px=45 + 7 * np.sin(3 * t))

    seen = readings(face, lambda t: 1)
    assert {whose(r) for r in seen} == {"ours"}


def test_who_passes_in_front_is_not_taken_for_the_other() -> None:
    """Both are seen, then one hides the other for a second, and only one is counted."""
    seen = readings(
        lambda t: head_mesh(THEIRS, at=LEFT, eyes_px=42.0) if 3.0 <= t < 4.0 else ours(t),
        lambda t: 2 if 2.0 <= t < 3.0 or 4.0 <= t < 5.0 else 1,
    )
    assert {whose(r) for r in seen} == {"ours", Reason.SEVERAL_PEOPLE.value}


def test_two_from_the_start_give_no_value() -> None:
    seen = readings(theirs, lambda t: 2, seconds=2.0)
    assert {whose(r) for r in seen} == {Reason.SEVERAL_PEOPLE.value}


def test_one_wrong_count_is_none() -> None:
    seen = readings(ours, lambda t: 2 if 3.0 <= t < 3.05 else 1)
    assert {whose(r) for r in seen} == {"ours"}


def test_a_normal_without_a_place_follows_as_a_film_does() -> None:
    own = calibrated()
    assert own.face is not None
    without = replace(own, face={name: v for name, v in own.face.items() if name != "place_x"})
    seen = readings(theirs, lambda t: 1, own=without, seconds=1.0)
    assert {whose(r) for r in seen} == {"theirs"}


def test_a_count_that_overlooks_the_face_says_nothing() -> None:
    """The detector of faces overlooks a near profile; the mesh goes on following it."""
    seen = readings(ours, lambda t: 2 if 2.0 <= t < 3.0 else None if 3.0 <= t < 6.0 else 1)
    assert {whose(r) for r in seen if 3.0 <= r.t < 6.0} == {Reason.SEVERAL_PEOPLE.value}
    seen = readings(ours, lambda t: 2 if 2.95 < t < 3.05 else None if 3.05 < t < 3.5 else 1)
    assert {whose(r) for r in seen} == {"ours"}
    seen = readings(ours, lambda t: None)
    assert {whose(r) for r in seen} == {"ours"}


def test_an_empty_picture_ends_the_second_person() -> None:
    def face(t: float) -> NDArray[np.float32] | None:
        return None if 3.0 <= t < 6.0 else ours(t)

    seen = readings(face, lambda t: 2 if 1.0 <= t < 3.0 else None if t < 6.0 else 1)
    assert {whose(r) for r in seen if r.t > 6.0} == {"ours"}


def test_a_jump_to_a_face_that_nobody_counts_has_to_last() -> None:
    seen = readings(
        lambda t: ours(t) if t < 3.0 else theirs(t), lambda t: None if t >= 2.9 else 1, seconds=6.0
    )
    first = min(r.t for r in seen if whose(r) == "theirs")
    assert first == pytest.approx(3.0 + SETTLE_S, abs=2 * STEP_S)
