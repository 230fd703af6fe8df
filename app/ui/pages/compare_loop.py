"""A stretch of both recordings that is played again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from app.ui.widgets.compare_bar import CompareBar
    from app.ui.widgets.compare_clock import LockStep
    from app.ui.widgets.compare_view import CompareView

USUAL_S: Final = 5.0
"""A loop that nobody gave edges."""


class Loop:
    """Keeps its edges, and tells the clock, the picture and the button."""

    def __init__(self, lock: LockStep, view: CompareView, bar: CompareBar) -> None:
        self._lock = lock
        self._view = view
        self._bar = bar
        self._edges: tuple[float | None, float | None] = (None, None)

    def forget(self) -> None:
        """Have no edges: the recordings were laid together anew."""
        self._edges = (None, None)
        self._tell(None)

    def set_edge(self, *, begins: bool) -> None:
        """Let it begin or end where both stand; with both edges it is on."""
        here = self._lock.axis_s
        start, end = self._edges
        self._edges = start, end = (here, end) if begins else (start, here)
        if start is not None and end is not None and end > start:
            self.set(on=True)

    def toggle(self) -> None:
        """Play the stretch again and again, or go on after it."""
        self.set(on=self._lock.loop is None)

    def set(self, *, on: bool) -> None:
        """Play the stretch again and again; without edges it begins here."""
        if not on:
            self._tell(None)
            return
        start, end = self._edges
        alignment = self._lock.alignment
        if start is None:
            start = self._lock.axis_s if end is None else max(end - USUAL_S, alignment.start_s)
        if end is None or end <= start:
            end = min(start + USUAL_S, alignment.end_s)
        self._tell((start, end) if end > start else None)

    def _tell(self, loop: tuple[float, float] | None) -> None:
        self._lock.loop = loop
        self._bar.loop.setChecked(loop is not None)
        self._view.set_loop(loop)
