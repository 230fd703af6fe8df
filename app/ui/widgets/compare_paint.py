"""Paints the lines of two recordings above one another."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen

from app.ui.icons import pixmap
from app.ui.style import Space, Weight
from app.ui.widgets.compare_tracks import axis_text
from app.ui.widgets.curves_strokes import strokes
from app.ui.widgets.timeline_scale import STEPS_S

if TYPE_CHECKING:
    from app.ui.style import Palette
    from app.ui.widgets.compare_tracks import Band, Track, TrackGroup
    from app.ui.widgets.timeline_scale import Scale

ICON_PX: Final = 16
BADGE_PX: Final = 20
TICK_APART_PX: Final = 84.0
CURVE_PX: Final = 1.5
LINES: Final = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a line lies."""

    group: TrackGroup
    """Its measure."""
    track: Track
    """The line."""
    top: float
    """Pixels."""
    height: float
    """Pixels."""
    first: bool
    """Whether the measure's name stands beside it."""


@dataclass(frozen=True, slots=True)
class Pencil:
    """What every painting function needs."""

    painter: QPainter
    """Where to paint."""
    palette: Palette
    """In which colours."""
    font: QFont
    """Text."""
    scale: Scale
    """Which stretch lies where; its second 0 is the start of the axis."""
    axis_start_s: float
    """Start of the axis, seconds."""
    gutter: float
    """Pixels that names take."""
    ratio: float
    """Device pixels a pixel."""

    def x(self, axis_s: float) -> float:
        """Pixel of a time of the axis."""
        return self.scale.x(axis_s - self.axis_start_s)

    @property
    def left(self) -> float:
        """First pixel of the visible stretch."""
        return self.scale.left_px

    @property
    def right(self) -> float:
        """Last pixel of the visible stretch."""
        return self.scale.left_px + self.scale.width_px


def paint_axis(pencil: Pencil, height: float, whole: float) -> None:
    """Write the times along the top, and the line at which both meet."""
    painter, palette, scale = pencil.painter, pencil.palette, pencil.scale
    font = QFont(pencil.font)
    font.setFeature(QFont.Tag("tnum"), 1)
    painter.setFont(font)
    metrics = QFontMetrics(font)
    wanted = TICK_APART_PX / max(1e-6, scale.px_a_s)
    step = next((s for s in STEPS_S if s >= max(1.0, wanted)), STEPS_S[-1])
    first = int((pencil.axis_start_s + scale.start_s) // step)
    last = int((pencil.axis_start_s + scale.end_s) // step)
    for number in range(first, last + 1):
        t = number * step
        x = pencil.x(t)
        if not pencil.left - 1 <= x <= pencil.right + 1:
            continue
        painter.setPen(QPen(QColor(palette.edge if t == 0 else palette.line), 1))
        painter.drawLine(QLineF(x, height - Space.HAIR, x, whole))
        text = axis_text(t)
        wide = metrics.horizontalAdvance(text)
        # Clear of a playhead at the beginning.
        at = min(max(x - wide / 2, pencil.left + Space.HAIR), pencil.right - wide)
        painter.setPen(QColor(palette.text if t == 0 else palette.quiet))
        box = QRectF(at, 0, wide + 1, height - Space.HAIR)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)


def paint_name(pencil: Pencil, place: Placing) -> None:
    """Paint what stands left of a line: its measure, and whose it is."""
    painter, palette, group = pencil.painter, pencil.palette, place.group
    if place.first:
        metrics = QFontMetrics(pencil.font)
        ink = palette.lane(group.lane) if group.lane else palette.quiet
        drawn = pixmap(group.icon, ink, ICON_PX, pencil.ratio)
        line = max(float(metrics.height()), ICON_PX)
        painter.drawPixmap(QPointF(Space.SNUG, place.top + (line - ICON_PX) / 2), drawn)
        left = Space.SNUG + ICON_PX + Space.SMALL
        room = pencil.gutter - left - BADGE_PX - 2 * Space.SMALL
        painter.setFont(pencil.font)
        for at, (text, colour) in enumerate(
            ((group.label, palette.text), (group.unit, palette.quiet))
        ):
            cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room))
            painter.setPen(QColor(colour))
            painter.drawText(QRectF(left, place.top + at * line, room, line), LINES, cut)
    _paint_badge(pencil, place)


def _paint_badge(pencil: Pencil, place: Placing) -> None:
    painter, palette = pencil.painter, pencil.palette
    middle = place.top + place.height / 2
    spot = QRectF(pencil.gutter - BADGE_PX - Space.SMALL, middle - 10, BADGE_PX, BADGE_PX)
    painter.setPen(QPen(QColor(palette.edge), 1))
    painter.setBrush(QColor(palette.card))
    painter.drawEllipse(spot.adjusted(1, 1, -1, -1))
    font = QFont(pencil.font)
    font.setWeight(QFont.Weight(Weight.STRONG))
    font.setPixelSize(min(font.pixelSize(), 13))
    painter.setFont(font)
    painter.setPen(QColor(palette.text))
    painter.drawText(spot, int(Qt.AlignmentFlag.AlignCenter), str(place.track.side + 1))


def paint_track(pencil: Pencil, place: Placing) -> None:
    """Paint a line right of its name; outside its recording there is nothing."""
    painter, palette, track = pencil.painter, pencil.palette, place.track
    room = QRectF(pencil.left, place.top, pencil.scale.width_px, place.height)
    painter.save()
    painter.setClipRect(room, Qt.ClipOperation.IntersectClip)
    there = QRectF(
        pencil.x(track.start_s),
        place.top,
        pencil.x(track.end_s) - pencil.x(track.start_s),
        place.height,
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.sunken))
    painter.drawRoundedRect(there, Space.HAIR, Space.HAIR)
    hatch = QBrush(QColor(palette.hatch), Qt.BrushStyle.BDiagPattern)
    for start_s, end_s in track.gaps:
        x = pencil.x(start_s)
        painter.fillRect(QRectF(x, place.top, pencil.x(end_s) - x, place.height), hatch)
    if track.curve is not None:
        _paint_curve(pencil, place)
    else:
        _paint_bands(pencil, place)
    painter.restore()


def _paint_curve(pencil: Pencil, place: Placing) -> None:
    painter, palette, group = pencil.painter, pencil.palette, place.group
    curve = place.track.curve
    if curve is None:
        return
    low, high = group.low, group.high
    if curve.normal is not None and low <= curve.normal <= high:
        y = place.top + (1 - (curve.normal - low) / (high - low)) * place.height
        painter.setPen(QPen(QColor(palette.edge), 1, Qt.PenStyle.DashLine))
        start_s, end_s = place.track.start_s, place.track.end_s
        painter.drawLine(QLineF(pencil.x(start_s), y, pencil.x(end_s), y))
    drawn = strokes(curve.levels, (low, high), _from_axis(pencil), place.top + 3, place.height - 6)
    painter.setPen(QPen(QColor(palette.lane(group.lane)), CURVE_PX))
    painter.drawLines(drawn.lines)
    columns = drawn.columns
    if columns is not None:
        ends = zip(columns.x, columns.upper - 0.5, columns.lower + 0.5, strict=True)
        painter.drawLines([QLineF(x, upper, x, lower) for x, upper, lower in ends])


def _from_axis(pencil: Pencil) -> Scale:
    """Make the scale whose seconds are those of the axis, which the curves have."""
    scale = pencil.scale
    return type(scale)(
        scale.duration_s,
        scale.left_px,
        scale.width_px,
        scale.start_s + pencil.axis_start_s,
        scale.visible_s,
    )


def _paint_bands(pencil: Pencil, place: Placing) -> None:
    painter, palette = pencil.painter, pencil.palette
    bands = place.track.bands
    crowded = any(a.end_s > b.start_s for a, b in pairwise(bands))
    high = place.height / 2 - 3 if crowded else place.height - 6
    above = 2 if crowded else 3
    for line in place.track.lines:
        x = pencil.x(line.start_s)
        painter.setPen(QPen(QColor(palette.edge), 2))
        painter.drawLine(QLineF(x, place.top + 3, x, place.top + place.height - 3))
    painter.setPen(Qt.PenStyle.NoPen)
    ends = [float("-inf"), float("-inf")]
    for band in bands:
        level = 0 if band.start_s >= ends[0] else 1
        ends[level] = max(ends[level], band.end_s)
        x = pencil.x(band.start_s)
        wide = max(3.0, pencil.x(band.end_s) - x)
        painter.setBrush(QColor(palette.lane(band.lane)))
        box = QRectF(x, place.top + above + level * (high + 2), wide, high)
        painter.drawRoundedRect(box, 3, 3)
        _paint_band_name(pencil, band, box.intersected(_plot(pencil, place)))


def _plot(pencil: Pencil, place: Placing) -> QRectF:
    return QRectF(pencil.left, place.top, pencil.scale.width_px, place.height)


def _paint_band_name(pencil: Pencil, band: Band, box: QRectF) -> None:
    """Write on a band what it is, or put its icon there, where either has room."""
    painter, palette = pencil.painter, pencil.palette
    metrics = QFontMetrics(pencil.font)
    inner = box.adjusted(Space.HAIR, 0, -Space.HAIR, 0)
    painter.save()
    if metrics.horizontalAdvance(band.name) <= inner.width() and metrics.height() <= box.height():
        painter.setFont(pencil.font)
        painter.setPen(QColor(palette.card))
        painter.drawText(inner, LINES, band.name)
    elif min(box.width(), box.height()) >= ICON_PX:
        drawn = pixmap(band.icon, palette.card, ICON_PX, pencil.ratio)
        corner = box.center() - QPointF(ICON_PX / 2, ICON_PX / 2)
        painter.drawPixmap(corner, drawn)
    painter.restore()
