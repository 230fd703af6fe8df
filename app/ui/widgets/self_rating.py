"""One's own view first: how each item of the checklist went, before anybody else says anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from app.ui.keys import show_keys
from app.ui.style import Space
from app.ui.texts import told
from app.ui.widgets.controls import bring_into_sight, button, card, column, label, line, row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent

    from app.coach.report_types import Checklist, Item
    from app.ui.widgets.controls import Button

YES: Final = "yes"
PARTLY: Final = "partly"
NO: Final = "no"
ANSWERS: Final = (YES, PARTLY, NO)
"""In the order of their keys: 1, 2, 3."""
SKIPPED: Final = "skipped"
"""Value of the RATING mark without an item that says that the whole question was passed over."""


def rating_text(value: str) -> str:
    """Say an answer in the person's words."""
    match value:
        case "yes":
            return QCoreApplication.translate("SelfRating", "Yes")
        case "partly":
            return QCoreApplication.translate("SelfRating", "Partly")
        case "no":
            return QCoreApplication.translate("SelfRating", "No")
        case _:
            return ""


class RatingRow(QWidget):
    """An item with three answers, of which one can be chosen and changed."""

    rated = Signal(str, str)
    """Id of the item and the answer."""

    def __init__(self, item: Item) -> None:
        super().__init__()
        self.item = item
        text = told(item.text)
        self.setAccessibleName(text)
        self.answers: dict[str, Button] = {}
        group = QButtonGroup(self)
        group.setExclusive(True)
        buttons = row(space=Space.HAIR)
        for number, value in enumerate(ANSWERS, 1):
            name = rating_text(value)
            made = button(name)
            made.setCheckable(True)
            show_keys(made, name, str(number))
            made.setAccessibleName(f"{name}: {text}")
            made.clicked.connect(lambda _, chosen=value: self.rated.emit(self.item.id, chosen))
            group.addButton(made)
            buttons.addWidget(made)
            self.answers[value] = made
        said = label(text, wrap=True)
        said.setToolTip(told(item.why))
        content = row(said, buttons, space=Space.MEDIUM)
        content.setStretch(0, 1)
        content.setAlignment(buttons, Qt.AlignmentFlag.AlignVCenter)
        content.setContentsMargins(Space.MEDIUM, Space.HAIR, Space.MEDIUM, Space.HAIR)
        self.setLayout(content)

    def show_answer(self, value: str) -> None:
        """Show the answer that was given; says nothing."""
        for key, made in self.answers.items():
            made.setChecked(key == value)

    def holds_focus(self) -> bool:
        """Whether the keys speak of this one."""
        return any(made.hasFocus() for made in self.answers.values())

    def take_focus(self) -> None:
        """Let the keys answer this one."""
        chosen = self.answers.get(self.answer) or self.answers[YES]
        chosen.setFocus(Qt.FocusReason.TabFocusReason)
        bring_into_sight(self)

    @property
    def answer(self) -> str:
        """The answer chosen; empty without one."""
        return next((key for key, made in self.answers.items() if made.isChecked()), "")


class SelfRating(QFrame):
    """The whole list; done or skipped, the next step opens."""

    rated = Signal(str, str)
    finished = Signal()
    skipped = Signal()

    def __init__(self, checklist: Checklist, ratings: Mapping[str, str]) -> None:
        super().__init__()
        self.rows = [RatingRow(item) for item in checklist.items]
        lines = QVBoxLayout()
        lines.setSpacing(0)
        for at, one in enumerate(self.rows):
            if at:
                lines.addWidget(line())
            one.show_answer(ratings.get(one.item.id, ""))
            one.rated.connect(self._on_rated)
            lines.addWidget(one)
        holder = card()
        holder.setLayout(lines)
        self.next = button(self.tr("Go on"), kind="primary", icon="next")
        self.next.clicked.connect(self.finished)
        show_keys(self.next, self.tr("Go on"), "Ctrl+Return")
        self.skip = button(self.tr("Skip"), kind="quiet", icon="skip")
        self.skip.clicked.connect(self.skipped)
        show_keys(self.skip, self.tr("Skip; you are not asked again for this session"), "Ctrl+K")
        self.told = label("", "quiet")
        foot = row(self.told, None, self.skip, self.next, space=Space.SMALL)
        self.setLayout(
            column(
                label(self.tr("How did it go, in your own view?"), "page", wrap=True),
                label(
                    self.tr(
                        "Before you see anything else. "
                        "Whoever looks at themselves first learns more from what follows."
                    ),
                    "lead-quiet",
                    wrap=True,
                ),
                Space.SMALL,
                holder,
                foot,
                space=Space.SMALL,
            )
        )
        self._count()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the line with the focus by 1, 2 or 3, and go on to the next one."""
        here = next((n for n, one in enumerate(self.rows) if one.holds_focus()), None)
        number = event.key() - Qt.Key.Key_0
        if here is None or event.modifiers() or not 1 <= number <= len(ANSWERS):
            super().keyPressEvent(event)
            return
        self.rows[here].answers[ANSWERS[number - 1]].click()
        if here + 1 < len(self.rows):
            self.rows[here + 1].take_focus()
        else:
            self.next.setFocus(Qt.FocusReason.TabFocusReason)
            bring_into_sight(self.next)

    def _on_rated(self, item: str, value: str) -> None:
        self._count()
        self.rated.emit(item, value)

    def _count(self) -> None:
        given = sum(bool(one.answer) for one in self.rows)
        text = self.tr("{n} of {all} answered").format(n=given, all=len(self.rows))
        self.told.setText(text)
