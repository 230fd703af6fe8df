"""What pages with a live picture share: devices, picture and level, and an own normal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.coach.types import Sense
from app.ui.keys import KeyMap
from app.ui.widgets.calibration_panel import CalibrationPanel
from app.ui.widgets.device_choices import DeviceChoices
from app.ui.widgets.notice import Notice
from app.ui.widgets.stage import CameraStage

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.session.plan import Snapshot
    from app.ui.services import Live, Services
    from vision.types import Frame


class LookingPage(QWidget):
    """One looks into it as into a mirror; the preview that runs is `live`."""

    def __init__(self, services: Services, *, lead_in_ms: int | None = None) -> None:
        super().__init__()
        self._services = services
        self._live: Live | None = None
        self._watched = False
        self.setObjectName("page")
        self.keys = KeyMap(self)
        self.notice = Notice(self.tr("Try again"))
        self.stage = CameraStage()
        self.devices = DeviceChoices(services)
        self.calibration = (
            CalibrationPanel() if lead_in_ms is None else CalibrationPanel(lead_in_ms=lead_in_ms)
        )
        self.calibration.step_wanted.connect(self._on_calibrate_step)

    def look_for_devices(self) -> None:
        """List what is there; the devices say when they are ready."""
        watch = self._services.watch_microphones
        if watch is not None and not self._watched:
            self._watched = True
            watch(self, lambda: self.calibration.step is None, self._on_plugged)
        self.stage.video.show_empty("camera", self.tr("Looking for cameras"))
        self.devices.look_for(self.notice.tell_error)

    def _on_plugged(self) -> None:
        """Close the preview first: its microphone would hold the list as it was."""
        if self.isVisible():
            self.devices.stop_looking()
            self.close_preview(self.look_for_devices)

    def close_preview(self, then: Callable[[], None]) -> None:
        """Let the devices go, then do this, unless something else was wanted meanwhile."""
        raise NotImplementedError

    def await_picture(self) -> None:
        """Say what the picture waits for, or that there will be none."""
        self.notice.hide()
        if self.devices.none:
            self.stage.video.show_empty("camera_off", self.tr("No camera and no microphone"))
        elif self.devices.camera_id is None:
            self.stage.video.show_empty("camera_off", self.tr("No camera: voice only"))
        else:
            self.stage.video.show_empty("camera", self.tr("Opening the camera"))

    # --- what the bridge brings -------------------------------------------------------------

    def show_picture(self, frame: Frame | None) -> None:
        """Show the newest picture."""
        self.stage.show_picture(frame)

    def show_state(self, snapshot: Snapshot) -> None:
        """Show the level and the calibration's progress."""
        self.devices.level.show_level(snapshot.level_dbfs)
        self.calibration.show_state(snapshot)

    def show_numbers(self, snapshot: Snapshot) -> None:
        """Show one sentence of advice, and what does not work."""
        self.stage.show_numbers(snapshot)
        voice = snapshot.voice
        self.devices.reception.show_reception(voice.reception if voice is not None else None)
        if snapshot.faults:
            self.notice.tell(snapshot.faults[0].what, snapshot.faults[0].remedy)
        if any(fault.sense is Sense.VISION for fault in snapshot.faults):
            self.stage.video.show_empty("camera_off", self.tr("No picture"))

    def _on_calibrate_step(self, step: object) -> None:
        if self._live is not None:
            self._live.calibrate(step)  # type: ignore[arg-type]  # signals carry objects
