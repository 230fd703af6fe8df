"""Keys: every action has one, its tooltip shows it, and `?` shows them all."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from PySide6.QtWidgets import QAbstractButton, QWidget

TAKEN_BY_MACOS: Final[Mapping[str, str]] = MappingProxyType(
    {"Ctrl+H": "Ctrl+Shift+H", "Ctrl+Space": "Ctrl+Shift+Space"}
)
"""Keys that the system takes for itself, to hide programs and to search, -> what they are there.

Qt calls its Command key Ctrl."""
HELD: Final = ("Ctrl+", "Alt+", "Shift+")


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One line of the list of keys."""

    keys: str
    """As the platform writes them, such as "Ctrl+1"."""
    what: str
    """What they do, translated."""


class KeyMap(QObject):
    """The keys of one page. A letter stays a letter where text is typed: Qt's fields take it."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self._lines: list[KeyLine] = []

    def add(
        self,
        keys: str,
        what: str,
        slot: Callable[[], object],
        *,
        button: QAbstractButton | None = None,
        context: Qt.ShortcutContext = Qt.ShortcutContext.WidgetWithChildrenShortcut,
    ) -> QShortcut:
        """Bind keys to an action; with a button, they do nothing while it cannot be pressed."""
        self.note(native(keys), what)
        if button is None:
            return self.bind(keys, slot, context=context)
        show_keys(button, what, keys)
        return self.bind(keys, lambda: _press(button, slot), context=context)

    def bind(
        self,
        keys: str,
        slot: Callable[[], object],
        *,
        context: Qt.ShortcutContext = Qt.ShortcutContext.WidgetWithChildrenShortcut,
    ) -> QShortcut:
        """Bind keys without listing them; `note` lists several at once."""
        shortcut = QShortcut(QKeySequence(_here(keys)), self._owner)
        shortcut.setContext(context)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(slot)
        return shortcut

    def note(self, keys: str, what: str) -> None:
        """List keys that something else listens to."""
        parts = (native(one) if one.startswith(HELD) else one for one in keys.split(", "))
        self._lines.append(KeyLine(", ".join(parts), what))

    @property
    def lines(self) -> tuple[KeyLine, ...]:
        """All keys of the page, in the order in which they were added."""
        return tuple(self._lines)


def show_keys(button: QAbstractButton, what: str, keys: str) -> None:
    """Say in the tooltip what a button does and by which keys."""
    button.setToolTip(f"{what}  ({native(keys)})")


def key_groups(
    here: KeyMap | None, doors: Iterable[tuple[str, str, str]]
) -> list[tuple[str, tuple[KeyLine, ...]]]:
    """All keys in two groups: those of a page, and those of the doors (name, words, keys)."""
    everywhere = [KeyLine(native(keys), text) for _, text, keys in doors]
    everywhere.append(KeyLine("?", QCoreApplication.translate("MainWindow", "All keys")))
    return [
        (
            QCoreApplication.translate("MainWindow", "On this page"),
            here.lines if here is not None else (),
        ),
        (QCoreApplication.translate("MainWindow", "Everywhere"), tuple(everywhere)),
    ]


def take_keys(page: QWidget | None) -> None:
    """Let the keys be this page's, where nothing on it has them: they would go to the rail."""
    here = QApplication.focusWidget()
    if page is not None and here is not page and (here is None or not page.isAncestorOf(here)):
        page.setFocus(Qt.FocusReason.OtherFocusReason)


def native(keys: str) -> str:
    """Write keys as the platform does."""
    return QKeySequence(_here(keys)).toString(QKeySequence.SequenceFormat.NativeText)


def _here(keys: str) -> str:
    return TAKEN_BY_MACOS.get(keys, keys) if sys.platform == "darwin" else keys


def _press(button: QAbstractButton, slot: Callable[[], object]) -> None:
    if button.isEnabled() and button.isVisible():
        slot()
