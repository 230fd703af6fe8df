"""A camera of this machine or of the network, read by a thread of its own."""

from __future__ import annotations

import logging
import threading
from collections import deque
from typing import TYPE_CHECKING, Any, Final, Protocol

from vision.cameras import backend, explain_camera
from vision.errors import CameraUnavailable
from vision.opencv import cv2
from vision.permission import DENIED, REMEDY, may_see
from vision.types import Frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

log = logging.getLogger(__name__)

WAITING_FRAMES: Final = 8
"""Frames that may wait for whoever iterates; then the oldest goes."""
FAILED_READS: Final = 10
"""Reads in a row that may fail on a local camera: some drop a few when they adjust."""
RETRY_S: Final = 0.05
"""Wait after a failed read of a local camera."""
JOIN_S: Final = 1.0
"""How long closing waits for the reading thread; one that hangs is left to its own time-out."""


class Capture(Protocol):
    """What is used of cv2.VideoCapture; tests bring their own."""

    def isOpened(self) -> bool:  # noqa: N802
        """Whether pictures can be read."""
        ...

    def read(self) -> tuple[bool, Any]:
        """Wait for the next picture: (whether there is one, BGR picture)."""
        ...

    def release(self) -> None:
        """Give the device back."""
        ...


class Opener(Protocol):
    """Opens a camera."""

    def __call__(
        self, device: int | str, *, size: tuple[int, int], rate_hz: float, timeouts_s: Timeouts
    ) -> Capture:
        """Open the device; the capture may turn out not to be opened."""
        ...


Timeouts = tuple[float, float]


def open_capture(
    device: int | str, *, size: tuple[int, int], rate_hz: float, timeouts_s: Timeouts
) -> Capture:
    """Open a camera by index, or a network camera by URL, with time-outs in seconds."""
    if isinstance(device, str):
        open_ms, read_ms = (round(1000 * limit) for limit in timeouts_s)
        limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, open_ms, cv2.CAP_PROP_READ_TIMEOUT_MSEC, read_ms]
        return cv2.VideoCapture(device, cv2.CAP_FFMPEG, limits)
    capture = cv2.VideoCapture(device, backend())
    if capture.isOpened():
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, size[0])
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, size[1])
        capture.set(cv2.CAP_PROP_FPS, rate_hz)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    return capture


class Camera:
    """Frames of a live camera, stamped right after the grab.

    A thread of its own reads, because a network camera can hold `read` for half a minute: the
    iteration then ends in time all the same.
    """

    def __init__(
        self,
        device: int | str,
        clock: Callable[[], float],
        *,
        width: int = 640,
        height: int = 480,
        rate_hz: float = 30.0,
        open_timeout_s: float = 5.0,
        read_timeout_s: float = 3.0,
        opener: Opener = open_capture,
    ) -> None:
        self.rate_hz: float | None = rate_hz if isinstance(device, int) else None
        self.dropped = 0
        self._device = device
        self._clock = clock
        self._size = (width, height)
        self._wanted_hz = rate_hz
        self._timeouts_s = (open_timeout_s, read_timeout_s)
        self._opener = opener
        self._changed = threading.Condition()
        self._waiting: deque[Frame] = deque()
        self._opened = False
        self._over = False
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    def __iter__(self) -> Iterator[Frame]:
        """Open and yield frames until close(); CameraUnavailable where it fails or stops."""
        if isinstance(self._device, int) and not may_see(self._closed.wait):
            if self._closed.is_set():
                return
            raise CameraUnavailable(DENIED, REMEDY)
        thread = threading.Thread(target=self._read_on, name="camera", daemon=True)
        thread.start()
        try:
            open_s, read_s = self._timeouts_s
            self._wait(lambda: self._opened or self._over, open_s)
            if not self._opened and not self._closed.is_set():
                raise CameraUnavailable(*explain_camera(str(self._device)))
            while True:
                answered = self._wait(lambda: bool(self._waiting) or self._over, read_s)
                if self._closed.is_set():
                    return
                if not self._waiting:
                    raise CameraUnavailable(*_stopped(self._device, hangs=not answered))
                yield self._waiting.popleft()
        finally:
            self.close()
            thread.join(JOIN_S)

    def close(self) -> None:
        """End the iteration soon; from any thread."""
        self._closed.set()
        with self._changed:
            self._changed.notify_all()

    def _wait(self, ready: Callable[[], bool], limit_s: float) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: ready() or self._closed.is_set(), limit_s)

    def _read_on(self) -> None:
        """Read until closed or until the camera ends; runs in the reading thread."""
        capture = self._opener(
            self._device, size=self._size, rate_hz=self._wanted_hz, timeouts_s=self._timeouts_s
        )
        try:
            if capture.isOpened() and not self._closed.is_set():
                self._set(opened=True)
                self._read_all(capture)
        except cv2.error:
            log.info("the camera's driver failed", exc_info=True)
        finally:
            capture.release()
            self._set(over=True)

    def _read_all(self, capture: Capture) -> None:
        failed = index = 0
        allowed = FAILED_READS if isinstance(self._device, int) else 0
        while not self._closed.is_set():
            came, image = capture.read()
            t = self._clock()
            if not came or image is None:
                failed += 1
                if failed > allowed or self._closed.wait(RETRY_S):
                    return
                continue
            failed = 0
            with self._changed:
                if len(self._waiting) == WAITING_FRAMES:
                    self._waiting.popleft()
                    self.dropped += 1
                self._waiting.append(Frame(t, _three_channels(image), index))
                self._changed.notify_all()
            index += 1

    def _set(self, *, opened: bool = False, over: bool = False) -> None:
        with self._changed:
            self._opened = self._opened or opened
            self._over = self._over or over
            self._changed.notify_all()


def _three_channels(image: NDArray[Any]) -> NDArray[np.uint8]:
    """Infra-red and other grey cameras give one channel."""
    if image.ndim == 2:
        return cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)  # type: ignore[return-value]
    return image


def _stopped(device: int | str, *, hangs: bool) -> tuple[str, str]:
    if isinstance(device, str):
        what = "does not answer any more" if hangs else "stopped sending pictures"
        return (
            f"The network camera {what}.",
            "Check that it is switched on and in the same network, then start again.",
        )
    what = "gives no pictures any more" if hangs else "was unplugged or taken by the system"
    return (
        f"The camera {what}.",
        "Plug it in again, close other programs that use it, then start again.",
    )
