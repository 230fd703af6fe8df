from __future__ import annotations

from typing import TYPE_CHECKING

from ui.fake_live import FakeDevice

from app.ui.widgets.device_picker import DevicePicker

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_the_names_of_alsa_are_shown_in_words_and_its_ids_stay(qtbot: QtBot) -> None:
    picker = DevicePicker("Microphone", "No microphone")
    qtbot.addWidget(picker)
    names = ("default", "pulse", "Headset")
    picker.offer([FakeDevice(f"{name} | ALSA", name) for name in names], None, ())
    at = [picker.box.itemText(place) for place in range(3)]
    assert at == ["System default", "System default (PulseAudio)", "Headset"]
    assert picker.current == "default | ALSA"
