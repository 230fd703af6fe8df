"""What lies on the desk: one session, opened, shown, and shown again after each word."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal

from app.errors import AppError
from app.session.spoken import SpokenNote
from app.ui.pages.desk_frame import DeskFrame, Tab
from app.ui.pages.desk_hands import DeskHands
from app.ui.pages.desk_judging import Judging
from app.ui.pages.desk_session import load_desk
from app.ui.pages.desk_speaking import SpokenComment
from app.ui.pages.desk_typing import Drafts, SummaryTyping, Typing
from app.ui.pages.report_practice import PracticeLooker
from app.ui.widgets.stick_figure import FigureLoader
from app.ui.widgets.timeline_spans import TimelineLane

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

    from app.coach.practice_report import PracticeReport
    from app.ui.pages.desk_session import DeskSession
    from app.ui.pages.desk_speaking import MakeSpoken, SpokenLike
    from app.ui.services import Services
    from app.ui.widgets.timeline_model import TimelineModel

OF_THE_MACHINE: Final = frozenset({TimelineLane.MACHINE, TimelineLane.CURVES})
"""What a trainer may look without, until they have made up their own mind."""


class DeskSheet(DeskFrame):
    """Opens a session and keeps what shows in step with its log; hands come on top of it."""

    closed = Signal()

    def __init__(self, services: Services, make_spoken: MakeSpoken | None = None) -> None:
        super().__init__(services.catalogue.rules)
        self._services = services
        self._session: DeskSession | None = None
        self._chosen = ""
        self._playhead_s = 0.0
        self._machine_hidden = False
        self._model: TimelineModel | None = None
        self._verdicts: frozenset[str] | None = None
        """Ids of the verdicts that the lists show; None where they have to be made anew."""
        self.hands = DeskHands(services.store, self)
        self.drafts = Drafts(self.hands, self)
        self.typing = Typing(self.line, self.player, self.hands, self.drafts, self)
        self.in_short = SummaryTyping(self.summary, self.hands, self.drafts, self)
        self.judging = Judging(self, self.hands)
        make = make_spoken or self._make_spoken
        self.speaking = SpokenComment(
            self.line, self.player, self.hands, make, services.background, self
        )
        self._figure = FigureLoader(services.background, self.player)
        self._looker = PracticeLooker(services.store, services.library, services.background, self)
        self.first.finished.connect(self.go_on)
        self.typing.closed.connect(self.take_keys)
        self.summary.left.connect(self.take_keys)
        self.player.moved.connect(self._set_playhead)
        self.timeline.selection_changed.connect(self._on_selection)
        self.hands.said.connect(self._on_said)
        self._looker.found.connect(self._on_practice)
        for failing in (self.hands, self.drafts, self.speaking, self._looker):
            failing.failed.connect(self.notice.tell_error)

    def _make_spoken(self, sink: Callable[[], IO[bytes]]) -> SpokenLike:
        services = self._services
        microphone = services.choices.now.microphone or ""
        return SpokenNote(microphone=microphone, sink=sink, inputs=services.inputs)

    # Opening and closing

    def open(self, session_id: str, t: float = 0.0) -> None:
        """Lay a session on the desk; what cannot be shown is said in the page."""
        self.close_files()
        self.notice.hide()
        try:
            session = load_desk(self._services, session_id)
            self.hands.take(session)
        except AppError as error:
            self.forget()
            self.notice.tell_error(error)
            return
        self._session = session
        self._chosen = ""
        self.drafts.take(session)
        self.judging.take(session)
        self.speaking.take(session)
        self._fill(session)
        self.typing.take()
        self.in_short.take(session)
        self.speaking.recover()
        self.go_to(t)
        self.show_place(*self.comments.place_near(t))
        begun = session.done or any(session.is_mine(mark) for mark in session.marks)
        if session.owner and not begun:
            self.first.show_session(session)
            self.stack.setCurrentWidget(self.first)
            self.header.show_first(on=True)
            self.first.next.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.go_on()
        self._looker.look(session.shown)

    def _fill(self, session: DeskSession) -> None:
        shown = session.shown
        self.header.show_session(session, self._services.now())
        if shown.recording_kept:
            self.player.open(shown.recording, shown.length_s)
            self.player.read_times()  # marks are moved from picture to picture
            self._figure.show(shown.record, self._services.store)
        else:
            self.player.show_not_kept(shown.length_s)
        self.player.show()
        library, now = self._services.library, self._services.choices.now
        self.markers.show_sets(library.marker_sets, now.desk_markers)
        hides = now.desk_hides_machine and bool(session.owner)
        self._machine_hidden = hides and not session.done
        self._model = session.timeline(self._services)
        self.timeline.setVisible(self._model is not None)
        if self._model is not None:
            self.timeline.show_model(self._model)
        self.comments.clear()
        self.machine.show_session(session, self._services.catalogue.rules)
        self._verdicts = session.verdict_ids
        self.show_tab(Tab.COMMENTS)
        self._show_said(session)
        self.share_out()

    def go_on(self) -> None:
        """Leave the first step for the recording."""
        self.stack.setCurrentIndex(0)
        self.header.show_first(on=False)
        self.take_keys()

    def take_keys(self) -> None:
        """Let the keys be the desk's again, whatever had them."""
        self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_first(self) -> None:
        """Look at the filmed person's own view once more."""
        if self._session is not None and self._session.owner:
            self.player.pause()
            self.first.show_session(self._session)
            self.stack.setCurrentWidget(self.first)
            self.header.show_first(on=True)

    @property
    def reading_first(self) -> bool:
        """Whether the filmed person's own view is in front."""
        return self.stack.currentWidget() is self.first

    @property
    def session(self) -> DeskSession | None:
        """What lies on the desk."""
        return self._session

    def close_files(self) -> None:
        """Save what was being spoken, and let go of the recording."""
        self.speaking.take(None)
        self._looker.stop()
        self.player.close_recording()

    def forget(self) -> None:
        """Lay everything aside: nothing of the session stays on show."""
        self.close_files()
        self._session = None
        for one in (self.hands, self.drafts, self.judging, self.in_short):
            one.take(None)
        self.header.show_nothing()
        for shown in (self.comments, self.machine, self.summary, self.agreement, self.first):
            shown.clear()
        self.line.show_closed(draft="")
        self.timeline.hide()
        self.player.hide()
        self.stack.setCurrentIndex(0)

    def close_desk(self) -> None:
        """Go back to where the desk was opened."""
        self.close_files()
        self.closed.emit()

    # What it shows

    def _on_said(self) -> None:
        session = self._session
        if session is None:
            return
        judged = session.verdict_ids != self._verdicts
        if judged or self._model is None:
            self._model = session.timeline(self._services)
        else:  # the machine's lines stay: a marker has to show at once
            self._model = session.renewed(self._model, self._services)
        if self._model is not None:
            self.timeline.update_model(self._model)
        self._show_said(session)

    def _show_said(self, session: DeskSession) -> None:
        self.timeline.set_movable(self.hands.movable)
        new = self.comments.show_marks(session)
        if new:
            self.show_place(*self.comments.place_of(new))
        if session.verdict_ids != self._verdicts:
            self.machine.show_verdicts(session)
            self._verdicts = session.verdict_ids
        self.in_short.show()
        self.header.show_state(
            can_undo=self.hands.can_undo, can_redo=self.hands.can_redo, done=session.done
        )
        self.tabs[Tab.TOGETHER].setVisible(session.done)
        if session.done:
            self._machine_hidden = False
            self.agreement.show_session(session)
        elif self.tab is Tab.TOGETHER:
            self.show_tab(Tab.COMMENTS)
        self._show_machine()

    def _show_machine(self) -> None:
        hidden = self._machine_hidden
        self.timeline.set_hidden_lanes(OF_THE_MACHINE if hidden else frozenset())
        self.machine.setVisible(not hidden)
        self.hidden_told.setVisible(hidden)
        done = self._session is not None and self._session.done
        self.header.show_machine(hidden=hidden, may_choose=not done)

    def _on_practice(self, practice: PracticeReport) -> None:
        if self._session is not None:
            shown = replace(self._session.shown, practice=practice)
            self._session = session = replace(self._session, shown=shown)
            self.judging.renew(session)
            if practice.evidence:
                self._show_evidence(session)

    def _show_evidence(self, session: DeskSession) -> None:
        """Show what was found in the words beside all else, which stays."""
        self.machine.show_session(session, self._services.catalogue.rules)
        self._verdicts = session.verdict_ids
        self._model = session.timeline(self._services)
        if self._model is not None:
            self.timeline.update_model(self._model)
        if session.done:
            self.agreement.show_session(session)

    def _set_playhead(self, t: float) -> None:
        self._playhead_s = t
        self.timeline.set_playhead(t, follow=True)
        self._show_moment()

    def _on_selection(self) -> None:
        if self.player.loop is not None:
            self.player.set_loop(*(self.timeline.selection or (None,)))
        self._show_moment()

    def _show_moment(self) -> None:
        if not self.speaking.speaking:
            self.typing.show_moment(self._playhead_s, self._span)

    @property
    def _span(self) -> tuple[float, float] | None:
        """The stretch that a comment or a marker is about; None while one corrects with it."""
        return None if self.judging.correcting else self.timeline.selection

    @property
    def playhead_s(self) -> float:
        """Where it stands, seconds."""
        return self._playhead_s

    @property
    def length_s(self) -> float:
        """How long the session is, seconds."""
        return self._session.shown.length_s if self._session is not None else 0.0

    def go_to(self, t: float) -> None:
        """Go to a moment; without a recording only the playhead goes."""
        self._set_playhead(t)
        self.player.seek(t)
