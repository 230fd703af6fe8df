"""Builds the two senses as the app wants them: the only place that joins them to its cues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.coach.calibration import Calibrator
from app.coach.types import Sense
from app.session.own_normal import CalmFace
from audio.analyser import VoiceAnalyser
from audio.baseline import VoiceBaselineBuilder
from audio.types import Speaker
from vision.analyser import VisionAnalyser

if TYPE_CHECKING:
    from app.coach.catalogue import Catalogue
    from app.coach.types import Baseline


def measures_off(catalogue: Catalogue, switched_off: frozenset[str]) -> frozenset[str]:
    """Measures that nobody wants because every cue that listens to them is switched off."""
    wanted = {rule.measure for rule in catalogue.rules if rule.id not in switched_off}
    named = {rule.measure for rule in catalogue.rules if rule.id in switched_off}
    return frozenset(named - wanted)


def build_eyes(
    catalogue: Catalogue, baseline: Baseline | None, switched_off: frozenset[str]
) -> VisionAnalyser:
    """Build the eyes; cheap until the first look."""
    return VisionAnalyser(
        baseline.vision if baseline is not None else None,
        switched_off=measures_off(catalogue, switched_off),
    )


def build_ears(
    catalogue: Catalogue,
    baseline: Baseline | None,
    switched_off: frozenset[str],
    speaker: Speaker = Speaker.UNKNOWN,
) -> VoiceAnalyser:
    """Build the ears."""
    return VoiceAnalyser(
        baseline.voice if baseline is not None else None,
        speaker=speaker,
        switched_off=measures_off(catalogue, switched_off),
    )


def warm_senses(
    catalogue: Catalogue,
    baseline: Baseline | None,
    switched_off: frozenset[str],
    *,
    senses: frozenset[Sense],
    speaker: Speaker,
) -> tuple[VisionAnalyser | None, VoiceAnalyser | None]:
    """Build the senses of a live session and load their models, which takes seconds at first."""
    eyes = ears = None
    if Sense.VISION in senses:
        eyes = build_eyes(catalogue, baseline, switched_off)
        eyes.warm_up()
    if Sense.VOICE in senses:
        ears = build_ears(catalogue, baseline, switched_off, speaker)
        ears.warm_up()
    return eyes, ears


def build_calibrator() -> Calibrator:
    """Build a calibrator that makes both senses' own normal."""
    return Calibrator(CalmFace(), VoiceBaselineBuilder())
