"""The line in which an owner gives a session a name, where its title stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit

from app.store.types import TITLE_LENGTH
from app.ui.keys import show_keys
from app.ui.style import Space
from app.ui.widgets.controls import button, row

if TYPE_CHECKING:
    from app.store.types import SessionRecord

ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NameLine(QFrame):
    """Enter saves, Escape leaves; an empty line means the title from before."""

    named = Signal(str)
    """What was typed."""
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.edit = QLineEdit()
        self.edit.setMaxLength(TITLE_LENGTH)
        self.edit.setMinimumWidth(120)
        self.edit.setAccessibleName(self.tr("Name of the session"))
        self.save = button(self.tr("Save"))
        show_keys(self.save, self.tr("Save the name"), "Return")
        self.leave = button(self.tr("Cancel"), kind="quiet")
        show_keys(self.leave, self.tr("Leave the name as it was"), "Esc")
        self.save.clicked.connect(self._save)
        self.leave.clicked.connect(self.left)
        content = row(self.edit, self.save, self.leave, space=Space.SMALL)
        content.setStretch(0, 1)
        self.setLayout(content)

    def begin(self, record: SessionRecord) -> None:
        """Have a session's name changed; the title from before shows where nothing is typed."""
        former = record.title if record.former_title is None else record.former_title
        self.edit.setPlaceholderText(former)
        hint = self.tr("Empty: “{title}” again").format(title=former) if former else ""
        self.edit.setToolTip(hint)
        self.edit.setAccessibleDescription(hint)
        self.edit.setText(record.title)
        self.edit.selectAll()
        self.show()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _save(self) -> None:
        if self.edit.isModified():
            self.named.emit(self.edit.text())
        else:  # a title from before may be longer than what the line shows
            self.left.emit()

    def event(self, event: QEvent) -> bool:
        """Keep plain keys from the page's shortcuts: what is typed here is a name."""
        plain = Qt.KeyboardModifier.NoModifier
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == plain
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save on Enter and leave on Escape; no other key goes on to the page."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in ENTER:
            (self.leave if self.leave.hasFocus() else self.save).click()
