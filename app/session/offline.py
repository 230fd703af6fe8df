"""A file through the same pipeline: look and listen once, then read, in order of time."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from app.coach.baseline_file import dump_baseline, load_baseline
from app.coach.catalogue import load_catalogue
from app.coach.types import Baseline, Sense
from app.errors import AppError
from app.session.child import run_in_child
from app.session.errors import Cancelled
from app.session.merge import merge
from app.session.pipeline import Pipeline
from app.session.readahead import ReadAhead
from app.session.senses import build_ears, build_eyes
from app.session.worker import Worker
from app.store.versions import current_versions
from audio import baseline as voice_baseline
from audio.errors import AudioError, NoSound
from audio.sources import AudioFile
from vision import baseline as vision_baseline
from vision.analyser import FACE_RATE_HZ, Grid
from vision.errors import NoPicture, VideoUnreadable, VisionError
from vision.sources import VideoFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from app.coach.catalogue import Catalogue
    from app.coach.types import Mark, Report
    from app.session.pipeline import Ears, Eyes, Item, Reading
    from audio.types import VoiceHop
    from vision.types import VisionLook

log = logging.getLogger(__name__)

FRAMES_AHEAD: Final = 6
"""How many decoded pictures may wait; a 4K picture takes 25 MB."""
END_S: Final = 30.0
"""How long a sense that was told to stop may take, seconds."""
POLL_S: Final = 0.1
"""How often the senses are asked how far they are, seconds."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What came of a file."""

    report: Report
    """The report."""
    baseline: Baseline | None
    """The own normal that it was held against: the given one, or one made of the file."""
    duration_s: float
    """Length of the file, seconds."""
    versions: dict[str, str]
    """Versions of program, rules and models."""
    has_picture: bool
    """Whether the file has a picture."""
    has_sound: bool
    """Whether the file has sound."""


def analyse(
    path: Path,
    *,
    catalogue: Catalogue | None = None,
    baseline: Baseline | None = None,
    own_normal: bool = True,
    switched_off: frozenset[str] = frozenset(),
    marks: Sequence[Mark] = (),
    focus: str | None = None,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Analysis:
    """Measure a video or sound file.

    Looking and listening come first, each in a thread, and keep scalars only; where no own
    normal is given, one is made of them; then the looks and hops go through the pipeline.

    Parameters
    ----------
    path
        Any file that ffmpeg reads.
    baseline
        The person's own normal.
    own_normal
        Whether to make one of the file where none is given; False measures without.
    marks
        What people said about the file, such as who speaks.
    progress, cancelled
        Told 0..1 and asked, ten times a second, in the calling thread.

    Raises
    ------
    AppError
        Where the file is missing, empty, broken or holds neither picture nor sound.
    Cancelled
        When `cancelled` said so.
    """
    catalogue = catalogue or load_catalogue()
    due = _Due()
    video, sound = _open(path, due)
    senses = _senses(catalogue, None, switched_off, video is not None, sound is not None)
    seen, heard = _take_in(senses, (video, sound), progress or _silent, cancelled or _never)
    if video is not None and seen.looks:
        # Pictures after the last look count too: the file is as long as they reach.
        seen.end_s = due.last_s + (1.0 / video.rate_hz if video.rate_hz else 0.0)
    has_picture, has_sound = seen.end_s > 0, heard.end_s > 0
    if baseline is None and own_normal:
        baseline = _first_pass(seen.looks, heard.hops)
    eyes, ears = _senses(catalogue, baseline, switched_off, has_picture, has_sound)
    pipeline = Pipeline(
        catalogue, baseline, vision=eyes, voice=ears, switched_off=switched_off, focus=focus
    )
    duration_s = max(seen.end_s, heard.end_s)
    items: list[Iterable[Item]] = [sorted(marks, key=attrgetter("t")), seen.looks, heard.hops]
    for item in merge(*items):
        pipeline.feed(item)
    pipeline.finish(duration_s)
    return Analysis(
        pipeline.report(marks), baseline, duration_s, current_versions(), has_picture, has_sound
    )


def _senses(
    catalogue: Catalogue,
    baseline: Baseline | None,
    switched_off: frozenset[str],
    picture: bool,
    sound: bool,
) -> tuple[Eyes | None, Ears | None]:
    return (
        build_eyes(catalogue, baseline, switched_off) if picture else None,
        build_ears(catalogue, baseline, switched_off) if sound else None,
    )


def analyse_in_child(
    path: Path,
    *,
    baseline: Baseline | None = None,
    own_normal: bool = True,
    switched_off: frozenset[str] = frozenset(),
    marks: Sequence[Mark] = (),
    focus: str | None = None,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Analysis:
    """Measure a file in a process of its own, so that neither the window nor a crash is shared."""
    text = dump_baseline(baseline) if baseline is not None else None
    options = {
        "own_normal": own_normal,
        "switched_off": switched_off,
        "marks": tuple(marks),
        "focus": focus,
    }
    return run_in_child(_job, path, text, options, progress=progress, cancelled=cancelled)


def replay(
    readings: Iterable[Reading],
    marks: Sequence[Mark],
    *,
    duration_s: float,
    catalogue: Catalogue | None = None,
    baseline: Baseline | None = None,
    switched_off: frozenset[str] = frozenset(),
    senses: frozenset[Sense] = frozenset(Sense),
    focus: str | None = None,
) -> Report:
    """Run saved readings and marks through the pipeline again; the report is the same."""
    pipeline = Pipeline(
        catalogue or load_catalogue(),
        baseline,
        vision=None,
        voice=None,
        switched_off=switched_off,
        senses=senses,
        focus=focus,
    )
    for reading in readings:
        pipeline.feed(reading)
    pipeline.finish(duration_s)
    return pipeline.report(marks)


def _job(
    path: Path,
    baseline: str | None,
    options: dict[str, Any],
    *,
    progress: Callable[[float], None],
) -> Analysis:
    """Do the child's part of `analyse_in_child`."""
    own = load_baseline(baseline, "the own normal") if baseline is not None else None
    return analyse(path, baseline=own, progress=progress, **options)


@dataclass(slots=True)
class _Taken:
    """What one sense took in, and how far it is."""

    looks: list[VisionLook] = field(default_factory=list)
    """Looks of the eyes, by time."""
    hops: list[VoiceHop] = field(default_factory=list)
    """Hops of the ears, by time."""
    end_s: float = 0.0
    """End of what was taken in so far, seconds."""


class _Due:
    """Says which pictures will be looked at, so that the others need not be converted."""

    def __init__(self) -> None:
        self._grid = Grid(FACE_RATE_HZ)
        self.last_s = 0.0
        """Time of the last picture that came by, seconds."""

    def __call__(self, t: float) -> bool:
        self.last_s = t
        return self._grid.due(t)


def _open(path: Path, due: _Due) -> tuple[VideoFile | None, AudioFile | None]:
    """Open both halves of a file; an AppError where there is neither."""
    if path.is_dir():
        raise AppError(
            f"{path.name or path} is a folder.", "Name the video or sound files inside it."
        )
    video: VideoFile | None = None
    sound: AudioFile | None = None
    unreadable: VideoUnreadable | None = None
    try:
        video = VideoFile(path, wanted=due)
    except VideoUnreadable as error:
        unreadable = error
    try:
        sound = AudioFile(path)
    except AudioError as error:
        if video is None:
            worse = error if unreadable is None or isinstance(unreadable, NoPicture) else unreadable
            raise AppError.from_told(worse) from error
        if not isinstance(error, NoSound):
            log.info("The sound of %s is left out: %s", path.name, error.what)
    return video, sound


def _take_in(
    senses: tuple[Eyes | None, Ears | None],
    halves: tuple[VideoFile | None, AudioFile | None],
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> tuple[_Taken, _Taken]:
    """Look and listen, each in a thread of its own; gives what each took in."""
    seen, heard, stop = _Taken(), _Taken(), threading.Event()
    eyes, ears = senses
    video, sound = halves
    workers: dict[Worker, tuple[_Taken, float | None]] = {}
    if video is not None and eyes is not None:
        workers[Worker("rapport eyes", partial(_see, video, eyes, seen, stop))] = (
            seen,
            video.duration_s,
        )
    if sound is not None and ears is not None:
        workers[Worker("rapport ears", partial(_hear, sound, ears, heard, stop))] = (
            heard,
            sound.duration_s,
        )
    for worker in workers:
        worker.start()
    try:
        while not all(worker.join(POLL_S) for worker in workers):
            if cancelled():
                raise Cancelled
            progress(min(_part(taken, length) for taken, length in workers.values()))
    finally:
        stop.set()
        for worker in workers:
            worker.join(END_S)
    _raise_unless_half(workers)
    progress(1.0)
    return seen, heard


def _raise_unless_half(workers: Mapping[Worker, tuple[_Taken, float | None]]) -> None:
    """Raise what went wrong, but for a broken half of a file whose other half is whole."""
    whole = any(worker.error is None and taken.end_s > 0 for worker, (taken, _) in workers.items())
    for worker in workers:
        error = worker.error
        if error is None:
            continue
        if isinstance(error, VisionError | AudioError):
            if whole:
                log.info("One half of the file is left out: %s", error.what)
                continue
            raise AppError.from_told(error) from error
        raise error


def _see(video: VideoFile, eyes: Eyes, taken: _Taken, stop: threading.Event) -> None:
    ahead = ReadAhead(video, ahead=FRAMES_AHEAD, name="rapport decoder")
    try:
        for frame in ahead:
            if stop.is_set():
                return
            look = eyes.look(frame)
            if look is not None:
                taken.looks.append(look)
            taken.end_s = frame.t
    finally:
        ahead.close()
        eyes.close()


def _hear(sound: AudioFile, ears: Ears, taken: _Taken, stop: threading.Event) -> None:
    try:
        for block in sound:
            if stop.is_set():
                return
            taken.hops += ears.hear(block)
            taken.end_s = block.t + block.samples.size / block.rate_hz
        taken.hops += ears.flush()
    finally:
        ears.close()


def _part(taken: _Taken, length_s: float | None) -> float:
    return min(1.0, taken.end_s / length_s) if length_s else 0.0


def _first_pass(looks: Sequence[VisionLook], hops: Sequence[VoiceHop]) -> Baseline:
    """Make an own normal of what the file itself shows most of the time."""
    return Baseline(
        made_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        origin="first_pass",
        vision=vision_baseline.first_pass(looks) if looks else None,
        voice=voice_baseline.first_pass(hops) if hops else None,
    )


def _never() -> bool:
    return False


def _silent(part: float) -> None:
    del part
