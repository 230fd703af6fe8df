"""Who speaks when, as one strip: the customer's stretches are filled, one's own are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.style import Corner, Space, current_palette
from app.ui.texts import clock_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent, QPaintEvent


class SpeakerStrip(QWidget):
    """A press goes to that moment."""

    seek_wanted = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._length_s = 0.0
        self._stretches: Sequence[tuple[float, float]] = ()
        self._t = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Be a hand high."""
        return QSize(320, Space.WIDE)

    def show_stretches(self, length_s: float, stretches: Sequence[tuple[float, float]]) -> None:
        """Show when the customer speaks, seconds."""
        self._length_s, self._stretches = length_s, stretches
        said = ", ".join(f"{clock_text(start)}-{clock_text(end)}" for start, end in stretches)
        self.setAccessibleName(self.tr("The customer speaks: {when}").format(when=said or "–"))
        self.update()

    def set_playhead(self, t: float) -> None:
        """Show where the player stands, seconds."""
        self._t = t
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the moment under the pointer."""
        if self._length_s and self.width():
            part = event.position().x() / self.width()
            self.seek_wanted.emit(min(1.0, max(0.0, part)) * self._length_s)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the strip."""
        del event
        palette = current_palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(palette.edge), 1))
        painter.setBrush(QColor(palette.sunken))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, Corner.CONTROL, Corner.CONTROL)
        if self._length_s > 0:
            scale = box.width() / self._length_s
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.accent))
            for start, end in self._stretches:
                first, last = sorted((start, end))
                wide = max(2.0, (last - first) * scale)
                painter.drawRect(QRectF(box.left() + first * scale, 4, wide, box.height() - 7))
            painter.setBrush(QColor(palette.text))
            painter.drawRect(QRectF(box.left() + self._t * scale, 0, 2, self.height()))
        painter.end()
