"""The head of the desk: whose session it is, undo, the machine's lane, done, send back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.ui.keys import show_keys
from app.ui.style import Space, tabular
from app.ui.texts import day_text, length_text, told
from app.ui.widgets.controls import Elided, button, column, label, row
from app.ui.widgets.desk_fit import fit_words, say_words

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QResizeEvent

    from app.ui.pages.desk_session import DeskSession
    from app.ui.widgets.controls import Button


class DeskHeader(QWidget):
    """Title and owner on the left; what ends a review on the right."""

    back_wanted = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()
    machine_toggled = Signal()
    done_toggled = Signal()
    send_back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._received = False
        self.title = Elided("", "page")
        self.when = Elided("", "quiet")
        tabular(self.when)
        self.owner = label("", "key")
        self.back = button(self.tr("Back"), kind="back", icon="back")
        show_keys(self.back, self.tr("Back"), "Esc")
        self.undo = self._tool(self.tr("Undo"), "ph.arrow-u-up-left", "Ctrl+Z")
        self.redo = self._tool(self.tr("Redo"), "ph.arrow-u-up-right", "Ctrl+Shift+Z")
        self.machine = button("", kind="quiet", icon="sees")
        self.done = button(self.tr("Review done"), icon="done")
        self.done.setCheckable(True)
        show_keys(self.done, self.tr("Say that your review is done, or that it is not"), "Ctrl+D")
        self.send = button(self.tr("Send back"), kind="primary", icon="ph.paper-plane-tilt")
        show_keys(self.send, self.tr("Send your review back to its owner"), "Ctrl+S")
        self.back.clicked.connect(self.back_wanted)
        self.undo.clicked.connect(self.undo_wanted)
        self.redo.clicked.connect(self.redo_wanted)
        self.machine.clicked.connect(self.machine_toggled)
        self.done.clicked.connect(self.done_toggled)
        self.send.clicked.connect(self.send_back_wanted)
        about = row(self.owner, self.when, space=Space.SNUG)
        about.setStretch(1, 1)
        texts = column(self.title, about, space=2)
        buttons = (self.undo, self.redo, self.machine, self.done, self.send)
        content = row(self.back, texts, *buttons, space=Space.HAIR)
        content.setStretch(1, 1)
        for one in (self.back, *buttons):
            content.setAlignment(one, Qt.AlignmentFlag.AlignTop)
        self.setLayout(content)
        self.show_machine(hidden=False, may_choose=True)

    def _tool(self, name: str, sign: str, keys: str) -> Button:
        made = button("", kind="quiet", icon=sign)
        made.setAccessibleName(name)
        show_keys(made, name, keys)
        return made

    def show_nothing(self) -> None:
        """Say that no session lies here."""
        self.title.setText(self.tr("No session"))
        self.when.setText("")
        self.owner.hide()
        for one in (self.undo, self.redo, self.machine, self.done, self.send):
            one.hide()

    def show_first(self, *, on: bool) -> None:
        """Leave out what belongs to the recording while the own view is read."""
        for one in (self.undo, self.redo, self.machine, self.done):
            one.setVisible(not on)
        self.send.setVisible(not on and self._received)
        self.fit()

    def show_session(self, session: DeskSession, now: datetime) -> None:
        """Say which session lies here, and whose it is."""
        record = session.record
        title = told(record.title) if record.sample else record.title
        self.title.setText(title or self.tr("A conversation"))
        local = record.started_at.astimezone(now.tzinfo)
        parts = [day_text(local, now)]
        if record.duration_s is not None:
            parts.append(length_text(record.duration_s))
        self.when.setText(" · ".join(parts))
        self.owner.setText(self.tr("{name}'s session").format(name=session.owner))
        self.owner.setVisible(bool(session.owner))
        self._received = record.received
        self.show_first(on=False)
        self.setAccessibleName(f"{self.title.text()}, {self.when.text()}")

    def show_state(self, *, can_undo: bool, can_redo: bool, done: bool) -> None:
        """Show what can be done now."""
        self.undo.setEnabled(can_undo)
        self.redo.setEnabled(can_redo)
        self.done.setChecked(done)

    def show_machine(self, *, hidden: bool, may_choose: bool) -> None:
        """Say whether the machine's lane is in sight."""
        name = self.tr("Show the machine") if hidden else self.tr("Hide the machine")
        say_words(self.machine, name)
        self.machine.setAccessibleName(name)
        self.machine.set_icon("sees" if hidden else "sees_not")
        show_keys(self.machine, self.tr("Look without the machine's findings first"), "H")
        self.machine.setEnabled(may_choose)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write words on the buttons where there is room beside the title."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Leave the title a third of the width."""
        tools = sum(one.sizeHint().width() for one in (self.back, self.undo, self.redo))
        room = self.width() * 2 // 3 - tools - 4 * Space.HAIR
        fit_words((self.machine, self.done, self.send), room, Space.HAIR)
