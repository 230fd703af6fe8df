"""Tells pictures that came and were not looked at from pictures that never came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.coach.senses import SILENT_S

if TYPE_CHECKING:
    from vision.types import Frame

LEAST_HZ: Final = 1.0 / SILENT_S
"""Pictures a second that must have come: a camera that gives fewer is itself what is missing."""


class Overload:
    """Watches which pictures are looked at; the source counts also those that gave way."""

    def __init__(self) -> None:
        self._t = 0.0
        self._index = -1

    def before(self, frame: Frame) -> bool:
        """Whether, before this look, pictures came for so long without one that it is a gap."""
        waited_s, unlooked = frame.t - self._t, frame.index - self._index - 1
        self._t, self._index = frame.t, frame.index
        return waited_s > SILENT_S and unlooked >= waited_s * LEAST_HZ
