"""The pages of a conversation for everybody: longer languages, a keyboard, a small screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
)
from ui.everybody import cut, in_scroll, longer, settle, shown
from ui.fake_live import Stagehand, agree
from ui.practice_pages import WANTED, folder, stagehand

from app.coach.practice_types import Speaking
from app.ui.widgets.cards import CardButton
from app.ui.widgets.controls import Elided
from app.ui.widgets.partner_card import PartnerCard
from app.ui.window import SMALLEST, MainWindow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

__all__ = ["folder", "longer", "stagehand"]

PAGES = ["scenarios", "prepare", "survey", "written", "small talk", "content", "editor", "card"]


def window_on(qtbot: QtBot, stagehand: Stagehand, page: str) -> tuple[MainWindow, QWidget]:
    """The real window on a page, and what to look at."""
    agree(stagehand.services)
    window = MainWindow(stagehand.services)
    qtbot.addWidget(window)
    window.show()
    window.go("practise")
    flow = window.flow
    flow.scenarios.list.choose(WANTED)
    scenario = flow.scenarios.scenario
    assert scenario is not None
    root: QWidget = window
    if page == "prepare":
        flow.choose(scenario)
    elif page == "survey":
        flow.survey.enter(Speaking.STAFF)
        window.show_page("survey")
    elif page in ("written", "small talk"):
        (flow.scenarios.written if page == "written" else flow.scenarios.small_talk).click()
        flow.exercise.text.setPlainText("We apologise for any inconvenience.")
    elif page in ("content", "editor"):
        flow.scenarios.copy.click()
        if page == "content":
            flow.editor.back.click()
    elif page == "card":
        root = card = PartnerCard(scenario, {})
        qtbot.addWidget(card)
        card.show_line(scenario.lines[0])
        card.show_turn()
        card.show()
    root.resize(*SMALLEST)
    settle(qtbot)
    return window, root


@pytest.mark.parametrize("page", PAGES)
def test_texts_forty_percent_longer_are_not_cut(
    qtbot: QtBot, longer: None, stagehand: Stagehand, page: str
) -> None:
    window, root = window_on(qtbot, stagehand, page)
    said = [
        cut(widget)
        for widget in [*shown(root, QLabel), *shown(root, QAbstractButton)]
        if not isinstance(widget, (Elided, CardButton))
    ]
    assert root.size().toTuple() == SMALLEST
    window.close()
    assert [words for words in said if words] == []


@pytest.mark.parametrize("page", PAGES)
def test_everything_is_in_sight_named_and_reached_by_keyboard(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand, page: str
) -> None:
    window, root = window_on(qtbot, stagehand, page)
    kinds = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit)
    controls = [
        one
        for kind in kinds
        for one in shown(root, kind)
        if type(one).__name__ != "QLineEditIconButton"
    ]
    outside = [
        one.accessibleName()
        for one in controls
        if not in_scroll(one)
        and not root.rect().contains(QRect(one.mapTo(root, one.rect().topLeft()), one.size()))
    ]
    nameless = [type(one).__name__ for one in controls if not one.accessibleName()]
    unreachable = [
        one.accessibleName()
        for one in controls
        # Arrows lead from one radio button of a group to the next.
        if one.isEnabled()
        and not isinstance(one, QRadioButton)
        and not one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    window.close()
    assert len(controls) > 2
    assert (outside, nameless, unreachable) == ([], [], [])
