"""What an own normal keeps: enough for the measures, too little to know a face by."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from synth_vision import ScriptedFinder, grey_frames, head_mesh, skeleton

from vision.analyser import VisionAnalyser
from vision.baseline import VisionBaselineBuilder, distilled, first_pass

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vision.types import VisionBaseline, VisionLook


def standing(t: float) -> NDArray[np.float32]:
    return skeleton("hanging")


def looks(finder: ScriptedFinder, seconds: float) -> list[VisionLook]:
    eyes = VisionAnalyser(finder=finder)
    return [look for frame in grey_frames(seconds) if (look := eyes.look(frame)) is not None]


def calm() -> VisionBaseline:
    builder = VisionBaselineBuilder()
    for look in looks(ScriptedFinder(body=standing, face=lambda t: head_mesh(8.0, -4.0)), 2.0):
        builder.add(look)
    own = builder.build()
    assert own is not None
    return own


def test_two_sums_a_size_and_a_place_are_kept_of_a_face_and_one_height_of_a_body() -> None:
    kept = distilled(calm())
    assert kept is not None
    assert set(kept.face or {}) == {
        "brow_calm", "smile_calm", "face_scale", "place_x", "face_y", "face_height",
    }  # fmt: skip
    assert set(kept.body or {}) <= {"head_above"}
    assert kept.facing == calm().facing


def test_what_is_kept_measures_as_the_whole_does() -> None:
    finder = ScriptedFinder(
        body=standing, face=lambda t: head_mesh(20 * np.sin(t), 10 * np.sin(4 * t), eyes_px=44.0)
    )
    seen = looks(finder, 3.0)
    whole, kept = VisionAnalyser(calm()), VisionAnalyser(distilled(calm()))
    without = VisionAnalyser()
    readings = [whole.read(look) for look in seen]
    assert [replace(one, joints=None) for one in readings] == [
        replace(kept.read(look), joints=None) for look in seen
    ]
    assert [one.brow for one in readings] != [without.read(look).brow for look in seen]


def test_distilling_twice_changes_nothing() -> None:
    once = distilled(calm())
    assert distilled(once) == once
    assert distilled(None) is None


def test_skipped_halves_stay_skipped() -> None:
    kept = distilled(replace(calm(), face=None, body=None))
    assert kept is not None
    assert (kept.face, kept.body) == (None, None)


def turned_away_by_another(t: float) -> NDArray[np.float32]:
    """The own head, and for two thirds of the time somebody else's in its place."""
    return head_mesh(2.0, 0.0) if t < 2.0 else head_mesh(20.0, 0.0)


def test_a_normal_is_made_of_looks_at_one_person_alone() -> None:
    seen = looks(
        ScriptedFinder(
            body=standing, face=turned_away_by_another, people=lambda t: 1 if t < 2.0 else 2
        ),
        6.0,
    )
    # The count that doubts comes with the first look of two people, and the next one confirms it.
    own = [look for look in seen if look.features["people"] < 2.0]
    assert max(look.t for look in own) < 2.2
    builder = VisionBaselineBuilder()
    for look in seen:
        builder.add(look)
    normal, of_file = builder.build(), first_pass(seen)
    assert normal is not None
    assert of_file is not None
    assert normal.facing is not None
    assert abs(normal.facing[0] - 2.0) < 1.0
    assert normal.looks == sum(look.face_looked for look in own)
    assert of_file.looks <= normal.looks


def test_several_people_make_no_normal() -> None:
    seen = looks(ScriptedFinder(people=lambda t: 2), 4.0)
    builder = VisionBaselineBuilder()
    for look in seen:
        builder.add(look)
    assert builder.build() is None
    assert first_pass(seen) is None
