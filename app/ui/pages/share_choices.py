"""What is handed over: to whom, how much of it, and until when."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QLineEdit, QRadioButton, QWidget

from app.session.handing_over import SharePlan, what_may_go
from app.store.types import KeepPolicy
from app.ui.style import Space
from app.ui.texts import clock_text, date_text
from app.ui.widgets.controls import column, label, row

if TYPE_CHECKING:
    from app.store.files import SessionFiles
    from app.store.types import SessionRecord

DAYS: Final = (7, 14, 30, 90)
USUAL_DAYS: Final = 30
TIME_PX: Final = 96
_TIME: Final = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})|(\d{1,5})")


def seconds_of(text: str) -> float | None:
    """Read 1:20, 1:02:05 or 80 as seconds; None where it is no time."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes, seconds, alone = found.groups()
    if alone is not None:
        return float(alone)
    return int(hours or 0) * 3600.0 + int(minutes) * 60.0 + int(seconds)


class ShareChoices(QWidget):
    """Four questions, each with the usual answer chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._record: SessionRecord | None = None
        self._now = dt.datetime.now(dt.UTC)
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Name of the trainer"))
        self.name.setAccessibleName(self.tr("For whom"))
        self.name.textChanged.connect(self.changed)
        self.whole = QRadioButton()
        self.span = QRadioButton(self.tr("Only from"))
        self.start = self._time(self.tr("Beginning of the span"))
        self.end = self._time(self.tr("End of the span"))
        self.picture = QRadioButton(self.tr("With the picture"))
        self.figure = QRadioButton(self.tr("Voice and stick figure, no picture"))
        for one in (self.span, self.picture, self.figure):
            one.setAccessibleName(one.text())
        self.why = label("", "quiet", wrap=True)
        self.until = QComboBox()
        self.until.setAccessibleName(self.tr("Opens until"))
        self.until.currentIndexChanged.connect(self.changed)
        self._groups = [QButtonGroup(self), QButtonGroup(self)]
        for group, pair in zip(
            self._groups, ((self.whole, self.span), (self.picture, self.figure)), strict=True
        ):
            for one in pair:
                group.addButton(one)
                one.toggled.connect(self._on_toggled)
        self._lay_out()

    def _time(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setFixedWidth(TIME_PX)
        made.setAccessibleName(name)
        made.setToolTip(self.tr("Minutes and seconds, such as 1:20"))
        made.textEdited.connect(lambda: self.span.setChecked(True))
        made.textChanged.connect(self.changed)
        return made

    def _lay_out(self) -> None:
        def part(title: str, *rows: QWidget) -> QWidget:
            made = QWidget()
            made.setLayout(column(label(title, "strong"), *rows, space=Space.HAIR))
            return made

        span = QWidget()
        times = row(self.span, self.start, label(self.tr("to")), self.end, None)
        span.setLayout(times)
        ends = part(self.tr("Opens until"), self.until)
        fields = row(part(self.tr("For whom"), self.name), ends, space=Space.MEDIUM)
        fields.setStretch(0, 2)
        fields.setStretch(1, 3)
        self.setLayout(
            column(
                fields,
                part(self.tr("How much"), self.whole, span),
                part(self.tr("What they see"), self.picture, self.figure, self.why),
                space=Space.MEDIUM,
            )
        )

    def show_session(
        self, record: SessionRecord, files: SessionFiles, now: dt.datetime, latest: dt.datetime
    ) -> None:
        """Offer what this session has; a share ends before the session itself goes."""
        self._record, self._now = record, now
        length = clock_text(record.duration_s)
        self.whole.setText(self.tr("The whole session ({length})").format(length=length))
        self.whole.setAccessibleName(self.whole.text())
        self.whole.setChecked(True)
        self.start.setText("0:00")
        self.end.setText(length)
        kept = what_may_go(record, files, with_picture=True)
        self.picture.setEnabled(kept.keeps_picture)
        self.figure.setEnabled(kept.keeps_sound)
        self.picture.setChecked(kept.keeps_picture)
        self.figure.setChecked(not kept.keeps_picture)
        self.why.setText(self._why(kept))
        self.why.setVisible(bool(self.why.text()))
        self._show_ends(now, latest)
        self.changed.emit()

    def _why(self, kept: KeepPolicy) -> str:
        if kept is KeepPolicy.REPORT_ONLY:
            return self.tr("Only the report goes along: no recording of this session was kept.")
        if kept is KeepPolicy.VOICE_AND_STICK:
            return self.tr("No picture of this session was kept, so none can go along.")
        return ""

    def _show_ends(self, now: dt.datetime, latest: dt.datetime) -> None:
        self.until.clear()
        for days in DAYS:
            end = now + dt.timedelta(days=days)
            if end < latest:
                words = self.tr("{date}, in {count} days")
                self.until.addItem(words.format(date=_date(end, now), count=days), end)
        words = self.tr("{date}, the session's own last day")
        self.until.addItem(words.format(date=_date(latest, now)), latest)
        usual = [at for at, days in enumerate(DAYS) if days <= USUAL_DAYS]
        self.until.setCurrentIndex(min(usual[-1], self.until.count() - 1))

    @property
    def mistake(self) -> str:
        """What is still missing, in words; empty where all is there."""
        if not self.name.text().strip():
            return self.tr("Say for whom it is.")
        if self.span.isChecked():
            start, end = seconds_of(self.start.text()), self._end_s
            if start is None or end is None:
                return self.tr("Write the times as minutes and seconds, such as 1:20.")
            if end - start < min(1.0, self._length_s) or start >= self._length_s:
                return self.tr("The end of the span must come after its beginning.")
        return ""

    @property
    def _length_s(self) -> float:
        return (self._record.duration_s or 0.0) if self._record is not None else 0.0

    @property
    def _end_s(self) -> float | None:
        """Where the span ends, seconds: one up to the last whole second goes to the very end."""
        end = seconds_of(self.end.text())
        return self._length_s if end is not None and end >= int(self._length_s) else end

    def plan(self, person_id: str) -> SharePlan:
        """Give what was chosen."""
        record = self._record
        if record is None:
            raise ValueError("no session is shown")
        part = self.span.isChecked()
        return SharePlan(
            session_id=record.id,
            person_id=person_id,
            to_name=" ".join(self.name.text().split()),
            with_picture=self.picture.isChecked(),
            start_s=seconds_of(self.start.text()) if part else None,
            end_s=self._end_s if part else None,
            expires_at=self.until.currentData(),
        )

    def _on_toggled(self) -> None:
        self.changed.emit()


def _date(when: dt.datetime, now: dt.datetime) -> str:
    return date_text(when.astimezone(now.tzinfo))
