"""Readings made by hand, for tests of the coach."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.coach.catalogue import load_catalogue
from app.coach.engine import CueEngine
from app.coach.types import Baseline, CueRule, Direction, OwnLimit, Sense
from audio.baseline import VOICE_BASELINE_VERSION
from audio.types import VoiceBaseline, VoiceReading
from vision.types import VisionReading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.coach.types import CueEvent

CATALOGUE = load_catalogue()

PLAIN = CueRule(
    id="plain",
    sense=Sense.VISION,
    measure="arms_score",
    direction=Direction.ABOVE,
    enter=0.5,
    leave=0.4,
    unit="",
    episode_s=0.4,
    log_s=2.0,
    hint_s=4.0,
    bridge_s=0.6,
    own=None,
    backdate=False,
    finding=True,
    focus=True,
    name="plain thing",
    hint="stop it",
    advice="Try another thing.",
    icon="ph.hand",
    lane="arms",
    source="made for tests, where round numbers are easy to follow",
    sentence="Plain thing for {duration}.",
)
"""A rule whose numbers no change of the catalogue moves."""

VOICE = VoiceBaseline(
    version=VOICE_BASELINE_VERSION,
    room_dbfs=-60.0,
    level_dbfs=-28.0,
    pitch_hz=120.0,
    pitch_low_hz=90.0,
    pitch_high_hz=170.0,
    pitch_sd_st=2.6,
    pace_syl_s=3.6,
    pace_sd_syl_s=0.4,
    sharp_mean=50.0,
    sharp_sd=10.0,
    speech_s=20.0,
)
OWN = Baseline("2026-01-01T00:00:00+00:00", "calibration", None, VOICE)


def seen(t: float, **measures: Any) -> VisionReading:  # noqa: ANN401
    """A reading of a look at face and body."""
    return VisionReading(t, face_looked=True, body_looked=True, **measures)


def heard(t: float, **measures: Any) -> VoiceReading:  # noqa: ANN401
    """A reading of a hop."""
    return VoiceReading(t, **measures)


def arms(*steps: tuple[float, float | None]) -> list[VisionReading]:
    """Readings of `arms_score` at given times."""
    return [seen(t, arms_score=score) for t, score in steps]


def every(start_s: float, end_s: float, step_s: float = 0.2) -> list[float]:
    """Times of a grid from start to end, both included."""
    count = round((end_s - start_s) / step_s)
    return [start_s + step_s * n for n in range(count + 1)]


def run(
    readings: Iterable[VisionReading | VoiceReading],
    rule: CueRule = PLAIN,
    baseline: Baseline | None = None,
    *,
    finish_s: float = 1000.0,
) -> list[CueEvent]:
    """Push all readings through an engine of one rule."""
    engine = CueEngine([rule], baseline, frozenset())
    events = [event for reading in readings for event in engine.push(reading)]
    return events + engine.finish(finish_s)


def pace_rule(**changes: Any) -> CueRule:  # noqa: ANN401
    """A rule with an own limit and no lag."""
    values = {
        "sense": Sense.VOICE,
        "measure": "pace_syl_s",
        "enter": 4.0,
        "leave": 3.7,
        "own": OwnLimit("pace_syl_s", "pace_sd_syl_s", 1.5),
        "normal": "pace_syl_s",
    }
    return replace(PLAIN, **(values | changes))
