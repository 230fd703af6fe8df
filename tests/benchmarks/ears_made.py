"""The ears over sound whose truth is exact: trains of syllables, pauses between them, glides.

Nothing was fitted on it: a hiss and a vowel of a source and filter for each syllable, at a steady
rate, and a buzz whose pitch is known at each sample.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from benchmarks.ears_data import hear, pitch
from benchmarks.ears_pace import correlation, counted, relative_error
from benchmarks.ears_speech import PauseCounts, judge, pause_f1
from benchmarks.framework import Metric, bootstrap, mean
from synth_audio import pulses, silence, syllables, together

from audio.framing import RATE_HZ
from audio.types import Pause

if TYPE_CHECKING:
    from benchmarks.ears_data import Sound
    from benchmarks.ears_pace import Row

VOICES: Final = 12
RATES_S: Final = (3.0, 3.5, 4.0, 4.5, 5.0, 5.5, 6.0, 6.5, 7.0)
"""Syllables a second."""
PAUSES_S: Final = (0.1, 0.15, 0.3, 0.4, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0)
TRAINS: Final = 5
TRAIN_S: Final = 4.0
GLIDE_S: Final = 6.0
ROOM_S: Final = 0.6
OFF: Final = 0.2
"""A pitch that is off by more is a gross error."""
TRAIN_DATA: Final = "made: trains of syllables"
GLIDE_DATA: Final = "made: glides of a voice"


def made_metrics() -> dict[str, Metric]:
    """Pace, pauses and pitch of twelve voices that were made."""
    rates: dict[str, list[Row]] = {}
    counts: dict[str, list[PauseCounts]] = {}
    edges: dict[str, list[float]] = {}
    gross: dict[str, list[bool]] = {}
    apart: dict[str, list[float]] = {}
    for number in range(VOICES):
        rng, voice = np.random.default_rng(300 + number), str(number)
        hz = float(np.geomspace(85.0, 250.0, VOICES)[number])
        talk, trains, pauses = _talk(hz, rng)
        hops = hear(talk)
        rates[voice] = [
            (rate, counted(hops, start_s, end_s).syl_s) for rate, start_s, end_s in trains
        ]
        judge(counts, edges, voice, hops, pauses)
        gross[voice], apart[voice] = _glide(hz, rng)
    return {
        "synthetic.pace_mape": bootstrap(rates, relative_error, data=TRAIN_DATA),
        "synthetic.pace_r": bootstrap(rates, correlation, data=TRAIN_DATA),
        "synthetic.pause_f1": bootstrap(counts, pause_f1, data=TRAIN_DATA),
        "synthetic.pause_edge_mae_s": bootstrap(edges, mean, data=TRAIN_DATA),
        "synthetic.pitch_gross_error": bootstrap(gross, mean, data=GLIDE_DATA),
        "synthetic.pitch_mae_st": bootstrap(apart, mean, data=GLIDE_DATA),
    }


def _talk(
    hz: float, rng: np.random.Generator
) -> tuple[Sound, list[tuple[float, float, float]], list[Pause]]:
    """Sound, (syllables a second, start, end) of each train, and what lies between them."""
    parts, trains, pauses = [silence(ROOM_S)], [], []
    at_s = ROOM_S
    for rate in rng.choice(RATES_S, TRAINS, replace=False):
        train = syllables(float(rate), round(TRAIN_S * rate), hz=hz)
        length_s = len(train) / RATE_HZ
        pause_s = float(rng.choice(PAUSES_S))
        trains.append((float(rate), at_s, at_s + length_s))
        pauses.append(Pause(at_s + length_s, at_s + length_s + pause_s))
        parts += [train, silence(pause_s)]
        at_s += length_s + pause_s
    return together(*parts), trains, pauses[:-1]


def _glide(hz: float, rng: np.random.Generator) -> tuple[list[bool], list[float]]:
    """Gross errors, and semitones between the true and the found pitch, of each voiced step."""
    t = np.arange(round(GLIDE_S * RATE_HZ)) / RATE_HZ
    slow, fast = rng.uniform(0.3, 0.6), rng.uniform(1.0, 2.0)
    sway_st = 3.0 * np.sin(2 * np.pi * slow * t) + np.sin(2 * np.pi * fast * t)
    true = hz * 2.0 ** (sway_st / 12.0)
    found = pitch(hear(pulses(true)))
    steps = np.arange(10, round(GLIDE_S * 100) - 10)  # its ends are faded by nothing
    told = found[steps] / true[((steps + 0.5) * RATE_HZ / 100).astype(int)]
    told = told[~np.isnan(told)]
    return (np.abs(told - 1.0) > OFF).tolist(), np.abs(12.0 * np.log2(told)).tolist()
