"""The buttons under a self-check: what is always there, and the one big one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.keys import show_keys
from app.ui.style import Space
from app.ui.widgets.controls import button, row

if TYPE_CHECKING:
    from app.ui.keys import KeyMap


class CheckFoot(QWidget):
    """Not now and take five on the left; the next step on the right."""

    not_now = Signal()
    take_five = Signal()
    record = Signal()
    again = Signal()
    report = Signal()
    normal = Signal()
    go_on = Signal()

    def __init__(self, keys: KeyMap) -> None:
        super().__init__()
        self.leave = button(self.tr("Not now"), kind="check-quiet")
        self.pause = button(self.tr("Take five"), kind="check-quiet", icon="ph.coffee")
        self.rec = button(self.tr("Record this"), kind="check-quiet")
        self.rec.setAccessibleName(self.tr("Record this as a session"))
        self.repeat = button(self.tr("Again"), kind="check-quiet", icon="retry")
        self.open = button(self.tr("Open the report"), kind="check-quiet", icon="sessions")
        self.measure = button(self.tr("Own normal"), kind="check-quiet")
        self.measure.setAccessibleName(self.tr("Own normal: measure it"))
        self.next = button(self.tr("Next"), kind="check", icon="next")
        self.setLayout(
            row(self.leave, self.pause, None, self.measure, self.rec, self.open, self.repeat,
                self.next, space=Space.SNUG)
        )  # fmt: skip
        self._bind(keys)

    def _bind(self, keys: KeyMap) -> None:
        show_keys(self.leave, self.tr("Not now"), "Esc")
        show_keys(self.next, self.tr("Next"), "Space")
        keys.note(self.tr("Space, Enter, a touch anywhere"), self.tr("Next"))
        keys.note(self.tr("Esc"), self.tr("Not now"))
        for pressed, what, wish, made in (
            ("T", self.tr("Take five"), self.take_five, self.pause),
            ("R", self.tr("Record this as a session"), self.record, self.rec),
            ("A", self.tr("Check again"), self.again, self.repeat),
            ("O", self.tr("Open the report"), self.report, self.open),
            ("N", self.tr("Own normal: measure it"), self.normal, self.measure),
        ):
            keys.add(pressed, what, wish.emit, button=made)
            made.clicked.connect(wish)
        self.leave.clicked.connect(self.not_now)
        self.next.clicked.connect(self.go_on)

    def show_walking(self, *, recorded: bool, devices: bool) -> None:
        """Show what one can do on the way."""
        self.leave.show()
        self.rec.setVisible(devices and not recorded)
        for made in (self.repeat, self.open, self.measure):
            made.hide()
        self._name_next(self.tr("Next"), "next")

    def show_end(self, *, session: bool, normal: bool) -> None:
        """Show what one can do at the end: there is a session, there is an own normal."""
        self.leave.hide()
        self.rec.hide()
        self.repeat.show()
        self.open.setVisible(session)
        self.measure.setVisible(not normal)
        self._name_next(self.tr("Done"), "done")

    def _name_next(self, text: str, icon: str) -> None:
        self.next.setText(text)
        self.next.setAccessibleName(text)
        self.next.set_icon(icon)
        show_keys(self.next, text, "Space")
