"""Choosing what to lay beside a recording: earlier attempts at the same conversation first."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.ui.pages.compare_sides import Kind
from app.ui.style import FORM_PX, Space
from app.ui.widgets.cards import CardButton
from app.ui.widgets.controls import (
    QWIDGETSIZE_MAX,
    Elided,
    card,
    clear,
    column,
    label,
    line,
    page_column,
    picture_label,
    row,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.pages.compare_sides import Choice, ChoiceGroup

EMPTY_ICON_PX: Final = 48
SIGNS: Final = MappingProxyType(
    {Kind.SESSION: "camera", Kind.CLIP: "star", Kind.GOOD: "good", Kind.BAD: "notice"}
)


class ChoiceRow(CardButton):
    """One recording, clip or written answer."""

    def __init__(self, choice: Choice) -> None:
        super().__init__(flat=True)
        self.choice = choice
        self.setAccessibleName(f"{choice.title}, {choice.about}")
        self.setToolTip(self.tr("Lay it beside the first  (Enter)"))
        content = row(
            picture_label(SIGNS[choice.kind], "quiet"),
            column(Elided(choice.title, "lead-strong"), Elided(choice.about, "quiet"), space=2),
            picture_label("next", "quiet", Space.MEDIUM),
            space=Space.MEDIUM,
        )
        content.setStretch(1, 1)
        content.setContentsMargins(Space.MEDIUM, Space.SNUG, Space.SNUG, Space.SNUG)
        self.fill(content)


def turn_to(stack: QStackedWidget, wanted: QWidget) -> None:
    """Show the list, and the head above it, as wide as is read; recordings as wide as may be."""
    narrow = isinstance(wanted, ChooseOther)
    width = FORM_PX + 2 * Space.LARGE if narrow else QWIDGETSIZE_MAX
    around = stack.parentWidget()
    if around is not None:
        around.setMaximumWidth(width)
    stack.show()
    stack.setCurrentWidget(wanted)


class ChooseOther(QWidget):
    """The list, with what is nearest first."""

    chosen = Signal(object)
    """A Choice."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[ChoiceRow] = []
        self._groups = QVBoxLayout()
        self._groups.setSpacing(Space.SMALL)
        self._what = label("", "lead-quiet", wrap=True)
        content = column(self._what, Space.SMALL, self._groups, None, space=Space.SMALL)
        area = page_column(content, width=FORM_PX)
        content.setContentsMargins(0, Space.SNUG, 0, Space.WIDE)
        self.setLayout(column(area))

    def show_choices(self, first: Choice, groups: Sequence[ChoiceGroup]) -> None:
        """Offer these to lie beside the first."""
        clear(self._groups)
        self.rows = []
        said = self.tr("What do you want to lay beside “{title}”, {about}?")
        self._what.setText(said.format(title=first.title, about=first.about))
        for group in groups:
            self._groups.addWidget(label(group.heading, "section", wrap=True))
            self._groups.addWidget(self._card(group))
            self._groups.addSpacing(Space.SMALL)
        if not groups:
            self._groups.addLayout(self._empty())
        if self.rows:
            self.rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _card(self, group: ChoiceGroup) -> QWidget:
        made = card()
        lines = column(space=0, margin=Space.HAIR)
        for at, choice in enumerate(group.choices):
            if at:
                lines.addWidget(line())
            one = ChoiceRow(choice)
            one.clicked.connect(lambda _=False, taken=choice: self.chosen.emit(taken))
            self.rows.append(one)
            lines.addWidget(one)
        made.setLayout(lines)
        made.setAccessibleName(group.heading)
        return made

    def _empty(self) -> QVBoxLayout:
        sign = picture_label("sessions", "quiet", EMPTY_ICON_PX)
        words = label(
            self.tr("Practise the same conversation once more: then both attempts lie here."),
            "lead",
            wrap=True,
        )
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        content = column(sign, words, space=Space.MEDIUM, margin=Space.HUGE)
        content.setAlignment(sign, Qt.AlignmentFlag.AlignHCenter)
        return content

    def step(self, by: int) -> None:
        """Go to the next row, or the one before."""
        at = next((n for n, one in enumerate(self.rows) if one.hasFocus()), None)
        if self.rows:
            wanted = 0 if at is None else min(max(0, at + by), len(self.rows) - 1)
            self.rows[wanted].setFocus(Qt.FocusReason.ShortcutFocusReason)
