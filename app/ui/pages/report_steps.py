"""The steps of a report: own view, an example, what was found. One at a time, and free to jump."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QWidget

from app.coach.practice_types import Speaking
from app.ui.keys import show_keys
from app.ui.style import COLUMN_PX, Space
from app.ui.widgets.benchmark_answer import BenchmarkAnswer
from app.ui.widgets.controls import button, column, page_column, row
from app.ui.widgets.self_rating import SelfRating

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QScrollArea

    from app.ui.pages.report_session import ShownSession
    from app.ui.widgets.controls import Button

RATING_PX = 760


class Step(StrEnum):
    """What the page shows."""

    VIEW = "view"
    EXAMPLE = "example"
    FOUND = "found"
    REDO = "redo"


class ReportSteps(QWidget):
    """A stepper above a stack of pages; the machine's page is given, the others are made here."""

    rated = Signal(str, str)
    skipped = Signal()
    play_wanted = Signal(float)
    changed = Signal()

    def __init__(self, found: QWidget) -> None:
        super().__init__()
        self.rating: SelfRating | None = None
        self.example: BenchmarkAnswer | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(found)
        self._pages: dict[Step, QWidget] = {Step.FOUND: found}
        self.buttons: dict[Step, Button] = {}
        group = QButtonGroup(self)
        self._names = {
            Step.VIEW: self.tr("Your view"),
            Step.EXAMPLE: self.tr("An example"),
            Step.FOUND: self.tr("What was seen and heard"),
        }
        self._bar = QWidget()
        line = row(space=Space.HAIR)
        for step, name in self._names.items():
            made = button("", kind="step")
            made.setAccessibleName(name)
            made.setCheckable(True)
            made.clicked.connect(lambda _, wanted=step: self.go(wanted))
            group.addButton(made)
            line.addWidget(made)
            self.buttons[step] = made
        line.addStretch(1)
        self._bar.setLayout(line)
        content = column(self._bar, self._stack, space=Space.SMALL)
        content.setStretch(1, 1)
        self.setLayout(content)

    @property
    def step(self) -> Step:
        """What shows now."""
        here = self._stack.currentWidget()
        return next(step for step, page in self._pages.items() if page is here)

    def fill(self, shown: ShownSession, names: Mapping[str, str], *, fresh: bool) -> None:
        """Make the steps of a session; a fresh one begins with one's own view."""
        self.clear()
        swapped = shown.record.role is Speaking.CUSTOMER
        if shown.checklist is not None and shown.report is not None and not swapped:
            self.rating = SelfRating(shown.checklist, shown.log.ratings)
            self.rating.rated.connect(self.rated)
            self.rating.finished.connect(self.go_on)
            self.rating.skipped.connect(self._on_skipped)
            self._add(Step.VIEW, page_column(column(self.rating, None), width=RATING_PX))
        if shown.scenario is not None and shown.report is not None:
            self._make_example(shown, names)
        self._number()
        self._bar.setVisible(len(self._pages) > 1)
        asked = bool(shown.log.ratings)
        self.go(next(iter(self._order())) if fresh and not asked else Step.FOUND)

    def _number(self) -> None:
        """Count the steps that this session has, without a gap."""
        for step, press in self.buttons.items():
            press.setVisible(step in self._pages)
        for at, step in enumerate(self._order(), 1):
            name = self._names[step]
            self.buttons[step].setText(f"{at}  {name}")
            show_keys(self.buttons[step], name, f"Alt+{at}")

    def go_to_number(self, at: int) -> None:
        """Show the step with this number, counted from 1; nothing where there is none."""
        order = self._order()
        if at <= len(order):
            self.go(order[at - 1])

    def renew_example(self, shown: ShownSession, names: Mapping[str, str]) -> None:
        """Put the words beside the example once they are there."""
        if shown.scenario is None or Step.EXAMPLE not in self._pages:
            return
        here = self.step
        self._remove(Step.EXAMPLE)
        self._make_example(shown, names)
        if here is Step.EXAMPLE:  # elsewhere nobody is to lose the focus, or what plays
            self.go(here)

    def _make_example(self, shown: ShownSession, names: Mapping[str, str]) -> None:
        if shown.scenario is None:
            return
        self.example = BenchmarkAnswer(shown.scenario, shown.practice, names)
        self.example.finished.connect(self.go_on)
        self.example.play_wanted.connect(self.play_wanted)
        self._add(Step.EXAMPLE, page_column(column(self.example, None), width=COLUMN_PX))

    def show_page(self, step: Step, page: QWidget) -> None:
        """Show a page that is not one of the steps, such as saying a moment again."""
        self._remove(step)
        self._add(step, page)
        self.go(step)

    def go(self, step: Step) -> None:
        """Show a step; one that is not there is left out."""
        page = self._pages.get(step)
        if page is None:
            return
        self._stack.setCurrentWidget(page)
        if step in self.buttons:
            self.buttons[step].setChecked(True)
        self._bar.setVisible(len(self._pages) > 1 and step is not Step.REDO)
        if step is not Step.REDO:
            self._remove(Step.REDO)
        self._take_focus(step)
        self.changed.emit()

    def _take_focus(self, step: Step) -> None:
        """Let the keys work at once, without a mouse."""
        if step is Step.VIEW and self.rating is not None and self.rating.rows:
            next(iter(self.rating.rows[0].answers.values())).setFocus()
        elif step is Step.EXAMPLE and self.example is not None:
            self.example.next.setFocus()

    def go_on(self) -> None:
        """Show the next step."""
        order = self._order()
        at = order.index(self.step) if self.step in order else len(order) - 1
        self.go(order[min(at + 1, len(order) - 1)])

    def leave(self, step: Step) -> None:
        """Show what was found, where this step is in sight."""
        if self.step is step:
            self.go(Step.FOUND)

    def press_next(self) -> None:
        """Press the button that goes on, where it is in sight."""
        page = self.rating if self.step is Step.VIEW else self.example
        if page is not None and self.step in {Step.VIEW, Step.EXAMPLE}:
            page.next.click()

    def press_skip(self) -> None:
        """Press the button that passes over the own view, where it is in sight."""
        if self.rating is not None and self.step is Step.VIEW:
            self.rating.skip.click()

    def clear(self) -> None:
        """Show the last step alone."""
        for step in (Step.VIEW, Step.EXAMPLE, Step.REDO):
            self._remove(step)
        self.rating = self.example = None
        self._bar.hide()

    def _order(self) -> list[Step]:
        return [step for step in (Step.VIEW, Step.EXAMPLE, Step.FOUND) if step in self._pages]

    def _on_skipped(self) -> None:
        self.skipped.emit()
        self.go_on()

    def _add(self, step: Step, page: QWidget | QScrollArea) -> None:
        self._pages[step] = page
        self._stack.addWidget(page)

    def _remove(self, step: Step) -> None:
        page = self._pages.pop(step, None)
        if page is not None:
            self._stack.removeWidget(page)
            page.hide()
            page.deleteLater()
