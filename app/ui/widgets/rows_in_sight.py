"""What lists of any length share: they follow the area they scroll in, and their rows' Tab."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtWidgets import QScrollArea, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QShowEvent

UNSEEN: Final = 20
"""Rows that are ready before the list was ever on a screen."""


class RowWithStops(Protocol):
    """A row that says what Tab comes to in it."""

    @property
    def stops(self) -> Sequence[QWidget]:
        """From the left, what takes the focus."""


class RowsInSight(QWidget):
    """Has only the rows in sight; `fill` makes them, whenever something else is in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.area: QScrollArea | None = None

    def fill(self) -> None:
        """Have the rows in sight, and let go of the others."""
        raise NotImplementedError

    def seen(self) -> QRect:
        """Give what of the list is in sight; empty before it was ever on a screen."""
        return self.visibleRegion().boundingRect()

    def holds_focus(self, row: QWidget) -> bool:
        """Whether somebody is in this row: it must not go."""
        return row.isAncestorOf(self.focusWidget() or self)

    def chain(self, rows: Iterable[RowWithStops]) -> None:
        """Let Tab go through the rows from the top, in whatever order they were made."""
        stops = [stop for row in rows for stop in row.stops]
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the area that it scrolls in."""
        super().showEvent(event)
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if isinstance(parent, QScrollArea) and parent is not self.area:
            self.area = parent
            parent.verticalScrollBar().valueChanged.connect(self.fill)
            parent.viewport().installEventFilter(self)
        self.fill()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See more where the window grows."""
        if event.type() == QEvent.Type.Resize:
            self.fill()
        return False


def let_go(row: QWidget) -> None:
    """Take a row away."""
    row.hide()
    row.deleteLater()
