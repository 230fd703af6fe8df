"""What a page asks is in sight in a window of the usual size, and words have their distances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QScrollArea

from app.coach.practice_types import Speaking
from app.ui.pages.guests import GuestsPage
from app.ui.widgets.controls import button
from app.ui.widgets.live_top import LiveTop
from app.ui.window import USUAL
from audio.types import Reception

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot
    from ui.fake_live import Stagehand

    from app.ui.window import MainWindow


def test_nothing_scrolls_in_the_usual_window(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    window.resize(*USUAL)
    page = window.practise
    page.take_scenario(None, Speaking.STAFF)
    window.show_page("practise")
    qtbot.waitUntil(lambda: bool(stagehand.lives) and not window.runner.busy)
    page.choices.partner.click()
    page.choices.show_normal("Left out this time", has_one=True, used=False)
    page.devices.reception.show_reception(Reception.CLIPPING)
    (area,) = (one for one in page.findChildren(QScrollArea) if one.isVisible())
    qtbot.waitUntil(lambda: area.isAncestorOf(page.devices.reception))
    content = area.widget()
    assert content is not None
    assert content.heightForWidth(area.viewport().width()) <= area.viewport().height()
    assert page.stage.video.rect().bottom() == page.stage.rect().bottom()


def test_who_plays_the_customer_is_asked_and_the_choice_says_so(window: MainWindow) -> None:
    partner = window.practise.choices.partner
    assert "asked before it begins" in partner.toolTip()
    assert partner.accessibleDescription() == partner.toolTip()


def test_the_teams_four_questions_need_no_scrolling(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(*USUAL)
    window.doors.guests_wanted.emit("home")
    page = window.stack.currentWidget()
    assert isinstance(page, GuestsPage)
    (area,) = page.findChildren(QScrollArea)
    qtbot.waitUntil(lambda: area.viewport().height() > USUAL[1] // 2)
    assert area.verticalScrollBar().maximum() == 0


def test_an_icon_keeps_its_distance_from_words_that_come_later(
    qtbot: QtBot, dressed: QApplication
) -> None:
    late, early = button("", icon="done"), button("Done", icon="done")
    qtbot.addWidget(late)
    qtbot.addWidget(early)
    assert late.iconSize().width() < early.iconSize().width()
    late.setText("Done")
    assert late.sizeHint() == early.sizeHint()
    late.setText("")
    assert late.iconSize().width() == late.iconSize().height()


def test_a_long_title_ends_in_dots_beside_the_clock(qtbot: QtBot, dressed: QApplication) -> None:
    top = LiveTop()
    qtbot.addWidget(top)
    top.resize(700, 48)
    top.title.setText("A guest who was charged twice and has been waiting for a quarter of an hour")
    top.grab()
    assert top.title.toolTip() == top.title.text(), "all of it, where it does not fit"
