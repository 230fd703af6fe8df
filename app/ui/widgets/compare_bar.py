"""What both recordings are told together: play, step, speed, sound, loop, the same line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from app.ui.keys import show_keys
from app.ui.style import Space
from app.ui.widgets.compare_tracks import axis_text
from app.ui.widgets.controls import button, label, row
from app.ui.widgets.player_bar import PlayerBar

if TYPE_CHECKING:
    from collections.abc import Sequence

LINE_SIGNS: Final = 22


class CompareBar(QWidget):
    """One line of controls for both sides."""

    line_chosen = Signal(int)
    """Place in the list of common moments; 0 for the beginning of both."""
    loop_toggled = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.player = PlayerBar(self)
        self.loop = button(self.tr("Loop"), icon="repeat")
        self.loop.setCheckable(True)
        show_keys(self.loop, self.tr("Play a stretch again and again"), "L")
        self.loop.clicked.connect(self.loop_toggled)
        self.lines = QComboBox()
        self.lines.setAccessibleName(self.tr("Lay both together at"))
        self.lines.setToolTip(self.tr("Where both recordings lie above one another"))
        self.lines.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.lines.setMinimumContentsLength(LINE_SIGNS)
        self.lines.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.lines.activated.connect(self.line_chosen)
        self._together = label(self.tr("Together at"), "quiet")
        self._together.setBuddy(self.lines)
        content = row(self._together, self.lines, self.loop, self.player, space=Space.SMALL)
        content.setStretch(1, 1)
        content.setStretch(3, 2)
        content.setAlignment(self._together, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(content)

    def show_lines(self, texts: Sequence[str]) -> None:
        """Offer these common moments."""
        with QSignalBlocker(self.lines):
            self.lines.clear()
            self.lines.addItems(list(texts))

    def show_together(self, *, on: bool) -> None:
        """Offer to lay both together; with a written answer there is nothing to lay."""
        self.lines.setVisible(on)
        self._together.setVisible(on)

    def show_line(self, at: int) -> None:
        """Show which one was chosen; -1 for moments of one's own choice."""
        with QSignalBlocker(self.lines):
            self.lines.setCurrentIndex(at)
        self.lines.setPlaceholderText(self.tr("Moments of your choice"))

    def show_time(self, axis_s: float) -> None:
        """Write where both are, from the moment at which they meet."""
        text = axis_text(axis_s)
        if text != self.player.time.text():
            self.player.time.setText(text)

    def show_state(self, *, playing: bool, muted: bool, audible: bool) -> None:
        """Put the names and icons on the buttons that fit the state."""
        self.player.show_state(playing=playing, muted=muted, audible=audible)
