"""The self-check from its door to its end, with a network camera and a virtual microphone."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from app.coach.self_check import DeviceState, Step
from app.coach.types import Sense
from app.settings import Settings
from app.ui.application import build_services, build_window
from app.ui.pages.check import CheckPage
from app.ui.style import apply_theme

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.store.store import Store
    from tests.e2e.emulated import NetworkCamera, PulseServer
    from tests.e2e.rig import Clip

pytestmark = [pytest.mark.devices, pytest.mark.alone]

LONGEST_S = 180.0
"""Twice what it promises, for a busy machine; test_check_page holds the promise by its clock."""
STARTS_MS = 120_000
"""Models that load on a busy machine; the check's own limits are its own."""


class Walk:
    """Plays the clip's picture as the person is looked at, and its speech when it is their turn."""

    def __init__(
        self, page: CheckPage, camera: NetworkCamera, room: PulseServer, clip: Clip
    ) -> None:
        self._page = page
        self._camera = camera
        self._room = room
        self._clip = clip
        self.began: dict[Step, float] = {}
        self.playing: subprocess.Popen[bytes] | None = None

    def over(self) -> bool:
        """Look which step it is, and do what a person would."""
        walk = self._page.walk
        if walk is None:
            return False
        if walk.step not in self.began:
            self.began[walk.step] = time.monotonic()
            if walk.step is Step.LIGHT:
                self._camera.begin()  # arms crossed from 3 s to 9 s
            elif walk.step is Step.GREETING:
                assert self._clip.wav is not None
                self.playing = self._room.play(self._clip.wav)  # talk from 1 s to 7.5 s
        return walk.step is Step.END


def test_from_the_door_to_the_end(
    qtbot: QtBot,
    qapp: QApplication,
    store: Store,
    clip: Clip,
    cameras: Callable[..., NetworkCamera],
    room: PulseServer,
    microphone: str,
) -> None:
    apply_theme(qapp, "light")
    person = store.ensure_person("Ana")
    camera = cameras(clip)
    settings = Settings(
        person_id=person.id, person_name="Ana", camera=camera.url, microphone=microphone
    )
    services = build_services(store, settings)
    window = build_window(services)
    qtbot.addWidget(window)
    window.show()
    window.go("check")
    page = window._pages["check"]
    assert isinstance(page, CheckPage)
    walk = Walk(page, camera, room, clip)
    try:
        qtbot.waitUntil(walk.over, timeout=2 * STARTS_MS)
        lines = [one.text for one in page.end.lines]
        found = page.walk.checked() if page.walk is not None else None
        qtbot.waitUntil(lambda: page.room.live is None)
    finally:
        if walk.playing is not None:
            walk.playing.kill()
            walk.playing.wait()
        window.close()
        services.background.close()
    assert found is not None
    assert list(walk.began) == list(Step)
    assert walk.began[Step.END] - walk.began[Step.DEVICES] <= LONGEST_S
    assert found.devices == dict.fromkeys(Sense, DeviceState.WORKS)
    assert any(text.startswith("Arms crossed for") for text in lines), lines
    pace = next(fact for fact in found.voice if fact.id == "pace")
    assert pace.value is not None
    assert 2.0 < pace.value < 9.0
    assert page.end.thing.text()
    assert store.sessions() == []
    assert list(store.path.parent.rglob("*.mkv*")) == []
