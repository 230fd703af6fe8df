"""The picture of the moment under the pointer, above a timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from app.ui.style import Corner, Space, TypeSize, current_palette
from app.ui.texts import clock_text

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

PICTURE_PX: Final = 160
USUAL: Final = (160, 120)
FOOT_PX: Final = 22


class HoverPicture(QWidget):
    """A small card with a picture and its time; it takes neither presses nor keys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._image: QImage | None = None
        self._text = ""
        self._shape = USUAL
        self.hide()

    def show_moment(self, t: float, image: QImage | None, above: QPoint) -> None:
        """Show a moment, seconds; without its picture the one before stays until it comes."""
        self._text = clock_text(t)
        if image is not None and not image.isNull():
            self._image = image
            scale = PICTURE_PX / max(image.width(), image.height())
            self._shape = (round(image.width() * scale), round(image.height() * scale))
        wide, high = self._shape
        self.resize(wide + 2 * Space.HAIR, high + Space.HAIR + FOOT_PX)
        parent = self.parentWidget()
        most = (parent.width() if parent is not None else above.x()) - self.width()
        left = max(0, min(above.x() - self.width() // 2, most))
        self.move(left, max(0, above.y() - self.height() - Space.SMALL))
        self.show()
        self.raise_()
        self.update()

    @property
    def image(self) -> QImage | None:
        """The picture on show."""
        return self._image

    def forget(self) -> None:
        """Go away, and show nothing old the next time."""
        self._image = None
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        del event
        palette = current_palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(palette.line), 1))
        painter.setBrush(QColor(palette.stage))
        card = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(card, Corner.CONTROL, Corner.CONTROL)
        box = QRectF(QPointF(Space.HAIR, Space.HAIR), QPointF(0, 0))
        box.setSize(QRectF(0, 0, *self._shape).size())
        if self._image is not None:
            outline = QPainterPath()
            outline.addRoundedRect(box, Corner.CONTROL - Space.HAIR, Corner.CONTROL - Space.HAIR)
            painter.setClipPath(outline)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, self._image)
            painter.setClipping(False)
        font = self.font()
        font.setPixelSize(TypeSize.TEXT)
        painter.setFont(font)
        painter.setPen(QColor(palette.on_stage))
        foot = QRectF(0, self.height() - FOOT_PX, self.width(), FOOT_PX)
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignCenter), self._text)
        painter.end()
