"""One video in the list of those that are imported."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from app.store.imports import ImportState
from app.ui.keys import show_keys
from app.ui.style import Space, tabular
from app.ui.texts import told
from app.ui.widgets.controls import Elided, button, column, label, picture_label, row

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.session.importing import Working
    from app.store.imports import Import
    from app.ui.widgets.controls import Button

ICONS = {
    ImportState.WAITING: ("clock", "quiet"),
    ImportState.RUNNING: ("ph.circle-notch", "accent"),
    ImportState.PAUSED: ("pause", "quiet"),
    ImportState.TWICE: ("ph.copy", "on_notice"),
    ImportState.DONE: ("good", "accent"),
    ImportState.FAILED: ("notice", "on_notice"),
}
BAR_PX = 160
SAID = ("again", "skip", "open")
"""Buttons that say in words what they do."""


class ImportRowView(QFrame):
    """Title, how far it is, what to do; a sentence where something went wrong."""

    act_wanted = Signal(str, str)
    """ "open", "again", "stop", "remove", "up" or "down", and the id of the import."""

    def __init__(self, item: Import) -> None:
        super().__init__()
        self._id = item.id
        self._item = item
        self._sign = picture_label(*ICONS[item.state])
        self.title = Elided("", "lead-strong")
        self.how = label("", "quiet")
        tabular(self.how)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(BAR_PX)
        self.bar.setRange(0, 1000)
        self.what = label("", "text", wrap=True)
        self.remedy = label("", "quiet", wrap=True)
        self.buttons: dict[str, Button] = {}
        for act, words, icon, keys in (
            ("up", self.tr("Earlier"), "ph.arrow-up", "Alt+Up"),
            ("down", self.tr("Later"), "ph.arrow-down", "Alt+Down"),
            ("again", self.tr("Try again"), "retry", ""),
            ("skip", self.tr("Skip"), "skip", ""),
            ("open", self.tr("Open the report"), "next", ""),
            ("stop", self.tr("Stop"), "finish", ""),
            ("remove", self.tr("Take out of the list"), "close", "Del"),
        ):
            said = words if act in SAID else ""
            made = button(said, kind="quiet", icon=icon, tip=words)
            if keys:
                show_keys(made, words, keys)
            wanted = "remove" if act == "skip" else act
            made.clicked.connect(partial(self.act_wanted.emit, wanted, self._id))
            self.buttons[act] = made
        line = row(self._sign, self.title, self.how, self.bar, *self.buttons.values(),
                   space=Space.SMALL)  # fmt: skip
        line.setStretch(1, 1)
        self._below = QWidget()
        told_ = column(self.what, self.remedy, space=2)
        told_.setContentsMargins(Space.WIDE - Space.HAIR, 0, 0, Space.SMALL)
        self._below.setLayout(told_)
        whole = column(line, self._below, space=0)
        whole.setContentsMargins(Space.MEDIUM, Space.HAIR, Space.SMALL, Space.HAIR)
        self.setLayout(whole)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def holds_focus(self) -> bool:
        """Whether one of its buttons has the focus."""
        return any(one.hasFocus() for one in self.buttons.values())

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the focus to its first button in sight."""
        for one in self.buttons.values():
            if one.isVisible() and one.isEnabled():
                one.setFocus(reason)
                return

    def show_item(self, item: Import, working: Working | None, *, first: bool, last: bool) -> None:
        """Show how far it is."""
        state = item.state
        self._item = item
        file = item.path.name or item.title
        self.title.setText(f"{item.named} · {file}" if item.named else file)
        part = working.progress if working is not None else item.progress
        resting = working is not None and working.resting
        self._sign.show_icon(*ICONS[ImportState.PAUSED if resting else state])
        self.how.setText(self._words(state, part, working))
        running = state is ImportState.RUNNING
        self.bar.setVisible(running)
        self.bar.setValue(round(1000 * part))
        waits = state in (ImportState.WAITING, ImportState.PAUSED)
        visible = {
            "up": waits,
            "down": waits,
            "again": state in (ImportState.FAILED, ImportState.TWICE, ImportState.PAUSED),
            "open": state is ImportState.DONE and item.session_id is not None,
            "stop": running,
            "skip": state is ImportState.TWICE,
            "remove": not running and state is not ImportState.TWICE,
        }
        for act, made in self.buttons.items():
            made.setVisible(visible[act])
        self.buttons["up"].setEnabled(not first)
        self.buttons["down"].setEnabled(not last)
        self._name_buttons(item)
        self._below.setVisible(bool(item.what))
        self.what.setText(told(item.what))
        self.remedy.setText(told(item.remedy))
        self.bar.setAccessibleName(self.tr("Progress of “{title}”").format(title=item.title))
        said = [item.named or item.title, self.how.text(), self.what.text(), self.remedy.text()]
        self.setAccessibleName(", ".join(one for one in said if one))

    def _name_buttons(self, item: Import) -> None:
        again = {
            ImportState.TWICE: self.tr("Import once more"),
            ImportState.PAUSED: self.tr("Go on with it"),
        }.get(item.state, self.tr("Try again"))
        self.buttons["again"].setToolTip(again)
        self.buttons["again"].setText(again)
        for act, made in self.buttons.items():
            words = again if act == "again" else made.text() or made.toolTip().split("  (")[0]
            name = self.tr("{what}: “{title}”").format(what=words, title=item.title)
            made.setAccessibleName(name)

    def _words(self, state: ImportState, part: float, working: Working | None) -> str:
        if state is ImportState.RUNNING:
            if working is not None and working.live:
                return self.tr("rests while you practise")
            if working is not None and working.paused:
                return self.tr("paused at {percent} %").format(percent=round(100 * part))
            return f"{round(100 * part)} %"
        return {
            ImportState.WAITING: self.tr("waits"),
            ImportState.PAUSED: self.tr("paused"),
            ImportState.TWICE: self.tr("imported before"),
            ImportState.DONE: self.tr("done"),
            ImportState.FAILED: self.tr("not imported"),
        }[state]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move it and take it out by keys."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        act = {
            Qt.Key.Key_Up: "up" if alt else "",
            Qt.Key.Key_Down: "down" if alt else "",
            Qt.Key.Key_Delete: "remove",
        }.get(Qt.Key(event.key()), "")
        if act and self.buttons[act].isVisible() and self.buttons[act].isEnabled():
            self.act_wanted.emit(act, self._id)
            return
        super().keyPressEvent(event)
