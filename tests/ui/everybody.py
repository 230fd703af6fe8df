"""What makes a page fit for everybody, as every test of that looks at it.

Longer texts, a keyboard, a screen reader, a small window.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QTextEdit,
    QWidget,
)
from ui.pseudo_locale import PseudoTranslator

from app.ui.widgets.cards import CardButton
from app.ui.widgets.controls import Elided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from app.ui.window import MainWindow

CONTROLS = (
    QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QAbstractItemView,
    QAbstractSlider,
)  # fmt: skip
ELIDED = frozenset({"ChecklistRow", "MarkerChip"})
"""What shortens its own text with dots and says all of it in a tooltip."""


@pytest.fixture
def longer(dressed: QApplication) -> Iterator[None]:
    """Every text 40 % longer; each is one that a translator is given."""
    translator = PseudoTranslator()
    dressed.installTranslator(translator)
    yield
    dressed.removeTranslator(translator)
    assert not translator.lost, f"no translator would be given {sorted(translator.lost)}"


def shown(root: QWidget, kind: type) -> list[QWidget]:
    return [child for child in root.findChildren(kind) if child.isVisible()]


def cut(widget: QWidget) -> str | None:
    """What of a label's or button's text is cut, in words; None where nothing is."""
    text = widget.text()  # type: ignore[attr-defined]
    if not text:
        return None
    metrics = widget.fontMetrics()
    if isinstance(widget, QLabel):
        room = widget.contentsRect()
        if widget.wordWrap():
            needed = metrics.boundingRect(
                QRect(0, 0, room.width(), 10_000), int(Qt.TextFlag.TextWordWrap), text
            )
            words = max(metrics.horizontalAdvance(word) for word in text.split())
            fits = needed.height() <= room.height() + 1 and words <= room.width() + 1
        else:
            fits = metrics.horizontalAdvance(text) <= room.width() + 1
    else:
        fits = widget.sizeHint().width() <= widget.width() + 1
    return None if fits else f"{type(widget).__name__} {text!r} in {widget.size().toTuple()}"


def in_scroll(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def controls_of(page: QWidget) -> list[QWidget]:
    """What can be used now."""
    found = {id(one): one for kind in CONTROLS for one in shown(page, kind)}
    return [
        one
        for one in found.values()
        if not isinstance(one, QScrollBar)
        and type(one).__name__ not in ("QLineEditIconButton", "QComboBoxListView")
        and not one.objectName().startswith("qt_")
    ]


def name_of(control: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(control)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def role_of(control: QWidget) -> bool:
    interface = QAccessible.queryAccessibleInterface(control)
    return interface is not None and interface.role() != QAccessible.Role.NoRole


def reached_by_tab(page: QWidget) -> set[QWidget]:
    """What the focus comes to when Tab is pressed again and again: the chain that Qt follows."""
    found: set[QWidget] = set()
    widget = page.nextInFocusChain()
    for _ in range(5000):
        if widget is page:
            break
        tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if page.isAncestorOf(widget) and widget.isVisible() and widget.isEnabled() and tab:
            found.add(widget)
            proxy = widget.focusProxy()
            if proxy is not None:
                found.add(proxy)
        widget = widget.nextInFocusChain()
    return found


def outside(window: MainWindow, page: QWidget) -> list[str]:
    out = [
        one.accessibleName()
        for one in shown(page, QAbstractButton)
        if not in_scroll(one)
        and not window.rect().contains(QRect(one.mapTo(window, one.rect().topLeft()), one.size()))
    ]
    areas = shown(page, QScrollArea)
    out += ["scrolls sideways" for one in areas if one.horizontalScrollBar().isVisible()]  # type: ignore[attr-defined]
    return out


def settle(qtbot: QtBot) -> None:
    """Wait until nothing on the screen moves any more, however long a round takes."""
    looks: deque[list[tuple[int, ...]]] = deque(maxlen=4)

    def rests() -> bool:
        windows = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        parts = [one for window in windows for one in (window, *window.findChildren(QWidget))]
        looks.append([(one.isVisible(), *one.geometry().getRect()) for one in parts])
        return len(looks) == looks.maxlen and all(one == looks[0] for one in looks)

    qtbot.waitUntil(rests)


def nothing_is_cut(qtbot: QtBot, page: QWidget) -> None:
    """Check it once the layouts have come to rest: wrapped texts in cards ask more than once."""

    def whole() -> None:
        assert cut_texts(page) == []

    qtbot.waitUntil(whole)


def cut_texts(page: QWidget) -> list[str]:
    """Texts of which words are lost; a wrapped line's last pixel is not."""
    said = [
        one
        for one in [*shown(page, QLabel), *shown(page, QAbstractButton)]
        if not isinstance(one, (Elided, CardButton)) and type(one).__name__ not in ELIDED
    ]
    return [words for one in said if (words := cut(one)) and not _almost(one)]


def _almost(widget: QWidget) -> bool:
    """Whether only the space under the last of several lines is missing."""
    if not isinstance(widget, QLabel) or not widget.wordWrap():
        return False
    metrics, room = widget.fontMetrics(), widget.contentsRect()
    box = QRect(0, 0, room.width(), 10_000)
    needed = metrics.boundingRect(box, int(Qt.TextFlag.TextWordWrap), widget.text())
    return needed.height() - room.height() <= metrics.descent()
