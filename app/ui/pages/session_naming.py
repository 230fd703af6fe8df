"""Giving a session of the list a name, in its row; the last name can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import AppError
from app.ui.consenting import current_person
from app.ui.keys import show_keys
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
        self._services = services
        self._rows = rows
        self._before: SessionRecord | None = None
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
        before = self._before
        if before is not None and self._keep(before, before.title):
            self.forget()
            self.done.emit(before.id)

    def forget(self) -> None:
        """Take nothing back any more."""
        self._before = None
        self.notice.hide()

    def _name(self, record: SessionRecord, name: str) -> None:
        now = self._keep(record, name)
        if now is None:
            return  # what was typed stays in the line
        self._rows.close_question()
        self.forget()
        if now.title != record.title:
            self._before = record
            title = now.title or self.tr("Practice")
            self.notice.confirm(self.tr("It is called “{title}” now.").format(title=title))
            self.notice.action.show()
        self.done.emit(record.id)

    def _keep(self, record: SessionRecord, name: str) -> SessionRecord | None:
        try:
            person = current_person(self._services)
            who = None if person is None else person.id
            return self._services.store.name_session(record.id, name, who)
        except AppError as error:
            self.notice.tell_error(error)
            self.notice.action.hide()
            return None

    def _leave(self, at: int) -> None:
        self._rows.close_question()
        self._rows.to_row(at)
