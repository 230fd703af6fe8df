"""The guided, skippable calibration: room, calm face, free talk."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol

from app.coach.types import Baseline
from audio.types import HOP_S, VoiceHop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audio.types import VoiceBaseline
    from vision.types import VisionBaseline, VisionLook


class CalibrationStep(StrEnum):
    """What is measured, in the order of the guide."""

    ROOM = "room"
    """Nobody speaks: the noise of the room."""
    FACE = "face"
    """A calm face, looking at where the customer will stand."""
    TALK = "talk"
    """Free talk: own level, pitch and pace."""


STEP_SECONDS: Final[Mapping[CalibrationStep, float]] = MappingProxyType(
    {CalibrationStep.ROOM: 5.0, CalibrationStep.FACE: 5.0, CalibrationStep.TALK: 20.0}
)
"""Seconds of usable material each step wants (EVIDENCE: 5 s face, 5 s room, 20 to 30 s talk)."""

SPEECH: Final = 0.5
"""Probability of speech from which a hop counts as talk."""

LONGEST_STEP_S: Final = 0.5
"""Between two looks no more than this counts as seen, however long the camera hung."""


class VisionBuilder(Protocol):
    """Makes the eyes' own normal; `vision.baseline.VisionBaselineBuilder` fits it."""

    def add(self, look: VisionLook) -> None:
        """Take one look of the calm face."""

    def build(self) -> VisionBaseline | None:
        """Make the own normal; None where there was too little."""


class VoiceBuilder(Protocol):
    """Makes the ears' own normal; `audio.baseline.VoiceBaselineBuilder` fits it."""

    def add(self, hop: VoiceHop, step: str) -> None:
        """Take one hop of the step "room" or "talk"."""

    def build(self) -> VoiceBaseline | None:
        """Make the own normal; None where there was too little."""


@dataclass(frozen=True, slots=True)
class StepProgress:
    """How far a step is."""

    step: CalibrationStep
    """Which step."""
    seconds_done: float
    """Seconds of usable material so far: face in sight, or speech, or room without speech."""
    seconds_wanted: float
    """Seconds of usable material it wants."""
    enough: bool
    """Whether the next step may begin."""


class Calibrator:
    """Collects what each step hears and sees; what was skipped is not measured.

    A step may be begun again: only its last run counts. Nothing goes to the builders before
    `baseline`, and then to copies of them, so that a step broken off leaves no trace.
    """

    def __init__(self, vision_builder: VisionBuilder, voice_builder: VoiceBuilder) -> None:
        self._vision_builder = vision_builder
        self._voice_builder = voice_builder
        self._step: CalibrationStep | None = None
        self._shown = CalibrationStep.ROOM
        self._since = 0.0
        self._looks: list[VisionLook] = []
        self._hops: dict[CalibrationStep, list[VoiceHop]] = {}
        self._done: dict[CalibrationStep, float] = {}

    def start(self, step: CalibrationStep | str, t: float) -> None:
        """Begin a step at `t`, seconds on the session clock; what it held before is dropped."""
        step = CalibrationStep(step)
        self._forget(step)
        self._step = self._shown = step
        self._since = t
        self._done[step] = 0.0

    def skip(self, step: CalibrationStep | str) -> None:
        """Leave a step out: what it would have measured is not measured."""
        step = CalibrationStep(step)
        self._forget(step)
        if self._step is step:
            self._step = None

    def stop(self) -> None:
        """End the running step and keep what it gave."""
        self._step = None

    def take(self, item: VisionLook | VoiceHop) -> None:
        """Take what a sense gave; only what belongs to the running step is kept."""
        if self._step is None or item.t < self._since:
            return
        if isinstance(item, VoiceHop):
            self._hear(self._step, item)
        elif self._step is CalibrationStep.FACE:
            self._see(item)

    def progress(self) -> StepProgress:
        """How far the running step is; between steps, how far the last one came."""
        done, wanted = self._done.get(self._shown, 0.0), STEP_SECONDS[self._shown]
        return StepProgress(self._shown, min(done, wanted), wanted, done >= wanted - HOP_S / 2)

    def baseline(self, made_at: str) -> Baseline:
        """Make the own normal of all steps so far that were not skipped.

        Parameters
        ----------
        made_at
            ISO 8601 date and time, UTC.
        """
        vision_builder, voice_builder = (
            deepcopy(self._vision_builder),
            deepcopy(self._voice_builder),
        )
        for look in self._looks:
            vision_builder.add(look)
        for step, hops in self._hops.items():
            for hop in hops:
                voice_builder.add(hop, step.value)
        return Baseline(
            made_at,
            "calibration",
            vision_builder.build() if self._looks else None,
            voice_builder.build() if any(self._hops.values()) else None,
        )

    def _forget(self, step: CalibrationStep) -> None:
        self._done.pop(step, None)
        self._hops.pop(step, None)
        if step is CalibrationStep.FACE:
            self._looks = []

    def _see(self, look: VisionLook) -> None:
        if look.face_looked and "face" not in look.missing and "picture" not in look.missing:
            last = self._looks[-1].t if self._looks else self._since
            self._done[CalibrationStep.FACE] += min(look.t - last, LONGEST_STEP_S)
        elif look.face_looked:
            return
        self._looks.append(look)

    def _hear(self, step: CalibrationStep, hop: VoiceHop) -> None:
        if step is CalibrationStep.FACE:
            return
        self._hops.setdefault(step, []).append(hop)
        if (hop.speech >= SPEECH) == (step is CalibrationStep.TALK):
            self._done[step] += HOP_S
