"""Small pictures of any moment of a film, for the pointer: made beside the screen, a few kept."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from app.session.frames import FrameReader
from app.ui.widgets.player_still import image_of

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_PX: Final = 176
GRID_S: Final = 0.2
"""Moments closer than this share a picture."""
KEPT: Final = 240
"""Pictures that are kept: at most 30 MB of them."""
MEMORY: Final = 8_000_000
"""Bytes of decoded frames that the reader keeps: the pointer seldom goes by frames."""
LOOK_MS: Final = 10


class MomentPictures(QObject):
    """The small pictures of one film at a time."""

    made = Signal(float, QImage)
    """The moment that was asked for, and its picture."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._reader: FrameReader | None = None
        self._kept: OrderedDict[int, QImage] = OrderedDict()
        self._asked: float | None = None
        self._ticket = 0
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._on_look)

    @property
    def usable(self) -> bool:
        """Whether there is a film."""
        return self._path is not None

    def open(self, path: Path) -> None:
        """Be ready for a film; it is opened when the first picture is wanted."""
        self.close()
        self._path = path

    def close(self) -> None:
        """Let go of the film and of its pictures."""
        self._look.stop()
        self._asked = None
        self._kept.clear()
        self._path = None
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.close()

    def want(self, t: float, ratio: float = 1.0) -> QImage | None:
        """Give the picture of a moment, or None and tell it when it is made; the last wish counts.

        Parameters
        ----------
        t
            Seconds.
        ratio
            Device pixels a pixel of the screen.
        """
        place = round(t / GRID_S)
        kept = self._kept.get(place)
        if kept is not None:
            self._kept.move_to_end(place)
            self._asked = None
            return kept
        if self._path is not None:
            if self._reader is None:
                self._reader = FrameReader(self._path, memory=MEMORY, threads=1)
            side = round(LONGEST_PX * ratio)
            self._asked = t
            self._ticket = self._reader.wish(place * GRID_S, (side, side))
            self._look.start()
        return None

    @property
    def kept(self) -> int:
        """How many pictures are kept."""
        return len(self._kept)

    def _on_look(self) -> None:
        reader = self._reader
        if reader is None or reader.fault:
            self._look.stop()
            return
        picture = reader.newest
        if picture is None or picture.ticket < self._ticket:
            return
        self._look.stop()
        if self._asked is None:
            return
        image = image_of(picture)
        self._kept[round(self._asked / GRID_S)] = image
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        asked, self._asked = self._asked, None
        self.made.emit(asked, image)
