"""What is wrong with how the microphone hears, and what to do about it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.ui.widgets.controls import column, label
from audio.types import Reception

HOLD_LOOKS: Final = 8
"""Looks, of which there are at most 4 a second, for which a sentence stays after its cause went:
2 s, so that it can be read."""


def reception_text(reception: Reception) -> tuple[str, str]:
    """Say what is wrong, and the remedy."""
    translate = QCoreApplication.translate
    if reception is Reception.CLIPPING:
        return (
            translate("Reception", "The microphone is overloaded: loud parts are cut off."),
            translate("Reception", "Turn its level down in the system settings, or move back."),
        )
    if reception is Reception.TOO_FAR:
        return (
            translate("Reception", "Your voice is hardly louder than the room."),
            translate("Reception", "Come nearer to the microphone, or turn its level up."),
        )
    return (
        translate("Reception", "The microphone hears the customer's voice too."),
        translate("Reception", "With a spoken customer use headphones; overlaps are left out."),
    )


class ReceptionLine(QWidget):
    """One line under the level: nothing while all is well."""

    def __init__(self) -> None:
        super().__init__()
        self._words = label("", "quiet", wrap=True)
        self.setLayout(column(self._words, space=0))
        self._shown: Reception | None = None
        self._held = 0
        self.hide()

    def show_reception(self, reception: Reception | None) -> None:
        """Show what is wrong now; what was wrong stays for a moment."""
        self._held = HOLD_LOOKS if reception is not None else self._held - 1
        if reception is None and self._held > 0:
            return
        if reception == self._shown:
            return
        self._shown = reception
        self._words.setText("" if reception is None else " ".join(reception_text(reception)))
        self.setAccessibleName(self._words.text())
        self.setVisible(reception is not None)

    def clear(self) -> None:
        """Say nothing any more."""
        self._held = 0
        self.show_reception(None)

    @property
    def text(self) -> str:
        """What it says now; empty while all is well."""
        return self._words.text()
