"""The timeline of the desk: one's own marks about a stretch can be taken by edge or body."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter

from app.ui.style import Space, current_palette
from app.ui.widgets.timeline import DRAG_PX, Timeline
from app.ui.widgets.timeline_layout import RULER_PX
from app.ui.widgets.timeline_pins import PinRow
from app.ui.widgets.timeline_say import item_at, slack_s
from app.ui.widgets.timeline_selection import EDGE_NEAR_PX, SHORTEST_S, VEIL

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from PySide6.QtGui import QPaintEvent

    from app.ui.widgets.timeline_layout import Line
    from app.ui.widgets.timeline_pins import Pin
    from app.ui.widgets.timeline_scale import Scale

NARROW_PX: Final = 3 * EDGE_NEAR_PX
"""In a band narrower than this its middle third is its body."""


class Part(StrEnum):
    """What of a band a hand holds."""

    START = "start"
    END = "end"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Grip:
    """A band that a hand holds."""

    pin: Pin
    """The mark; it is about a span."""
    part: Part
    """Where it is held."""
    at_s: float
    """Moment at which it was taken, seconds."""

    def led_to(
        self, t: float, duration_s: float, snap: Callable[[float], float]
    ) -> tuple[float, float]:
        """Tell from when to when it is after the hand went to a moment, seconds."""
        start, end = self.pin.t, self.pin.end_s if self.pin.end_s is not None else self.pin.t
        if self.part is Part.START:
            return min(max(0.0, snap(t)), end - SHORTEST_S), end
        if self.part is Part.END:
            return start, max(min(duration_s, snap(t)), start + SHORTEST_S)
        length = end - start
        begins = min(max(0.0, snap(start + t - self.at_s)), max(0.0, duration_s - length))
        return begins, begins + length


def grip_at(row: PinRow, x: float, scale: Scale, movable: Collection[str]) -> Grip | None:
    """Find the band under a pixel that may be moved, and the part of it that lies there."""
    t = scale.t(x)
    slack = EDGE_NEAR_PX / scale.px_a_s
    for span in row.spans.seen(t - slack, t + slack):
        pin = row.pins[int(span.id)]
        left, right = scale.x(span.start_s), scale.x(span.end_s)
        if pin.id not in movable or not left - EDGE_NEAR_PX <= x <= right + EDGE_NEAR_PX:
            continue
        near = min(EDGE_NEAR_PX, (right - left) / 3) if right - left < NARROW_PX else EDGE_NEAR_PX
        if x <= left + near:
            return Grip(pin, Part.START, t)
        return Grip(pin, Part.END if x >= right - near else Part.BODY, t)
    return None


def as_it_is(t: float) -> float:
    """Leave a moment where it is."""
    return t


class DeskTimeline(Timeline):
    """Adds hands on one's own bands; where they are let go is for the page to keep."""

    span_moved = Signal(str, float, float)
    """Id of a mark, and from when to when it is about now, seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.snap: Callable[[float], float] = as_it_is
        """Gives the moment of the nearest picture, seconds."""
        self._movable: frozenset[str] = frozenset()
        self._held: tuple[Grip, Line, float] | None = None
        self._led: tuple[float, float] | None = None

    def set_movable(self, ids: Collection[str]) -> None:
        """Say which marks may be moved."""
        self._movable = frozenset(ids)

    def _grip_under(self, event: QMouseEvent) -> tuple[Grip, Line] | None:
        line = self._line_at(event.position().toPoint())
        if line is None or not isinstance(line.row, PinRow):
            return None
        x, scale = event.position().x(), self._scale
        meant = item_at(line.row, scale.t(x), slack_s(scale), self._model) if self._model else None
        first = frozenset({meant.id}) if meant is not None else frozenset[str]()
        grip = grip_at(line.row, x, scale, first & self._movable)
        if grip is None:
            grip = grip_at(line.row, x, scale, self._movable)
            if meant is not None and grip is not None and grip.part is Part.BODY:
                return None  # what is pressed only lies in this band
        return (grip, line) if grip is not None else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there as ever; a band that is then dragged comes along."""
        super().mousePressEvent(event)
        found = self._grip_under(event) if self._grip is None else None
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = None
            self._held = (*found, event.position().x())
            self.chosen.emit(found[0].pin)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what can be taken; lead what is held, with its picture."""
        x = event.position().x()
        if self._held is not None and event.buttons() & Qt.MouseButton.LeftButton:
            grip, _, pressed_x = self._held
            if self._led is None and abs(x - pressed_x) < DRAG_PX:
                return
            self._led = grip.led_to(self._scale.t(x), self._scale.duration_s, self.snap)
            self._seek(self._led[1] if grip.part is Part.END else self._led[0])
            self.viewport().update()
            return
        super().mouseMoveEvent(event)
        found = None if event.buttons() else self._grip_under(event)
        if found is not None:
            body = found[0].part is Part.BODY
            shape = Qt.CursorShape.OpenHandCursor if body else Qt.CursorShape.SizeHorCursor
            self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: the page hears where."""
        held, led = self._held, self._led
        self._held = self._led = None
        super().mouseReleaseEvent(event)
        if held is not None and led is not None:
            self.viewport().update()
            self.span_moved.emit(held[0].pin.id, *led)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay what is held over the lines."""
        super().paintEvent(event)
        if self._held is None or self._led is None:
            return
        line, scale = self._held[1], self._scale
        left, right = (scale.x(t) for t in self._led)
        top = RULER_PX + line.top - self.verticalScrollBar().value()
        accent = QColor(current_palette().accent)
        painter = QPainter(self.viewport())
        painter.setClipRect(QRectF(scale.left_px, RULER_PX, scale.width_px, self.height()))
        box = QRectF(left, top, right - left, line.height)
        accent.setAlphaF(2 * VEIL)
        painter.fillRect(box, accent)
        accent.setAlphaF(1.0)
        painter.fillRect(QRectF(left, top + line.height - Space.HAIR, box.width(), 3), accent)
        for x in (left, right):
            painter.fillRect(QRectF(x - 1, top, 2, line.height), accent)
        painter.end()
