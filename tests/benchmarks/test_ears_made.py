"""Sound that was made says how far the ears are off, and says it of deaf ones too."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks import ears_made

from audio.framing import RATE_HZ


def test_the_truth_of_a_made_talk_is_where_it_says() -> None:
    talk, trains, pauses = ears_made._talk(120.0, np.random.default_rng(1))
    assert len(trains) == ears_made.TRAINS == len(pauses) + 1
    for rate, start_s, end_s in trains:
        assert (end_s - start_s) * rate == pytest.approx(round(ears_made.TRAIN_S * rate), abs=0.1)
        assert level(talk, start_s, end_s) > 0.02
    for pause, (_, _, end_s) in zip(pauses, trains, strict=False):
        assert pause.start_s == end_s
        assert level(talk, pause.start_s, pause.end_s) < 0.001


def test_a_pitch_that_is_found_wrongly_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ears_made, "hear", lambda _: [])
    steps = round(ears_made.GLIDE_S * 100)
    monkeypatch.setattr(ears_made, "pitch", lambda _: np.full(steps, 300.0, np.float32))
    gross, apart_st = ears_made._glide(150.0, np.random.default_rng(1))
    assert np.mean(gross) == 1.0
    assert np.mean(apart_st) == pytest.approx(12.0, abs=0.5)


def level(talk: np.ndarray[tuple[int], np.dtype[np.float32]], from_s: float, to_s: float) -> float:
    part = talk[round(from_s * RATE_HZ) + 160 : round(to_s * RATE_HZ) - 160]
    return float(np.sqrt(np.mean(part.astype(np.float64) ** 2)))
