"""The agreement that stands: since when, and the way to take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.ui.own_sessions import own_sessions
from app.ui.receipts import deleted_words
from app.ui.style import Space
from app.ui.widgets.controls import button, card, column, label, picture_label, row
from app.ui.widgets.notice import Question

if TYPE_CHECKING:
    from app.store.types import Consent
    from app.ui.services import Services


class StandingAgreement(QWidget):
    """One line on the consent page; asks once, in its own place, before everything goes."""

    taken_back = Signal(str)
    """What was deleted, in words."""
    failed = Signal(object)
    """An AppError: the agreement is taken back, but something could not be deleted yet."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._consent: Consent | None = None
        self.since = label("", "strong")
        self.take_back = button(self.tr("Take it back…"), kind="quiet")
        self.take_back.clicked.connect(self.ask)
        self._line = card()
        content = row(picture_label("done", "accent"), self.since, self.take_back)
        content.setStretch(1, 1)
        content.setContentsMargins(Space.MEDIUM, Space.HAIR, Space.HAIR, Space.HAIR)
        self._line.setLayout(content)
        self.question = Question(self.tr("Take it back"), self.tr("Leave it"))
        self.question.confirmed.connect(self._go_through)
        self.question.declined.connect(self.leave)
        self.question.hide()
        self.setLayout(column(self._line, self.question, space=0))
        self.hide()

    def show_consent(self, consent: Consent | None) -> None:
        """Say since when it stands; hidden where nobody has agreed."""
        self._consent = consent
        self.question.hide()
        self._line.show()
        self.setVisible(consent is not None)
        if consent is None:
            return
        given = consent.given_at.astimezone(self._services.now().tzinfo)
        day = QLocale().toString(QDate(given.year, given.month, given.day), "d MMMM yyyy")
        words = self.tr("Agreed on {day}")
        if consent.version != self._services.consent.version:
            words = self.tr("Agreed on {day}. This page has changed since: please read it again.")
        self.since.setText(words.format(day=day))

    @property
    def asking(self) -> bool:
        """Whether the question stands."""
        return self._consent is not None and not self.question.isHidden()

    def ask(self) -> None:
        """Ask once, and say what goes."""
        if self._consent is None or self.asking:
            return
        records = own_sessions(self._services)
        theirs = sum(record.consent_id is not None and not record.received for record in records)
        self._line.hide()
        kept = self._services.store.own_normals.file_of(self._consent.person_id) is not None
        self.question.ask(self.tr("Take your agreement back?"), self._goes(theirs, own_normal=kept))

    def _goes(self, count: int, *, own_normal: bool) -> str:
        if count == 0 and not own_normal:
            return self.tr("You have no sessions. You are asked anew before the next recording.")
        if count == 0:
            what = self.tr("your own normal")
        elif count == 1:
            what = self.tr("your one session, with its recording, report and notes")
        else:
            what = self.tr(
                "all your {n} sessions, with their recordings, reports and notes", "", count
            ).format(n=count)
        if count and own_normal:
            what = self.tr("{what}; and your own normal").format(what=what)
        return self.tr(
            "Gone for good: {what}. You are asked anew before the next recording."
        ).format(what=what)

    def leave(self) -> None:
        """Leave the agreement as it is."""
        self.question.hide()
        self._line.show()
        self.take_back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_through(self) -> None:
        consent = self._consent
        if consent is None:
            return
        try:
            receipts = self._services.store.withdraw_consent(consent.person_id)
        except AppError as error:
            self.failed.emit(error)
            return
        self.taken_back.emit(deleted_words(receipts))
