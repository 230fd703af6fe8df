"""The head of a report: which session it is, and what one can do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.coach.practice_types import Speaking
from app.ui.pages.report_doors import ReportDoors
from app.ui.style import Space, tabular
from app.ui.texts import day_text, length_text, time_text, told
from app.ui.widgets.controls import Elided, button, column, label, row
from app.ui.widgets.name_line import NameLine

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QResizeEvent

    from app.store.types import SessionRecord
    from app.ui.pages.report_session import ShownSession


class ReportHeader(QWidget):
    """Title, day and length on the left; two buttons on the right."""

    back_wanted = Signal()
    rehearse_wanted = Signal()
    export_wanted = Signal()
    name_given = Signal(str)
    """What the session is to be called; empty for its title from before."""
    name_back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record: SessionRecord | None = None
        self._before: QWidget | None = None
        self.title = Elided("", "page")
        self.title.setMinimumWidth(120)
        self.when = label("", "quiet")
        tabular(self.when)
        self.rename = button("", kind="quiet", icon="ph.pencil-simple", tip=self.tr("Rename"))
        self.unname = button("", kind="quiet", icon="ph.arrow-u-up-left", tip=self.tr("Undo"))
        self.rename.setAccessibleName(self.tr("Rename the session"))
        self.unname.setAccessibleName(self.tr("Undo the last renaming"))
        self.name = NameLine()
        self.name.hide()
        self.sample = label(self.tr("Sample"), "tag")
        self.sample.setToolTip(self.tr("Made by the program to show what a report looks like"))
        self.swapped = label(self.tr("You played the customer"), "tag")
        self.swapped.setToolTip(
            self.tr("A colleague stood at the desk; what was seen and heard is theirs")
        )
        self.swapped.hide()
        self.back = button(self.tr("Back"), kind="back", icon="back")
        self.export = button(self.tr("Export report"), icon="share")
        self.rehearse = button(self.tr("Rehearse again"), kind="primary", icon="retry")
        self.back.clicked.connect(self.back_wanted)
        self.export.clicked.connect(self.export_wanted)
        self.rehearse.clicked.connect(self.rehearse_wanted)
        self.rename.clicked.connect(self._begin_name)
        self.unname.clicked.connect(self.name_back_wanted)
        self.name.named.connect(self.name_given)
        self.name.left.connect(self._leave_name)
        self.doors = ReportDoors()
        first = row(self.back, self.title, self.name, self.export, self.rehearse, space=Space.SNUG)
        first.setStretch(1, 1)
        first.setStretch(2, 1)
        # What else one can do stands below: in words, and the title has the width.
        naming = row(self.rename, self.unname, space=0)
        about = row(
            self.when, naming, self.sample, self.swapped, None, self.doors, space=Space.SNUG
        )
        self.setLayout(column(first, about, space=2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write words on what else one can do, where they fit."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        there = (self.when, self.rename, self.unname, self.sample, self.swapped)
        said = [one for one in there if not one.isHidden()]
        self.doors.fit(self.width() - sum(one.sizeHint().width() + Space.SNUG for one in said))
        # Words that come back need their room at once: within a resize Qt would ask no more.
        self.doors.updateGeometry()
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
            layout.activate()

    def show_nothing(self) -> None:
        """Say that there is no session to show."""
        self.doors.show_session(None)
        self._record = None
        self._show_naming(undoable=False)
        self.title.setText(self.tr("No report"))
        self.when.setText("")
        self.sample.hide()
        self.swapped.hide()
        self.export.setEnabled(False)
        self.rehearse.setEnabled(False)

    def _begin_name(self) -> None:
        if self._record is not None:
            # The keys go back there: after F2 they were the player's.
            self._before = self.window().focusWidget()
            self.title.hide()
            self.name.begin(self._record)

    def _leave_name(self) -> None:
        self.name.hide()
        self.title.show()
        before = self._before
        if before is None or not isValid(before) or not before.isVisible():
            before = self.rename
        before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_naming(self, *, undoable: bool) -> None:
        """Offer what can be done with the name; a line that stands open is closed."""
        if not self.name.isHidden():
            self._leave_name()
        self.rename.setVisible(self._record is not None and self._record.nameable)
        self.unname.setVisible(undoable)

    def show_session(self, shown: ShownSession, now: datetime, *, renamed: bool = False) -> None:
        """Say which session it is; the name that was just given can be taken back."""
        self._record = shown.record if shown.kept else None
        self._show_naming(undoable=renamed)
        record = shown.record
        self.doors.show_session(record, shown.log.now, lost=shown.lost)
        self.export.setEnabled(shown.kept and shown.report is not None)
        # What was shared ends on its day; a page that anybody can copy would not.
        self.export.setVisible(not record.received)
        self.rehearse.setEnabled(True)
        title = told(record.title) if record.sample else record.title
        self.title.setText(title or self.tr("A conversation"))
        local = record.started_at.astimezone(now.tzinfo)
        parts = [day_text(local, now), time_text(local)]
        if record.duration_s is not None:
            parts.append(length_text(record.duration_s))
        self.when.setText(" · ".join(parts))
        self.sample.setVisible(record.sample)
        self.swapped.setVisible(record.role is Speaking.CUSTOMER)
        self.setAccessibleName(f"{self.title.text()}, {self.when.text()}")
        self._fit()
