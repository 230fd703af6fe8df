"""The comment line at the foot of the desk: Enter opens and saves it, Escape leaves it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.keys import show_keys
from app.ui.style import Space, tabular
from app.ui.texts import clock_text
from app.ui.widgets.controls import button, label, row

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

BY_HAND: Final = (
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
"""Why a field has the focus where a hand wanted it so."""
AWAY_FOR_NOW: Final = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""Why a field loses the focus that it gets back."""
MOST: Final = 2000
"""Letters of one comment; longer ones nobody reads beside a film."""


class DeskField(QLineEdit):
    """A field that says when it is entered, finished and left."""

    entered = Signal()
    finished = Signal()
    left = Signal()
    deserted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter and Escape; all else is typing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that a hand is here."""
        super().focusInEvent(event)
        if event.reason() in BY_HAND:
            self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the hand went elsewhere."""
        super().focusOutEvent(event)
        if event.reason() not in AWAY_FOR_NOW:
            self.home(False)  # a long line is read from its beginning
        if event.reason() in BY_HAND:
            self.deserted.emit()


class CommentLine(QWidget):
    """What the comment is about, what is typed, and a button to speak instead."""

    opened = Signal()
    """A hand came into the field."""
    typed = Signal(str)
    """Everything that stands in it, with every key."""
    saved = Signal()
    left = Signal()
    deserted = Signal()
    """The hand went elsewhere, without a word."""
    speak_toggled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.about = label("", "key")
        tabular(self.about)
        self.field = DeskField()
        self.field.setMaxLength(MOST)
        self.field.setAccessibleName(self.tr("Comment"))
        self.field.entered.connect(self.opened)
        self.field.finished.connect(self.saved)
        self.field.left.connect(self.left)
        self.field.deserted.connect(self.deserted)
        self.field.textEdited.connect(self.typed)
        self.speak = button(self.tr("Speak"), icon="microphone")
        self.speak.clicked.connect(self.speak_toggled)
        self.state = label("", "quiet")
        tabular(self.state)
        self.state.hide()
        content = row(self.about, self.field, self.state, self.speak, space=Space.SMALL)
        content.setStretch(1, 1)
        self.setLayout(content)
        self.show_closed(draft="")
        self.show_speaking(None)

    @property
    def open(self) -> bool:
        """Whether somebody types in it."""
        return self.field.hasFocus()

    def show_about(self, t: float, until: float | None) -> None:
        """Say which moment or span the comment is about."""
        if until is None:
            self.about.setText(self.tr("At {t}").format(t=clock_text(t)))
        else:
            text = self.tr("{start} to {end}")
            self.about.setText(text.format(start=clock_text(t), end=clock_text(until)))

    def show_open(self, text: str, *, changing: bool) -> None:
        """Let a comment be typed; a draft stands there already."""
        self.field.setPlaceholderText(self.tr("Enter saves it, Esc leaves it as a draft"))
        if self.field.text() != text:
            self.field.setText(text)
        name = self.tr("Change the comment") if changing else self.tr("Comment")
        self.field.setAccessibleName(name)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.end(False)

    def show_closed(self, *, draft: str) -> None:
        """Wait; a draft stays in sight."""
        self.field.setText(draft)
        self.field.setPlaceholderText(self.tr("Enter: comment on this moment"))
        self.field.setAccessibleName(self.tr("Comment"))

    def show_speaking(self, seconds: float | None) -> None:
        """Show that the microphone is open and for how long; None where it is not."""
        on = seconds is not None
        name = self.tr("Stop") if on else self.tr("Speak")
        self.speak.setText(name)
        self.speak.setAccessibleName(self.tr("Stop and save") if on else self.tr("Spoken comment"))
        tip = self.tr("Stop and save") if on else self.tr("Speak a comment instead of typing it")
        show_keys(self.speak, tip, "R")
        self.speak.set_icon("finish" if on else "microphone")
        self.field.setEnabled(not on)
        self.state.setVisible(on)
        if seconds is not None:
            text = self.tr("Speak now. {time}")
            self.state.setText(text.format(time=clock_text(seconds)))
