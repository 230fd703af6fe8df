"""The pages on which somebody reads what a trainer wrote, and lays two recordings side by side."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final

from app.ui.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from app.ui.flow import Doors, Stage
    from app.ui.pages.compare import ComparePage
    from app.ui.pages.feedback import FeedbackPage
    from app.ui.services import Services

FEEDBACK: Final = "feedback"
COMPARE: Final = "compare"


class FeedbackFlow(Flow):
    """Opens a review, or two recordings, where they are wanted."""

    behind: ClassVar[Mapping[str, str]] = MappingProxyType(
        {FEEDBACK: "sessions", COMPARE: "sessions"}
    )

    def __init__(self, services: Services, doors: Doors, stage: Stage) -> None:
        super().__init__(services, doors, stage)
        self._feedback: FeedbackPage | None = None
        self._compare: ComparePage | None = None
        self._wanted = ""
        self._pair = ("", "")
        doors.compare_wanted.connect(self.open_compare)
        doors.feedback_wanted.connect(self.open_feedback)
        doors.person_changed.connect(self._forget)

    @property
    def pages(self) -> Mapping[str, Callable[[], QWidget]]:
        """Name of each page -> what makes it."""
        return {FEEDBACK: self._make_feedback, COMPARE: self._make_compare}

    def _make_feedback(self) -> FeedbackPage:
        from app.ui.pages.feedback import FeedbackPage  # noqa: PLC0415 - not needed at the start

        made = self._feedback = FeedbackPage(self.services)
        made.closed.connect(lambda: self.show_wanted.emit("sessions"))
        made.report_wanted.connect(self.doors.report_wanted)
        made.rehearse_wanted.connect(self.doors.rehearse_wanted)
        return made

    def _make_compare(self) -> ComparePage:
        from app.ui.pages.compare import ComparePage  # noqa: PLC0415 - not needed at the start

        made = self._compare = ComparePage(self.services)
        made.closed.connect(lambda: self.doors.report_wanted.emit(self._pair[0]))
        return made

    def open_compare(self, first: str, second: str) -> None:
        """Lay two sessions side by side; the second may be chosen there."""
        self._pair = (first, second)
        self.show_wanted.emit(COMPARE)

    def open_feedback(self, session_id: str) -> None:
        """Show the review of a session."""
        self._wanted = session_id
        self.show_wanted.emit(FEEDBACK)

    def enter(self, name: str) -> None:
        """Show the session that was asked for."""
        if name == FEEDBACK and self._feedback is not None:
            self._feedback.open(self._wanted)
            self._feedback.setFocus()
        elif name == COMPARE and self._compare is not None:
            self._compare.open(*self._pair)

    def leave(self, name: str) -> None:
        """Let go of the recordings."""
        if name == FEEDBACK and self._feedback is not None:
            self._feedback.close_files()
        elif name == COMPARE and self._compare is not None:
            self._compare.close_files()

    def close(self) -> None:
        """Let go of everything: the program ends."""
        for page in (self._feedback, self._compare):
            if page is not None:
                page.close_files()

    def _forget(self) -> None:
        self._wanted, self._pair = "", ("", "")
        for page in (self._feedback, self._compare):
            if page is not None:
                page.forget()
