"""The partner's card: the only second window. Read from a metre and a half, used by keys alone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.coach.scenario_types import Condition
from app.ui.keys import KeyMap
from app.ui.practice_texts import condition_text
from app.ui.style import Space, dress_window
from app.ui.texts import told
from app.ui.widgets.cards import CardButton
from app.ui.widgets.controls import (
    button,
    centred,
    clear,
    column,
    label,
    page_column,
    row,
    set_role,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QCloseEvent, QHideEvent

    from app.coach.scenario_types import Branch, Line, Scenario

TEXT_PX: Final = 1400
"""Longer lines are hard to find back into, also from afar."""
MOST: Final = 9


class PartnerCard(QWidget):
    """What the customer says now, how, and what comes next by what the answer did."""

    speaks = Signal(bool)
    """The partner's key went down, or up again."""
    chosen = Signal(str)
    """Id of the line that comes next; empty where the talk ends."""
    felt = Signal(bool)
    """Felt heard, or not, at this moment."""
    finish_wanted = Signal()

    def __init__(self, scenario: Scenario, names: Mapping[str, str]) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._scenario = scenario
        self._names = names
        self._line: Line | None = None
        self._down = False
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(told(scenario.title))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.keys = KeyMap(self)
        self.who = label(
            self.tr("You are {name}").format(name=told(scenario.customer.name)),
            "live-quiet",
            wrap=True,
        )
        wants = self.tr("What they want: {wants}").format(wants=told(scenario.customer.wants))
        self.wants = label(wants, "live-quiet", wrap=True)
        self.words = label("", "card-line", wrap=True)
        self.manner = label("", "live-quiet", wrap=True)
        self.what = label("", "live-text", wrap=True)
        self._branches = QVBoxLayout()
        self._branches.setSpacing(Space.SMALL)
        self.buttons: list[CardButton] = []
        self.heard = button(self.tr("H  Felt heard"), kind="live-quiet", icon="agree")
        self.unheard = button(self.tr("J  Not heard"), kind="live-quiet", icon="disagree")
        self.mark = label("", "lead-quiet", wrap=True)
        self.said = button(self.tr("Said it"), kind="live", icon="done")
        self.finish = button(self.tr("Finish"), kind="live-quiet", icon="finish")
        self._lay_out()
        dress_window(self)
        self._connect()

    def _lay_out(self) -> None:
        head = row(self.who, self.finish, space=Space.MEDIUM)
        head.setStretch(0, 1)
        foot = row(self.heard, self.unheard, self.mark, self.said, space=Space.MEDIUM)
        foot.setStretch(2, 1)
        middle = column(
            self.wants, None, self.words, self.manner, Space.LARGE, self.what, self._branches, None,
            space=Space.SMALL,
        )  # fmt: skip
        area = page_column(middle, width=TEXT_PX)
        middle.setContentsMargins(0, 0, Space.SMALL, 0)
        inside = column(head, area, foot, space=Space.SMALL)
        inside.setStretch(1, 1)
        inside.setContentsMargins(Space.HUGE, Space.WIDE, Space.HUGE, Space.WIDE)
        self.setLayout(centred(inside, TEXT_PX))

    def _connect(self) -> None:
        self.said.clicked.connect(self._on_said)
        self.heard.clicked.connect(lambda: self._on_felt(heard=True))
        self.unheard.clicked.connect(lambda: self._on_felt(heard=False))
        self.finish.clicked.connect(self.finish_wanted)
        for one in (self.said, self.heard, self.unheard, self.finish):
            one.installEventFilter(self)
        add = self.keys.add
        add("H", self.tr("Felt heard"), self.heard.click, button=self.heard)
        add("J", self.tr("Not heard"), self.unheard.click, button=self.unheard)
        add("Return", self.tr("Said it"), self._on_said, button=self.said)
        add("Ctrl+Return", self.tr("Finish"), self.finish.click, button=self.finish)
        add("Escape", self.tr("Put the card away"), self.hide)
        self.keys.note(self.tr("Space"), self.tr("Hold while you speak"))
        for number in range(1, MOST + 1):
            self.keys.bind(str(number), partial(self._on_number, number - 1))

    # --- what the conversation brings -------------------------------------------------------

    def show_line(self, line: Line) -> None:
        """Show the line that is to be said now."""
        self._line = line
        self._show_branches(())
        set_role(self.words, "card-line")
        self.words.setText(f"“{told(line.text)}”")
        self.manner.setText(told(line.manner))
        self.manner.setVisible(bool(line.manner))
        self.what.setText("")
        self.said.setEnabled(True)
        self.mark.setText(self.tr("Hold Space while you speak"))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_turn(self) -> None:
        """Show what may come next, by what the answer does."""
        self.said.setEnabled(False)
        # It has been said: what counts now are the choices, all of them in sight.
        set_role(self.words, "live-text")
        self.what.setText(self.tr("Listen. What did they do?"))
        self._show_branches(self._line.branches if self._line is not None else ())

    def show_over(self) -> None:
        """Say that there is no further line."""
        self._show_branches(())
        self.said.setEnabled(False)
        self.manner.hide()
        self.what.setText(self.tr("That was the last line. Let them close, then finish."))

    def _show_branches(self, branches: tuple[Branch, ...]) -> None:
        clear(self._branches)
        self.buttons = []
        for at, branch in enumerate(branches[:MOST]):
            choice = self._choice(at + 1, branch)
            choice.clicked.connect(lambda _=False, to=branch.to: self.chosen.emit(to))
            self.buttons.append(choice)
            self._branches.addWidget(choice)

    def _choice(self, number: int, branch: Branch) -> CardButton:
        """Make the button of a branch: its number, what was done, and the line it leads to."""
        words = condition_text(branch.condition, self._about(branch))
        texts = column(
            label(words, "card-choice", wrap=True),
            label(self._next(branch), "lead-quiet", wrap=True),
            space=0,
        )
        inside = row(label(str(number), "card-choice"), texts, space=Space.MEDIUM)
        inside.setStretch(1, 1)
        inside.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        made = CardButton()
        made.installEventFilter(self)
        made.fill(inside)
        made.setAccessibleName(words)
        made.setAccessibleDescription(self._next(branch))
        return made

    def _about(self, branch: Branch) -> str:
        if branch.condition is Condition.ASKED:
            fact = next((one for one in self._scenario.hidden if one.id == branch.about), None)
            return told(fact.fact) if fact is not None else branch.about
        return told(self._names.get(branch.about, branch.about))

    def _next(self, branch: Branch) -> str:
        line = self._scenario.line(branch.to)
        return f"“{told(line.text)}”" if line is not None else self.tr("The talk ends")

    # --- hands ------------------------------------------------------------------------------

    def _on_number(self, at: int) -> None:
        if at < len(self.buttons):
            self.buttons[at].click()

    def _on_said(self) -> None:
        if self.said.isEnabled():
            self.speaks.emit(False)

    def _on_felt(self, *, heard: bool) -> None:
        self.mark.setText(self.tr("Marked: felt heard") if heard else self.tr("Marked: not heard"))
        self.felt.emit(heard)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Space as speaking while it is held."""
        if not self._is_held(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Take the word back."""
        if not self._is_held(event):
            super().keyReleaseEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Space from a button that has the focus: here it is the partner's voice."""
        if isinstance(event, QKeyEvent) and self._is_held(event):
            return True
        return super().eventFilter(watched, event)

    def _is_held(self, event: QKeyEvent) -> bool:
        """Follow the key that is held while the customer speaks; False for all other keys."""
        if event.key() != Qt.Key.Key_Space:
            return False
        if not event.isAutoRepeat():
            self._hold(down=event.type() is not QEvent.Type.KeyRelease)
        return True

    def _hold(self, *, down: bool) -> None:
        if down is not self._down:
            self._down = down
            self.speaks.emit(down)

    def changeEvent(self, event: QEvent) -> None:
        """Let go of the key with the keyboard: where it is released nobody here would see."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._hold(down=False)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of the key: nobody speaks from a card that is put away."""
        super().hideEvent(event)
        self._hold(down=False)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Only put the card away: the session goes on, and the live page brings it back."""
        event.ignore()
        self.hide()
