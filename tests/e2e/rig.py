"""A live session on emulated devices: a clip shown to a network camera and played into a room."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np
import soundfile

from app.coach.catalogue import load_catalogue
from app.coach.types import Baseline, CueEvent, Lane, Mark, MarkKind, Sense
from app.session.clock import SessionClock
from app.session.live import LiveSession
from app.session.plan import LivePlan, Snapshot
from app.store.readings import read_readings
from app.store.types import KeepPolicy
from audio.microphones import MicrophoneList
from audio.types import Speaker
from tests.e2e.emulated import NetworkCamera, PulseServer, jpegs_of, wait_for
from tests.e2e.sounds import where_sound_began
from vision.types import VisionReading

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    from app.coach.report_types import Report
    from app.store.files import SessionFiles
    from app.store.store import Store

LEAD_S = 0.5
"""The clip begins this long after it is asked for, so that both halves can begin together."""
STALL_S = 0.4
"""A machine that does not look at the body for so long misses what the file's analysis sees."""
STAFF = Mark(0.0, Lane.MACHINE, MarkKind.SPEAKER, "rapport", {"speaker": "staff"}, id="m1")


@dataclass(frozen=True)
class Clip:
    """A clip as a file, and as what a camera and a room are made of."""

    path: Path
    jpegs: list[bytes]
    rate_hz: float
    wav: Path | None

    @property
    def length_s(self) -> float:
        return len(self.jpegs) / self.rate_hz


def write_clip(
    path: Path,
    pictures: Iterable[NDArray[np.uint8]],
    samples: NDArray[np.int16],
    *,
    rate_hz: int,
    sound_hz: int,
    crf: int = 18,
) -> Clip:
    """Pictures and sound as one Matroska file and as a clip."""
    with av.open(str(path), "w", format="matroska") as container:
        video = container.add_stream("libx264", rate=rate_hz)
        video.pix_fmt = "yuv420p"
        video.options = {"preset": "ultrafast", "crf": str(crf)}
        sound = container.add_stream("flac", rate=sound_hz)
        sound.layout = "mono"
        for n, image in enumerate(pictures):
            if n == 0:
                video.height, video.width = image.shape[:2]
            frame = av.VideoFrame.from_ndarray(image, format="bgr24")
            frame.pts, frame.time_base = n, Fraction(1, rate_hz)
            container.mux(video.encode(frame))
        heard = av.AudioFrame.from_ndarray(samples[None], format="s16", layout="mono")
        heard.sample_rate, heard.pts, heard.time_base = sound_hz, 0, Fraction(1, sound_hz)
        container.mux(video.encode(None))
        container.mux(sound.encode(heard))
        container.mux(sound.encode(None))
    return clip_of_file(path)


def clip_of_file(path: Path, folder: Path | None = None) -> Clip:
    """A clip of any video file; its sound is put beside it, or into `folder`, as a WAV file."""
    jpegs, rate_hz = jpegs_of(path)
    with av.open(str(path)) as container:
        if not container.streams.audio:
            return Clip(path, jpegs, rate_hz, None)
        resampler = av.AudioResampler("s16", "mono", 48000)
        heard = [
            part.to_ndarray()[0]
            for frame in container.decode(audio=0)
            for part in resampler.resample(frame)
        ]
    wav = (folder or path.parent) / f"{path.stem}.wav"
    soundfile.write(wav, np.concatenate(heard), 48000, subtype="PCM_16")
    return Clip(path, jpegs, rate_hz, wav)


@dataclass
class Shown:
    """What came of showing a clip to a session."""

    report: Report
    session_id: str | None
    begun_s: float
    """Where on the session's clock the clip began to be shown."""
    heard_s: float
    """Where on the session's clock its sound began: a loaded machine plays it late."""
    snapshots: list[tuple[float, Snapshot]] = field(default_factory=list)
    """(session time of the look, snapshot), a hundred a second."""
    marks: list[Mark] = field(default_factory=list)

    def begun(self, sense: Sense) -> float:
        return self.heard_s if sense is Sense.VOICE else self.begun_s


@dataclass
class Rig:
    """Builds sessions on the emulated devices of one test."""

    store: Store | None
    room: PulseServer | None
    microphone: str | None
    clock: SessionClock = field(default_factory=SessionClock)

    def session(
        self,
        camera: NetworkCamera | None,
        *,
        baseline: Baseline | None = None,
        keep: KeepPolicy = KeepPolicy.PICTURE_AND_SOUND,
        focus: str | None = None,
        listen: bool = True,
    ) -> LiveSession:
        plan = LivePlan(
            camera=camera.url if camera is not None else None,
            microphone=self.microphone if listen else None,
            baseline=baseline,
            focus=focus,
            switched_off=frozenset(),
            keep=keep,
            checklist="",
            title="shown to emulated devices",
            speaker=Speaker.STAFF,
        )
        person = consent = None
        if self.store is not None:
            person = self.store.ensure_person("Somebody").id
            consent = self.store.record_consent(person, "1", "a test", 1, "nobody").id
        return LiveSession(
            plan, self.store, inputs=MicrophoneList(), person_id=person, consent_id=consent,
            clock=self.clock,
        )  # fmt: skip

    def session_time(self, monotonic: float) -> float:
        """Session time of a time.monotonic()."""
        return self.clock.now() - (time.monotonic() - monotonic)

    def show(
        self,
        clip: Clip,
        camera: NetworkCamera,
        session: LiveSession,
        *,
        until_s: float | None = None,
        meanwhile: Callable[[float, Snapshot], None] | None = None,
    ) -> Shown:
        """Run a session over a clip from its start to its end, or to `until_s` of it."""
        session.start()
        playing: subprocess.Popen[bytes] | None = None
        looks: list[tuple[float, Snapshot]] = []
        try:
            wait_for(lambda: session.snapshot().state == "running", 60, "a running session")
            begun = camera.begin(time.monotonic() + LEAD_S)
            if self.room is not None and clip.wav is not None:
                pause = threading.Event()
                pause.wait(max(0.0, begun - self.room.start_s - time.monotonic()))
                playing = self.room.play(clip.wav)
            begun_s = self.session_time(begun)
            end_s = begun_s + (until_s if until_s is not None else clip.length_s)
            while (t := self.clock.now()) < end_s:
                shot = session.snapshot()
                looks.append((t, shot))
                if meanwhile is not None:
                    meanwhile(t - begun_s, shot)
                threading.Event().wait(0.01)
        finally:
            if playing is not None:
                playing.kill()
                playing.wait()
            session_id = session.stop()
        report = session.report
        assert report is not None
        if self.store is None or session_id is None:
            return Shown(report, session_id, begun_s, begun_s, looks)
        recording = self.store.files(session_id).recording
        heard_s = begun_s if clip.wav is None else where_sound_began(recording, clip.wav, begun_s)
        return Shown(report, session_id, begun_s, heard_s, looks, self.store.marks(session_id))


def longest_stall_s(shown: Shown, files: SessionFiles, length_s: float) -> float:
    """Longest time in which a session did not look at the body while a clip was shown, seconds."""
    looks = [
        reading.t
        for reading in read_readings(files)
        if isinstance(reading, VisionReading) and reading.body_looked
    ]
    ends = shown.begun_s, shown.begun_s + length_s
    times = [ends[0], *(t for t in looks if ends[0] < t < ends[1]), ends[1]]
    return float(np.diff(times).max())


def differences(
    live: Shown,
    file_events: Iterable[CueEvent],
    length_s: float,
    *,
    within_s: float = 0.5,
    shortest: bool = True,
) -> list[str]:
    """What a session saw otherwise than the analysis of the file: empty where they agree.

    An episode that the clip's end cuts off ends where the session ends. Where each end may differ
    by `within_s`, an episode hardly longer than the shortest that is written down may be just
    too short on the other side; `shortest=False` leaves those out.
    """
    catalogue = load_catalogue()

    def counts(cue: str, start: float, end: float) -> bool:
        return shortest or end - start >= catalogue.rule(cue).episode_s + within_s

    told: list[str] = []
    left: list[tuple[str, float, float]] = []
    for one in live.report.events:
        begun_s = live.begun(catalogue.rule(one.cue).sense)
        left.append((one.cue, one.start_s - begun_s, min(one.end_s - begun_s, length_s)))
    for event in file_events:
        end_s = min(event.end_s, length_s)
        same = [
            (cue, start, end)
            for cue, start, end in left
            if cue == event.cue
            and abs(start - event.start_s) <= within_s
            and abs(end - end_s) <= within_s
        ]
        if same:
            left.remove(same[0])
        elif counts(event.cue, event.start_s, end_s):
            told.append(f"only in the file: {event.cue} {event.start_s:.2f} to {end_s:.2f} s")
    return told + [
        f"only live: {cue} {start:.2f} to {end:.2f} s"
        for cue, start, end in left
        if counts(cue, start, end)
    ]


def in_environment(values: dict[str, str]) -> Callable[[], None]:
    """Set environment variables; call what comes back to undo it."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)

    def undo() -> None:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value

    return undo
