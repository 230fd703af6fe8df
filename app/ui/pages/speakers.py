"""Who speaks when in an imported film: said in a minute, then it is measured again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.errors import AppError
from app.session.speech import speech_set_up
from app.ui.consenting import current_id, current_person
from app.ui.keys import KeyMap
from app.ui.style import PAGE_PX, Space, tabular
from app.ui.texts import clock_text
from app.ui.widgets.controls import (
    button,
    card,
    clear,
    column,
    label,
    page_column,
    row,
)
from app.ui.widgets.notice import Notice
from app.ui.widgets.player import Player
from app.ui.widgets.speaker_strip import SpeakerStrip

if TYPE_CHECKING:
    from app.session.speaking_again import SpeakingAgain, Stretch
    from app.ui.services import Services

LOOK_MS: Final = 200
SHORTEST_S: Final = 0.2


class SpeakersPage(QWidget):
    """Play, and press C when the customer begins and ends."""

    closed = Signal()
    measured = Signal(str)
    """Id of the session whose report is new."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self.session_id = ""
        self._length_s = 0.0
        self._stretches: list[Stretch] = []
        self._since: float | None = None
        self._work: SpeakingAgain | None = None
        self.setObjectName("page")
        self.keys = KeyMap(self)
        self.notice = Notice()
        self.player = Player()
        self.player.setMinimumHeight(320)
        self.strip = SpeakerStrip()
        self.strip.seek_wanted.connect(self.player.seek)
        self.player.moved.connect(self._on_moved)
        self.now = label("", "strong")
        self.toggle = button(self.tr("The customer speaks"), icon="customer")
        self.toggle.setCheckable(True)
        self.only = button(self.tr("Only I speak"), icon="ph.user")
        self.undo = button(self.tr("Undo"), kind="quiet", icon="ph.arrow-u-up-left")
        self.measure = button(self.tr("Measure again"), kind="primary", icon="retry")
        self.back = button(self.tr("Back"), kind="back", icon="back")
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("It is being measured again"))
        self.bar.hide()
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = row(
            self.back, label(self.tr("Who speaks when"), "page"), None, self.measure,
            space=Space.SNUG,
        )  # fmt: skip
        hands = row(self.toggle, self.only, self.undo, None, self.now, space=Space.SMALL)
        said = card()
        said.setLayout(column(self._list, space=0, margin=Space.MEDIUM))
        content = column(
            head,
            label(
                self.tr(
                    "One microphone heard everybody. Say when the customer speaks; then only your "
                    "own voice is measured. Play, press C when they begin, and C when they end."
                ),
                "lead-quiet",
                wrap=True,
            ),
            self.notice,
            self.bar,
            Space.SMALL,
            self.player,
            self.strip,
            hands,
            said,
            None,
            space=Space.SNUG,
        )
        self.setLayout(column(page_column(content, width=PAGE_PX)))

    def _connect(self) -> None:
        self.back.clicked.connect(self.closed)
        self.toggle.clicked.connect(self._on_toggle)
        self.only.clicked.connect(self._on_only)
        self.undo.clicked.connect(self._on_undo)
        self.measure.clicked.connect(self._on_measure)
        keys = self.keys
        keys.add("Escape", self.tr("Back"), self.closed.emit, button=self.back)
        keys.add("Space", self.tr("Play, or stand still"), self.player.toggle)
        keys.add(
            "C", self.tr("The customer begins, or ends"), self.toggle.click, button=self.toggle
        )
        keys.add("O", self.tr("Only I speak in it"), self._on_only, button=self.only)
        keys.add("Ctrl+Z", self.tr("Undo"), self._on_undo, button=self.undo)
        keys.add("Ctrl+Return", self.tr("Measure again"), self._on_measure, button=self.measure)

    # Coming and going

    def enter(self) -> None:
        """Nothing to bring up to date: `open` did."""

    def open(self, session_id: str) -> None:
        """Take a session."""
        from app.session.speaking_again import customer_said  # noqa: PLC0415 - when first wanted

        self.leave()
        self.session_id = session_id
        self.notice.hide()
        store = self._services.store
        try:
            record = store.session_of(session_id, current_id(self._services))
            before = customer_said(store.marks(session_id), record.duration_s or 0.0)
        except AppError as error:
            self.notice.tell_error(error)
            self.measure.setEnabled(False)
            return
        self._length_s = record.duration_s or 0.0
        self._stretches, self._since = before or [], None
        self.player.open(store.files(session_id).source(), self._length_s)
        pictured = record.keep_policy.keeps_picture
        self.measure.setEnabled(pictured)
        if not pictured:
            self.notice.tell(
                self.tr("Of this session no picture was kept, so it cannot be measured again."),
                self.tr("Import the video once more, with its picture, to say who speaks in it."),
            )
        self._show()
        self.player.setFocus()

    def leave(self) -> None:
        """Let go of the recording; a measurement that runs is broken off, the report stays."""
        self._timer.stop()
        work, self._work = self._work, None
        if work is not None:
            work.stop()
        self.bar.hide()
        self.player.close_recording()

    # Hands

    def _on_toggle(self) -> None:
        t = self.player.position_s
        if self._since is None:
            self._since = t
        else:
            start, end = sorted((self._since, t))
            self._since = None
            if end - start >= SHORTEST_S:
                self._stretches = sorted([*self._stretches, (start, end)])
        self._show()

    def _on_only(self) -> None:
        self._stretches, self._since = [], None
        self._show()
        self._on_measure()

    def _on_undo(self) -> None:
        if self._since is not None:
            self._since = None
        elif self._stretches:
            self._stretches = self._stretches[:-1]
        self._show()

    def _remove(self, at: int) -> None:
        del self._stretches[at]
        self._show()

    def _on_measure(self) -> None:
        from app.session.speaking_again import SpeakingAgain, say_who_speaks  # noqa: PLC0415

        person = current_person(self._services)
        if person is None or self._work is not None or not self.measure.isEnabled():
            return
        if self._since is not None:
            self._on_toggle()
        try:
            say_who_speaks(self._services.store, self.session_id, self._stretches, person.id)
            speech = speech_set_up(self._services.choices.now, after=True)
        except AppError as error:
            self.notice.tell_error(error)
            return
        self.player.pause()
        self._work = SpeakingAgain(self._services.store, self.session_id, speech)
        self._work.start()
        self.measure.setEnabled(False)
        self.bar.setValue(0)
        self.bar.show()
        self._timer.start()

    def _look(self) -> None:
        work = self._work
        if work is None:
            return
        self.bar.setValue(round(1000 * work.progress))
        if work.runs:
            return
        self._work = None
        self._timer.stop()
        self.bar.hide()
        self.measure.setEnabled(True)
        if work.error is not None:
            self.notice.tell_error(work.error)
        elif work.done:
            self.measured.emit(self.session_id)

    # What is shown

    def _on_moved(self, t: float) -> None:
        self.strip.set_playhead(t)
        if self._since is not None:
            self.strip.show_stretches(self._length_s, [*self._stretches, (self._since, t)])

    def _show(self) -> None:
        self.toggle.setChecked(self._since is not None)
        words = (
            self.tr("The customer stops speaking")
            if self._since is not None
            else self.tr("The customer speaks")
        )
        self.toggle.setText(words)
        self.toggle.setAccessibleName(words)
        self.undo.setEnabled(bool(self._stretches) or self._since is not None)
        self.strip.show_stretches(self._length_s, self._stretches)
        theirs = sum(end - start for start, end in self._stretches)
        self.now.setText(
            self.tr("Customer {theirs}, you {own}").format(
                theirs=clock_text(theirs), own=clock_text(max(0.0, self._length_s - theirs))
            )
        )
        clear(self._list)
        if not self._stretches:
            self._list.addWidget(label(self.tr("Nobody but you is marked as speaking."), "quiet"))
        for at, (start, end) in enumerate(self._stretches):
            words = self.tr("Customer from {start} to {end}").format(
                start=clock_text(start), end=clock_text(end)
            )
            text = label(words)
            tabular(text)
            play = button("", kind="quiet", icon="play", tip=self.tr("Play from there"))
            play.setAccessibleName(self.tr("Play: {what}").format(what=words))
            play.clicked.connect(lambda _=False, t=start: self._play_from(t))
            away = button("", kind="quiet", icon="delete", tip=self.tr("Take it out"))
            away.setAccessibleName(self.tr("Take out: {what}").format(what=words))
            away.clicked.connect(lambda _=False, n=at: self._remove(n))
            self._list.addLayout(row(text, None, play, away, space=Space.SMALL))

    def _play_from(self, t: float) -> None:
        self.player.seek(t)
        self.player.play()
