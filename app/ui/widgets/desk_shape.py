"""A marker's shape in its colour, at the start of a line."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel

from app.ui import icons
from app.ui.style import Space, current_palette

SHAPE_PX: Final = 16


class ShapeLabel(QLabel):
    """Follows the theme; the words beside it say the same."""

    def __init__(self, name: str, lane: str, parent: QLabel | None = None) -> None:
        super().__init__(parent)
        self._name, self._lane = name, lane
        self.setFixedSize(SHAPE_PX + Space.HAIR, Space.LARGE + Space.HAIR)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.dress()

    def dress(self) -> None:
        """Paint it in the current palette."""
        palette = current_palette()
        colour = palette.lane(self._lane) if self._lane else palette.quiet
        self.setPixmap(icons.pixmap(self._name, colour, SHAPE_PX, self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.dress()
