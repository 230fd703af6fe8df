"""The rail on the left: the only navigation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout

from app.ui import icons
from app.ui.keys import show_keys
from app.ui.style import RAIL_PX, Space, current_palette

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

RAIL_ICON_PX: Final = 24
ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ITS_OWN: Final = frozenset(
    {*ENTER, Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Up, Qt.Key.Key_Down,
     Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt,
     Qt.Key.Key_Meta}
)  # fmt: skip
"""Keys by which one goes through the rail."""
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
    """Name of the page that is wanted."""
    keys_wanted = Signal()
    page_keys = Signal()
    """A key was pressed that is none of the rail's: it is meant for the page."""

    def __init__(self, doors: Sequence[tuple[str, str, str]], made: Container[str] = ()) -> None:
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
        self.person = self._button("customer", self.tr("Who"))
        self.person.clicked.connect(lambda: self.chosen.emit("who"))
        self.person.setVisible("who" in made)
        column.addWidget(self.person)
        help_button = self._button("keys", self.tr("Keys"))
        show_keys(help_button, self.tr("All keys"), "?")
        help_button.clicked.connect(self.keys_wanted)
        column.addWidget(help_button)
        self._fit()

    def _fit(self) -> None:
        """Be as wide as the widest word, in whatever language and size of text."""
        for door in self._icons:
            door.ensurePolished()
        widest = max(door.sizeHint().width() for door in self._icons if door is not self.person)
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
        made.installEventFilter(self)
        self._icons[made] = icon
        self._dress(made)
        return made

    def _dress(self, made: QToolButton) -> None:
        palette = current_palette()
        made.setIcon(icons.icon(self._icons[made], palette.quiet, active=palette.accent))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open with Enter too, and hand the page its own keys before they are looked up."""
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QToolButton):
            return super().eventFilter(watched, event)
        key, kind = event.key(), event.type()
        if kind == QEvent.Type.ShortcutOverride and key not in ITS_OWN:
            self.page_keys.emit()
        pressed = kind == QEvent.Type.KeyPress and key in ENTER
        if pressed and not event.isAutoRepeat():
            watched.click()
        return pressed

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for door in self._icons:
                self._dress(door)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self._icons:
            self._fit()

    def show_person(self, name: str) -> None:
        """Say who practises; the way to change over."""
        told = name or self.tr("Who")
        room = self.width() - 2 * Space.SMALL - 2 * Space.HAIR
        short = told.split()[0] if told.split() else told
        self.person.setText(
            self.person.fontMetrics().elidedText(short, Qt.TextElideMode.ElideRight, room)
        )
        words = self.tr("Change person") if name else self.tr("Say who practises")
        self.person.setAccessibleName(f"{told}: {words}")
        show_keys(self.person, f"{told}: {words}", "Ctrl+0")

    def show_page(self, name: str) -> None:
        """Mark the page that is open; a page without a door leaves the mark where it was."""
        if name in self._buttons:
            for page, door in self._buttons.items():
                door.setChecked(page == name)
