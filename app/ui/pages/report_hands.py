"""What hands say on the report: each word goes to the session's log, and is shown at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.coach.practice_verdicts import evidence_id, standing
from app.coach.suggesting import suggested
from app.errors import AppError
from app.ui.pages.report_side import REFLECTION
from app.ui.session_names import SessionNames
from app.ui.widgets.self_rating import SKIPPED

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.store.store import Store
    from app.store.types import SessionRecord
    from app.ui.pages.report_log import MarkLog
    from app.ui.pages.report_session import ShownSession


class ReportHands(QObject):
    """Writes ticks, verdicts, own views and notes of the session that is shown."""

    said = Signal()
    """Something was said, and the page has to show it."""
    named = Signal(object)
    """The SessionRecord, which is called otherwise now."""
    failed = Signal(object)
    """An AppError: it could not be kept."""

    def __init__(
        self, store: Store, parent: QObject, who: Callable[[], str | None] = lambda: None
    ) -> None:
        super().__init__(parent)
        self.names = SessionNames(store, who)
        self.shown: ShownSession | None = None
        """The session that is spoken of."""
        self.playhead_s = 0.0
        """The moment at which a tick is made, seconds."""

    def verdict(self, finding: str, on: bool) -> None:
        """Disagree with a moment, or take that back."""
        told = self.shown.told if self.shown else None
        found = told.findings if told else ()
        start = next((one.start_s for one in found if one.id == finding), 0.0)
        self._say(lambda log: log.disagree(finding, on=on, t=start))

    def refuse(self, evidence: str, on: bool) -> None:
        """Disagree with what was found in the words, or take that back."""
        shown = self.shown
        if shown is None or shown.practice is None:
            return
        found = shown.practice.evidence
        start = next((one.start_s for one in found if evidence_id(one) == evidence), None)
        self._say(lambda log: log.disagree(evidence, on=on, t=start or 0.0))

    def tick(self, item: str, on: bool) -> None:
        """Tick an item, or say that it was not done."""
        shown = self.shown
        if shown is None:
            return
        heard = False
        if shown.checklist is not None and shown.practice is not None:
            found = standing(shown.practice.evidence, shown.log.now)
            heard = item in suggested(shown.checklist, found)
        self._say(lambda log: log.tick(item, on=on, t=self.playhead_s, suggested=heard))

    def rate(self, item: str, value: str) -> None:
        """Note the person's own view of an item."""
        self._say(lambda log: log.rate(item, value))

    def skip(self) -> None:
        """Note that the own view was passed over, so that nobody asks again."""
        self._say(lambda log: log.rate("", SKIPPED))

    def note(self, text: str) -> None:
        """Keep the answer to the question afterwards."""
        self._say(lambda log: log.note(text, REFLECTION))

    def name(self, name: str) -> None:
        """Call the session as its owner wants."""
        shown = self.shown
        if shown is not None:
            self._name(lambda: self.names.give(shown.record, name))

    def unname(self) -> None:
        """Call the session as it was called before the last name."""
        self._name(self.names.undo)

    def _name(self, how: Callable[[], SessionRecord | None]) -> None:
        try:
            record = how()
        except AppError as error:
            self.failed.emit(error)
            return
        if record is not None and self.shown is not None:
            self.shown = replace(self.shown, record=record)
            self.named.emit(record)

    def _say(self, what: Callable[[MarkLog], None]) -> None:
        shown = self.shown
        if shown is None:
            return
        self._keep(lambda: what(shown.log))
        self.said.emit()

    def _keep(self, what: Callable[[], object]) -> None:
        try:
            what()
        except AppError as error:
            self.failed.emit(error)
