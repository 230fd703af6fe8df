"""A field for sentences that is as high as what is written in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from app.ui.style import CONTROL_PX, Space

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QResizeEvent

EDGE_PX: Final = 2
"""Of the field's frame, above and below."""
MARGIN_PX: Final = 2
"""Beside the text, so that it begins where that of a line does."""


class GrowingText(QPlainTextEdit):
    """Wraps and grows; Tab goes on to the next field."""

    entered = Signal()
    """Enter, where a text is one line of a list."""
    left = Signal()
    """The focus went elsewhere."""

    def __init__(self, *, least: int = 2, most: int = 12, one: bool = False) -> None:
        super().__init__()
        self._least, self._most, self._one = least, most, one
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(MARGIN_PX)
        self.setViewportMargins(0, Space.HAIR, 0, Space.HAIR)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())

    def show_text(self, text: str) -> None:
        """Show a text without telling anybody; the cursor stays where it can."""
        if text == self.toPlainText():
            return
        self.blockSignals(True)
        at = self.textCursor().position()
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.setPosition(min(at, len(text)))
        self.setTextCursor(cursor)
        self.blockSignals(False)
        self._fit()

    def to_end(self) -> None:
        """Take the focus, with the cursor behind the last letter."""
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def sizeHint(self) -> QSize:
        """Be as high as the text."""
        return QSize(super().sizeHint().width(), self._high())

    def minimumSizeHint(self) -> QSize:
        """Be as narrow as the page wants, and never lower than the text."""
        return QSize(80, self._high())

    def _high(self) -> int:
        lines = 0
        block = self.document().begin()
        while block.isValid():
            lines += max(1, block.layout().lineCount() if block.layout() is not None else 1)
            block = block.next()
        shown = max(self._least, min(lines, self._most))
        around = 2 * (Space.HAIR + MARGIN_PX + EDGE_PX) + 1
        return max(CONTROL_PX, shown * self.fontMetrics().lineSpacing() + around)

    def _fit(self) -> None:
        high = self._high()
        if self.minimumHeight() != high:
            self.setFixedHeight(high)
        more = self.document().size().height() > self._most
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if more else policy.ScrollBarAlwaysOff
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that somebody went on."""
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter go on where a text is one line."""
        if self._one and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        super().keyPressEvent(event)
