"""The line in which an episode is put right: another span, or another cue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.ui.keys import show_keys
from app.ui.style import Space, tabular
from app.ui.texts import clock_text, told
from app.ui.widgets.controls import Elided, button, column, label, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.types import CueRule
    from app.ui.widgets.desk_machine import MachineMark


class CorrectLine(QWidget):
    """The span is the timeline's chosen stretch; the cue is chosen here."""

    kept = Signal()
    left = Signal()

    def __init__(self, rules: Sequence[CueRule], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark: MachineMark | None = None
        self.what = label("", "strong")
        self.span = label("", "key")
        tabular(self.span)
        self.cue = QComboBox()
        self.cue.setAccessibleName(self.tr("What it was"))
        self.cue.setToolTip(self.tr("What it was  (Up, Down)"))
        for rule in rules:
            name = told(rule.name)
            self.cue.addItem(name[:1].upper() + name[1:], rule.id)
        how = self.tr("I and O set start and end at the playhead, or drag on the timeline.")
        self.how = Elided(how, "quiet")
        self.keep = button(self.tr("Keep it so"), kind="primary", icon="done")
        show_keys(self.keep, self.tr("Keep it so"), "Return")
        self.leave = button(self.tr("Leave it"), kind="quiet")
        show_keys(self.leave, self.tr("Leave it as it was"), "Esc")
        self.keep.clicked.connect(self.kept)
        self.leave.clicked.connect(self.left)
        content = row(
            self.what, self.span, self.cue, self.how, self.leave, self.keep, space=Space.SMALL
        )
        content.setStretch(3, 1)
        self.setLayout(column(content, None))

    def open(self, mark: MachineMark, cue: str, span: tuple[float, float]) -> None:
        """Put a mark right, beginning with what holds of it now."""
        self.mark = mark
        self.what.setText(self.tr("Correct"))
        self.cue.setCurrentIndex(max(0, self.cue.findData(cue)))
        self.show_span(span)
        self.cue.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_span(self, span: tuple[float, float]) -> None:
        """Say from when to when it was."""
        text = self.tr("{start} to {end}")
        self.span.setText(text.format(start=clock_text(span[0]), end=clock_text(span[1])))

    @property
    def chosen_cue(self) -> str:
        """Id of what it was."""
        return str(self.cue.currentData())
