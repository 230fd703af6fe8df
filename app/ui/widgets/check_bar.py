"""How far a self-check is: one piece a step, the running one filling calmly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.motion import motion_wanted
from app.ui.style import Space, current_palette

if TYPE_CHECKING:
    from app.coach.self_check import SelfCheck

BAR_PX: Final = 8
PARTS: Final = 240
"""The bar is painted anew no more often than it moves by a pixel or so."""


class CheckBar(QWidget):
    """Pieces side by side; no number on it, because nothing is counted for anybody."""

    def __init__(self) -> None:
        super().__init__()
        self._shown = (1, 0, 0)
        self.setFixedHeight(BAR_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Progress"))

    def sizeHint(self) -> QSize:
        """Ask for a low, wide strip."""
        return QSize(480, BAR_PX)

    def show_walk(self, walk: SelfCheck | None, now_s: float) -> None:
        """Show where a check is; None before it begins."""
        count, at, part = 1, 0, 0
        if walk is not None:
            steps = walk.steps
            count = len(steps)
            at = steps.index(walk.step) if walk.step in steps else count
            part = round(walk.part(now_s) * PARTS) if motion_wanted() and at < count else 0
        if (count, at, part) != self._shown:
            if at != self._shown[1] or count != self._shown[0]:
                words = self.tr("Step {n} of {all}").format(n=min(at + 1, count), all=count)
                self.setAccessibleDescription(words)
            self._shown = (count, at, part)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pieces."""
        del event
        count, at, part = self._shown
        palette = current_palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        wide = (self.width() - (count - 1) * Space.SMALL) / count
        for piece in range(count):
            box = QRectF(piece * (wide + Space.SMALL), 0, wide, self.height())
            painter.setBrush(QColor(palette.line if piece != at else palette.accent_soft))
            painter.drawRoundedRect(box, BAR_PX / 2, BAR_PX / 2)
            filled = 1.0 if piece < at else part / PARTS if piece == at else 0.0
            if filled > 0:
                box.setWidth(max(BAR_PX, wide * filled))
                painter.setBrush(QColor(palette.accent))
                painter.drawRoundedRect(box, BAR_PX / 2, BAR_PX / 2)
        painter.end()
