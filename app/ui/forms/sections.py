"""The parts of a long form, one at a time, each with what is to be mended in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QWidget

from app.ui.forms.wrap import WrapLayout
from app.ui.style import Space
from app.ui.widgets.controls import Button, button, column

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from app.coach.toml_fault import Fault
    from app.ui.forms.model import FormModel

TURNS: Final = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}


class Sections(QWidget):
    """Steps on top and one part below; Ctrl with a page key goes on."""

    shown = Signal(int)
    """Number of the part that shows now."""

    def __init__(self, model: FormModel) -> None:
        super().__init__()
        self._model = model
        self._group = QButtonGroup(self)
        self._steps: list[tuple[Button, str, Callable[[Fault], bool]]] = []
        self._row = WrapLayout()
        self.stack = QStackedWidget()
        whole = column(self._row, self.stack, space=Space.MEDIUM)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._group.idClicked.connect(self.go)
        model.judged.connect(self.judge)

    def add(self, title: str, part: QWidget, holds: Callable[[Fault], bool]) -> None:
        """Add a part; `holds` tells whether a fault is shown in it."""
        step = button(title, kind="step")
        step.setCheckable(True)
        self._group.addButton(step, len(self._steps))
        self._row.addWidget(step)
        self._steps.append((step, title, holds))
        self.stack.addWidget(part)
        step.setChecked(len(self._steps) == 1)

    def go(self, at: int) -> None:
        """Show a part."""
        self._steps[at][0].setChecked(True)
        self.stack.setCurrentIndex(at)
        self.shown.emit(at)

    @property
    def current(self) -> int:
        """Number of the part that shows."""
        return self.stack.currentIndex()

    def go_to(self, fault: Fault) -> QWidget | None:
        """Show the part that a fault is in; gives it."""
        for at, (_, _, holds) in enumerate(self._steps):
            if holds(fault):
                self.go(at)
                return self.stack.widget(at)
        return None

    def judge(self) -> None:
        """Say on each step how much is to be mended there."""
        told = [one for one in self._model.faults if one in self._model.told(one.where)]
        for step, title, holds in self._steps:
            count = sum(holds(one) for one in told)
            words = self.tr("{title} · {n} to mend").format(title=title, n=count)
            step.setText(words if count else title)
            step.setAccessibleName(step.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on and back."""
        by = TURNS.get(Qt.Key(event.key()), 0)
        if by and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.go((self.current + by) % len(self._steps))
            self._steps[self.current][0].setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        super().keyPressEvent(event)
