"""A microphone comes or goes while the window is open: the lists follow, a session does not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from ui.fake_live import FakeDevice, agree
from ui.practice_pages import folder, stagehand

from app.ui.first_steps import FirstStep
from app.ui.pages.first_run import FirstRunPage
from app.ui.pages.settings import SettingsPage
from app.ui.pages.settings_sections import DevicesSection, HintsSection
from app.ui.plugs import MicrophoneWatch
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot
    from ui.fake_live import Stagehand

    from app.ui.widgets.device_picker import DevicePicker

__all__ = ["folder", "stagehand"]

USB = FakeDevice("usb", "USB headset")


class Plugs:
    """Stands for the system, which says that something changed."""

    def __init__(self, stagehand: Stagehand) -> None:
        self.told: list[tuple[Callable[[], bool], Callable[[], object]]] = []
        self.running: list[int] = []
        """How many sessions and previews ran at each look at what is there."""
        self.meanwhile: Callable[[], object] | None = None
        """What somebody does while the list is on its way."""
        self._stagehand = stagehand
        stagehand.services = replace(
            stagehand.services, watch_microphones=self.watch, microphones=self.listed
        )

    def watch(self, _: QObject, ready: Callable[[], bool], changed: Callable[[], object]) -> None:
        self.told.append((ready, changed))

    def listed(self) -> list[FakeDevice]:
        self.running.append(open_ones(self._stagehand))
        if self.meanwhile is not None:
            QTimer.singleShot(0, self.meanwhile)
        return self._stagehand.microphones

    def change(self, *devices: FakeDevice) -> None:
        self._stagehand.microphones = list(devices)
        for ready, changed in self.told:
            if ready():
                changed()


@pytest.fixture
def plugs(stagehand: Stagehand) -> Plugs:
    agree(stagehand.services)
    return Plugs(stagehand)


@pytest.fixture
def window(qtbot: QtBot, dressed: QApplication, stagehand: Stagehand, plugs: Plugs) -> MainWindow:
    made = MainWindow(stagehand.services)
    qtbot.addWidget(made)
    made.show()
    return made


def offered(picker: DevicePicker) -> list[str]:
    return [picker.box.itemText(at) for at in range(picker.box.count())]


def set_up(qtbot: QtBot, window: MainWindow, stagehand: Stagehand) -> None:
    """Show the set-up page until its preview runs."""
    window.show_page("practise")
    qtbot.waitUntil(lambda: open_ones(stagehand) == 1 and not window.runner.busy)


def open_ones(stagehand: Stagehand) -> int:
    return sum(live.state == "running" for live in stagehand.lives)


def at_that_moment(plugs: Plugs, act: Callable[[], object], *, listing: bool) -> None:
    """Do something while the preview is being closed for the list, or while the list comes."""
    if listing:
        plugs.meanwhile = act
    plugs.change(USB)
    if not listing:
        act()


def test_a_headset_appears_on_the_set_up_page_and_the_choice_stays(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand, plugs: Plugs
) -> None:
    stagehand.services.choices.change(microphone="headset")
    set_up(qtbot, window, stagehand)
    microphone = window.practise.devices.microphone
    assert "USB headset" not in offered(microphone)
    plugs.change(USB, *stagehand.microphones)
    qtbot.waitUntil(lambda: "USB headset" in offered(microphone))
    qtbot.waitUntil(lambda: len(stagehand.lives) == 2 and not window.runner.busy)
    assert microphone.current == "headset"
    assert stagehand.live.plan.preview
    assert stagehand.live.plan.microphone == "headset"
    assert open_ones(stagehand) == 1
    assert plugs.running == [0, 0], "PortAudio starts anew only while nothing listens"


def test_a_chosen_one_that_is_pulled_and_put_back_is_taken_again(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand, plugs: Plugs
) -> None:
    stagehand.services.choices.change(microphone="headset")
    before = stagehand.microphones
    set_up(qtbot, window, stagehand)
    plugs.change(before[0])
    qtbot.waitUntil(lambda: len(stagehand.lives) == 2 and not window.runner.busy)
    assert window.practise.devices.microphone.current == before[0].id
    plugs.change(*before)
    qtbot.waitUntil(lambda: len(stagehand.lives) == 3 and not window.runner.busy)
    assert stagehand.live.plan.microphone == "headset"


@pytest.mark.parametrize("listing", [False, True])
def test_a_start_at_that_moment_wins_and_no_preview_comes_after_it(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand, plugs: Plugs, *, listing: bool
) -> None:
    set_up(qtbot, window, stagehand)
    at_that_moment(plugs, window.practise.start.click, listing=listing)
    qtbot.waitUntil(lambda: not stagehand.live.plan.preview and not window.runner.busy)
    made = len(stagehand.lives)
    plugs.change()  # during a session: not even looked at
    assert window.practise.devices._waiter is None, "no list is on its way"
    assert (window.page, len(stagehand.lives)) == ("live", made)
    assert open_ones(stagehand) == 1
    assert set(plugs.running) == {0}
    window.room.release()


@pytest.mark.parametrize("listing", [False, True])
def test_who_leaves_the_page_meanwhile_has_no_preview_opened_behind(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand, plugs: Plugs, *, listing: bool
) -> None:
    set_up(qtbot, window, stagehand)
    at_that_moment(plugs, lambda: window.show_page("home"), listing=listing)
    qtbot.waitUntil(lambda: window.page == "home" and not window.runner.busy)
    assert window.practise.devices._waiter is None, "no list is on its way"
    assert open_ones(stagehand) == 0


def test_nobody_is_interrupted_in_the_middle_of_the_own_normal(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand, plugs: Plugs
) -> None:
    set_up(qtbot, window, stagehand)
    ((ready, _),) = plugs.told
    assert ready()
    window.practise.calibration.begin()
    assert not ready()
    window.practise.calibration.leave()
    assert ready()


def test_the_first_steps_follow_too_and_only_where_devices_are_looked_at(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand, plugs: Plugs
) -> None:
    window.show_page("first")
    page = window.stack.currentWidget()
    assert isinstance(page, FirstRunPage)
    page.show_step(FirstStep.DEVICES)
    qtbot.waitUntil(lambda: open_ones(stagehand) == 1 and not page.runner.busy)
    plugs.change(USB)
    qtbot.waitUntil(lambda: offered(page.devices.microphone)[0] == "USB headset")
    qtbot.waitUntil(lambda: open_ones(stagehand) == 1 and not page.runner.busy)
    page.show_step(FirstStep.CONSENT)
    qtbot.waitUntil(lambda: open_ones(stagehand) == 0 and not page.runner.busy)
    looked = len(plugs.running)
    plugs.change()
    assert len(plugs.running) == looked


def test_the_settings_follow_at_once_or_when_the_devices_are_looked_at_again(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand, plugs: Plugs
) -> None:
    window.go("settings")
    page = window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    devices = next(one for one in page.sections if isinstance(one, DevicesSection))
    hints = next(one for one in page.sections if isinstance(one, HintsSection))
    qtbot.waitUntil(lambda: "Headset" in offered(devices.microphone))
    page.open_section(devices.name)
    plugs.change(USB)
    qtbot.waitUntil(lambda: offered(devices.microphone)[0] == "USB headset")
    page.open_section(hints.name)
    looked = len(plugs.running)
    plugs.change(FakeDevice("other", "Other headset"))
    assert len(plugs.running) == looked
    page.open_section(devices.name)
    qtbot.waitUntil(lambda: offered(devices.microphone)[0] == "Other headset")


class Inputs:
    """What the system has; the watch is told by hand."""

    def __init__(self, parent: QObject) -> None:
        self.now, self.time = frozenset({"camera"}), True
        self.changes: list[frozenset[str]] = []
        self.watch = MicrophoneWatch(
            parent, lambda: self.time, lambda: self.changes.append(self.now), lambda: self.now
        )
        self.watch.settle.setInterval(0)

    def come_to(self, *names: str) -> None:
        self.now = frozenset(names)
        self.watch.settle.start()


@pytest.fixture
def inputs(qtbot: QtBot) -> Inputs:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = Inputs(parent)
    made.parent = parent  # type: ignore[attr-defined]  # held as long as the test
    return made


def test_a_change_is_told_once_and_going_and_coming_back_is_none(
    qtbot: QtBot, inputs: Inputs
) -> None:
    inputs.come_to("camera")
    inputs.come_to("camera", "headset")
    inputs.come_to("camera")
    qtbot.waitUntil(lambda: not inputs.watch.settle.isActive())
    assert inputs.changes == []
    inputs.come_to("camera", "headset")
    qtbot.waitUntil(lambda: not inputs.watch.settle.isActive())
    assert inputs.changes == [{"camera", "headset"}]


def test_a_change_waits_until_there_is_time(qtbot: QtBot, inputs: Inputs) -> None:
    inputs.time = False
    inputs.come_to("camera", "headset")
    with qtbot.waitSignal(inputs.watch.settle.timeout):
        pass
    assert inputs.changes == []
    inputs.time = True
    qtbot.waitUntil(lambda: inputs.changes == [{"camera", "headset"}])
