"""Side by side: two recordings, played in step, with everything measured above one another."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.coach.review_align import FIRST, SECOND
from app.errors import AppError
from app.ui.keys import KeyMap, show_keys
from app.ui.pages.compare_choose import ChooseOther, turn_to
from app.ui.pages.compare_keys import note_keys, press
from app.ui.pages.compare_sides import load_side, proposals, session_choice
from app.ui.pages.compare_together import Together
from app.ui.style import Space
from app.ui.widgets.compare_bar import CompareBar
from app.ui.widgets.compare_clock import LockStep
from app.ui.widgets.compare_side import SidePanel
from app.ui.widgets.compare_view import CompareView
from app.ui.widgets.controls import QWIDGETSIZE_MAX, Elided, button, centred, column, row
from app.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent
    from PySide6.QtMultimedia import QVideoFrame

    from app.ui.pages.compare_sides import Choice, Side
    from app.ui.services import Services


class ComparePage(QWidget):
    """First the choice of the second recording, then both."""

    closed = Signal()
    report_wanted = Signal(str)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Side by side"))
        self._services = services
        self._sides: list[Side] = []
        self.notice = Notice()
        self.lock = LockStep(self)
        self.panels = (SidePanel(1), SidePanel(2))
        self.bar = CompareBar()
        self.view = CompareView()
        self.together = Together(
            self.lock, self.panels, self.bar, self.view, services.catalogue.rules, self
        )
        self.choose = ChooseOther()
        self.keys = KeyMap(self)
        note_keys(self.keys)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.back = button(self.tr("Back"), kind="back", icon="back")
        show_keys(self.back, self.tr("Back"), "Esc")
        self.title = Elided(self.tr("Side by side"), "page")
        head = row(self.back, self.title, space=Space.SNUG)
        head.setStretch(1, 1)
        both = QWidget()
        panels = row(*self.panels, space=Space.LARGE)
        for at in (FIRST, SECOND):
            panels.setStretch(at, 1)
        content = column(panels, self.bar, self.view, space=Space.SMALL)
        content.setStretch(0, 3)
        content.setStretch(2, 2)
        both.setLayout(content)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.choose)
        self._stack.addWidget(both)
        self._both = both
        whole = column(head, self.notice, self._stack, space=Space.SMALL)
        whole.setStretch(2, 1)
        whole.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        self.setLayout(centred(whole, QWIDGETSIZE_MAX))

    def _connect(self) -> None:
        self.back.clicked.connect(self._go_back)
        self.choose.chosen.connect(self.lay_beside)
        self.lock.moved.connect(self._on_moved)
        self.lock.state_changed.connect(self._show_state)
        self.lock.pictured.connect(self._on_picture)
        self.lock.loaded.connect(self._on_loaded)
        self.lock.failed.connect(self._on_failed)
        self.view.seek_requested.connect(self.lock.seek)
        self.bar.player.toggled.connect(self.lock.toggle)
        self.bar.player.stepped.connect(self.together.step)
        self.bar.player.speed_chosen.connect(self.lock.set_speed)
        self.bar.player.mute_toggled.connect(lambda: self.lock.mute(on=not self.lock.muted))
        self.together.aligned.connect(self._show_state)
        for side, panel in enumerate(self.panels):
            panel.heard_wanted.connect(partial(self.lock.hear, side))
        self.panels[FIRST].change.hide()
        self.panels[SECOND].change.clicked.connect(self.choose_again)

    # Opening and closing

    def open(self, first: str, second: str = "") -> None:
        """Lay two sessions side by side; without a second one offer what there is."""
        self.close_files()
        self.notice.hide()
        self._sides = []
        try:
            store, now = self._services.store, self._services.now()
            chosen = session_choice(store.session(first), now)
            self._sides = [load_side(self._services, chosen)]
            if second:
                self.lay_beside(session_choice(store.session(second), now))
        except AppError as error:
            self.notice.tell_error(error)
        if len(self._sides) == 1:
            self.choose_again()
        elif not self._sides:
            self._stack.hide()

    def choose_again(self) -> None:
        """Offer what can lie beside the first."""
        if not self._sides:
            return
        self.lock.pause()
        first = self._sides[FIRST].choice
        try:
            record = self._services.store.session(first.id)
        except AppError as error:
            self.notice.tell_error(error)
            return
        turn_to(self._stack, self.choose)
        self.choose.show_choices(first, proposals(self._services, record))

    def lay_beside(self, choice: Choice) -> None:
        """Lay something beside the first, and show both."""
        try:
            other = load_side(self._services, choice, self._sides[FIRST].scenario)
        except AppError as error:
            self.notice.tell_error(error)
            return
        self._sides = [self._sides[FIRST], other]
        for side in (FIRST, SECOND):
            self._show_side(side)
        turn_to(self._stack, self._both)
        self.together.take(self._sides[FIRST], self._sides[SECOND])
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_files(self) -> None:
        """Let go of both recordings, so that they can be deleted."""
        self.lock.close()

    def forget(self) -> None:
        """Leave nothing of this person on show."""
        self.close_files()
        self._sides = []
        self.together.forget()
        self._stack.hide()

    def _show_side(self, at: int) -> None:
        side, panel = self._sides[at], self.panels[at]
        panel.show_name(side.choice.title, side.choice.about)
        playback = self.lock.open(at, side.recording)
        if side.turns:
            panel.show_answer(side.turns, self._services.library.names)
            return
        sentence = ""
        if playback is None:
            sentence = self.tr("No recording was kept. What was measured is below.")
        panel.show_recording([moment.text for moment in side.moments], sentence)

    def _on_picture(self, at: int, frame: QVideoFrame) -> None:
        self.panels[at].show_frame(frame)

    def _on_loaded(self, at: int, pictured: bool) -> None:
        if not pictured:
            self.panels[at].stage.show_sentence(self.tr("Only the sound was kept."), "hears")
        self._show_state()

    def _on_failed(self, at: int) -> None:
        self.panels[at].stage.show_sentence(self.tr("This recording cannot be played."), "notice")

    # Playing both

    def _on_moved(self, axis_s: float) -> None:
        self.view.set_playhead(axis_s)
        self.bar.show_time(axis_s)

    def _show_state(self) -> None:
        self.bar.show_state(
            playing=self.lock.playing, muted=self.lock.muted, audible=self.lock.audible
        )
        for at, panel in enumerate(self.panels):
            panel.show_heard(on=at == self.lock.heard and not self.lock.muted)

    def _go_back(self) -> None:
        if self._stack.currentWidget() is self.choose and len(self._sides) == 2:
            turn_to(self._stack, self._both)
        else:
            self.close_files()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what both are told together; Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self._go_back()
        elif self._stack.currentWidget() is self.choose:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.choose.step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif not press(self.together, event):
            event.ignore()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing plays on while another page shows."""
        super().hideEvent(event)
        self.lock.pause()
