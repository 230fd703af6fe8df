"""What stands beside the live picture: the checklist, which may be put away, and the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from app.ui.style import Space
from app.ui.widgets.controls import column
from app.ui.widgets.live_side import LEAST_PX, MOST_PX, LiveSide
from app.ui.widgets.notes_pad import NotesPad

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.coach.report_types import Checklist

NOTES_PX: Final = 400
"""Where notes are taken the lines of the checklist have less height, and so need more width."""

LOW_PX: Final = 560
"""A desk that is lower has its notes side by side."""


class LiveDesk(QWidget):
    """A column of its own, and not there where it would be empty."""

    def __init__(self) -> None:
        super().__init__()
        self.checklist = LiveSide()
        self.notes = NotesPad()
        self._any = False
        self._hidden = False
        inside = column(self.checklist, self.notes, space=Space.SNUG)
        inside.setStretch(0, 1)
        self.setLayout(inside)

    def show_session(self, checklist: Checklist | None, *, notes: bool) -> None:
        """Begin with a fresh checklist and an empty pad."""
        self._any = checklist is not None
        self.checklist.show_checklist(checklist)
        self.notes.clear()
        self.notes.setVisible(notes)
        self.hide_checklist(hidden=self._hidden)

    @property
    def has_checklist(self) -> bool:
        """Whether there is a checklist to put away."""
        return self._any

    def hide_checklist(self, *, hidden: bool) -> None:
        """Put the checklist out of sight, or bring it back; what was ticked stays."""
        self._hidden = hidden
        self.checklist.setVisible(self._any and not hidden)
        self.setVisible(not self.checklist.isHidden() or not self.notes.isHidden())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the checklist the height where there is little."""
        super().resizeEvent(event)
        self.notes.lie_flat(flat=self.height() < LOW_PX)

    def take_width(self, left_px: int) -> None:
        """Take what the picture leaves, within what can be read."""
        least = LEAST_PX if self.notes.isHidden() else NOTES_PX
        self.setFixedWidth(min(MOST_PX, max(least, left_px)))
