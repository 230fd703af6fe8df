"""Paints the pins of a timeline: an icon at each place that has room, else a stroke each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPen

from app.ui.style import Space
from app.ui.widgets.timeline_brush import GLYPH_PX, Brush, paint_boxes
from app.ui.widgets.timeline_pins import REJECTED, tone_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.ui.widgets.timeline_pins import Pin, PinRow

ROOM_PX: Final = 12.0
"""A pin with less room than this to the next one is a stroke."""
CLOSEST_PX: Final = 3.0
"""Strokes closer than this are one."""
SAME_PX: Final = 6.0
"""What is this close stands at one place: a marker, and the comment on the same moment."""
STROKE_PX: Final = 2.0
SPAN_PX: Final = 4.0


def paint_pins(brush: Brush, row: PinRow, top: float, height: float) -> None:
    """Paint the visible pins; those that are about a span stand at its start, above its band."""
    scale = brush.scale
    edge_s = GLYPH_PX / scale.px_a_s
    _paint_spans(brush, row, top, height)
    first, last = np.searchsorted(row.t_s, (scale.start_s - edge_s, scale.end_s + edge_s))
    x = scale.left_px + (row.t_s[first:last] - scale.start_s) * scale.px_a_s
    if not len(x):
        return
    places, roomy = _places(x)
    # Strokes on the same pixels are drawn once.
    pixels = np.floor(x / CLOSEST_PX)
    stroke = ~np.repeat(roomy, np.diff(places, append=len(x)))
    stroke &= np.diff(pixels, prepend=-1) != 0
    strokes: dict[str, list[QRectF]] = {}
    inks = {tone: _ink(brush, tone) for tone in row.tones}
    y, high = top + Space.HAIR, height - 2 * Space.HAIR
    shown = np.flatnonzero(stroke)
    for at, px in zip(shown.tolist(), (x[shown] - STROKE_PX / 2).tolist(), strict=True):
        ink = inks[row.tones_of[first + at]]
        strokes.setdefault(ink, []).append(QRectF(px, y, STROKE_PX, high))
    _paint_boxes(brush, strokes)
    for at in places[roomy].tolist():
        _paint_icon(brush, row.pins[first + at], float(x[at]), top, height)


def _places(x: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Find the first pin of each place, and whether there is room for its icon there."""
    firsts = [0]
    while (after := int(np.searchsorted(x, x[firsts[-1]] + SAME_PX))) < len(x):
        firsts.append(after)
    places = np.array(firsts, np.int64)
    ends = x[np.append(places[1:], len(x)) - 1]
    gaps = x[places[1:]] - ends[:-1]
    before, behind = np.append(np.inf, gaps), np.append(gaps, np.inf)
    return places, np.minimum(before, behind) >= ROOM_PX


def _paint_boxes(brush: Brush, boxes: dict[str, list[QRectF]]) -> None:
    """Paint boxes by colour: one call to Qt each."""
    for ink, places in boxes.items():
        paint_boxes(brush.painter, places, QColor(ink))


def _ink(brush: Brush, tone: str) -> str:
    return brush.palette.quiet if tone == REJECTED else brush.ink(tone)


def _paint_icon(brush: Brush, pin: Pin, x: float, top: float, height: float) -> None:
    painter = brush.painter
    spot = QRectF(x - GLYPH_PX / 2, top + (height - GLYPH_PX) / 2, GLYPH_PX, GLYPH_PX)
    ink = _ink(brush, tone_of(pin))
    painter.drawPixmap(spot.topLeft(), brush.disc(pin.icon, ink))
    if pin.rejected:
        painter.setPen(QPen(QColor(ink), 1.5))
        painter.drawLine(QLineF(spot.bottomLeft(), spot.topRight()))


def _paint_spans(brush: Brush, row: PinRow, top: float, height: float) -> None:
    scale = brush.scale
    seen = row.spans.seen(scale.start_s, scale.end_s)
    if not seen:
        return
    starts, ends = row.spans.arrays(scale.start_s, scale.end_s)
    left = np.maximum(scale.left_px + (starts - scale.start_s) * scale.px_a_s, scale.left_px - 8)
    right = scale.left_px + (ends - scale.start_s) * scale.px_a_s
    wide = np.minimum(right, scale.left_px + scale.width_px + 8) - left
    y = top + height - SPAN_PX - 1
    boxes: dict[str, list[QRectF]] = {}
    for span, x, length in zip(
        seen, left.tolist(), np.maximum(wide, SPAN_PX).tolist(), strict=True
    ):
        tone = row.tones_of[int(span.id)]
        boxes.setdefault(tone, []).append(QRectF(x, y, length, SPAN_PX))
    _paint_boxes(brush, {_ink(brush, tone): found for tone, found in boxes.items()})
