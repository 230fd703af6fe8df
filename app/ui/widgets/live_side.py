"""The checklist beside the live picture: large, ticked by hand, the next line always in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from app.ui.style import Space
from app.ui.widgets.checklist_view import ChecklistRow, ChecklistView

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        self._by_hand: set[str] = set()
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
        self._by_hand.clear()
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

    def suggest(self, words: Mapping[str, str]) -> None:
        """Show as suggested what the words speak for: the words by item; nobody is overruled."""
        for line in self.findChildren(ChecklistRow):
            said = words.get(line.item.id)
            if line.item.id in self._by_hand:
                continue
            line.set_suggested(on=said is not None)
            if said is not None:
                # Not below the line: whatever grows there would move the others while one talks.
                heard = self.tr("Heard: “{words}”. Press to tick it.").format(words=said)
                line.setToolTip(heard)
                line.setAccessibleDescription(heard)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the lines be as large as all of them in sight can be."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._view is not None:
            # Our own width, not the inner one's: that changes with the scroll bar.
            edge = 2 * self.frameWidth()
            all_fit = self._view.fit(self.width() - edge - Space.SMALL, self.height() - edge)
            # A bar that came for a moment would make the lines narrower, and so stay.
            bar = Qt.ScrollBarPolicy
            self.setVerticalScrollBarPolicy(
                bar.ScrollBarAlwaysOff if all_fit else bar.ScrollBarAsNeeded
            )

    def _on_tick(self, item: str, on: bool) -> None:
        self.item_ticked.emit(item, on)
        self._by_hand.add(item)
        if self._view is not None:
            # Who takes a tick back says that it was not done, whatever the words speak for.
            self._view.row(item).set_suggested(on=False)
        rows = self.findChildren(ChecklistRow)
        due = next((line for line in rows if not line.isChecked()), None)
        if due is not None:
            self.ensureWidgetVisible(due, 0, due.height())
