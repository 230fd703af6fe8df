"""Paints the pins of a timeline: an icon each where there is room, else a stroke each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from app.ui.style import Space
from app.ui.widgets.timeline_brush import GLYPH_PX, Brush

if TYPE_CHECKING:
    from app.ui.widgets.timeline_pins import Pin, PinRow

ROOM_PX: Final = 12.0
"""A pin with less room than this to the next one is a stroke."""
CLOSEST_PX: Final = 3.0
"""Strokes closer than this are one."""
STROKE_PX: Final = 2.0
SPAN_PX: Final = 4.0


def paint_pins(brush: Brush, row: PinRow, top: float, height: float) -> None:
    """Paint the visible pins; those that are about a span stand at its start, above its band."""
    scale = brush.scale
    edge_s = GLYPH_PX / scale.px_a_s
    _paint_spans(brush, row, top, height)
    first = bisect_left(row.pins, scale.start_s - edge_s, key=lambda pin: pin.t)
    last = bisect_right(row.pins, scale.end_s + edge_s, key=lambda pin: pin.t)
    pins = row.pins[first:last]
    before = float("-inf")
    for at, pin in enumerate(pins):
        x = scale.x(pin.t)
        after = scale.x(pins[at + 1].t) if at + 1 < len(pins) else float("inf")
        if min(x - before, after - x) >= ROOM_PX:
            _paint_icon(brush, pin, x, top, height)
        elif x - before < CLOSEST_PX:  # drawn once where they lie on the same pixels
            continue
        else:
            ink = QColor(_ink(brush, pin))
            box = QRectF(x - STROKE_PX / 2, top + Space.HAIR, STROKE_PX, height - 2 * Space.HAIR)
            brush.painter.fillRect(box, ink)
        before = x


def _ink(brush: Brush, pin: Pin) -> str:
    return brush.palette.quiet if pin.rejected else brush.ink(pin.colour)


def _paint_icon(brush: Brush, pin: Pin, x: float, top: float, height: float) -> None:
    painter = brush.painter
    spot = QRectF(x - GLYPH_PX / 2, top + (height - GLYPH_PX) / 2, GLYPH_PX, GLYPH_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(brush.palette.card))
    painter.drawEllipse(spot)
    ink = _ink(brush, pin)
    painter.drawPixmap(spot.topLeft(), brush.glyph(pin.icon, ink))
    if pin.rejected:
        painter.setPen(QPen(QColor(ink), 1.5))
        painter.drawLine(QLineF(spot.bottomLeft(), spot.topRight()))


def _paint_spans(brush: Brush, row: PinRow, top: float, height: float) -> None:
    painter, scale = brush.painter, brush.scale
    y = top + height - SPAN_PX - 1
    for span in row.spans.seen(scale.start_s, scale.end_s):
        ink = QColor(_ink(brush, row.pins[int(span.id)]))
        left = max(scale.x(span.start_s), scale.left_px - 8)
        right = min(scale.x(span.end_s), scale.left_px + scale.width_px + 8)
        painter.fillRect(QRectF(left, y, max(SPAN_PX, right - left), SPAN_PX), ink)
