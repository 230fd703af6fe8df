"""Both recordings' lines above one another; asks for another moment, and never moves by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QLineF, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.coach.review_align import Alignment, aligned
from app.ui.style import Corner, Space, current_palette
from app.ui.widgets.compare_paint import (
    BADGE_PX,
    ICON_PX,
    Pencil,
    Placing,
    paint_axis,
    paint_name,
    paint_track,
)
from app.ui.widgets.compare_tracks import axis_text
from app.ui.widgets.timeline_scale import Scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.widgets.compare_tracks import Track, TrackGroup

AXIS_PX: Final = 28
ROW_PX: Final = 30
LEAST_ROW_PX: Final = 22
MOST_ROW_PX: Final = 52
BETWEEN_PX: Final = 2
ZOOM: Final = 1.5
NAME_SHARE: Final = 0.26
"""Names may take this share of the width; then they end in dots."""
NEAR_PX: Final = 5


class CompareView(QWidget):
    """One axis, a playhead across everything, the stretch of the loop."""

    seek_requested = Signal(float)
    """A time of the axis, seconds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Both recordings over time"))
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._groups: tuple[TrackGroup, ...] = ()
        self._alignment: Alignment = aligned((0.0, 0.0))
        self._scale = Scale(1.0, 0.0, 1.0)
        self._axis_s = 0.0
        self._loop: tuple[float, float] | None = None
        self._places: list[Placing] = []
        self._still: QPixmap | None = None

    def show_groups(self, groups: Sequence[TrackGroup], alignment: Alignment) -> None:
        """Show other recordings, or the same ones laid together anew; all of both."""
        self._groups, self._alignment = tuple(groups), alignment
        span = max(1.0, alignment.end_s - alignment.start_s)
        self._scale = Scale(span, 0.0, 1.0)
        self._axis_s, self._loop = 0.0, None
        self._arrange()
        self.updateGeometry()

    def set_playhead(self, axis_s: float) -> None:
        """Move the playhead; the visible stretch turns pages after it."""
        self._axis_s = axis_s
        shown = self._scale.showing(axis_s - self._alignment.start_s)
        if shown != self._scale:
            self._show(shown)
        self.update()

    def set_loop(self, loop: tuple[float, float] | None) -> None:
        """Show the stretch that is played again and again."""
        self._loop = loop
        self.update()

    @property
    def scale(self) -> Scale:
        """Which stretch is visible; its second 0 is the start of the axis."""
        return self._scale

    def zoom(self, factor: float) -> None:
        """Show `factor` times less around the playhead."""
        self._show(self._scale.zoomed_by(factor, self._axis_s - self._alignment.start_s))

    def zoom_out(self) -> None:
        """Show all of both."""
        self._show(self._scale.zoomed_by(1e-9, 0.0))

    def words_at(self, x: float, y: float) -> str:
        """Say in plain words what lies under a point."""
        place = next((p for p in self._places if p.top <= y < p.top + p.height), None)
        if place is None or x < self._scale.left_px:
            return ""
        t = self._axis(x)
        slack = NEAR_PX / max(1e-6, self._scale.px_a_s)
        near = [
            one.text
            for one in (*place.track.bands, *place.track.lines)
            if one.start_s - slack <= t <= one.end_s + slack
        ]
        if near:
            return "\n".join(near)
        return self._value_words(place.track, place.group.label, t)

    def _value_words(self, track: Track, label: str, t: float) -> str:
        if not track.start_s <= t <= track.end_s or (track.curve is None and not track.gaps):
            return ""
        value = track.curve.at(t) if track.curve is not None else None
        if track.curve is None or value is None:
            return self.tr("{t} · {what}: not measured").format(t=axis_text(t), what=label)
        return f"{axis_text(t)} · {label}: {track.curve.words(value)}"

    # Size and place

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(640, self._height(ROW_PX))

    def minimumSizeHint(self) -> QSize:
        """No line is hidden: they become lower."""
        return QSize(320, self._height(LEAST_ROW_PX))

    def _height(self, row: int) -> int:
        lines = sum(len(group.tracks) for group in self._groups)
        gaps = len(self._groups) * Space.SMALL
        return AXIS_PX + lines * (row + BETWEEN_PX) + gaps + Space.SMALL

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the seconds over the new width."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Take on a new theme or font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._arrange()

    def _gutter(self) -> int:
        metrics = self.fontMetrics()
        words = [text for group in self._groups for text in (group.label, group.unit)]
        widest = max((metrics.horizontalAdvance(text) for text in words), default=0)
        wanted = Space.SNUG + ICON_PX + Space.SMALL + widest + BADGE_PX + 3 * Space.SMALL
        return min(wanted, int(self.width() * NAME_SHARE))

    def _arrange(self) -> None:
        gutter = self._gutter()
        width = max(32.0, self.width() - gutter - Space.MEDIUM)
        lines = max(1, sum(len(group.tracks) for group in self._groups))
        spare = self.height() - self._height(0)
        row = min(max(LEAST_ROW_PX, spare / lines), MOST_ROW_PX)
        self._places, top = [], float(AXIS_PX)
        for group in self._groups:
            for at, track in enumerate(group.tracks):
                self._places.append(Placing(group, track, top, row, first=not at))
                top += row + BETWEEN_PX
            top += Space.SMALL
        scale = self._scale
        self._show(Scale(scale.duration_s, float(gutter), width, scale.start_s, scale.view_s))

    def _show(self, scale: Scale) -> None:
        self._scale = scale
        self._still = None
        self.update()

    def _axis(self, x: float) -> float:
        return self._scale.t(x) + self._alignment.start_s

    def _x(self, axis_s: float) -> float:
        return self._scale.x(axis_s - self._alignment.start_s)

    # Hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the moment under the pointer."""
        self._seek(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the playhead."""
        self._seek(event)

    def _seek(self, event: QMouseEvent) -> None:
        left = event.buttons() & Qt.MouseButton.LeftButton
        if left and event.position().x() >= self._scale.left_px:
            self.seek_requested.emit(self._axis(event.position().x()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl; else go along the axis."""
        turn = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            around = self._scale.t(event.position().x())
            self._show(self._scale.zoomed_by(ZOOM if turn > 0 else 1 / ZOOM, around))
        else:
            by = -turn / 1200 * self._scale.visible_s
            self._show(self._scale.moved_to(self._scale.start_s + by))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Say what lies under the pointer."""
        if isinstance(event, QHelpEvent):
            words = self.words_at(event.pos().x(), event.pos().y())
            if words:
                QToolTip.showText(event.globalPos(), words, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the playhead over a picture of everything else."""
        del event
        palette = current_palette()
        painter = QPainter(self)
        if self._still is None:
            self._still = self._draw_still()
        painter.drawPixmap(0, 0, self._still)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(QRectF(self._scale.left_px - 6, 0, self._scale.width_px + 12, 1e5))
        if self._loop is not None:
            left, right = (self._x(t) for t in self._loop)
            tint = QColor(palette.accent)
            tint.setAlphaF(0.16)
            painter.fillRect(QRectF(left, AXIS_PX, right - left, self.height()), tint)
        x = self._x(self._axis_s)
        accent = QColor(palette.accent)
        painter.setPen(QPen(accent, 2))
        painter.drawLine(QLineF(x, AXIS_PX - Space.SMALL, x, self.height() - Space.SMALL))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawEllipse(QPointF(x, AXIS_PX - Space.SMALL), 5, 5)
        painter.end()

    def _draw_still(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        still = QPixmap(self.size() * ratio)
        still.setDevicePixelRatio(ratio)
        still.fill(Qt.GlobalColor.transparent)
        palette = current_palette()
        painter = QPainter(still)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(palette.line), 1))
        painter.setBrush(QColor(palette.card))
        box = QRect(0, 0, self.width() - 1, self.height() - 1)
        painter.drawRoundedRect(box, Corner.CARD, Corner.CARD)
        pencil = Pencil(
            painter,
            palette,
            self.font(),
            self._scale,
            self._alignment.start_s,
            self._scale.left_px,
            ratio,
        )
        last = self._places[-1] if self._places else None
        paint_axis(pencil, AXIS_PX, last.top + last.height if last else AXIS_PX)
        for place in self._places:
            paint_name(pencil, place)
            paint_track(pencil, place)
        painter.end()
        return still
