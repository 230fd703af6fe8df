"""Where the recording's picture is painted, or the sentence that stands in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.icons import pixmap
from app.ui.style import Corner, Space, TypeSize, current_palette, text_px
from app.ui.widgets.controls import QWIDGETSIZE_MAX
from app.ui.widgets.player_moving import MovingPictures, fitted, picture_of_frame

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent
    from PySide6.QtMultimedia import QVideoFrame

BUTTON_PX: Final = Space.HUGE
RING_PX: Final = 3
SLIM_PX: Final = 2 * Space.HUGE
SENTENCE_PX: Final = 560
USUAL_SHAPE: Final = QSize(4, 3)
"""The usual camera's, until the first frame tells the recording's own."""


class Figure(Protocol):
    """Something that is drawn where there is no picture, such as a stick figure."""

    @property
    def shape(self) -> tuple[int, int]:
        """Width and height of the picture that it stands for; only their ratio counts."""
        ...

    def paint(self, painter: QPainter, box: QRectF, t: float) -> None:
        """Draw the moment t, seconds, into a box; the stage's dark surface is painted."""
        ...


class PlayerStage(QWidget):
    """Paints the newest frame it was handed, on a stage that takes the recording's shape."""

    pressed = Signal()
    resized = Signal()
    """A standing picture may be wanted at another size."""
    reshaped = Signal()
    """The recording's shape is known, or is another one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._frame: QVideoFrame | None = None
        """The newest of a running film, until its picture is there."""
        self._moving = MovingPictures(self)
        self._moving.made.connect(self._on_made)
        self._image: QImage | None = None
        self._shape = USUAL_SHAPE
        self._sentence = ""
        self._icon = ""
        self._slim = False
        self._invites = False
        self._ringed = False
        self._figure: Figure | None = None
        self._t = 0.0

    def sizeHint(self) -> QSize:
        """Ask for the usual picture's size, or for a line of text."""
        return QSize(640, SLIM_PX if self._slim else 360)

    def minimumSizeHint(self) -> QSize:
        """Stay large enough to see a face."""
        return QSize(320, SLIM_PX if self._slim else 168)

    def show_frame(self, frame: QVideoFrame) -> None:
        """Take the newest frame; its picture is made beside the screen and then shown."""
        self._frame = frame
        if self._sentence:
            self._say("", "", slim=False)
        self._moving.offer(frame, self.picture_pixels())

    def _on_made(self, image: QImage, whole: QSize) -> None:
        self._frame = None
        self._put(image, whole)

    def _put(self, image: QImage, whole: QSize) -> None:
        """Show a picture; where its shape stays only it is painted, not what lies beside it."""
        same = self._image is not None and self._shape == whole
        self._image = image
        self._take_shape(whole)
        self._image.setDevicePixelRatio(self.devicePixelRatioF())
        if same:
            self.update(self.picture_rect().toAlignedRect())
        else:
            self.update()

    def _take_shape(self, shape: QSize) -> None:
        if shape != self._shape:
            self._shape = shape
            self.reshaped.emit()

    def high_at(self, width: int) -> int:
        """How high the picture is where it is as wide as this, pixels."""
        return round(width * self._shape.height() / max(1, self._shape.width()))

    def close_pictures(self) -> None:
        """Want no picture of a running film any more."""
        self._frame = None
        self._moving.close()

    def show_picture(self, image: QImage, shape: tuple[int, int]) -> None:
        """Take an exact picture; shape is (width, height) of the whole one."""
        self._forget_frame()
        if self._sentence:
            self._say("", "", slim=False)
        self._put(image, QSize(*shape))

    def show_figure(self, figure: Figure | None) -> None:
        """Draw a figure where there is no picture; None for none."""
        self._figure = figure
        if figure is not None:
            self._take_shape(QSize(*figure.shape))
            self._say("", "", slim=False)
        self.update()

    def show_time(self, t: float) -> None:
        """Let the figure stand as it stood at a moment, seconds."""
        if self._figure is not None and t != self._t:
            self.update()
        self._t = t

    def picture_pixels(self) -> tuple[int, int]:
        """How large a picture can be shown, (width, height) in pixels of the screen."""
        ratio = self.devicePixelRatioF()
        return max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio))

    def show_empty(self) -> None:
        """Show the bare stage, before the first frame."""
        self._forget_frame()
        self._image = None
        self._take_shape(USUAL_SHAPE)
        self._say("", "", slim=False)

    def show_sentence(self, text: str, icon: str, *, slim: bool = False) -> None:
        """Say something where the picture would be; `slim` gives its room to what is below."""
        self._forget_frame()
        self._image = None
        self._say(text, icon, slim=slim)

    def _forget_frame(self) -> None:
        self._frame = None
        self._moving.drop()

    def _say(self, text: str, icon: str, *, slim: bool) -> None:
        if self._figure is not None:
            text, icon, slim = "", "", False
        self._sentence, self._icon, self._slim = text, icon, slim
        self.setAccessibleName(text)
        self.setMaximumHeight(SLIM_PX if slim else QWIDGETSIZE_MAX)
        self.updateGeometry()
        self.update()

    def invite(self, *, on: bool) -> None:
        """Show the round play sign over the picture, or take it away."""
        if on != self._invites:
            self._invites = on
            self.update()

    def show_ring(self, *, on: bool) -> None:
        """Show that keys go to the player."""
        if on != self._ringed:
            self._ringed = on
            self.update()

    @property
    def sentence(self) -> str:
        """What it says in place of a picture; empty while there is one."""
        return self._sentence

    @property
    def image(self) -> QImage | None:
        """The newest picture: of a frame that was just taken it is made here and now."""
        if self._frame is not None:
            made, whole = picture_of_frame(self._frame, self.picture_pixels())
            if not made.isNull():
                self._on_made(made, whole)
        return self._image

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that a standing picture may be wanted at another size."""
        super().resizeEvent(event)
        self.resized.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Make no pictures for nobody."""
        super().hideEvent(event)
        self.close_pictures()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pass a press on the picture on: it plays and pauses."""
        inside = self.picture_rect().contains(event.position())
        if inside and event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def picture_rect(self) -> QRectF:
        """Where the stage is: in the recording's shape, without bars beside the picture."""
        return QRectF(self.rect()) if self._slim else fitted(self.rect(), self._shape)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the stage and what is on it."""
        del event
        palette = current_palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        box = self.picture_rect()
        outline.addRoundedRect(box, Corner.CARD, Corner.CARD)
        if self._image is not None and not self._image.isNull():
            self._paint_picture(painter, self._image, box, outline)
            painter.setClipPath(outline)
        else:
            painter.setClipPath(outline)
            painter.fillRect(box, QColor(palette.sunken if self._slim else palette.stage))
            if self._figure is not None:
                self._figure.paint(painter, box, self._t)
            elif self._sentence:
                self._paint_sentence(painter)
        if self._invites:
            self._paint_invitation(painter)
        if self._ringed:
            painter.setPen(QPen(QColor(palette.accent), 2 * RING_PX))  # half of it is cut off
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(outline)
        painter.end()

    def _paint_picture(
        self, painter: QPainter, image: QImage, box: QRectF, outline: QPainterPath
    ) -> None:
        """Lay the picture on, its corners by themselves: through a round hole Qt is slow."""
        inner = box.toRect()
        corners = QRegion()
        side = Corner.CARD + 1
        for x in (inner.left(), inner.right() - side + 1):
            for y in (inner.top(), inner.bottom() - side + 1):
                corners += QRect(x, y, side, side)
        painter.setClipRegion(QRegion(inner).subtracted(corners))
        self._lay(painter, image, box)
        painter.setClipRegion(corners)
        painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
        self._lay(painter, image, box)

    def _lay(self, painter: QPainter, image: QImage, box: QRectF) -> None:
        size = image.deviceIndependentSize()
        wide, high = abs(size.width() - box.width()), abs(size.height() - box.height())
        if not wide and not high:
            painter.drawImage(box.topLeft(), image)  # made for this size: nothing to work out
            return
        smooth = wide > 1 or high > 1
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=smooth)
        painter.drawImage(box, image)

    def _paint_sentence(self, painter: QPainter) -> None:
        palette = current_palette()
        font = self.font()
        font.setPixelSize(text_px(TypeSize.LEAD))
        painter.setFont(font)
        ink = palette.text if self._slim else palette.on_stage
        painter.setPen(QColor(ink))
        room = min(round(self.picture_rect().width()) - 2 * Space.LARGE, SENTENCE_PX)
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
        text = painter.fontMetrics().boundingRect(QRect(0, 0, room, 1000), flags, self._sentence)
        side = Space.LARGE
        top = (self.height() - side - Space.SMALL - text.height()) // 2
        drawn = pixmap(self._icon, ink, side, self.devicePixelRatioF())
        painter.drawPixmap(QPointF((self.width() - side) / 2, top), drawn)
        box = QRect((self.width() - room) // 2, top + side + Space.SMALL, room, text.height())
        painter.drawText(box, flags, self._sentence)

    def _paint_invitation(self, painter: QPainter) -> None:
        """Paint the sign in the corner: the middle belongs to the face."""
        palette = current_palette()
        half, away = BUTTON_PX / 2, Space.MEDIUM + BUTTON_PX / 2
        middle = self.picture_rect().bottomLeft() + QPointF(away, -away)
        disc = QColor(palette.stage)
        disc.setAlphaF(0.72)
        painter.setPen(QPen(QColor(palette.on_stage), 1))
        painter.setBrush(disc)
        painter.drawEllipse(middle, half, half)
        side = Space.LARGE
        drawn = pixmap("play", palette.on_stage, side, self.devicePixelRatioF())
        painter.drawPixmap(middle - QPointF(side / 2 - 1, side / 2), drawn)
