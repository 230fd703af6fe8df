"""The breathing circle: it grows while one breathes in and shrinks while one breathes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.coach.self_check_breathing import Phase
from app.ui.motion import motion_wanted
from app.ui.style import Space, TypeSize, Weight, current_palette, text_px

if TYPE_CHECKING:
    from app.coach.self_check_breathing import Breath, Pace

SMALLEST_PART: Final = 0.42
"""Of the largest circle, breathed out: the words inside keep their room."""
BAR_PX: Final = 16
"""Height of the bar that takes the circle's place where nothing is to move about."""
LOWEST_PX: Final = 260


class BreathingCircle(QWidget):
    """A circle and words; with reduced motion the words and a bar that fills evenly."""

    def __init__(self, pace: Pace) -> None:
        super().__init__()
        self._pace = pace
        self._breath: Breath | None = None
        self._said = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(LOWEST_PX, LOWEST_PX)
        self.setAccessibleName(self.tr("Breathing circle"))

    def sizeHint(self) -> QSize:
        """Ask for a large square."""
        return QSize(2 * LOWEST_PX, 2 * LOWEST_PX)

    def show_breath(self, breath: Breath | None) -> None:
        """Show a moment; None is a circle at rest."""
        self._breath = breath
        if self.words != self._said:
            self._said = self.words
            self.setAccessibleDescription(self._said)
        self.update()

    @property
    def words(self) -> str:
        """What to do now; empty at rest."""
        if self._breath is None:
            return ""
        return self._both[0 if self._breath.phase is Phase.IN else 1]

    @property
    def _both(self) -> tuple[str, str]:
        return self.tr("Breathe in"), self.tr("Breathe out")

    @property
    def seconds(self) -> int:
        """How many seconds of this half of the breath are left, as one counts them."""
        return 0 if self._breath is None else max(1, int(self._breath.left_s + 0.999))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the shape and, inside, what to do."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if motion_wanted():
            self._paint_circle(painter)
        else:
            self._paint_bar(painter)
        self._paint_words(painter)
        painter.end()

    def _paint_circle(self, painter: QPainter) -> None:
        palette = current_palette()
        most = min(self.width(), self.height()) / 2 - 2
        size = self._breath.size if self._breath is not None else 0.0
        middle = QPointF(self.rect().center())
        painter.setPen(QPen(QColor(palette.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, most, most)
        painter.setPen(QPen(QColor(palette.accent), 3))
        painter.setBrush(QColor(palette.accent_soft))
        radius = most * (SMALLEST_PART + (1.0 - SMALLEST_PART) * size)
        painter.drawEllipse(middle, radius, radius)

    def _paint_bar(self, painter: QPainter) -> None:
        palette = current_palette()
        wide = min(self.width(), 2 * LOWEST_PX)
        box = QRectF((self.width() - wide) / 2, self.height() * 0.62, wide, BAR_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.line))
        painter.drawRoundedRect(box, BAR_PX / 2, BAR_PX / 2)
        part = self._part
        if part > 0:
            box.setWidth(max(BAR_PX, box.width() * part))
            painter.setBrush(QColor(palette.accent))
            painter.drawRoundedRect(box, BAR_PX / 2, BAR_PX / 2)

    @property
    def _part(self) -> float:
        """How full the bar is: it fills breathing in and empties breathing out."""
        if self._breath is None:
            return 0.0
        if self._breath.phase is Phase.IN:
            return 1.0 - self._breath.left_s / self._pace.in_s
        return self._breath.left_s / self._pace.out_s

    def _words_px(self, font: QFont) -> int:
        """Size of the words, the same all the time: the circle never gets narrower than they."""
        usual = text_px(TypeSize.MOMENT)
        if not motion_wanted():
            return usual
        measured = QFont(font)
        measured.setPixelSize(usual)
        metrics = QFontMetrics(measured)
        wide = max(metrics.horizontalAdvance(one) for one in self._both)
        room = min(self.width(), self.height()) * SMALLEST_PART - Space.LARGE
        return max(1, min(usual, int(usual * room / wide)))

    def _paint_words(self, painter: QPainter) -> None:
        if self._breath is None:
            return
        painter.setPen(QColor(current_palette().text))
        font = self.font()
        font.setWeight(font.Weight(Weight.STRONG))
        font.setPixelSize(self._words_px(font))
        painter.setFont(font)
        middle = self.rect().center().y()
        line = painter.fontMetrics().height()
        top = QRectF(0, middle - line, self.width(), line)
        painter.drawText(top, int(Qt.AlignmentFlag.AlignCenter), self.words)
        font.setWeight(font.Weight(Weight.REGULAR))
        painter.setFont(font)
        below = QRectF(0, middle + Space.HAIR, self.width(), line)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), str(self.seconds))
