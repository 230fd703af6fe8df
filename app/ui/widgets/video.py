"""The live picture: aspect kept, round corners, mirrored as in a mirror."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import icons
from app.ui.style import Corner, Space, TypeSize, current_palette, text_px

if TYPE_CHECKING:
    from vision.types import Frame

ICON_SIZE = 48
STILL_S = 2.0
"""A picture older than this, of a camera that does not work, is greyed out."""
STILL_OPACITY = 0.3
"""Of such a picture: nobody is to take it for themselves, live."""
USUAL_ASPECT = 4 / 3


def image_of(frame: Frame) -> QImage:
    """Copy a BGR picture once into the format that paints fastest."""
    import numpy as np  # noqa: PLC0415 - a window without a picture does without

    picture = np.ascontiguousarray(frame.image)
    height, width = picture.shape[:2]
    wrapped = QImage(picture.data, width, height, 3 * width, QImage.Format.Format_BGR888)
    return wrapped.convertToFormat(QImage.Format.Format_RGB32)


class VideoView(QWidget):
    """Shows the newest picture whole, on a stage that takes all the room there is.

    With `fill` there is no stage: the height is filled and the sides may be cut.
    """

    resized = Signal()
    """What lies on the picture has to be placed anew."""

    def __init__(self, *, mirrored: bool = True, fill: bool = False) -> None:
        super().__init__()
        self._mirrored = mirrored
        self._fill = fill
        self._image: QImage | None = None
        self._shown_t: float | None = None
        self._empty = ("camera", "")
        self._still = False
        self.setMinimumSize(240, 180)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Live picture"))

    def show_frame(self, frame: Frame | None) -> None:
        """Take the newest picture; None goes back to the empty stage."""
        if frame is None:
            if self._image is not None:
                self._image = None
                self._shown_t = None
                self._still = False
                self.update()
            return
        if frame.t == self._shown_t:
            return
        self._shown_t = frame.t
        self._still = False
        self._image = image_of(frame)
        self.update()

    def set_mirrored(self, mirrored: bool) -> None:
        """Show the picture as a mirror does, or as others see it."""
        self._mirrored = mirrored
        self.update()

    def show_empty(self, icon: str, text: str) -> None:
        """Say what stands where the picture will be."""
        if (icon, text) != self._empty:
            self._empty = (icon, text)
            self.update()

    def grow_old(self, now: float | None) -> None:
        """Grey the last picture out where it is old; `now` is None while pictures come."""
        shown_t = self._shown_t
        still = now is not None and shown_t is not None and now - shown_t > STILL_S
        if still != self._still:
            self._still = still
            self.update()

    @property
    def still(self) -> bool:
        """Whether the last picture is greyed out."""
        return self._still and self._image is not None

    @property
    def empty_text(self) -> str:
        """What is said where there is no picture."""
        return self._empty[1]

    @property
    def has_picture(self) -> bool:
        """Whether a picture is on show."""
        return self._image is not None

    @property
    def aspect(self) -> float:
        """Width by height of the picture; the usual camera's before the first."""
        if self._image is None or self._image.height() == 0:
            return USUAL_ASPECT
        return self._image.width() / self._image.height()

    def sizeHint(self) -> QSize:
        """Ask for the usual picture's size."""
        return QSize(640, 480)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell what lies on the picture."""
        super().resizeEvent(event)
        self.resized.emit()

    def picture_rect(self) -> QRect:
        """Where the picture, or the empty stage, lies in the widget."""
        whole = self._image is None and not self._fill
        return self.rect() if whole else self._fitted(self.aspect)

    def _fitted(self, aspect: float) -> QRect:
        width, height = self.width(), self.height()
        if self._fill:
            wide = min(width, round(height * aspect))
            return QRect((width - wide) // 2, 0, wide, height)
        wide = min(width, round(height * aspect))
        high = min(height, round(wide / aspect))
        return QRect((width - wide) // 2, (height - high) // 2, wide, high)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint stage and picture, and round the corners with the page's surface."""
        palette = current_palette()
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(palette.surface))
        target = self.picture_rect()
        ground = target if self._fill else self.rect()
        painter.fillRect(ground, QColor(palette.stage))
        if self._image is None:
            self._paint_empty(painter, target)
        else:
            painter.setOpacity(STILL_OPACITY if self._still else 1.0)
            self._paint_image(painter, target, self._image)
            painter.setOpacity(1.0)
            if self._still:
                self._paint_icon(painter, target, "camera_off")
        _round_corners(painter, ground, QColor(palette.surface))
        painter.end()

    def _paint_image(self, painter: QPainter, target: QRect, image: QImage) -> None:
        source = QRectF(image.rect())
        wanted = target.width() / max(1, target.height())
        if self._fill and wanted < source.width() / source.height():
            keep = source.height() * wanted
            source = QRectF((source.width() - keep) / 2, 0, keep, source.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._mirrored:
            painter.setTransform(
                QTransform(-1, 0, 0, 1, target.left() * 2 + target.width(), 0), combine=True
            )
        painter.drawImage(QRectF(target), image, source)
        painter.restore()

    def _paint_icon(self, painter: QPainter, target: QRect, icon: str) -> int:
        """Paint it in the middle; tells where its foot is."""
        ink = current_palette().on_stage
        picture = icons.pixmap(icon, ink, ICON_SIZE, self.devicePixelRatioF())
        middle = target.center()
        painter.setOpacity(0.7)
        top = middle.y() - ICON_SIZE
        painter.drawPixmap(QRect(middle.x() - ICON_SIZE // 2, top, ICON_SIZE, ICON_SIZE), picture)
        painter.setOpacity(1.0)
        return top + ICON_SIZE

    def _paint_empty(self, painter: QPainter, target: QRect) -> None:
        palette = current_palette()
        icon, text = self._empty
        foot = self._paint_icon(painter, target, icon)
        font = self.font()
        font.setPixelSize(text_px(TypeSize.LEAD))
        painter.setFont(font)
        painter.setPen(QColor(palette.on_stage))
        box = target.adjusted(Space.LARGE, 0, -Space.LARGE, 0)
        box.setTop(foot + Space.MEDIUM)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(box, flags, text)


def _round_corners(painter: QPainter, target: QRect, colour: QColor) -> None:
    """Paint over the four corners: much cheaper than clipping every picture."""
    radius = Corner.CARD
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    box = QRectF(target)
    for corner, dx, dy in (
        (box.topLeft(), 1, 1),
        (box.topRight(), -1, 1),
        (box.bottomLeft(), 1, -1),
        (box.bottomRight(), -1, -1),
    ):
        square = QPainterPath()
        square.addRect(QRectF(corner, corner + QPointF(dx * radius, dy * radius)).normalized())
        circle = QPainterPath()
        circle.addEllipse(corner + QPointF(dx * radius, dy * radius), radius, radius)
        painter.drawPath(square.subtracted(circle))
