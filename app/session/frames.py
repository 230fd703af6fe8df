"""Exact pictures of a film for the screen, decoded in a thread of their own.

The screen says which moment it wants; a later wish takes the place of an earlier one that has not
begun. The screen looks for the newest picture from its own timer; nothing calls back into it.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from app.session.errors import Cancelled
from app.session.frame_finder import MEMORY, FilmFrame, FrameFinder, NoFrames
from app.session.worker import Worker
from vision.orientation import orientation_of, upright

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

log = logging.getLogger(__name__)

IDLE_S: Final = 1.5
"""A reader that nothing is wanted of ends its thread after this; the next wish starts another."""
CLOSE_S: Final = 5.0
BT709: Final = 1
UNSPECIFIED: Final = 2
HIGH_DEFINITION_PX: Final = 576
"""Films higher than this that do not say in which colours they are kept are taken as BT.709."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One frame, upright and at the wanted size."""

    t_s: float
    """When it comes on show, seconds from the container's common zero."""
    until_s: float | None
    """When the next frame replaces it, seconds; None for the last."""
    image: NDArray[np.uint8]
    """(height, width, 4) blue, green, red, 255."""
    size: tuple[int, int]
    """(width, height) of the film, upright, in square pixels."""
    ticket: int
    """Of the wish that it answers."""


@dataclass(frozen=True, slots=True)
class _Wish:
    t: float
    step: int
    fit: tuple[int, int]
    backwards: bool
    ticket: int


class FrameReader:
    """Answers wishes for frames. Every method is for the screen's thread."""

    def __init__(self, path: Path, *, memory: int = MEMORY, threads: int = 0) -> None:
        self._closed = threading.Event()
        self._finder = FrameFinder(
            path, memory=memory, threads=threads, cancelled=self._closed.is_set
        )
        self._changed = threading.Condition()
        self._wish: _Wish | None = None
        self._newest: Picture | None = None
        self._answered = 0
        self._ticket = 0
        self._fault = ""
        self._worker: Worker | None = None

    def wish(
        self,
        t: float,
        fit: tuple[int, int],
        *,
        step: int = 0,
        backwards: bool = False,
    ) -> int:
        """Want the frame on show at a moment.

        Parameters
        ----------
        t
            Seconds.
        fit
            (width, height) that the picture is made to fit into, pixels; never enlarged.
        step
            So many frames after it, or before it.
        backwards
            Whether earlier moments will be wanted next.

        Returns
        -------
        int
            Ticket of this wish; the picture that answers it carries the same.
        """
        with self._changed:
            self._ticket += 1
            self._wish = _Wish(t, step, fit, backwards or step < 0, self._ticket)
            if self._worker is None and not self._closed.is_set():
                self._worker = Worker("frames", self._read)
                self._worker.start()
            self._changed.notify()
            return self._ticket

    @property
    def newest(self) -> Picture | None:
        """The last picture that was made; None before the first."""
        with self._changed:
            return self._newest

    @property
    def waiting(self) -> bool:
        """Whether a wish has no answer yet."""
        with self._changed:
            return self._answered < self._ticket and not self._fault

    @property
    def fault(self) -> str:
        """Why no frames can be had; empty while they can."""
        with self._changed:
            return self._fault

    def close(self) -> None:
        """Let go of the film; wait for the thread."""
        self._closed.set()
        with self._changed:
            worker = self._worker
            self._changed.notify()
        if worker is not None and not worker.join(CLOSE_S):
            log.error("the reader of frames did not end in time")
            return
        self._worker = None
        self._finder.close()

    # In the thread

    def _read(self) -> None:
        while (wish := self._next()) is not None:
            try:
                found = self._finder.step(wish.t, wish.step) if wish.step else None
                found = found or self._finder.at(wish.t, backwards=wish.backwards)
                picture = picture_of(found, wish.fit, wish.ticket)
            except Cancelled:
                return
            except NoFrames as error:
                log.info("no frames for the screen: %s", error)
                with self._changed:
                    self._fault = str(error) or "unreadable"
            else:
                with self._changed:
                    self._newest = picture
                    self._answered = wish.ticket

    def _next(self) -> _Wish | None:
        with self._changed:
            if self._wish is None and not self._closed.is_set():
                self._changed.wait(IDLE_S)
            wish, self._wish = self._wish, None
            if self._closed.is_set() or wish is None:
                self._worker = None
                return None
            return wish


def picture_of(found: FilmFrame, fit: tuple[int, int], ticket: int = 0) -> Picture:
    """Turn a frame upright and make it fit.

    Parameters
    ----------
    found
        As the decoder gave it.
    fit
        (width, height) that it is made to fit into, pixels; it is never enlarged.
    ticket
        Of the wish that it answers.
    """
    frame = found.frame
    orientation = orientation_of(frame)
    wide, high = frame.width * found.wide, float(frame.height)
    shown = (high, wide) if orientation.swapped else (wide, high)
    scale = min(1.0, fit[0] / max(1.0, shown[0]), fit[1] / max(1.0, shown[1]))
    colours = frame.colorspace
    if colours == UNSPECIFIED and frame.height > HIGH_DEFINITION_PX:
        colours = BT709
    image = frame.to_ndarray(
        format="bgra",
        width=max(1, round(wide * scale)),
        height=max(1, round(high * scale)),
        src_colorspace=colours if colours == BT709 else None,
        interpolation="AREA" if scale < 0.5 else "BILINEAR",
    )
    image = upright(image.astype(np.uint8, copy=False), orientation)
    size = (max(1, round(shown[0])), max(1, round(shown[1])))
    return Picture(found.t_s, found.until_s, image, size, ticket)
