"""What the customer says is as large as there is room, and moves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ui.everybody import settle
from ui.fake_live import blank_snapshot

from app.coach.scenario_types import Line
from app.session.plan import LivePlan
from app.store.types import KeepPolicy
from app.ui.pages.live import LivePage
from app.ui.style import apply_theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QRect
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

SHORT = "Good evening."
LONG = (
    "I was charged twice! A hundred and eighty-four euros, two times, and my train leaves in "
    "forty minutes, and nobody at the bank answers the telephone on a Sunday morning."
)


@pytest.fixture
def page(qtbot: QtBot, dressed: QApplication) -> Iterator[LivePage]:
    """The live page with large type in a small window."""
    apply_theme(dressed, "light", 130)
    made = LivePage()
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    plan = LivePlan(
        camera="0", microphone="", baseline=None, focus=None, switched_off=frozenset(),
        keep=KeepPolicy.PICTURE_AND_SOUND, checklist="", title="Charged twice",
        scenario="hotel_charged_twice",
    )  # fmt: skip
    made.enter(plan, None)
    yield made
    made.close()
    apply_theme(dressed, "light", 100)


def test_a_long_line_is_written_smaller_and_the_picture_stays(page: LivePage, qtbot: QtBot) -> None:
    line = page.foot.line
    page.foot.ready()

    def say(text: str) -> tuple[int, QRect]:
        page.foot.show_line(Line("opens", text, "", ()))
        page.show_numbers(blank_snapshot())
        settle(qtbot)
        return line.words_px, page.video.geometry()

    large, before = say(SHORT)
    small, after = say(LONG)
    assert line.height() >= line.heightForWidth(line.width()), "nothing of it is cut off"
    assert small < large
    assert after == before
    assert say(SHORT) == (large, before)


def test_what_the_customer_said_stays_while_one_answers(page: LivePage) -> None:
    line = page.foot.line
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
