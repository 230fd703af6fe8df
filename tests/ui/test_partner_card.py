"""The partner's card: Space is the customer's voice, whatever has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.coach.scenarios import load_scenarios
from app.ui.widgets.partner_card import PartnerCard

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

SPACE = Qt.Key.Key_Space


class Heard:
    """What the card said, in its order."""

    def __init__(self, card: PartnerCard) -> None:
        self.all: list[object] = []
        card.speaks.connect(lambda on: self.all.append(("speaks", on)))
        card.felt.connect(lambda on: self.all.append(("felt", on)))
        card.chosen.connect(lambda to: self.all.append(("chosen", to)))


@pytest.fixture
def card(qtbot: QtBot, dressed: QApplication) -> PartnerCard:
    scenario = next(one for one in load_scenarios()[0] if one.lines[0].branches)
    made = PartnerCard(scenario, {})
    qtbot.addWidget(made)
    made.show_line(scenario.lines[0])
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def pressed(key: Qt.Key) -> None:
    widget = QApplication.focusWidget()
    QTest.keyPress(widget, key)
    QTest.keyRelease(widget, key)


@pytest.mark.parametrize("name", ["card", "heard", "unheard", "said", "finish", "branch"])
def test_space_is_the_customers_voice_wherever_the_focus_is(card: PartnerCard, name: str) -> None:
    if name == "branch":
        card.show_turn()
        QApplication.processEvents()  # what was added to a layout shows
    focus: QWidget = {"card": card, "branch": card.buttons[0] if card.buttons else card}.get(
        name
    ) or getattr(card, name)
    focus.setFocus()
    assert QApplication.focusWidget() is focus
    said = Heard(card)
    pressed(SPACE)
    assert said.all == [("speaks", True), ("speaks", False)]


def test_a_card_that_is_put_away_while_space_is_held_lets_go(card: PartnerCard) -> None:
    said = Heard(card)
    QTest.keyPress(card, SPACE)
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert not card.isVisible()
    assert said.all == [("speaks", True), ("speaks", False)]
    card.show()
    QTest.keyPress(card, SPACE)
    assert said.all[2:] == [("speaks", True)], "the next press is heard again"


def test_a_window_that_takes_the_keyboard_lets_go(qtbot: QtBot, card: PartnerCard) -> None:
    said = Heard(card)
    QTest.keyPress(card, SPACE)
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    assert said.all == [("speaks", True), ("speaks", False)]


def test_held_keys_repeat_and_are_heard_once(card: PartnerCard) -> None:
    said = Heard(card)
    QTest.keyPress(card, SPACE)
    again = QKeyEvent(
        QEvent.Type.KeyPress, SPACE, Qt.KeyboardModifier.NoModifier, " ", autorep=True
    )
    QApplication.sendEvent(card, again)
    assert said.all == [("speaks", True)]
