"""Side by side: two recordings, played in step, with everything measured above one another."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.coach.review_align import FIRST, SECOND, aligned, shared_lines
from app.errors import AppError
from app.ui.keys import KeyMap, show_keys
from app.ui.pages.compare_choose import ChooseOther, turn_to
from app.ui.pages.compare_keys import note_keys, press
from app.ui.pages.compare_loop import Loop
from app.ui.pages.compare_sides import cut, load_side, proposals, session_choice
from app.ui.style import Space
from app.ui.texts import clock_text
from app.ui.widgets.compare_bar import CompareBar
from app.ui.widgets.compare_clock import LockStep
from app.ui.widgets.compare_side import SidePanel
from app.ui.widgets.compare_tracks import TrackSide, build_groups
from app.ui.widgets.compare_view import CompareView
from app.ui.widgets.controls import QWIDGETSIZE_MAX, Elided, button, centred, column, row
from app.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent
    from PySide6.QtMultimedia import QVideoFrame

    from app.coach.review_align import SharedLine
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
        self._lines: tuple[SharedLine, ...] = ()
        self.notice = Notice()
        self.lock = LockStep(self)
        self.panels = (SidePanel(1), SidePanel(2))
        self.bar = CompareBar()
        self.view = CompareView()
        self.loop = Loop(self.lock, self.view, self.bar)
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
        self.bar.player.stepped.connect(self.step)
        self.bar.player.speed_chosen.connect(self.lock.set_speed)
        self.bar.player.mute_toggled.connect(lambda: self.lock.mute(on=not self.lock.muted))
        self.bar.line_chosen.connect(self._on_line)
        self.bar.loop_toggled.connect(lambda on: self.loop.set(on=on))
        for side, panel in enumerate(self.panels):
            panel.heard_wanted.connect(partial(self.lock.hear, side))
            panel.anchored.connect(partial(self._on_anchor, side))
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
        self._offer_lines()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_files(self) -> None:
        """Let go of both recordings, so that they can be deleted."""
        self.lock.close()

    def forget(self) -> None:
        """Leave nothing of this person on show."""
        self.close_files()
        self._sides = []
        self._stack.hide()

    def _show_side(self, at: int) -> None:
        side, panel = self._sides[at], self.panels[at]
        panel.show_name(side.choice.title, side.choice.about)
        playback = self.lock.open(at, side.recording)
        library = self._services.library
        if side.turns:
            panel.show_answer(side.turns, library.names if library is not None else {})
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

    # Laying both together

    @property
    def _lengths(self) -> tuple[float, float]:
        return self._sides[FIRST].length_s, self._sides[SECOND].length_s

    def _offer_lines(self) -> None:
        first, second = self._sides
        self._lines = shared_lines(first.marks, second.marks)
        said = dict(first.lines)
        texts = [self.tr("The beginning of both")]
        for one in self._lines:
            words = said.get(one.begins_s[FIRST], one.line)
            texts.append(f"{clock_text(one.begins_s[FIRST])} · {cut(f'“{words}”')}")
        self.bar.show_lines(texts)
        self.bar.show_together(on=second.length_s > 0)
        self._on_line(1 if self._lines else 0)

    def _on_line(self, at: int) -> None:
        """Lay both together at a line that both have; 0 for the beginning of both."""
        self._align((0.0, 0.0) if not at else self._lines[at - 1].begins_s)
        self.bar.show_line(at)

    def _on_anchor(self, at: int, moment: int) -> None:
        """Lay a side's chosen moment at the common one."""
        anchors = list(self.lock.alignment.anchors_s)
        anchors[at] = self._sides[at].moments[moment].t
        self._align((anchors[FIRST], anchors[SECOND]))
        self.bar.show_line(-1)

    def jump_line(self, way: int) -> None:
        """Lay both together at the line before or after."""
        if len(self._sides) == 2:
            at = self.bar.lines.currentIndex() + way
            self._on_line(min(max(0, at), len(self._lines)))

    def nudge(self, seconds: float) -> None:
        """Move the second against the first."""
        if len(self._sides) == 2:
            here = self.lock.axis_s
            first, second = self.lock.alignment.anchors_s
            self._align((first, second - seconds))
            self.lock.seek(here)

    def _align(self, anchors_s: tuple[float, float]) -> None:
        alignment = aligned(self._lengths, anchors_s)
        self.lock.align(alignment)
        groups = build_groups(
            [TrackSide(side.report, side.lines) for side in self._sides],
            alignment,
            self._services.catalogue.rules,
        )
        self.view.show_groups(groups, alignment)
        self.loop.forget()
        self._show_moments()
        self._show_state()

    def _show_moments(self) -> None:
        """Show which moment of each side lies at the common one, where it has a name."""
        for at, (side, panel) in enumerate(zip(self._sides, self.panels, strict=True)):
            anchor = self.lock.alignment.anchors_s[at]
            near = (n for n, one in enumerate(side.moments) if abs(one.t - anchor) < 0.01)
            panel.moment.setPlaceholderText(clock_text(anchor))
            panel.moment.setCurrentIndex(next(near, -1))

    # Hands

    def step(self, seconds: float) -> None:
        """Go on or back by so many seconds."""
        self.lock.seek(self.lock.axis_s + seconds)

    def step_frame(self, seconds: float) -> None:
        """Go on or back by a picture; both stand still then."""
        self.lock.pause()
        self.step(seconds)

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
        elif not press(self, event):
            event.ignore()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing plays on while another page shows."""
        super().hideEvent(event)
        self.lock.pause()
