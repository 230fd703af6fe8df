"""A plain editor for one content file: the mistake beside the text, and nothing typed is lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.errors import AppError
from app.store.own_content import draft_of, keep_draft, read_text, save_checked
from app.ui.keys import KeyMap
from app.ui.style import COLUMN_PX, Space
from app.ui.widgets.controls import Elided, button, centred, column, label, row
from app.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from pathlib import Path

    from app.coach.content_kinds import ContentKind

DRAFT_MS = 800
"""How long after the last key the draft is written."""
_LINE = re.compile(r"\bline (\d+)")
_TITLE = re.compile(r"""^(?:title|name)\s*=\s*(["'])(.+?)\1\s*(?:#.*)?$""", re.MULTILINE)


def title_of(text: str) -> str:
    """Find what a content file calls itself, also while it has a mistake; empty where nothing."""
    found = _TITLE.search(text)
    return found[2] if found is not None else ""


class EditorPage(QWidget):
    """Text, a check that names the line, and a way back that keeps a draft."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kind: ContentKind | None = None
        self._path: Path | None = None
        self.setObjectName("page")
        self.keys = KeyMap(self)
        self.title = Elided("", "page")
        self.notice = Notice(closable=False)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self.tr("Text of the file"))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.text.setProperty("role", "code")  # its size is the style sheet's, as it may change
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setTabChangesFocus(True)
        self.name = Elided("", "quiet")
        self.name.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.state = label("", "quiet", wrap=True)
        self.save = button(self.tr("Check and save"), kind="primary", icon="done")
        self.back = button(self.tr("Back"), kind="back", icon="back")
        head = row(self.back, self.title, self.save, space=Space.SNUG)
        head.setStretch(1, 1)
        how = label(
            self.tr("Change the words between quotation marks. Lines with # in front are notes."),
            "lead-quiet",
            wrap=True,
        )
        foot = row(self.state, self.name, space=Space.MEDIUM)
        foot.setStretch(0, 1)
        foot.setStretch(1, 1)
        whole = column(head, how, self.notice, self.text, foot, space=Space.SNUG)
        whole.setStretch(3, 1)
        whole.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.LARGE)
        self.setLayout(centred(whole, COLUMN_PX))
        self._draft = QTimer(self)
        self._draft.setSingleShot(True)
        self._draft.setInterval(DRAFT_MS)
        self._draft.timeout.connect(self._keep)
        self.text.textChanged.connect(self._on_typed)
        self.save.clicked.connect(self._on_save)
        self.back.clicked.connect(self._on_back)
        self.keys.add("Ctrl+S", self.tr("Check and save"), self._on_save, button=self.save)
        self.keys.add("Escape", self.tr("Back"), self._on_back, button=self.back)

    def open(self, kind: ContentKind, path: Path) -> None:
        """Show a file, or the draft that was left of it."""
        self._draft.stop()
        self._kind, self._path = kind, path
        self.name.setText(path.name)
        self.notice.hide()
        try:
            text, is_draft = read_text(path)
        except AppError as error:
            self.notice.tell_error(error)
            text, is_draft = "", False
        self.text.blockSignals(True)
        self.text.setPlainText(text)
        self.text.document().setModified(False)
        self.text.blockSignals(False)
        self._show_title()
        self.state.setText(
            self.tr("This is your draft; the saved file is as it was.") if is_draft else ""
        )
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_title(self) -> None:
        name = self._path.stem if self._path is not None else ""
        self.title.setText(title_of(self.text.toPlainText()) or name)

    def leave(self) -> None:
        """Keep what was typed."""
        if self._draft.isActive():
            self._draft.stop()
            self._keep()

    def _on_typed(self) -> None:
        self.state.setText("")
        self._draft.start()

    def _keep(self) -> None:
        if self._path is None or not self.text.document().isModified():
            return
        try:
            keep_draft(self._path, self.text.toPlainText())
        except AppError as error:
            self.notice.tell_error(error)
            return
        self.state.setText(self.tr("Draft kept."))

    def _on_save(self) -> None:
        if self._kind is None or self._path is None:
            return
        self._draft.stop()
        try:
            save_checked(self._kind, self._path, self.text.toPlainText())
        except AppError as error:
            self.notice.tell_error(error)
            self.state.setText(self.tr("Not saved yet; your text is kept as a draft."))
            self._go_to(error.what)
            return
        self.text.document().setModified(False)
        self._show_title()
        self.notice.hide()
        self.state.setText(self.tr("Saved. It is in use from now on."))

    def _go_to(self, sentence: str) -> None:
        """Put the cursor on the line that the sentence names."""
        named = _LINE.search(sentence)
        if named is None:
            return
        block = self.text.document().findBlockByNumber(int(named[1]) - 1)
        if block.isValid():
            cursor = QTextCursor(block)
            cursor.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            self.text.setTextCursor(cursor)
            self.text.centerCursor()
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_back(self) -> None:
        self.leave()
        self.closed.emit()

    @property
    def has_draft(self) -> bool:
        """Whether something typed is not in the file yet."""
        return self._path is not None and draft_of(self._path).is_file()
