"""Looking at a file on two cores: the body's graph runs ahead in a thread of its own.

The two graphs know nothing of each other but that the face is searched where the body's head is,
and each still gets the same pictures in the same order, so every look comes out the same.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from vision.cadence import BODY_RATE_HZ, Grid
from vision.landmarks import MediapipeFinder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

    import numpy as np
    from numpy.typing import NDArray

    from vision.types import Frame

    Body = NDArray[np.float32] | None


class BodyAhead(MediapipeFinder):
    """Finds what `MediapipeFinder` finds; `passing` must see the frames before `find` does."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = Grid(BODY_RATE_HZ)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="rapport body")
        self._ahead: dict[float, Future[Body]] = {}

    def passing(self, frames: Iterable[Frame]) -> Iterator[Frame]:
        """Hand frames on, and start to look for the body in those where it is due."""
        for frame in frames:
            if self._grid.due(frame.t):
                self._ahead[frame.t] = self._pool.submit(super()._find_body, frame)
            yield frame

    def close(self) -> None:
        """End the thread, then give the models back."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        super().close()

    def _find_body(self, frame: Frame) -> Body:
        ahead = self._ahead.pop(frame.t, None)
        return super()._find_body(frame) if ahead is None else ahead.result()
