"""The words of a key, in lines as they are read out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from app.ui.style import Space
from app.ui.widgets.controls import clear, column, label

if TYPE_CHECKING:
    from collections.abc import Sequence


class KeyWords(QFrame):
    """Three lines of four words, large enough to be read out."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "sunken")
        self._lines = column(space=Space.SMALL)
        self._lines.setContentsMargins(Space.MEDIUM, Space.SNUG, Space.MEDIUM, Space.SNUG)
        self.setLayout(self._lines)

    def show_words(self, lines: Sequence[str]) -> None:
        """Show the words of a key."""
        clear(self._lines)
        for one in lines:
            self._lines.addWidget(label(one, "section", wrap=True))
        self.setAccessibleName(self.tr("Words of the key"))
        self.setAccessibleDescription(", ".join(lines))
