"""The own normal that is kept by itself: since when, and the way to delete it."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from app.errors import AppError
from app.ui.consenting import current_id
from app.ui.receipts import deleted_words
from app.ui.style import Space
from app.ui.waiting import Waiter
from app.ui.widgets.controls import button, column, label, row
from app.ui.widgets.notice import Question
from app.ui.widgets.paper_rows import date_words

if TYPE_CHECKING:
    from app.coach.types import Baseline
    from app.store.types import Receipt
    from app.ui.services import Services


log = logging.getLogger(__name__)


class OwnNormalCard(QFrame):
    """One line on a card; asks once, in its own place, before it goes."""

    deleted = Signal(str)
    """It is gone: the receipt in words."""
    failed = Signal(object)
    """An AppError."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self._services = services
        self._person_id: str | None = None
        self.told = label("", "text", wrap=True)
        more = self.tr("Each session has a copy of the one it was compared with, and keeps it.")
        self.delete = button(self.tr("Delete…"))
        self.delete.setAccessibleName(self.tr("Delete your own normal"))
        self.delete.clicked.connect(self._ask)
        texts = column(self.told, label(more, "quiet", wrap=True), space=2)
        line = row(texts, self.delete, space=Space.MEDIUM)
        line.setStretch(0, 1)
        line.setContentsMargins(Space.MEDIUM, Space.SNUG, Space.MEDIUM, Space.SNUG)
        self.question = Question(self.tr("Delete"), self.tr("Keep it"))
        self.question.confirmed.connect(self._go_through)
        self.question.declined.connect(self.leave)
        self.question.hide()
        self.setLayout(column(line, self.question, space=0))

    def refresh(self) -> None:
        """Look at what is kept of whoever practises now."""
        self.question.hide()
        self._person_id = person = current_id(self._services)
        kept = self._services.store.own_normals
        try:
            baseline = kept.of(person) if person is not None else None
            self.told.setText(self._told(baseline))
        except AppError as error:
            log.info("the own normal that is kept cannot be read: %s", error)
            self.told.setText(self.tr("The one that is kept cannot be read. Delete it."))
        self.delete.setVisible(person is not None and kept.file_of(person) is not None)

    def _told(self, baseline: Baseline | None) -> str:
        if baseline is None:
            return self.tr("None is kept beside your sessions.")
        day = date_words(dt.datetime.fromisoformat(baseline.made_at), self._services.now().tzinfo)
        return self.tr("Measured on {day}, for the sessions to come.").format(day=day)

    @property
    def asking(self) -> bool:
        """Whether the question stands."""
        return not self.question.isHidden()

    def leave(self) -> None:
        """Leave it as it is."""
        self.question.hide()
        self.delete.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        self.question.ask(
            self.tr("Delete your own normal?"),
            self.tr("Gone for good. It can be measured again in half a minute."),
        )

    def _go_through(self) -> None:
        person, store = self._person_id, self._services.store
        self.question.hide()
        if person is None:
            return
        Waiter(
            self._services.background.run(lambda: store.own_normals.delete(person)),
            self._deleted, self.failed.emit, self,
        )  # fmt: skip

    def _deleted(self, receipts: list[Receipt]) -> None:
        self.deleted.emit(deleted_words(receipts))
