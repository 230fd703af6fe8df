"""Sessions: find one, open it, delete it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.errors import AppError
from app.store.types import KeepPolicy
from app.ui.keys import KeyMap, show_keys
from app.ui.own_sessions import own_sessions
from app.ui.pages.home import HOME_WIDTH, pending
from app.ui.style import Space
from app.ui.texts import length_text
from app.ui.widgets.cards import SessionRow
from app.ui.widgets.controls import (
    button,
    card,
    clear,
    column,
    label,
    line,
    page_column,
    picture_label,
    row,
)
from app.ui.widgets.notice import Notice, Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.store.types import SessionRecord
    from app.ui.services import Services

SEARCH_MS = 150
EMPTY_ICON_PX = 48


class SessionsPage(QWidget):
    """A list that can be searched; deleting asks once, in the page."""

    session_wanted = Signal(str)
    practise_wanted = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self.setObjectName("page")
        self.keys = KeyMap(self)
        self.notice = Notice()
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search in titles and dates"))
        self.search.setAccessibleName(self.tr("Search sessions"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(360)
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setInterval(SEARCH_MS)
        self._due.timeout.connect(self.refresh)
        self.search.textChanged.connect(self._due.start)
        self._rows: list[SessionRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._list.setContentsMargins(Space.HAIR, Space.HAIR, Space.HAIR, Space.HAIR)
        self._card = card()
        self._card.setLayout(self._list)
        self._practise = button(self.tr("Practise"), kind="primary", icon="start")
        self._practise.clicked.connect(self.practise_wanted)
        show_keys(self._practise, self.tr("Practise"), "Ctrl+2")
        self._lay_out()
        self._bind_keys()

    def _lay_out(self) -> None:
        head = row(label(self.tr("Sessions"), "page"), self._practise)
        head.setStretch(0, 1)
        content = column(
            head,
            label(self.tr("What you have practised, newest first."), "lead-quiet"),
            Space.SMALL,
            self.search,
            self.notice,
            Space.HAIR,
            self._card,
            None,
        )
        self.setLayout(column(page_column(content, width=HOME_WIDTH)))

    def _bind_keys(self) -> None:
        self.keys.add("Ctrl+F", self.tr("Search"), self._to_search)
        self.keys.add("Down", self.tr("Next session"), lambda: self._step(1))
        self.keys.add("Up", self.tr("Session before"), lambda: self._step(-1))
        self.keys.note(self.tr("Enter"), self.tr("Open the session"))
        self.keys.note(self.tr("Del"), self.tr("Delete the session"))

    def outdated(self) -> bool:
        """Whether a report that was missing has been put together since."""
        asking = any(item.isHidden() for item in self._rows)
        records = own_sessions(self._services, self.search.text().strip())
        return not asking and pending([item.record for item in self._rows]) != pending(records)

    def refresh(self) -> None:
        """Look at the store again."""
        wanted = self.search.text().strip()
        records = own_sessions(self._services, wanted)
        clear(self._list)
        self._rows = []
        now = self._services.now()
        reviewed = self._services.store.reviewed()
        for at, record in enumerate(records):
            if at:
                self._list.addWidget(line())
            item = SessionRow(record, now, deletable=True, reviewed=record.id in reviewed)
            item.opened.connect(self.session_wanted)
            item.delete_wanted.connect(self._ask)
            self._rows.append(item)
            self._list.addWidget(item)
        if not records:
            self._list.addLayout(self._empty(wanted))
        self.search.setEnabled(bool(records) or bool(wanted))

    def _empty(self, wanted: str) -> QVBoxLayout:
        sign = picture_label("search" if wanted else "sessions", "quiet", EMPTY_ICON_PX)
        if wanted:
            what = self.tr("No session has “{text}” in its title or date").format(text=wanted)
            step = button(self.tr("Show all"))
            step.clicked.connect(self.search.clear)
        else:
            what = self.tr("Your sessions will be here")
            step = button(self.tr("Practise for two minutes"), icon="start")
            step.clicked.connect(self.practise_wanted)
        words = label(what, "lead", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        content = column(sign, words, step, space=Space.MEDIUM, margin=Space.HUGE)
        for item in (sign, step):
            content.setAlignment(item, Qt.AlignmentFlag.AlignHCenter)
        return content

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _step(self, by: int) -> None:
        if not self._rows:
            return
        focused = [at for at, item in enumerate(self._rows) if item.card.hasFocus()]
        at = focused[0] + by if focused else 0
        if 0 <= at < len(self._rows):
            self._rows[at].card.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif at < 0:
            self._to_search()

    def _ask(self, session_id: str) -> None:
        at = next((n for n, item in enumerate(self._rows) if item.record.id == session_id), None)
        if at is None:
            return
        item = self._rows[at]
        question = Question(self.tr("Delete"), self.tr("Keep it"))
        place = self._list.indexOf(item)
        item.hide()
        self._list.insertWidget(place, question)
        question.confirmed.connect(lambda: self._delete(session_id))
        question.declined.connect(lambda: self._keep(item, question))
        title = item.record.title or self.tr("Practice")
        question.ask(self.tr("Delete “{title}”?").format(title=title), self._goes(item.record))

    def _goes(self, record: SessionRecord) -> str:
        parts: Sequence[str]
        if record.keep_policy is KeepPolicy.PICTURE_AND_SOUND:
            parts = (self.tr("the recording ({time})").format(time=length_text(record.duration_s)),)
        else:
            parts = ()
        words = ", ".join((*parts, self.tr("the report"), self.tr("your ticks and notes")))
        return self.tr("Gone for good: {what}.").format(what=words)

    def _keep(self, item: SessionRow, question: Question) -> None:
        self._list.removeWidget(question)
        question.hide()
        question.deleteLater()
        item.show()
        item.card.setFocus(Qt.FocusReason.OtherFocusReason)

    def _delete(self, session_id: str) -> None:
        try:
            self._services.store.delete_session(session_id)
        except AppError as error:
            self.notice.tell_error(error)
        self.refresh()
        self._step(1)
