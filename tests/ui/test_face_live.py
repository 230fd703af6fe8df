"""The live page: quiet, large, and everything by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from ui.everybody import settle
from ui.fake_live import FakeLive, blank_snapshot

from app.coach.checklist import load_checklists
from app.coach.hints import Hint
from app.coach.scenario_types import Line
from app.coach.types import MarkKind, Sense
from app.session.plan import Fault, LivePlan
from app.store.types import KeepPolicy
from app.ui.pages.live import LivePage
from app.ui.widgets.checklist_view import ChecklistRow
from app.ui.widgets.live_foot import FAULT_S

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

CHECKLIST = load_checklists()[0]


class HandClock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def plan(keep: KeepPolicy = KeepPolicy.PICTURE_AND_SOUND, camera: str | None = "0") -> LivePlan:
    return LivePlan(
        camera, "", None, "arms_crossed", frozenset(), keep, CHECKLIST.id, "Lost booking"
    )


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def page(qtbot: QtBot, dressed: QApplication, clock: HandClock) -> LivePage:
    made = LivePage(clock=clock)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.enter(plan(), CHECKLIST)
    made.attach(FakeLive(plan()))
    made.show()
    made.show_state(blank_snapshot())
    made.setFocus()
    return made


def live_of(page: LivePage) -> FakeLive:
    assert isinstance(page._live, FakeLive)
    return page._live


def test_getting_ready_cannot_be_finished(qtbot: QtBot, dressed: QApplication) -> None:
    page = LivePage()
    qtbot.addWidget(page)
    page.enter(plan(), CHECKLIST)
    page.attach(FakeLive(plan()))
    assert not page.finish.isEnabled()
    page.show_state(blank_snapshot(state="starting"))
    assert not page.finish.isEnabled()
    page.show_state(blank_snapshot(state="running"))
    assert page.finish.isEnabled()


def test_a_session_that_cannot_get_going_can_be_ended(qtbot: QtBot, dressed: QApplication) -> None:
    page = LivePage()
    qtbot.addWidget(page)
    page.enter(plan(), CHECKLIST)
    page.attach(FakeLive(plan()))
    fault = Fault(None, "Rapport made a mistake.", "Details are in the log file.")
    page.show_state(blank_snapshot(state="starting", faults=(fault,)))
    assert page.finish.isEnabled()
    page.finish.click()
    page.show_state(blank_snapshot(state="starting", faults=(fault,)))
    assert not page.finish.isEnabled()


def test_lights_say_what_works(page: LivePage) -> None:
    page.show_state(blank_snapshot(sees=True, hears=False))
    assert page.sees.text == "I can see you"
    assert page.hears.text == "I can't hear you"


def test_time_is_minutes_and_seconds(page: LivePage) -> None:
    page.show_numbers(blank_snapshot(t=84.9))
    assert page.time.text() == "1:24"
    page.show_numbers(blank_snapshot(t=3725.0))
    assert page.time.text() == "1:02:05"


def test_one_hint_large_and_gone_again(page: LivePage) -> None:
    hint = Hint("arms_crossed", "uncross arms", "arms", good=False, shown_s=1.0)
    page.show_state(blank_snapshot(hint=hint))
    assert page.hint.text == "Uncross arms"
    assert page.hint.isVisible()
    inside = page.video.rect()
    assert inside.contains(page.hint.geometry())
    page.show_state(blank_snapshot(hint=None))
    assert page.hint.text == ""
    assert not page.hint.isVisible()


def test_no_hint_after_the_end(page: LivePage) -> None:
    hint = Hint("arms_crossed", "uncross arms", "arms", good=False, shown_s=1.0)
    page.show_state(blank_snapshot(state="stopping", hint=hint))
    assert page.hint.text == ""


def test_number_keys_tick_the_checklist(qtbot: QtBot, page: LivePage) -> None:
    qtbot.keyClick(page, Qt.Key.Key_2)
    qtbot.keyClick(page, Qt.Key.Key_2)
    marks = live_of(page).marks
    assert [mark.kind for mark in marks] == [MarkKind.TICK, MarkKind.TICK]
    assert [dict(mark.data) for mark in marks] == [
        {"item": CHECKLIST.items[1].id, "on": "true"},
        {"item": CHECKLIST.items[1].id, "on": "false"},
    ]


def press(page: LivePage, kind: QKeyEvent.Type, *, repeat: bool = False) -> None:
    event = QKeyEvent(kind, Qt.Key.Key_C, Qt.KeyboardModifier.NoModifier, "c", repeat)
    (page.keyPressEvent if kind == QKeyEvent.Type.KeyPress else page.keyReleaseEvent)(event)


def speakers(page: LivePage) -> list[str]:
    return [m.data["speaker"] for m in live_of(page).marks if m.kind is MarkKind.SPEAKER]


def test_a_tap_hands_the_word_over_until_the_next(page: LivePage, clock: HandClock) -> None:
    for _ in range(2):
        press(page, QKeyEvent.Type.KeyPress)
        clock.now += 0.1
        press(page, QKeyEvent.Type.KeyRelease)
        clock.now += 5.0
    assert speakers(page) == ["customer", "staff"]
    assert not page.customer.isChecked()


def test_holding_hands_the_word_over_while_held(page: LivePage, clock: HandClock) -> None:
    press(page, QKeyEvent.Type.KeyPress)
    assert page.customer.isChecked()
    clock.now += 1.0
    press(page, QKeyEvent.Type.KeyPress, repeat=True)
    press(page, QKeyEvent.Type.KeyRelease)
    assert speakers(page) == ["customer", "staff"]


def test_the_customer_button_does_the_same(page: LivePage) -> None:
    page.customer.click()
    page.customer.click()
    assert speakers(page) == ["customer", "staff"]


def test_finish_is_asked_for_once(qtbot: QtBot, page: LivePage) -> None:
    asked: list[bool] = []
    page.finish_wanted.connect(lambda: asked.append(True))
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked == [True]


def test_a_fault_is_said_and_moves_nothing(qtbot: QtBot, page: LivePage) -> None:
    page.show_numbers(blank_snapshot())
    settle(qtbot)
    before = page.video.geometry()
    fault = Fault(Sense.VISION, "The camera stopped.", "The session goes on with sound.")
    page.show_numbers(blank_snapshot(faults=(fault,)))
    settle(qtbot)
    assert page.notice.text == "The camera stopped."
    assert page.video.geometry() == before
    page.show_numbers(blank_snapshot())
    assert page.notice.text == ""


def test_a_fault_that_lasts_leaves_the_customer_their_place(page: LivePage) -> None:
    line = Line("opens", "I was charged twice!", "", ())
    fault = Fault(None, "Words are missing.", "The session goes on without them.")
    page.show_numbers(blank_snapshot(t=10.0, faults=(fault,)))
    page.foot.show_line(line)
    assert page.notice.isVisible()
    assert not page.foot.line.isVisible(), "both at once push the picture up"
    page.show_numbers(blank_snapshot(t=10.0 + FAULT_S - 0.1, faults=(fault,)))
    assert page.notice.isVisible()
    page.show_numbers(blank_snapshot(t=10.0 + FAULT_S, faults=(fault,)))
    assert not page.notice.isVisible()
    assert page.foot.line.isVisible()
    another = Fault(Sense.VISION, "The camera stopped.", "The session goes on with sound.")
    page.show_numbers(blank_snapshot(t=60.0, faults=(fault, another)))
    assert page.notice.text == "The camera stopped."
    page.foot.line.clear()
    page.show_numbers(blank_snapshot(t=99.0, faults=(fault, another)))
    assert page.notice.isVisible(), "nobody else needs the place"


@pytest.mark.parametrize(
    ("size", "least_px"), [((1280, 800), 16), ((1920, 1080), 20)], ids=["1280", "1920"]
)
def test_the_whole_checklist_is_in_sight(
    qtbot: QtBot, page: LivePage, size: tuple[int, int], least_px: int
) -> None:
    page.resize(*size)
    qtbot.waitUntil(lambda: page.size().toTuple() == size)
    settle(qtbot)
    lines = page.side.findChildren(ChecklistRow)
    assert len(lines) == 9
    last = lines[-1]
    assert last.mapTo(page.side, last.rect().bottomLeft()).y() < page.side.height()
    assert not page.side.verticalScrollBar().isVisible()
    assert {line._font().pixelSize() >= least_px for line in lines} == {True}


@pytest.mark.parametrize("size", [(1024, 700), (1192, 800)])
@pytest.mark.parametrize("name", ["aggressive", "complaint", "routine", "written"])
def test_the_whole_checklist_is_in_sight_with_the_notes_open(
    qtbot: QtBot, page: LivePage, name: str, size: tuple[int, int]
) -> None:
    checklist = next(one for one in load_checklists() if one.id == name)
    page.enter(replace(plan(), scenario="hotel_charged_twice"), checklist)
    page.resize(*size)
    qtbot.waitUntil(lambda: page.size().toTuple() == size)
    settle(qtbot)
    assert page.desk.notes.isVisible()
    lines = page.side.findChildren(ChecklistRow)
    last = lines[-1]
    assert last.mapTo(page.side, last.rect().bottomLeft()).y() < page.side.height()
    assert not page.side.verticalScrollBar().isVisible()
    assert page.video.width() > page.desk.width()
    beside = {one.y() for one in page.desk.notes.fields.values()}
    assert len(beside) == (1 if size == (1024, 700) else 2)


def test_a_hint_stays_in_the_middle_when_the_window_grows(qtbot: QtBot, page: LivePage) -> None:
    hint = Hint("arms_crossed", "uncross arms", "arms", good=False, shown_s=1.0)
    page.show_state(blank_snapshot(hint=hint))
    for width, height in ((1024, 700), (1920, 1080)):
        page.resize(width, height)
        qtbot.waitUntil(lambda wide=width: page.width() == wide)
        settle(qtbot)
        box = page.video.picture_rect()
        assert abs(page.hint.geometry().center().x() - box.center().x()) <= 1
        assert box.contains(page.hint.geometry())


def test_the_dot_is_honest(qtbot: QtBot, dressed: QApplication) -> None:
    page = LivePage()
    qtbot.addWidget(page)
    for nothing in (KeepPolicy.REPORT_ONLY, KeepPolicy.NOTHING):
        page.enter(plan(nothing), CHECKLIST)
        assert page.dot.accessibleName() == "Nothing of this session is recorded"
    for kept in (KeepPolicy.PICTURE_AND_SOUND, KeepPolicy.VOICE_AND_STICK):
        page.enter(plan(kept), CHECKLIST)
        assert page.dot.accessibleName() == "Recording"


def test_the_dot_goes_out_with_the_recording(qtbot: QtBot, dressed: QApplication) -> None:
    page = LivePage()
    qtbot.addWidget(page)
    page.enter(plan(KeepPolicy.PICTURE_AND_SOUND), CHECKLIST)
    page.show_numbers(blank_snapshot(recording_ended=True))
    assert page.dot.accessibleName() == "The recording has ended; the session goes on"
    page.show_numbers(blank_snapshot())
    assert page.dot.accessibleName() == "Recording"
    page.enter(plan(KeepPolicy.NOTHING), CHECKLIST)
    page.show_numbers(blank_snapshot())
    assert page.dot.accessibleName() == "Nothing of this session is recorded"


def test_without_a_camera_nothing_claims_to_see(qtbot: QtBot, dressed: QApplication) -> None:
    page = LivePage()
    qtbot.addWidget(page)
    page.enter(plan(camera=None), None)
    page.show_state(blank_snapshot(state="starting", hears=False))
    assert page.hears.isHidden(), "nothing is missing yet"
    page.show_state(blank_snapshot())
    assert page.sees.isHidden()
    assert not page.hears.isHidden()
    page.show_state(blank_snapshot())
    page.side.press(1)


def test_the_switch_of_the_checklist_has_a_word_where_there_is_room(
    qtbot: QtBot, page: LivePage
) -> None:
    page.hide_checklist(hidden=False)
    assert page.list.text() == "Checklist"
    assert page.list.accessibleName() == "Hide the checklist"
    page.resize(960, 700)
    qtbot.waitUntil(lambda: page.list.text() == "")
    assert page.list.accessibleName() == "Hide the checklist"
    assert "Hide the checklist" in page.list.toolTip()
    page.resize(1280, 800)
    qtbot.waitUntil(lambda: page.list.text() == "Checklist")
