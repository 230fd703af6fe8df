"""The timeline: cues as bands, what was not measured as hatching, the voice as curves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.ui.texts import clock_text
from app.ui.widgets.curves import CurveRow
from app.ui.widgets.timeline_layout import RULER_PX, FoldRow
from app.ui.widgets.timeline_model import CueRow
from app.ui.widgets.timeline_pins import PinRow
from app.ui.widgets.timeline_view import TimelineView

if TYPE_CHECKING:
    from app.ui.widgets.timeline_pins import Pin

STEP_S: Final = 1.0
LEAP_S: Final = 5.0
ZOOM: Final = 1.5
NEAR_PX: Final = 6


class Timeline(TimelineView):
    """Shows a `TimelineModel`; asks for another moment and never moves the playhead itself."""

    seek_requested = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Timeline"))
        self.setAccessibleDescription(
            self.tr("Arrow keys move by a second, with Shift by five, with Ctrl to the next moment")
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)

    def words_at(self, point: QPoint) -> str:
        """Say in plain words what lies under a point of the viewport."""
        line = self._layout.line_at(self._content_y(point.y())) if self._layout else None
        if line is None or self._model is None or point.y() < RULER_PX:
            return ""
        if point.x() < self._scale.left_px:
            return "" if isinstance(line.row, FoldRow) else line.row.label
        t = self._scale.t(point.x())
        slack = NEAR_PX / max(1.0, self._scale.width_px) * self._scale.visible_s
        row = line.row
        if isinstance(row, CueRow):
            span = row.spans.at(t, slack)
            if span is not None:
                return f"{row.label}: {span.text}"
            gap = row.gaps.at(t, 0.0)
            return gap.text if gap else ""
        if isinstance(row, PinRow):
            near = [pin for pin in row.pins if abs(pin.t - t) <= 2 * slack]
            return "\n".join(pin.text for pin in near)
        return self._curve_words(row, t) if isinstance(row, CurveRow) else ""

    def _curve_words(self, row: CurveRow, t: float) -> str:
        value = row.at(t)
        if value is not None:
            return f"{clock_text(t)} · {row.label}: {row.words(value)}"
        gap = self._model.voice_gaps.at(t, 0.0) if self._model else None
        if gap is not None:
            return gap.text
        return self.tr("{t} · {what}: not measured").format(t=clock_text(t), what=row.label)

    # Keys, pointer, wheel

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by seconds or moments, zoom, go to the ends; leave all else to the page."""
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        step = LEAP_S if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP_S
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            ahead = key == Qt.Key.Key_Right
            if ctrl:
                self.jump(ahead=ahead)
            else:
                self._seek(self._playhead_s + (step if ahead else -step))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(ZOOM)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoom(1 / ZOOM)
        elif key == Qt.Key.Key_0:
            self.zoom_out()
        elif key == Qt.Key.Key_Home:
            self._seek(0.0)
        elif key == Qt.Key.Key_End:
            self._seek(self._scale.duration_s)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._fold()
        else:
            event.ignore()

    def jump(self, *, ahead: bool) -> Pin | None:
        """Go to the next or previous moment and say what it is; None where there is none."""
        if self._model is None:
            return None
        here = self._playhead_s
        if ahead:
            found = next((m for m in self._model.moments if m.t > here + 0.05), None)
        else:
            found = next((m for m in reversed(self._model.moments) if m.t < here - 0.05), None)
        if found is None:
            return None
        self._show_scale(self._scale.showing(found.t))
        self._seek(found.t)
        self.setAccessibleDescription(found.text)
        spot = self.viewport().mapToGlobal(QPoint(int(self._scale.x(found.t)), RULER_PX))
        QToolTip.showText(spot, found.text, self)
        return found

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where the pointer is; on the folded line, unfold."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        line = self._layout.line_at(self._content_y(event.pos().y())) if self._layout else None
        if event.pos().y() >= RULER_PX and line is not None and isinstance(line.row, FoldRow):
            self._fold()
        elif event.pos().x() >= self._scale.left_px - NEAR_PX:
            self._seek(self._scale.t(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the playhead."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._seek(self._scale.t(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the playhead; where it was dragged to, it stays."""
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl zooms at the pointer; else along the session where it is zoomed, or up and down."""
        turn = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(ZOOM ** (turn.y() / 120), self._scale.t(event.position().x()))
        elif self._scale.zoomed:
            along = turn.x() or turn.y()
            self._show_scale(
                self._scale.moved_to(self._scale.start_s - along / 1200 * self._scale.visible_s)
            )
        else:
            super().wheelEvent(event)
            return
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Answer the pointer's question with plain words."""
        if isinstance(event, QHelpEvent):
            text = self.words_at(event.pos())
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)

    def _seek(self, t: float) -> None:
        self.seek_requested.emit(min(max(0.0, t), self._scale.duration_s))

    def _fold(self) -> None:
        self._unfolded = not self._unfolded
        self._arrange()
