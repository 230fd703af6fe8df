"""The pages on which somebody reads what a trainer wrote, and lays two recordings side by side."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final

from app.ui.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

    from app.ui.flow import Doors
    from app.ui.pages.feedback import FeedbackPage
    from app.ui.services import Services

FEEDBACK: Final = "feedback"


class FeedbackFlow(Flow):
    """Opens a review where one is wanted."""

    behind: ClassVar[Mapping[str, str]] = MappingProxyType({FEEDBACK: "sessions"})

    def __init__(self, services: Services, doors: Doors, parent: QObject) -> None:
        super().__init__(services, doors, parent)
        self._feedback: FeedbackPage | None = None
        self._wanted = ""
        doors.feedback_wanted.connect(self.open_feedback)
        doors.person_changed.connect(self._forget)

    @property
    def pages(self) -> Mapping[str, Callable[[], QWidget]]:
        """Name of each page -> what makes it."""
        return {FEEDBACK: self._make_feedback}

    def _make_feedback(self) -> FeedbackPage:
        from app.ui.pages.feedback import FeedbackPage  # noqa: PLC0415 - not needed at the start

        made = self._feedback = FeedbackPage(self.services)
        made.closed.connect(lambda: self.show_wanted.emit("sessions"))
        made.report_wanted.connect(self.doors.report_wanted)
        made.rehearse_wanted.connect(self.doors.rehearse_wanted)
        return made

    def open_feedback(self, session_id: str) -> None:
        """Show the review of a session."""
        self._wanted = session_id
        self.show_wanted.emit(FEEDBACK)

    def enter(self, name: str) -> None:
        """Show the session that was asked for."""
        if name == FEEDBACK and self._feedback is not None:
            self._feedback.open(self._wanted)
            self._feedback.setFocus()

    def leave(self, name: str) -> None:
        """Let go of the recordings."""
        if name == FEEDBACK and self._feedback is not None:
            self._feedback.close_files()

    def close(self) -> None:
        """Let go of everything: the program ends."""
        if self._feedback is not None:
            self._feedback.close_files()

    def _forget(self) -> None:
        self._wanted = ""
        if self._feedback is not None:
            self._feedback.forget()
