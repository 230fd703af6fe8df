"""Practise: see and hear oneself, choose, and start."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.coach.practice_types import Speaking
from app.session.plan import LivePlan
from app.session.room import little_room
from app.store.types import KeepPolicy
from app.ui.own_normal import OwnNormal
from app.ui.pages.looking import LookingPage
from app.ui.style import STAGE_PX, Space
from app.ui.texts import told
from app.ui.widgets.controls import button, card, centred, column, label, page_column, row
from app.ui.widgets.cue_switches import CueSwitches
from app.ui.widgets.session_choices import SessionChoices

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.coach.scenario_types import Scenario
    from app.errors import AppError
    from app.ui.services import Live, Services

PANEL_PX: Final = 380
HINT_PAUSES: Final = MappingProxyType({"usual": 1.0, "longer": 2.0, "longest": 4.0})
"""What the times between hints are multiplied with."""


class PractisePage(LookingPage):
    """The set-up: live picture and level on the left, choices on the right, one button."""

    preview_wanted = Signal(object)
    """A LivePlan to show."""
    rest_wanted = Signal(object)
    """The preview is to be closed; what to do then."""
    start_wanted = Signal(object)
    """The LivePlan of the session to come."""
    keep_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, services: Services, *, lead_in_ms: int | None = None) -> None:
        super().__init__(services, lead_in_ms=lead_in_ms)
        self._scenario: Scenario | None = None
        self._role = Speaking.STAFF
        self._told_room = False
        self.normal = OwnNormal(services, self)
        self.choices = SessionChoices(services)
        self.cues = CueSwitches(services.catalogue.rules)
        self.title = label(self.tr("Practise"), "page", wrap=True)
        self.back = button(self.tr("Back"), kind="back", icon="back")
        self.start = button(self.tr("Start"), kind="primary", icon="start")
        self._panel = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = row(self.back, self.title, space=Space.SNUG)
        head.setStretch(1, 1)
        left = column(
            head,
            label(
                self.tr("Stand where you will stand, and look at your picture once."),
                "lead-quiet",
                wrap=True,
            ),
            Space.SMALL,
            self.notice,
            self.stage,
        )
        left.setStretch(4, 1)
        chosen = column(self.devices, self.choices, None, space=Space.SNUG)
        area = page_column(chosen)
        chosen.setContentsMargins(0, 0, 0, 0)
        setup = QWidget()
        setup.setLayout(column(area, self.start))
        for page in (setup, self.calibration, self.cues):
            self._panel.addWidget(page)
        frame = card()
        frame.setFixedWidth(PANEL_PX)
        inside = column(self._panel, margin=Space.LARGE)
        inside.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        frame.setLayout(inside)
        whole = row(left, frame, space=Space.LARGE)
        whole.setStretch(0, 1)
        whole.setContentsMargins(Space.WIDE, Space.LARGE, Space.WIDE, Space.LARGE)
        self.setLayout(centred(whole, STAGE_PX))

    def _connect(self) -> None:
        self.start.clicked.connect(self._on_start)
        self.back.clicked.connect(self._on_escape)
        self.keys.add("Ctrl+Return", self.tr("Start"), self._on_start, button=self.start)
        self.keys.add("N", self.tr("Measure your own normal"), self._on_calibrate)
        self.keys.add("K", self.tr("Skip this step of measuring"), self._on_skip)
        self.keys.add("Escape", self.tr("Back"), self._on_escape, button=self.back)
        self.devices.ready.connect(self._preview)
        self.notice.acted.connect(self._preview)
        self.choices.policy.activated.connect(self._tell_room)
        self.choices.calibrate_wanted.connect(self._on_calibrate)
        self.choices.cues_wanted.connect(lambda: self._panel.setCurrentWidget(self.cues))
        self.choices.keep_wanted.connect(self.keep_wanted)
        self.choices.normal_toggled.connect(self.normal.use)
        self.normal.changed.connect(self._show_normal)
        self.cues.changed.connect(self._on_cues)
        self.cues.closed.connect(self._to_setup)
        self.calibration.finished.connect(self._on_calibrated)
        self.calibration.left.connect(self._to_setup)

    # --- coming and going -------------------------------------------------------------------

    @property
    def role(self) -> Speaking:
        """On which side of the counter the person stands."""
        return self._role

    @property
    def _swapped(self) -> bool:
        """Whether a colleague stands in front of the camera: nobody's own normal is theirs."""
        return self._role is Speaking.CUSTOMER

    def take_scenario(self, scenario: Scenario | None, role: Speaking) -> None:
        """Set up for this conversation, or for a free talk, on this side of the counter."""
        self._scenario, self._role = scenario, role
        self.title.setText(self.tr("Practise") if scenario is None else told(scenario.title))
        self.choices.take_scenario(scenario)

    def enter(self) -> None:
        """Come to the front: list the devices, then show the picture."""
        self._to_setup()
        self.notice.hide()
        self.choices.begin()
        self.cues.show_off(self._services.choices.now.switched_off)
        self.look_for_devices()
        self.normal.find()

    def leave(self) -> None:
        """Go to the back; a calibration that runs is left."""
        self.devices.stop_looking()
        if self._panel.currentWidget() is self.calibration:
            self.calibration.leave()

    def forget(self) -> None:
        """Let go of what the last person set up."""
        self.take_scenario(None, self._role)
        self.choices.title.clear()
        self.normal.forget()

    def attach(self, live: Live) -> None:
        """Take a preview that began; its pictures come through the bridge."""
        self._live = live

    def detach(self) -> None:
        """Let the preview go."""
        self._live = None

    def tell_error(self, error: AppError) -> None:
        """Say what went wrong with the devices, and offer to try again."""
        self.notice.tell_error(error)

    # --- the preview ------------------------------------------------------------------------

    def close_preview(self, then: Callable[[], None]) -> None:
        """Let the devices go, then do this."""
        self.rest_wanted.emit(then)

    def _preview(self) -> None:
        self.await_picture()
        self._tell_room()
        self.devices.level.show_level(None)
        self.preview_wanted.emit(self.plan(preview=True))

    def _tell_room(self) -> None:
        """Say it before, not after: with a full disk there is nothing to replay."""
        keeps = self.choices.keep_policy.keeps_sound
        fault = little_room(self._services.store.path.parent) if keeps else None
        if fault is not None:
            self.notice.tell_error(fault)
        elif self._told_room:
            self.notice.hide()
        self._told_room = fault is not None

    def plan(self, *, preview: bool) -> LivePlan:
        """Put what is chosen now into a plan."""
        settings = self._services.choices.now
        return LivePlan(
            camera=self.devices.camera_id,
            microphone=self.devices.microphone_id,
            baseline=None if preview or self._swapped else self.normal.baseline,
            focus=None if preview else self.choices.focus_id,
            switched_off=frozenset() if preview else frozenset(settings.switched_off),
            keep=KeepPolicy.NOTHING if preview else self.choices.keep_policy,
            checklist="" if preview else self.choices.checklist_id,
            title=self.choices.title.text().strip() or self.tr("Practice"),
            preview=preview,
            scenario="" if preview or self._scenario is None else self._scenario.id,
            role=self._role,
            partner=not preview and self._scenario is None and self.choices.with_partner,
            limits=settings.limits,
            hint_way=settings.hint_way,
            rarer=HINT_PAUSES[settings.hint_pause],
        )

    # --- own normal -------------------------------------------------------------------------

    def _on_calibrate(self) -> None:
        if self._panel.currentIndex() != 0 or self._swapped:
            return
        if self.devices.none:
            self._preview()  # which says so
        if self._live is not None:
            # Before the button goes: the focus would wander off, and Enter leave the page.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._panel.setCurrentWidget(self.calibration)
            self.calibration.begin()

    def _on_skip(self) -> None:
        if self._panel.currentWidget() is self.calibration:
            self.calibration.skip()

    def _on_escape(self) -> None:
        if self._panel.currentWidget() is self.calibration:
            self.calibration.leave()
        elif self._panel.currentWidget() is self.cues:
            self._to_setup()
        else:
            self.back_wanted.emit()

    def _on_calibrated(self) -> None:
        if self._live is not None:
            self.normal.take(self._live.baseline(), self.choices.keep_policy)
        self._to_setup()

    def _show_normal(self) -> None:
        normal = self.normal
        if self._swapped:
            self.choices.leave_normal(
                self.tr("Not used: a colleague stands in front of the camera this time.")
            )
        else:
            self.choices.show_normal(normal.words, has_one=normal.exists, used=normal.used)

    def _on_cues(self, switched_off: tuple[str, ...]) -> None:
        self._services.choices.change(switched_off=switched_off)
        self.choices.refresh()

    def _to_setup(self) -> None:
        self._panel.setCurrentIndex(0)
        self._show_normal()
        self.start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_start(self) -> None:
        if self._panel.currentIndex() != 0:
            return
        if self.devices.none:
            self._preview()  # which says so; the page stays
            return
        self.devices.stop_looking()
        self.start_wanted.emit(self.plan(preview=False))
