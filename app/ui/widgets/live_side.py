"""The checklist beside the live picture: large, ticked by hand, the next line always in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from app.ui.style import Space
from app.ui.widgets.checklist_view import ChecklistRow, ChecklistView

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.coach.report_types import Checklist

LEAST_PX: Final = 260
MOST_PX: Final = 480


class LiveSide(QScrollArea):
    """Holds one checklist, or none and is then not there."""

    item_ticked = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self._view: ChecklistView | None = None
        self._inside = QVBoxLayout()
        self._inside.setContentsMargins(0, 0, Space.SMALL, 0)
        frame = QFrame()
        frame.setLayout(self._inside)
        self.setWidget(frame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_checklist(self, checklist: Checklist | None) -> None:
        """Show a fresh checklist."""
        if self._view is not None:
            self._inside.removeWidget(self._view)
            self._view.hide()
            self._view.deleteLater()
            self._view = None
        self.setVisible(checklist is not None)
        if checklist is not None:
            self._view = ChecklistView(checklist, large=True)
            self._view.item_ticked.connect(self._on_tick)
            self._inside.addWidget(self._view)
            self._fit()

    def press(self, number: int) -> None:
        """Press the line with this number key."""
        if self._view is not None:
            self._view.toggle(number)

    def take_width(self, left_px: int) -> None:
        """Take what the picture leaves, within what can be read."""
        self.setFixedWidth(min(MOST_PX, max(LEAST_PX, left_px)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the lines be as large as all of them in sight can be."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._view is not None:
            # Our own width, not the inner one's: that changes with the scroll bar.
            self._view.fit(self.width() - Space.SMALL, self.height())

    def _on_tick(self, item: str, on: bool) -> None:
        self.item_ticked.emit(item, on)
        rows = self.findChildren(ChecklistRow)
        due = next((line for line in rows if not line.isChecked()), None)
        if due is not None:
            self.ensureWidgetVisible(due, 0, due.height())
