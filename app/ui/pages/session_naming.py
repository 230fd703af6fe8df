"""Giving a session of the list a name, in its row; names can be taken back, the last one first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import AppError
from app.ui.consenting import current_id
from app.ui.keys import show_keys
from app.ui.session_names import SessionNames
from app.ui.widgets.name_line import NameLine
from app.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from app.store.types import SessionRecord
    from app.ui.services import Services
    from app.ui.widgets.session_list import SessionList


class SessionNaming(QObject):
    """Puts a line in the place of a row, and says what the session is called then."""

    done = Signal(str)
    """Id of a session that is called otherwise now."""

    def __init__(self, services: Services, rows: SessionList) -> None:
        super().__init__(rows)
        self._rows = rows
        self._names = SessionNames(services.store, lambda: current_id(services))
        self.notice = Notice(self.tr("Undo"))
        show_keys(self.notice.action, self.tr("Undo"), "Ctrl+Z")
        self.notice.acted.connect(self.undo)

    def begin(self, session_id: str) -> None:
        """Have the name typed, where the row is."""
        at = self._rows.index_of(session_id)
        if at is None:
            return
        record = self._rows.records[at]
        line = NameLine()
        line.named.connect(lambda name: self._name(record, name))
        line.left.connect(lambda: self._leave(at))
        self._rows.ask(at, line)
        line.begin(record)

    def undo(self) -> None:
        """Call the session that was named last as it was called before."""
        try:
            now = self._names.undo()
        except AppError as error:
            self._tell(error)
            return
        if now is not None:
            self._say(self.tr("It is called “{title}” again."), now)
            self.done.emit(now.id)

    def forget(self) -> None:
        """Take nothing back any more."""
        self._names.forget()
        self.notice.hide()

    def _name(self, record: SessionRecord, name: str) -> None:
        try:
            now = self._names.give(record, name)
        except AppError as error:
            self._tell(error)  # what was typed stays in the line
            return
        self._rows.close_question()
        self.notice.hide()
        if now.title != record.title:
            self._say(self.tr("It is called “{title}” now."), now)
        self.done.emit(record.id)

    def _say(self, words: str, now: SessionRecord) -> None:
        self.notice.confirm(words.format(title=now.title or self.tr("Practice")))
        self.notice.action.setVisible(self._names.can_undo)

    def _tell(self, error: AppError) -> None:
        self.notice.tell_error(error)
        self.notice.action.hide()

    def _leave(self, at: int) -> None:
        self._rows.close_question()
        self._rows.to_row(at)
