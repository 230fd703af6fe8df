from __future__ import annotations

import json
import math
from dataclasses import replace
from types import MappingProxyType

import pytest
from coach.coach_readings import OWN, VOICE
from hypothesis import given, settings
from hypothesis import strategies as st

from app.coach.baseline_file import dump_baseline, load_baseline
from app.coach.types import Baseline
from app.errors import AppError
from vision.types import VisionBaseline

EYES = VisionBaseline(3, MappingProxyType({"brow_gap": 0.21}), None, (12.5, -3.0), 75)
BOTH = Baseline("2026-01-01T00:00:00+00:00", "calibration", EYES, VOICE)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


def test_it_comes_back_equal() -> None:
    assert load_baseline(dump_baseline(BOTH), "own.json") == BOTH


@settings(max_examples=40)
@given(st.dictionaries(st.text(max_size=8), NUMBERS, max_size=5), st.none() | NUMBERS)
def test_numbers_come_back_bit_exact(features: dict[str, float], pace: float | None) -> None:
    eyes = VisionBaseline(1, features, features, None, 3)
    own = Baseline("x", "first_pass", eyes, replace(VOICE, pace_syl_s=pace))
    assert load_baseline(dump_baseline(own), "own.json") == own


def test_another_version_of_the_measures_is_left_out_with_a_note() -> None:
    text = dump_baseline(BOTH)
    own = load_baseline(text, "own.json", vision_version=4, voice_version=VOICE.version)
    assert own.vision is None
    assert own.voice == VOICE
    assert len(own.notes) == 1
    assert "face and posture" in own.notes[0]


def test_the_same_version_is_used() -> None:
    text = dump_baseline(BOTH)
    own = load_baseline(text, "own.json", vision_version=3, voice_version=VOICE.version)
    assert own == BOTH


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"format": "something"}, "not an own normal saved by Rapport"),
        ({"version": 99}, "newer Rapport"),
        ({"made_at": None}, "does not say when"),
        ({"voice": {"version": 1}}, "own.json: voice: unknown or missing: .*level_dbfs"),
        ({"voice": 5}, "own.json: voice is neither"),
        ({"notes": "x"}, "not a list of sentences"),
    ],
)
def test_a_wrong_file_is_told(change: dict[str, object], told: str) -> None:
    data = json.loads(dump_baseline(BOTH)) | change
    with pytest.raises(AppError, match=told):
        load_baseline(json.dumps(data), "own.json")


@pytest.mark.parametrize(
    ("half", "field", "value"),
    [
        ("voice", "pace_syl_s", "fast"),
        ("voice", "pace_syl_s", True),
        ("voice", "pace_syl_s", math.inf),
        ("voice", "version", None),
        ("vision", "facing", [1.0]),
        ("vision", "face", {"a": None}),
        ("vision", "face", [1.0]),
    ],
)
def test_a_wrong_value_is_told_with_its_place(half: str, field: str, value: object) -> None:
    data = json.loads(dump_baseline(BOTH))
    data[half][field] = value
    with pytest.raises(AppError, match=rf"own\.json: {half}\.{field}"):
        load_baseline(json.dumps(data), "own.json")


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "\x00\x01", "[" * 100_000, "9" * 5_000])
def test_anything_else_is_told(text: str) -> None:
    with pytest.raises(AppError, match=r"^own\.json"):
        load_baseline(text, "own.json")


def test_a_half_that_was_skipped_stays_none() -> None:
    assert load_baseline(dump_baseline(OWN), "own.json").vision is None
