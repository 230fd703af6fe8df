"""Report: the recording, its timeline, at most three moments, and what one ticked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal

from app.errors import AppError
from app.ui.keys import KeyMap
from app.ui.pages.report_export import Exporter
from app.ui.pages.report_frame import ReportFrame
from app.ui.pages.report_hands import ReportHands
from app.ui.pages.report_keys import bind_keys
from app.ui.pages.report_practice import PracticeLooker
from app.ui.pages.report_redo import Redo
from app.ui.pages.report_session import ShownSession, load_session
from app.ui.pages.report_steps import Step
from app.ui.widgets.controls import column, page_column
from app.ui.widgets.finding_thumbs import Thumbnails
from app.ui.widgets.stick_figure import FigureLoader

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent, QKeyEvent

    from app.coach.catalogue import Catalogue
    from app.coach.practice_report import PracticeReport
    from app.coach.report_types import Checklist, Report
    from app.store.store import Store
    from app.store.types import SessionRecord
    from app.store.words import SavedWords
    from app.ui.library import Library
    from app.ui.pages.report_export import ChooseFile
    from app.ui.pages.report_redo import MakeTake
    from app.ui.services import Runner
    from audio.speech.types import SpeechSetUp

LEAD_S: Final = 0.5
"""A moment is played from a little before it begins."""
REDO_PX: Final = 900


class ReportPage(ReportFrame):
    """Shows one kept session; what hands say on it goes to the session's log."""

    rehearse_requested = Signal(str)
    closed = Signal()

    def __init__(
        self,
        store: Store,
        catalogue: Catalogue,
        *,
        checklists: tuple[Checklist, ...],
        library: Library,
        background: Runner | None = None,
        now: Callable[[], datetime] | None = None,
        choose_file: ChooseFile | None = None,
        speech: Callable[[], SpeechSetUp | None] | None = None,
        make_take: MakeTake | None = None,
        who: Callable[[], str | None] = lambda: None,
    ) -> None:
        super().__init__(store, speech)
        self._store = store
        self._catalogue = catalogue
        self._checklists = checklists
        self._who = who
        self._library = library
        self._now = now or (lambda: datetime.now(UTC).astimezone())
        self._shown: ShownSession | None = None
        self._playhead_s = 0.0
        self.keys = KeyMap(self)
        self.hands = ReportHands(store, self, who)
        self.redo = Redo(store, catalogue, make_take, background, self)
        self._looker = PracticeLooker(store, library, background, self)
        self._thumbs = Thumbnails(self)
        self._figure = FigureLoader(background, self.player)
        self._exporter = Exporter(self, choose_file, background)
        self._join()
        bind_keys(self.keys, self.header, self.steps, self.redo, self.words)

    def _join(self) -> None:
        self.header.back_wanted.connect(self.close_report)
        self.header.rehearse_wanted.connect(self._rehearse)
        self.header.export_wanted.connect(self.export)
        self.header.name_given.connect(self.hands.name)
        self.header.name_back_wanted.connect(self.hands.unname)
        self.player.moved.connect(self._set_playhead)
        self.timeline.seek_requested.connect(self.go_to)
        self.words.seek_requested.connect(self.go_to)
        self.words.found.connect(self._on_words)
        self.side.moment_wanted.connect(self.play_from)
        self.side.verdict_given.connect(self.hands.verdict)
        self.side.item_ticked.connect(self.hands.tick)
        self.side.evidence_refused.connect(self.hands.refuse)
        self.side.noted.connect(self.hands.note)
        self.side.redo_wanted.connect(self._redo)
        self.redo.left.connect(lambda: self.steps.go(Step.FOUND))
        self.steps.rated.connect(self.hands.rate)
        self.steps.skipped.connect(self.hands.skip)
        self.steps.play_wanted.connect(self._play_there)
        self.steps.changed.connect(self._on_step)
        self.hands.said.connect(self._on_said)
        self.hands.named.connect(self._on_named)
        self.hands.failed.connect(self.notice.tell_error)
        self._looker.found.connect(self._on_practice)
        self._looker.failed.connect(self.notice.tell_error)
        self._thumbs.made.connect(self.side.show_picture)
        self._exporter.tell(self.header.export, self.notice)

    # Opening and closing

    def open(self, session_id: str, *, fresh: bool = False, heard: Report | None = None) -> None:
        """Show a session; what cannot be shown is said in the page.

        A fresh one, which has just ended, begins with the person's own view; `heard` is its report
        in memory, with words that may not be kept.
        """
        self._clear()
        try:
            self._shown = load_session(
                self._store, session_id, self._checklists, self._library.scenario, heard,
                person_id=self._who(),
            )  # fmt: skip
        except AppError as error:
            self._shown = self.hands.shown = None
            self.show_nothing(error)
            return
        self._fill(self._shown, fresh=fresh)

    def open_fleeting(self, shown: ShownSession) -> None:
        """Show a session that is kept nowhere: what is said on it goes with it."""
        self._clear()
        self._shown = shown
        self._fill(shown, fresh=True)

    def _clear(self) -> None:
        self.close_files()
        self.notice.hide()
        self.hands.names.forget()
        self._playhead_s = self.hands.playhead_s = 0.0

    @property
    def record(self) -> SessionRecord | None:
        """The session that is shown; None without one."""
        return self._shown.record if self._shown else None

    def close_files(self) -> None:
        """Let go of the recording, so that it can be deleted."""
        self.player.close_recording()
        self._thumbs.stop()
        self._looker.stop()
        self.redo.close()
        self.words.stop()

    def close_report(self) -> None:
        """Go back to where the report was opened."""
        self.close_files()
        self.closed.emit()

    def _fill(self, shown: ShownSession, *, fresh: bool) -> None:
        self.header.show_session(shown, self._now())
        self.fleeting.setVisible(not shown.kept)
        self.player.show()
        if shown.recording_kept:
            self.player.open(shown.recording, shown.length_s)
            self._figure.show(shown.record, self._store)
        else:
            self.player.show_not_kept(shown.length_s)
        self.words.show_report(shown.report)
        if shown.kept and shown.report is not None:
            self.words.improve(shown.record.id)
        self.steps.fill(shown, self._looker.names, fresh=fresh)
        self._show_found(shown)
        self._on_step()
        self._looker.look(shown)

    def _show_found(self, shown: ShownSession) -> None:
        """Show what was seen, heard and found; once more when more is known."""
        self.hands.shown = shown
        self.side.fill(
            shown, self._catalogue.rules, playable=self.player.usable, redo=self.redo.possible
        )
        model = shown.timeline(self._catalogue, self._looker.names)
        self.timeline.setVisible(model is not None)
        if model is not None:
            self.timeline.show_model(model, unfolded=not self.player.usable, at_s=self._playhead_s)
        if self.player.usable:
            self._thumbs.fetch(shown.recording, shown.moments())
        self.share_out()
        self.side.show_marks(shown)

    def _on_named(self, record: SessionRecord) -> None:
        if self._shown is not None:
            self._shown = replace(self._shown, record=record)
            self.header.show_session(self._shown, self._now(), renamed=self.hands.names.can_undo)

    def _on_words(self, saved: SavedWords) -> None:
        if self._shown is not None and self._shown.report is not None:
            self._shown = replace(self._shown, report=saved.put_in(self._shown.report))
            self._looker.look(self._shown)

    def _on_practice(self, practice: PracticeReport) -> None:
        if self._shown is not None:
            self._shown = replace(self._shown, practice=practice)
            self._show_found(self._shown)
            self.steps.renew_example(self._shown, self._looker.names)

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

    def _redo(self, moment: str) -> None:
        """Have a moment said again."""
        shown = self._shown
        card = next((one for one in self.side.cards if one.finding.id == moment), None)
        if shown is not None and card is not None:
            panel = self.redo.open(shown, card.finding, card.sentence.text())
            self.steps.show_page(Step.REDO, page_column(column(panel, None), width=REDO_PX))
            panel.hear.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_step(self) -> None:
        """Let nothing play or record behind another step."""
        self.player.pause()
        step = self.steps.step
        if step is not Step.REDO:
            self.redo.close()
        if step is Step.FOUND:
            self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)

    def _play_there(self, t: float) -> None:
        """Play a moment of another step, where the recording is."""
        self.steps.go(Step.FOUND)
        self.play_from(t)

    def _set_playhead(self, t: float) -> None:
        self._playhead_s = self.hands.playhead_s = t
        self.timeline.set_playhead(t, follow=True)
        self.words.set_playhead(t)

    def _on_said(self) -> None:
        shown = self._shown
        if shown is None:
            return
        self.side.show_marks(shown)
        model = shown.timeline(self._catalogue, self._looker.names)
        if model is not None:
            self.timeline.update_model(model)

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
        if key == Qt.Key.Key_Escape and self.steps.step is Step.REDO:
            self.steps.go(Step.FOUND)
        elif key == Qt.Key.Key_Escape:
            self.close_report()
        elif self.steps.step is not Step.FOUND:
            event.ignore()
        elif 1 <= number <= len(self.side.cards) and not event.modifiers():
            self.side.cards[number - 1].play_button.click()
        elif not self.player.press(event) and not self.timeline.isHidden():
            self.timeline.keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing plays on while another page shows."""
        super().hideEvent(event)
        self.player.pause()
        self.steps.leave(Step.REDO)
        self.words.stop()
