"""Going through the program by keys alone: where the keys are, and where one comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui.practice_pages import WANTED, folder, stagehand
from ui.test_every_page import with_sessions

from app.ui.pages.first_run import FirstRunPage
from app.ui.widgets.cards import SessionRow
from app.ui.widgets.device_picker import NONE_ID
from app.ui.widgets.notice import Notice
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot
    from ui.fake_live import Stagehand

__all__ = ["folder", "stagehand"]


@pytest.fixture
def window(qtbot: QtBot, dressed: QApplication, stagehand: Stagehand) -> MainWindow:
    """Ana, who practised twice."""
    with_sessions(stagehand)
    made = MainWindow(stagehand.services)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def rail(window: MainWindow, name: str) -> QWidget:
    button = window.rail._buttons[name]
    button.setFocus(Qt.FocusReason.TabFocusReason)
    return button


def test_enter_opens_a_door_of_the_rail(window: MainWindow) -> None:
    QTest.keyClick(rail(window, "sessions"), Qt.Key.Key_Return)
    assert window.page == "sessions"


def test_on_the_rail_the_keys_of_the_page_still_count(window: MainWindow) -> None:
    QTest.keyClick(rail(window, "settings"), Qt.Key.Key_S)
    assert window.page == "sessions"


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Shift, Qt.Key.Key_Down])
def test_going_through_the_rail_does_not_leave_it(window: MainWindow, key: Qt.Key) -> None:
    button = rail(window, "home")
    QTest.keyClick(button, key)
    assert window.rail.isAncestorOf(window.focusWidget())


@pytest.mark.parametrize("place", ["home", "sessions"])
def test_one_comes_back_to_the_row_that_one_left(
    qtbot: QtBot, window: MainWindow, place: str
) -> None:
    window.show_page(place)
    page = getattr(window, place)
    rows = (page.list.rows if place == "sessions" else _rows(window))[:2]
    name = rows[1].card.accessibleName()
    rows[1].card.click()
    window.show_page("settings")
    window.show_page(place)
    qtbot.waitUntil(lambda: _has_focus(window, name))


def _rows(window: MainWindow) -> list[SessionRow]:
    layout = window.home._recent
    found = [layout.itemAt(at).widget() for at in range(layout.count())]
    return [one for one in found if isinstance(one, SessionRow)]


def _has_focus(window: MainWindow, name: str) -> bool:
    here = window.focusWidget()
    return here is not None and here.accessibleName() == name


def test_the_sessions_begin_at_the_newest_row(window: MainWindow) -> None:
    window.go("sessions")
    assert window.sessions.list.focused() == 0


def test_enter_goes_on_and_not_back(qtbot: QtBot, window: MainWindow, stagehand: Stagehand) -> None:
    window.go("practise")
    flow = window.flow
    flow.scenarios.list.choose(WANTED)
    flow.choose(flow.scenarios.scenario)
    assert window.focusWidget() is flow.prepare.next
    flow.prepare.next.click()
    assert window.focusWidget() is window.practise.start
    qtbot.waitUntil(lambda: bool(stagehand.lives) and not window.runner.busy)
    window.runner.close()


def test_without_a_device_one_stays_where_it_can_be_chosen(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    stagehand.services.choices.change(camera=NONE_ID, microphone=NONE_ID)
    window.go("practise")
    window.flow.choose(None)
    page = window.practise
    with qtbot.waitSignal(page.preview_wanted):
        pass
    with qtbot.waitSignal(page.preview_wanted):
        page.start.click()
    assert window.page == "practise"
    qtbot.waitUntil(lambda: not window.runner.busy)
    window.runner.close()


def test_first_steps_say_why_nothing_can_be_measured(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    stagehand.services.choices.change(camera=NONE_ID, microphone=NONE_ID)
    window.show_page("first")
    page = window.stack.currentWidget()
    assert isinstance(page, FirstRunPage)
    with qtbot.waitSignal(page.devices.ready):
        page._begin_normal()  # nothing is listed yet, and so nothing chosen
    page.notice.hide()
    page._begin_normal()
    assert page.notice.text == "There is no camera and no microphone to measure with."
    assert page.calibration.step is None


def test_the_library_leads_back_to_where_one_came_from(window: MainWindow) -> None:
    for place in ("scenarios", "sessions"):
        window.show_page(place)
        door = window.flow.scenarios.cases if place == "scenarios" else window.sessions.library
        door.click()
        assert window.page == "library"
        marked = "practise" if place == "scenarios" else "sessions"
        assert window.rail._buttons[marked].isChecked()
        library = window.stack.currentWidget()
        library.watch_wanted.emit()
        assert (window.page, window.rail._buttons[marked].isChecked()) == ("watch", True)
        window.stack.currentWidget().closed.emit()
        library.closed.emit()
        assert window.page == place


def test_what_was_done_does_not_look_like_a_warning(qtbot: QtBot, dressed: QApplication) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    notice.confirm("Saved as reply.txt.")
    assert (notice.property("surface"), notice.text) == ("done", "Saved as reply.txt.")
    notice.tell("The disk is full.", "Make room.")
    assert (notice.property("surface"), notice.text) == ("notice", "The disk is full.")
