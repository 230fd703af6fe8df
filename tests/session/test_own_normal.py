"""A saved own normal meets the measures in use."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from synth_audio import hops

from app.coach.baseline_file import dump_baseline
from app.coach.types import Baseline, Lane, Mark, MarkKind
from app.session.own_normal import first_pass, fitting, read_own_normal
from audio.baseline import VOICE_BASELINE_VERSION
from audio.types import VoiceBaseline
from vision.baseline import VISION_BASELINE_VERSION
from vision.types import VisionBaseline


def own(vision_version: int, voice_version: int) -> Baseline:
    return Baseline(
        "2026-01-01T00:00:00+00:00",
        "calibration",
        VisionBaseline(vision_version, {"face_scale": 0.1}, None, (3.0, 1.0), 75),
        VoiceBaseline(voice_version, *[1.0] * 11),
    )


def test_a_normal_of_these_measures_is_used_as_it_is() -> None:
    mine = own(VISION_BASELINE_VERSION, VOICE_BASELINE_VERSION)
    assert fitting(mine) == mine
    assert fitting(None) is None


def test_the_half_of_another_version_is_left_out_and_said() -> None:
    left = fitting(own(VISION_BASELINE_VERSION - 1, VOICE_BASELINE_VERSION))
    assert left is not None
    assert left.vision is None
    assert left.voice is not None
    assert len(left.notes) == 1
    assert "face and posture" in left.notes[0]
    assert fitting(left) == left


def test_a_file_is_held_against_the_versions_too() -> None:
    text = dump_baseline(own(VISION_BASELINE_VERSION, VOICE_BASELINE_VERSION + 1))
    assert read_own_normal(text, "own.json").voice is None


@pytest.mark.parametrize("theirs", ["customer", "both"])
def test_a_customer_has_no_part_in_the_own_normal_of_a_file(theirs: str) -> None:
    talk = hops([(True, 30.0)])
    low = np.full(10, 90.0, np.float32)
    mixed = [replace(hop, pitch_hz=low, level_dbfs=-5.0) if hop.t > 10.0 else hop for hop in talk]
    marks = [
        Mark(t, Lane.SELF, MarkKind.SPEAKER, "ana", {"speaker": speaker})
        for t, speaker in ((0.0, "staff"), (10.0, theirs))
    ]
    own, alone = first_pass([], mixed, marks), first_pass([], talk[:100])
    assert own.voice is not None
    assert own.voice == alone.voice
    assert own.voice != first_pass([], mixed).voice
    assert first_pass([], mixed, [replace(marks[1], t=0.0)]).voice is None
