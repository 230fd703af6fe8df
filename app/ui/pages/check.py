"""The self-check before a shift: it goes on by itself, and one can leave it at any moment."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QWidget

from app.coach.self_check import SelfCheck, Step
from app.coach.types import Sense
from app.session.self_check import glimpse_of
from app.store.types import KeepPolicy
from app.ui.consenting import standing_consent
from app.ui.keys import KeyMap
from app.ui.pages.check_end import CheckEnd
from app.ui.pages.check_foot import CheckFoot
from app.ui.pages.check_room import CheckRoom
from app.ui.pages.check_stage import CheckStage
from app.ui.pages.check_thing import ThingFinder
from app.ui.style import Space
from app.ui.widgets.check_bar import CheckBar
from app.ui.widgets.controls import column, row
from app.ui.widgets.live_parts import RecordingDot
from app.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from app.errors import AppError
    from app.session.plan import LivePlan
    from app.ui.flow import Doors
    from app.ui.services import Services

LOOK_MS: Final = 33
TOUCH_S: Final = 0.4
"""A second touch this soon after a step began was meant for the step before, seconds."""


class CheckPage(QWidget):
    """Leads through the steps of `SelfCheck`; what runs under them is `CheckRoom`'s."""

    left = Signal()
    """The person is done, or said not now."""

    def __init__(
        self, services: Services, doors: Doors, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self._services = services
        self._doors = doors
        self._clock = clock
        self._recorded = False
        self._resumes = False
        self._session_id: str | None = None
        self._shown: Step | None = None
        self.walk: SelfCheck | None = None
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.keys = KeyMap(self)
        self.room = CheckRoom(services, self)
        self.finder = ThingFinder(services, self)
        self.notice = Notice(self.tr("Read and agree"), large=True)
        self.bar = CheckBar()
        self.dot = RecordingDot()
        self.stage = CheckStage()
        self.end = CheckEnd()
        self.foot = CheckFoot(self.keys)
        self._middle = QStackedWidget()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._middle.addWidget(self.stage)
        self._middle.addWidget(self.end)
        top = row(self.dot, self.bar, space=Space.SNUG)
        top.setStretch(1, 1)
        whole = column(top, self.notice, self._middle, self.foot, space=Space.MEDIUM)
        whole.setStretch(2, 1)
        whole.setContentsMargins(Space.WIDE, Space.LARGE, Space.WIDE, Space.LARGE)
        self.setLayout(whole)

    def _connect(self) -> None:
        foot = self.foot
        foot.not_now.connect(self.left)
        foot.take_five.connect(self._on_take_five)
        foot.record.connect(self._on_record)
        foot.again.connect(lambda: self._begin(recorded=False))
        foot.report.connect(self._on_report)
        foot.normal.connect(lambda: self._doors.page_wanted.emit("first"))
        foot.go_on.connect(self.go_on)
        self.notice.acted.connect(lambda: self._doors.agreement_wanted.emit("check"))
        self.room.planned.connect(self._on_planned)
        self.room.ended.connect(self._on_ended)
        self.room.failed.connect(self._on_failed)
        self.finder.found.connect(self.end.show_thing)
        self.finder.failed.connect(self.notice.tell_error)

    # --- coming and going -------------------------------------------------------------------

    def enter(self) -> None:
        """Begin; after a pause go on with the card that was on show."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._resumes and self.walk is not None and not self.walk.needs_devices:
            self.walk.resume(self._clock())
            self._timer.start()
        else:
            self._begin(recorded=False)
        self._resumes = False

    def leave(self) -> None:
        """Let camera and microphone go."""
        self._timer.stop()
        self.room.shut()

    def close_devices(self) -> None:
        """Let them go and wait: only at the end of the program."""
        self._timer.stop()
        self.room.close()

    def forget(self) -> None:
        """Let nothing of this person's check stay."""
        self.leave()
        self._resumes = False
        self.walk = None
        self._session_id = None
        self.finder.forget()
        self.stage.begin()
        self.end.forget()

    def _begin(self, *, recorded: bool) -> None:
        self.forget()
        self._recorded = recorded
        self._shown = None
        self.notice.hide()
        self._show_step(Step.DEVICES)
        self.bar.show_walk(None, 0.0)
        self._timer.start()
        self.room.open(recorded=recorded)

    def _on_planned(self, plan: LivePlan) -> None:
        devices = {Sense.VISION: plan.camera, Sense.VOICE: plan.microphone}
        self._recorded = not plan.preview
        self.walk = SelfCheck(
            self._clock(),
            senses=frozenset(sense for sense, device in devices.items() if device is not None),
            rules=self._services.catalogue.rules,
            baseline=plan.baseline,
            switched_off=plan.switched_off,
        )
        if plan.camera is None:
            self.stage.show_no_camera()

    # --- walking ----------------------------------------------------------------------------

    def look(self) -> None:
        """Look once at the session and at the clock."""
        walk = self.walk
        if walk is None:
            return
        now_s = self._clock()
        live = self.room.live if walk.needs_devices else None
        snapshot = live.snapshot() if live is not None else None
        if live is not None:
            self.stage.show_picture(live.picture())
        walk.look(now_s, glimpse_of(snapshot) if snapshot is not None else None)
        if walk.step is not self._shown:
            self._show_step(walk.step)
        if snapshot is not None and walk.needs_devices:
            self.stage.show_state(walk, snapshot)
        self.bar.show_walk(walk, now_s)

    def go_on(self) -> None:
        """Skip to the next step; at the end, leave."""
        walk = self.walk
        if walk is None:
            return
        if walk.step is Step.END:
            self.left.emit()
            return
        walk.skip(self._clock())
        self.look()

    def _show_step(self, step: Step) -> None:
        self._shown = step
        walk = self.walk
        if walk is not None and not walk.needs_devices:
            self.room.shut()
            self.stage.show_picture(None)
            self.finder.look()
        self.dot.setVisible(self._recorded and (walk is None or walk.needs_devices))
        if step is Step.END and walk is not None:
            self._show_end(walk)
            return
        self._middle.setCurrentWidget(self.stage)
        self.stage.show_step(step, recorded=self._recorded, card=self.finder.card)
        devices = walk is None or walk.needs_devices
        self.foot.show_walking(recorded=self._recorded, devices=devices)

    def _show_end(self, walk: SelfCheck) -> None:
        self._timer.stop()
        checked = walk.checked()
        self.end.show_checked(checked, self._services.catalogue.rules)
        self._middle.setCurrentWidget(self.end)
        self.foot.show_end(session=self._session_id is not None, normal=checked.own_normal)

    # --- wishes -----------------------------------------------------------------------------

    def _on_take_five(self) -> None:
        self._resumes = True
        self._doors.take_five_wanted.emit()

    def _on_record(self) -> None:
        """Begin anew and record; say why where that cannot be."""
        agreed = standing_consent(self._services) is not None
        self.notice.action.setVisible(not agreed)
        if not agreed:
            self.notice.tell(
                self.tr("To record, Rapport needs your agreement first."),
                self.tr("This check goes on without."),
            )
        elif KeepPolicy(self._services.choices.now.keep_policy) is KeepPolicy.NOTHING:
            self.notice.tell(
                self.tr("You chose that nothing of a session is kept."),
                self.tr("Choose what is kept in the settings. This check goes on without."),
            )
        else:
            self._begin(recorded=True)

    def _on_ended(self, session_id: str | None) -> None:
        self._session_id = session_id
        if session_id is not None and self._shown is Step.END:
            self.foot.open.show()

    def _on_report(self) -> None:
        if self._session_id is not None:
            self._doors.report_wanted.emit(self._session_id)

    def _on_failed(self, error: AppError) -> None:
        self.notice.action.hide()
        self.notice.tell_error(error)
        if self.walk is None:
            # Whatever could not be found out beforehand: the cards need no device.
            rules = self._services.catalogue.rules
            self.walk = SelfCheck(self._clock(), senses=frozenset(), rules=rules, baseline=None)

    # --- hands ------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Space and Enter, leave with Escape; a button in focus takes its own."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if isinstance(focused, QAbstractButton) and focused.isVisible():
                focused.click()
            elif not event.isAutoRepeat():
                self.go_on()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go on at a touch anywhere; at the end a touch means nothing."""
        super().mouseReleaseEvent(event)
        walk = self.walk
        if walk is None or walk.step is Step.END or event.button() != Qt.MouseButton.LeftButton:
            return
        inside = self.rect().contains(event.position().toPoint())
        if inside and self._clock() - walk.since_s >= TOUCH_S:
            self.go_on()
