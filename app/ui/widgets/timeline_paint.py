"""Paints a timeline's lines. Only what is visible is touched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap

from app.ui.icons import pixmap
from app.ui.style import Palette, Space, Weight
from app.ui.texts import clock_text
from app.ui.widgets.curves_strokes import strokes
from app.ui.widgets.timeline_layout import BAND_PX, EDGE_PX, ICON_ROOM_PX, FoldRow, Line
from app.ui.widgets.timeline_model import Badge, CueRow, Spans
from app.ui.widgets.timeline_pins import PinRow
from app.ui.widgets.timeline_raster import bars_image, columns_image

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from app.ui.widgets.curves import CurveRow
    from app.ui.widgets.curves_strokes import Columns
    from app.ui.widgets.timeline_scale import Scale

GLYPH_PX: Final = 16
LINE_PX: Final = 1.5
ROUND_FROM_PX: Final = 6.0
THINNEST_PX: Final = 3.0
HATCH_STEP_PX: Final = 6.0
TICK_APART_PX: Final = 96.0
NAME_FLAGS: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class Brush:
    """What every painting function needs."""

    painter: QPainter
    """Where to paint."""
    palette: Palette
    """In which colours."""
    scale: Scale
    """Which stretch lies where."""
    font: QFont
    """Text of the lines."""
    ratio: float
    """Device pixels a pixel."""
    gutter: int
    """Pixels that names take."""
    glyphs: dict[tuple[str, str], QPixmap]
    """Icons that were drawn before, by name and colour: drawing one takes half a millisecond."""

    def glyph(self, name: str, colour: str) -> QPixmap:
        """Find an icon, or draw it once."""
        key = (name, colour)
        if key not in self.glyphs:
            self.glyphs[key] = pixmap(name, colour, GLYPH_PX, self.ratio)
        return self.glyphs[key]

    def clip(self, top: float, height: float) -> QRectF:
        """Cut out the part of a line right of its name."""
        return QRectF(self.scale.left_px, top, self.scale.width_px, height)


def paint_ruler(brush: Brush, height: int, whole: int) -> None:
    """Write times along the top, with faint lines down through everything."""
    painter, palette, scale = brush.painter, brush.palette, brush.scale
    font = QFont(brush.font)
    font.setFeature(QFont.Tag("tnum"), 1)
    painter.setFont(font)
    metrics = QFontMetrics(font)
    for t in scale.ticks(TICK_APART_PX):
        x = scale.x(t)
        painter.setPen(QPen(QColor(palette.line), 1))
        painter.drawLine(QLineF(x, height - Space.HAIR, x, whole))
        text = clock_text(t)
        wide = metrics.horizontalAdvance(text)
        left = min(max(x - wide / 2, scale.left_px), scale.left_px + scale.width_px - wide)
        painter.setPen(QColor(palette.quiet))
        box = QRectF(left, 0, wide + 1, height - Space.HAIR)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)


def paint_line(brush: Brush, line: Line, top: float, extras: Sequence[Badge], gaps: Spans) -> None:
    """Paint one line with its name; `gaps` are those of the whole voice, for the curves."""
    row = line.row
    if isinstance(row, FoldRow):
        _paint_fold(brush, row, top, line.height)
    elif isinstance(row, PinRow):
        _paint_name(brush, row.label, None, "", top, line.height)
        _paint_rail(brush, top, line.height)
        _paint_pins(brush, row, top, line.height)
    elif isinstance(row, CueRow):
        _paint_name(brush, row.label, row.icon, row.lane, top, line.height)
        _paint_rail(brush, top, line.height)
        band = top + (line.height - BAND_PX) / 2
        _paint_hatch(brush, row.gaps, band, BAND_PX)
        _paint_bands(brush, row, band)
        for badge in extras:
            if badge.cue == row.cue:
                _paint_badge(brush, badge, top + line.height / 2)
    else:
        _paint_curve(brush, row, top, line.height, gaps)


def _paint_name(
    brush: Brush, label: str, icon: str | None, lane: str, top: float, height: float
) -> None:
    painter, palette = brush.painter, brush.palette
    left = float(EDGE_PX)
    if icon is not None:
        drawn = brush.glyph(icon, palette.lane(lane))
        painter.drawPixmap(QPointF(left, top + (height - GLYPH_PX) / 2), drawn)
    left += ICON_ROOM_PX
    painter.setFont(brush.font)
    painter.setPen(QColor(palette.text))
    room = brush.gutter - left - Space.SMALL
    text = QFontMetrics(brush.font).elidedText(label, Qt.TextElideMode.ElideRight, int(room))
    painter.drawText(QRectF(left, top, room, height), int(NAME_FLAGS), text)


def _paint_rail(brush: Brush, top: float, height: float) -> None:
    painter, scale = brush.painter, brush.scale
    painter.setPen(QPen(QColor(brush.palette.line), 1))
    middle = round(top + height / 2) + 0.5
    painter.drawLine(QLineF(scale.left_px, middle, scale.left_px + scale.width_px, middle))


def _paint_bands(brush: Brush, row: CueRow, top: float) -> None:
    """Episodes as bands; those that would lie on the same pixels are one band."""
    painter, scale = brush.painter, brush.scale
    colour = QColor(brush.palette.lane(row.lane))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    left, right = merged_pixels(row.spans, scale)
    thin = right - left < ROUND_FROM_PX
    if thin.any():
        offset, room = scale.left_px, brush.clip(top, BAND_PX)
        shown = bars_image(
            left[thin] - offset, right[thin] - offset, room.width(), brush.ratio, colour.name()
        )
        painter.drawImage(room, shown)
    for one, other in zip(left[~thin].tolist(), right[~thin].tolist(), strict=True):
        painter.drawRoundedRect(QRectF(one, top, other - one, BAND_PX), Space.HAIR, Space.HAIR)


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


def _paint_hatch(brush: Brush, gaps: Spans, top: float, height: float) -> None:
    """Not measured looks different from fine: strokes, no surface."""
    painter, scale = brush.painter, brush.scale
    painter.setPen(QPen(QColor(brush.palette.hatch), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for left, right in zip(*map(np.ndarray.tolist, merged_pixels(gaps, scale)), strict=True):
        painter.save()
        painter.setClipRect(QRectF(left, top, right - left, height), Qt.ClipOperation.IntersectClip)
        # The strokes hang on the session, not on the gap, so that neighbours flow on.
        first = left - (left % HATCH_STEP_PX) - height
        count = int((right - first) / HATCH_STEP_PX) + 1
        painter.drawLines(
            [
                QLineF(x, top + height, x + height, top)
                for x in (first + n * HATCH_STEP_PX for n in range(count))
            ]
        )
        painter.restore()


def _paint_pins(brush: Brush, row: PinRow, top: float, height: float) -> None:
    painter, palette, scale = brush.painter, brush.palette, brush.scale
    last = float("-inf")
    for pin in row.pins:
        x = scale.x(pin.t)
        if not scale.left_px - GLYPH_PX <= x <= scale.left_px + scale.width_px + GLYPH_PX:
            continue
        if x - last < 2:  # drawn once where they lie on the same pixels
            continue
        last = x
        spot = QRectF(x - GLYPH_PX / 2, top + (height - GLYPH_PX) / 2, GLYPH_PX, GLYPH_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.card))
        painter.drawEllipse(spot)
        painter.drawPixmap(spot.topLeft(), brush.glyph(pin.icon, palette.accent))


def _paint_badge(brush: Brush, badge: Badge, middle: float) -> None:
    """Write a finding's number before its band, or after it where there is no room."""
    painter, palette, scale = brush.painter, brush.palette, brush.scale
    side = GLYPH_PX + 2.0
    x = scale.x(badge.start_s) - side / 2 - 2
    if x - side / 2 < scale.left_px and badge.start_s >= scale.start_s:
        x = scale.x(badge.end_s) + side / 2 + 2
    if not scale.left_px - side <= x <= scale.left_px + scale.width_px + side:
        return
    spot = QRectF(x - side / 2, middle - side / 2, side, side)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.text))
    painter.drawEllipse(spot)
    font = QFont(brush.font)
    font.setWeight(QFont.Weight(Weight.STRONG))
    painter.setFont(font)
    painter.setPen(QColor(palette.card))
    painter.drawText(spot, int(Qt.AlignmentFlag.AlignCenter), str(badge.number))


def _paint_fold(brush: Brush, row: FoldRow, top: float, height: float) -> None:
    painter, palette = brush.painter, brush.palette
    arrow = brush.glyph("caret-down" if row.open else "caret-right", palette.quiet)
    painter.drawPixmap(QPointF(EDGE_PX, top + (height - GLYPH_PX) / 2), arrow)
    painter.setFont(brush.font)
    painter.setPen(QColor(palette.quiet))
    left = EDGE_PX + ICON_ROOM_PX
    room = brush.scale.left_px + brush.scale.width_px - left
    metrics = QFontMetrics(brush.font)
    text = metrics.elidedText(row.text, Qt.TextElideMode.ElideRight, int(room))
    box = QRectF(left, top, metrics.horizontalAdvance(text) + Space.SMALL, height)
    painter.fillRect(box, QColor(palette.card))  # no line of the ruler runs through the words
    painter.drawText(box, int(NAME_FLAGS), text)


def _paint_curve(brush: Brush, row: CurveRow, top: float, height: float, gaps: Spans) -> None:
    painter, palette, scale = brush.painter, brush.palette, brush.scale
    half = height / 2
    _paint_name(brush, row.label, row.icon, row.lane, top, half)
    left = EDGE_PX + ICON_ROOM_PX
    room = brush.gutter - left - Space.SMALL
    painter.setPen(QColor(palette.quiet))
    text = QFontMetrics(brush.font).elidedText(row.unit, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QRectF(left, top + half, room, half), int(NAME_FLAGS), text)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.sunken))
    painter.drawRoundedRect(brush.clip(top, height), Space.HAIR, Space.HAIR)
    painter.save()
    painter.setClipRect(brush.clip(top, height), Qt.ClipOperation.IntersectClip)
    _paint_hatch(brush, gaps, top, height)
    if row.normal is not None and row.low <= row.normal <= row.high:
        y = top + (1 - (row.normal - row.low) / (row.high - row.low)) * height
        painter.setPen(QPen(QColor(palette.edge), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(scale.left_px, y, scale.left_px + scale.width_px, y))
    colour = QColor(palette.lane(row.lane))
    drawn = strokes(row.levels, (row.low, row.high), scale, top + 3, height - 6)
    painter.setPen(QPen(colour, LINE_PX))
    painter.drawLines(drawn.lines)
    if drawn.columns is not None:
        _paint_columns(brush, drawn.columns, brush.clip(top, height), colour.name())
    painter.restore()


def _paint_columns(brush: Brush, columns: Columns, room: QRectF, colour: str) -> None:
    ratio = brush.ratio
    half = LINE_PX / 2
    image = columns_image(
        np.floor((columns.x - room.left()) * ratio).astype(np.intp),
        (columns.upper - half - room.top()) * ratio,
        (columns.lower + half - room.top()) * ratio,
        (round(room.width() * ratio), round(room.height() * ratio)),
        colour,
    )
    brush.painter.drawImage(room, image)
