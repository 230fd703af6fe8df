"""Takes a file in: looks and listens side by side, and keeps scalars only.

Decoding, looking at the face, looking at the body, and listening have a thread each; the second
part of a long film has a process.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from app.coach.types import Sense
from app.errors import AppError
from app.session.errors import Cancelled
from app.session.opening import open_both
from app.session.watching import (
    Part,
    SecondPart,
    Watched,
    cores,
    parts_of,
    watch,
    watch_second,
)
from app.session.worker import Worker
from audio.analyser import VoiceAnalyser
from audio.errors import AudioError
from vision.errors import ModelsUnavailable, VisionError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audio.sources import AudioFile
    from audio.types import VoiceHop
    from vision.sources import VideoFile
    from vision.types import VisionLook

    Heard = Callable[[list[VoiceHop], Callable[[], bool]], None]

log = logging.getLogger(__name__)

POLL_S: Final = 0.1
"""How often it is asked how far the work is, seconds."""
END_S: Final = 30.0
"""How long work that was told to stop may take, seconds."""


@dataclass(slots=True)
class Taken:
    """Everything that was seen and heard in a file."""

    looks: list[VisionLook] = field(default_factory=list)
    """Looks of the eyes, by time."""
    hops: list[VoiceHop] = field(default_factory=list)
    """Hops of the ears, by time."""
    seen_s: float = 0.0
    """End of the picture, seconds; 0 where there is none."""
    heard_s: float = 0.0
    """End of the sound, seconds; 0 where there is none."""

    @property
    def has_picture(self) -> bool:
        """Whether there is a picture."""
        return self.seen_s > 0

    @property
    def has_sound(self) -> bool:
        """Whether there is sound."""
        return self.heard_s > 0

    @property
    def senses(self) -> frozenset[Sense]:
        """What can be measured."""
        return frozenset(
            ([Sense.VISION] if self.has_picture else []) + ([Sense.VOICE] if self.has_sound else [])
        )

    @property
    def duration_s(self) -> float:
        """Length of the file, seconds: as far as picture or sound can be read."""
        return max(self.seen_s, self.heard_s)


@dataclass(slots=True)
class _Task:
    """A thread and how far its work is."""

    worker: Worker
    """The thread."""
    part: Callable[[], float]
    """Says how far it is, 0..1."""
    picture: bool
    """Whether it looks; otherwise it listens."""


def take_in(
    path: Path,
    switched_off: frozenset[str],
    *,
    heard: Heard | None = None,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Taken:
    """Look at the picture and listen to the sound of a file.

    Parameters
    ----------
    path
        Any file that ffmpeg reads.
    switched_off
        Measures that are not to be measured.
    heard
        Is given all hops once they are there, in the thread that heard them, and what says that
        nobody wants them any more.
    progress, cancelled
        Told 0..1 and asked, ten times a second, in the calling thread.

    Raises
    ------
    AppError
        Where the file is missing, empty, broken or holds neither picture nor sound.
    Cancelled
        When `cancelled` said so.
    """
    watched = Watched()
    video, sound = open_both(path, watched)
    stop, taken = threading.Event(), Taken(looks=watched.looks)
    tasks: list[_Task] = []
    if video is not None:
        eyes = _Eyes(path, video, watched, switched_off)
        see = partial(eyes.see, stop)
        tasks.append(_Task(Worker("rapport eyes", see), eyes.part, picture=True))
    if sound is not None:
        hear = partial(_hear, sound, switched_off, taken, stop, heard)
        part = partial(_share, lambda: taken.heard_s, sound.duration_s)
        tasks.append(_Task(Worker("rapport ears", hear), part, picture=False))
    _run(tasks, stop, progress, cancelled)
    if video is not None and taken.looks:
        # Pictures after the last look count too: the file is as long as they reach.
        taken.seen_s = watched.last_s + (1.0 / video.rate_hz if video.rate_hz else 0.0)
    _raise_unless_half(tasks, taken)
    if video is not None and sound is None and watched.count == 1:
        raise AppError(
            f"{path.name} is a single picture.", "Name a video or a sound file: cues take time."
        )
    return taken


class _Eyes:
    """Looks at a film, part by part; the second one beside the first where there are two cores."""

    def __init__(
        self, path: Path, video: VideoFile, watched: Watched, switched_off: frozenset[str]
    ) -> None:
        self._path = path
        self._video = video
        self._off = switched_off
        self._parts = parts_of(video.duration_s)
        self._beside: SecondPart | None = None
        self.watched = watched
        """What was seen in the first part, and in the end in all."""
        self.later = Watched()
        """What was seen in the second part."""

    def see(self, stop: threading.Event) -> None:
        """Look at all of it."""
        first, *rest = self._parts
        if rest and cores() > 1:
            self._beside = SecondPart(self._path, rest[0], self._off)
        try:
            watch(self._video, first, self.watched, self._off, stop.is_set)
            for part in rest:
                self._add(part, stop)
        finally:
            if self._beside is not None:
                self._beside.close()

    def part(self) -> float:
        """Say how far it is, 0..1."""
        length_s = self._video.duration_s
        if not length_s:
            return 0.0
        end_s = min(self._parts[0].end_s, length_s)
        done_s = min(self.watched.last_s, end_s)
        later_s = self.later.last_s if self._beside is None else self._beside.reached_s
        return min(1.0, (done_s + max(0.0, later_s - end_s)) / length_s)

    def _add(self, part: Part, stop: threading.Event) -> None:
        seen = self._beside.result(stop.is_set) if self._beside is not None else None
        if seen is None and not stop.is_set():
            self._beside = None
            seen = self.later
            watch_second(self._path, part, seen, self._off, stop.is_set)
        if seen is not None:
            self.watched.looks += seen.looks
            self.watched.last_s = max(self.watched.last_s, seen.last_s)


def _hear(
    sound: AudioFile,
    switched_off: frozenset[str],
    taken: Taken,
    stop: threading.Event,
    heard: Heard | None,
) -> None:
    ears = VoiceAnalyser(switched_off=switched_off)
    try:
        for block in sound:
            if stop.is_set():
                return
            taken.hops += ears.hear(block)
            taken.heard_s = block.t + block.samples.size / block.rate_hz
        taken.hops += ears.flush()
    finally:
        ears.close()
    if heard is not None:
        heard(taken.hops, stop.is_set)


def _run(
    tasks: list[_Task],
    stop: threading.Event,
    progress: Callable[[float], None] | None,
    cancelled: Callable[[], bool] | None,
) -> None:
    """Run all tasks side by side to their end."""
    for task in tasks:
        task.worker.start()
    try:
        while not all(task.worker.join(POLL_S) for task in tasks):
            if cancelled is not None and cancelled():
                raise Cancelled
            if progress is not None:
                progress(min(task.part() for task in tasks))
    finally:
        stop.set()
        for task in tasks:
            task.worker.join(END_S)
    if progress is not None:
        progress(1.0)


def _raise_unless_half(tasks: list[_Task], taken: Taken) -> None:
    """Raise what went wrong, but for a broken half of a file whose other half is whole."""
    for task in tasks:
        error = task.worker.error
        if error is None:
            continue
        if isinstance(error, ModelsUnavailable):
            # The picture is whole: it would be called missing, and a good report be replaced.
            raise AppError.from_told(error) from error
        if not isinstance(error, VisionError | AudioError):
            raise error
        whole = taken.has_sound if task.picture else taken.has_picture
        if not whole:
            raise AppError.from_told(error) from error
        log.info("One half of the file is left out: %s", error.what)


def _share(reached_s: Callable[[], float], length_s: float | None) -> float:
    return min(1.0, reached_s() / length_s) if length_s else 0.0
