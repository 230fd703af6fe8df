"""How well the ears measure: every figure of sound in the footage's README."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import numpy as np
from benchmarks.ears_data import Sound, sound
from benchmarks.ears_fillers import filler_metrics
from benchmarks.ears_made import made_metrics
from benchmarks.ears_noise import noise_metrics
from benchmarks.ears_pace import pace_metrics
from benchmarks.ears_phrases import phrase_metrics
from benchmarks.ears_speech import pause_metrics, vad_metrics
from benchmarks.ears_voice import pitch_metrics, tone_metrics
from benchmarks.ears_words import words_metrics
from benchmarks.footage_files import TALK, broken
from benchmarks.framework import Metric, plain

from audio import pitch
from audio.analyser import VoiceAnalyser
from audio.framing import RATE_HZ, STEP, STEPS
from audio.types import AudioBlock
from audio.voicing import SpeechDetector

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def speed_metrics(footage: Path) -> dict[str, Metric]:
    """Processor time over sound time on the clip of 61 s, decoding left out."""
    names = ("ears.realtime_factor", "ears.realtime_factor_no_vad", "pitch.realtime_factor")
    clip = footage / "talking" / TALK
    if not clip.is_file() or TALK in broken(clip.parent):
        return {name: Metric(None) for name in names}
    samples = sound(clip)
    VoiceAnalyser().warm_up()
    whole = _factor(_analyse, samples)
    without = _factor(_analyse_without_vad, samples)
    alone = _factor(_track, samples)
    values = zip(names, (whole, without, alone), strict=True)
    return {name: plain(value, 1, data="talking") for name, value in values}


def _analyse(samples: Sound) -> None:
    analyser = VoiceAnalyser()
    for at in range(0, len(samples), 320):
        analyser.push(AudioBlock(at / RATE_HZ, samples[at : at + 320], RATE_HZ))
    analyser.finish()


class _Heard(SpeechDetector):
    """Says that everything is speech, without listening."""

    def push(self, samples: Sound) -> None:
        self._chunks += [1.0] * (len(samples) // 512 + 1)


def _analyse_without_vad(samples: Sound) -> None:
    analyser = VoiceAnalyser()
    analyser._detector = _Heard()
    for at in range(0, len(samples), 320):
        analyser.push(AudioBlock(at / RATE_HZ, samples[at : at + 320], RATE_HZ))
    analyser.finish()


def _track(samples: Sound) -> None:
    tracker = pitch.PitchTracker()
    for at in range(0, len(samples) - 2 * pitch.LEFT - STEP * STEPS, STEP * STEPS):
        tracker.push(samples[at : at + STEP * STEPS + 2 * pitch.LEFT], STEPS)
        tracker.take(STEPS)


def _factor(run: Callable[[Sound], None], samples: Sound) -> float:
    """Median of three runs: processor seconds a second of sound."""
    spent = []
    for _ in range(3):
        start = time.process_time()
        run(samples)
        spent.append(time.process_time() - start)
    return float(np.median(spent)) / (len(samples) / RATE_HZ)


PARTS: Final[dict[str, Callable[[Path], dict[str, Metric]]]] = {
    "vad": vad_metrics,
    "pause": pause_metrics,
    "pace": pace_metrics,
    "pitch": pitch_metrics,
    "tone": tone_metrics,
    "filler": filler_metrics,
    "babble": noise_metrics,
    "sound that was made": lambda _: made_metrics(),
    "phrase": phrase_metrics,
    "words": words_metrics,
    "time of the ears": speed_metrics,
}
"""Part of the benchmark -> what measures it; each gives null for a set that is absent."""
