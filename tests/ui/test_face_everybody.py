"""Everybody can use every page: longer languages, a keyboard, a screen reader, a small screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QWidget,
)
from ui.everybody import cut, in_scroll, longer, settle, shown
from ui.fake_live import Stagehand, agree, blank_snapshot, grey_frame
from ui.pseudo_locale import stretched

from app.coach.hints import Hint
from app.coach.types import Sense
from app.session.plan import Fault
from app.store.types import KeepPolicy
from app.ui.window import SMALLEST, MainWindow
from vision.types import Framing

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

__all__ = ["longer"]

PAGES = [
    "home",
    "consent",
    "agreement",
    "taking back",
    "practise",
    "cues",
    "calibration",
    "live",
    "sessions",
    "question",
]
SIZES = [SMALLEST, (1280, 800), (2560, 1440)]


def window_on(qtbot: QtBot, stagehand: Stagehand, page: str) -> MainWindow:
    """The real window on one of its pages, with something on each."""
    if page != "consent":
        person = agree(stagehand.services)
        consent = stagehand.store.consent_of(person.id)
        assert consent is not None
        record = stagehand.store.begin_session(
            person_id=person.id, consent_id=consent.id, keep_policy=KeepPolicy.PICTURE_AND_SOUND,
            title="A room that was not ready, and a guest who has a flight in two hours",
            focus=None, checklist=None,
        )  # fmt: skip
        stagehand.store.finish_session(record.id, duration_s=250.0, report=None)
    window = MainWindow(stagehand.services)
    qtbot.addWidget(window)
    window.show()
    if page in ("practise", "cues", "calibration", "live"):
        window.flow.choose(None)
        qtbot.waitUntil(lambda: bool(stagehand.lives) and not window.runner.busy)
        stagehand.live.frame = grey_frame(1.0)
        stagehand.live.show(framing=(Framing.ELBOWS_HIDDEN,))
    if page == "cues":
        window.practise._panel.setCurrentWidget(window.practise.cues)
    elif page == "calibration":
        window.practise._on_calibrate()
    elif page == "live":
        window.practise.start.click()
        qtbot.waitUntil(window.live.finish.isEnabled)
        window.room.release()
        hint = Hint("arms_crossed", "uncross arms", "arms", good=False, shown_s=1.0)
        fault = Fault(Sense.VOICE, "The microphone was pulled out.", "The session goes on.")
        window.live.show_state(blank_snapshot(hint=hint))
        window.live.show_numbers(blank_snapshot(t=84.0, faults=(fault,)))
    elif page in ("sessions", "question"):
        window.go("sessions")
        if page == "question":
            window.sessions._ask(window.sessions._rows[0].record.id)
    elif page == "consent":
        window.go("practise")
    elif page in ("agreement", "taking back"):
        window.show_page("consent")
        if page == "taking back":
            window.consent.standing.ask()
    return window


def finish(window: MainWindow) -> None:
    window.runner.close()
    window.close()


@pytest.mark.parametrize("page", PAGES)
def test_texts_forty_percent_longer_are_not_cut(
    qtbot: QtBot, longer: None, stagehand: Stagehand, page: str
) -> None:
    window = window_on(qtbot, stagehand, page)
    window.resize(*SMALLEST)
    settle(qtbot)
    from app.ui.widgets.cards import CardButton  # noqa: PLC0415
    from app.ui.widgets.controls import Elided  # noqa: PLC0415

    widgets = [*shown(window, QLabel), *shown(window, QAbstractButton)]
    said = [
        cut(widget)
        for widget in widgets
        if not isinstance(widget, (Elided, CardButton)) and type(widget).__name__ != "ChecklistRow"
    ]
    finish(window)
    assert [words for words in said if words] == []


def test_the_pseudo_language_is_forty_percent_longer() -> None:
    for text in ("Practise", "What is kept of a session", "{n} of {all}"):
        assert len(stretched(text)) >= 1.3 * len(text)
        assert stretched(text).startswith(text)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_pages_fit_from_the_smallest_to_the_largest_window(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand, page: str, size: tuple[int, int]
) -> None:
    window = window_on(qtbot, stagehand, page)
    window.resize(*size)
    settle(qtbot)
    assert window.size().toTuple() == size
    outside = [
        (type(child).__name__, child.accessibleName())
        for child in shown(window, QAbstractButton)
        if not in_scroll(child)
        and not window.rect().contains(
            QRect(child.mapTo(window, child.rect().topLeft()), child.size())
        )
    ]
    for area in shown(window, QScrollArea):
        bar: QScrollBar = area.horizontalScrollBar()  # type: ignore[attr-defined]
        assert not bar.isVisible()
    finish(window)
    assert outside == []


@pytest.mark.parametrize("page", PAGES)
def test_every_control_has_a_name_and_can_be_reached_by_keyboard(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand, page: str
) -> None:
    window = window_on(qtbot, stagehand, page)
    controls = [
        control
        for kind in (QAbstractButton, QComboBox, QLineEdit)
        for control in shown(window, kind)
        if type(control).__name__ != "QLineEditIconButton"
    ]
    nameless = [type(control).__name__ for control in controls if not (control.accessibleName())]
    unreachable = [
        control.accessibleName()
        for control in controls
        if control.isEnabled() and not control.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    finish(window)
    assert len(controls) > 2
    assert nameless == []
    assert unreachable == []


def test_tab_goes_through_the_set_up_in_reading_order(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand
) -> None:
    window = window_on(qtbot, stagehand, "practise")
    page = window.practise
    expected: list[QWidget] = [
        page.devices.camera.box,
        page.devices.microphone.box,
        page.choices.measure,
        page.choices.focus,
        page.choices.checklist,
        page.choices.title,
        page.choices.cues,
        page.choices.keep,
        page.start,
    ]
    order: list[QWidget] = []
    widget: QWidget = page.devices.camera.box
    while widget not in order:
        order.append(widget)
        widget = widget.nextInFocusChain()
    positions = [order.index(control) for control in expected]
    finish(window)
    assert positions == sorted(positions)


@pytest.mark.parametrize("page", ["home", "practise", "sessions"])
def test_the_focus_can_be_seen(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand, page: str
) -> None:
    window = window_on(qtbot, stagehand, page)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    front = window.stack.currentWidget()
    for control in shown(front, QAbstractButton)[:6]:
        if not control.isEnabled():
            continue
        control.clearFocus()
        before = control.grab().toImage()
        control.setFocus(Qt.FocusReason.TabFocusReason)
        after = control.grab().toImage()
        assert after != before, control.accessibleName()
    finish(window)
