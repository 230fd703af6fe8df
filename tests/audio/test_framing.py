from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from synth_audio import blocks, cut, tone

from audio.framing import Framer, Piece
from audio.types import HOP_S, AudioBlock


def run(parts: list[AudioBlock]) -> list[Piece]:
    framer = Framer()
    return [piece for part in parts for piece in framer.push(part)] + framer.finish()


def joined(pieces: list[Piece]) -> np.ndarray:
    return np.concatenate([piece.samples for piece in pieces])


@pytest.mark.parametrize("rate_hz", [8000, 16000, 22050, 44100, 48000])
def test_length_and_frequency_survive_resampling(rate_hz: int) -> None:
    out = joined(run(list(blocks(tone(440.0, 2.0, rate_hz), rate_hz, size=960))))
    assert abs(len(out) - 32000) <= 1
    peak = np.abs(np.fft.rfft(out[:32000])).argmax() / 2.0
    assert peak == pytest.approx(440.0, abs=0.5)


def test_sixteen_kilohertz_passes_unchanged() -> None:
    sound = tone(300.0, 1.0)
    np.testing.assert_array_equal(joined(run(list(blocks(sound, size=333)))), sound)


def test_a_stretch_begins_on_the_hop_grid_to_the_sample() -> None:
    sound = np.arange(16000, dtype=np.float32) / 16000
    first = run(list(blocks(sound, t0=0.0425)))[0]
    assert first.fresh
    assert first.hop == 1
    # 0.1 s on the grid lies 0.0575 s into the sound: sample 920.
    assert first.samples[0] == sound[920]


@settings(max_examples=30, deadline=None)
@given(sizes=st.lists(st.integers(1, 5000), max_size=40), rate_hz=st.sampled_from([16000, 44100]))
def test_the_size_of_blocks_does_not_matter(sizes: list[int], rate_hz: int) -> None:
    sound = tone(220.0, 0.7, rate_hz)
    one = joined(run([AudioBlock(0.03, sound, rate_hz)]))
    many = joined(run(list(cut(sound, sizes, rate_hz, t0=0.03))))
    np.testing.assert_array_equal(one, many)


def test_a_jump_starts_afresh_on_the_grid() -> None:
    early = list(blocks(tone(200.0, 1.0), t0=0.0))
    late = list(blocks(tone(200.0, 1.0), t0=1.37))
    fresh = [piece for piece in run(early + late) if piece.fresh]
    assert [piece.hop * HOP_S for piece in fresh] == pytest.approx([0.0, 1.4])


def test_a_small_hole_is_bridged_and_an_overlap_left_out() -> None:
    sound = np.ones(16000, np.float32)
    with_hole = run([AudioBlock(0.0, sound, 16000), AudioBlock(1.1, sound, 16000)])
    assert len(joined(with_hole)) == 32000 + 1600
    assert sum(piece.fresh for piece in with_hole) == 1
    np.testing.assert_allclose(joined(with_hole), 1.0)
    doubled = run([AudioBlock(0.0, sound, 16000), AudioBlock(0.9, sound, 16000)])
    assert len(joined(doubled)) == 32000 - 1600


def test_slow_drift_moves_the_grid_with_the_clock() -> None:
    """A device 1000 parts in a million slow: after 60 s the hops still lie on session time."""
    step_s = 0.1 * 1.001
    framer = Framer()
    block = tone(200.0, 0.1)
    count = sum(
        len(piece.samples)
        for k in range(600)
        for piece in framer.push(AudioBlock(k * step_s, block, 16000))
    )
    assert count / 16000 == pytest.approx(600 * step_s, abs=0.03)


def test_a_change_of_rate_starts_afresh() -> None:
    parts = [AudioBlock(0.0, tone(200.0, 0.5), 16000), AudioBlock(0.5, tone(200, 0.5, 8000), 8000)]
    assert [piece.fresh for piece in run(parts)].count(True) == 2


def test_empty_and_broken_samples() -> None:
    framer = Framer()
    assert framer.push(AudioBlock(0.0, np.zeros(0, np.float32), 16000)) == []
    bad = np.array([np.nan, np.inf, 0.5], np.float32)
    out = joined(framer.push(AudioBlock(0.0, bad, 16000)))
    assert np.isfinite(out).all()
