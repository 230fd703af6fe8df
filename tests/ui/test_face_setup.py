"""The set-up page and its parts: devices, own normal, what is looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QColor
from ui.fake_live import NOW, FakeDevice, FakeLive, Stagehand, agree, blank_snapshot

from app.coach.calibration import CalibrationStep
from app.coach.types import Baseline, Sense
from app.session.plan import Fault, LivePlan
from app.store.types import KeepPolicy
from app.ui.own_normal import last_own_normal
from app.ui.pages.practise import PractisePage
from app.ui.style import current_palette
from app.ui.widgets.advice import SHOWN_S, Steady
from app.ui.widgets.calibration_panel import CalibrationPanel
from app.ui.widgets.device_picker import NONE_ID, DevicePicker
from app.ui.widgets.level import LevelMeter
from app.ui.widgets.stage import CameraStage
from app.ui.widgets.video import VideoView, image_of
from audio.baseline import VOICE_BASELINE_VERSION
from audio.types import VoiceBaseline
from vision.types import Frame, Framing

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

VOICE = VoiceBaseline(
    VOICE_BASELINE_VERSION, -60.0, -30.0, 200.0, 150.0, 260.0, 2.5, 4.0, 0.5, 10.0, 3.0, 20.0
)
OWN = Baseline(NOW.isoformat(), "calibration", None, VOICE)


@pytest.fixture
def page(qtbot: QtBot, dressed: QApplication, stagehand: Stagehand) -> PractisePage:
    agree(stagehand.services)
    made = PractisePage(stagehand.services, lead_in_ms=0)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    with qtbot.waitSignal(made.preview_wanted):
        made.enter()
    return made


def attach(page: PractisePage) -> FakeLive:
    live = FakeLive(page.plan(preview=True))
    live.start()
    page.attach(live)
    return live


# --- devices --------------------------------------------------------------------------------


def test_the_first_devices_are_taken_where_nothing_was_chosen(page: PractisePage) -> None:
    plan = page.plan(preview=True)
    assert (plan.camera, plan.microphone) == ("0", "")
    assert plan.preview
    assert plan.keep is KeepPolicy.NOTHING


def test_a_choice_is_remembered_and_shown_at_once(
    qtbot: QtBot, page: PractisePage, stagehand: Stagehand
) -> None:
    with qtbot.waitSignal(page.preview_wanted) as wanted:
        page.devices.camera.box.setCurrentIndex(1)
        page.devices.camera.box.activated.emit(1)
    assert wanted.args is not None
    assert wanted.args[0].camera == "1"
    assert stagehand.saved[-1].camera == "1"


def test_no_camera_is_a_choice_too(page: PractisePage, stagehand: Stagehand) -> None:
    at = page.devices.camera.box.findData(NONE_ID)
    page.devices.camera.box.setCurrentIndex(at)
    page.devices.camera.box.activated.emit(at)
    assert page.plan(preview=False).camera is None
    assert stagehand.saved[-1].camera == NONE_ID


def test_a_network_camera_is_asked_for_its_address(
    qtbot: QtBot, page: PractisePage, stagehand: Stagehand
) -> None:
    picker = page.devices.camera
    at = picker.box.count() - 2
    picker.box.setCurrentIndex(at)
    picker.box.activated.emit(at)
    assert not picker._field.isHidden()
    for wrong in ("", "the phone", "ftp://192.168.0.20", "http://"):
        picker.address.setText(wrong)
        picker.connect_button.click()
        assert not picker._wrong.isHidden()
    picker.address.setText("192.168.0.20:8080/video")
    with qtbot.waitSignal(page.preview_wanted):
        picker.connect_button.click()
    assert picker.current == "http://192.168.0.20:8080/video"
    settings = stagehand.services.choices.now
    assert settings.camera == "http://192.168.0.20:8080/video"
    assert settings.network_cameras == ("http://192.168.0.20:8080/video",)


def test_a_device_that_is_gone_falls_back_to_the_first(qtbot: QtBot) -> None:
    picker = DevicePicker("Camera", "No camera", network=True)
    qtbot.addWidget(picker)
    assert picker.offer([FakeDevice("3", "Desk")], "7", ()) == "3"
    assert picker.offer([], "7", ()) == NONE_ID
    assert picker.offer([], "http://a/b", ["http://a/b"]) == "http://a/b"


# --- picture and level ----------------------------------------------------------------------


def test_a_picture_keeps_its_colours(qtbot: QtBot) -> None:
    image = np.zeros((4, 6, 3), np.uint8)
    image[0, 0] = (255, 0, 0)
    image[3, 5] = (0, 0, 255)
    shown = image_of(Frame(0.0, image))
    assert (shown.width(), shown.height()) == (6, 4)
    assert shown.pixelColor(0, 0).name() == "#0000ff"
    assert shown.pixelColor(5, 3).name() == "#ff0000"


def test_rows_may_be_padded(qtbot: QtBot) -> None:
    wide = np.zeros((4, 10, 3), np.uint8)
    wide[:, 3] = (0, 255, 0)
    shown = image_of(Frame(0.0, wide[:, 2:7]))
    assert shown.pixelColor(1, 2).name() == "#00ff00"


@pytest.mark.parametrize("mirrored", [True, False])
def test_the_mirror_is_a_mirror(qtbot: QtBot, dressed: QApplication, mirrored: bool) -> None:
    view = VideoView(mirrored=mirrored)
    qtbot.addWidget(view)
    view.resize(320, 240)
    image = np.zeros((240, 320, 3), np.uint8)
    image[:, :160] = (255, 255, 255)
    view.show_frame(Frame(1.0, image))
    left = view.grab().toImage().pixelColor(60, 120).lightness()
    assert (left < 50) is mirrored


@pytest.mark.parametrize("size", [(800, 300), (300, 800), (640, 480)])
def test_the_picture_keeps_its_aspect(
    qtbot: QtBot, dressed: QApplication, size: tuple[int, int]
) -> None:
    view = VideoView()
    qtbot.addWidget(view)
    view.resize(*size)
    view.show_frame(Frame(1.0, np.zeros((480, 640, 3), np.uint8)))
    box = view.picture_rect()
    assert box.width() / box.height() == pytest.approx(4 / 3, rel=0.01)
    assert view.rect().contains(box)
    assert abs(box.center().y() - view.rect().center().y()) <= 1


def test_the_stage_leaves_no_strip_beside_or_below_the_picture(
    qtbot: QtBot, dressed: QApplication
) -> None:
    view = VideoView()
    qtbot.addWidget(view)
    view.resize(400, 500)
    foot = (200, 490)
    empty = view.grab().toImage().pixelColor(*foot)
    view.show_frame(Frame(1.0, np.full((480, 640, 3), 255, np.uint8)))
    shown = view.grab().toImage()
    assert shown.pixelColor(*foot) == empty == QColor(current_palette().stage)
    assert shown.pixelColor(200, 250) == QColor("white")


def test_filling_takes_the_whole_height(qtbot: QtBot, dressed: QApplication) -> None:
    view = VideoView(fill=True)
    qtbot.addWidget(view)
    view.resize(300, 400)
    view.show_frame(Frame(1.0, np.zeros((480, 640, 3), np.uint8)))
    assert view.picture_rect().height() == 400


def test_advice_is_one_sentence(qtbot: QtBot, dressed: QApplication) -> None:
    stage = CameraStage()
    qtbot.addWidget(stage)
    both = (Framing.TOO_DARK, Framing.ELBOWS_HIDDEN)
    stage.show_numbers(blank_snapshot(framing=both))
    assert stage.advice == "Turn on a light in front of you."
    for t in (2.0, 2.6):
        stage.show_numbers(blank_snapshot(t=t, framing=()))
    assert stage.advice == "I can see you well."
    for t in (4.7, 5.3):
        stage.show_numbers(blank_snapshot(t=t, framing=(), sees=False))
    assert stage.advice == ""
    stage.show_numbers(blank_snapshot(t=5.4, framing=both))
    stage.show_picture(None)
    assert stage.advice == ""


def test_advice_that_flickers_is_not_changed() -> None:
    steady = Steady()
    times = [0.25 * i for i in range(80)]
    said = [steady.push(t, "far" if int(t / 0.25) % 2 else "dark") for t in times]
    assert set(said) == {"dark"}


@pytest.mark.parametrize("step_s", [0.033, 0.25])
def test_each_sentence_stays_for_two_seconds(step_s: float) -> None:
    steady = Steady()
    shown: list[tuple[str, float]] = []
    for i in range(int(30 / step_s)):
        t = i * step_s
        said = steady.push(t, ("dark", "far", "well", "")[int(t / 0.8) % 4])
        if not shown or shown[-1][0] != said:
            shown.append((said, t))
    times = [t for said, t in shown]
    assert len(shown) > 5
    stayed = [b - a for (said, a), b in zip(shown, times[1:], strict=False) if said]
    assert min(stayed) >= SHOWN_S


def test_another_session_begins_afresh() -> None:
    steady = Steady()
    steady.push(40.0, "dark")
    assert steady.push(0.2, "far") == "far"


def test_no_sound_looks_different_from_silence(qtbot: QtBot, dressed: QApplication) -> None:
    meter = LevelMeter()
    qtbot.addWidget(meter)
    meter.resize(200, 8)
    nothing = meter.grab().toImage()
    meter.show_level(-120.0)
    assert meter.grab().toImage() != nothing
    assert meter.accessibleDescription() == "sound comes in"
    meter.show_level(None)
    assert meter.accessibleDescription() == "no sound"


def test_a_lost_device_is_said(page: PractisePage) -> None:
    fault = Fault(Sense.VOICE, "The microphone was pulled out.", "Plug it in again.")
    page.show_numbers(blank_snapshot(faults=(fault,)))
    assert page.notice.text == "The microphone was pulled out."


# --- own normal -----------------------------------------------------------------------------


@pytest.fixture
def panel(qtbot: QtBot, dressed: QApplication) -> CalibrationPanel:
    made = CalibrationPanel(lead_in_ms=60_000)
    qtbot.addWidget(made)
    return made


def steps_of(panel: CalibrationPanel) -> list[CalibrationStep | None]:
    steps: list[CalibrationStep | None] = []
    panel.step_wanted.connect(steps.append)
    return steps


def test_the_guide_goes_through_all_steps(qtbot: QtBot, panel: CalibrationPanel) -> None:
    steps = steps_of(panel)
    live = FakeLive(LivePlan("0", "", None, None, frozenset(), KeepPolicy.NOTHING, "", ""))
    panel.step_wanted.connect(live.calibrate)
    done: list[bool] = []
    panel.finished.connect(lambda: done.append(True))
    panel.begin()
    for step in CalibrationStep:
        assert panel.step is step
        panel.measure()
        live.progress(step, 0.5)
        panel.show_state(live.snapshot())
        assert panel._bar.value() == 500
        assert not done
        live.progress(step, 1.0)
        panel.show_state(live.snapshot())
    assert done == [True]
    assert [step for step in steps if step is not None] == list(CalibrationStep)
    assert steps[-1] is None
    assert panel.step is None


def test_nothing_is_measured_before_the_lead_in_is_over(panel: CalibrationPanel) -> None:
    steps = steps_of(panel)
    panel.begin()
    assert steps == []
    panel.measure()
    assert steps == [CalibrationStep.ROOM]


def test_a_skipped_step_is_never_asked_for(panel: CalibrationPanel) -> None:
    steps = steps_of(panel)
    panel.begin()
    panel.skip()
    panel.measure()
    panel.skip()
    panel.skip()
    assert CalibrationStep.ROOM not in steps
    assert CalibrationStep.TALK not in steps
    assert CalibrationStep.FACE in steps


def test_the_talk_step_says_when_nothing_is_heard(panel: CalibrationPanel) -> None:
    panel.begin()
    panel.skip()
    panel.skip()
    panel.measure()
    live = FakeLive(LivePlan(None, "", None, None, frozenset(), KeepPolicy.NOTHING, "", ""))
    live.progress(CalibrationStep.TALK, 0.2)
    live.show(hears=False)
    panel.show_state(live.snapshot())
    assert panel._state.text() == "No sound comes in: is the microphone on, and allowed?"


def test_a_measured_normal_goes_into_the_session(qtbot: QtBot, page: PractisePage) -> None:
    live = attach(page)
    live.own_normal = OWN
    page._on_calibrate()
    assert page.focusWidget() is page
    for step in CalibrationStep:
        page.calibration.measure()
        live.progress(step, 1.0)
        page.show_state(live.snapshot())
    assert page.plan(preview=False).baseline is OWN
    assert page.choices._normal.text() == "From today"
    assert page.focusWidget() is page.start
    page.choices.leave_out.click()
    assert page.plan(preview=False).baseline is None
    page.choices.leave_out.click()
    assert page.plan(preview=False).baseline is OWN


def test_leaving_the_guide_keeps_what_was_there(page: PractisePage) -> None:
    live = attach(page)
    page.normal.take(OWN)
    live.own_normal = Baseline(NOW.isoformat(), "calibration", None, None)
    page._on_calibrate()
    page._on_escape()
    assert page.plan(preview=False).baseline is OWN
    assert live.steps[-1] is None


def test_the_last_own_normal_is_found_again(stagehand: Stagehand) -> None:
    person = agree(stagehand.services)
    consent = stagehand.store.consent_of(person.id)
    assert consent is not None
    assert last_own_normal(stagehand.store, "Ana") is None
    record = stagehand.store.begin_session(
        person_id=person.id,
        consent_id=consent.id,
        keep_policy=KeepPolicy.REPORT_ONLY,
        title="",
        focus=None,
        checklist=None,
    )
    stagehand.store.files(record.id).write_baseline(OWN)
    stagehand.store.finish_session(record.id, duration_s=1.0, report=None)
    found = last_own_normal(stagehand.store, "Ana")
    assert found is not None
    assert found.made_at == OWN.made_at
    assert last_own_normal(stagehand.store, "Ben") is None


# --- what is looked for ---------------------------------------------------------------------


def test_a_cue_that_is_switched_off_cannot_be_the_focus(
    page: PractisePage, stagehand: Stagehand
) -> None:
    assert page.choices.focus.findData("arms_crossed") > 0
    page.cues._boxes["arms_crossed"].click()
    assert stagehand.services.choices.now.switched_off == ("arms_crossed",)
    assert page.choices.focus.findData("arms_crossed") == -1
    assert page.plan(preview=False).switched_off == frozenset({"arms_crossed"})
    count = len(stagehand.services.catalogue.rules)
    assert page.choices._cues.text() == f"Looking for {count - 1} of {count} things"


def test_the_focus_is_remembered_and_can_be_none(page: PractisePage, stagehand: Stagehand) -> None:
    box = page.choices.focus
    box.setCurrentIndex(box.findData("brow_drawn"))
    box.activated.emit(box.currentIndex())
    assert page.plan(preview=False).focus == "brow_drawn"
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert page.plan(preview=False).focus is None
    assert not stagehand.services.choices.now.hints
    assert stagehand.services.choices.now.focus == "brow_drawn"


def test_only_cues_with_a_hint_can_be_the_focus(page: PractisePage, stagehand: Stagehand) -> None:
    offered = {page.choices.focus.itemData(at) for at in range(1, page.choices.focus.count())}
    assert offered == {rule.id for rule in stagehand.services.catalogue.rules if rule.focus}
