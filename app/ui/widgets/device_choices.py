"""Camera and microphone of the set-up page: listed, chosen, remembered, with the level below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.style import Space
from app.ui.waiting import Waiter
from app.ui.widgets.controls import column
from app.ui.widgets.device_picker import ADDRESS_STARTS, NONE_ID, DevicePicker
from app.ui.widgets.level import LevelMeter
from app.ui.widgets.reception import ReceptionLine

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from app.errors import AppError
    from app.ui.services import Device, Services

ADDRESSES: Final = 5
"""So many network cameras are remembered."""


class DeviceChoices(QWidget):
    """Two pickers and a level meter."""

    ready = Signal()
    """What is there has been listed, or another device was chosen."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._waiter: Waiter[tuple[list[Device], list[Device]]] | None = None
        self.camera = DevicePicker(self.tr("Camera"), self.tr("No camera"), network=True)
        self.microphone = DevicePicker(self.tr("Microphone"), self.tr("No microphone"))
        self.level = LevelMeter()
        self.reception = ReceptionLine()
        self.setLayout(column(self.camera, Space.HAIR, self.microphone, self.level, self.reception))
        self.camera.chosen.connect(self._on_camera)
        self.microphone.chosen.connect(self._on_microphone)

    @property
    def camera_id(self) -> str | None:
        """The chosen camera; None for none."""
        return None if self.camera.current == NONE_ID else self.camera.current

    @property
    def microphone_id(self) -> str | None:
        """The chosen microphone; None for none."""
        return None if self.microphone.current == NONE_ID else self.microphone.current

    @property
    def none(self) -> bool:
        """Whether neither is chosen."""
        return self.camera_id is None and self.microphone_id is None

    def look_for(self, failed: Callable[[AppError], None]) -> None:
        """List what is there, beside the screen: it may take seconds."""
        self.stop_looking()
        services = self._services
        future: Future[tuple[list[Device], list[Device]]] = services.background.run(
            lambda: (list(services.cameras()), list(services.microphones()))
        )
        self._waiter = Waiter(future, self._on_devices, failed, self)

    def stop_looking(self) -> None:
        """Let a list that is on its way go: the page is left, or a session starts."""
        if self._waiter is not None:
            self._waiter.drop()
            self._waiter = None

    def _on_devices(self, found: tuple[list[Device], list[Device]]) -> None:
        settings = self._services.choices.now
        self.camera.offer(found[0], settings.camera, settings.network_cameras)
        self.microphone.offer(found[1], settings.microphone, ())
        self.ready.emit()

    def _on_camera(self, device: str) -> None:
        known = self._services.choices.now.network_cameras
        if device.lower().startswith(ADDRESS_STARTS) and device not in known:
            cameras = (device, *known)[:ADDRESSES]
            self._services.choices.change(camera=device, network_cameras=cameras)
        else:
            self._services.choices.change(camera=device)
        self.ready.emit()

    def _on_microphone(self, device: str) -> None:
        self._services.choices.change(microphone=device)
        self.ready.emit()
