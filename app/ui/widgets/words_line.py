"""The words of a session as one line that runs with the playhead; a click goes to a word."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.ui.style import Space, current_palette
from app.ui.texts import clock_text
from app.ui.tokens import Corner

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from audio.types import Word

SURE: Final = 0.3
"""Words that the engine is less sure of are drawn quietly; nothing is decided with it."""
SILENCE_S: Final = 1.0
"""A silence from here on shows as a wider space."""
SPOKEN: Final = 1000
"""Letters that a screen reader is given at once."""


class WordsLine(QWidget):
    """Shows words; asks for another moment and never moves the playhead itself."""

    seek_requested = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[Word, ...] = ()
        self._starts: list[float] = []
        self._lefts: list[float] = []
        self._total = 0.0
        self._playhead_s = 0.0
        self._offset = 0.0
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Words"))

    def sizeHint(self) -> QSize:
        """Ask for one line of text and some air."""
        return QSize(160, round(self.fontMetrics().height()) + 2 * Space.SMALL)

    def show_words(self, words: tuple[Word, ...]) -> None:
        """Show the words of a session, by start."""
        self._words = words
        self._starts = [word.start_s for word in words]
        self.setAccessibleDescription(" ".join(word.text for word in words)[:SPOKEN])
        self._measure()

    def set_playhead(self, t: float) -> None:
        """Run to a moment, seconds."""
        self._playhead_s = t
        self._follow()

    @property
    def current(self) -> int | None:
        """Number of the word at the playhead; None in a silence."""
        at = bisect_right(self._starts, self._playhead_s) - 1
        return at if at >= 0 and self._playhead_s <= self._words[at].end_s else None

    def word_at(self, x: float) -> Word | None:
        """Find the word under a point; None beside all words."""
        at = bisect_right(self._lefts, x + self._offset - Space.SNUG) - 1
        if at < 0:
            return None
        width = QFontMetricsF(self.font()).horizontalAdvance(self._words[at].text)
        inside = x + self._offset - Space.SNUG <= self._lefts[at] + width + Space.HAIR
        return self._words[at] if inside else None

    def _measure(self) -> None:
        metrics = QFontMetricsF(self.font())
        space, x, before = metrics.horizontalAdvance(" "), 0.0, None
        self._lefts = []
        for word in self._words:
            if before is not None:
                silent = word.start_s - before.end_s >= SILENCE_S
                x += Space.LARGE if silent else space
            self._lefts.append(x)
            x += metrics.horizontalAdvance(word.text)
            before = word
        self._total = x
        self._follow()

    def _follow(self) -> None:
        """Keep the playhead's place in the middle, but no empty room at either end."""
        if self._words:
            at = max(0, bisect_right(self._starts, self._playhead_s) - 1)
            word, left = self._words[at], self._lefts[at]
            right = self._lefts[at + 1] if at + 1 < len(self._lefts) else self._total
            until = self._starts[at + 1] if at + 1 < len(self._starts) else word.end_s
            part = (self._playhead_s - word.start_s) / max(0.01, until - word.start_s)
            x = left + min(1.0, max(0.0, part)) * (right - left)
            self._go_to(x - self.width() / 2)
        self.update()

    def _go_to(self, offset: float) -> None:
        most = max(0.0, self._total + 2 * Space.SNUG - self.width())
        self._offset = min(most, max(0.0, offset))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words in sight."""
        del event
        palette, current = current_palette(), self.current
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(palette.line))
        painter.setBrush(QColor(palette.card))
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, Corner.CONTROL, Corner.CONTROL)
        inside = QRectF(self.rect()).adjusted(Space.SMALL, 0, -Space.SMALL, 0)
        painter.setClipRect(inside)
        start = max(0, bisect_right(self._lefts, self._offset) - 1)
        for number in range(start, len(self._words)):
            left = Space.SNUG + self._lefts[number] - self._offset
            if left > self.width():
                break
            word = self._words[number]
            unsure = word.confidence is not None and word.confidence < SURE
            ink = palette.quiet if unsure else palette.text
            painter.setPen(QColor(palette.accent if number == current else ink))
            box = QRectF(left, 0, QFontMetricsF(self.font()).horizontalAdvance(word.text) + 2, 0)
            box.setHeight(self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, word.text)
            if number == current:
                y = box.center().y() + self.fontMetrics().height() / 2
                painter.fillRect(QRectF(left, y, box.width() - 2, 2), QColor(palette.accent))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the word that is pressed."""
        word = self.word_at(event.position().x())
        if word is not None and event.button() == Qt.MouseButton.LeftButton:
            self.seek_requested.emit(word.start_s)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Look ahead or back; the playhead takes the line along again."""
        turn = event.angleDelta()
        self._go_to(self._offset - (turn.x() or turn.y()))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Tell when a word was said."""
        if isinstance(event, QHelpEvent):
            word = self.word_at(event.pos().x())
            text = f"{clock_text(word.start_s)} · {word.text}" if word else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the playhead's place in the middle."""
        super().resizeEvent(event)
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew with another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()
