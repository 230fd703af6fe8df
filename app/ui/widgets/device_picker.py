"""Choosing a camera or a microphone, a network camera's address among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.ui.style import Space
from app.ui.texts import told
from app.ui.widgets.controls import button, column, label, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.services import Device

NONE_ID: Final = "none"
"""Chosen on purpose: no camera, no microphone."""
NETWORK_ID: Final = "network"
"""The line that opens the address field."""
ADDRESS_STARTS: Final = ("http://", "https://", "rtsp://")
USUAL_START: Final = "http://"
"""Taken for an address that says none, as a browser does."""
ALSA_ENDS: Final = " | ALSA"
"""How the id of a microphone of Linux' own sound system ends."""


class DevicePicker(QWidget):
    """A list of devices; `chosen` tells when a person picked another one."""

    chosen = Signal(str)

    def __init__(self, name: str, none_text: str, *, network: bool = False) -> None:
        super().__init__()
        self._none_text = none_text
        self._network = network
        self.box = QComboBox()
        self.box.setAccessibleName(name)
        self.box.setPlaceholderText(self.tr("Looking…"))
        self.box.setMinimumContentsLength(12)
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.address = QLineEdit()
        self.address.setPlaceholderText("http://192.168.0.20:8080/video")
        self.address.setAccessibleName(self.tr("Address of the network camera"))
        self.connect_button = button(self.tr("Connect"))
        self.connect_button.clicked.connect(self._on_connect)
        self.address.returnPressed.connect(self._on_connect)
        self._wrong = label(
            self.tr("An address begins with http://, https:// or rtsp://"), "quiet", wrap=True
        )
        line = row(self.address, self.connect_button, space=Space.SMALL)
        self._field = QWidget()
        self._field.setLayout(column(line, self._wrong, space=Space.HAIR))
        self._wrong.hide()
        self._field.hide()
        self._title = label(name, "strong")
        self.setLayout(column(self._title, self.box, self._field, space=Space.HAIR))
        self.box.activated.connect(self._on_activated)

    def hide_title(self) -> None:
        """Leave the name out where it stands beside already."""
        self._title.hide()

    def offer(self, devices: Sequence[Device], wanted: str | None, addresses: Sequence[str]) -> str:
        """List the devices and select one; returns the id that is selected now.

        Without a wish, or where the wished one is gone, it is the first device, or none.
        """
        self.box.blockSignals(True)
        self.box.clear()
        for device in devices:
            self.box.addItem(self._shown(device), device.id)
        for address in addresses:
            self.box.addItem(address, address)
        if self._network:
            self.box.addItem(self.tr("Network camera…"), NETWORK_ID)
        self.box.addItem(self._none_text, NONE_ID)
        known = [self.box.itemData(at) for at in range(self.box.count())]
        first = devices[0].id if devices else NONE_ID
        self.box.setCurrentIndex(known.index(wanted if wanted in known else first))
        self.box.blockSignals(False)
        return self.current

    def _shown(self, device: Device) -> str:
        """Name a device; what ALSA calls its ways to the system's sound tells nobody anything."""
        plain = {
            f"default{ALSA_ENDS}": self.tr("System default"),
            f"pulse{ALSA_ENDS}": self.tr("System default (PulseAudio)"),
            f"pipewire{ALSA_ENDS}": self.tr("System default (PipeWire)"),
        }
        return plain.get(device.id) or told(device.name)

    @property
    def current(self) -> str:
        """Id of the selected device, or NONE_ID."""
        data = self.box.currentData()
        return NONE_ID if data in (None, NETWORK_ID) else str(data)

    def _on_activated(self) -> None:
        network = self.box.currentData() == NETWORK_ID
        self._field.setVisible(network)
        if network:
            self.address.setFocus()
        else:
            self.chosen.emit(self.current)

    def _on_connect(self) -> None:
        text = self.address.text().strip()
        if text and "://" not in text:
            text = USUAL_START + text
        place = text.partition("://")[2]
        whole = bool(place) and not set(place) & set(" \t")
        fits = text.lower().startswith(ADDRESS_STARTS) and whole
        self._wrong.setVisible(not fits)
        if not fits:
            self.address.setFocus()
            return
        at = self.box.findData(text)
        if at < 0:
            at = self.box.findData(NETWORK_ID)
            self.box.insertItem(at, text, text)
        self.box.setCurrentIndex(at)
        self.box.setFocus()
        self._field.hide()
        self.chosen.emit(text)
