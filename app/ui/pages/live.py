"""Live: the person is the biggest thing; light, time, one hint and a checklist at the edge."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.coach.types import MarkKind, Sense
from app.ui.hint_giver import HintGiver
from app.ui.keys import KeyMap, show_keys
from app.ui.style import Space
from app.ui.widgets.controls import column, row
from app.ui.widgets.live_desk import LiveDesk
from app.ui.widgets.live_foot import LiveFoot
from app.ui.widgets.live_parts import HintBubble
from app.ui.widgets.live_top import LiveTop
from app.ui.widgets.video import VideoView
from audio.types import Reception, Speaker

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from app.coach.hints import Hint
    from app.coach.report_types import Checklist
    from app.session.plan import LivePlan, Snapshot
    from app.ui.live_talk import LiveTalk
    from app.ui.services import Live
    from vision.types import Frame

HOLD_S: Final = 0.4
"""C held longer than this speaks for the customer while it is held; a tap switches over."""
WORDED_PX: Final = 1000
"""From this width of the page on there is room for a word on the checklist's switch."""


class LivePage(QWidget):
    """The page of a running session."""

    finish_wanted = Signal()

    card_wanted = Signal()
    """The partner's card, which was put away, is to come back."""
    checklist_hidden = Signal(bool)

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        voice_cues: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__()
        self._voice_cues = voice_cues
        self._talk: LiveTalk | None = None
        self._clock = clock
        self._live: Live | None = None
        self._pressed_at = 0.0
        self._finishing = False
        self._customer = False
        self._spoken = False
        self._hearing = False
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.keys = KeyMap(self)
        self.top = LiveTop()
        self.dot, self.time, self.title = self.top.dot, self.top.time, self.top.title
        self.sees, self.hears = self.top.sees, self.top.hears
        self.list = self.top.list
        self.list.clicked.connect(self._on_hide)
        self.video = VideoView(fill=True)
        self.hint = HintBubble(self.video)
        self.giver = HintGiver(self)
        self.video.resized.connect(self._place_hint)
        self.foot = LiveFoot()
        self.notice = self.foot.notice
        self.customer = self.foot.customer
        self.customer.clicked.connect(self._on_customer)
        self.finish = self.foot.finish
        self.finish.clicked.connect(self._on_finish)
        self.foot.go_on.clicked.connect(self._on_go_on)
        self.foot.card.clicked.connect(self.card_wanted)
        self.desk = LiveDesk()
        self.side = self.desk.checklist
        self.side.item_ticked.connect(self._on_tick)
        self.desk.notes.noted.connect(self._on_note)
        self.desk.notes.left.connect(self.setFocus)
        self._lay_out()
        self._bind_keys()

    def _lay_out(self) -> None:
        middle = row(self.video, self.desk, space=Space.LARGE)
        middle.setStretch(0, 1)
        content = column(self.top, middle, self.foot, space=Space.MEDIUM)
        content.setStretch(1, 1)
        content.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        self.setLayout(content)

    def _bind_keys(self) -> None:
        self.keys.add("Ctrl+Return", self.tr("Finish"), self._on_finish, button=self.finish)
        show_keys(self.customer, self.tr("The customer speaks: tap to switch, or hold"), "C")
        self.keys.note("C", self.tr("The customer speaks: tap to switch, or hold"))
        self.keys.add("N", self.tr("The customer goes on"), self._on_go_on, button=self.foot.go_on)
        self.keys.add(
            "P", self.tr("Show the partner's card"), self.foot.card.click, button=self.foot.card
        )
        self.keys.add("T", self.tr("Take notes"), self._take_notes)
        self.keys.add("H", self.tr("Hide or show the checklist"), self.list.click,
                      button=self.list)  # fmt: skip
        for number in range(1, 10):
            self.keys.bind(str(number), partial(self.side.press, number))
        self.keys.note("1 – 9", self.tr("Tick a line of the checklist"))

    # --- coming and going -------------------------------------------------------------------

    def enter(self, plan: LivePlan, checklist: Checklist | None, *, partner: bool = False) -> None:
        """Come to the front with a session that is about to start; a partner has the card."""
        self.foot.begin(plan, partner=partner)
        # A loudspeaker in the room is a mistake only where nobody in the room is the customer.
        self._spoken = bool(plan.scenario) and not partner
        self._customer = False
        self.hint.show_hint(None)
        self.top.begin(plan)
        self._hearing = plan.microphone is not None
        if plan.camera is None:
            self.video.show_empty("camera_off", self.tr("Voice only"))
        else:
            self.video.show_empty("camera", self.tr("Getting ready"))
        self._finishing = False
        self.giver.begin(plan)
        self.video.set_mirrored(not plan.sample)
        self.desk.show_session(checklist, notes=bool(plan.scenario))
        self.list.setVisible(self.desk.has_checklist)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def attach(self, live: Live) -> None:
        """Take the session that began."""
        self._live = live

    def take_talk(self, talk: LiveTalk) -> None:
        """Follow what is said in the session."""
        self._talk = talk
        talk.line_shown.connect(self.foot.show_line)
        talk.your_turn.connect(self.foot.show_turn)
        talk.over.connect(self.foot.show_over)

    def detach(self) -> None:
        """Let the session go."""
        self._live = None
        self._talk = None

    def hide_checklist(self, *, hidden: bool) -> None:
        """Put the checklist out of sight, or bring it back."""
        words = self.tr("Show the checklist") if hidden else self.tr("Hide the checklist")
        self.list.setChecked(not hidden)
        self.list.setAccessibleName(words)
        show_keys(self.list, words, "H")
        self.desk.hide_checklist(hidden=hidden)
        self._share()

    def show_finishing(self) -> None:
        """Say that the report is being put together."""
        self._finishing = True
        self.foot.end()
        self.hint.show_hint(None)
        self.dot.show_recording(recording=False)

    # --- what the bridge brings -------------------------------------------------------------

    def show_picture(self, frame: Frame | None) -> None:
        """Show the newest picture."""
        before = self.video.aspect
        self.video.show_frame(frame)
        if self.video.aspect != before:
            self._share()

    def show_state(self, snapshot: Snapshot) -> None:
        """Show hint and lights at once."""
        running = snapshot.state == "running"
        # A session that cannot get going can still be ended.
        if (running or snapshot.faults) and self._live is not None and not self._finishing:
            self.finish.setEnabled(True)
        if running:
            self.foot.ready()
        self.top.show_state(snapshot)
        if self._talk is not None and not self._finishing:
            self._talk.look(snapshot)
        hint = self._hint(snapshot) if running else None
        if self.hint.show_hint(self.giver.give(hint, snapshot, self._live)):
            self._place_hint()

    def _hint(self, snapshot: Snapshot) -> Hint | None:
        """Hold back what is about talking while the customer talks; facing them remains."""
        hint = snapshot.hint
        listens = self._customer or (self._talk is not None and self._talk.customer_speaks)
        return None if hint is not None and listens and hint.cue in self._voice_cues else hint

    def show_numbers(self, snapshot: Snapshot) -> None:
        """Show the elapsed time, and what stopped working."""
        self.top.show_numbers(snapshot)
        gone = any(fault.sense is Sense.VISION for fault in snapshot.faults)
        self.video.grow_old(snapshot.t if gone else None)
        self.foot.show_faults(snapshot, self._reception(snapshot))

    def _reception(self, snapshot: Snapshot) -> Reception | None:
        """Tell what is wrong with the sound; a partner in the room is heard, and rightly so."""
        found = snapshot.voice.reception if snapshot.voice is not None else None
        return None if found is Reception.LOUDSPEAKER and not self._spoken else found

    # --- hands ------------------------------------------------------------------------------

    def _on_tick(self, item: str, on: bool) -> None:
        if self._live is not None:
            self._live.mark(MarkKind.TICK, {"item": item, "on": "true" if on else "false"})

    def _on_note(self, field: str, text: str) -> None:
        if self._live is not None:
            self._live.mark(MarkKind.NOTE, {"text": text, "field": field})

    def _take_notes(self) -> None:
        if self.desk.notes.isVisible():
            self.desk.notes.take()

    def _on_hide(self) -> None:
        hidden = not self.list.isChecked()
        self.hide_checklist(hidden=hidden)
        self.checklist_hidden.emit(hidden)

    def _on_go_on(self) -> None:
        if self._talk is not None:
            self._talk.go_on()

    def _on_customer(self) -> None:
        self._speak(customer=self.customer.isChecked())

    def _speak(self, *, customer: bool) -> None:
        self.customer.setChecked(customer)
        if customer == self._customer or self._live is None:
            return
        self._customer = customer
        speaker = Speaker.CUSTOMER if customer else Speaker.STAFF
        self._live.mark(MarkKind.SPEAKER, {"speaker": speaker.value})
        self.foot.tell(self.tr("Listening to the customer") if customer else "")

    def _on_finish(self) -> None:
        if self.finish.isEnabled():
            self.desk.notes.flush()
            self._finishing = True
            self.finish.setEnabled(False)
            self.finish_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the word to the customer on C."""
        if event.key() != Qt.Key.Key_C or event.modifiers() or not self._hearing:
            super().keyPressEvent(event)
            return
        if not event.isAutoRepeat():
            self._pressed_at = self._clock()
            self._speak(customer=not self._customer)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Take the word back when C was held, and leave it after a tap."""
        if event.key() != Qt.Key.Key_C or event.isAutoRepeat():
            super().keyReleaseEvent(event)
            return
        if self._customer and self._clock() - self._pressed_at > HOLD_S:
            self._speak(customer=False)

    # --- layout -----------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the checklist its share."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Let the picture take the height, and the checklist what is left beside it."""
        picture = round(self.video.height() * self.video.aspect)
        left = self.width() - 2 * Space.LARGE - Space.LARGE - picture
        self.desk.take_width(left)
        self.list.setText(self.tr("Checklist") if self.width() >= WORDED_PX else "")

    def _place_hint(self) -> None:
        self.hint.adjustSize()
        box = self.video.picture_rect()
        width = min(self.hint.sizeHint().width(), box.width() - 2 * Space.LARGE)
        height = self.hint.sizeHint().height()
        self.hint.setGeometry(
            box.center().x() - width // 2, box.bottom() - height - Space.LARGE, width, height
        )
