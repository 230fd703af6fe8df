"""Tables of one kind: the list on the left, what is chosen in it on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.forms.rows import RowList
from app.ui.style import Space
from app.ui.widgets.controls import button, card, column, label, row, scrolling

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QLayout, QScrollArea

    from app.coach.toml_fault import Where
    from app.ui.forms.fields import Field
    from app.ui.forms.model import FormModel

LIST_PX: Final = 340


def scrolled(content: QLayout) -> QScrollArea:
    """Let a layout scroll where the window is low."""
    inner = QWidget()
    inner.setObjectName("page")
    content.setContentsMargins(0, 0, Space.SNUG, Space.MEDIUM)
    inner.setLayout(content)
    return scrolling(inner)


class TableEditor(QWidget):
    """Rows to choose, add, move and take out, and the fields of the one that is chosen."""

    def __init__(
        self,
        model: FormModel,
        where: Where,
        name: str,
        *,
        words: Callable[[dict[str, Any]], tuple[str, str]],
        fresh: Callable[[], object],
        add: str,
        empty: str,
        most: int = 999,
    ) -> None:
        super().__init__()
        self.model = model
        self.where = where
        self._words = words
        self._fresh = fresh
        self._most = most
        self.fields: list[tuple[str, Field]] = []
        self.list = RowList(name)
        self.add = button(add, icon="ph.plus")
        self.out = button(self.tr("Take out"), icon="delete")
        self.empty = label(empty, "lead-quiet", wrap=True)
        self._detail = QVBoxLayout()
        self._detail.setSpacing(Space.MEDIUM)
        self._lay_out()
        self.list.chosen.connect(self.show_row)
        self.list.move_wanted.connect(self.move_row)
        self.list.remove_wanted.connect(self._remove)
        self.list.open_wanted.connect(lambda _: self._into())
        self.add.clicked.connect(self._on_add)
        self.out.clicked.connect(lambda: self._remove(self.list.currentRow()))
        model.redrawn.connect(self.refresh)
        model.judged.connect(self._list_again)

    def _lay_out(self) -> None:
        self.buttons = row(self.add, self.out, None, space=Space.SMALL)
        hint = label(self.tr("Drag a row, or press Alt with an arrow key, to move it."), "quiet")
        hint.setWordWrap(True)
        side = QWidget()
        side.setFixedWidth(LIST_PX)
        left = column(self.list, hint, self.buttons, space=Space.SMALL)
        left.setStretch(0, 1)
        side.setLayout(left)
        self.area = scrolled(column(self._detail, None))
        frame = card()
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside = column(self.area, self.empty)
        inside.setStretch(0, 1)
        inside.setStretch(1, 1)
        inside.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.SNUG, Space.SMALL)
        frame.setLayout(inside)
        both = row(side, frame, space=Space.MEDIUM)
        both.setStretch(1, 1)
        both.setContentsMargins(0, 0, 0, 0)
        self.setLayout(both)

    def put_fields(self, *fields: tuple[str, Field] | QWidget | QLayout) -> None:
        """Fill the right side: (key, field) of the chosen row, or whatever else stands there."""
        for one in fields:
            if isinstance(one, tuple):
                self.fields.append(one)
                self._detail.addWidget(one[1])
            elif isinstance(one, QWidget):
                self._detail.addWidget(one)
            else:
                self._detail.addLayout(one)
        self.refresh()

    def hold(self, key: str, field: Field) -> Field:
        """Bind a field to the chosen row wherever it stands; gives it."""
        self.fields.append((key, field))
        return field

    @property
    def chosen(self) -> Where | None:
        """The way to the chosen row."""
        at = self.list.currentRow()
        return (*self.where, at) if at >= 0 else None

    def refresh(self) -> None:
        """Show all rows again."""
        self._list_again()
        self.show_row(self.list.currentRow())
        rows = self.model.rows(self.where)
        self.area.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.out.setEnabled(bool(rows))
        self.add.setEnabled(len(rows) < self._most)

    def _list_again(self) -> None:
        rows = [one if isinstance(one, dict) else {} for one in self.model.rows(self.where)]
        shown: Sequence[tuple[str, str, bool]] = [
            (*self._words(one), bool(self.model.told((*self.where, at), deep=True)))
            for at, one in enumerate(rows)
        ]
        self.list.show_rows(shown)

    def show_row(self, at: int) -> None:
        """Show the fields of a row."""
        place = (*self.where, at) if 0 <= at < len(self.model.rows(self.where)) else None
        for key, field in self.fields:
            field.bind((*place, key) if place is not None else None)

    def choose(self, at: int) -> None:
        """Choose a row."""
        self.list.setCurrentRow(at)

    def move_row(self, at: int, to: int) -> None:
        """Move a row and stay with it."""
        if self.model.move(self.where, at, to):
            self.choose(to)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def insert(self, value: object) -> None:
        """Put a row in below the chosen one, and go to its first field."""
        at = self.list.currentRow() + 1
        self.model.insert(self.where, at, value)
        self.choose(at)
        self._into()

    def _on_add(self) -> None:
        self.insert(self._fresh())

    def _remove(self, at: int) -> None:
        if 0 <= at < len(self.model.rows(self.where)):
            self.model.remove(self.where, at)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _into(self) -> None:
        if self.fields:
            self.fields[0][1].reveal()

    def reveal(self, where: Where) -> bool:
        """Go to what a fault is about; False where it is not here."""
        if where[: len(self.where)] != self.where:
            return False
        if len(where) > len(self.where):
            self.choose(int(where[len(self.where)]))
        key = where[len(self.where) + 1] if len(where) > len(self.where) + 1 else None
        field = next((field for name, field in self.fields if name == key), None)
        if field is not None:
            field.reveal()
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        return True
