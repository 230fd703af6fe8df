"""What the coach does while a session runs: calibration and live hints."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING, Final, Protocol

from app.coach.calibration import CalibrationStep
from app.coach.types import Baseline, Lane, Mark, MarkKind
from audio.types import VoiceHop, VoiceReading
from vision.types import VisionLook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.calibration import StepProgress
    from app.coach.hints import Hint, HintPolicy
    from app.coach.types import CueEvent, OpenEpisode
    from app.session.pipeline import Fed, Observed

PROGRAM: Final = "rapport"
"""Author of the program's own marks."""
FRESH_S: Final = 0.5
"""Older readings do not tell whether somebody speaks now, seconds."""


class Steps(Protocol):
    """What the listener needs of a Calibrator."""

    def start(self, step: CalibrationStep, t: float) -> None:
        """Begin a step."""

    def take(self, item: VisionLook | VoiceHop) -> None:
        """Use a look or a hop for the running step."""

    def stop(self) -> None:
        """End the running step and keep what it gave."""

    def progress(self) -> StepProgress | None:
        """Tell how far the running step is; None between steps."""

    def baseline(self, made_at: str) -> Baseline:
        """Make the own normal of the steps that were done."""


class CalibrationListener:
    """Observes the pipeline and gives looks and hops to the step that CALIBRATE marks name."""

    def __init__(self, calibrator: Steps) -> None:
        self._calibrator = calibrator
        self._lock = threading.Lock()

    def __call__(self, item: Observed) -> None:
        """Take note of an item of the stream."""
        with self._lock:
            if isinstance(item, Mark):
                if item.kind is MarkKind.CALIBRATE:
                    self._begin(item)
            elif isinstance(item, VisionLook | VoiceHop):
                self._calibrator.take(item)

    def progress(self) -> StepProgress | None:
        """Tell how far the running step is; None outside a step. From any thread."""
        with self._lock:
            return self._calibrator.progress()

    def baseline(self) -> Baseline:
        """Make the own normal of what was calibrated so far. From any thread."""
        with self._lock:
            return self._calibrator.baseline(dt.datetime.now(dt.UTC).isoformat(timespec="seconds"))

    def _begin(self, mark: Mark) -> None:
        step = mark.data.get("step", "")
        if step:
            self._calibrator.start(CalibrationStep(step), mark.t)
        else:
            self._calibrator.stop()


class Prompter:
    """Asks the hint policy after each reading and turns its hints into marks."""

    def __init__(self, policy: HintPolicy) -> None:
        self._policy = policy
        self._t = 0.0
        self._voice: VoiceReading | None = None

    def step(self, fed: Fed, open_now: Sequence[OpenEpisode]) -> Mark | None:
        """Look at what came of feeding one item; gives the mark of a hint to show now."""
        for reading in fed.readings:
            self._t = max(self._t, reading.t)
            if isinstance(reading, VoiceReading):
                self._voice = reading
        if not fed.readings:
            return None
        return self._ask(open_now, fed.ended)

    def current(self, t: float) -> Hint | None:
        """Tell which hint is on show."""
        return self._policy.current(t)

    def _ask(self, open_now: Sequence[OpenEpisode], ended: Sequence[CueEvent]) -> Mark | None:
        hint = self._policy.step(self._t, open_now, ended, self._speaking())
        if hint is None:
            return None
        data = {"cue": hint.cue, "text": hint.text, "good": "true" if hint.good else "false"}
        return Mark(hint.shown_s, Lane.MACHINE, MarkKind.HINT, PROGRAM, data)

    def _speaking(self) -> bool | None:
        voice = self._voice
        return voice.speech if voice is not None and self._t - voice.t < FRESH_S else None
