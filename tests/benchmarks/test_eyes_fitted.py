"""What a score was fitted on is known by the pictures, whatever set they come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from benchmarks import eyes_fitted
from benchmarks.eyes_arms import _not_visible
from benchmarks.eyes_fitted import FOLDS, fitted_on, keep, overlap
from benchmarks.eyes_photos import Photo
from benchmarks.framework import all_right, f1

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(eyes_fitted, "KEPT", tmp_path / "fitted_on.toml")
    fitted_on.cache_clear()
    yield tmp_path / "fitted_on.toml"
    fitted_on.cache_clear()


def photos(folder: Path, names: str) -> list[Photo]:
    """A picture for each letter, of the person of that letter."""
    found = []
    for name in names:
        path = folder / f"{name}{len(names)}.jpg"
        path.write_text(f"picture of {name}", "utf-8")
        found.append(Photo(path, {"person": name}, ()))
    return found


def test_the_whole_fit_makes_models_that_leave_a_group_out(kept: Path, tmp_path: Path) -> None:
    keep("brow", [one.path for one in photos(tmp_path, "abcdefghij")])
    found = overlap("brow", photos(tmp_path, "abcdefghijxyz"), "person")
    assert found.whole
    assert found.note(["a", "x"]) == FOLDS
    rows = {"a": [(True, True)], "x": [(True, False)]}
    figures = found.figures("brow.f1", rows, f1, "brow")
    assert figures["brow.f1_known_share"].value == 0.0
    assert (figures["brow.f1_unseen"].value, figures["brow.f1_unseen"].n) == (0.0, 1)


def test_a_part_of_the_fit_is_told_as_what_it_is(kept: Path, tmp_path: Path) -> None:
    keep("brow", [one.path for one in photos(tmp_path, "abcdefghij")])
    found = overlap("brow", photos(tmp_path, "abx"), "person")
    assert not found.whole
    assert found.groups == {"a", "b"}
    assert "2 of these 3" in found.note(["a", "b", "x"])
    rows = {"a": [(True, True)], "b": [(True, True)], "x": [(False, False), (True, True)]}
    figures = found.figures("brow.f1", rows, f1, "brow")
    assert figures["brow.f1_known_share"].value == 0.5
    assert figures["brow.f1_unseen"].n == 2


def test_scores_keep_their_marks_side_by_side(kept: Path, tmp_path: Path) -> None:
    (one, other) = photos(tmp_path, "ab")
    keep("brow", [one.path])
    keep("smile", [other.path])
    keep("brow", [other.path])
    assert fitted_on()["brow"] == fitted_on()["smile"] == {eyes_fitted.mark(other.path)}
    assert overlap("arms", [one], "person").whole is False


def test_what_was_fitted_on_is_written_down() -> None:
    assert all(len(marks) > 100 for marks in fitted_on().values())
    assert set(fitted_on()) == {"arms", "brow", "smile"}


def test_the_worst_is_told_without_a_name() -> None:
    rows = {
        "good": [(True, True)] * 3,
        "bad": [(True, False), (False, False)],
        "worse": [(True, False), (True, False), (False, False)],
    }
    found = all_right(rows, data="brow")
    assert found.value == pytest.approx(1 / 3)
    assert found.note == "at worst 1 of 3 right"
    assert all_right({"good": rows["good"]}, data="brow").note == ""


def test_not_visible_is_right_where_arms_are_cut_off(tmp_path: Path) -> None:
    kinds = (("yes", "arms_folded"), ("partial", "arms_cut_off"), ("partial", "relaxed"))
    nobody = [
        Photo(tmp_path, {"torso_visible": seen, "arm_type": kind, "group": kind, "source": "s"}, ())
        for seen, kind in kinds
    ]
    found = _not_visible(nobody)
    assert found["arms.not_visible_in_view"].n == found["arms.not_visible_cut_off"].n == 1
    assert found["arms.not_visible_rightly"].value == pytest.approx(2 / 3)
    assert found["arms.not_visible_rate.by_speaker.s"].value == 1.0
