"""The end of a self-check: one thing to keep in mind, and what was seen and heard. No mark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.coach.self_check_words import LineKind, lines_of, thing_heading
from app.ui.style import Space, TypeSize, text_px
from app.ui.texts import told
from app.ui.widgets.controls import (
    card,
    centred,
    clear,
    column,
    label,
    page_column,
    picture_label,
    row,
)
from app.ui.widgets.finding_gaps import HatchSwatch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from app.coach.self_check import Checked
    from app.coach.self_check_thing import Thing
    from app.coach.self_check_words import Line
    from app.coach.types import CueRule

LINE_PX: Final = 28
SIGN_PX: Final = 48
WIDEST_PX: Final = 1400
LOW_EM: Final = 9
"""An end of fewer headlines' height has no room for the sign above the words."""


class CheckEnd(QWidget):
    """The one thing on the left, the lines on the right."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = label("", "check-more", wrap=True)
        self.thing = label("", "check-thing", wrap=True)
        self._sign = picture_label("star", "accent", SIGN_PX)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(Space.MEDIUM)
        self.lines: tuple[Line, ...] = ()
        self._lay_out()

    def _lay_out(self) -> None:
        one = card()
        inside = column(
            self._sign,
            label(self.tr("For today"), "check-title", wrap=True),
            Space.SMALL,
            self.thing,
            self.heading,
            space=Space.SNUG,
        )
        inside.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.WIDE)
        one.setLayout(inside)
        area = page_column(self._lines)
        self._lines.setContentsMargins(0, 0, Space.SNUG, 0)
        seen = column(label(self.tr("Seen and heard"), "check-line"), area, space=Space.MEDIUM)
        # A trainer's words may be long.
        left = column(one, None)
        kept = page_column(left)
        left.setContentsMargins(0, 0, 0, 0)
        whole = row(kept, seen, space=Space.WIDE)
        whole.setStretch(0, 1)
        whole.setStretch(1, 1)
        self.setLayout(centred(whole, WIDEST_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the sign out where the words need its room."""
        super().resizeEvent(event)
        self._sign.setVisible(self.height() >= LOW_EM * text_px(2 * TypeSize.PAGE))

    def forget(self) -> None:
        """Show nothing of the last check."""
        self.lines = ()
        clear(self._lines)
        self.thing.setText("")
        self.heading.setText("")

    def show_checked(self, checked: Checked, rules: Sequence[CueRule]) -> None:
        """Show what was seen and heard."""
        self.lines = lines_of(checked, rules, told)
        clear(self._lines)
        for one in self.lines:
            self._lines.addLayout(_line(one))
        self._lines.addStretch(1)

    def show_thing(self, thing: Thing) -> None:
        """Show the one thing; a trainer's words as they wrote them."""
        self.thing.setText(told(thing.text))
        self.heading.setText(thing_heading(thing, told))


def _line(one: Line) -> QHBoxLayout:
    """Lay out one line: hatched where it was not measured, never in the colour of a verdict."""
    sign: QWidget = picture_label(one.icon, "quiet", LINE_PX)
    if one.kind is LineKind.NOT_MEASURED:
        sign = HatchSwatch()
        sign.setFixedSize(LINE_PX, LINE_PX)
    texts = column(label(one.text, "check-line", wrap=True), space=Space.HAIR)
    if one.more:
        texts.addWidget(label(one.more, "check-more", wrap=True))
    made = row(sign, texts, space=Space.MEDIUM)
    made.setStretch(1, 1)
    made.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
    return made
