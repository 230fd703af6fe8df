"""The review and two recordings for everybody: longer languages, a keyboard, a small screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QScrollArea
from review_material import STRENGTHS, a_session, line, reviewed_session
from ui.everybody import cut, in_scroll, longer, settle, shown
from ui.fake_live import Stagehand, agree
from ui.practice_pages import folder, stagehand
from ui.test_face_everybody import SIZES, finish

from app.ui.pages.compare import ComparePage
from app.ui.pages.compare_sides import written_choices
from app.ui.widgets.cards import CardButton
from app.ui.widgets.controls import Elided
from app.ui.window import SMALLEST, MainWindow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

__all__ = ["folder", "longer", "stagehand"]

PAGES = ["feedback", "no feedback", "choose", "side by side", "written answer", "report"]


def window_on(qtbot: QtBot, stagehand: Stagehand, page: str) -> MainWindow:
    """The real window on a page."""
    agree(stagehand.services)
    window = MainWindow(stagehand.services)
    qtbot.addWidget(window)
    window.show()
    store = stagehand.store
    clip = page in ("feedback", "side by side")
    first = reviewed_session(store, clip=clip, seconds=3.0)
    second = a_session(store, marks=[line(1.0, "opening")], seconds=3.0, clip=clip)
    if page == "feedback":
        window.doors.feedback_wanted.emit(first.id)
    elif page == "no feedback":
        window.doors.feedback_wanted.emit(second.id)
    elif page == "report":
        window.doors.report_wanted.emit(first.id)
    else:
        other = first.id if page == "side by side" else ""
        window.doors.compare_wanted.emit(second.id, other)
    compared = window.stack.currentWidget()
    if page == "written answer" and isinstance(compared, ComparePage):
        compared.lay_beside(written_choices()[0])
    window.resize(*SMALLEST)
    # Wrapped texts find their height in several rounds, and a player takes its time between them.
    qtbot.waitUntil(lambda: is_laid_out(window, page))
    settle(qtbot)
    return window


def is_laid_out(window: MainWindow, page: str) -> bool:
    """Whether all texts have their room."""
    labels = [one for one in shown(window, QLabel) if one.text()]  # type: ignore[attr-defined]
    there = page != "feedback" or any(one.text() == STRENGTHS[0] for one in labels)  # type: ignore[attr-defined]
    return there and all(one.height() for one in labels)


@pytest.mark.parametrize("page", PAGES)
def test_texts_forty_percent_longer_are_not_cut(
    qtbot: QtBot, longer: None, stagehand: Stagehand, page: str
) -> None:
    window = window_on(qtbot, stagehand, page)
    said = [
        cut(widget)
        for widget in [*shown(window, QLabel), *shown(window, QAbstractButton)]
        if not isinstance(widget, (Elided, CardButton))
    ]
    size = window.size().toTuple()
    finish(window)
    assert size == SMALLEST
    assert [words for words in said if words] == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_pages_fit_from_the_smallest_to_the_largest_window(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand, page: str, size: tuple[int, int]
) -> None:
    window = window_on(qtbot, stagehand, page)
    window.resize(*size)
    settle(qtbot)
    became = window.size().toTuple()
    outside = [
        (type(child).__name__, child.accessibleName())
        for child in shown(window, QAbstractButton)
        if not in_scroll(child)
        and not window.rect().contains(
            QRect(child.mapTo(window, child.rect().topLeft()), child.size())
        )
    ]
    bars = [area.horizontalScrollBar().isVisible() for area in shown(window, QScrollArea)]  # type: ignore[attr-defined]
    finish(window)
    assert became == size
    assert outside == []
    assert not any(bars)


@pytest.mark.parametrize("page", PAGES)
def test_every_control_has_a_name_and_can_be_reached_by_keyboard(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand, page: str
) -> None:
    window = window_on(qtbot, stagehand, page)
    controls = [control for kind in (QAbstractButton, QComboBox) for control in shown(window, kind)]
    nameless = [type(control).__name__ for control in controls if not control.accessibleName()]
    unreachable = [
        control.accessibleName()
        for control in controls
        if control.isEnabled() and not control.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    tipless = [
        control.accessibleName()
        for control in shown(window.stack.currentWidget(), QAbstractButton)
        if not control.text() and not control.toolTip()
    ]
    finish(window)
    assert len(controls) > 2
    assert (nameless, unreachable, tipless) == ([], [], [])
