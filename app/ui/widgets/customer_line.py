"""The customer's line, large at the foot of the live page, then whose turn it is."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QSizePolicy

from app.ui.style import Space
from app.ui.widgets.controls import column, label


class CustomerLine(QFrame):
    """One text that never moves what stands around it."""

    def __init__(self) -> None:
        super().__init__()
        self._who = label("", "live-quiet")
        self._words = label("", "live-text", wrap=True)
        self.setLayout(column(self._who, self._words, space=0))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.hide()

    def minimumSizeHint(self) -> QSize:
        """Be as high as the speaker and two lines of words."""
        lines = self._who.sizeHint().height() + 2 * self._words.fontMetrics().lineSpacing()
        return QSize(200, max(lines + Space.HAIR, super().minimumSizeHint().height()))

    def sizeHint(self) -> QSize:
        """Be no higher than needed."""
        return self.minimumSizeHint()

    def show_line(self, text: str) -> None:
        """Show what the customer says."""
        self._tell(self.tr("Customer"), text)

    def show_turn(self) -> None:
        """Say that it is the staff member's turn."""
        self._tell("", self.tr("Your turn"))

    def show_partner(self) -> None:
        """Say that the partner speaks; what they say is theirs to say."""
        self._tell("", self.tr("Listening to the customer"))

    def show_over(self) -> None:
        """Say that the customer has nothing more to say."""
        self._tell("", self.tr("The customer has said everything. Close the talk, then finish."))

    def clear(self) -> None:
        """Say nothing."""
        self._tell("", "")
        self.hide()

    @property
    def text(self) -> str:
        """What it says now."""
        return self._words.text()

    def _tell(self, who: str, words: str) -> None:
        self._who.setText(who)
        self._who.setVisible(bool(who))
        self._words.setText(words)
        self.setAccessibleName(f"{who} {words}".strip())
        self.show()
