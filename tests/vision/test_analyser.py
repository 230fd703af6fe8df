from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from synth_vision import ScriptedFinder, grey_frames, head_mesh, skeleton

from vision.analyser import VisionAnalyser
from vision.baseline import VISION_BASELINE_VERSION, VisionBaselineBuilder, first_pass
from vision.types import Arms, Framing, Reason, VisionBaseline, VisionLook

Joints = NDArray[np.float32]


def looks_at(
    rate_hz: float, seconds: float = 4.0, finder: ScriptedFinder | None = None
) -> list[VisionLook]:
    eyes = VisionAnalyser(finder=finder or ScriptedFinder())
    return [look for frame in grey_frames(seconds, rate_hz) if (look := eyes.look(frame))]


@pytest.mark.parametrize("rate_hz", [15, 23.976, 25, 29.97, 30, 50, 60])
def test_the_cadence_is_the_same_at_any_frame_rate(rate_hz: float) -> None:
    looks = looks_at(rate_hz, 4.0)
    assert sum(look.face_looked for look in looks) == 60
    assert sum(look.body_looked for look in looks) == 20


def test_a_slow_source_is_looked_at_each_time() -> None:
    looks = looks_at(4.0, 4.0)
    assert len(looks) == 16
    assert all(look.face_looked and look.body_looked for look in looks)


def test_the_first_frame_at_or_after_each_step_is_taken() -> None:
    times = [look.t for look in looks_at(25.0, 2.0) if look.body_looked]
    assert times == pytest.approx([0.2 * k for k in range(10)], abs=0.04)
    assert all(t >= 0.2 * k - 1e-9 for k, t in enumerate(times))


def test_frames_in_between_hold_the_last_reading() -> None:
    eyes = VisionAnalyser(finder=ScriptedFinder())
    readings = [eyes.push(frame) for frame in grey_frames(1.0)]
    held = readings[11]
    assert not held.face_looked
    assert not held.body_looked
    assert held.t == pytest.approx(11 / 30)
    assert replace(held, t=0, face_looked=True) == replace(readings[10], t=0, face_looked=True)


def crossing(t: float) -> Joints:
    return skeleton("hanging", toward="crossed", share=float(np.clip((t - 2.0) / 0.3, 0, 1)))


def test_arms_that_cross_at_two_seconds_are_seen_within_half_a_second() -> None:
    eyes = VisionAnalyser(finder=ScriptedFinder(body=crossing))
    readings = [eyes.push(frame) for frame in grey_frames(4.0)]
    seen = [r.t for r in readings if r.arms is Arms.CROSSED]
    assert 2.0 <= seen[0] <= 2.5
    assert {r.arms for r in readings if r.t > 2.6} == {Arms.CROSSED}
    assert {r.arms for r in readings if r.t < 2.0} == {Arms.NOT_CROSSED}


@pytest.mark.parametrize("pose", ["hanging", "hips", "wide", "clasped_low", "at_face"])
def test_other_poses_are_not_crossed(pose: str) -> None:
    eyes = VisionAnalyser(finder=ScriptedFinder(body=lambda t: skeleton(pose)))
    reading = [eyes.push(frame) for frame in grey_frames(1.0)][-1]
    assert reading.arms is Arms.NOT_CROSSED


def test_a_flickering_look_does_not_split_crossed_arms() -> None:
    def flicker(t: float) -> Joints:
        return skeleton("hanging" if round(t * 5) % 5 == 0 else "crossed")

    eyes = VisionAnalyser(finder=ScriptedFinder(body=flicker))
    readings = [eyes.push(frame) for frame in grey_frames(4.0)]
    assert {r.arms for r in readings if r.t > 0.6} == {Arms.CROSSED}


def test_hidden_wrists_are_not_measured_and_never_open() -> None:
    finder = ScriptedFinder(body=lambda t: skeleton("hanging", wrists_seen=0.1))
    reading = VisionAnalyser(finder=finder).push(grey_frames(0.1)[0])
    assert reading.arms is None
    assert reading.arms_score is None
    assert reading.missing["arms_score"] is Reason.HIDDEN


def test_wrists_below_the_picture_are_hidden_however_sure_the_model_is() -> None:
    low = skeleton("hanging")
    low[:, 1] += 0.4
    low[:11, 1] -= 0.3
    finder = ScriptedFinder(body=lambda t: low)
    reading = VisionAnalyser(finder=finder).push(grey_frames(0.1)[0])
    assert reading.arms is None
    assert Framing.ELBOWS_HIDDEN not in reading.framing or reading.arms_score is None


def test_nobody_is_a_reason_and_not_a_zero() -> None:
    finder = ScriptedFinder(face=lambda t: None, body=lambda t: None)
    reading = VisionAnalyser(finder=finder).push(grey_frames(0.1)[0])
    assert reading.brow is None
    assert reading.smile is None
    assert reading.arms_score is None
    assert {reading.missing[name] for name in ("brow", "smile", "arms_score", "nod")} == {
        Reason.NO_PERSON
    }
    assert reading.framing == (Framing.NO_PERSON,)


def test_a_dark_picture_says_so() -> None:
    finder = ScriptedFinder(face=lambda t: None, body=lambda t: None)
    reading = VisionAnalyser(finder=finder).push(grey_frames(0.1, level=8)[0])
    assert reading.missing["brow"] is Reason.TOO_DARK
    assert reading.framing[0] is Framing.TOO_DARK


def test_a_turned_head_is_measured_for_its_angle_and_not_for_its_face() -> None:
    finder = ScriptedFinder(face=lambda t: head_mesh(55.0, 0.0))
    reading = VisionAnalyser(finder=finder).push(grey_frames(0.1)[0])
    assert reading.yaw_deg == pytest.approx(55.0, abs=0.5)
    assert reading.brow is None
    assert reading.missing["brow"] is Reason.TURNED_AWAY
    assert reading.missing["smile"] is Reason.TURNED_AWAY


@pytest.mark.parametrize("angles", [(0, 0, 0), (25, 0, 0), (0, -20, 0), (-15, 10, 12)])
def test_head_angles_are_those_of_the_head(angles: tuple[float, float, float]) -> None:
    finder = ScriptedFinder(face=lambda t: head_mesh(*angles))
    reading = VisionAnalyser(finder=finder).push(grey_frames(0.1)[0])
    found = (reading.yaw_deg, reading.pitch_deg, reading.roll_deg)
    assert found == pytest.approx(angles, abs=0.5)


def test_facing_needs_the_customers_direction() -> None:
    reading = VisionAnalyser(finder=ScriptedFinder()).push(grey_frames(0.1)[0])
    assert reading.facing_off_deg is None
    assert reading.missing["facing_off_deg"] is Reason.NO_OWN_NORMAL


def test_facing_is_the_angle_to_the_customer() -> None:
    own = VisionBaseline(VISION_BASELINE_VERSION, {}, None, (30.0, 0.0), 20)
    finder = ScriptedFinder(face=lambda t: head_mesh(-10.0, 0.0))
    reading = VisionAnalyser(own, finder=finder).push(grey_frames(0.1)[0])
    assert reading.facing_off_deg == pytest.approx(40.0, abs=0.5)


def test_a_normal_of_another_version_is_not_used() -> None:
    own = VisionBaseline(VISION_BASELINE_VERSION + 1, {}, None, (30.0, 0.0), 20)
    reading = VisionAnalyser(own, finder=ScriptedFinder()).push(grey_frames(0.1)[0])
    assert reading.facing_off_deg is None


def test_what_is_switched_off_is_not_measured() -> None:
    eyes = VisionAnalyser(finder=ScriptedFinder(), switched_off=frozenset({"smile", "arms_score"}))
    reading = eyes.push(grey_frames(0.1)[0])
    assert reading.smile is None
    assert reading.arms is None
    assert reading.missing["smile"] is Reason.SWITCHED_OFF
    assert reading.missing["arms_score"] is Reason.SWITCHED_OFF
    assert reading.yaw_deg is not None


def test_a_hand_at_the_face() -> None:
    touching = VisionAnalyser(finder=ScriptedFinder(body=lambda t: skeleton("at_face")))
    assert touching.push(grey_frames(0.1)[0]).face_touch > 0.5
    hanging = VisionAnalyser(finder=ScriptedFinder())
    assert hanging.push(grey_frames(0.1)[0]).face_touch < 0.1


def test_hands_on_hips() -> None:
    akimbo = VisionAnalyser(finder=ScriptedFinder(body=lambda t: skeleton("hips")))
    assert akimbo.push(grey_frames(0.1)[0]).hands_on_hips > 0.5
    for pose in ("hanging", "crossed", "wide", "clasped_low", "clasped_elbows_out"):
        eyes = VisionAnalyser(finder=ScriptedFinder(body=lambda t, pose=pose: skeleton(pose)))
        assert eyes.push(grey_frames(0.1)[0]).hands_on_hips < 0.3


def test_a_second_person_ends_measuring_and_one_wrong_count_does_not() -> None:
    finder = ScriptedFinder(people=lambda t: 2 if 1.0 <= t < 1.05 or t >= 3.0 else 1)
    eyes = VisionAnalyser(finder=finder)
    readings = [eyes.push(frame) for frame in grey_frames(6.0)]
    assert all(r.arms is not None for r in readings if r.t < 3.0)
    assert {r.missing["arms_score"] for r in readings if r.t > 3.6} == {Reason.SEVERAL_PEOPLE}
    assert Framing.SEVERAL_PEOPLE in readings[-1].framing
    # Nor is a stick figure of somebody else kept, for as long as there are two.
    assert all(r.joints is not None for r in readings if r.t < 3.0)
    assert {r.joints is None for r in readings if r.t > 3.6} == {True}


def test_body_values_do_not_outlive_their_second() -> None:
    eyes = VisionAnalyser(finder=ScriptedFinder())
    looks = [eyes.look(frame) for frame in grey_frames(4.0, 15.0)]
    first, later = looks[0], replace(looks[30], body_looked=False)
    assert eyes.read(first).arms is Arms.NOT_CROSSED
    reading = eyes.read(later)
    assert reading.arms is None
    assert reading.missing["arms_score"] is Reason.NOT_YET


def test_reading_again_gives_the_same_readings() -> None:
    finder = ScriptedFinder(
        body=crossing, face=lambda t: head_mesh(20 * np.sin(t), 10 * np.sin(4 * t))
    )
    eyes = VisionAnalyser(finder=finder)
    frames = grey_frames(3.0)
    live = [eyes.read(look) for frame in frames if (look := eyes.look(frame))]
    looks = looks_at(30.0, 3.0, finder)
    again = VisionAnalyser(finder=finder)
    for one, other in zip(live, [again.read(look) for look in looks], strict=True):
        assert replace(one, joints=None) == replace(other, joints=None)


def test_lean_is_against_the_own_normal() -> None:
    builder = VisionBaselineBuilder()
    for look in looks_at(30.0, 2.0):
        builder.add(look)
    own = builder.build()
    nearer = ScriptedFinder(face=lambda t: head_mesh(eyes_px=46.0))
    reading = VisionAnalyser(own, finder=nearer).push(grey_frames(0.1)[0])
    assert reading.lean == pytest.approx(0.15, abs=0.01)


def test_the_calm_step_gives_the_customers_direction() -> None:
    builder = VisionBaselineBuilder()
    for look in looks_at(30.0, 2.0, ScriptedFinder(face=lambda t: head_mesh(18.0, -6.0))):
        builder.add(look)
    own = builder.build()
    assert own is not None
    assert own.facing == pytest.approx((18.0, -6.0), abs=0.5)


def test_too_short_a_step_gives_no_normal() -> None:
    builder = VisionBaselineBuilder()
    for look in looks_at(30.0, 0.5):
        builder.add(look)
    assert builder.build() is None


def test_a_first_pass_knows_no_customer() -> None:
    own = first_pass(looks_at(30.0, 4.0))
    assert own is not None
    assert own.facing is None
    assert own.body is not None
    assert first_pass([]) is None


def test_close_gives_the_finder_back() -> None:
    finder = ScriptedFinder()
    VisionAnalyser(finder=finder).close()
    assert finder.closed
