"""Which line of a timeline lies at which height, and how wide the names beside them are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.ui.style import Space
from app.ui.widgets.curves import CurveRow
from app.ui.widgets.timeline_model import CueRow, TimelineModel
from app.ui.widgets.timeline_pins import PinRow

if TYPE_CHECKING:
    from PySide6.QtGui import QFontMetrics

RULER_PX: Final = Space.LARGE + Space.HAIR
ROW_PX: Final = Space.LARGE - Space.HAIR
CURVE_PX: Final = Space.WIDE + Space.HAIR
GROUP_PX: Final = Space.SMALL
BAND_PX: Final = Space.SNUG
EDGE_PX: Final = Space.SNUG
ICON_ROOM_PX: Final = Space.LARGE
NARROW_PX: Final = 112
BROAD_PX: Final = 208


@dataclass(frozen=True, slots=True)
class FoldRow:
    """The line that says what is folded away, and unfolds it."""

    text: str
    """What it says."""
    open: bool
    """Whether the folded lines are shown below it."""


Row = CueRow | PinRow | CurveRow | FoldRow


@dataclass(frozen=True, slots=True)
class Line:
    """A row at its place."""

    row: Row
    """What it shows."""
    top: int
    """Pixels from the top of the content; the ruler is above."""
    height: int
    """Pixels."""


@dataclass(frozen=True, slots=True)
class Layout:
    """All lines from top to bottom."""

    lines: tuple[Line, ...]
    """By height."""
    height: int
    """Pixels of the lines together, without the ruler."""
    gutter: int
    """Pixels that names take on the left."""

    def line_at(self, y: float) -> Line | None:
        """Find the line at a height of the content."""
        return next((li for li in self.lines if li.top <= y < li.top + li.height), None)


def lay_out(model: TimelineModel, metrics: QFontMetrics, *, unfolded: bool) -> Layout:
    """Stack the lines: pins, cues, what is folded, curves."""
    rows: list[Row] = [*model.pins, *model.cues]
    if model.folded:
        rows.append(FoldRow(model.folded_text, unfolded))
        if unfolded:
            rows += model.folded
    lines: list[Line] = []
    top = 0
    for row in rows:
        lines.append(Line(row, top, ROW_PX))
        top += ROW_PX
    for curve in model.curves:
        top += GROUP_PX
        lines.append(Line(curve, top, CURVE_PX))
        top += CURVE_PX
    named = [line.row for line in lines if not isinstance(line.row, FoldRow)]
    texts = [row.label for row in named] + [r.unit for r in named if isinstance(r, CurveRow)]
    widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
    gutter = min(max(widest + ICON_ROOM_PX + 2 * EDGE_PX, NARROW_PX), BROAD_PX)
    return Layout(tuple(lines), top + GROUP_PX, gutter)
