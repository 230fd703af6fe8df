"""Looks at the picture of a file, in one part or in two that know nothing of each other.

A long film is looked at in two parts, side by side in two processes where that can be. The second
part begins where all trackers begin afresh in any case (vision.cadence), and what it sees before
the seam is left out: by then it also knows what is remembered for seconds. So the looks are those
of one single pass, to the last bit, but for one case: somebody whose face was not seen between the
fresh start and the seam, and whose body counted on what was seen before.
"""

from __future__ import annotations

import logging
import os
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.errors import AppError
from app.session.body_ahead import BodyAhead
from app.session.child import run_in_child
from app.session.errors import Cancelled
from app.session.readahead import ReadAhead
from app.session.worker import Worker
from vision.analyser import VisionAnalyser
from vision.cadence import AFRESH_S, FACE_RATE_HZ, GRID_TOLERANCE, Grid
from vision.packed import Packer
from vision.sources import VideoFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from vision.types import VisionLook

log = logging.getLogger(__name__)

FRAMES_AHEAD: Final = 6
"""How many decoded pictures may wait; a 4K picture takes 25 MB."""
TWO_FROM_S: Final = 45.0
"""Films from this length on are looked at in two parts; below, a second start costs too much."""
SHARE: Final = 0.47
"""Share of the film before the seam: whoever looks at the first part listens too. The seam
lies after the fresh start that is nearest to it."""
WAIT_S: Final = 0.05
"""How often it is asked whether a result is still wanted, seconds."""
FULL_CORES: Final = 2
"""So many cores are busy with looking and listening: decoding in several threads gains nothing."""
TOLD_S: Final = 1.0
"""How often the second part tells how far it is, seconds of film: each word wakes the first one."""
SETTLE_S: Final = 4.0
"""How long before the seam the second part begins.

The slowest of what a look remembers, who was alone in the picture, takes 2 s.
"""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a film."""

    start_s: float = 0.0
    """The first moment that counts, seconds."""
    end_s: float = float("inf")
    """The first moment that no longer counts, seconds."""


@dataclass(slots=True)
class Watched:
    """What was seen in a part of a film."""

    looks: list[VisionLook] = field(default_factory=list)
    """The looks, by time."""
    last_s: float = 0.0
    """Time of the last picture that came by, looked at or not, seconds."""
    count: int = 0
    """How many pictures came by."""


class Due:
    """Says which pictures will be looked at, so that the others need not be converted."""

    def __init__(self, watched: Watched) -> None:
        self._grid = Grid(FACE_RATE_HZ)
        self._watched = watched

    def __call__(self, t: float) -> bool:
        """Whether the picture at t seconds is due; it has come by in any case."""
        self._watched.last_s = t
        self._watched.count += 1
        return self._grid.due(t)


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def open_video(path: Path, watched: Watched, *, from_s: float = 0.0) -> VideoFile:
    """Open a film whose pictures are decoded beside the looks, which fill two cores already."""
    return VideoFile(
        path,
        wanted=Due(watched),
        from_s=from_s,
        one_thread=cores() <= FULL_CORES,
        looks_hz=FACE_RATE_HZ,
    )


def parts_of(length_s: float | None) -> tuple[Part, ...]:
    """Divide a film of this length; one part where it is short, or its length is not known."""
    if length_s is None or length_s < TWO_FROM_S:
        return (Part(),)
    seam_s = max(1, round(SHARE * length_s / AFRESH_S)) * AFRESH_S + SETTLE_S
    return Part(end_s=seam_s), Part(start_s=seam_s)


def watch(
    video: VideoFile,
    part: Part,
    watched: Watched,
    switched_off: frozenset[str],
    stopped: Callable[[], bool],
) -> None:
    """Look at a part of a film, which was opened with `Due(watched)`."""
    finder = BodyAhead()
    eyes = VisionAnalyser(switched_off=switched_off, finder=finder)
    packer = Packer()
    ahead = ReadAhead(finder.passing(video), ahead=FRAMES_AHEAD, name="rapport decoder")
    try:
        for frame in ahead:
            if stopped() or frame.t >= part.end_s:
                return
            look = eyes.look(frame)
            if look is not None and look.t >= part.start_s:
                watched.looks.append(packer.pack(look))
    finally:
        ahead.close()
        eyes.close()


def watch_second(
    path: Path,
    part: Part,
    watched: Watched,
    switched_off: frozenset[str],
    stopped: Callable[[], bool],
) -> None:
    """Open a film in its middle and look at a later part of it."""
    from_s = part.start_s - SETTLE_S - AFRESH_S * GRID_TOLERANCE
    video = open_video(path, watched, from_s=from_s)
    watch(video, part, watched, switched_off, stopped)


class SecondPart:
    """Looks at the second part of a film in a process of its own.

    Where that does not work, `result` gives None, and the part can still be looked at here.
    """

    def __init__(self, path: Path, part: Part, switched_off: frozenset[str]) -> None:
        self._job = (path, part, switched_off)
        self._stop = threading.Event()
        self._result: Watched | None = None
        self.reached_s = part.start_s
        """How far it is, seconds."""
        self._worker = Worker("rapport second part", self._run)
        self._worker.start()

    def result(self, stopped: Callable[[], bool]) -> Watched | None:
        """Wait for what was seen; None where it failed, or where nobody wants it any more."""
        while not self._worker.join(WAIT_S):
            if stopped():
                self._stop.set()
        return self._result

    def close(self) -> None:
        """End it if it still runs."""
        self.result(lambda: True)

    def _run(self) -> None:
        try:
            self._result = run_in_child(
                look_beside, *self._job, progress=self._reach, cancelled=self._stop.is_set
            )
        except (AppError, Cancelled) as error:
            log.info("The second part of a film was not looked at beside the first: %s", error)

    def _reach(self, t: float) -> None:
        self.reached_s = t


def look_beside(
    path: Path,
    part: Part,
    switched_off: frozenset[str],
    *,
    progress: Callable[[float], None],
) -> Watched:
    """Do the child's part of `SecondPart`; `progress` is told the time in the film, seconds."""
    watched = Watched()
    told_s = 0.0

    def stopped() -> bool:
        nonlocal told_s
        reached_s = watched.last_s  # which the decoder moves on meanwhile
        if reached_s - told_s >= TOLD_S:
            # Also how a child finds out that its parent is gone.
            told_s = reached_s
            progress(told_s)
        return False

    watch_second(path, part, watched, switched_off, stopped)
    return watched
