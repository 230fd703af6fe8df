"""The head of a report: which session it is, and what one can do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.coach.practice_types import Speaking
from app.ui.pages.report_doors import ReportDoors
from app.ui.style import CONTROL_PX, Space, tabular
from app.ui.texts import day_text, length_text, time_text, told
from app.ui.widgets.controls import Elided, button, column, label, row

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QResizeEvent

    from app.ui.pages.report_session import ShownSession

TITLE_PX: Final = 280
LEAST_TITLE_PX: Final = 160
QWIDGETSIZE_MAX: Final = (1 << 24) - 1


class ReportHeader(QWidget):
    """Title, day and length on the left; two buttons on the right."""

    back_wanted = Signal()
    rehearse_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Elided("", "page")
        self.title.setMinimumWidth(120)
        self.when = label("", "quiet")
        tabular(self.when)
        self.sample = label(self.tr("Sample"), "key")
        self.sample.setToolTip(self.tr("Made by the program to show what a report looks like"))
        self.swapped = label(self.tr("You played the customer"), "key")
        self.swapped.setToolTip(
            self.tr("Your words are the customer's, so they are not looked through")
        )
        self.swapped.hide()
        self.back = button(self.tr("Back"), kind="quiet", icon="back")
        self.export = button(self.tr("Export report"), icon="share")
        self.rehearse = button(self.tr("Rehearse again"), kind="primary", icon="retry")
        self.back.clicked.connect(self.back_wanted)
        self.export.clicked.connect(self.export_wanted)
        self.rehearse.clicked.connect(self.rehearse_wanted)
        about = row(self.when, self.sample, self.swapped, None, space=Space.SNUG)
        texts = column(self.title, about, space=2)
        self.doors = ReportDoors()
        content = row(self.back, texts, self.doors, self.export, self.rehearse, space=Space.SNUG)
        content.setStretch(1, 1)
        content.setAlignment(self.back, Qt.AlignmentFlag.AlignTop)
        self.setLayout(content)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the title its room."""
        super().resizeEvent(event)
        self.export.setText(self.export.accessibleName())
        self.export.setMaximumWidth(QWIDGETSIZE_MAX)
        others = (self.back, self.export, self.rehearse)
        room = self.width() - sum(one.sizeHint().width() + Space.SNUG for one in others)
        self.doors.fit(room - TITLE_PX)
        if not self.doors.isHidden() and self.doors.sizeHint().width() > room - LEAST_TITLE_PX:
            self.export.setText("")
            self.export.setMaximumWidth(CONTROL_PX)
        # Words that come back need their room at once: within a resize Qt would ask no more.
        self.doors.updateGeometry()
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
            layout.activate()

    def show_nothing(self) -> None:
        """Say that there is no session to show."""
        self.doors.show_session(None)
        self.title.setText(self.tr("No report"))
        self.when.setText("")
        self.sample.hide()
        self.swapped.hide()
        self.export.setEnabled(False)
        self.rehearse.setEnabled(False)

    def show_session(self, shown: ShownSession, now: datetime) -> None:
        """Say which session it is."""
        record = shown.record
        self.doors.show_session(record, shown.log.now)
        self.export.setEnabled(shown.kept and shown.report is not None)
        # What was shared ends on its day; a page that anybody can copy would not.
        self.export.setVisible(not record.received)
        self.rehearse.setEnabled(True)
        title = told(record.title) if record.sample else record.title
        self.title.setText(title or self.tr("A conversation"))
        local = record.started_at.astimezone(now.tzinfo)
        parts = [day_text(local, now), time_text(local)]
        if record.duration_s is not None:
            parts.append(self.tr("{length} min").format(length=length_text(record.duration_s)))
        self.when.setText(" · ".join(parts))
        self.sample.setVisible(record.sample)
        self.swapped.setVisible(record.role is Speaking.CUSTOMER)
        self.setAccessibleName(f"{self.title.text()}, {self.when.text()}")
