"""The chosen stretch of a timeline: where its edges can be taken, and how it is painted."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPen

from app.ui.style import Corner, Space, Weight
from app.ui.texts import length_text
from app.ui.widgets.timeline_layout import RULER_PX

if TYPE_CHECKING:
    from app.ui.widgets.timeline_brush import Brush
    from app.ui.widgets.timeline_scale import Scale

SHORTEST_S: Final = 0.1
"""A stretch shorter than this is none."""
EDGE_NEAR_PX: Final = 6.0
VEIL: Final = 0.16
"""How much of the accent lies over the stretch: everything below stays readable."""


class Edge(StrEnum):
    """Which end of the stretch a hand moves."""

    START = "start"
    END = "end"


def cut(one_s: float, other_s: float, duration_s: float) -> tuple[float, float] | None:
    """Make a stretch of two moments in either order; None where it would be too short."""
    start, end = sorted(min(max(0.0, t), duration_s) for t in (one_s, other_s))
    return (start, end) if end - start >= SHORTEST_S else None


def edge_at(selection: tuple[float, float] | None, x: float, scale: Scale) -> Edge | None:
    """Find the end of the stretch that lies under a pixel."""
    if selection is None:
        return None
    start, end = (abs(scale.x(t) - x) for t in selection)
    if min(start, end) > EDGE_NEAR_PX:
        return None
    return Edge.START if start < end else Edge.END


def paint_selection(brush: Brush, selection: tuple[float, float], height: int) -> None:
    """Lay the stretch over everything, with its length on the ruler."""
    painter, scale = brush.painter, brush.scale
    left = max(scale.x(selection[0]), scale.left_px)
    right = min(scale.x(selection[1]), scale.left_px + scale.width_px)
    if right < scale.left_px or left > scale.left_px + scale.width_px:
        return
    accent = QColor(brush.palette.accent)
    veil = QColor(accent)
    veil.setAlphaF(VEIL)
    painter.fillRect(QRectF(left, RULER_PX, right - left, height - RULER_PX), veil)
    painter.setPen(QPen(accent, 1))
    for t in selection:
        x = scale.x(t)
        if scale.left_px - 1 <= x <= scale.left_px + scale.width_px + 1:
            painter.drawLine(QLineF(x, RULER_PX - Space.HAIR, x, height))
    _paint_length(brush, selection, (left + right) / 2)


def _paint_length(brush: Brush, selection: tuple[float, float], middle: float) -> None:
    painter, scale = brush.painter, brush.scale
    font = QFont(brush.font)
    font.setWeight(QFont.Weight(Weight.STRONG))
    font.setFeature(QFont.Tag("tnum"), 1)
    text = length_text(selection[1] - selection[0])
    wide = QFontMetricsF(font).horizontalAdvance(text) + 2 * Space.SMALL
    left = min(max(middle - wide / 2, scale.left_px), scale.left_px + scale.width_px - wide)
    box = QRectF(left, 2, wide, RULER_PX - Space.HAIR - 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(brush.palette.accent))
    painter.drawRoundedRect(box, Corner.CONTROL, Corner.CONTROL)
    painter.setFont(font)
    painter.setPen(QColor(brush.palette.on_accent))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
