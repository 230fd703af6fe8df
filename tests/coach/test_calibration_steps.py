from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest
from coach.coach_readings import VOICE, every

from app.coach.calibration import CalibrationStep, Calibrator
from audio.types import VoiceBaseline, VoiceHop
from vision.types import Reason, VisionBaseline, VisionLook

EYES = VisionBaseline(1, {"a": 1.0}, None, (0.0, 0.0), 10)


@dataclass
class FakeEyes:
    taken: list[float] = field(default_factory=list)

    def add(self, look: VisionLook) -> None:
        self.taken.append(look.t)

    def build(self) -> VisionBaseline | None:
        return VisionBaseline(1, {"looks": float(len(self.taken))}, None, None, len(self.taken))


@dataclass
class FakeEars:
    taken: list[tuple[str, float]] = field(default_factory=list)

    def add(self, hop: VoiceHop, step: str) -> None:
        self.taken.append((step, hop.t))

    def build(self) -> VoiceBaseline | None:
        steps = {step for step, _ in self.taken}
        return VOICE if "talk" in steps else None


def look(t: float, *, face: bool = True) -> VisionLook:
    missing = {} if face else {"face": Reason.HIDDEN}
    return VisionLook(t, face_looked=True, body_looked=False, features={}, missing=missing)


def hop(t: float, speech: float) -> VoiceHop:
    return VoiceHop(t, speech, -30.0, np.zeros(0, np.float32), (), clipped=False)


@pytest.fixture
def calibrator() -> Calibrator:
    return Calibrator(FakeEyes(), FakeEars())


def test_each_step_takes_only_what_belongs_to_it(calibrator: Calibrator) -> None:
    calibrator.take(look(0.5))
    calibrator.start(CalibrationStep.FACE, 1.0)
    for t in every(0.8, 3.0, 0.1):
        calibrator.take(look(t))
        calibrator.take(hop(t, 0.9))
    made = calibrator.baseline("2026-01-01T00:00:00+00:00")
    assert made.vision is not None
    assert made.vision.looks == 21
    assert made.voice is None
    assert (made.origin, made.made_at) == ("calibration", "2026-01-01T00:00:00+00:00")


def test_progress_counts_only_usable_seconds(calibrator: Calibrator) -> None:
    calibrator.start(CalibrationStep.TALK, 0.0)
    for n in range(1, 101):
        calibrator.take(hop(n / 10, 0.9 if n % 2 else 0.1))
    progress = calibrator.progress()
    assert (progress.step, progress.seconds_wanted, progress.enough) == ("talk", 20.0, False)
    assert progress.seconds_done == pytest.approx(5.0)
    for n in range(101, 251):
        calibrator.take(hop(n / 10, 0.9))
    assert calibrator.progress().enough


def test_a_room_in_which_somebody_speaks_takes_longer(calibrator: Calibrator) -> None:
    calibrator.start("room", 0.0)
    for n in range(1, 61):
        calibrator.take(hop(n / 10, 0.9 if n <= 20 else 0.0))
    progress = calibrator.progress()
    assert progress.seconds_done == pytest.approx(4.0)
    assert not progress.enough


def test_a_hidden_face_does_not_count(calibrator: Calibrator) -> None:
    calibrator.start("face", 0.0)
    for t in every(0.1, 6.0, 0.1):
        calibrator.take(look(t, face=t > 4.05))
    progress = calibrator.progress()
    assert 1.5 <= progress.seconds_done <= 2.5
    assert not progress.enough


def test_a_skipped_step_is_not_measured(calibrator: Calibrator) -> None:
    calibrator.start("talk", 0.0)
    calibrator.take(hop(0.1, 0.9))
    calibrator.start("face", 1.0)
    calibrator.take(look(1.1))
    calibrator.skip("talk")
    calibrator.skip("face")
    made = calibrator.baseline("now")
    assert (made.vision, made.voice) == (None, None)


def test_a_step_begun_again_counts_its_last_run(calibrator: Calibrator) -> None:
    for start in (0.0, 10.0):
        calibrator.start("face", start)
        for t in every(start + 0.1, start + 1.0, 0.1):
            calibrator.take(look(t))
    made = calibrator.baseline("now")
    assert made.vision is not None
    assert made.vision.looks == 10


def test_the_own_normal_may_be_asked_for_between_steps(calibrator: Calibrator) -> None:
    calibrator.start("face", 0.0)
    calibrator.take(look(0.1))
    first = calibrator.baseline("now")
    calibrator.start("talk", 1.0)
    calibrator.take(hop(1.1, 0.9))
    second = calibrator.baseline("now")
    assert (first.voice, second.voice) == (None, VOICE)
    assert first.vision == second.vision


def test_nothing_is_taken_between_steps(calibrator: Calibrator) -> None:
    calibrator.start("face", 0.0)
    calibrator.take(look(0.1))
    calibrator.stop()
    calibrator.take(look(0.2))
    made = calibrator.baseline("now")
    assert made.vision is not None
    assert made.vision.looks == 1
