"""Rows of the settings: a name, a sentence, a control; found by what a person may call them."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QVBoxLayout, QWidget

from app.ui.style import Space
from app.ui.widgets.controls import card, column, label, line, row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QLayout

    from app.errors import AppError
    from app.ui.services import Services

CHOICE_PX: Final = 220
"""Controls begin at the same place, so that the eye runs down one line."""


class SettingRow(QFrame):
    """One setting. `words` are other names for it, translated, that the search knows too."""

    def __init__(
        self, name: str, why: str, *controls: QWidget, words: str = "", below: QWidget | None = None
    ) -> None:
        super().__init__()
        self.name = name
        self._found_by = f"{name} {why} {words}".casefold()
        told: list[QWidget | QLayout | int | None] = [label(name, "lead", wrap=True)]
        self.why = label(why, "quiet", wrap=True)
        self.why.setVisible(bool(why))
        told.append(self.why)
        texts = column(*told, space=2)
        content = row(texts, *controls, space=Space.MEDIUM)
        content.setStretch(0, 1)
        whole = column(content, space=Space.SMALL)
        if below is not None:
            whole.addWidget(below)
        whole.setContentsMargins(Space.MEDIUM, Space.SNUG, Space.MEDIUM, Space.SNUG)
        self.setLayout(whole)
        for control in controls:
            if not control.accessibleName():
                control.setAccessibleName(name)
            if not control.accessibleDescription():
                control.setAccessibleDescription(why)

    def tell(self, why: str) -> None:
        """Change the sentence."""
        self.why.setText(why)
        self.why.setVisible(bool(why))

    def found_by(self, words: Sequence[str]) -> bool:
        """Whether each word is in its names or its sentence."""
        return all(word in self._found_by for word in words)


class SettingsSection(QWidget):
    """Settings that belong together, on one card."""

    def __init__(self) -> None:
        super().__init__()
        self.name = ""
        self._rows: list[tuple[SettingRow, QFrame | None]] = []
        self._inside = QVBoxLayout()
        self._inside.setSpacing(0)
        self._inside.setContentsMargins(0, Space.HAIR, 0, Space.HAIR)
        frame = card()
        frame.setLayout(self._inside)
        self.title = label("", "section")
        self.lead = label("", "quiet", wrap=True)
        self.setLayout(column(self.title, self.lead, Space.HAIR, frame, space=Space.HAIR))

    def head(self, name: str, lead: str) -> None:
        """Say what the section is about."""
        self.name = name
        self.title.setText(name)
        self.lead.setText(lead)

    def add(self, made: SettingRow) -> SettingRow:
        """Add a row."""
        above = line() if self._rows else None
        if above is not None:
            self._inside.addWidget(above)
        self._inside.addWidget(made)
        self._rows.append((made, above))
        return made

    @property
    def rows(self) -> list[SettingRow]:
        """All rows, from top to bottom."""
        return [made for made, _ in self._rows]

    def clear(self) -> None:
        """Take all rows out, to fill it anew."""
        for made, above in self._rows:
            for one in (made, above):
                if one is not None:
                    one.hide()
                    self._inside.removeWidget(one)
                    one.deleteLater()
        self._rows = []

    def search(self, words: Sequence[str]) -> bool:
        """Show the rows that are meant; whether there are any. A section's own name means all."""
        own = [word for word in words if word not in self.name.casefold()]
        shown = 0
        for made, above in self._rows:
            fits = made.found_by(own)
            made.setVisible(fits)
            if above is not None:
                above.setVisible(fits and shown > 0)
            shown += fits
        return shown > 0

    def refresh(self) -> None:
        """Show the settings as they stand."""


class ChangingSection(SettingsSection):
    """Settings that change something: `change` and `failed` are the page's."""

    def __init__(
        self,
        services: Services,
        change: Callable[..., object],
        failed: Callable[[AppError], object],
    ) -> None:
        super().__init__()
        self._services, self._change, self._failed = services, change, failed
        self._fill()

    @abstractmethod
    def _fill(self) -> None:
        """Make its rows."""


def choice_box(
    options: Sequence[tuple[object, str]], chosen: Callable[[Any], object], *, name: str = ""
) -> QComboBox:
    """Make a list to choose one of (value, words); `chosen` is told the value."""
    box = QComboBox()
    box.setFixedWidth(CHOICE_PX)
    for value, words in options:
        box.addItem(words, value)
    box.setAccessibleName(name)
    box.activated.connect(lambda _: chosen(box.currentData()))
    return box


def choose(box: QComboBox, value: object) -> None:
    """Show a value as chosen; the first one where it is not there."""
    with QSignalBlocker(box):
        box.setCurrentIndex(max(0, box.findData(value)))


def switch(text: str, turned: Callable[[bool], object], *, name: str = "") -> QCheckBox:
    """Make a box to tick; `turned` is told."""
    box = QCheckBox(text)
    box.setAccessibleName(name or text)
    box.clicked.connect(turned)
    return box
