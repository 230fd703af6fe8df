"""How a timeline looks, scrolls and zooms; `timeline` adds what hands can do with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QLineF, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QSizePolicy, QWidget

from app.ui.style import Corner, Space, current_palette
from app.ui.widgets.timeline_brush import Brush
from app.ui.widgets.timeline_layout import RULER_PX, Layout, lay_out
from app.ui.widgets.timeline_paint import paint_line, paint_names, paint_ruler
from app.ui.widgets.timeline_scale import Scale
from app.ui.widgets.timeline_selection import paint_selection
from app.ui.widgets.timeline_sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.ui.widgets.timeline_model import TimelineModel

BAR_STEPS_PER_S: Final = 100
KEY_REASONS: Final = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
DRESS: Final = (QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.PaletteChange)
FEWEST_ROWS_PX: Final = 96


class TimelineView(QAbstractScrollArea):
    """Paints the visible stretch of a `TimelineModel` once, and the playhead over it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        # Inside the round corners the viewport paints every pixel itself: Qt then paints nothing
        # below it, and lays the picture on without mixing.
        self.setViewportMargins(Space.HAIR, Space.HAIR, Space.HAIR, Space.HAIR)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._model: TimelineModel | None = None
        self._layout: Layout | None = None
        self._scale = Scale(1.0, 0.0, 1.0)
        self._playhead_s = 0.0
        self._sheet = Sheet(())
        self._unfolded = False
        self._hidden: frozenset[str] = frozenset()
        self._selection: tuple[float, float] | None = None
        self._ringed = False
        self._glyphs: dict[tuple[str, str, int], QPixmap] = {}
        self._names: QPixmap | None = None
        self._still: QPixmap | None = None
        self._sheet_of_paper: QPixmap | None = None  # what `_still` is drawn on each time
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().valueChanged.connect(self._redraw)

    # What it shows

    def show_model(self, model: TimelineModel, *, unfolded: bool = False, at_s: float = 0) -> None:
        """Show another session, whole, with the playhead at a moment."""
        self._model = model
        self._unfolded = unfolded
        self._selection = None
        self._playhead_s = at_s
        self._scale = Scale(model.duration_s, 0.0, 1.0)
        self._arrange()

    def update_model(self, model: TimelineModel) -> None:
        """Show the same session after a mark came in; zoom and playhead stay."""
        self._model = model
        self._arrange()

    def set_hidden_lanes(self, lanes: Collection[str]) -> None:
        """Hide lanes, such as {"machine"}, and show all others; see `TimelineLane`."""
        hidden = frozenset(str(lane) for lane in lanes)
        if hidden != self._hidden:
            self._hidden = hidden
            self._arrange()

    @property
    def hidden_lanes(self) -> frozenset[str]:
        """The lanes that are hidden."""
        return self._hidden

    @property
    def selection(self) -> tuple[float, float] | None:
        """The chosen stretch, seconds; None without one."""
        return self._selection

    @property
    def scale(self) -> Scale:
        """Which stretch is visible where."""
        return self._scale

    @property
    def playhead_s(self) -> float:
        """Where the playhead stands, seconds."""
        return self._playhead_s

    def set_playhead(self, t: float, *, follow: bool = False) -> None:
        """Move the playhead; with `follow` the visible stretch turns pages after it."""
        if t == self._playhead_s:
            return
        before, self._playhead_s = self._playhead_s, t
        if follow and not self._scale.start_s <= t <= self._scale.end_s:
            self._show_scale(self._scale.showing(t))
        for moment in (before, t):
            strip = QRect(round(self._scale.x(moment)) - 8, 0, 17, self.viewport().height())
            self.viewport().update(strip)

    def zoom(self, factor: float, around_s: float | None = None) -> None:
        """Show `factor` times less of the session around a moment, or around the playhead."""
        middle = self._playhead_s if around_s is None else around_s
        scale = self._scale
        if not scale.start_s <= middle <= scale.end_s:
            middle = scale.start_s + scale.visible_s / 2
        self._show_scale(scale.zoomed_by(factor, middle))

    def zoom_out(self) -> None:
        """Show the whole session."""
        self._show_scale(replace(self._scale, start_s=0.0, view_s=0.0))

    # Size and scrolling

    def sizeHint(self) -> QSize:
        """As high as all its lines."""
        rows = self._layout.height if self._layout else 0
        return QSize(640, RULER_PX + rows + 2 + 2 * Space.HAIR)

    def minimumSizeHint(self) -> QSize:
        """Show a few lines; the rest scrolls."""
        return QSize(320, RULER_PX + FEWEST_ROWS_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the seconds over the new width."""
        super().resizeEvent(event)
        self._place()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring to hands that are on the keys, not to a press of the pointer."""
        super().focusInEvent(event)
        self._ringed = event.reason() in KEY_REASONS
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self._ringed = False
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Take on a new theme or font."""
        super().changeEvent(event)
        if event.type() in DRESS:
            self._glyphs.clear()
            self._arrange()

    def _arrange(self) -> None:
        self._names = None
        if self._model is not None:
            self._layout = lay_out(
                self._model, self.fontMetrics(), unfolded=self._unfolded, hidden=self._hidden
            )
            self._sheet = Sheet(self._layout.lines)
        self.updateGeometry()
        self._place()

    def _place(self) -> None:
        if self._layout is None:
            return
        left = float(self._layout.gutter)
        width = max(32.0, self.viewport().width() - left - Space.MEDIUM)
        self._show_scale(replace(self._scale, left_px=left, width_px=width))
        bar = self.verticalScrollBar()
        page = max(1, self.viewport().height() - RULER_PX)
        bar.setRange(0, max(0, self._layout.height - page))
        bar.setPageStep(page)
        bar.setSingleStep(Space.LARGE)

    def _show_scale(self, scale: Scale) -> None:
        self._scale = scale
        bar = self.horizontalScrollBar()
        blocked = bar.blockSignals(True)
        bar.setRange(0, round((scale.duration_s - scale.visible_s) * BAR_STEPS_PER_S))
        bar.setPageStep(max(1, round(scale.visible_s * BAR_STEPS_PER_S)))
        bar.setSingleStep(max(1, round(scale.visible_s * BAR_STEPS_PER_S / 10)))
        bar.setValue(round(scale.start_s * BAR_STEPS_PER_S))
        bar.blockSignals(blocked)
        self._redraw()

    def _scrolled(self, value: int) -> None:
        self._scale = self._scale.moved_to(value / BAR_STEPS_PER_S)
        self._redraw()

    def _redraw(self) -> None:
        self._still = None
        self.viewport().update()

    def _content_y(self, y: float) -> float:
        return y - RULER_PX + self.verticalScrollBar().value()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the playhead over a picture of everything else."""
        painter = QPainter(self.viewport())
        if self._still is None:
            self._still = self._draw_still()
        painter.setClipRect(event.rect())
        painter.drawPixmap(0, 0, self._still)
        self._paint_playhead(painter)
        if self._selection is not None:  # over the playhead, whose head would hide the length
            paint_selection(self._bare_brush(painter), self._selection, self.viewport().height())
        if self._ringed:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(current_palette().accent), 2))
            inner = self.viewport().rect().adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(inner, Corner.CARD - 2, Corner.CARD - 2)
        painter.end()

    def _draw_still(self) -> QPixmap:
        size = self.viewport().size()
        still = self._paper(size)
        if self._model is None or self._layout is None:
            return still
        painter = QPainter(still)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        brush = self._brush(painter, self._layout)
        offset = self.verticalScrollBar().value()
        foot = min(size.height(), RULER_PX + self._layout.height - offset)
        paint_ruler(brush, RULER_PX, foot)
        painter.setClipRect(QRect(0, RULER_PX, size.width(), size.height() - RULER_PX))
        if self._names is None:
            self._names = self._draw_names(self._layout)
        painter.drawPixmap(0, RULER_PX - offset, self._names)
        self._sheet.paint(brush, RULER_PX - offset, size.height())
        for line in self._layout.lines:
            top = RULER_PX + line.top - offset
            if top + line.height > RULER_PX and top < size.height():
                paint_line(brush, line, top, self._model)
        painter.end()
        return still

    def _draw_names(self, layout: Layout) -> QPixmap:
        names = self._clear_picture(QSize(layout.gutter, max(1, layout.height)))
        painter = QPainter(names)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line in layout.lines:
            paint_names(self._brush(painter, layout), line, line.top)
        painter.end()
        return names

    def _paper(self, size: QSize) -> QPixmap:
        ratio, paper = self.devicePixelRatioF(), self._sheet_of_paper
        stale = paper is None or paper.size() != size * ratio or paper.devicePixelRatio() != ratio
        if paper is None or stale or paper.paintingActive():
            paper = self._sheet_of_paper = self._clear_picture(size)
        paper.fill(QColor(current_palette().card))
        return paper

    def _clear_picture(self, size: QSize) -> QPixmap:
        ratio = self.devicePixelRatioF()
        made = QPixmap(size * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        return made

    def _bare_brush(self, painter: QPainter) -> Brush:
        return self._brush(painter, self._layout or Layout((), 0, 0))

    def _brush(self, painter: QPainter, layout: Layout) -> Brush:
        return Brush(
            painter,
            current_palette(),
            self._scale,
            self.font(),
            self.devicePixelRatioF(),
            layout.gutter,
            self._glyphs,
        )

    def _paint_playhead(self, painter: QPainter) -> None:
        if self._model is None:
            return
        scale = self._scale
        x = scale.x(self._playhead_s)
        if not scale.left_px - 1 <= x <= scale.left_px + scale.width_px + 1:
            return
        accent = QColor(current_palette().accent)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(accent, 2))
        painter.drawLine(QLineF(x, RULER_PX - Space.SMALL, x, self.viewport().height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawEllipse(QPointF(x, RULER_PX - Space.SMALL), 5, 5)
