"""The timeline: cues as bands, what was not measured as hatching, the voice as curves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QHelpEvent, QHideEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.ui.widgets.timeline_hover import HoverPicture
from app.ui.widgets.timeline_layout import RULER_PX, FoldRow
from app.ui.widgets.timeline_say import NEAR_PX, item_at, row_words, slack_s
from app.ui.widgets.timeline_selection import Edge, cut, edge_at
from app.ui.widgets.timeline_spans import stretch_text
from app.ui.widgets.timeline_view import TimelineView

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from app.ui.widgets.thumbnails import MomentPictures
    from app.ui.widgets.timeline_layout import Line
    from app.ui.widgets.timeline_pins import Pin

STEP_S: Final = 1.0
LEAP_S: Final = 5.0
ZOOM: Final = 1.5
DRAG_PX: Final = 4
"""A press that moves less than this is a press, not a drag."""


def by_time(pin: Pin) -> float:
    """Order moments."""
    return pin.t


class Timeline(TimelineView):
    """Shows a `TimelineModel`; asks for another moment and never moves the playhead itself."""

    seek_requested = Signal(float)
    selection_changed = Signal(object)
    """(start_s, end_s) of the chosen stretch, or None."""
    chosen = Signal(object)
    """The `Pin` of the mark or episode that was pressed or jumped to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selectable = False
        self._grip: Edge | None = None
        self._pressed: tuple[float, float] | None = None
        self._selecting = False
        self._thumbs: MomentPictures | None = None
        self._hover: HoverPicture | None = None
        self._hovers_at: QPoint | None = None
        self.setAccessibleName(self.tr("Timeline"))
        self.setAccessibleDescription(
            self.tr("Arrow keys move by a second, with Shift by five, with Ctrl to the next moment")
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)

    def words_at(self, point: QPoint) -> str:
        """Say in plain words what lies under a point of the viewport."""
        line = self._line_at(point)
        if line is None or self._model is None:
            return ""
        if point.x() < self._scale.left_px:
            return line.row.text if isinstance(line.row, FoldRow) else line.row.label
        return row_words(line.row, self._model, self._scale.t(point.x()), slack_s(self._scale))

    def _line_at(self, point: QPoint) -> Line | None:
        if self._layout is None or point.y() < RULER_PX:
            return None
        return self._layout.line_at(self._content_y(point.y()))

    # The picture under the pointer

    def show_thumbs(self, thumbs: MomentPictures) -> None:
        """Show a player's pictures over the pointer: `show_thumbs(player.thumbs)`, once."""
        self._thumbs = thumbs
        thumbs.made.connect(self._on_thumb)

    def _hover_over(self, point: QPoint) -> None:
        thumbs, x = self._thumbs, point.x()
        inside = self._scale.left_px <= x <= self._scale.left_px + self._scale.width_px
        if thumbs is None or not thumbs.usable or self._model is None or not inside:
            self._hover_away()
            return
        self._hovers_at = point
        t = self._scale.t(x)
        self._show_hover(t, thumbs.want(t, self.devicePixelRatioF()))

    def _on_thumb(self, t: float, image: QImage) -> None:
        if self._hovers_at is not None:
            self._show_hover(t, image)

    def _show_hover(self, t: float, image: QImage | None) -> None:
        if self._hover is None or self._hover.parentWidget() is not self.window():
            self._hover = HoverPicture(self.window())
        if (image is not None or self._hover.image is not None) and self._hovers_at is not None:
            top = QPoint(self._hovers_at.x(), 0)
            above = self.viewport().mapTo(self.window(), top)
            self._hover.show_moment(t, image, above)

    def _hover_away(self) -> None:
        self._hovers_at = None
        if self._hover is not None:
            self._hover.forget()

    def leaveEvent(self, event: QEvent) -> None:
        """Take the picture under the pointer away."""
        super().leaveEvent(event)
        self._hover_away()

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the picture under the pointer away."""
        super().hideEvent(event)
        self._hover_away()

    # The chosen stretch

    def allow_selection(self, *, on: bool) -> None:
        """Let a drag over the lines choose a stretch; the ruler still drags the playhead."""
        self._selectable = on

    def select(self, start_s: float, end_s: float) -> None:
        """Choose a stretch; one that is too short is none."""
        self._choose(cut(start_s, end_s, self._scale.duration_s))

    def clear_selection(self) -> None:
        """Choose nothing."""
        self._choose(None)

    def mark_in(self) -> None:
        """Let the stretch begin at the playhead; it ends where it did, or with the session."""
        end = self._selection[1] if self._selection else self._scale.duration_s
        self.select(self._playhead_s, end if end > self._playhead_s else self._scale.duration_s)

    def mark_out(self) -> None:
        """Let the stretch end at the playhead; it begins where it did, or with the session."""
        start = self._selection[0] if self._selection else 0.0
        self.select(start if start < self._playhead_s else 0.0, self._playhead_s)

    def _choose(self, selection: tuple[float, float] | None) -> None:
        if selection != self._selection:
            self._selection = selection
            self.viewport().update()
            if selection is not None:
                self.setAccessibleDescription(stretch_text(*selection))
            self.selection_changed.emit(selection)

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
        elif not (self._selectable and self._selection_key(key)):
            event.ignore()

    def _selection_key(self, key: int) -> bool:
        slots = {
            Qt.Key.Key_I: self.mark_in,
            Qt.Key.Key_O: self.mark_out,
            Qt.Key.Key_U: self.clear_selection,
        }
        slot = slots.get(Qt.Key(key))
        if slot is not None:
            slot()
        return slot is not None

    def jump(self, *, ahead: bool) -> Pin | None:
        """Go to the next or previous moment and say what it is; None where there is none."""
        if self._model is None:
            return None
        here = self._playhead_s
        moments = (m for m in self._model.moments if m.lane not in self._hidden)
        if ahead:
            found = next((m for m in moments if m.t > here + 0.05), None)
        else:
            found = max((m for m in moments if m.t < here - 0.05), key=by_time, default=None)
        if found is None:
            return None
        self._show_scale(self._scale.showing(found.t))
        self._seek(found.t)
        self.chosen.emit(found)
        self.setAccessibleDescription(found.text)
        spot = self.viewport().mapToGlobal(QPoint(int(self._scale.x(found.t)), RULER_PX))
        QToolTip.showText(spot, found.text, self)
        return found

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where the pointer is; unfold what is folded; take an end of the stretch."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        line, x = self._line_at(event.position().toPoint()), event.position().x()
        if line is not None and isinstance(line.row, FoldRow):
            self._fold()
            return
        self._grip = edge_at(self._selection, x, self._scale) if self._selectable else None
        if self._grip is not None or x < self._scale.left_px - NEAR_PX:
            return
        t = self._scale.t(x)
        self._pressed = (x, t) if self._selectable and line is not None else None
        self._seek(t)
        if line is not None and self._model is not None:
            found = item_at(line.row, t, slack_s(self._scale), self._model)
            if found is not None:
                self.chosen.emit(found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the playhead, a stretch, or one of its ends."""
        x = event.position().x()
        t = self._scale.t(x)
        if not event.buttons() & Qt.MouseButton.LeftButton:
            at_edge = self._selectable and edge_at(self._selection, x, self._scale) is not None
            shape = Qt.CursorShape.SizeHorCursor if at_edge else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self._hover_over(event.position().toPoint())
            return
        self._hover_away()
        if self._grip is not None and self._selection is not None:
            self._drag_edge(t)
        elif self._pressed is not None:
            self._selecting = self._selecting or abs(x - self._pressed[0]) >= DRAG_PX
            if self._selecting:
                self.select(self._pressed[1], t)
        else:
            self._seek(t)

    def _drag_edge(self, t: float) -> None:
        if self._selection is None:
            return
        still = self._selection[1] if self._grip is Edge.START else self._selection[0]
        moved = cut(t, still, self._scale.duration_s)
        if moved is not None:
            self._grip = Edge.START if t < still else Edge.END  # one end passed the other
            self._choose(moved)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go; what was dragged stays where it is."""
        self._grip = self._pressed = None
        self._selecting = False
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
