"""The rail on the left: the only navigation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout

from app.ui import icons
from app.ui.keys import show_keys
from app.ui.style import RAIL_PX, Space, current_palette

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

RAIL_ICON_PX: Final = 24
ALWAYS: Final = ("home", "practise", "sessions")


def rail_doors(made: Container[str]) -> tuple[tuple[str, str, str], ...]:
    """Name, words and keys of the doors: those that are always there, and those in `made`."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("MainWindow", text)

    doors = (
        ("home", tr("Home"), "Ctrl+1"),
        ("practise", tr("Practise"), "Ctrl+2"),
        ("check", tr("Self-check"), "Ctrl+3"),
        ("sessions", tr("Sessions"), "Ctrl+4"),
        ("settings", tr("Settings"), "Ctrl+5"),
    )
    return tuple(door for door in doors if door[0] in ALWAYS or door[0] in made)


class Rail(QFrame):
    """One button a page, the current one marked."""

    chosen = Signal(str)
    keys_wanted = Signal()

    def __init__(self, doors: Sequence[tuple[str, str, str]]) -> None:
        self._icons: dict[QToolButton, str] = {}
        super().__init__()
        self.setProperty("surface", "rail")
        self.setAccessibleName(self.tr("Pages"))
        self._buttons: dict[str, QToolButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.SMALL, Space.MEDIUM, Space.SMALL, Space.MEDIUM)
        column.setSpacing(Space.SMALL)
        for name, text, keys in doors:
            door = self._button(name, text)
            door.setCheckable(True)
            show_keys(door, text, keys)
            door.clicked.connect(lambda _=False, page=name: self.chosen.emit(page))
            column.addWidget(door)
            self._buttons[name] = door
        column.addStretch(1)
        help_button = self._button("keys", self.tr("Keys"))
        show_keys(help_button, self.tr("All keys"), "?")
        help_button.clicked.connect(self.keys_wanted)
        column.addWidget(help_button)
        widest = max(door.sizeHint().width() for door in self._icons)
        self.setFixedWidth(max(RAIL_PX, widest + 2 * Space.SMALL))

    def _button(self, icon: str, text: str) -> QToolButton:
        made = QToolButton()
        made.setProperty("kind", "rail")
        made.setText(text)
        made.setAccessibleName(text)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setIconSize(QSize(RAIL_ICON_PX, RAIL_ICON_PX))
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._icons[made] = icon
        self._dress(made)
        return made

    def _dress(self, made: QToolButton) -> None:
        palette = current_palette()
        made.setIcon(icons.icon(self._icons[made], palette.quiet, active=palette.accent))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for door in self._icons:
                self._dress(door)

    def show_page(self, name: str) -> None:
        """Mark the page that is open; a page without a door leaves the mark where it was."""
        if name in self._buttons:
            for page, door in self._buttons.items():
                door.setChecked(page == name)
