"""Who our guests are: one page that the team fills in, and reads before a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.errors import AppError
from app.store.guest_sheet import LONGEST, read_sheet, write_sheet
from app.ui.keys import KeyMap
from app.ui.style import FORM_PX, Space
from app.ui.texts import told
from app.ui.widgets.controls import button, column, label, page_column, row
from app.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from app.ui.services import Services

FIELD_PX: Final = 72
SAVE_MS: Final = 600


class GuestsPage(QWidget):
    """Four questions; what is typed is kept at once."""

    closed = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.setObjectName("page")
        cards = services.library.cards
        self.keys = KeyMap(self)
        self.notice = Notice()
        self.fields: dict[str, QPlainTextEdit] = {}
        self._readable = True
        self._save = QTimer(self)
        self._save.setSingleShot(True)
        self._save.setInterval(SAVE_MS)
        self._save.timeout.connect(self.keep)
        self.saved = label("", "quiet")
        self.back = button(self.tr("Back"), kind="back", icon="back")
        self.back.clicked.connect(self.closed)
        self.keys.add("Escape", self.tr("Back"), self.closed.emit, button=self.back)
        head = row(
            self.back, label(self.tr("Who our guests are"), "page"), None, self.saved,
            space=Space.SNUG,
        )  # fmt: skip
        content = column(
            head,
            label(
                self.tr(
                    "One page for the whole team. Everybody at this computer sees it before a "
                    "conversation and can write on it. Kinds of guests, no names."
                ),
                "lead-quiet",
                wrap=True,
            ),
            self.notice,
            space=Space.SNUG,
        )
        for one in cards.guests:
            field = QPlainTextEdit()
            field.setAccessibleName(told(one.text))
            field.setAccessibleDescription(told(one.hint))
            field.setFixedHeight(FIELD_PX)
            field.setTabChangesFocus(True)
            field.textChanged.connect(self._on_typed)
            self.fields[one.id] = field
            content.addSpacing(Space.SMALL)
            content.addWidget(label(told(one.text), "section"))
            content.addWidget(label(told(one.hint), "quiet", wrap=True))
            content.addWidget(field)
        content.addStretch(1)
        self.setLayout(column(page_column(content, width=FORM_PX)))

    def enter(self) -> None:
        """Show what the team wrote."""
        self.notice.hide()
        try:
            answers = read_sheet()
            self._readable = True
        except AppError as error:
            # What cannot be read must not be written over.
            answers, self._readable = {}, False
            self.notice.tell_error(error)
        for id_, field in self.fields.items():
            field.setEnabled(self._readable)
            field.blockSignals(True)
            field.setPlainText(answers.get(id_, ""))
            field.blockSignals(False)
        self.saved.setText("")
        next(iter(self.fields.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Keep what was typed last."""
        if self._save.isActive():
            self.keep()

    def _on_typed(self) -> None:
        self.saved.setText("")
        self._save.start()

    def keep(self) -> None:
        """Write the page."""
        self._save.stop()
        if not self._readable:
            return
        answers = {id_: field.toPlainText()[:LONGEST] for id_, field in self.fields.items()}
        try:
            write_sheet(answers)
        except AppError as error:
            self.notice.tell_error(error)
            return
        self.saved.setText(self.tr("Kept"))
