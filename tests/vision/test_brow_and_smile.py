"""What the brow's and the smile's score may depend on, and how far a head may turn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from synth_vision import head_mesh

from vision.brow import BROW_CALM, CANDIDATES, LOUD, SHOUT, brow_features, brow_score
from vision.face import FrontFace, front_face
from vision.facing import (
    EXPRESSION_PITCH_DEG,
    EXPRESSION_YAW_DEG,
    TURN_MARGIN_DEG,
    Turned,
)
from vision.geometry import RigidFit
from vision.measures import FaceMeasures
from vision.models import Models, shipped
from vision.shade import SHADES, brow_shades
from vision.smile import SMILE_CALM, smile_score
from vision.types import Reason
from vision.weights import Linear

if TYPE_CHECKING:
    from numpy.typing import NDArray

BIG = (640, 480)


def face_with(lips_gap: float = 0.0) -> FrontFace:
    """A face from the front whose inner lips lie this many eye distances apart."""
    points = np.zeros((478, 3))
    points[14, 1] = lips_gap
    return FrontFace(points, RigidFit(np.eye(3), 40.0, np.zeros(3), 0.0), (0.0, 0.0, 0.0))


def picture(seed: int = 3) -> NDArray[np.uint8]:
    """A soft random picture, so that cells differ."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(40, 200, (24, 32, 1), dtype=np.uint8)
    return np.repeat(np.repeat(np.repeat(coarse, 20, axis=0), 20, axis=1), 3, axis=2)


def mesh() -> NDArray[np.float32]:
    return head_mesh(at=(0.5, 0.5), eyes_px=90.0)


def only_smile(own: float) -> Models:
    """Models whose brow is its one feature and whose smile is fixed."""
    brow = Linear(0.0, {"brow_gap": 0.0}, {"brow_gap": 1.0})
    return replace(shipped(), brow=brow, brow_own_shift=own, smile=Linear(-9.0, {}, {}))


@pytest.mark.parametrize("gap", [0.0, 0.1, LOUD])
def test_a_mouth_that_is_closed_or_talks_says_nothing_about_the_brows(gap: float) -> None:
    found = brow_features(face_with(gap), picture(), mesh(), (SHOUT,))
    assert found[SHOUT] == 0.0


def test_only_what_a_shout_opens_beyond_talk_counts() -> None:
    found = brow_features(face_with(LOUD + 0.2), picture(), mesh(), (SHOUT,))
    assert found[SHOUT] == pytest.approx(0.2)


def test_every_candidate_can_be_measured_and_no_other_name_is() -> None:
    width, height = BIG
    front = front_face(mesh(), width, height)
    found = brow_features(front, picture(), mesh(), CANDIDATES)
    assert set(found) == {*CANDIDATES, "eye_gap"}
    assert all(np.isfinite(value) for value in found.values())


def test_the_shipped_score_finds_all_that_it_weighs() -> None:
    width, height = BIG
    found = brow_features(front_face(mesh(), width, height), picture(), mesh())
    assert shipped().brow.total(found) is not None
    assert set(shipped().brow.weights) <= set(CANDIDATES)


def test_a_brighter_lamp_changes_no_shade_and_even_skin_has_none() -> None:
    names = tuple(SHADES)
    dim = picture()
    bright = (dim.astype(np.float64) * 1.2).round().astype(np.uint8)
    shades, brighter = brow_shades(dim, mesh(), names), brow_shades(bright, mesh(), names)
    assert [shades[one] for one in names] == pytest.approx(
        [brighter[one] for one in names], abs=0.1
    )
    even = np.full((480, 640, 3), 90, np.uint8)
    assert all(value == 0.0 for value in brow_shades(even, mesh(), names).values())


def test_against_the_own_normal_the_movement_counts_as_much_as_what_is_seen() -> None:
    models = only_smile(own=0.5)
    one = {"brow_gap": 1.0}
    calmer, tenser = ({BROW_CALM: value} for value in (-2.0, 1.4))
    low, high = brow_score(one, tenser, models), brow_score(one, calmer, models)
    assert low is not None
    assert high is not None
    assert high == pytest.approx(1 / (1 + np.exp(-3.5)))  # 1 + (1 - -2) - 0.5
    assert low == pytest.approx(1 / (1 + np.exp(-0.1)))


def test_a_smile_s_movement_away_from_the_own_calm_face_counts_as_much_as_what_is_seen() -> None:
    smile = Linear(0.0, {"smile_lid": 0.0}, {"smile_lid": 1.0})
    models = replace(shipped(), smile=smile, smile_own_bias=0.5)
    one = {"smile_lid": 1.0}
    assert smile_score(one, None, models) == pytest.approx(1 / (1 + np.exp(-1.0)))
    # 1 + (1 - -2) + 0.5, and 1 + (1 - 3) + 0.5
    calmer, more = (smile_score(one, {SMILE_CALM: calm}, models) for calm in (-2.0, 3.0))
    assert calmer == pytest.approx(1 / (1 + np.exp(-4.5)))
    assert more == pytest.approx(1 / (1 + np.exp(0.5)))


def test_a_head_at_the_limit_keeps_what_it_had() -> None:
    turned = Turned()
    limit, beyond = EXPRESSION_YAW_DEG, EXPRESSION_YAW_DEG + TURN_MARGIN_DEG
    assert turned.push(limit + 1, 0.0)  # comes in from aside
    assert not turned.push(limit - 1, 0.0)
    assert not turned.push(beyond - 1, 0.0)  # holds
    assert turned.push(-beyond - 1, 0.0)
    assert turned.push(beyond - 1, 0.0)  # has to come back to the limit itself
    assert not turned.push(0.0, EXPRESSION_PITCH_DEG)
    assert turned.push(0.0, EXPRESSION_PITCH_DEG + TURN_MARGIN_DEG + 1)
    turned.push(0.0, 0.0)
    turned.clear()
    assert turned.push(limit + 1, 0.0)


@pytest.mark.parametrize(("around", "start", "measured"), [(33.0, 0.0, True), (33.0, 60.0, False)])
def test_a_head_that_trembles_at_the_limit_does_not_split_an_episode(
    around: float, start: float, measured: bool
) -> None:
    models = shipped()
    rest = dict(models.brow.centres) | dict(models.smile.centres)
    rest |= {"pitch_deg": 0.0, "roll_deg": 0.0, "face_scale": 0.2}
    face = FaceMeasures(None, frozenset(), models)
    rng = np.random.default_rng(1)
    seen = []
    for k in range(60):
        yaw = start if k < 15 else around + float(rng.normal(0, 0.8))
        values, missing = face.read(k / 15, {**rest, "yaw_deg": yaw}, None)
        if k >= 20:
            seen.append(values["brow"] is not None)
            assert measured or missing["smile"] is Reason.TURNED_AWAY
    assert set(seen) == {measured}
