"""The way to the trainer's desk: for one's own sessions, and for those that were shared."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final

from app.ui.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

    from app.ui.flow import Doors
    from app.ui.pages.desk import DeskPage
    from app.ui.services import Services

DESK: Final = "desk"


class DeskFlow(Flow):
    """Lays a session on the desk where one is wanted."""

    behind: ClassVar[Mapping[str, str]] = MappingProxyType({DESK: "sessions"})

    def __init__(self, services: Services, doors: Doors, parent: QObject) -> None:
        super().__init__(services, doors, parent)
        self.desk: DeskPage | None = None
        self._wanted = ("", 0.0)
        doors.desk_wanted.connect(self.open_desk)
        doors.person_changed.connect(self._forget)

    @property
    def pages(self) -> Mapping[str, Callable[[], QWidget]]:
        """Name of each page -> what makes it."""
        return {DESK: self._make_desk}

    def _make_desk(self) -> DeskPage:
        from app.ui.pages.desk import DeskPage  # noqa: PLC0415 - not needed at the start

        made = self.desk = DeskPage(self.services)
        made.closed.connect(self._on_closed)
        made.send_back_wanted.connect(self.doors.send_back_wanted)
        return made

    def open_desk(self, session_id: str, t: float) -> None:
        """Show the desk with a session, at a moment."""
        self._wanted = (session_id, t)
        self.show_wanted.emit(DESK)

    def enter(self, name: str) -> None:
        """Lay the session that was asked for on the desk."""
        if name == DESK and self.desk is not None:
            self.desk.open(*self._wanted)

    def leave(self, name: str) -> None:
        """Let go of the recording; what was being spoken is saved."""
        if name == DESK and self.desk is not None:
            self.desk.close_files()

    def close(self) -> None:
        """Let go of everything: the program ends."""
        if self.desk is not None:
            self.desk.close_files()

    def _on_closed(self) -> None:
        session = self.desk.session if self.desk is not None else None
        if session is not None and not session.record.received:
            self.doors.report_wanted.emit(session.record.id)
        else:
            self.show_wanted.emit("sessions")

    def _forget(self) -> None:
        self._wanted = ("", 0.0)
        if self.desk is not None:
            self.desk.forget()
