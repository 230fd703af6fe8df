"""Which line of a timeline lies at which height, and how wide the names beside them are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from app.ui.style import Space
from app.ui.widgets.curves import CurveRow
from app.ui.widgets.timeline_cues import CueRow
from app.ui.widgets.timeline_pins import PinRow
from app.ui.widgets.timeline_spans import StretchRow, TimelineLane
from app.ui.widgets.timeline_words import WordsRow

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QFontMetrics

    from app.ui.widgets.timeline_model import TimelineModel

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

    name: str
    """How many lines there are more; it stands where the other lines have their names."""
    text: str
    """What they hold."""
    open: bool
    """Whether the folded lines are shown below it."""


Row = CueRow | PinRow | StretchRow | WordsRow | CurveRow | FoldRow
PEOPLE: Final = (TimelineLane.SELF, TimelineLane.TRAINER)


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


def lane_of(row: Row) -> TimelineLane:
    """Tell with what a row is hidden."""
    if isinstance(row, CueRow | FoldRow):
        return TimelineLane.MACHINE
    return TimelineLane.CURVES if isinstance(row, CurveRow) else row.lane


def lay_out(
    model: TimelineModel,
    metrics: QFontMetrics,
    *,
    unfolded: bool,
    hidden: Collection[str] = frozenset(),
) -> Layout:
    """Stack the lines: what people said, the machine's, the words, the curves."""
    rows: list[Row] = [pins for pins in model.pins if pins.lane in PEOPLE]
    if model.customer is not None:
        rows.append(model.customer)
    rows += [pins for pins in model.pins if pins.lane not in PEOPLE]
    rows += model.cues
    if model.folded:
        more = QCoreApplication.translate("Timeline", "{n} more").format(n=len(model.folded))
        rows.append(FoldRow(more, model.folded_text, unfolded))
        if unfolded:
            rows += model.folded
    if model.words is not None:
        rows.append(model.words)
    rows += model.curves
    lines: list[Line] = []
    top = 0
    for row in rows:
        if lane_of(row) in hidden:
            continue
        curve = isinstance(row, CurveRow)
        top += GROUP_PX if curve else 0
        lines.append(Line(row, top, CURVE_PX if curve else ROW_PX))
        top += lines[-1].height
    named = [line.row for line in lines if not isinstance(line.row, FoldRow)]
    texts = [row.label for row in named] + [r.unit for r in named if isinstance(r, CurveRow)]
    widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
    gutter = min(max(widest + ICON_ROOM_PX + 2 * EDGE_PX, NARROW_PX), BROAD_PX)
    return Layout(tuple(lines), top + GROUP_PX, gutter)
