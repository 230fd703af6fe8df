"""Report: the recording, its timeline, at most three moments, and what one ticked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.coach.checklist import load_checklists
from app.errors import AppError
from app.ui.keys import KeyMap
from app.ui.pages.report_export import Exporter
from app.ui.pages.report_header import ReportHeader
from app.ui.pages.report_keys import bind_keys
from app.ui.pages.report_session import ShownSession, load_session
from app.ui.pages.report_side import ReportSide
from app.ui.pages.report_words import ReportWords
from app.ui.style import Space
from app.ui.widgets.controls import column, row
from app.ui.widgets.finding_thumbs import Thumbnails
from app.ui.widgets.notice import Notice
from app.ui.widgets.player import Player
from app.ui.widgets.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent

    from app.coach.catalogue import Catalogue
    from app.coach.report_types import Checklist
    from app.store.store import Store
    from app.store.types import SessionRecord
    from app.ui.pages.report_export import ChooseFile
    from app.ui.pages.report_log import MarkLog
    from app.ui.services import Runner
    from audio.speech.types import SpeechSetUp
    from audio.types import Word

LEAD_S: Final = 0.5
"""A moment is played from a little before it begins."""
TIMELINE_SHARE: Final = 0.5
LOW_PX: Final = 900
LOW_SHARE: Final = 0.43
"""Of a low page the timeline takes less, so that the person stays the largest thing."""


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
        speech: Callable[[], SpeechSetUp | None] | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._store = store
        self._catalogue = catalogue
        self._checklists = checklists
        self._now = now or (lambda: datetime.now(UTC).astimezone())
        self._shown: ShownSession | None = None
        self._playhead_s = 0.0
        self.keys = KeyMap(self)
        self.header = ReportHeader()
        self.notice = Notice()
        self.fleeting = Notice(closable=False)
        self.player = Player()
        self.timeline = Timeline()
        self.words = ReportWords(store, speech)
        self.side = ReportSide()
        self._thumbs = Thumbnails(self)
        self._exporter = Exporter(self, choose_file, background)
        self.fleeting.tell(
            self.tr("Nothing of this session is kept, as you chose."),
            self.tr("This report is gone when you leave this page."),
        )
        self.fleeting.hide()
        self._lay_out()
        self._join()
        bind_keys(self.keys, self.header)

    def _lay_out(self) -> None:
        self._stage = column(self.player, self.timeline, self.words, space=Space.SNUG)
        self._stage.setStretch(0, 1)
        self._stage.addStretch(0)
        body = row(self._stage, self.side, space=Space.LARGE)
        body.setStretch(0, 1)
        content = column(self.header, self.fleeting, self.notice, body, space=Space.MEDIUM)
        content.setStretch(3, 1)
        content.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        self.setLayout(content)

    def _join(self) -> None:
        self.header.back_wanted.connect(self.close_report)
        self.header.rehearse_wanted.connect(self._rehearse)
        self.header.export_wanted.connect(self.export)
        self.player.moved.connect(self._set_playhead)
        self.timeline.seek_requested.connect(self.go_to)
        self.words.seek_requested.connect(self.go_to)
        self.words.found.connect(self._on_words)
        self.side.moment_wanted.connect(self.play_from)
        self.side.verdict_given.connect(self._on_verdict)
        self.side.item_ticked.connect(self._on_tick)
        self._thumbs.made.connect(self.side.show_picture)
        self._exporter.tell(self.header.export, self.notice)

    # Opening and closing

    def open(self, session_id: str) -> None:
        """Show a session; what cannot be shown is said in the page."""
        self.close_files()
        self.notice.hide()
        self._playhead_s = 0.0
        try:
            if self._checklists is None:
                self._checklists = load_checklists()
            self._shown = load_session(self._store, session_id, self._checklists)
        except AppError as error:
            self._show_nothing(error)
            return
        self._fill(self._shown)
        self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_fleeting(self, shown: ShownSession) -> None:
        """Show a session that is kept nowhere: what is said on it goes with it."""
        self.close_files()
        self.notice.hide()
        self._playhead_s = 0.0
        self._shown = shown
        self._fill(shown)
        self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def record(self) -> SessionRecord | None:
        """The session that is shown; None without one."""
        return self._shown.record if self._shown else None

    def close_files(self) -> None:
        """Let go of the recording, so that it can be deleted."""
        self.player.close_recording()
        self._thumbs.stop()
        self.words.stop()

    def close_report(self) -> None:
        """Go back to where the report was opened."""
        self.close_files()
        self.closed.emit()

    def _show_nothing(self, error: AppError) -> None:
        self._shown = None
        self.header.show_nothing()
        self.player.hide()
        self.timeline.hide()
        self.words.show_words(None)
        self.side.clear()
        self.notice.tell_error(error)

    def _fill(self, shown: ShownSession) -> None:
        exportable = shown.kept and shown.report is not None
        self.header.show_session(shown.record, self._now(), exportable=exportable)
        self.fleeting.setVisible(not shown.kept)
        self.player.show()
        if shown.recording_kept:
            self.player.open(shown.recording, shown.length_s)
        else:
            self.player.show_not_kept(shown.length_s)
        self.side.fill(
            shown.report, self._catalogue.rules, shown.checklist, playable=self.player.usable
        )
        model = shown.timeline(self._catalogue)
        self.timeline.setVisible(model is not None)
        if model is not None:
            self.timeline.show_model(model, unfolded=not self.player.usable)
        self.words.show_words(shown.report.words if shown.report else None)
        if shown.kept and shown.report is not None:
            self.words.improve(shown.record.id)
        if self.player.usable:
            self._thumbs.fetch(shown.recording, shown.moments())
        self._share_out()
        self._show_marks(shown)

    def _on_words(self, words: tuple[Word, ...]) -> None:
        if self._shown is not None and self._shown.report is not None:
            self._shown = replace(self._shown, report=replace(self._shown.report, words=words))

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
        self.go_to(max(0.0, t - LEAD_S) if self.player.usable else t)
        self.player.play()

    def _set_playhead(self, t: float) -> None:
        self._playhead_s = t
        self.timeline.set_playhead(t, follow=True)
        self.words.set_playhead(t)

    # What hands say

    def _on_verdict(self, finding: str, on: bool) -> None:
        report = self._shown.report if self._shown else None
        found = report.findings if report else ()
        start = next((one.start_s for one in found if one.id == finding), 0.0)
        self._say(lambda log: log.disagree(finding, on=on, t=start))

    def _on_tick(self, item: str, on: bool) -> None:
        self._say(lambda log: log.tick(item, on=on, t=self._playhead_s))

    def _say(self, what: Callable[[MarkLog], None]) -> None:
        shown = self._shown
        if shown is None:
            return
        try:
            what(shown.log)
        except AppError as error:
            self.notice.tell_error(error)
        self._show_marks(shown)
        model = shown.timeline(self._catalogue)
        if model is not None:
            self.timeline.update_model(model)

    def _show_marks(self, shown: ShownSession) -> None:
        evidence = shown.log.evidence(shown.checklist) if shown.checklist else {}
        self.side.show_ticked(shown.log.ticked, evidence)
        self.side.show_disagreed(shown.log.disagreed)

    # Buttons and keys

    def _rehearse(self) -> None:
        if self._shown is not None:
            self.close_files()
            self.rehearse_requested.emit(self._shown.record.id)

    def export(self) -> None:
        """Write the report to a file that the person chooses."""
        export = self._shown.export(self._catalogue) if self._shown else None
        if export is not None:
            self._exporter.run(export)

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
        """Share out the new room."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        self.side.fit(self.width())
        share = 1.0
        if self.player.usable:
            share = TIMELINE_SHARE if self.height() >= LOW_PX else LOW_SHARE
        # Without a picture its room goes below everything, not between.
        self._stage.setStretch(0, int(self.player.usable))
        self._stage.setStretch(3, int(not self.player.usable))
        self.timeline.setMaximumHeight(int(self.height() * share))

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing plays on while another page shows."""
        super().hideEvent(event)
        self.player.pause()
        self.words.stop()
