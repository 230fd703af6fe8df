"""The way to the report page: made when it is first wanted, emptied when it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.store.types import KeepPolicy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QStackedWidget

    from app.coach.report_types import Report
    from app.coach.types import Mark
    from app.session.plan import LivePlan
    from app.ui.flow import Doors
    from app.ui.pages.report import ReportPage
    from app.ui.services import Live, Services


class ReportDoor(QObject):
    """Opens reports on the one page for them."""

    closed = Signal()
    """The person went back."""
    rehearse_wanted = Signal(object)
    """A SessionRecord to practise once more."""

    def __init__(
        self,
        services: Services,
        make: Callable[[], ReportPage] | None,
        stack: QStackedWidget,
        doors: Doors | None = None,
    ) -> None:
        super().__init__(stack)
        self._stack = stack
        self._services = services
        self._make = make
        self._doors = doors
        self.page: ReportPage | None = None

    def bring(self) -> bool:
        """Have the page; False where there is none."""
        if self.page is None and self._make is not None:
            self.page = self._make()
            self.page.closed.connect(self.closed)
            self.page.rehearse_requested.connect(self._on_rehearse)
            if self._doors is not None:
                self.page.header.doors.join(self._doors, self.page.keys)
                self.page.side.take_five_wanted.connect(self._doors.take_five_wanted)
            self._stack.addWidget(self.page)
        return self.page is not None

    def open(self, session_id: str, *, fresh: bool = False, heard: Report | None = None) -> None:
        """Show a kept session; a fresh one has just ended, and begins with the own view."""
        if self.page is not None:
            self.page.open(session_id, fresh=fresh, heard=heard)

    def open_fleeting(self, plan: LivePlan, live: Live, said: Sequence[Mark] = ()) -> None:
        """Show a session of which nothing is kept, out of memory."""
        if self.page is not None and live.report is not None:
            from app.ui.pages.report_fleeting import fleeting_session  # noqa: PLC0415 - heavy

            services = self._services
            self.page.open_fleeting(
                fleeting_session(
                    plan,
                    live.report,
                    [*live.marks, *said],
                    services.library.checklists,
                    services.now(),
                    services.library.scenario(plan.scenario),
                )
            )

    def leave(self) -> None:
        """Let go of the recording; a session that is kept nowhere goes with its page."""
        page = self.page
        if page is None:
            return
        page.close_files()
        if page.record is not None and page.record.keep_policy is KeepPolicy.NOTHING:
            self.drop()

    def drop(self) -> None:
        """Let the page go, with everything that it showed."""
        page, self.page = self.page, None
        if page is not None:
            self._stack.removeWidget(page)
            page.deleteLater()

    def _on_rehearse(self, session_id: str) -> None:
        record = self.page.record if self.page is not None else None
        if record is not None and record.id == session_id:
            self.rehearse_wanted.emit(record)
