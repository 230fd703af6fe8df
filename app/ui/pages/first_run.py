"""First steps: devices, agreement, own normal, a first minute; each skippable and repeatable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from app.coach.types import Sense
from app.session.plan import LivePlan
from app.store.types import KeepPolicy
from app.ui.bridge import LiveBridge
from app.ui.first_steps import STEPS, FirstStep, done_steps, easy_scenario, pass_step, step_names
from app.ui.keys import show_keys
from app.ui.live_runner import LiveRunner
from app.ui.pages.first_run_middle import FirstRunMiddle, step_texts
from app.ui.pages.looking import LookingPage
from app.ui.style import STAGE_PX, Space
from app.ui.widgets.controls import button, card, centred, column, label, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.session.plan import Snapshot
    from app.ui.services import Live, Services
    from app.ui.widgets.controls import Button

PANEL_PX: Final = 380
TO_DO: Final = "ph.circle"
LOOKS: Final = (FirstStep.DEVICES, FirstStep.NORMAL)
"""Steps for which the camera and the microphone are open."""


class FirstRunPage(LookingPage):
    """One step at a time, from the first that is not done yet."""

    agreement_wanted = Signal()
    normal_measured = Signal(object)
    """The Baseline of the calibration."""
    scenario_wanted = Signal(str)
    left = Signal()

    def __init__(self, services: Services, *, lead_in_ms: int | None = None) -> None:
        super().__init__(services, lead_in_ms=lead_in_ms)
        self.step = FirstStep.DEVICES
        self.runner = LiveRunner(services, self)
        self.bridge = LiveBridge(self, self)
        self.signs: dict[FirstStep, Button] = {}
        self.title = label("", "section", wrap=True)
        self.what = label("", "lead", wrap=True)
        self.next = button("", kind="primary", icon="next")
        self.skip = button(self.tr("Skip this step"))
        self.leave_button = button(self.tr("Later"), kind="quiet")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        steps = row(space=Space.SMALL)
        for number, step in enumerate(STEPS, 1):
            made = button(f"{number}.  {step_names()[step]}", kind="step", icon=TO_DO)
            made.setCheckable(True)
            made.clicked.connect(lambda _=False, wanted=step: self.show_step(wanted))
            self.signs[step] = made
            steps.addWidget(made)
        steps.addStretch(1)
        self._panel = QStackedWidget()
        self._plain = QWidget()
        for one in (self._plain, self.devices, self.calibration):
            self._panel.addWidget(one)
        inside = column(
            self.title, self.what, Space.SMALL, self._panel, Space.SMALL, self.next, self.skip,
            margin=Space.LARGE,
        )  # fmt: skip
        frame = card()
        frame.setFixedWidth(PANEL_PX)
        frame.setLayout(inside)
        self._middle = FirstRunMiddle(self._services, self.stage)
        beside = column(frame, None)
        beside.setStretch(1, 1)
        middle = row(self._middle, beside, space=Space.LARGE)
        middle.setStretch(0, 1)
        head = row(label(self.tr("First steps"), "page"), None, self.leave_button)
        content = column(
            head,
            label(self.tr("Five minutes, once. Each step can be skipped, and done again later."),
                  "lead-quiet", wrap=True),
            self.notice,
            steps,
            Space.HAIR,
            middle,
        )  # fmt: skip
        content.setStretch(5, 1)
        content.setContentsMargins(Space.WIDE, Space.LARGE, Space.WIDE, Space.LARGE)
        self.setLayout(centred(content, STAGE_PX))

    def _connect(self) -> None:
        self.next.clicked.connect(self._on_next)
        self.skip.clicked.connect(self._on_skip)
        self.leave_button.clicked.connect(self.left)
        self.keys.add("Ctrl+Return", self.tr("Go on"), self._on_next, button=self.next)
        self.keys.add("K", self.tr("Skip this step"), self._on_skip, button=self.skip)
        self.keys.add("Escape", self.tr("Later"), self._on_escape)
        show_keys(self.leave_button, self.tr("Later, from Home or the settings"), "Esc")
        self.devices.ready.connect(self._preview)
        self.notice.acted.connect(self._preview)
        self.runner.began.connect(self._on_began)
        self.runner.failed.connect(lambda _, error: self.notice.tell_error(error))
        self.calibration.finished.connect(self._on_calibrated)
        self.calibration.left.connect(lambda: self.show_step(FirstStep.NORMAL))

    # --- coming and going -------------------------------------------------------------------

    def enter(self, *, again: bool = False) -> None:
        """Come to the front with the first step that is not done; from the first one, again."""
        done = frozenset() if again else done_steps(self._services)
        left = [step for step in STEPS if step not in done]
        self.notice.hide()
        self.show_step(left[0] if left else STEPS[0])

    def leave(self) -> None:
        """Let the devices go."""
        if self._panel.currentWidget() is self.calibration and self.calibration.step is not None:
            self.calibration.blockSignals(True)
            self.calibration.leave()
            self.calibration.blockSignals(False)
        self._close()

    def close_devices(self) -> None:
        """Stop and wait: the program ends."""
        self.bridge.release()
        self.runner.close()

    def close_preview(self, then: Callable[[], None]) -> None:
        """Let the devices go, then do this; nothing where they are not looked at."""
        if self.step in LOOKS:
            self._close(then)

    def _close(self, then: Callable[[], None] | None = None) -> None:
        self.devices.stop_looking()
        self.bridge.release()
        self._live = None
        self.runner.stop(then)

    def show_step(self, step: FirstStep) -> None:
        """Show a step, done or not."""
        self.step = step
        done = done_steps(self._services)
        names = step_names()
        for one, sign in self.signs.items():
            sign.setChecked(one is step)
            sign.set_icon("good" if one in done else TO_DO)
            told_done = self.tr("{name}, done").format(name=names[one])
            sign.setAccessibleName(told_done if one in done else names[one])
        title, what, go_on = step_texts(self._services, step)
        self.title.setText(title)
        self.what.setText(what)
        self._name_next(go_on)
        self.skip.setText(self.tr("Skip this step"))
        self._show_panel(self.devices if step is FirstStep.DEVICES else self._plain)
        self.next.show()
        self.skip.show()
        self._middle.show_step(step)
        if step in LOOKS:
            if self._live is None:
                self.look_for_devices()
        else:
            self.notice.hide()
            self._close()
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name_next(self, words: str) -> None:
        """Name what comes next; nobody says "That is me" to a picture that is not there."""
        if self.step is FirstStep.DEVICES and self.devices.camera_id is None:
            words = self.tr("Go on")
        self._call_next(words)

    def _call_next(self, words: str) -> None:
        self.next.setText(words)
        self.next.setAccessibleName(words)

    def _show_panel(self, wanted: QWidget) -> None:
        """Show this, as high as it is and no higher."""
        for one in (self._plain, self.devices, self.calibration):
            policy = QSizePolicy.Policy.Preferred if one is wanted else QSizePolicy.Policy.Ignored
            one.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        self._panel.setCurrentWidget(wanted)
        self._panel.setVisible(wanted is not self._plain)

    # --- devices ----------------------------------------------------------------------------

    def _preview(self) -> None:
        if self.step not in LOOKS:
            return
        self._name_next(step_texts(self._services, self.step)[2])
        self.await_picture()
        if self.devices.none:
            self._close()
            return
        self.runner.start(
            LivePlan(
                camera=self.devices.camera_id, microphone=self.devices.microphone_id,
                baseline=None, focus=None, switched_off=frozenset(), keep=KeepPolicy.NOTHING,
                checklist="", title="", preview=True,
            )
        )  # fmt: skip

    def _on_began(self, live: Live) -> None:
        self._live = live
        self.bridge.watch(live)

    def show_numbers(self, snapshot: Snapshot) -> None:
        """Show advice and faults; a camera that does not answer shows nobody."""
        super().show_numbers(snapshot)
        if self.step is not FirstStep.DEVICES:
            return
        gone = any(fault.sense is Sense.VISION for fault in snapshot.faults)
        if gone and not self.stage.video.has_picture:
            self._call_next(self.tr("Go on"))
        else:
            self._name_next(step_texts(self._services, self.step)[2])

    # --- going on ---------------------------------------------------------------------------

    def _on_next(self) -> None:
        if self.step is FirstStep.CONSENT:
            self.agreement_wanted.emit()
        elif self.step is FirstStep.NORMAL:
            self._begin_normal()
        elif self.step is FirstStep.SESSION:
            scenario = easy_scenario(self._services)
            self.scenario_wanted.emit(scenario.id if scenario is not None else "")
        # After picture and sound the agreement: its own page says it all, nobody reads it twice.
        elif self._passed() is FirstStep.CONSENT:
            self.agreement_wanted.emit()

    def _on_skip(self) -> None:
        if self._panel.currentWidget() is self.calibration:
            self.calibration.skip()
        else:
            self._passed()

    def _passed(self) -> FirstStep | None:
        """Go on to the next step that is not done, and name it; after the last one, home."""
        pass_step(self._services, self.step)
        done = done_steps(self._services)
        at = STEPS.index(self.step)
        later = [step for step in STEPS[at + 1 :] if step not in done]
        if later:
            self.show_step(later[0])
            return later[0]
        self.left.emit()
        return None

    def _on_escape(self) -> None:
        if self._panel.currentWidget() is self.calibration:
            self.calibration.leave()
        else:
            self.left.emit()

    def _begin_normal(self) -> None:
        if self.devices.none:
            self.notice.tell(
                self.tr("There is no camera and no microphone to measure with."),
                self.tr("Choose one under Picture and sound, or skip this step."),
            )
        if self._live is None:
            return
        self._show_panel(self.calibration)
        # Before the button goes: the focus would wander to Home, and Enter leave the page.
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.next.hide()
        self.skip.hide()
        self.calibration.begin()

    def _on_calibrated(self) -> None:
        if self._live is not None:
            self.normal_measured.emit(self._live.baseline())
        self._passed()
