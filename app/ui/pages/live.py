"""Live: the person is the biggest thing; light, time, one hint and a checklist at the edge."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.coach.types import MarkKind
from app.store.types import KeepPolicy
from app.ui.keys import KeyMap, show_keys
from app.ui.style import Space, tabular
from app.ui.texts import clock_text
from app.ui.widgets.controls import button, column, label, row
from app.ui.widgets.live_parts import HintBubble, RecordingDot, SenseLight
from app.ui.widgets.live_side import LiveSide
from app.ui.widgets.notice import Notice
from app.ui.widgets.reception import ReceptionLine
from app.ui.widgets.video import VideoView
from app.ui.widgets.words_lag import WordsLag
from audio.types import Reception, Speaker

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from app.coach.report_types import Checklist
    from app.session.plan import LivePlan, Snapshot
    from app.ui.services import Live
    from vision.types import Frame

HOLD_S: Final = 0.4
"""C held longer than this speaks for the customer while it is held; a tap switches over."""


class LivePage(QWidget):
    """The page of a running session."""

    finish_wanted = Signal()

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._live: Live | None = None
        self._pressed_at = 0.0
        self._finishing = False
        self._preparing = self.tr("Getting ready")
        self._customer = False
        self._spoken = False
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.keys = KeyMap(self)
        self.notice = Notice(closable=False, large=True)
        self.dot = RecordingDot()
        self.time = label("00:00", "live-time")
        tabular(self.time)
        self.title = label("", "live-quiet")
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.sees = SenseLight(
            ("sees", self.tr("I can see you")), ("sees_not", self.tr("I can't see you"))
        )
        self.hears = SenseLight(
            ("hears", self.tr("I can hear you")), ("hears_not", self.tr("I can't hear you"))
        )
        self.words = WordsLag()
        self.video = VideoView(fill=True)
        self.hint = HintBubble(self.video)
        self.video.resized.connect(self._place_hint)
        self.customer = button(self.tr("Customer speaks"), kind="live-quiet", icon="customer")
        self.customer.setCheckable(True)
        self.customer.clicked.connect(self._on_customer)
        self.finish = button(self.tr("Finish"), kind="live", icon="finish")
        self.finish.clicked.connect(self._on_finish)
        self.side = LiveSide()
        self.side.item_ticked.connect(self._on_tick)
        self._lay_out()
        self._bind_keys()

    def _lay_out(self) -> None:
        top = row(
            self.dot, self.time, Space.SMALL, self.title, self.words, Space.SMALL, self.sees,
            Space.SMALL, self.hears,
            space=Space.SMALL,
        )  # fmt: skip
        top.setStretch(3, 1)
        middle = row(self.video, self.side, space=Space.LARGE)
        middle.setStretch(0, 1)
        self._state = label("", "live-quiet")
        self.reception = ReceptionLine()
        told = column(self._state, self.reception, self.notice, space=0)
        bottom = row(self.customer, told, self.finish, space=Space.MEDIUM)
        bottom.setStretch(1, 1)
        foot = QWidget()
        foot.setLayout(bottom)
        # As high as two lines of a notice, so that one that appears moves nothing.
        foot.setMinimumHeight(Space.HUGE + Space.LARGE)
        content = column(top, middle, foot, space=Space.MEDIUM)
        content.setStretch(1, 1)
        content.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        self.setLayout(content)

    def _bind_keys(self) -> None:
        self.keys.add("Ctrl+Return", self.tr("Finish"), self._on_finish, button=self.finish)
        show_keys(self.customer, self.tr("The customer speaks: tap to switch, or hold"), "C")
        self.keys.note("C", self.tr("The customer speaks: tap to switch, or hold"))
        for number in range(1, 10):
            self.keys.bind(str(number), partial(self.side.press, number))
        self.keys.note("1 – 9", self.tr("Tick a line of the checklist"))

    # --- coming and going -------------------------------------------------------------------

    def enter(self, plan: LivePlan, checklist: Checklist | None) -> None:
        """Come to the front with a session that is about to start."""
        self.notice.hide()
        self.reception.clear()
        self._spoken = bool(plan.scenario)
        self._customer = False
        self.customer.setChecked(False)
        self.customer.setVisible(plan.microphone is not None)
        self.finish.setEnabled(False)
        self.hint.show_hint(None)
        self.time.setText(clock_text(0))
        self.title.setText(plan.title)
        self.words.show_lag(None)
        records = plan.keep is KeepPolicy.PICTURE_AND_SOUND
        self.dot.show_recording(recording=records)
        self.sees.setVisible(plan.camera is not None)
        self.hears.setVisible(plan.microphone is not None)
        for light in (self.sees, self.hears):
            light.show_state(works=False)
        if plan.camera is None:
            self.video.show_empty("camera_off", self.tr("Voice only"))
        else:
            self.video.show_empty("camera", self.tr("Getting ready"))
        self._state.setText(self._preparing)
        self._finishing = False
        self.video.set_mirrored(not plan.sample)
        self.side.show_checklist(checklist)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def attach(self, live: Live) -> None:
        """Take the session that began."""
        self._live = live

    def detach(self) -> None:
        """Let the session go."""
        self._live = None

    def show_finishing(self) -> None:
        """Say that the report is being put together."""
        self._finishing = True
        self.finish.setEnabled(False)
        self.hint.show_hint(None)
        self.dot.show_recording(recording=False)
        self._state.setText(self.tr("Putting your report together"))

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
        if running and self._state.text() == self._preparing:
            self._state.setText("")
        self.sees.show_state(works=snapshot.sees)
        self.hears.show_state(works=snapshot.hears)
        if self.hint.show_hint(snapshot.hint if running else None):
            self._place_hint()

    def show_numbers(self, snapshot: Snapshot) -> None:
        """Show the elapsed time, and what stopped working."""
        self.time.setText(clock_text(snapshot.t))
        self.words.show_lag(snapshot.words_lag_s if snapshot.state == "running" else None)
        if snapshot.faults:
            self.notice.tell(snapshot.faults[0].what, snapshot.faults[0].remedy)
        else:
            self.notice.hide()
        self._state.setVisible(not snapshot.faults)
        self.reception.show_reception(None if snapshot.faults else self._reception(snapshot))

    def _reception(self, snapshot: Snapshot) -> Reception | None:
        """Tell what is wrong with the sound; a partner in the room is heard, and rightly so."""
        found = snapshot.voice.reception if snapshot.voice is not None else None
        return None if found is Reception.LOUDSPEAKER and not self._spoken else found

    # --- hands ------------------------------------------------------------------------------

    def _on_tick(self, item: str, on: bool) -> None:
        if self._live is not None:
            self._live.mark(MarkKind.TICK, {"item": item, "on": "true" if on else "false"})

    def _on_customer(self) -> None:
        self._speak(customer=self.customer.isChecked())

    def _speak(self, *, customer: bool) -> None:
        self.customer.setChecked(customer)
        if customer == self._customer or self._live is None:
            return
        self._customer = customer
        speaker = Speaker.CUSTOMER if customer else Speaker.STAFF
        self._live.mark(MarkKind.SPEAKER, {"speaker": speaker.value})
        self._state.setText(self.tr("Listening to the customer") if customer else "")

    def _on_finish(self) -> None:
        if self.finish.isEnabled():
            self._finishing = True
            self.finish.setEnabled(False)
            self.finish_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the word to the customer on C."""
        if event.key() != Qt.Key.Key_C or event.modifiers() or not self.customer.isVisible():
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
        self.side.take_width(left)

    def _place_hint(self) -> None:
        self.hint.adjustSize()
        box = self.video.picture_rect()
        width = min(self.hint.sizeHint().width(), box.width() - 2 * Space.LARGE)
        height = self.hint.sizeHint().height()
        self.hint.setGeometry(
            box.center().x() - width // 2, box.bottom() - height - Space.LARGE, width, height
        )
