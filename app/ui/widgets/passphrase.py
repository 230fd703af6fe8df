"""A passphrase: offered in plain words, or typed as somebody reads it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from app.store.handover.spoken_words import offer_passphrase
from app.ui.style import Space
from app.ui.widgets.controls import button, column, label, row

if TYPE_CHECKING:
    from app.ui.keys import KeyMap


class PassphraseField(QWidget):
    """One line, shown or hidden. What is typed stays in the line and is kept nowhere else."""

    entered = Signal()
    changed = Signal()

    def __init__(self, keys: KeyMap, *, offered: bool) -> None:
        super().__init__()
        self._offered = offered
        self.line = QLineEdit()
        self.line.setAccessibleName(self.tr("Passphrase"))
        self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.line.returnPressed.connect(self.entered)
        self.line.textChanged.connect(self.changed)
        self.show_words = button(self.tr("Hide"), kind="quiet", icon="sees_not")
        self.show_words.clicked.connect(self._turn)
        self.other = button(self.tr("Other words"), kind="quiet", icon="retry")
        self.other.clicked.connect(self.offer)
        self.other.setVisible(offered)
        name = label(self.tr("Passphrase"), "strong")
        name.setBuddy(self.line)
        # Below the line: all of the words have to be in sight, for they are read aloud.
        hands = row(self.show_words, self.other, None, space=Space.HAIR)
        self.setLayout(column(name, self.line, hands, space=Space.HAIR))
        keys.add(
            "Ctrl+H",
            self.tr("Show or hide the passphrase"),
            self._turn,
            button=self.show_words,
        )
        if offered:
            keys.add("Ctrl+G", self.tr("Other words"), self.offer, button=self.other)
        self._show(shown=offered)

    @property
    def text(self) -> str:
        """What stands in it."""
        return self.line.text()

    def offer(self) -> None:
        """Put other words into it."""
        self.line.setText(offer_passphrase())
        self.line.setCursorPosition(0)

    def forget(self) -> None:
        """Empty it, and what could be undone to."""
        self.line.setText("")  # unlike clear(), it cannot be undone
        self._show(shown=self._offered)

    def _turn(self) -> None:
        self._show(shown=self.line.echoMode() is QLineEdit.EchoMode.Password)

    def _show(self, *, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        words = self.tr("Hide") if shown else self.tr("Show")
        self.show_words.setText(words)
        self.show_words.setAccessibleName(words)
        self.show_words.set_icon("sees_not" if shown else "sees")
