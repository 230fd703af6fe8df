"""Report: the recording, its timeline, at most three moments, and what one ticked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.coach.checklist import load_checklists
from app.errors import AppError
from app.ui.keys import KeyMap, show_keys
from app.ui.pages.report_export import Exporter, export_of
from app.ui.pages.report_header import ReportHeader
from app.ui.pages.report_log import MarkLog
from app.ui.pages.report_side import ReportSide
from app.ui.style import Space
from app.ui.widgets.controls import column, row
from app.ui.widgets.finding_thumbs import Thumbnails
from app.ui.widgets.notice import Notice
from app.ui.widgets.player import Player
from app.ui.widgets.timeline import Timeline
from app.ui.widgets.timeline_model import build_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QResizeEvent

    from app.coach.catalogue import Catalogue
    from app.coach.types import Checklist, Report
    from app.store.store import Store
    from app.store.types import SessionRecord
    from app.ui.pages.report_export import ChooseFile
    from app.ui.services import Runner
    from app.ui.widgets.timeline_model import TimelineModel

LEAD_S: Final = 0.5
"""A moment is played from a little before it begins."""
TIMELINE_SHARE: Final = 0.46
TIMELINE_PX: Final = 240
THUMB_AFTER_S: Final = 0.6
"""A moment's picture is taken a little after it began, when it is well under way."""


class ReportPage(QWidget):
    """Shows one kept session; what hands say on it goes to the session's log."""

    rehearse_requested = Signal(str)
    closed = Signal()

    def __init__(
        self,
        store: Store,
        catalogue: Catalogue,
        *,
        checklists: tuple[Checklist, ...] | None = None,
        background: Runner | None = None,
        now: Callable[[], datetime] | None = None,
        choose_file: ChooseFile | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._store = store
        self._catalogue = catalogue
        self._checklists = checklists
        self._now = now or (lambda: datetime.now(UTC).astimezone())
        self._record: SessionRecord | None = None
        self._report: Report | None = None
        self._log: MarkLog | None = None
        self._playhead_s = 0.0
        self.keys = KeyMap(self)
        self.header = ReportHeader()
        self.notice = Notice()
        self.player = Player()
        self.timeline = Timeline()
        self.side = ReportSide()
        self._thumbs = Thumbnails(self)
        self._exporter = Exporter(self, choose_file, background)
        self._lay_out()
        self._join()
        self._bind_keys()

    def _lay_out(self) -> None:
        stage = column(self.player, self.timeline, space=Space.SNUG)
        stage.setStretch(0, 1)
        body = row(stage, self.side, space=Space.LARGE)
        body.setStretch(0, 1)
        content = column(self.header, self.notice, body, space=Space.MEDIUM)
        content.setStretch(2, 1)
        content.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        self.setLayout(content)

    def _join(self) -> None:
        self.header.back_wanted.connect(self.close_report)
        self.header.rehearse_wanted.connect(self._rehearse)
        self.header.export_wanted.connect(self.export)
        self.player.moved.connect(self._on_played)
        self.timeline.seek_requested.connect(self.go_to)
        self.side.moment_wanted.connect(self.play_from)
        self.side.verdict_given.connect(self._on_verdict)
        self.side.item_ticked.connect(self._on_tick)
        self._thumbs.made.connect(self._on_thumbnail)
        self._exporter.began.connect(self._on_export_began)
        self._exporter.saved.connect(self._on_exported)
        self._exporter.failed.connect(self._on_export_failed)

    def _bind_keys(self) -> None:
        header = self.header
        add, note = self.keys.add, self.keys.note
        add("Ctrl+R", self.tr("Rehearse again"), header.rehearse.click, button=header.rehearse)
        add("Ctrl+E", self.tr("Export report"), header.export.click, button=header.export)
        show_keys(header.back, self.tr("Back to the sessions"), "Esc")
        note(self.tr("Esc"), self.tr("Back to the sessions"))
        note(self.tr("Space"), self.tr("Play or pause"))
        note(self.tr("Left, Right"), self.tr("One second back or ahead, with Shift five"))
        note(self.tr("Ctrl+Left, Ctrl+Right"), self.tr("To the moment before or after"))
        note("1, 2, 3", self.tr("Play that moment"))
        note("[, ]", self.tr("Slower, faster"))
        note("M", self.tr("Sound off or on"))
        note("+, −, 0", self.tr("Zoom the timeline in, out, all"))

    # Opening and closing

    def open(self, session_id: str) -> None:
        """Show a session; what cannot be shown is said in the page."""
        self.close_files()
        self.notice.hide()
        self._playhead_s = 0.0
        try:
            self._record = self._store.session(session_id)
            self._report = self._store.report(session_id)
            self._log = MarkLog(self._store, session_id, self._record.person_id or "rapport")
        except AppError as error:
            self._record = self._report = self._log = None
            self.side.clear()
            self.notice.tell_error(error)
            return
        self.header.show_session(self._record, self._now())
        self.header.export.setEnabled(self._report is not None)
        self._open_recording(self._record)
        self._fill()
        self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_files(self) -> None:
        """Let go of the recording, so that it can be deleted."""
        self.player.close_recording()
        self._thumbs.stop()

    def close_report(self) -> None:
        """Go back to where the report was opened."""
        self.close_files()
        self.closed.emit()

    def _open_recording(self, record: SessionRecord) -> None:
        length = self._report.duration_s if self._report else record.duration_s or 0.0
        files = self._store.files(record.id)
        kept = record.keep_policy.keeps_picture or record.keep_policy.keeps_sound
        if kept:
            self.player.open(files.recording, length)
        else:
            self.player.show_not_kept(length)

    def _fill(self) -> None:
        report, log, record = self._report, self._log, self._record
        if log is None or record is None:
            return
        self.timeline.setVisible(report is not None)
        checklist = self._checklist(record)
        playable = self.player.usable
        self.side.fill(report, self._catalogue.rules, checklist, playable=playable)
        self.side.show_ticked(log.ticked)
        self.side.show_disagreed(log.disagreed)
        if report is None:
            return
        self.timeline.show_model(self._model(report, log, record))
        if playable and record.keep_policy.keeps_picture:
            moments = {
                f.id: f.start_s + min(THUMB_AFTER_S, (f.end_s - f.start_s) / 2)
                for f in report.findings
            }
            self._thumbs.fetch(self._store.files(record.id).recording, moments)

    def _model(self, report: Report, log: MarkLog, record: SessionRecord) -> TimelineModel:
        voice = report.baseline.voice if report.baseline else None
        return build_model(
            report,
            log.now,
            self._catalogue.rules,
            checklist=self._checklist(record),
            pace_normal=voice.pace_syl_s if voice else None,
        )

    def _checklist(self, record: SessionRecord) -> Checklist | None:
        if self._checklists is None:
            self._checklists = load_checklists()
        return next((one for one in self._checklists if one.id == record.checklist), None)

    # Moments

    @property
    def playhead_s(self) -> float:
        """Where the report stands, seconds."""
        return self._playhead_s

    def go_to(self, t: float) -> None:
        """Go to a moment; without a recording only the playhead goes."""
        self._set_playhead(t)
        self.player.seek(t)

    def play_from(self, t: float) -> None:
        """Play from a little before a moment."""
        self.go_to(max(0.0, t - LEAD_S))
        self.player.play()

    def _on_played(self, t: float) -> None:
        self._set_playhead(t)

    def _set_playhead(self, t: float) -> None:
        self._playhead_s = t
        self.timeline.set_playhead(t, follow=self.player.playing)

    def _on_thumbnail(self, finding: str, image: QImage) -> None:
        self.side.show_picture(finding, image)

    # What hands say

    def _on_verdict(self, finding: str, on: bool) -> None:
        if self._report is None or self._log is None:
            return
        start = next((f.start_s for f in self._report.findings if f.id == finding), 0.0)
        self._say(lambda log: log.disagree(finding, on=on, t=start))

    def _on_tick(self, item: str, on: bool) -> None:
        self._say(lambda log: log.tick(item, on=on, t=self._playhead_s))

    def _say(self, what: Callable[[MarkLog], None]) -> None:
        log = self._log
        if log is None:
            return
        try:
            what(log)
        except AppError as error:
            self.notice.tell_error(error)
        self.side.show_ticked(log.ticked)
        self.side.show_disagreed(log.disagreed)
        if self._report is not None and self._record is not None:
            self.timeline.update_model(self._model(self._report, log, self._record))

    # Buttons and keys

    def _rehearse(self) -> None:
        if self._record is not None:
            self.close_files()
            self.rehearse_requested.emit(self._record.id)

    def export(self) -> None:
        """Write the report to a file that the person chooses."""
        record, report, log = self._record, self._report, self._log
        if record is None or report is None or log is None:
            return
        recording = self._store.files(record.id).recording
        checklist = self._checklist(record)
        self._exporter.run(
            export_of(record, report, log.now, self._catalogue, recording, checklist)
        )

    def _on_export_began(self) -> None:
        self.header.export.setEnabled(False)
        self.notice.tell(self.tr("Saving the report…"))

    def _on_exported(self, path: str) -> None:
        self.header.export.setEnabled(True)
        self.notice.tell(self.tr("Saved as {path}.").format(path=path))

    def _on_export_failed(self, error: AppError) -> None:
        self.header.export.setEnabled(True)
        self.notice.tell_error(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Play moments, play and step, jump and zoom; Escape goes back."""
        key = event.key()
        number = key - Qt.Key.Key_0
        if key == Qt.Key.Key_Escape:
            self.close_report()
        elif 1 <= number <= len(self.side.cards) and not event.modifiers():
            self.side.cards[number - 1].play_button.click()
        elif not self.player.press(event) and not self.timeline.isHidden():
            self.timeline.keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the moments their share of the width."""
        super().resizeEvent(event)
        self.side.fit(event.size().width())
        # The person stays the largest thing; what does not fit below scrolls.
        self.timeline.setMaximumHeight(
            max(TIMELINE_PX, int(event.size().height() * TIMELINE_SHARE))
        )

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing plays on while another page shows."""
        super().hideEvent(event)
        self.player.pause()
