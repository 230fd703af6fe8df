"""Paints a timeline's lines. Only what is visible is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPen

from app.ui.style import Space
from app.ui.texts import clock_text
from app.ui.widgets.curves import BROW, CurveRow
from app.ui.widgets.curves_strokes import strokes
from app.ui.widgets.timeline_bands import (
    paint_badge,
    paint_hatch,
    paint_judged,
)
from app.ui.widgets.timeline_brush import GLYPH_PX, Brush, paint_boxes
from app.ui.widgets.timeline_cues import CueRow
from app.ui.widgets.timeline_layout import BAND_PX, EDGE_PX, ICON_ROOM_PX, FoldRow, Line
from app.ui.widgets.timeline_paint_pins import paint_pins
from app.ui.widgets.timeline_paint_words import paint_words
from app.ui.widgets.timeline_pins import PinRow
from app.ui.widgets.timeline_raster import columns_image
from app.ui.widgets.timeline_spans import Spans, StretchRow
from app.ui.widgets.timeline_words import WordsRow

if TYPE_CHECKING:
    from app.ui.widgets.curves_strokes import Columns
    from app.ui.widgets.timeline_model import TimelineModel

LINE_PX: Final = 1.5
TICK_APART_PX: Final = 96.0
NO_SPANS: Final = Spans(())
NAME_FLAGS: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def paint_ruler(brush: Brush, height: int, whole: int) -> None:
    """Write times along the top, with faint lines down through everything."""
    painter, palette, scale = brush.painter, brush.palette, brush.scale
    font = QFont(brush.font)
    font.setFeature(QFont.Tag("tnum"), 1)
    painter.setFont(font)
    metrics = QFontMetrics(font)
    ticks = scale.ticks(TICK_APART_PX)
    top = height - Space.HAIR
    lines = [QRectF(round(scale.x(t)), top, 1, whole - top) for t in ticks]
    paint_boxes(painter, lines, QColor(palette.line))
    painter.setPen(QColor(palette.quiet))
    for t in ticks:
        x, text = scale.x(t), clock_text(t)
        wide = metrics.horizontalAdvance(text)
        first = scale.left_px + Space.HAIR  # clear of a playhead at the beginning
        left = min(max(x - wide / 2, first), scale.left_px + scale.width_px - wide)
        box = QRectF(left, 0, wide + 1, height - Space.HAIR)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)


def paint_names(brush: Brush, line: Line, top: float) -> None:
    """Paint what stands left of a line; it changes only with the lines themselves."""
    row, height = line.row, line.height
    if isinstance(row, PinRow | WordsRow):
        _paint_name(brush, row.label, None, "", top, height)
    elif isinstance(row, StretchRow):
        _paint_name(brush, row.label, row.icon, "", top, height)
    elif isinstance(row, CueRow):
        _paint_name(brush, row.label, row.icon, row.lane, top, height)
    elif not isinstance(row, FoldRow):
        _paint_name(brush, row.label, row.icon, row.lane, top, height / 2)
        _paint_unit(brush, row.unit, top + height / 2, height / 2)


def paint_line(brush: Brush, line: Line, top: float, model: TimelineModel) -> None:
    """Paint what lies on one line right of its name, above the rails and bands of the sheet."""
    row = line.row
    if isinstance(row, FoldRow):
        _paint_fold(brush, row, top, line.height)
    elif isinstance(row, PinRow):
        paint_pins(brush, row, top, line.height)
    elif isinstance(row, CueRow):
        paint_judged(brush, row, top + (line.height - BAND_PX) / 2)
        for badge in model.badges:
            if badge.cue == row.cue:
                paint_badge(brush, badge, top + line.height / 2)
    elif isinstance(row, WordsRow):
        paint_words(brush, row, top, line.height)
    elif isinstance(row, CurveRow):
        gaps = model.brow_gaps if row.name == BROW else model.voice_gaps
        _paint_curve(brush, row, top, line.height, gaps or NO_SPANS)


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


def _paint_unit(brush: Brush, unit: str, top: float, height: float) -> None:
    painter = brush.painter
    left = EDGE_PX + ICON_ROOM_PX
    room = brush.gutter - left - Space.SMALL
    painter.setPen(QColor(brush.palette.quiet))
    text = QFontMetrics(brush.font).elidedText(unit, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QRectF(left, top, room, height), int(NAME_FLAGS), text)


def _paint_fold(brush: Brush, row: FoldRow, top: float, height: float) -> None:
    painter, palette = brush.painter, brush.palette
    arrow = brush.glyph("caret-down" if row.open else "caret-right", palette.quiet)
    painter.drawPixmap(QPointF(EDGE_PX, top + (height - GLYPH_PX) / 2), arrow)
    painter.setFont(brush.font)
    painter.setPen(QColor(palette.quiet))
    metrics, elide = QFontMetrics(brush.font), Qt.TextElideMode.ElideRight
    left = float(EDGE_PX + ICON_ROOM_PX)
    room = brush.gutter - left - Space.SMALL
    name = metrics.elidedText(row.name, elide, int(room))
    painter.drawText(QRectF(left, top, room, height), int(NAME_FLAGS), name)
    # Right of the gutter's edge: at the beginning the playhead stands there.
    left = brush.scale.left_px + Space.SMALL
    text = metrics.elidedText(row.text, elide, int(brush.scale.width_px - Space.SMALL))
    box = QRectF(left, top, metrics.horizontalAdvance(text) + Space.SMALL, height)
    painter.fillRect(box, QColor(palette.card))  # no line of the ruler runs through the words
    painter.drawText(box, int(NAME_FLAGS), text)


def _paint_curve(brush: Brush, row: CurveRow, top: float, height: float, gaps: Spans) -> None:
    painter, palette, scale = brush.painter, brush.palette, brush.scale
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.sunken))
    painter.drawRoundedRect(brush.clip(top, height), Space.HAIR, Space.HAIR)
    painter.save()
    painter.setClipRect(brush.clip(top, height), Qt.ClipOperation.IntersectClip)
    paint_hatch(brush, gaps, top, height)
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
