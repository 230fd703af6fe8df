"""What the customer says is as large as there is room, and moves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ui.everybody import settle
from ui.fake_live import blank_snapshot

from app.coach.scenario_types import Line
from app.ui.style import USUAL_SIZE, apply_theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QRect
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.ui.pages.live import LivePage

SHORT = "Good evening."
LONG = (
    "I was charged twice! A hundred and eighty-four euros, two times, and my train leaves in "
    "forty minutes, and nobody at the bank answers the telephone on a Sunday morning."
)


@pytest.fixture
def large(dressed: QApplication) -> Iterator[None]:
    """Large type."""
    apply_theme(dressed, "light", 130)
    yield
    apply_theme(dressed, "light", USUAL_SIZE)


def test_a_long_line_is_written_smaller_and_the_picture_stays(
    large: None, live_page: LivePage, qtbot: QtBot
) -> None:
    page, line = live_page, live_page.foot.line
    page.foot.ready()

    def say(text: str) -> tuple[int, QRect]:
        page.foot.show_line(Line("opens", text, "", ()))
        page.show_numbers(blank_snapshot())
        settle(qtbot)
        return line.words_px, page.video.geometry()

    usual, before = say(SHORT)
    small, after = say(LONG)
    assert line.height() >= line.heightForWidth(line.width()), "nothing of it is cut off"
    assert small < usual
    assert after == before
    assert say(SHORT) == (usual, before)


def test_what_the_customer_said_stays_while_one_answers(live_page: LivePage) -> None:
    page, line = live_page, live_page.foot.line
    page.foot.show_line(Line("opens", SHORT, "", ()))
    assert line.text == f"Customer {SHORT}"
    page.foot.show_turn()
    assert line.text == f"Your turn {SHORT}"
    assert line.accessibleName() == line.text
    page.foot.show_over()
    assert SHORT not in line.text
    page.foot.line.clear()
    page.foot.show_turn()
    assert line.text == "Your turn", "nothing of an earlier session"
