"""The self-check and the pause for everybody: longer languages, a keyboard, a small screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from ui.check_cases import CheckCase
from ui.everybody import cut, in_scroll, longer, settle, shown

from app.coach.self_check import Step
from app.ui.widgets.controls import Elided
from app.ui.window import SMALLEST
from vision.types import Framing

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot
    from ui.fake_live import Stagehand

__all__ = ["longer"]

PAGES = [*(step.value for step in Step), "take_five"]
SIZES = [SMALLEST, (1280, 800), (1920, 1080)]


def case_on(qtbot: QtBot, stagehand: Stagehand, page: str, size: tuple[int, int]) -> CheckCase:
    """The window on a step, with something on it."""
    case = CheckCase(qtbot, stagehand)
    case.window.resize(*size)
    if page == "take_five":
        case.window.doors.take_five_wanted.emit()
    else:
        case.to(Step(page))
    if page == Step.LIGHT:
        case.feed(1.0, framing=(Framing.ELBOWS_HIDDEN,))
    elif page in (Step.DEVICES, Step.GREETING):
        case.feed(1.0, speech=True)
    elif page == Step.END:
        qtbot.waitUntil(lambda: case.page.end.thing.text() != "")
    settle(qtbot)
    return case


@pytest.mark.parametrize("page", PAGES)
def test_texts_forty_percent_longer_are_not_cut(
    qtbot: QtBot, longer: None, stagehand: Stagehand, page: str
) -> None:
    case = case_on(qtbot, stagehand, page, SMALLEST)
    assert case.window.size().toTuple() == SMALLEST
    front = case.window.stack.currentWidget()
    widgets = [*shown(front, QLabel), *shown(front, QAbstractButton)]
    said = [cut(widget) for widget in widgets if not isinstance(widget, Elided)]
    case.close()
    assert [words for words in said if words] == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_everything_is_in_sight_named_and_reached_by_keyboard(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand, page: str, size: tuple[int, int]
) -> None:
    case = case_on(qtbot, stagehand, page, size)
    window = case.window
    front = window.stack.currentWidget()
    controls = shown(front, QAbstractButton)
    outside = [
        one.accessibleName()
        for one in controls
        if not in_scroll(one)
        and not window.rect().contains(QRect(one.mapTo(window, one.rect().topLeft()), one.size()))
    ]
    nameless = [type(one).__name__ for one in controls if not one.accessibleName()]
    unreachable = [
        one.accessibleName()
        for one in controls
        if one.isEnabled() and not one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    untold = [one.accessibleName() for one in controls if not one.toolTip()]
    case.close()
    assert len(controls) >= 3
    assert (outside, nameless, unreachable, untold) == ([], [], [], [])


def test_what_is_read_from_far_is_twice_as_large(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand
) -> None:
    case = case_on(qtbot, stagehand, Step.REST, SMALLEST)
    sizes = {one.text(): one.fontInfo().pixelSize() for one in shown(case.page.stage, QLabel)}  # type: ignore[attr-defined]
    case.close()
    assert sizes["At rest"] == 48
    assert min(size for text, size in sizes.items() if text) >= 26


@pytest.mark.parametrize("page", [Step.REST.value, Step.END.value, "take_five"])
def test_the_focus_can_be_seen(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand, page: str
) -> None:
    case = case_on(qtbot, stagehand, page, SMALLEST)
    case.window.activateWindow()
    qtbot.waitUntil(case.window.isActiveWindow)
    for control in shown(case.window.stack.currentWidget(), QAbstractButton):
        control.clearFocus()
        before = control.grab().toImage()
        control.setFocus(Qt.FocusReason.TabFocusReason)
        after = control.grab().toImage()
        assert after != before, control.accessibleName()
    case.close()
