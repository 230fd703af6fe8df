"""Real voices: figures that must not fall, on a few files; the benchmark has all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from benchmarks.ears_data import hear, pitch, sound, utterances
from benchmarks.ears_speech import pauses

from audio.baseline import first_pass

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.footage


def test_pitch_agrees_with_the_laryngograph(footage: Path) -> None:
    wrong = []
    for one in list(utterances(footage, "fda"))[::7]:
        found = pitch(hear(sound(one.path)))
        true = np.loadtxt(one.path.with_suffix(".f0ref"))
        at = np.minimum((np.arange(len(true)) * 1.5).astype(int), len(found) - 1)
        both = (true > 0) & ~np.isnan(found[at])
        assert both.sum() > 0.6 * (true > 0).sum()
        wrong += (np.abs(found[at][both] / true[both] - 1.0) > 0.2).tolist()
    assert np.mean(wrong) < 0.03


def test_hand_marked_pauses_are_found(footage: Path) -> None:
    one = next(u for u in utterances(footage, "aligned") if u.path.stem == "acoustic_corpus")
    found = pauses(hear(sound(one.path)))
    inner = [(a, b) for a, b in one.truth["pauses_ge_0_25"] if a > 1.1 and b < 25.2]
    assert len(inner) == 6
    hits = sum(
        any(abs(p.start_s - a) < 0.15 and abs(p.end_s - b) < 0.15 for p in found) for a, b in inner
    )
    assert hits >= 4
    assert len(found) <= len(inner) + 3


def test_a_speakers_own_normal_is_plausible(footage: Path) -> None:
    hops = hear(sound(footage / "talking" / "obama_cspan_61s.mp4"))
    own = first_pass(hops)
    assert own is not None
    # A man's voice in a large hall, at the unhurried pace of a speech.
    assert own.pitch_hz is not None
    assert 100.0 < own.pitch_hz < 190.0
    assert own.pace_syl_s is not None
    assert 3.0 < own.pace_syl_s < 5.5
    assert 25.0 < own.speech_s < 55.0
