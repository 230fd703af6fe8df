from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soxr

from audio.sources import AudioFile
from audio.speech.cepstra import BANK, Frames, bank
from audio.speech.voice_length import ENOUGH_S, PLAIN, WARPS, VoiceLength

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAMPLE = Path(__file__).parents[2] / "assets" / "sample" / "speech.ogg"


@pytest.fixture(scope="module")
def voice() -> NDArray[np.float32]:
    """One and a half seconds of a made woman's voice, 16 kHz."""
    source = AudioFile(SAMPLE)
    whole = np.concatenate([block.samples for block in source])
    part = whole[round(2.5 * source.rate_hz) : round(4.0 * source.rate_hz)]
    return np.asarray(soxr.resample(part, source.rate_hz, 16000), np.float32)


def lowered(samples: NDArray[np.float32], factor: float) -> NDArray[np.float32]:
    """The same played slower: every frequency times the factor."""
    return np.asarray(soxr.resample(samples, 16000, 16000 / factor), np.float32)


def heard(samples: NDArray[np.float32]) -> float:
    ears = VoiceLength()
    ears.listen(samples)
    return ears.warp


def test_high_formants_ask_for_a_higher_factor_and_low_ones_for_a_lower(
    voice: NDArray[np.float32],
) -> None:
    assert heard(voice) > PLAIN
    assert heard(lowered(voice, 0.78)) <= PLAIN


def test_too_little_talk_changes_nothing(voice: NDArray[np.float32]) -> None:
    ears = VoiceLength()
    ears.listen(voice[:300])
    ears.listen(voice[:6000])
    assert ears.warp == PLAIN
    assert ears.listens


def test_after_enough_talk_it_stays(voice: NDArray[np.float32]) -> None:
    ears = VoiceLength()
    ears._heard_s = ENOUGH_S - 0.1
    ears.listen(voice[:8000])
    assert not ears.listens
    assert ears.warp in WARPS


def test_without_the_acoustic_model_filters_stay(
    voice: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audio.speech.voice_length.model_folder", lambda: None)
    ears = VoiceLength()
    assert not ears.listens
    ears.listen(voice)
    assert ears.warp == PLAIN


def test_frames_are_the_same_in_pieces_of_any_size(voice: NDArray[np.float32]) -> None:
    whole = Frames(bank(1.12)).push(voice)
    ears = Frames(bank(1.12))
    pieces = [ears.push(voice[at : at + 777]) for at in range(0, len(voice), 777)]
    np.testing.assert_allclose(np.concatenate(pieces), whole)
    assert len(whole) == (len(voice) - 410) // 160 + 1


def test_moved_filters_lie_higher_and_all_below_half_the_rate() -> None:
    middle = [np.average(np.arange(257), weights=one.sum(axis=1)) for one in map(bank, WARPS)]
    assert middle == sorted(middle)
    assert all((bank(warp).sum(axis=0) > 0).all() for warp in WARPS)
    np.testing.assert_array_equal(bank(PLAIN), BANK)
