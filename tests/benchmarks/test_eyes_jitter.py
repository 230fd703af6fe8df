"""What a session sees that begins at another moment is picked rightly out of all looks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from benchmarks.eyes_jitter import SAME_S, pairs, picked
from synth_vision import ScriptedFinder, grey_frames

from app.coach.types import CueEvent
from vision.analyser import VisionAnalyser


def test_a_late_session_looks_at_the_pictures_in_between() -> None:
    eyes = VisionAnalyser(finder=ScriptedFinder(), face_rate_hz=1000.0, body_rate_hz=10.0)
    looks = [look for frame in grey_frames(2.0) if (look := eyes.look(frame)) is not None]
    assert len(looks) == 60
    plain, late = list(picked(looks)), list(picked(looks, 1 / 30))
    assert (len(plain), len(late)) == (30, 31)
    assert [look.t for look in plain[:3]] == pytest.approx([0.0, 1 / 15, 2 / 15], abs=0.002)
    assert [look.t for look in late[:3]] == pytest.approx([1 / 30, 1 / 15, 2 / 15], abs=0.002)
    assert sum(look.body_looked for look in plain) == 10
    assert all(("arms_seen" in look.features) == look.body_looked for look in plain + late)


def test_episodes_are_the_same_where_both_ends_are() -> None:
    one = CueEvent("nod", 1.0, 2.0, 0.9, 0.5, None)
    near, far = replace(one, end_s=2.0 + SAME_S), replace(one, end_s=2.1 + SAME_S)
    assert pairs([one], [near]) == 1
    assert pairs([one], [far]) == pairs([one], [replace(one, cue="shake")]) == 0
    assert pairs([one, one], [near]) == 1
