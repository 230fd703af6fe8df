"""A list of texts: add, change, move, take out."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.forms.fields import Field
from app.ui.forms.growing import GrowingText
from app.ui.style import Space
from app.ui.widgets.controls import Button, button, row

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from app.ui.forms.model import FormModel

MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
"""Keys that, with Alt, move something in its list."""


def moved_by(event: QEvent) -> int:
    """Tell where a key wants something to go: -1 up, 1 down, 0 nowhere."""
    if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        return MOVES.get(Qt.Key(event.key()), 0) if alt else 0
    return 0


class _Row(QWidget):
    """One text, and a way to take it out."""

    moved = Signal(int)
    """-1 up, 1 down."""

    def __init__(self, title: str, number: int) -> None:
        super().__init__()
        self.text = GrowingText(least=1, one=True)
        self.text.setAccessibleName(f"{title}, {number}")
        self.text.installEventFilter(self)
        self.out = button("", kind="quiet", icon="close", tip=self.tr("Take it out"))
        self.out.setAccessibleName(self.tr("Take out {title}, {n}").format(title=title, n=number))
        inside = row(self.text, self.out, space=Space.HAIR)
        inside.setStretch(0, 1)
        inside.setAlignment(self.out, Qt.AlignmentFlag.AlignTop)
        self.setLayout(inside)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt with an arrow moves the row."""
        by = moved_by(event)
        if by:
            self.moved.emit(by)
            return True
        return super().eventFilter(watched, event)


class TextListField(Field):
    """Texts, a row each; Enter begins the next, Alt with an arrow moves one."""

    deep = True

    def __init__(self, model: FormModel, title: str, why: str = "", *, most: int = 40) -> None:
        super().__init__(model, title, why)
        self._most = most
        self._rows: list[_Row] = []
        self._inside = QVBoxLayout()
        self._inside.setSpacing(Space.HAIR)
        self.add: Button = button(self.tr("Add"), kind="link", icon="ph.plus")
        self.add.setAccessibleName(self.tr("Add to: {title}").format(title=title))
        self.add.clicked.connect(lambda: self._insert(len(self._rows)))
        self.setFocusProxy(self.add)
        self.lay_out(self._inside, row(self.add, None))

    @property
    def texts(self) -> list[GrowingText]:
        """The fields, from top to bottom."""
        return [one.text for one in self._rows]

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - see Field
        """See Field."""
        texts = [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
        while len(self._rows) > len(texts):
            gone = self._rows.pop()
            gone.hide()
            self._inside.removeWidget(gone)
            gone.deleteLater()
        while len(self._rows) < len(texts):
            self._make()
        for made, text in zip(self._rows, texts, strict=True):
            made.text.show_text(text)
        self.add.setEnabled(len(texts) < self._most)
        if self.isVisible():
            self._order()

    def _make(self) -> None:
        made = _Row(self.title.text(), len(self._rows) + 1)
        self._rows.append(made)
        self._inside.addWidget(made)
        made.text.textChanged.connect(lambda: self._on_typed(made))
        made.text.entered.connect(lambda: self._insert(self._rows.index(made) + 1))
        made.out.clicked.connect(lambda: self._remove(self._rows.index(made)))
        made.moved.connect(lambda by: self._move(self._rows.index(made), by))

    def _order(self) -> None:
        """Let Tab go down the page, however late a row came."""
        chain = [control for one in self._rows for control in (one.text, one.out)]
        for first, then in itertools.pairwise([*chain, self.add]):
            QWidget.setTabOrder(first, then)

    def showEvent(self, event: QShowEvent) -> None:
        """Set the order once all are in one window."""
        super().showEvent(event)
        self._order()

    def _on_typed(self, made: _Row) -> None:
        if self.where is not None:
            place = (*self.where, self._rows.index(made))
            self.model.put(place, made.text.toPlainText())

    def _insert(self, at: int) -> None:
        if self.where is not None and len(self._rows) < self._most:
            self.model.insert(self.where, at, "")
            self._rows[at].text.to_end()

    def _remove(self, at: int) -> None:
        if self.where is None:
            return
        self.model.remove(self.where, at)
        if self._rows:
            self._rows[min(at, len(self._rows) - 1)].text.to_end()
        else:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, at: int, by: int) -> None:
        if self.where is not None and self.model.move(self.where, at, at + by):
            self._rows[at + by].text.to_end()
