"""First steps: one after the other, each skippable and repeatable, resumed where they were left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from store_cases import a_baseline
from ui.fake_live import blank_snapshot
from ui.practice_pages import folder, stagehand

from app.coach.calibration import CalibrationStep
from app.coach.types import Sense
from app.session.plan import Fault, LivePlan
from app.store.types import KeepPolicy
from app.ui.consenting import current_person, enter_consent
from app.ui.first_steps import FirstStep, done_steps, easy_scenario, next_step
from app.ui.pages.first_run import FirstRunPage
from app.ui.profiles import first_page
from app.ui.widgets.device_picker import NONE_ID
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot
    from ui.fake_live import Stagehand

__all__ = ["folder", "stagehand"]


@pytest.fixture
def window(qtbot: QtBot, dressed: QApplication, stagehand: Stagehand) -> MainWindow:
    """The window of somebody who starts for the first time."""
    made = MainWindow(stagehand.services)
    qtbot.addWidget(made)
    made.show()
    made.show_page(first_page(stagehand.services))
    return made


def page_of(window: MainWindow) -> FirstRunPage:
    page = window.stack.currentWidget()
    assert isinstance(page, FirstRunPage)
    return page


def seen(qtbot: QtBot, window: MainWindow, stagehand: Stagehand) -> FirstRunPage:
    page = page_of(window)
    qtbot.waitUntil(lambda: bool(stagehand.lives) and not page.runner.busy)
    return page


def test_the_first_start_begins_with_picture_and_sound_and_records_nothing(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    page = seen(qtbot, window, stagehand)
    assert page.step is FirstStep.DEVICES
    assert all(live.plan.preview and live.plan.keep is KeepPolicy.NOTHING
               for live in stagehand.lives)  # fmt: skip
    assert stagehand.store.persons() == []
    assert page.next.text() == "That is me"
    camera = page.devices.camera.box
    camera.setCurrentIndex(camera.findData(NONE_ID))
    camera.activated.emit(camera.currentIndex())
    assert page.next.text() == "Go on", "there is no picture to be anybody"
    page.next.click()
    assert page.step is FirstStep.CONSENT
    window.close()


def test_agreeing_leads_back_to_the_next_step(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    page = seen(qtbot, window, stagehand)
    page.next.click()
    assert window.page == "consent", "at once: nobody reads it twice"
    window.consent.decline.click()
    assert window.page == "first"
    assert page.step is FirstStep.CONSENT, "it can be skipped here, or agreed to after all"
    page.next.click()
    assert window.page == "consent"
    window.consent.name.setText("Ana")
    window.consent.agree.click()
    assert window.page == "first"
    assert page_of(window).step is FirstStep.NORMAL
    assert current_person(stagehand.services) is not None
    window.close()


def test_the_own_normal_is_there_for_the_first_session(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    enter_consent(stagehand.services, "Ana", KeepPolicy.REPORT_ONLY, 30)
    page = seen(qtbot, window, stagehand)
    page.show_step(FirstStep.NORMAL)
    page.next.click()
    assert window.focusWidget() is page, "not on Home in the rail, where Enter would leave"
    for step in (CalibrationStep.ROOM, CalibrationStep.FACE, CalibrationStep.TALK):
        page.calibration.measure()
        assert stagehand.live.steps[-1] is step
        stagehand.live.progress(step, 1.0)
        page.bridge.look()
    assert page.step is FirstStep.SESSION
    assert FirstStep.NORMAL in done_steps(stagehand.services)
    window.close()


@pytest.mark.parametrize("policy", list(KeepPolicy))
def test_the_own_normal_outlives_the_program_unless_nothing_is_kept(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand, policy: KeepPolicy
) -> None:
    enter_consent(stagehand.services, "Ana", policy, 30)
    person = current_person(stagehand.services)
    assert person is not None
    made = a_baseline()
    window.doors.normal_measured.emit(made)
    window.close()
    stagehand.services.background.close()
    kept = stagehand.store.own_normals.of(person.id)
    assert kept == (None if policy is KeepPolicy.NOTHING else made)


def test_nobody_who_did_not_agree_has_an_own_normal_on_disk(
    window: MainWindow, stagehand: Stagehand
) -> None:
    stagehand.services.choices.change(person_name="Ana")
    window.doors.normal_measured.emit(a_baseline())
    window.close()
    stagehand.services.background.close()
    assert not (stagehand.store.path.parent / "own_normals").exists()


def test_every_step_can_be_skipped_and_then_home_is_home(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    page = seen(qtbot, window, stagehand)
    for step in FirstStep:
        assert page.step is step
        page.skip.click()
    assert window.page == "home"
    assert stagehand.services.choices.now.first_run_over
    assert first_page(stagehand.services) == "home"
    window.close()


def test_it_goes_on_where_it_was_left_and_can_be_done_again(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    page = seen(qtbot, window, stagehand)
    page.next.click()
    page.leave_button.click()
    assert window.page == "home"
    assert window.home.first.isVisible()
    assert next_step(stagehand.services) is FirstStep.CONSENT
    window.home.first.practise.click()
    assert page_of(window).step is FirstStep.CONSENT
    page.show_step(FirstStep.DEVICES)
    assert page.step is FirstStep.DEVICES, "a step that is done can be done once more"
    stagehand.services.choices.change(first_run_over=True)
    window.show_page("home")
    assert not window.home.first.isVisible()
    window.show_page("first")
    assert page_of(window).step is FirstStep.DEVICES, "from the settings it begins anew"
    window.close()


def test_the_first_conversation_is_an_easy_one(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    enter_consent(stagehand.services, "Ana", KeepPolicy.REPORT_ONLY, 30)
    page = seen(qtbot, window, stagehand)
    page.show_step(FirstStep.SESSION)
    page.next.click()
    scenario = easy_scenario(stagehand.services)
    assert scenario is not None
    assert window.page == "prepare"
    assert window.flow.scenario == scenario
    window.close()


def test_leaving_lets_the_devices_go(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    page = seen(qtbot, window, stagehand)
    window.go("home")
    qtbot.waitUntil(lambda: page.runner.live is None and not page.runner.busy)
    assert stagehand.live.state == "stopped"
    assert isinstance(stagehand.live.plan, LivePlan)
    window.close()


def test_whoever_leaves_the_first_steps_at_once_finds_them_on_home(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    seen(qtbot, window, stagehand)
    window.show_page("settings")
    window.show_page("home")
    assert not window.home.first.isHidden()
    window.close()


def test_where_the_camera_does_not_answer_nothing_is_said_to_be_opening(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    page = seen(qtbot, window, stagehand)
    gone = Fault(Sense.VISION, "The network camera does not answer.", "Check its address.")
    page.show_numbers(blank_snapshot(faults=(gone,)))
    assert page.stage.video.empty_text == "No picture"
    assert page.notice.text == gone.what
    assert page.next.text() == "Go on", "there is no picture to be anybody"
    page.show_numbers(blank_snapshot())
    assert page.next.text() == "That is me", "it answers again"
    silent = Fault(Sense.VOICE, "The microphone is silent.", "Check that it is switched on.")
    page.show_numbers(blank_snapshot(faults=(silent,)))
    assert page.next.text() == "That is me", "the camera is still being opened"
    window.close()
