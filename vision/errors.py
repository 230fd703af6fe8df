"""What can go wrong with pictures; each error says what to do."""

from __future__ import annotations


class VisionError(Exception):
    """A camera or a video could not be used: one sentence on what, one on what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what} {remedy}".strip())
        self.what = what
        self.remedy = remedy


class CameraUnavailable(VisionError):
    """No camera, a busy one, a denied one, one that was unplugged or does not answer."""


class VideoUnreadable(VisionError):
    """A file that is not a video, is empty or broken, or has no picture."""


class NoPicture(VideoUnreadable):
    """A file that holds sound alone."""


class ModelsUnavailable(VisionError):
    """The models of face and body cannot be loaded: a library or a file is not found."""
