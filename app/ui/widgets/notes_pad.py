"""The notes pad beside the live picture: what happened, and what they want, one line at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QLineEdit, QWidget

from app.ui.style import Space
from app.ui.widgets.controls import Elided, card, column

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

HAPPENED: Final = "happened"
WANTS: Final = "wants"
KEPT: Final = 2
"""Lines that stay in sight; all of them are in the report."""
LENGTH: Final = 200


class NoteField(QWidget):
    """One of the two questions: Enter writes the line down, with its moment."""

    noted = Signal(str)
    left = Signal()
    """Escape: back to the session."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self.line = QLineEdit()
        # The question stands in the field: the checklist above needs the room.
        self.line.setPlaceholderText(name)
        self.line.setAccessibleName(name)
        self.line.setToolTip(hint)
        self.line.setMaxLength(LENGTH)
        self.line.returnPressed.connect(self.write_down)
        self._written: list[str] = []
        self._shown = [Elided("", "quiet") for _ in range(KEPT)]
        for line in self._shown:
            line.hide()
        self.setLayout(column(*self._shown, self.line, space=Space.HAIR))

    @property
    def written(self) -> tuple[str, ...]:
        """What was written down so far."""
        return tuple(self._written)

    def write_down(self) -> None:
        """Take the line down and make room for the next."""
        text = self.line.text().strip()
        self.line.clear()
        if not text:
            return
        self._written.append(text)
        self._show()
        self.noted.emit(text)

    def clear(self) -> None:
        """Begin anew."""
        self._written.clear()
        self.line.clear()
        self._show()

    def _show(self) -> None:
        newest = self._written[-KEPT:]
        for at, line in enumerate(self._shown):
            line.setText(newest[at] if at < len(newest) else "")
            line.setVisible(at < len(newest))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Escape; what is typed stays."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


class NotesPad(QFrame):
    """Two fields; every line is a note at its moment."""

    noted = Signal(str, str)
    """Which field, and the text."""
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields = {
            HAPPENED: NoteField(
                self.tr("What happened"),
                self.tr("In their words: the things they name. Enter writes it down."),
            ),
            WANTS: NoteField(
                self.tr("What they want"),
                self.tr("What they want under what they say. If you don't know, ask."),
            ),
        }
        for key, field in self.fields.items():
            field.noted.connect(lambda text, which=key: self.noted.emit(which, text))
            field.left.connect(self.left)
        self._inside = column(*self.fields.values(), space=Space.SMALL, margin=Space.SNUG)
        frame = card()
        frame.setLayout(self._inside)
        self.setLayout(column(frame))

    def lie_flat(self, *, flat: bool) -> None:
        """Put the fields side by side, where the lines above need the height."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._inside.setDirection(across if flat else down)

    def clear(self) -> None:
        """Begin anew."""
        for field in self.fields.values():
            field.clear()

    def flush(self) -> None:
        """Write down what was typed and not yet entered."""
        for field in self.fields.values():
            field.write_down()

    def take(self) -> None:
        """Put the keyboard into the first field that is empty."""
        empty = (one for one in self.fields.values() if not one.line.text())
        next(empty, self.fields[HAPPENED]).line.setFocus(Qt.FocusReason.ShortcutFocusReason)
