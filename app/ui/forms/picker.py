"""A practice out of the thirty-two, found by its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit

from app.ui.forms.choices import ChoiceField
from app.ui.forms.rows import RowList
from app.ui.forms.words import choice_text, practice_text
from app.ui.style import Space
from app.ui.texts import told
from app.ui.widgets.controls import button, column, label, row

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.coach.practices import Practice
    from app.ui.forms.model import FormModel, Known

LOW_PX: Final = 220


def practice_field(model: FormModel, title: str) -> ChoiceField:
    """Make the field in which a practice is chosen."""
    options = [(one.id, practice_text(one.id, one.name)) for one in model.known.practices]
    return ChoiceField(model, title, lambda: options)


class PracticePicker(QFrame):
    """Search, choose, add; several one after the other."""

    picked = Signal(str)
    """Id of a practice."""
    closed = Signal()

    def __init__(self, known: Known) -> None:
        super().__init__()
        self._known = known
        self._shown: list[Practice] = []
        self.setProperty("surface", "card")
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search the practices"))
        self.search.setAccessibleName(self.tr("Search the practices"))
        self.search.setClearButtonEnabled(True)
        self.list = RowList(self.tr("Practices"), movable=False)
        self.list.setMinimumHeight(LOW_PX)
        self.none = label(self.tr("No practice has these words."), "quiet", wrap=True)
        self.add = button(self.tr("Add"), kind="primary", icon="ph.plus")
        self.close_button = button(self.tr("Done"))
        head = row(self.search, self.close_button, self.add, space=Space.SMALL)
        head.setStretch(0, 1)
        inside = column(head, self.none, self.list, space=Space.SMALL)
        inside.setStretch(2, 1)
        inside.setContentsMargins(Space.MEDIUM, Space.SNUG, Space.MEDIUM, Space.SNUG)
        self.setLayout(inside)
        self.search.textChanged.connect(lambda _: self.refresh())
        self.search.returnPressed.connect(self._pick)
        self.list.open_wanted.connect(lambda _: self._pick())
        self.add.clicked.connect(self._pick)
        self.close_button.clicked.connect(self.closed)

    def open(self) -> None:
        """Come up with all of them."""
        self.search.clear()
        self.refresh()
        self.show()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show what the words fit."""
        words = self.search.text().casefold().split()
        self._shown = [one for one in self._known.practices if _fits(one, words)]
        self.list.show_rows(
            [
                (
                    practice_text(one.id, one.name),
                    f"{choice_text(one.phase)} · {told(one.rule)}",
                    False,
                )
                for one in self._shown
            ]
        )
        self.none.setVisible(not self._shown)
        self.list.setVisible(bool(self._shown))
        self.add.setEnabled(bool(self._shown))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose while words are typed."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self._shown:
            at = min(max(self.list.currentRow() + step, 0), len(self._shown) - 1)
            self.list.setCurrentRow(at)
            return
        super().keyPressEvent(event)

    def _pick(self) -> None:
        at = self.list.currentRow()
        if 0 <= at < len(self._shown):
            self.picked.emit(self._shown[at].id)


def _fits(practice: Practice, words: list[str]) -> bool:
    parts = (practice.id, practice.name, practice.rule, choice_text(practice.phase))
    text = " ".join(told(part) for part in parts).casefold()
    return all(word in text for word in words)
