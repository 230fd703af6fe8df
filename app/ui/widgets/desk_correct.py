"""The line in which a mark of the machine is put right: another moment, or something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.ui.keys import show_keys
from app.ui.style import Space, tabular
from app.ui.texts import clock_text, told
from app.ui.widgets.controls import Elided, button, column, label, row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.coach.types import CueRule
    from app.ui.widgets.desk_machine import MachineMark


class CorrectLine(QWidget):
    """The span is the timeline's chosen stretch; what it was is chosen here."""

    kept = Signal()
    left = Signal()

    def __init__(self, rules: Sequence[CueRule], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark: MachineMark | None = None
        self._cues = {rule.id: told(rule.name) for rule in rules}
        self.what = label("", "strong")
        self.span = label("", "key")
        tabular(self.span)
        self.cue = QComboBox()
        self.cue.setAccessibleName(self.tr("What it was"))
        self.cue.setToolTip(self.tr("What it was  (Up, Down)"))
        self._offer(self._cues)
        self.turned = button(self.tr("The other way round"))
        self.turned.setCheckable(True)
        show_keys(self.turned, self.tr("It was the opposite of the practice"), "W")
        self.turned.hide()
        how = self.tr("I and O set start and end at the playhead, or drag on the timeline.")
        self.how = Elided(how, "quiet")
        self.keep = button(self.tr("Keep it so"), kind="primary", icon="done")
        show_keys(self.keep, self.tr("Keep it so"), "Return")
        self.leave = button(self.tr("Leave it"), kind="quiet")
        show_keys(self.leave, self.tr("Leave it as it was"), "Esc")
        self.keep.clicked.connect(self.kept)
        self.leave.clicked.connect(self.left)
        content = row(
            self.what, self.span, self.cue, self.turned, self.how, self.leave, self.keep,
            space=Space.SMALL,
        )  # fmt: skip
        content.setStretch(4, 1)
        self.setLayout(column(content, None))

    def open(self, mark: MachineMark, cue: str, span: tuple[float, float]) -> None:
        """Put an episode right, beginning with what holds of it now."""
        self._offer(self._cues)
        self._begin(mark, cue, span)
        self.turned.hide()

    def open_practice(
        self,
        mark: MachineMark,
        held: tuple[str, bool],
        span: tuple[float, float],
        names: Mapping[str, str],
    ) -> None:
        """Put a place in the words right; `held` is the practice and whether it was turned."""
        self._offer({key: told(name) for key, name in names.items()} or {held[0]: held[0]})
        self._begin(mark, held[0], span)
        self.turned.setChecked(held[1])
        self.turned.show()

    def _offer(self, names: Mapping[str, str]) -> None:
        self.cue.clear()
        for key, name in names.items():
            self.cue.addItem(name[:1].upper() + name[1:], key)

    def _begin(self, mark: MachineMark, key: str, span: tuple[float, float]) -> None:
        self.mark = mark
        self.what.setText(self.tr("Correct"))
        self.cue.setCurrentIndex(max(0, self.cue.findData(key)))
        self.show_span(span)
        self.cue.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def turn(self) -> None:
        """Say that a practice was done the other way round, or that it was not."""
        if not self.turned.isHidden():
            self.turned.toggle()

    def show_span(self, span: tuple[float, float]) -> None:
        """Say from when to when it was."""
        text = self.tr("{start} to {end}")
        self.span.setText(text.format(start=clock_text(span[0]), end=clock_text(span[1])))

    @property
    def chosen_cue(self) -> str:
        """Id of what it was: a cue, or a practice."""
        return str(self.cue.currentData())
