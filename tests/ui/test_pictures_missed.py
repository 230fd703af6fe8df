"""A quiet sentence where many pictures are not looked at, and the plain count for who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication
from ui.fake_live import FakeLive, blank_snapshot

from app.coach.checklist import load_checklists
from app.session.plan import LivePlan
from app.store.types import KeepPolicy
from app.ui.pages.live import LivePage

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from pytestqt.qtbot import QtBot

PLAN = LivePlan("0", "", None, None, frozenset(), KeepPolicy.PICTURE_AND_SOUND, "", "Lost booking")


@pytest.fixture
def page(qtbot: QtBot, dressed: QApplication) -> LivePage:
    made = LivePage()
    qtbot.addWidget(made)
    made.resize(1024, 700)
    made.enter(PLAN, load_checklists()[0])
    made.attach(FakeLive(PLAN))
    made.show()
    made.show_state(blank_snapshot())
    return made


class Play:
    """Shows numbers four times a second, on and on."""

    def __init__(self, page: LivePage) -> None:
        self.page = page
        self.t, self.came, self.replaced = 0.0, 0.0, 0.0
        self.words_lag_s: float | None = None

    def on(self, seconds: float, *, missed: float, rate_hz: float = 15.0) -> None:
        """Go on for some seconds; `missed` is the share of the camera's pictures."""
        for _ in range(round(4 * seconds)):
            self.t += 0.25
            self.came += rate_hz / 4
            self.replaced += missed * rate_hz / 4
            self.page.show_numbers(
                blank_snapshot(
                    t=self.t,
                    frames_seen=round(self.came),
                    frames_replaced=round(self.replaced),
                    words_lag_s=self.words_lag_s,
                )
            )


@pytest.fixture
def play(page: LivePage) -> Play:
    return Play(page)


def test_nothing_is_said_where_all_are_looked_at(page: LivePage, play: Play) -> None:
    play.on(12.0, missed=0.0)
    assert page.top.missed.isHidden()
    assert page.sees.toolTip().endswith(": 0")


def test_half_of_thirty_a_second_is_enough(page: LivePage, play: Play) -> None:
    play.on(12.0, missed=0.5, rate_hz=30.0)
    assert page.top.missed.isHidden()
    assert page.sees.toolTip().endswith(": 180")
    assert page.sees.accessibleDescription() == page.sees.toolTip()


def test_many_are_said_with_a_remedy_and_nothing_moves(page: LivePage, play: Play) -> None:
    play.on(4.0, missed=0.0)
    before = places(page)
    play.on(16.0, missed=0.3)
    said = page.top.missed
    assert said.isVisible()
    assert "3 of 10" in said.text()
    assert "Close other programs" in page.sees.toolTip()
    assert places(page) == before
    assert said.width() > said.fontMetrics().horizontalAdvance(said.text()), "all of it is seen"


def test_late_words_give_way_to_missed_pictures(page: LivePage, play: Play) -> None:
    play.words_lag_s = 19.0
    play.on(4.0, missed=0.0)
    assert page.top.words.isVisible()
    play.on(16.0, missed=0.3)
    assert page.top.words.isHidden(), "in large type one of the two would be cut"
    assert page.top.missed.isVisible()


def places(page: LivePage) -> list[QRect]:
    """Where everything is; the page as small as it can be."""
    page.resize(1024, 700)
    QApplication.processEvents()
    return [one.geometry() for one in (page, page.video, page.sees, page.hears, page.foot)]


def test_it_goes_again_and_does_not_flicker(page: LivePage, play: Play) -> None:
    play.on(20.0, missed=0.3)
    play.on(20.0, missed=0.15)
    assert page.top.missed.isVisible(), "still more than one of ten"
    play.on(20.0, missed=0.0)
    assert page.top.missed.isHidden()
    play.on(20.0, missed=0.15)
    assert page.top.missed.isHidden(), "not enough to begin with"


def test_the_next_session_begins_without_it(page: LivePage, play: Play) -> None:
    play.on(20.0, missed=0.5)
    page.enter(PLAN, None)
    assert page.top.missed.isHidden()
    page.show_numbers(blank_snapshot(t=0.1, frames_seen=2, frames_replaced=0))
    assert page.top.missed.isHidden()
