"""Has a session looked through for practices beside the screen, and tells when it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.session.practising import practices_of
from app.ui.waiting import Waiter

if TYPE_CHECKING:
    from app.coach.practice_report import PracticeReport
    from app.errors import AppError
    from app.store.store import Store
    from app.ui.library import Library
    from app.ui.pages.report_session import ShownSession
    from app.ui.services import Runner


class PracticeLooker(QObject):
    """One look at a time; a newer one makes an older one of no interest."""

    found = Signal(object)
    """The PracticeReport of the session that was asked for last."""
    failed = Signal(object)
    """An AppError."""

    def __init__(
        self, store: Store, library: Library, background: Runner | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._library = library
        self._background = background
        self._waiter: Waiter[PracticeReport] | None = None

    @property
    def names(self) -> dict[str, str]:
        """Names of the practices, by their ids."""
        return self._library.names

    def look(self, shown: ShownSession) -> None:
        """Begin; without words there is nothing to look for, but talk and silence are known."""
        self.stop()
        library, report = self._library, shown.report
        if report is None:
            return
        record, marks, scenario = shown.record, shown.log.now, shown.scenario
        store = self._store if shown.kept else None

        def work() -> PracticeReport:
            return practices_of(
                record, report, marks, scenario=scenario, find=library.find, store=store
            )

        if self._background is None:
            self.found.emit(work())
            return
        self._waiter = Waiter(self._background.run(work), self._on_found, self._on_failed, self)

    def stop(self) -> None:
        """Leave what runs; what it brings is of no interest any more."""
        if self._waiter is not None:
            self._waiter.drop()
            self._waiter = None

    def _on_found(self, practice: PracticeReport) -> None:
        self._waiter = None
        self.found.emit(practice)

    def _on_failed(self, error: AppError) -> None:
        self._waiter = None
        self.failed.emit(error)
