"""Share: hand a session, or a span of it, to one person as one sealed file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.session.handing_over import hand_over
from app.ui.consenting import current_person
from app.ui.keys import KeyMap
from app.ui.pages.share_choices import ShareChoices
from app.ui.style import FORM_PX, Space
from app.ui.texts import day_text, length_text, time_text
from app.ui.widgets.controls import button, card, column, label, page_column, row
from app.ui.widgets.notice import Notice
from app.ui.widgets.sealed_saver import SealedSaver, plain_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.session.handing_over import SharePlan
    from app.store.handover.types import Share
    from app.store.types import SessionRecord
    from app.ui.services import Services
    from app.ui.widgets.sealed_saver import Choose


class SharePage(QWidget):
    """Four questions, a passphrase, and one button."""

    closed = Signal()
    shared_wanted = Signal()

    def __init__(self, services: Services, choose: Choose | None = None) -> None:
        super().__init__()
        self._services = services
        self._record: SessionRecord | None = None
        self._plan: SharePlan | None = None
        self.setObjectName("page")
        self.keys = KeyMap(self)
        self.notice = Notice(closable=False)
        self.back = button(self.tr("Back"), kind="back", icon="back")
        self.back.clicked.connect(self._on_back)
        self.list = button(self.tr("Shared with others"), kind="quiet", icon="sessions")
        self.list.clicked.connect(self.shared_wanted)
        self.about = label("", "lead-quiet", wrap=True)
        self.choices = ShareChoices()
        self.saver = SealedSaver(services.background, self.keys, choose)
        self.mistake = label("", "quiet", wrap=True)
        self._plain = label(
            self.tr(
                "Once the file has left this computer, a copy of it cannot be called back. Rapport "
                "opens it until the day you choose, or until it has read the file with which you "
                "take it back; whoever has the passphrase has seen what is in it until then."
            ),
            "quiet",
            wrap=True,
        )
        self._form = QWidget()
        self._lay_out()
        self.keys.add("Escape", self.tr("Back"), self._on_back, button=self.back)
        self.keys.add(
            "Ctrl+L", self.tr("Shared with others"), self.shared_wanted.emit, button=self.list
        )
        self.choices.changed.connect(self._look)
        self.saver.passphrase.changed.connect(self._look)
        self.saver.saved.connect(self._on_saved)
        self.saver.busy_changed.connect(self._on_busy)

    def _lay_out(self) -> None:
        head = row(self.back, label(self.tr("Share a session"), "page", wrap=True), self.list)
        head.setStretch(1, 1)
        questions = card()
        questions.setLayout(column(self.choices, margin=Space.LARGE))
        self._form.setLayout(column(questions, space=Space.SNUG))
        sealing = card()
        sealing.setLayout(
            column(self.saver, self.mistake, self._plain, space=Space.SNUG, margin=Space.LARGE)
        )
        lead = self.tr("One sealed file for one person. Without the passphrase it shows nothing.")
        content = column(
            head,
            label(lead, "lead-quiet", wrap=True),
            self.about,
            self.notice,
            Space.HAIR,
            self._form,
            sealing,
            None,
            space=Space.SNUG,
        )
        self._sealing = sealing
        self.setLayout(column(page_column(content, width=FORM_PX)))

    # --- what it shows ----------------------------------------------------------------------

    def open(self, session_id: str) -> None:
        """Be ready to hand this session over."""
        self.forget()
        services = self._services
        person = current_person(services)
        try:
            record = services.store.session(session_id)
            who = person.id if person is not None else ""
            latest = services.store.handover.latest_end(session_id, who)
            files = services.store.files(session_id)
        except AppError as error:
            self._form.hide()
            self._sealing.hide()
            self.notice.tell_error(error)
            return
        self._record = record
        now = services.now()
        local = record.started_at.astimezone(now.tzinfo)
        title = record.title or self.tr("A conversation")
        parts = [title, day_text(local, now), time_text(local)]
        if record.duration_s is not None:
            parts.append(length_text(record.duration_s))
        self.about.setText(" · ".join(parts))
        self.choices.show_session(record, files, now, latest)
        advice = self.tr(
            "Say it to them in person or by telephone, never beside the file. Rapport keeps it "
            "nowhere."
        )
        self.saver.offer(plain_name("share", now), advice, self._write)
        self.choices.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Let nothing of a session or a passphrase stay."""
        self._record = None
        self.about.setText("")
        self.choices.name.clear()
        self.notice.hide()
        self.saver.start_again()
        self._form.show()
        self._sealing.show()

    def _look(self) -> None:
        """Say what is still missing."""
        mistake = self.choices.mistake
        self.mistake.setText(mistake)
        self.mistake.setVisible(bool(mistake))
        self.saver.save.setEnabled(not mistake and self._record is not None)

    # --- what it does -----------------------------------------------------------------------

    def _write(self, path: Path, secret: str, step: Callable[[float], None]) -> Share:
        """Make the file; called beside the screen, with what was chosen before."""
        if self._plan is None:
            raise ValueError("nothing was chosen")
        return hand_over(
            self._services.store,
            self._plan,
            path,
            secret,
            catalogue=self._services.catalogue,
            progress=step,
        )

    def _on_busy(self, busy: bool) -> None:
        person = current_person(self._services)
        if busy and person is not None:
            self._plan = self.choices.plan(person.id)
        self.choices.setEnabled(not busy)

    def _on_saved(self, result: object) -> None:
        share: Share = result  # type: ignore[assignment] # what `_write` gives
        self._form.hide()
        self.mistake.hide()
        me = self._services.store.handover.me(share.person_id)
        self.saver.tell_words(share.to_name, me.words)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_back(self) -> None:
        if not self.saver.stop_work():
            self.closed.emit()
