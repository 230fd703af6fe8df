"""Written stand-ins for devices, senses and the store. Truth is coded into what they give."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from app.errors import AppError
from app.session.clock import SessionClock
from audio.errors import MicrophoneUnavailable
from audio.microphones import MicrophoneInfo, MicrophoneList
from audio.types import VOICE_MEASURES, AudioBlock, Speaker, VoiceHop, VoiceReading
from audio.types import Reason as VoiceReason
from vision.errors import CameraUnavailable
from vision.types import Arms, Frame, VisionLook, VisionReading

if TYPE_CHECKING:
    from app.coach.types import CueEvent, Mark

RATE_HZ = 16000
Script = Callable[[float], float]
"""Seconds of the device's own time -> 0..1."""


def always(value: float) -> Script:
    return lambda t: value


def between(start_s: float, end_s: float) -> Script:
    """1 from start to end, else 0."""
    return lambda t: float(start_s <= t < end_s)


NOTHING_SEEN = always(0.0)
USUAL_VOICE = always(0.15)


def picture(value: float) -> np.ndarray:
    """A picture that says how crossed the arms in it are."""
    return np.full((48, 64, 3), round(value * 255), np.uint8)


class SteadyTime:
    """A clock's source that does not run on while the machine stands still, seconds."""

    STEP_S = 0.03
    """Most that passes between two looks at it: devices give something more often."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._looked = time.monotonic()
        self._now = 0.0

    def __call__(self) -> float:
        with self._lock:
            looked, self._looked = self._looked, time.monotonic()
            self._now += min(self._looked - looked, self.STEP_S)
            return self._now


def steady_clock() -> SessionClock:
    """A session's clock for fake devices: what a busy machine holds up, it holds up in all."""
    return SessionClock(SteadyTime())


class Paced:
    """Gives item number k once its time has come; ends, fails or hangs where told."""

    def __init__(
        self,
        clock: Callable[[], float],
        period_s: float,
        *,
        ends_s: float | None = None,
        fails_s: float | None = None,
        error: Exception | None = None,
    ) -> None:
        self._clock = clock
        self.period_s = period_s
        self._ends_s = ends_s
        self._fails_s = fails_s
        self._error = error
        self._closed = threading.Event()
        self.given = 0
        self.opened = 0
        self.origin = 0.0
        """Clock time of the device's own zero."""
        self.rate_hz: float | None = 1 / period_s

    def __iter__(self) -> Iterator[float]:
        self.opened += 1
        origin = self.origin = self._clock()
        while not self._closed.is_set():
            t = self.given * self.period_s
            if self._fails_s is not None and t >= self._fails_s and self._error is not None:
                raise self._error
            if self._ends_s is not None and t >= self._ends_s:
                return
            while (early_s := origin + t + self._late() - self._clock()) > 0:
                if self._closed.wait(early_s):
                    return
            self.given += 1
            yield origin + t

    def close(self) -> None:
        self._closed.set()

    def _late(self) -> float:
        return 0.0


class FakeCamera(Paced):
    """Pictures whose brightness is the script's value."""

    def __init__(
        self,
        clock: Callable[[], float],
        script: Script = NOTHING_SEEN,
        *,
        rate_hz: float = 30.0,
        ends_s: float | None = None,
        fails_s: float | None = None,
    ) -> None:
        gone = CameraUnavailable("The camera was unplugged.", "Plug it in again.")
        super().__init__(clock, 1 / rate_hz, ends_s=ends_s, fails_s=fails_s, error=gone)
        self._script = script

    def __iter__(self) -> Iterator[Frame]:  # type: ignore[override]
        for index, t in enumerate(super().__iter__()):
            yield Frame(t, picture(self._script(t - self.origin)), index)


class FakeMicrophone(Paced):
    """Sound whose size is the script's value."""

    def __init__(
        self,
        clock: Callable[[], float],
        script: Script = USUAL_VOICE,
        *,
        block_s: float = 0.02,
        ends_s: float | None = None,
        fails_s: float | None = None,
    ) -> None:
        gone = MicrophoneUnavailable("The microphone was unplugged.", "Plug it in again.")
        super().__init__(clock, block_s, ends_s=ends_s, fails_s=fails_s, error=gone)
        self._script = script
        self._samples = round(block_s * RATE_HZ)

    def __iter__(self) -> Iterator[AudioBlock]:  # type: ignore[override]
        for t in super().__iter__():
            value = self._script(t - self.origin)
            yield AudioBlock(t, np.full(self._samples, value, np.float32), RATE_HZ)

    def _late(self) -> float:
        return self.period_s


class StillMicrophones(MicrophoneList):
    """A list for what has sources of its own: the computer's sound system is left alone."""

    def now(self) -> list[MicrophoneInfo]:
        return []

    @contextmanager
    def in_use(self) -> Iterator[None]:
        yield


class FakeVision:
    """Eyes that read the brightness of a picture as crossed arms, 15 times a second."""

    def __init__(self) -> None:
        self._step: int | None = None
        self.looked = 0
        self.closed = False

    def warm_up(self) -> None:
        return

    def look(self, frame: Frame) -> VisionLook | None:
        step = int(frame.t * 15 + 1e-6)
        if step == self._step:
            return None
        self._step = step
        self.looked += 1
        value = float(frame.image[0, 0, 0]) / 255
        return VisionLook(frame.t, True, True, MappingProxyType({"arms": value}))

    def read(self, look: VisionLook) -> VisionReading:
        value = look.features["arms"]
        arms = Arms.CROSSED if value >= 0.5 else Arms.NOT_CROSSED
        return VisionReading(look.t, True, True, arms=arms, arms_score=value)

    def close(self) -> None:
        self.closed = True


class FakeVoice:
    """Ears that read the size of the samples as decibels over the own level, times twenty."""

    def __init__(self, speaker: Speaker = Speaker.UNKNOWN) -> None:
        self._speaker = speaker
        self._turns: list[tuple[float, Speaker]] = []
        self._hop: int | None = None
        self._values: list[float] = []
        self.heard_s = 0.0
        self.closed = False

    def warm_up(self) -> None:
        return

    def hear(self, block: AudioBlock) -> list[VoiceHop]:
        self.heard_s += block.samples.size / block.rate_hz
        hops = []
        for at, sample in enumerate(block.samples[:: max(1, block.rate_hz // 1000)]):
            hop = int((block.t + at / 1000) * 10 + 1e-6)
            if self._hop is not None and hop != self._hop:
                hops += self.flush()
            self._hop = hop
            self._values.append(float(sample))
        return hops

    def flush(self) -> list[VoiceHop]:
        if self._hop is None:
            return []
        value = float(np.mean(self._values))
        hop = VoiceHop(
            (self._hop + 1) / 10,
            float(value > 0.1),
            -20.0,
            np.zeros(0, np.float32),
            (),
            False,
            MappingProxyType({"value": value}),
        )
        self._hop, self._values = None, []
        return [hop]

    def set_speaker(self, t: float, speaker: Speaker) -> None:
        self._turns.append((t, speaker))

    def read(self, hop: VoiceHop) -> VoiceReading:
        while self._turns and self._turns[0][0] < hop.t:
            self._speaker = self._turns.pop(0)[1]
        if self._speaker in {Speaker.CUSTOMER, Speaker.BOTH}:
            missing = MappingProxyType(dict.fromkeys(VOICE_MEASURES, VoiceReason.CUSTOMER_SPEAKING))
            return VoiceReading(hop.t, self._speaker, level_dbfs=hop.level_dbfs, missing=missing)
        value = hop.features["value"]
        return VoiceReading(
            hop.t,
            self._speaker,
            speech=value > 0.1,
            level_dbfs=hop.level_dbfs,
            level_over_db=value * 20,
        )

    def close(self) -> None:
        self.closed = True


@dataclass
class FakeShelf:
    """A store that keeps marks and events in memory and can be full."""

    full: bool = False
    marks: list[Mark] = field(default_factory=list)
    events: list[CueEvent] = field(default_factory=list)

    def append_marks(self, session_id: str, marks: Sequence[Mark]) -> list[Mark]:
        self._must_fit()
        self.marks += marks
        return list(marks)

    def add_events(self, session_id: str, events: Sequence[CueEvent]) -> None:
        self._must_fit()
        self.events += events

    def _must_fit(self) -> None:
        if self.full:
            raise AppError("The disk is full.", "Free some space.")
