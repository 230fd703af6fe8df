"""A content file as text."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

_LINE: Final = re.compile(r"\bline (\d+)")
_TITLE: Final = re.compile(r"""^(?:title|name)\s*=\s*(["'])(.+?)\1\s*(?:#.*)?$""", re.MULTILINE)


def title_of(text: str) -> str:
    """Find what a content file calls itself, also while it has a mistake; empty where nothing."""
    found = _TITLE.search(text)
    return found[2] if found is not None else ""


class ContentText(QPlainTextEdit):
    """The text, in letters of one width; Tab goes on to the next control."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Text of the file"))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setProperty("role", "code")  # its size is the style sheet's, as it may change
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setTabChangesFocus(True)

    def show_text(self, text: str) -> None:
        """Show a text that nobody typed."""
        self.blockSignals(True)
        self.setPlainText(text)
        self.blockSignals(False)

    def go_to(self, sentence: str) -> None:
        """Put the cursor on the line that a sentence names."""
        named = _LINE.search(sentence)
        if named is None:
            return
        block = self.document().findBlockByNumber(int(named[1]) - 1)
        if block.isValid():
            cursor = QTextCursor(block)
            cursor.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            self.setTextCursor(cursor)
            self.centerCursor()
            if self.isVisible():
                self.setFocus(Qt.FocusReason.OtherFocusReason)
