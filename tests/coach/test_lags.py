"""Episodes of windowed measures stand where the behaviour was, not where its window noticed it.

Each signal is made by construction: the behaviour lasts from FROM_S to TO_S, and the reading is
what a window over it must say. Nothing of the program's ears is used.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from coach.coach_readings import CATALOGUE, OWN, VOICE, every, heard, run

if TYPE_CHECKING:
    from app.coach.types import CueEvent
    from audio.types import VoiceReading

FROM_S, TO_S = 30.0, 45.0
STEP_S = 0.01


def behaviour(during: float, otherwise: float) -> np.ndarray:
    t = np.arange(0.0, 70.0, STEP_S)
    return np.where((t >= FROM_S) & (t < TO_S), during, otherwise)


def window(values: np.ndarray, t: float, length_s: float) -> np.ndarray:
    end = round(t / STEP_S)
    return values[max(0, end - round(length_s / STEP_S)) : end]


def times() -> list[float]:
    return every(10.0, 69.0, 0.1)


def event_of(cue: str, readings: list[VoiceReading]) -> CueEvent:
    (event,) = run(readings, CATALOGUE.rule(cue), OWN)
    return event


@pytest.mark.parametrize(
    ("cue", "level_db"),
    [("loud", 8.0), ("loud", 10.0), ("loud", 12.0), ("soft", -8.0), ("soft", -12.0)],
)
def test_level_over_two_seconds(cue: str, level_db: float) -> None:
    power = 10 ** (behaviour(level_db, 0.0) / 10)
    readings = [
        heard(t, level_over_db=10 * np.log10(window(power, t, 2.0).mean())) for t in times()
    ]
    event = event_of(cue, readings)
    assert event.start_s == pytest.approx(FROM_S, abs=0.5)
    assert event.end_s == pytest.approx(TO_S, abs=0.5)


@pytest.mark.parametrize("pace", [4.9, 5.4])
def test_pace_over_nine_seconds(pace: float) -> None:
    rate = behaviour(pace, 3.6)
    readings = [heard(t, pace_syl_s=float(window(rate, t, 9.0).mean())) for t in times()]
    event = event_of("pace_fast", readings)
    assert event.start_s == pytest.approx(FROM_S, abs=1.5)
    assert event.end_s == pytest.approx(TO_S, abs=1.5)


def test_pace_below_the_own_mean() -> None:
    rate = behaviour(2.2, 3.6)
    readings = [heard(t, pace_syl_s=float(window(rate, t, 9.0).mean())) for t in times()]
    event = event_of("pace_slow", readings)
    assert event.start_s == pytest.approx(FROM_S, abs=1.5)
    assert event.end_s == pytest.approx(TO_S, abs=1.5)


@pytest.mark.parametrize("lively_st", [2.5, 3.0])
def test_spread_of_pitch_over_seven_seconds(lively_st: float) -> None:
    noise = np.random.default_rng(1).normal(size=round(70.0 / STEP_S))
    pitch = noise * behaviour(0.7, lively_st)

    def spread(t: float) -> float:
        low, high = np.percentile(window(pitch, t, 7.0), (10, 90))
        return float(high - low) / 2.563

    event = event_of("flat_voice", [heard(t, pitch_sd_st=spread(t)) for t in times()])
    assert event.start_s == pytest.approx(FROM_S, abs=0.7)
    assert event.end_s == pytest.approx(TO_S, abs=0.7)


@pytest.mark.parametrize("sd", [2.4, 3.0])
def test_onsets_over_four_seconds(sd: float) -> None:
    slope = behaviour(sd, 0.0)
    readings = [heard(t, sharp=float(window(slope, t, 4.0).mean())) for t in times()]
    event = event_of("sharp_onset", readings)
    assert event.start_s == pytest.approx(FROM_S, abs=0.7)
    assert event.end_s == pytest.approx(TO_S, abs=0.7)


def test_a_run_of_talk_ends_where_the_talk_ended() -> None:
    def so_far(t: float) -> float | None:
        if t < FROM_S or t >= 52.0 + 1.0:
            return None
        return min(t, 52.0) - FROM_S

    event = event_of("talking_run", [heard(t, run_s=so_far(t)) for t in times()])
    assert event.start_s == pytest.approx(FROM_S, abs=0.15)
    assert event.end_s == pytest.approx(52.0, abs=0.15)


def test_a_silence_stands_where_it_was() -> None:
    def so_far(t: float) -> float:
        return t - 30.0 if 30.25 <= t < 36.0 else 0.0

    event = event_of("long_pause", [heard(t, pause_s=so_far(t)) for t in times()])
    assert event.start_s == pytest.approx(30.0, abs=0.15)
    assert event.end_s == pytest.approx(36.0, abs=0.15)


def test_a_median_over_three_looks_is_one_look_late_at_both_ends() -> None:
    """Three body looks: the score follows two looks of three, one look late at both ends."""
    rule = CATALOGUE.rule("arms_crossed")
    crossed = [1.0 if 30.0 <= t < 36.0 else 0.0 for t in every(0.0, 40.0)]
    scores = [float(np.median(crossed[max(0, n - 2) : n + 1])) for n in range(len(crossed))]
    readings = [
        replace(heard(t), pace_syl_s=score)
        for t, score in zip(every(0.0, 40.0), scores, strict=True)
    ]
    as_voice = replace(rule, sense=CATALOGUE.rule("loud").sense, measure="pace_syl_s")
    (event,) = run(readings, as_voice, replace(OWN, voice=VOICE))
    assert event.start_s == pytest.approx(30.0, abs=0.21)
    assert event.end_s == pytest.approx(36.0, abs=0.21)
