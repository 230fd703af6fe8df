"""All keys of the open page, shown over it in the same window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.style import Space, current_palette
from app.ui.widgets.controls import button, card, clear, column, label, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.keys import KeyLine

VEIL: Final = 150
"""How far the page behind recedes, 0..255."""
WIDTH_PX: Final = 560
KEYS_PX: Final = 120
ROOM_PX: Final = 240
"""Height that title, button and margins take."""


class KeysOverlay(QWidget):
    """A card over the page; Escape, `?` or a click beside it closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._groups = QVBoxLayout()
        self._groups.setSpacing(Space.MEDIUM)
        self._groups.setContentsMargins(0, 0, Space.SNUG, 0)
        close = button(self.tr("Close"))
        close.setToolTip(self.tr("Close  (Esc)"))
        close.clicked.connect(self.leave)
        self._close = close
        inner = QWidget()
        inner.setLayout(self._groups)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._card = card()
        self._card.setLayout(
            column(
                label(self.tr("Keys"), "section"),
                area,
                row(None, close),
                space=Space.MEDIUM,
                margin=Space.LARGE,
            )
        )
        outer = QHBoxLayout(self)
        outer.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.WIDE)
        outer.addWidget(self._card, 0, Qt.AlignmentFlag.AlignVCenter)
        self._inner = inner
        self._area = area
        self.setAccessibleName(self.tr("Keys"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        parent.installEventFilter(self)
        self._before: QWidget | None = None
        self.hide()

    def open(self, groups: Sequence[tuple[str, Sequence[KeyLine]]]) -> None:
        """Show groups of keys, each under its title."""
        clear(self._groups)
        for title, lines in groups:
            if not lines:
                continue
            grid = QGridLayout()
            grid.setVerticalSpacing(Space.SMALL)
            grid.setHorizontalSpacing(Space.MEDIUM)
            grid.setColumnStretch(1, 1)
            grid.setColumnMinimumWidth(0, KEYS_PX)
            grid.addWidget(label(title, "strong"), 0, 0, 1, 2)
            for at, line in enumerate(lines, start=1):
                cap = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
                grid.addWidget(label(line.keys, "key"), at, 0, cap)
                grid.addWidget(label(line.what, "text", wrap=True), at, 1)
            self._groups.addLayout(grid)
        self._before = self._parent.focusWidget()
        self._fit()
        self.show()
        self.raise_()
        self._close.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fit(self) -> None:
        """Cover the window; the card is as high as its lines, and scrolls beyond."""
        self.setGeometry(self._parent.rect())
        self._card.setFixedWidth(min(WIDTH_PX, self.width() - 2 * Space.WIDE))
        wanted = self._inner.sizeHint().height() + 2
        self._area.setFixedHeight(min(wanted, self.height() - ROOM_PX))

    def leave(self) -> None:
        """Close, and put the keyboard back where it was."""
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None

    def toggle(self, groups: Sequence[tuple[str, Sequence[KeyLine]]]) -> None:
        """Open it, or close it where it is open."""
        if self.isVisible():
            self.leave()
        else:
            self.open(groups)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep the keyboard on the card while it is open."""
        del forward
        self._close.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close on a click beside the card."""
        if not self._card.geometry().contains(event.position().toPoint()):
            self.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if watched is self._parent and event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let the page behind recede."""
        veil = QColor(current_palette().surface)
        veil.setAlpha(VEIL)
        painter = QPainter(self)
        painter.fillRect(event.rect(), veil)
        painter.end()
