"""Paints what lies on a line of a timeline: episodes, gaps, verdicts, numbers."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QPixmap

from app.ui.style import Space, Weight
from app.ui.widgets.timeline_brush import GLYPH_PX, Brush
from app.ui.widgets.timeline_layout import BAND_PX
from app.ui.widgets.timeline_raster import bars_image

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.ui.widgets.timeline_cues import CueRow
    from app.ui.widgets.timeline_model import Badge
    from app.ui.widgets.timeline_scale import Scale
    from app.ui.widgets.timeline_spans import Spans

ROUND_FROM_PX: Final = 6.0
THINNEST_PX: Final = 3.0
HATCH_STEP_PX: Final = 6.0
SIGN_PX: Final = 10


def paint_rail(brush: Brush, top: float, height: float) -> None:
    """Paint the thin line that everything lies on."""
    painter, scale = brush.painter, brush.scale
    painter.setPen(QPen(QColor(brush.palette.line), 1))
    middle = round(top + height / 2) + 0.5
    painter.drawLine(QLineF(scale.left_px, middle, scale.left_px + scale.width_px, middle))


def paint_bars(brush: Brush, spans: Spans, ink: str, top: float) -> None:
    """Many stretches as one picture; those that would lie on the same pixels are one."""
    left, right = merged_pixels(spans, brush.scale)
    offset, room = brush.scale.left_px, brush.clip(top, BAND_PX)
    shown = bars_image(left - offset, right - offset, room.width(), brush.ratio, ink)
    brush.painter.drawImage(room, shown)


def paint_judged(brush: Brush, row: CueRow, top: float) -> None:
    """Paint what people said of episodes: struck and hollow for rejected, a sign for theirs."""
    if not len(row.rejected) and not len(row.by_hand):
        return
    brush.painter.save()
    brush.painter.setClipRect(brush.clip(top, BAND_PX), Qt.ClipOperation.IntersectClip)
    _paint_rejected(brush, row, top)
    _paint_signs(brush, row.by_hand, top)
    brush.painter.restore()


def _paint_rejected(brush: Brush, row: CueRow, top: float) -> None:
    painter, scale = brush.painter, brush.scale
    if len(row.rejected):
        painter.setPen(QPen(QColor(brush.palette.lane(row.lane)), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        middle = round(top + BAND_PX / 2) + 0.5
        for left, right in zip(*merged_pixels(row.rejected, scale), strict=True):
            box = QRectF(left + 0.5, top + 0.5, max(1.0, right - left - 1), BAND_PX - 1)
            painter.drawRoundedRect(box, Space.HAIR, Space.HAIR)
            painter.drawLine(QLineF(left - 3, middle, right + 3, middle))


def _paint_signs(brush: Brush, by_hand: Spans, top: float) -> None:
    painter, scale = brush.painter, brush.scale
    last = float("-inf")
    for span in by_hand.seen(scale.start_s, scale.end_s):
        left, right = scale.x(span.start_s), scale.x(span.end_s)
        if left - last < GLYPH_PX:
            continue
        last = left
        y = top + (BAND_PX - SIGN_PX) / 2
        inside = right - left >= SIGN_PX + Space.HAIR
        ink = brush.palette.card if inside else brush.palette.text
        x = left + 2 if inside else max(right, left + THINNEST_PX) + 2
        painter.drawPixmap(QPointF(x, y), brush.glyph("done", ink, SIGN_PX))


def merged_pixels(spans: Spans, scale: Scale) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Left and right pixels of the visible spans, each at least visible, overlaps joined."""
    starts, ends = spans.arrays(scale.start_s, scale.end_s)
    if not len(starts):
        return starts, ends
    left = np.maximum(scale.left_px + (starts - scale.start_s) * scale.px_a_s, scale.left_px - 8)
    right = scale.left_px + (ends - scale.start_s) * scale.px_a_s
    right = np.minimum(np.maximum(right, left + THINNEST_PX), scale.left_px + scale.width_px + 8)
    reach = np.maximum.accumulate(right)
    first = np.flatnonzero(np.concatenate(([True], left[1:] >= reach[:-1] + 1)))
    last = np.append(first[1:] - 1, len(left) - 1)
    return left[first], reach[last]


def paint_hatch(brush: Brush, gaps: Spans, top: float, height: float) -> None:
    """Not measured looks different from fine: strokes, no surface.

    Gaps of a whole sense are the same on many lines: they are drawn once and laid on each.
    """
    if not len(gaps):
        return
    key = (id(gaps), height)
    if key not in brush.strips:
        brush.strips[key] = _hatch_strip(brush, gaps, height)
    strip = brush.strips[key]
    if strip is not None:
        brush.painter.drawPixmap(QPointF(brush.scale.left_px, top), strip)


def _hatch_strip(brush: Brush, gaps: Spans, height: float) -> QPixmap | None:
    scale = brush.scale
    edges = list(zip(*map(np.ndarray.tolist, merged_pixels(gaps, scale)), strict=True))
    if not edges:
        return None
    strip = QPixmap(round(scale.width_px * brush.ratio), round(height * brush.ratio))
    strip.setDevicePixelRatio(brush.ratio)
    strip.fill(Qt.GlobalColor.transparent)
    painter = QPainter(strip)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(_hatch_tile(brush.palette.hatch, brush.ratio)))
    # The strokes hang on the session, not on the gap, so that neighbours flow on.
    painter.setBrushOrigin(QPointF(-(scale.start_s * scale.px_a_s) % HATCH_STEP_PX, 0))
    left = scale.left_px
    painter.drawRects([QRectF(one - left, 0, other - one, height) for one, other in edges])
    painter.end()
    return strip


@lru_cache(maxsize=8)
def _hatch_tile(colour: str, ratio: float) -> QPixmap:
    """Draw one piece of the hatching, which can be laid on all sides of itself."""
    side = round(HATCH_STEP_PX * ratio)
    tile = QPixmap(side, side)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), ratio))
    for shift in (-side, 0, side):
        painter.drawLine(QLineF(shift - side, 2 * side, shift + 2 * side, -side))
    painter.end()
    tile.setDevicePixelRatio(ratio)
    return tile


def paint_badge(brush: Brush, badge: Badge, middle: float) -> None:
    """Write a finding's number before its band, or after it where there is no room."""
    painter, palette, scale = brush.painter, brush.palette, brush.scale
    side = GLYPH_PX + 2.0
    x = scale.x(badge.start_s) - side / 2 - 2
    if x - side / 2 < scale.left_px and badge.start_s >= scale.start_s:
        x = scale.x(badge.end_s) + side / 2 + 2
    if not scale.left_px - side <= x <= scale.left_px + scale.width_px + side:
        return
    spot = QRectF(x - side / 2, middle - side / 2, side, side)
    painter.setPen(QPen(QColor(palette.card), 3))  # keeps apart what it has to lie on
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(spot)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.text))
    painter.drawEllipse(spot)
    font = QFont(brush.font)
    font.setWeight(QFont.Weight(Weight.STRONG))
    painter.setFont(font)
    painter.setPen(QColor(palette.card))
    painter.drawText(spot, int(Qt.AlignmentFlag.AlignCenter), str(badge.number))
