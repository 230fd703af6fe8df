"""Shared with others: what was handed over, how to take it back, and whose files one knows."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import AppError
from app.ui.consenting import current_person
from app.ui.keys import KeyMap
from app.ui.style import FORM_PX, Space
from app.ui.texts import clock_text
from app.ui.widgets.controls import (
    button,
    card,
    clear,
    column,
    label,
    line,
    page_column,
    row,
)
from app.ui.widgets.key_words import KeyWords
from app.ui.widgets.notice import Notice, Question
from app.ui.widgets.sealed_saver import choose_target, plain_name

if TYPE_CHECKING:
    from datetime import datetime

    from app.store.handover.types import Contact, Share
    from app.ui.services import Services
    from app.ui.widgets.sealed_saver import Choose


class SharedPage(QWidget):
    """Three lists under each other: what one shared, the words of one's key, and contacts."""

    closed = Signal()
    open_wanted = Signal()

    def __init__(self, services: Services, choose: Choose | None = None) -> None:
        super().__init__()
        self._services = services
        self._choose = choose or choose_target
        self.setObjectName("page")
        self.keys = KeyMap(self)
        self.notice = Notice()
        self.back = button(self.tr("Back"), kind="back", icon="back")
        self.back.clicked.connect(self.closed)
        self.open_file = button(self.tr("Open a shared file"), icon="folder-open")
        self.open_file.clicked.connect(self.open_wanted)
        self._shares = self._list()
        self._contacts = self._list()
        self.words = KeyWords()
        self._mine = label("", "quiet", wrap=True)
        self._lay_out()
        self.keys.add("Escape", self.tr("Back"), self.closed.emit, button=self.back)
        self.keys.add(
            "Ctrl+O", self.tr("Open a shared file"), self.open_wanted.emit, button=self.open_file
        )

    @staticmethod
    def _list() -> QVBoxLayout:
        return column(space=0, margin=Space.HAIR)

    def _lay_out(self) -> None:
        head = row(self.back, label(self.tr("Shared with others"), "page"), self.open_file)
        head.setStretch(1, 1)
        shares, contacts, mine = card(), card(), card()
        shares.setLayout(self._shares)
        contacts.setLayout(self._contacts)
        mine.setLayout(column(self._mine, self.words, margin=Space.MEDIUM, space=Space.SNUG))
        lead = self.tr(
            "What you handed over, newest first. Taking it back makes a file; a copy that nobody "
            "shows to Rapport again cannot be called back."
        )
        content = column(
            head,
            label(lead, "lead-quiet", wrap=True),
            self.notice,
            Space.HAIR,
            shares,
            Space.SMALL,
            label(self.tr("The words of your key"), "section"),
            mine,
            Space.SMALL,
            label(self.tr("People whose files you open"), "section"),
            contacts,
            None,
            space=Space.SNUG,
        )
        self.setLayout(column(page_column(content, width=FORM_PX)))

    # --- what it shows ----------------------------------------------------------------------

    def refresh(self) -> None:
        """Look at the store again."""
        person = current_person(self._services)
        clear(self._shares)
        clear(self._contacts)
        handover = self._services.store.handover
        shares = handover.shares(person.id) if person is not None else []
        known = handover.contacts(person.id) if person is not None else []
        for share in shares:
            self._add(self._shares, self._share_row(share))
        for contact in known:
            if contact.confirmed_at is not None:
                self._add(self._contacts, self._contact_row(contact))
        if not self._shares.count():
            self._shares.addWidget(
                self._empty(
                    self.tr("What you share will be here. “Share” is at the head of each report.")
                )
            )
        if not self._contacts.count():
            self._contacts.addWidget(
                self._empty(self.tr("Nobody yet: you meet them with the first file that you open."))
            )
        self._show_me(person.id if person is not None else "")

    def forget(self) -> None:
        """Let nothing of the last person's stay."""
        clear(self._shares)
        clear(self._contacts)
        self._show_me("")
        self.notice.hide()

    def _show_me(self, person_id: str) -> None:
        self.words.setVisible(bool(person_id))
        if not person_id:
            self._mine.setText(self.tr("You get them with your first share."))
            return
        self._mine.setText(
            self.tr("Read them to whoever opens your first file: they show that it is from you.")
        )
        try:
            self.words.show_words(self._services.store.handover.me(person_id).words)
        except AppError as error:
            self.words.hide()
            self.notice.tell_error(error)

    def _add(self, into: QVBoxLayout, one: QWidget) -> None:
        if into.count():
            into.addWidget(line())
        into.addWidget(one)

    @staticmethod
    def _empty(text: str) -> QWidget:
        words = label(text, "quiet", wrap=True)
        words.setContentsMargins(Space.SNUG, Space.SNUG, Space.SNUG, Space.SNUG)
        return words

    def _share_row(self, share: Share) -> QWidget:
        title = share.title or self.tr("A session that is deleted here")
        what = self.tr("“{title}” for {name}").format(title=title, name=share.to_name)
        start, end = clock_text(share.start_s), clock_text(share.end_s)
        parts = [
            self.tr("{start} to {end}").format(start=start, end=end),
            self.tr("with picture") if share.with_picture else self.tr("without picture"),
            self._state(share),
        ]
        gone = share.withdrawn_at is not None
        name = self.tr("Save the file again") if gone else self.tr("Take back")
        take_back = button(name)
        take_back.setAccessibleName(self.tr("{name}: {what}").format(name=name, what=what))
        take_back.setToolTip(self.tr("Make the file that ends this share"))
        made = QWidget()
        made.setAccessibleName(what)
        texts = column(
            label(what, "strong", wrap=True),
            label(" · ".join(parts), "quiet", wrap=True),
            space=Space.HAIR,
        )
        content = row(texts, take_back, space=Space.SNUG, margin=Space.SNUG)
        content.setStretch(0, 1)
        content.setAlignment(take_back, Qt.AlignmentFlag.AlignVCenter)
        made.setLayout(content)
        act = self._withdraw if gone else partial(self._ask, item=made)
        take_back.clicked.connect(lambda: act(share))
        return made

    def _state(self, share: Share) -> str:
        now = self._services.now()
        if share.withdrawn_at is not None:
            when = self._date(share.withdrawn_at, now)
            return self.tr("taken back on {date}").format(date=when)
        if share.expires_at <= now:
            return self.tr("ended on {date}").format(date=self._date(share.expires_at, now))
        until = self.tr("opens until {date}").format(date=self._date(share.expires_at, now))
        if share.reviewed_at is not None:
            read = self.tr("review read on {date}")
            until += " · " + read.format(date=self._date(share.reviewed_at, now))
        return until

    @staticmethod
    def _date(when: datetime, now: datetime) -> str:
        local = when.astimezone(now.tzinfo)
        return QLocale().toString(QDate(local.year, local.month, local.day), "d MMM yyyy")

    def _contact_row(self, contact: Contact) -> QWidget:
        forget = button(self.tr("Forget"))
        forget.setAccessibleName(self.tr("Forget the key of {name}").format(name=contact.name))
        forget.setToolTip(self.tr("Their next file asks for their words again"))
        forget.clicked.connect(lambda: self._forget(contact))
        made = QWidget()
        made.setAccessibleName(contact.name)
        content = row(label(contact.name, "strong"), forget, margin=Space.SNUG)
        content.setStretch(0, 1)
        made.setLayout(content)
        return made

    # --- what it does -----------------------------------------------------------------------

    def _ask(self, share: Share, item: QWidget) -> None:
        """Ask once; taking back is a file that the other person has to open."""
        question = Question(self.tr("Make the file…"), self.tr("Leave it shared"))
        place = self._shares.indexOf(item)
        item.hide()
        self._shares.insertWidget(place, question)
        question.confirmed.connect(lambda: self._withdraw(share))
        question.declined.connect(self._renew)
        question.ask(
            self.tr("Take it back from {name}?").format(name=share.to_name),
            self.tr(
                "You get a small file. Once {name} opens it in Rapport, the session is deleted "
                "there and the shared file opens no more. What they made of it elsewhere stays."
            ).format(name=share.to_name),
        )

    def _withdraw(self, share: Share) -> None:
        name = plain_name("taken-back", self._services.now())
        chosen = self._choose(self, self.tr("Save the file that takes it back"), name)
        if chosen:
            try:
                handover = self._services.store.handover
                handover.withdraw(share.id, share.person_id, Path(chosen))
            except AppError as error:
                self.notice.tell_error(error)
            else:
                self.notice.confirm(
                    self.tr("Saved as {file}.").format(file=Path(chosen).name),
                    self.tr("Give it to {name}; it needs no passphrase.").format(
                        name=share.to_name
                    ),
                )
        self._renew()

    def _renew(self) -> None:
        """Show the lists anew; the row that had the focus is gone with it."""
        self.refresh()
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget(self, contact: Contact) -> None:
        person = current_person(self._services)
        if person is not None:
            self._services.store.handover.forget_contact(person.id, contact.public_key)
        self._renew()
