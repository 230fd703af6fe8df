"""Where pictures come from: one protocol over a camera, a network camera and a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from vision.camera import Camera
from vision.video_file import VideoFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vision.types import Frame

__all__ = ["Camera", "FrameSource", "VideoFile"]


@runtime_checkable
class FrameSource(Protocol):
    """Anything that yields frames in the order of their time.

    Iterating raises a VisionError where the pictures cannot be had. To be iterated once.
    """

    @property
    def rate_hz(self) -> float | None:
        """Frames a second as the source claims it; None where it does not say."""
        ...

    def __iter__(self) -> Iterator[Frame]:
        """Open, and yield frames until the source ends or is closed."""
        ...

    def close(self) -> None:
        """End the iteration soon; to be called from any thread, any number of times."""
        ...
