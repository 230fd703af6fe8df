"""One short take: a moment said again, seen, heard and measured as a session is, held in memory.

It is a live session of which nothing is kept. Whoever asked for it decides what becomes of its
sound and its film: a file beside the session where its policy allows that, and nothing otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.coach.take_facts import TakeFacts, take_facts
from app.session.clock import SessionClock
from app.session.device_threads import open_camera
from app.session.live import LiveSession
from app.session.plan import NO_LIMITS, LivePlan
from app.session.take_recording import Overheard, TakeRecording
from app.store.types import KeepPolicy
from audio.sources import Microphone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.coach.catalogue import Catalogue
    from app.coach.types import Baseline, CueRule
    from app.session.pipeline import Ears, Eyes
    from app.session.plan import Snapshot
    from app.session.source_loop import Source
    from audio.microphones import MicrophoneList
    from audio.speech.types import SpeechSetUp
    from audio.types import AudioBlock
    from vision.types import Frame

MOST_S: Final = 60.0
"""A moment is a sentence or three; a take that was forgotten ends here, seconds."""


class Take:
    """Start it, look at it from a timer, stop it beside the screen; then it has sound and facts.

    A camera that cannot be opened is a fault in the snapshot; the take goes on without it.

    Parameters
    ----------
    baseline
        The own normal that it is held against, as the session was.
    inputs
        The program's list of microphones.
    microphone
        Id of the microphone; empty for the system's own choice.
    camera
        Id of the camera; None for a take without a picture.
    rule
        The cue that is looked for in it; None for none.
    limits, switched_off
        Where the session's cues began, and which were not wanted.
    speech
        What turns speech into words; None for a take without words.
    source, camera_source, clock, build_senses
        Take the place of the devices and the models; tests give fakes.
    """

    def __init__(
        self,
        baseline: Baseline | None,
        *,
        inputs: MicrophoneList,
        microphone: str = "",
        camera: str | None = None,
        rule: CueRule | None = None,
        limits: Mapping[str, float] = NO_LIMITS,
        switched_off: frozenset[str] = frozenset(),
        speech: SpeechSetUp | None = None,
        source: Source[AudioBlock] | None = None,
        camera_source: Source[Frame] | None = None,
        clock: SessionClock | None = None,
        build_senses: Callable[[Catalogue], tuple[Eyes | None, Ears | None]] | None = None,
    ) -> None:
        clock = clock or SessionClock()
        self._baseline = baseline
        self._rule = rule
        self.sees = camera is not None or camera_source is not None
        """Whether it has a camera, which may not work."""
        self._recording = TakeRecording(clock, picture=self.sees)
        eye = Overheard(
            lambda: camera_source or open_camera(camera or "", clock.raw),
            self._recording.note_frame,
        )
        ear = Overheard(
            lambda: source or Microphone(microphone or None, clock.raw, inputs=inputs),
            self._recording.note_block,
        )
        self._live = LiveSession(
            LivePlan(
                camera=camera,
                microphone=microphone,
                baseline=baseline,
                focus=None,
                switched_off=switched_off,
                keep=KeepPolicy.NOTHING,
                checklist="",
                title="",
                speech=speech,
                limits=limits,
            ),
            None,
            camera_source=eye if self.sees else None,
            microphone_source=ear,
            clock=clock,
            build_senses=build_senses,
            inputs=inputs,
        )
        self.wav = b""
        """The sound, once it has stopped; empty where nothing was heard."""
        self.film = b""
        """Picture and sound, once it has stopped; empty where no picture came."""
        self.facts: TakeFacts | None = None
        """What it was like, once it has stopped; None where it never ran."""

    def start(self) -> None:
        """Open the devices."""
        self._live.start()
        self._recording.start()

    def picture(self) -> Frame | None:
        """Give the newest picture, not copied; None before the first."""
        return self._live.picture()

    def snapshot(self) -> Snapshot:
        """Tell how it stands; never blocks."""
        return self._live.snapshot()

    def stop(self) -> None:
        """Close the devices and measure; may block for as long as the words take."""
        try:
            self._live.stop()
        finally:
            self.wav = self._recording.wav()
            self.film = self._recording.film()
            report = self._live.report
            if report is not None:
                self.facts = take_facts(report, 0.0, report.duration_s, self._baseline, self._rule)
