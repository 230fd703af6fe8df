"""New cards have their places before anything of them is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.ui.widgets.controls import card, column, label
from app.ui.widgets.settling import settle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

WORDS = "Let both hands rest where the customer can see them, on the counter or round a pen. " * 3


def a_card() -> tuple[QFrame, QLabel]:
    made, said = card(), label(WORDS, wrap=True)
    hidden = label("not now")
    hidden.hide()
    made.setLayout(column(said, hidden))
    return made, said


def test_cards_in_a_page_that_shows_are_as_high_as_their_words_at_once(
    qtbot: QtBot, dressed: QApplication
) -> None:
    area, inner = QScrollArea(), QWidget()
    content = QVBoxLayout(inner)
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.resize(320, 240)
    qtbot.addWidget(area)
    area.show()
    qtbot.waitExposed(area)
    cards = [a_card() for _ in range(12)]
    gone = label("not wanted")
    gone.hide()
    content.addWidget(gone)
    for made, _ in cards:
        content.addWidget(made)
    settle(area)
    for made, said in cards:
        assert made.isVisible()
        assert said.height() >= said.heightForWidth(said.width())
        assert not made.findChildren(QLabel)[1].isVisible()
    assert inner.height() > 12 * cards[0][1].height()
    assert area.verticalScrollBar().maximum() > 0
    assert not gone.isVisible()


def test_a_page_that_is_still_empty_is_left_alone(qtbot: QtBot) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    settle(area)
    area.setWidget(QWidget())
    settle(area)
    assert area.widget() is not None
