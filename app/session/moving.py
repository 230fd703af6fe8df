"""Pictures of a running film, made ready for the screen in a thread of their own.

A player hands over each frame as it comes; the newest takes the place of one that waits. What
takes time (copying, colours, size) happens with the interpreter's lock let go, so that the screen
is painted meanwhile.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

import av
import numpy as np

from app.session.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from av.video.plane import VideoPlane
    from numpy.typing import NDArray

log = logging.getLogger(__name__)

T = TypeVar("T")
IDLE_S: Final = 0.5
"""A thread that is handed nothing ends after this; the next frame starts another."""
CLOSE_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class RawPicture:
    """A decoded frame as a player holds it."""

    planes: Sequence[NDArray[np.uint8]]
    """(rows, bytes of a row, with whatever lies behind it) of each plane."""
    layout: str
    """FFmpeg's name of the pixels' layout, such as "yuv420p"."""
    size: tuple[int, int]
    """(width, height), pixels."""
    turns: int = 0
    """Quarter turns clockwise until it is upright, 0..3."""
    colours: int = 2
    """FFmpeg's number of the colour space: 1 is BT.709, 5 BT.601, 2 not said."""
    full_range: bool = False
    """Whether brightness goes from 0 to 255."""


def shaped(raw: RawPicture, fit: tuple[int, int]) -> NDArray[np.uint8]:
    """Turn a picture upright and make it fit.

    Parameters
    ----------
    raw
        As the decoder gave it.
    fit
        (width, height) that it is made to fit into, pixels; a smaller one is enlarged.

    Returns
    -------
    ndarray
        (height, width, 4) blue, green, red, 255.
    """
    width, height = raw.size
    upright = (height, width) if raw.turns % 2 else (width, height)
    scale = min(fit[0] / upright[0], fit[1] / upright[1])
    frame = av.VideoFrame(width, height, raw.layout)
    for plane, given in zip(frame.planes, raw.planes, strict=True):
        rows = _rows(plane)
        high, wide = min(len(rows), len(given)), min(plane.line_size, given.shape[1])
        rows[:high, :wide] = given[:high, :wide]
    frame.colorspace = raw.colours
    frame.color_range = 2 if raw.full_range else 1
    made = frame.reformat(
        format="bgra",
        width=max(1, round(width * scale)),
        height=max(1, round(height * scale)),
        src_colorspace=raw.colours,
        interpolation="AREA" if scale < 0.5 else "FAST_BILINEAR",
        threads=1,
    )
    pixels = _rows(made.planes[0])[: made.height, : 4 * made.width]
    image = pixels.reshape(made.height, made.width, 4)
    return np.ascontiguousarray(np.rot90(image, -raw.turns))


def _rows(plane: VideoPlane) -> NDArray[np.uint8]:
    """(rows, bytes of a row) of a plane, as they lie in its memory."""
    return np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)


class NewestFirst(Generic[T]):
    """Does the newest of the works it is handed. Every method is for the screen's thread."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._changed = threading.Condition()
        self._work: Callable[[], T] | None = None
        self._made: T | None = None
        self._busy = False
        self._dropped = False
        self._closed = False
        self._worker: Worker | None = None

    def offer(self, work: Callable[[], T]) -> None:
        """Want this done next; what waits is left out."""
        with self._changed:
            self._work = work
            if self._worker is None and not self._closed:
                self._begin()
            self._changed.notify()

    def take(self) -> T | None:
        """Give what was made last, once."""
        with self._changed:
            made, self._made = self._made, None
            return made

    @property
    def waiting(self) -> bool:
        """Whether something is still to come."""
        with self._changed:
            return self._work is not None or self._busy or self._made is not None

    def drop(self) -> None:
        """Forget what waits and what was made."""
        with self._changed:
            self._work = self._made = None
            self._dropped = True

    def close(self) -> None:
        """End the thread, and wait for it; the next work starts another."""
        with self._changed:
            self._closed = True
            self._work = self._made = None
            worker = self._worker
            self._changed.notify()
        if worker is not None and not worker.join(CLOSE_S):
            log.error("the thread %s did not end in time", self._name)
        with self._changed:
            self._closed = False

    def _begin(self) -> None:
        self._worker = Worker(self._name, self._run)
        self._worker.start()

    # In the thread

    def _run(self) -> None:
        try:
            while (work := self._next()) is not None:
                made = work()
                with self._changed:
                    self._busy = False
                    if not self._closed and not self._dropped:
                        self._made = made
        except BaseException:
            # A frame that cannot be shown must not freeze the film: the next has its own thread.
            with self._changed:
                self._busy, self._worker = False, None
                if self._work is not None:
                    self._begin()
            raise

    def _next(self) -> Callable[[], T] | None:
        with self._changed:
            if self._work is None and not self._closed:
                self._changed.wait(IDLE_S)
            work, self._work = self._work, None
            if self._closed or work is None:
                self._worker = None
                return None
            self._busy, self._dropped = True, False
            return work
