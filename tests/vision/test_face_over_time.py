"""Winks and turned heads: what a face measure makes of looks that follow each other."""

from __future__ import annotations

from vision.facing import TRUE_YAW_DEG
from vision.measures import FaceMeasures
from vision.models import shipped
from vision.types import Reason, VisionBaseline

NONE_OFF: frozenset[str] = frozenset()


def calm(**more: float) -> dict[str, float]:
    """Features of a calm face from the front."""
    models = shipped()
    face = {"yaw_deg": 0.0, "pitch_deg": 0.0, "roll_deg": 0.0, "face_scale": 0.2}
    return face | dict(models.brow.centres) | dict(models.smile.centres) | more


def own(facing: tuple[float, float] | None) -> VisionBaseline:
    return VisionBaseline(2, None, None, facing, 20)


def test_a_wink_is_not_measured_until_its_brow_has_settled() -> None:
    face = FaceMeasures(None, NONE_OFF, shipped())
    gaps = {0: 0.0, 5: 0.15, 10: 0.08, 15: 0.02}
    seen = {}
    for k in range(30):
        gap = gaps[max(at for at in gaps if at <= k)]
        values, _ = face.read(k / 15, calm(eye_gap=gap), None)
        seen[k] = values["brow"] is not None
    assert all(seen[k] for k in range(5))
    assert not any(seen[k] for k in range(5, 15))
    assert all(seen[k] for k in range(20, 30))


def smiles(gaps: list[float], lost_at: int | None = None) -> list[float]:
    """Scores of a face that does not move, but for the gap of its lips, 15 looks a second."""
    face = FaceMeasures(None, NONE_OFF, shipped())
    found = []
    for k, gap in enumerate(gaps):
        why = Reason.NO_PERSON if k == lost_at else None
        values, _ = face.read(k / 15, calm(mouth_open=gap), why)
        if values["smile"] is not None:
            found.append(values["smile"])
    return found


def test_while_the_mouth_talks_more_is_asked_of_a_smile() -> None:
    closed, open_ = smiles([0.0] * 15), smiles([0.3] * 15)
    assert closed == open_, "a mouth that stays open does not talk"
    talk = smiles([0.0, 0.1] * 8)
    assert talk[-1] < closed[-1] - 0.05
    assert smiles([0.0, 0.1] * 8 + [0.1] * 21)[-1] == closed[-1], "a second later it is over"


def test_how_the_mouth_moved_before_a_loss_does_not_count_after_it() -> None:
    gaps = [0.0, 0.1] * 8
    assert smiles([*gaps, 0.1, *[0.1] * 5], lost_at=16)[-1] == smiles([0.1])[0]


def test_a_slightly_uneven_face_is_measured() -> None:
    face = FaceMeasures(None, NONE_OFF, shipped())
    values, _ = face.read(0.0, calm(eye_gap=0.08), None)
    assert values["brow"] is not None


def test_a_head_beyond_the_mesh_faces_away_where_the_direction_is_known() -> None:
    face = FaceMeasures(own((10.0, 0.0)), NONE_OFF, shipped())
    face.read(0.0, calm(), None)
    read = [face.read(0.1 * k, {}, Reason.TURNED_AWAY) for k in range(1, 6)]
    values, missing = read[-1]
    assert values["facing_off_deg"] == TRUE_YAW_DEG - 10.0
    assert "facing_off_deg" not in missing
    assert missing["brow"] is Reason.TURNED_AWAY
    assert read[0][0]["facing_off_deg"] is None  # one lost look is no turn


def test_a_head_beyond_the_mesh_is_a_gap_without_a_direction_or_when_hidden() -> None:
    blind = FaceMeasures(own(None), NONE_OFF, shipped())
    known = FaceMeasures(own((0.0, 0.0)), NONE_OFF, shipped())
    off = FaceMeasures(own((0.0, 0.0)), frozenset({"facing_off_deg"}), shipped())
    for k in range(5):
        values, missing = blind.read(0.1 * k, {}, Reason.TURNED_AWAY)
        assert values["facing_off_deg"] is None
        hidden, why = known.read(0.1 * k, {}, Reason.HIDDEN)
        assert hidden["facing_off_deg"] is None
        assert why["facing_off_deg"] is Reason.HIDDEN
        assert off.read(0.1 * k, {}, Reason.TURNED_AWAY)[0]["facing_off_deg"] is None
    assert missing["facing_off_deg"] is Reason.NO_OWN_NORMAL


def test_a_mesh_turned_too_far_gives_the_least_angle() -> None:
    face = FaceMeasures(own((0.0, 0.0)), NONE_OFF, shipped())
    values, _ = face.read(0.0, calm(yaw_deg=80.0), None)
    assert values["facing_off_deg"] == TRUE_YAW_DEG
