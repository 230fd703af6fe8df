"""The microphone's level as a bar: whether sound comes in, and whether it is too much."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.style import Space, current_palette

LOWEST_DBFS: Final = -60.0
"""Left end of the bar; quieter rooms are rare."""
LOUD_DBFS: Final = -6.0
"""From here on the microphone may clip."""
FALL: Final = 0.12
"""Largest fall a look, as a part of the bar, so that it does not flicker."""


class LevelMeter(QWidget):
    """A bar from silent to loud; hatched while nothing is measured."""

    def __init__(self) -> None:
        super().__init__()
        self._part: float | None = None
        self.setFixedHeight(Space.SMALL)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Microphone level"))
        self.show_level(None)

    def sizeHint(self) -> QSize:
        """Ask for a low, wide strip."""
        return QSize(160, Space.SMALL)

    def show_level(self, level_dbfs: float | None) -> None:
        """Show a level; None is no sound at all and looks different from silence."""
        if level_dbfs is None:
            part = None
        else:
            part = min(1.0, max(0.0, (level_dbfs - LOWEST_DBFS) / -LOWEST_DBFS))
            if self._part is not None:
                part = max(part, self._part - FALL)
        if part != self._part:
            self._part = part
            self.setAccessibleDescription(self._in_words(level_dbfs))
            self.update()

    def _in_words(self, level_dbfs: float | None) -> str:
        if level_dbfs is None:
            return self.tr("no sound")
        return self.tr("loud") if level_dbfs >= LOUD_DBFS else self.tr("sound comes in")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the track and the bar."""
        del event
        palette = current_palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        radius = box.height() / 2
        painter.setBrush(QColor(palette.line))
        painter.drawRoundedRect(box, radius, radius)
        if self._part is None:
            painter.setBrush(QColor(palette.hatch))
            painter.setBrush(Qt.BrushStyle.BDiagPattern)
            painter.drawRoundedRect(box, radius, radius)
        elif self._part > 0:
            loud = self._part >= 1 + LOUD_DBFS / -LOWEST_DBFS
            painter.setBrush(QColor(palette.lane("loudness") if loud else palette.accent))
            width = max(box.height(), box.width() * self._part)
            painter.drawRoundedRect(QRectF(0, 0, width, box.height()), radius, radius)
        painter.end()
