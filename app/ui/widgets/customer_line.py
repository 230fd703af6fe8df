"""The customer's line, large at the foot of the live page, and whose turn it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QSizePolicy

from app.ui.style import Space
from app.ui.widgets.controls import column, label, set_role

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

SIZES: Final = ("live-text", "live-small", "lead")
"""How large the words are, the largest first: a long line is written smaller."""
SPEAKER: Final = "live-quiet"
TURN: Final = "live-turn"
"""Roles of the small line above: who speaks, and that it is one's own turn."""


class CustomerLine(QFrame):
    """One text that never moves what stands around it."""

    def __init__(self) -> None:
        super().__init__()
        self._said = ""
        self._who = label("", SPEAKER)
        self._words = label("", SIZES[0], wrap=True)
        self._largest = label("", SIZES[0])  # never shown: tells how high two lines are
        self._largest.setParent(self)
        self._largest.hide()
        self.setLayout(column(self._who, self._words, space=0))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.hide()

    def minimumSizeHint(self) -> QSize:
        """Be as high as the speaker and two lines of words."""
        lines = self._who.sizeHint().height() + self._room()
        return QSize(200, lines + Space.HAIR)

    def sizeHint(self) -> QSize:
        """Be no higher than needed."""
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write as large as the new width lets."""
        super().resizeEvent(event)
        self._fit()

    def show_line(self, text: str) -> None:
        """Show what the customer says."""
        self._said = text
        self._tell(self.tr("Customer"), text)

    def show_turn(self) -> None:
        """Say that it is the staff member's turn; what the customer said stays to be read."""
        turn = self.tr("Your turn")
        if self._said:
            self._tell(turn, self._said, role=TURN)
        else:
            self._tell("", turn)

    def show_partner(self) -> None:
        """Say that the partner speaks; what they say is theirs to say."""
        self._said = ""
        self._tell("", self.tr("Listening to the customer"))

    def show_over(self) -> None:
        """Say that the customer has nothing more to say."""
        self._tell("", self.tr("The customer has said everything. Close the talk, then finish."))

    def clear(self) -> None:
        """Say nothing."""
        self._said = ""
        self._tell("", "")
        self.hide()

    @property
    def text(self) -> str:
        """What it says now, who says it first."""
        return f"{self._who.text()} {self._words.text()}".strip()

    @property
    def words_px(self) -> int:
        """How large the words are written, pixels."""
        return self._words.fontInfo().pixelSize()

    def _tell(self, who: str, words: str, *, role: str = SPEAKER) -> None:
        set_role(self._who, role)
        self._who.setText(who)
        self._who.setVisible(bool(who))
        self._words.setText(words)
        self.setAccessibleName(self.text)
        self._fit()
        self.show()

    def _room(self) -> int:
        """How high two lines of the largest words are."""
        self._largest.ensurePolished()
        return 2 * self._largest.fontMetrics().lineSpacing()

    def _fit(self) -> None:
        """Take the largest size in which the words need no more than two of its lines."""
        for size in SIZES:
            set_role(self._words, size)
            self._words.ensurePolished()
            if self._words.heightForWidth(self.width()) <= self._room():
                return
