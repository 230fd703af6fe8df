"""Two recordings laid together: at a line that both have, or at a moment of each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.coach.review_align import FIRST, SECOND, aligned, shared_lines
from app.ui.pages.compare_loop import Loop
from app.ui.pages.compare_sides import cut
from app.ui.texts import clock_text
from app.ui.widgets.compare_tracks import TrackSide, build_groups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.review_align import SharedLine
    from app.coach.types import CueRule
    from app.ui.pages.compare_sides import Side
    from app.ui.widgets.compare_bar import CompareBar
    from app.ui.widgets.compare_clock import LockStep
    from app.ui.widgets.compare_side import SidePanel
    from app.ui.widgets.compare_view import CompareView


class Together(QObject):
    """Moves both on one axis, and shows on it what was measured of each."""

    aligned = Signal()
    """They lie differently now."""

    def __init__(
        self,
        lock: LockStep,
        panels: Sequence[SidePanel],
        bar: CompareBar,
        view: CompareView,
        rules: Sequence[CueRule],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.lock = lock
        self.bar = bar
        self.view = view
        self.loop = Loop(lock, view, bar)
        self._panels = panels
        self._rules = rules
        self._sides: tuple[Side, ...] = ()
        self._lines: tuple[SharedLine, ...] = ()
        bar.line_chosen.connect(self._on_line)
        bar.loop_toggled.connect(lambda on: self.loop.set(on=on))
        for side, panel in enumerate(panels):
            panel.anchored.connect(partial(self._on_anchor, side))

    def take(self, first: Side, second: Side) -> None:
        """Begin with two sides, at the first line that both have."""
        self._sides = (first, second)
        self._lines = shared_lines(first.marks, second.marks)
        said = dict(first.lines)
        texts = [self.tr("The beginning of both")]
        for one in self._lines:
            words = said.get(one.begins_s[FIRST], one.line)
            texts.append(f"{clock_text(one.begins_s[FIRST])} · {cut(f'“{words}”')}")
        self.bar.show_lines(texts)
        self.bar.show_together(on=second.length_s > 0)
        self._on_line(1 if self._lines else 0)

    def forget(self) -> None:
        """Let go of both sides."""
        self._sides = ()

    # Hands

    def step(self, seconds: float) -> None:
        """Go on or back by so many seconds."""
        self.lock.seek(self.lock.axis_s + seconds)

    def step_frame(self, seconds: float) -> None:
        """Go on or back by a picture; both stand still then."""
        self.lock.pause()
        self.step(seconds)

    def jump_line(self, way: int) -> None:
        """Lay both together at the line before or after."""
        if self._sides:
            at = self.bar.lines.currentIndex() + way
            self._on_line(min(max(0, at), len(self._lines)))

    def nudge(self, seconds: float) -> None:
        """Move the second against the first."""
        if self._sides:
            here = self.lock.axis_s
            first, second = self.lock.alignment.anchors_s
            self._align((first, second - seconds))
            self.lock.seek(here)

    def _on_line(self, at: int) -> None:
        """Lay both together at a line that both have; 0 for the beginning of both."""
        self._align((0.0, 0.0) if not at else self._lines[at - 1].begins_s)
        self.bar.show_line(at)

    def _on_anchor(self, at: int, moment: int) -> None:
        """Lay a side's chosen moment at the common one."""
        anchors = list(self.lock.alignment.anchors_s)
        anchors[at] = self._sides[at].moments[moment].t
        self._align((anchors[FIRST], anchors[SECOND]))
        self.bar.show_line(-1)

    # What shows

    def _align(self, anchors_s: tuple[float, float]) -> None:
        first, second = self._sides
        alignment = aligned((first.length_s, second.length_s), anchors_s)
        self.lock.align(alignment)
        groups = build_groups(
            [TrackSide(side.report, side.lines) for side in self._sides], alignment, self._rules
        )
        self.view.show_groups(groups, alignment)
        self.loop.forget()
        self._show_moments()
        self.aligned.emit()

    def _show_moments(self) -> None:
        """Show which moment of each side lies at the common one, where it has a name."""
        for at, (side, panel) in enumerate(zip(self._sides, self._panels, strict=True)):
            anchor = self.lock.alignment.anchors_s[at]
            near = (n for n, one in enumerate(side.moments) if abs(one.t - anchor) < 0.01)
            panel.moment.setPlaceholderText(clock_text(anchor))
            panel.moment.setCurrentIndex(next(near, -1))
