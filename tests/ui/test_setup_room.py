"""What the set-up asks stands in one card, all of it in sight in a window of the usual size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QScrollArea

from app.coach.practice_types import Speaking
from app.ui.window import USUAL
from audio.types import Reception

if TYPE_CHECKING:
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
    assert content.heightForWidth(area.viewport().width()) <= area.viewport().height()
    assert page.stage.video.rect().bottom() == page.stage.rect().bottom()


def test_who_plays_the_customer_is_asked_and_the_choice_says_so(window: MainWindow) -> None:
    partner = window.practise.choices.partner
    assert "asked before it begins" in partner.toolTip()
    assert partner.accessibleDescription() == partner.toolTip()
