"""Send the review back: what a trainer said about a received session, as one sealed file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.ui.consenting import current_person
from app.ui.keys import KeyMap
from app.ui.style import FORM_PX, Space
from app.ui.widgets.controls import button, card, column, label, page_column, row
from app.ui.widgets.notice import Notice
from app.ui.widgets.sealed_saver import SealedSaver, plain_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.store.handover.types import Letter
    from app.ui.services import Services
    from app.ui.widgets.sealed_saver import Choose


class SendReviewPage(QWidget):
    """Says what goes back to whom, and saves it."""

    closed = Signal()

    def __init__(self, services: Services, choose: Choose | None = None) -> None:
        super().__init__()
        self._services = services
        self._session = self._person = ""
        self.setObjectName("page")
        self.keys = KeyMap(self)
        self.notice = Notice(closable=False)
        self.back = button(self.tr("Back"), kind="back", icon="back")
        self.back.clicked.connect(self._on_back)
        self.about = label("", "lead-quiet", wrap=True)
        self.saver = SealedSaver(services.background, self.keys, choose)
        self.saver.saved.connect(self._on_saved)
        self.keys.add("Escape", self.tr("Back"), self._on_back, button=self.back)
        self._card = card()
        self._card.setLayout(column(self.saver, margin=Space.LARGE))
        head = row(self.back, label(self.tr("Send the review back"), "page"))
        head.setStretch(1, 1)
        content = column(
            head, self.about, self.notice, Space.HAIR, self._card, None, space=Space.SNUG
        )
        self.setLayout(column(page_column(content, width=FORM_PX)))

    def open(self, session_id: str) -> None:
        """Be ready to send back what was said about this session."""
        self.forget()
        services = self._services
        person = current_person(services)
        try:
            record = services.store.session_of(session_id, person.id if person else None)
        except AppError as error:
            self._card.hide()
            self.notice.tell_error(error)
            return
        self._session, self._person = session_id, person.id if person is not None else ""
        owner = record.owner_name or self.tr("its owner")
        self.about.setText(
            self.tr(
                "One sealed file for {name} with your comments, markers and verdicts on “{title}”. "
                "It holds no recording. You can send it again later: the newer one replaces the "
                "older."
            ).format(name=owner, title=record.title)
        )
        advice = self.tr(
            "Tell {name} these words in person or by telephone, or type the passphrase that came "
            "with their file: they know it already."
        ).format(name=owner)
        self.saver.offer(plain_name("review", services.now()), advice, self._write)
        self.saver.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Let nothing of a session or a passphrase stay."""
        self._session = self._person = ""
        self.about.setText("")
        self.notice.hide()
        self._card.show()
        self.saver.start_again()

    def _write(self, path: Path, secret: str, step: Callable[[float], None]) -> Letter:
        handover = self._services.store.handover
        return handover.send_review(self._session, self._person, path, secret, step)

    def _on_saved(self, result: object) -> None:
        letter: Letter = result  # type: ignore[assignment] # what `_write` gives
        me = self._services.store.handover.me(letter.sender.author)
        self.saver.tell_words(letter.to_name, me.words)
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_back(self) -> None:
        if not self.saver.stop_work():
            self.closed.emit()
