"""The self-check's page: by itself, by keys, by a touch; it can be left at any moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from ui.check_cases import CheckCase

from app.coach.self_check import Step
from app.coach.self_check_words import LineKind
from app.errors import AppError
from app.session.plan import Fault
from app.store.types import KeepPolicy
from app.ui.pages.take_five import TakeFivePage
from vision.types import Framing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot
    from ui.fake_live import Stagehand


@pytest.fixture
def case(qtbot: QtBot, dressed: QApplication, stagehand: Stagehand) -> Iterator[CheckCase]:
    """The window on the self-check of somebody who agreed."""
    made = CheckCase(qtbot, stagehand)
    yield made
    made.close()


def shown(case: CheckCase) -> str:
    labels = case.page.findChildren(QLabel)
    return "\n".join(one.text() for one in labels if one.isVisible())


def test_it_has_a_door_in_the_rail(case: CheckCase) -> None:
    assert "check" in case.window.rail._buttons
    assert case.window.rail._buttons["check"].isChecked()
    assert case.window.rail.isVisible()


def test_nothing_is_recorded_unless_it_is_asked_for(case: CheckCase) -> None:
    assert case.live.plan.preview
    assert case.live.plan.keep is KeepPolicy.NOTHING
    assert "Nothing is recorded" in shown(case)
    assert not case.page.dot.isVisible()


def test_it_goes_on_by_itself_to_its_end(case: CheckCase) -> None:
    seen = [case.step]

    def note() -> None:
        if case.step is not seen[-1]:
            seen.append(case.step)

    began_s = case.now_s
    for _ in range(20):
        case.feed(1.0, brow=0.1, face_touch=0.0, hands_on_hips=0.0, lean=0.0, slouch=0.0)
        note()
    for _ in range(4):
        case.feed(1.0, speech=True)
        note()
    for _ in range(40):
        case.wait(1.0)
        note()
    assert seen == list(Step)
    assert case.now_s - began_s < 90.0
    assert not case.page._timer.isActive()
    assert case.live.state == "stopped"


def test_the_live_picture_is_the_largest_thing_and_goes_when_the_cards_come(
    case: CheckCase,
) -> None:
    case.feed(0.5)
    video = case.page.stage.video
    assert video.has_picture
    assert video.width() > 0.45 * case.page.width()
    case.to(Step.REMINDER)
    assert not video.isVisible()
    assert not video.has_picture
    case.qtbot.waitUntil(lambda: case.live.state == "stopped")


def test_camera_and_microphone_are_off_while_it_asks_how_one_is(case: CheckCase) -> None:
    case.to(Step.TANK)
    case.qtbot.waitUntil(lambda: case.page.room.live is None)
    assert case.live.state == "stopped"
    assert "Camera and microphone are off" in shown(case)
    assert case.page.foot.pause.isVisible()


def test_light_gives_one_advice_at_a_time(case: CheckCase) -> None:
    case.to(Step.LIGHT)
    case.feed(2.0, framing=(Framing.TOO_DARK, Framing.OFF_CENTRE))
    assert case.page.stage.first.text == "Turn on a light in front of you."


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_keys_go_on(case: CheckCase, key: Qt.Key) -> None:
    case.feed(0.2)
    case.qtbot.keyClick(case.page, key)
    assert case.step is Step.LIGHT


def test_a_touch_anywhere_goes_on_and_a_second_one_at_once_does_not(case: CheckCase) -> None:
    case.feed(0.5)
    for at in (QPoint(40, 300), QPoint(60, 320)):
        case.qtbot.mouseClick(case.page, Qt.MouseButton.LeftButton, pos=at)
    assert case.step is Step.LIGHT
    case.now_s += 1.0
    case.qtbot.mouseClick(case.page.stage.title, Qt.MouseButton.LeftButton)
    assert case.step is Step.REST


def test_a_button_in_focus_takes_its_own_keys(case: CheckCase) -> None:
    case.page.foot.leave.setFocus()
    case.qtbot.keyClick(case.page.foot.leave, Qt.Key.Key_Return)
    assert case.window.page == "home"


def test_escape_means_not_now_at_every_step(case: CheckCase) -> None:
    for step in Step:
        case.window.go("check")
        case.settle()
        case.to(step)
        case.qtbot.keyClick(case.page, Qt.Key.Key_Escape)
        assert case.window.page == "home"
        case.qtbot.waitUntil(lambda: case.live.state == "stopped")


def test_leaving_by_the_rail_closes_the_devices(case: CheckCase) -> None:
    case.window.go("sessions")
    case.qtbot.waitUntil(lambda: case.live.state == "stopped")
    assert not case.page._timer.isActive()


def test_a_camera_that_fails_is_said_and_the_rest_goes_on(case: CheckCase) -> None:
    from app.coach.types import Sense  # noqa: PLC0415
    from audio.types import VoiceReading  # noqa: PLC0415

    fault = Fault(Sense.VISION, "The camera is in use.", "Close the other program.")
    for _ in range(30):
        case.now_s += 0.1
        voice = VoiceReading(round(case.now_s, 1), level_dbfs=-40.0)
        case.live.show(t=case.now_s, voice=voice, faults=(fault,))
        case.page.look()
    assert case.step is Step.GREETING
    case.to(Step.END)
    lines = [(one.text, one.more) for one in case.page.end.lines]
    assert ("The camera is in use.", "Close the other program.") in lines


def test_a_microphone_that_is_not_there_is_said_in_the_terminals_words(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand
) -> None:
    from app.coach.types import Sense  # noqa: PLC0415

    stagehand.cameras = []
    case = CheckCase(qtbot, stagehand)
    fault = Fault(Sense.VOICE, "No microphone was found.", "Plug one in.")
    case.now_s += 0.1
    case.live.show(t=case.now_s, faults=(fault,))
    case.page.look()
    said = shown(case)
    assert "No microphone was found." in said
    assert "There is no camera." in said
    assert "voice only" not in said
    case.close()


def test_without_a_camera_it_goes_on_with_the_voice(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand
) -> None:
    stagehand.cameras = []
    case = CheckCase(qtbot, stagehand)
    assert case.live.plan.camera is None
    assert case.live.plan.microphone == ""
    assert Step.LIGHT not in case.page.walk.steps  # type: ignore[union-attr]
    case.close()


def test_a_session_that_cannot_start_is_said_in_the_page(case: CheckCase) -> None:
    def broken(live: object) -> None:
        live.start_error = AppError("Nothing can be opened.", "Plug something in.")  # type: ignore[attr-defined]

    case.stagehand.prepare = broken
    case.begin()
    case.qtbot.waitUntil(lambda: case.page.notice.text == "Nothing can be opened.")
    case.wait(31.0)
    assert case.step is Step.REMINDER


# The end


def test_the_end_shows_the_one_thing_and_what_was_seen_without_a_mark(case: CheckCase) -> None:
    case.to(Step.REST)
    case.feed(6.0)
    case.to(Step.END)
    case.qtbot.waitUntil(lambda: case.page.end.thing.text() != "")
    assert case.page.end.heading.text().startswith("From the practices: ")
    assert "For today" in shown(case)
    kinds = {one.kind for one in case.page.end.lines}
    assert LineKind.NOT_MEASURED in kinds
    for word in ("score", "%/", "streak", "passed"):
        assert word not in shown(case).lower()
    assert case.page.foot.measure.isVisible()
    assert not case.page.foot.open.isVisible()


def test_the_end_stays_until_somebody_leaves(case: CheckCase) -> None:
    case.to(Step.END)
    case.qtbot.mouseClick(case.page, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    assert case.window.page == "check"
    case.qtbot.keyClick(case.page, Qt.Key.Key_Space)
    assert case.window.page == "home"


def test_again_begins_with_the_devices(case: CheckCase) -> None:
    case.to(Step.END)
    case.page.foot.repeat.click()
    case.settle()
    assert case.step is Step.DEVICES
    assert case.page.end.lines == ()
    assert len(case.stagehand.lives) >= 2


# Recording


def test_recording_is_asked_for_and_leads_to_a_report(case: CheckCase) -> None:
    case.qtbot.keyClick(case.page, Qt.Key.Key_R)
    case.settle()
    plan = case.live.plan
    assert not plan.preview
    assert plan.keep is KeepPolicy.PICTURE_AND_SOUND
    assert case.live.who[0] == case.stagehand.services.choices.now.person_id
    assert case.page.dot.isVisible()
    assert "This is recorded" in shown(case)
    case.to(Step.END)
    case.qtbot.waitUntil(case.page.foot.open.isVisible)
    wanted: list[str] = []
    case.window.doors.report_wanted.connect(wanted.append)
    case.page.foot.open.click()
    assert wanted == [case.stagehand.store.sessions()[0].id]


def test_who_chose_that_nothing_is_kept_is_told_so(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand
) -> None:
    case = CheckCase(qtbot, stagehand, keep_policy="nothing")
    case.page.foot.rec.click()
    assert "nothing of a session is kept" in case.page.notice.text
    assert case.live.plan.preview
    case.close()


def test_recording_needs_the_agreement(case: CheckCase) -> None:
    ben = case.stagehand.store.ensure_person("Ben")
    case.stagehand.services.choices.change(person_name="Ben", person_id=ben.id)
    case.begin()
    case.page.foot.rec.click()
    assert "agreement" in case.page.notice.text
    assert case.page.notice.action.isVisible()
    case.page.notice.action.click()
    assert case.window.page == "consent"


def test_an_own_normal_is_offered_and_taken_when_it_was_measured(case: CheckCase) -> None:
    from app.coach.types import Baseline  # noqa: PLC0415
    from vision.types import VisionBaseline  # noqa: PLC0415

    assert case.live.plan.baseline is None
    case.to(Step.END)
    case.page.foot.measure.click()
    assert case.window.page == "first"
    vision = VisionBaseline(version=1, face={"brow": 0.1}, body=None, facing=None, looks=9)
    made = Baseline("2026-11-18T09:00:00+00:00", "calibration", vision)
    case.window.doors.normal_measured.emit(made)
    case.window.go("check")
    case.settle()
    assert case.live.plan.baseline == made
    case.stagehand.services.choices.change(person_id="somebody else")
    case.begin()
    assert case.live.plan.baseline is None


# Other people and the pause


def test_nothing_of_the_last_persons_check_stays(case: CheckCase) -> None:
    case.to(Step.END)
    case.qtbot.waitUntil(lambda: case.page.end.thing.text() != "")
    case.window.doors.person_changed.emit()
    assert case.page.end.thing.text() == ""
    assert case.page.end.lines == ()
    assert case.page.walk is None


def test_a_pause_leads_back_to_the_card_it_came_from(case: CheckCase) -> None:
    case.to(Step.TANK)
    case.page.foot.pause.click()
    assert case.window.page == "take_five"
    assert case.window.rail.isHidden()
    pause = case.window._pages["take_five"]
    assert isinstance(pause, TakeFivePage)
    case.now_s += 300.0
    case.qtbot.keyClick(pause, Qt.Key.Key_Escape)
    assert case.window.page == "check"
    case.page._timer.stop()
    case.page.look()
    assert case.step is Step.TANK
    case.wait(12.1)
    assert case.step is Step.END


def test_a_pause_before_the_cards_begins_anew(case: CheckCase) -> None:
    case.to(Step.LIGHT)
    case.page.foot.pause.click()
    case.qtbot.waitUntil(lambda: case.live.state == "stopped")
    case.qtbot.keyClick(case.window._pages["take_five"], Qt.Key.Key_Escape)
    case.settle()
    assert case.step is Step.DEVICES
