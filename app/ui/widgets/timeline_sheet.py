"""All bands of a timeline in one go: what costs time is each call, not each band."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage

from app.ui.style import Space
from app.ui.widgets.timeline_bands import ROUND_FROM_PX, THINNEST_PX, paint_hatch
from app.ui.widgets.timeline_brush import paint_boxes
from app.ui.widgets.timeline_cues import CueRow
from app.ui.widgets.timeline_layout import BAND_PX, Line
from app.ui.widgets.timeline_pins import PinRow
from app.ui.widgets.timeline_raster import rounded_bands
from app.ui.widgets.timeline_spans import StretchRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from app.ui.widgets.timeline_brush import Brush

STRETCH: Final = ""
"""Stands for the colour of what nobody judges."""


class Sheet:
    """The bands of some lines as arrays, by line and start; made once for a layout."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = [line for line in lines if isinstance(line.row, CueRow | StretchRow)]
        self._railed = [
            line for line in lines if isinstance(line.row, CueRow | StretchRow | PinRow)
        ]
        tones = [one.row.lane if isinstance(one.row, CueRow) else STRETCH for one in self._lines]
        self._tones = sorted(set(tones))
        self._tone_names = tones
        parts = [
            (line.row.spans, number, self._tones.index(tone))
            for number, (line, tone) in enumerate(zip(self._lines, tones, strict=True))
            if isinstance(line.row, CueRow | StretchRow)
        ]
        self._starts = _joined([spans.starts for spans, _, _ in parts])
        self._ends = _joined([spans.ends for spans, _, _ in parts])
        counts = [len(spans) for spans, _, _ in parts]
        self._line = np.repeat([number for _, number, _ in parts], counts).astype(np.intp)
        self._tone = np.repeat([tone for _, _, tone in parts], counts).astype(np.intp)
        self._tops = np.array([one.top + (one.height - BAND_PX) / 2 for one in self._lines])

    def paint(self, brush: Brush, down: float, foot: float) -> None:
        """Paint rails, hatching and bands; `down` is where the first line lies, pixels."""
        rails = []
        left, right = brush.scale.left_px, brush.scale.left_px + brush.scale.width_px
        for line in self._railed:
            middle = round(down + line.top + line.height / 2) + 0.5
            if 0 < middle < foot:
                rails.append(QRectF(left, middle - 0.5, right - left, 1))
        paint_boxes(brush.painter, rails, QColor(brush.palette.line))
        for line, top in zip(self._lines, self._tops.tolist(), strict=True):
            if isinstance(line.row, CueRow) and down + top + BAND_PX > 0 and down + top < foot:
                paint_hatch(brush, line.row.gaps, down + top, BAND_PX)
        brush.painter.save()
        room = QRectF(left, 0, brush.scale.width_px, foot)
        brush.painter.setClipRect(room, Qt.ClipOperation.IntersectClip)
        self._paint_bands(brush, down, foot)
        brush.painter.restore()

    def _paint_bands(self, brush: Brush, down: float, foot: float) -> None:
        lefts, rights, kept = self._pixels(brush)
        line = self._line[kept]
        tops = down + self._tops
        visible = (tops > -BAND_PX) & (tops < foot)
        shown, seen = np.flatnonzero(visible), visible[line]
        if not seen.any():
            return
        place = np.cumsum(visible) - 1
        scale, ratio = brush.scale, brush.ratio
        size = max(1, round(scale.width_px * ratio)), round(BAND_PX * ratio)
        inks = [_ink(brush, self._tone_names[number]).rgba() for number in shown.tolist()]
        pixels = rounded_bands(
            place[line[seen]],
            (lefts[seen] - scale.left_px) * ratio,
            (rights[seen] - scale.left_px) * ratio,
            np.array(inks, np.uint32),
            size,
            radius=round(Space.HAIR * ratio),
            round_from=ROUND_FROM_PX * ratio,
        )
        kind = QImage.Format.Format_ARGB32_Premultiplied
        whole = QImage(pixels.data, size[0], len(shown) * size[1], 4 * size[0], kind)
        filled = set(line.tolist())
        for number, at in enumerate(shown.tolist()):
            if at in filled:
                room = brush.clip(float(tops[at]), BAND_PX)
                brush.painter.drawImage(room, whole, QRectF(0, number * size[1], *size))

    def _pixels(
        self, brush: Brush
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.intp]]:
        """Left and right pixels of visible bands, overlaps joined, and the first span of each."""
        scale = brush.scale
        seen = np.flatnonzero((self._ends >= scale.start_s) & (self._starts <= scale.end_s))
        if not len(seen):
            return np.empty(0), np.empty(0), seen
        left = scale.left_px + (self._starts[seen] - scale.start_s) * scale.px_a_s
        left = np.maximum(left, scale.left_px - 8)
        right = scale.left_px + (self._ends[seen] - scale.start_s) * scale.px_a_s
        right = np.minimum(right, scale.left_px + scale.width_px + 8)
        right = np.maximum(right, left + THINNEST_PX)
        # Each line lies on its own stretch of one long axis, so that none touches another.
        apart = self._line[seen] * (2 * (scale.left_px + scale.width_px) + 100)
        reach = np.maximum.accumulate(right + apart)
        first = np.flatnonzero(np.concatenate(([True], (left + apart)[1:] >= reach[:-1] + 1)))
        last = np.append(first[1:] - 1, len(left) - 1)
        return left[first], (reach - apart)[last], seen[first]


def _ink(brush: Brush, tone: str) -> QColor:
    return QColor(brush.palette.edge if tone == STRETCH else brush.palette.lane(tone))


def _joined(parts: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    return np.concatenate(parts) if parts else np.empty(0)
