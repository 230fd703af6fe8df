"""Feedback: what a trainer wrote about a session, with the recording beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.ui.keys import KeyMap, show_keys
from app.ui.pages.feedback_cards import KEYED
from app.ui.pages.feedback_column import FeedbackColumn
from app.ui.pages.feedback_export import ask_for_review_file, review_export
from app.ui.pages.feedback_session import load_feedback
from app.ui.pages.report_export import Exporter
from app.ui.style import CONTROL_PX, Space
from app.ui.widgets.controls import Elided, button, column, label, row
from app.ui.widgets.finding_thumbs import Thumbnails
from app.ui.widgets.notice import Notice
from app.ui.widgets.player import Player
from app.ui.widgets.stick_figure import FigureLoader
from app.ui.widgets.stretch_player import StretchPlayer

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent

    from app.ui.pages.feedback_session import ShownFeedback
    from app.ui.pages.report_export import ChooseFile
    from app.ui.services import Services

LEAD_S: Final = 1.0
"""A moment is played from a little before it begins."""
TEXT_PX: Final = 760
TEXT_SHARE: Final = 0.52
BAR_PX: Final = 56
"""Of the player's controls under its picture."""


class FeedbackPage(QWidget):
    """Three strengths first, one next step, then the moments."""

    closed = Signal()
    report_wanted = Signal(str)
    rehearse_wanted = Signal(object, str)
    """A SessionRecord, and the id of the cue that the next step is about; empty for none."""

    def __init__(self, services: Services, choose_file: ChooseFile | None = None) -> None:
        super().__init__()
        self.setObjectName("page")
        self._services = services
        self._shown: ShownFeedback | None = None
        self._at = 0
        self._hearing = ""
        self.texts = FeedbackColumn()
        self.notice = Notice()
        self.player = Player()
        self.player.stage.reshaped.connect(self._share_out)
        self._figure = FigureLoader(services.background, self.player)
        self.keys = KeyMap(self)
        self._voice = StretchPlayer(self)
        self._voice.ended.connect(lambda: self._show_hearing(""))
        self._voice.failed.connect(self._on_unheard)
        self._thumbs = Thumbnails(self)
        self._thumbs.made.connect(self.texts.show_picture)
        self.texts.play_wanted.connect(self.play_from)
        self.texts.hear_wanted.connect(self._hear)
        self.texts.rehearse_wanted.connect(self._rehearse)
        self.texts.chosen.connect(self._choose)
        self._make_head()
        self._lay_out()
        self._exporter = Exporter(self, choose_file or ask_for_review_file, services.background)
        self._exporter.tell(self.export, self.notice)
        self._bind_keys()

    def _make_head(self) -> None:
        self.title = label("", "page", wrap=True)
        self.about = Elided("", "quiet")
        self.back = button(self.tr("Back"), kind="back", icon="back")
        self.back.clicked.connect(self.closed)
        show_keys(self.back, self.tr("Back"), "Esc")
        self.to_report = button(self.tr("Open the report"), icon="sessions")
        self.to_report.clicked.connect(self._open_report)
        self.export = button(self.tr("Export"), icon="share")
        self.export.clicked.connect(self._export)
        self.title.setMinimumHeight(CONTROL_PX)  # on one line with the buttons
        texts = column(self.title, self.about, space=2)
        self._head = row(self.back, texts, self.to_report, self.export, space=Space.SNUG)
        self._head.setStretch(1, 1)
        for one in (self.back, self.to_report, self.export):
            self._head.setAlignment(one, Qt.AlignmentFlag.AlignTop)

    def _lay_out(self) -> None:
        self._side = QWidget()
        self._side.setLayout(column(self.player, None))
        self._body = row(self.texts, self._side, space=Space.LARGE)
        content = column(self._head, self.notice, self._body, space=Space.MEDIUM)
        content.setStretch(2, 1)
        content.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        self.setLayout(content)

    def _bind_keys(self) -> None:
        keys, tr = self.keys, self.tr
        keys.note(tr("Esc"), tr("Back"))
        keys.add("Ctrl+R", tr("Rehearse the next step"), self._press_rehearse)
        keys.add("Ctrl+O", tr("Open the report"), self.to_report.click, button=self.to_report)
        keys.add("Ctrl+E", tr("Export the review"), self.export.click, button=self.export)
        keys.note("1 – 9", tr("Play that moment"))
        keys.note(tr("Space"), tr("Play or pause"))
        keys.note(tr("Left, Right"), tr("One second back or ahead, with Shift five"))
        keys.note("[, ]", tr("Slower, faster"))
        keys.note("M", tr("Sound off or on"))

    # Opening and closing

    def open(self, session_id: str) -> None:
        """Show the review of a session; what cannot be shown is said in the page."""
        self.close_files()
        self.notice.hide()
        self._at = 0
        try:
            self._shown = load_feedback(self._services, session_id)
        except AppError as error:
            self._shown = None
            self.notice.tell_error(error)
        self._open_recording()
        self._fill()

    @property
    def session_id(self) -> str:
        """Of the session that is shown; empty without one."""
        return self._shown.record.id if self._shown is not None else ""

    def renew(self) -> None:
        """Show what came in since, such as a second review."""
        if self._shown is not None:
            self.open(self.session_id)

    def close_files(self) -> None:
        """Let go of the recording, so that it can be deleted."""
        self._voice.stop()
        self._thumbs.stop()
        self.player.close_recording()

    def forget(self) -> None:
        """Leave nothing of this person on show."""
        self.close_files()
        self._shown = None
        self._fill()

    def _open_recording(self) -> None:
        shown = self._shown
        there = shown is not None and bool(shown.reviews) and shown.session.recording.is_file()
        self._side.setVisible(there)
        if shown is not None and there:
            self.player.open(shown.session.recording, shown.session.length_s)
            self._figure.show(shown.session.record, self._services.store)
        self._share_out()

    # What it shows

    def _fill(self) -> None:
        shown = self._shown
        self.to_report.setEnabled(shown is not None)
        self.export.setEnabled(shown is not None and bool(shown.reviews))
        if shown is None or not shown.reviews:
            self.title.setText(self.tr("Review"))
            self.about.setText("")
            self.texts.show_nothing()
            return
        sheet = shown.sheet(self._at, self._services.now())
        self.title.setText(sheet.heading)
        self.about.setText(f"{sheet.title} · {sheet.byline}")
        self.setAccessibleName(f"{sheet.heading}, {sheet.title}")
        playable = not self._side.isHidden()
        self.texts.show_review(
            sheet,
            shown.reviews,
            self._at,
            own=shown.own,
            playable=playable,
            seen=playable and shown.record.keep_policy.keeps_picture,
        )
        self._thumbs.fetch(shown.session.recording, shown.pictures_wanted(sheet))

    def _choose(self, at: int) -> None:
        self._voice.stop()
        self._at = at
        self._fill()

    # Hands

    def play_from(self, t: float) -> None:
        """Play from a little before a moment."""
        self._voice.stop()
        self.player.seek(max(0.0, t - LEAD_S))
        self.player.play()

    def _hear(self, name: str) -> None:
        """Play a spoken comment, or stop it; the recording is silent meanwhile."""
        playing = self._hearing
        self._voice.stop()
        if self._shown is None or name == playing:
            return
        self.player.pause()
        try:
            content = self._shown.files.read(name)
        except (AppError, ValueError):  # a name that is no plain file name comes from elsewhere
            self._on_unheard()
            return
        self._voice.play(content)
        self._show_hearing(name)

    def _show_hearing(self, name: str) -> None:
        self._hearing = name
        self.texts.show_hearing(name)

    def _on_unheard(self) -> None:
        self.notice.tell(
            self.tr("This spoken comment cannot be played."),
            self.tr("Its sound is missing or damaged; the rest of the review is complete."),
        )

    def _rehearse(self) -> None:
        shown = self._shown
        if shown is not None and shown.reviews:
            step = shown.reviews[self._at].next_step
            self.close_files()
            known = {rule.id for rule in self._services.catalogue.rules if rule.focus}
            cue = step.cue if step is not None and step.cue in known else ""
            self.rehearse_wanted.emit(shown.record, cue)

    def _press_rehearse(self) -> None:
        step = self.texts.step
        if step is not None and step.rehearse.isVisible():
            step.rehearse.click()

    def _open_report(self) -> None:
        if self._shown is not None:
            self.close_files()
            self.report_wanted.emit(self.session_id)

    def _export(self) -> None:
        shown = self._shown
        if shown is None or not shown.reviews:
            return
        session = shown.session
        seen = shown.record.keep_policy.keeps_picture and session.recording.is_file()
        sheet = shown.sheet(self._at, self._services.now(), paper=True)
        self._exporter.run(review_export(sheet, session.recording if seen else None))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Play moments, play and step; Escape goes back."""
        number = event.key() - Qt.Key.Key_0
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif 1 <= number <= min(KEYED, len(self.texts.cards)) and not event.modifiers():
            self.texts.cards[number - 1].play.click()
        elif not self.player.press(event):
            event.ignore()

    # Room

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the new room."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        """Give the texts a column that can be read, and the player what is left."""
        alone = self._side.isHidden()
        width = TEXT_PX if alone else int(min(TEXT_PX, self.width() * TEXT_SHARE))
        self.texts.setMaximumWidth(width)
        self.texts.setMinimumWidth(min(width, self.width() - 2 * Space.LARGE))
        left = self.width() - width - 3 * Space.LARGE
        high = self.player.stage.high_at(left) + BAR_PX
        self.player.setFixedHeight(max(200, min(high, self.height() - 6 * Space.LARGE)))

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing plays on while another page shows."""
        super().hideEvent(event)
        self.player.pause()
        self._voice.stop()
