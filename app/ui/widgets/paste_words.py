"""A field for what was said, where an engine heard nothing or the wrong thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from app.ui.style import Space
from app.ui.widgets.controls import button, column, label, row
from app.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.errors import AppError

LINES: Final = 5
"""So many lines of text are in sight: the player above it stays large."""


class PasteWords(QFrame):
    """Takes a text and asks for it to be used; says what is wrong with it."""

    used = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.notice = Notice(closable=False)
        how = label(
            self.tr(
                "One turn a line, with “staff:” or “customer:” before it; a time in brackets "
                "before that if you know it. Subtitles (SRT, WebVTT) and JSON do as well."
            ),
            "quiet",
            wrap=True,
        )
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self.tr("What was said"))
        self.text.setAccessibleDescription(how.text())
        self.text.setPlaceholderText(
            self.tr(
                "customer: I was charged twice!\n"
                "[0:12 - 0:16] staff: I'm sorry that we charged you twice."
            )
        )
        self.text.setTabChangesFocus(True)
        self.cancel = button(self.tr("Cancel"), kind="quiet")
        self.use = button(self.tr("Use these words"), kind="primary", icon="done")
        self.use.clicked.connect(lambda: self.used.emit(self.text.toPlainText()))
        self.cancel.clicked.connect(self.left)
        foot = row(None, self.cancel, self.use)
        inside = column(how, self.notice, self.text, foot, space=Space.SMALL)
        inside.setContentsMargins(Space.MEDIUM, Space.SNUG, Space.MEDIUM, Space.SNUG)
        self.setLayout(inside)
        self.hide()

    def open(self) -> None:
        """Show it; what was typed before and not used is still there."""
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * LINES + 2 * Space.SNUG)
        self.notice.hide()
        self.show()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, error: AppError) -> None:
        """Say what is wrong; the text stays."""
        self.notice.tell_error(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves it, and not the page behind it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
