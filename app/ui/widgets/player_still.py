"""Exact pictures for a player that stands still: asked of a reader, looked for from a timer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from app.session.frames import FrameReader, Picture

if TYPE_CHECKING:
    from pathlib import Path

LOOK_MS: Final = 4
"""How often is looked for a picture that is on its way; it comes after 10 to 150 ms."""


class StillPictures(QObject):
    """The pictures of one film at a time."""

    made = Signal(object, QImage)
    """A `Picture`, and the same as an image."""
    failed = Signal()
    """The film cannot be read this way; Qt's own frames have to do."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader: FrameReader | None = None
        self._told = 0
        self._base_s: float | None = None
        self._steps = 0
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._on_look)

    @property
    def usable(self) -> bool:
        """Whether there is a film that can be read."""
        return self._reader is not None

    @property
    def waiting(self) -> bool:
        """Whether a picture is on its way."""
        return self._reader is not None and self._reader.waiting

    def open(self, path: Path) -> None:
        """Begin with a film."""
        self.close()
        self._reader = FrameReader(path)

    def close(self) -> None:
        """Let go of the film."""
        self.forget()
        reader, self._reader = self._reader, None
        self._told = 0
        if reader is not None:
            reader.close()

    def forget(self) -> None:
        """Want nothing any more; what is on its way is not told."""
        self._look.stop()
        self._base_s, self._steps = None, 0

    def want(self, t: float, fit: tuple[int, int], *, backwards: bool = False) -> None:
        """Want the frame on show at a moment, seconds; fit is (width, height) in pixels."""
        self._base_s, self._steps = None, 0
        self._ask(t, fit, 0, backwards=backwards)

    def step(self, from_s: float, frames: int, fit: tuple[int, int]) -> None:
        """Want the frame so many frames on or back; steps that come fast add up."""
        if self._base_s is None:
            self._base_s, self._steps = from_s, 0
        self._steps += frames
        self._ask(self._base_s, fit, self._steps, backwards=self._steps < 0)

    def _ask(self, t: float, fit: tuple[int, int], step: int, *, backwards: bool) -> None:
        if self._reader is not None:
            self._reader.wish(t, fit, step=step, backwards=backwards)
            self._look.start()

    def _on_look(self) -> None:
        reader = self._reader
        if reader is None:
            self._look.stop()
            return
        if reader.fault:
            self.close()
            self.failed.emit()
            return
        done = not reader.waiting
        picture = reader.newest
        if done:
            self.forget()
        if picture is not None and picture.ticket > self._told:
            self._told = picture.ticket
            self.made.emit(picture, image_of(picture))


def image_of(picture: Picture) -> QImage:
    """Give a picture as Qt paints it fastest."""
    height, width = picture.image.shape[:2]
    kind = QImage.Format.Format_RGB32
    # Qt does not keep the numbers alive, and a copy takes less than a millisecond.
    return QImage(picture.image.data, width, height, 4 * width, kind).copy()
