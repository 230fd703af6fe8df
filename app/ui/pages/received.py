"""Open a shared file: a session to review, a review to read, or a share that was taken back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from app.errors import AppError
from app.store.handover.types import ContactState, Kind
from app.ui.consenting import current_person
from app.ui.handover_work import FileWork
from app.ui.keys import KeyMap
from app.ui.pages.received_drop import DropPlace
from app.ui.receipts import files_words, size_words
from app.ui.style import FORM_PX, Space
from app.ui.widgets.controls import button, card, column, label, page_column, row
from app.ui.widgets.key_words import KeyWords
from app.ui.widgets.notice import Notice
from app.ui.widgets.passphrase import PassphraseField

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.store.handover.door import Seen
    from app.store.handover.types import Merged
    from app.store.types import Receipt
    from app.ui.services import Services

    ChooseOne = Callable[[QWidget, str], str]


def choose_source(owner: QWidget, title: str) -> str:
    """Ask for a file; empty where the person thought better of it."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    chosen, _ = QFileDialog.getOpenFileName(owner, title, folder, "Rapport (*.rapport)")
    return chosen


class ReceivedPage(QWidget):
    """One file at a time: choose it, type the passphrase, compare the words once, go on."""

    closed = Signal()
    shared_wanted = Signal()
    desk_wanted = Signal(str)
    feedback_wanted = Signal(str)

    def __init__(self, services: Services, choose: ChooseOne | None = None) -> None:
        super().__init__()
        self._services = services
        self._choose = choose or choose_source
        self._path: Path | None = None
        self._seen: Seen | None = None
        self.setObjectName("page")
        self.keys = KeyMap(self)
        self.work = FileWork(services.background, self)
        self.notice = Notice()
        self.back = button(self.tr("Back"), kind="back", icon="back")
        self.list = button(self.tr("Shared with others"), kind="quiet", icon="sessions")
        self.drop = DropPlace()
        self.file = label("", "strong", wrap=True)
        self.passphrase = PassphraseField(self.keys, offered=False)
        self.open_it = button(self.tr("Open"), kind="primary", icon="folder-open")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("How far the file is read"))
        self.stop = button(self.tr("Stop"), icon="close")
        self.words = KeyWords()
        self.who = label("", "section", wrap=True)
        self.match = button(self.tr("They match"), kind="primary", icon="done")
        self.differ = button(self.tr("They do not match"))
        self._lay_out()
        self._connect()
        self.forget()

    def _lay_out(self) -> None:
        head = row(self.back, label(self.tr("Open a shared file"), "page"), self.list)
        head.setStretch(1, 1)
        self._asking, self._running, self._meeting = card(), card(), card()
        self._asking.setLayout(
            column(
                self.file,
                self.passphrase,
                row(None, self.open_it),
                margin=Space.LARGE,
                space=Space.SNUG,
            )
        )
        bar = row(self.bar, self.stop, space=Space.SNUG)
        bar.setStretch(0, 1)
        self._running.setLayout(
            column(label(self.tr("The file is being read"), "quiet"), bar, margin=Space.LARGE)
        )
        why = self.tr(
            "Ask them to read you the words of their key, in person or by telephone. You do this "
            "once; their later files open without asking. If a word differs, somebody else made "
            "this file."
        )
        self._meeting.setLayout(
            column(
                self.who,
                label(why, "text", wrap=True),
                self.words,
                row(None, self.differ, self.match),
                margin=Space.LARGE,
                space=Space.SNUG,
            )
        )
        lead = self.tr(
            "A session that somebody shared with you, a review of yours, or a share that was taken "
            "back: Rapport sees which it is."
        )
        parts = (self.drop, self._asking, self._running, self._meeting)
        content = column(
            head,
            label(lead, "lead-quiet", wrap=True),
            self.notice,
            Space.HAIR,
            *parts,
            None,
            space=Space.SNUG,
        )
        self._parts = parts
        self.setLayout(column(page_column(content, width=FORM_PX)))

    def _connect(self) -> None:
        self.back.clicked.connect(self._on_back)
        self.list.clicked.connect(self.shared_wanted)
        self.drop.choose.clicked.connect(self.choose_file)
        self.drop.dropped.connect(self.take)
        self.open_it.clicked.connect(self._look)
        self.passphrase.entered.connect(self._look)
        self.stop.clicked.connect(self.work.stop)
        self.match.clicked.connect(self._on_match)
        self.differ.clicked.connect(self._on_differ)
        self.work.moved.connect(self.bar.setValue)
        self.work.stopped.connect(lambda: self._show(self._asking))
        add = self.keys.add
        add("Escape", self.tr("Back"), self._on_back, button=self.back)
        add("Ctrl+L", self.tr("Shared with others"), self.shared_wanted.emit, button=self.list)
        add("Ctrl+O", self.tr("Choose a file"), self.choose_file, button=self.drop.choose)
        add("Ctrl+Return", self.tr("Open"), self._look, button=self.open_it)
        add("Ctrl+.", self.tr("Stop reading"), self.work.stop, button=self.stop)
        add("Ctrl+Y", self.tr("The words match"), self._on_match, button=self.match)
        add("Ctrl+N", self.tr("The words do not match"), self._on_differ, button=self.differ)

    # --- one file after the other -----------------------------------------------------------

    def enter(self) -> None:
        """Be ready for a file, where none is being read."""
        if self._path is None:
            self.drop.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Let nothing of a file or a passphrase stay."""
        self.work.drop()
        self._path = self._seen = None
        self.passphrase.forget()
        self.notice.hide()
        self._show(self.drop)

    def choose_file(self) -> None:
        """Ask for a file."""
        chosen = self._choose(self, self.tr("Open a shared file"))
        if chosen:
            self.take(chosen)

    def take(self, path: str) -> None:
        """Look at a file; one without a passphrase is read at once."""
        self.forget()
        if current_person(self._services) is None:
            self.notice.tell(
                self.tr("Nobody has said who is using Rapport yet."),
                self.tr("Make a profile first: what you open belongs to it."),
            )
            return
        try:
            asks = self._services.store.handover.asks_passphrase(Path(path))
        except AppError as error:
            self.notice.tell_error(error)
            return
        self._path = Path(path)
        self.file.setText(self._path.name)
        self._show(self._asking)
        if asks:
            self.passphrase.line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._look()

    # --- reading it -------------------------------------------------------------------------

    def _look(self) -> None:
        path, person = self._path, current_person(self._services)
        if path is None or person is None or self.work.busy:
            return
        self.notice.hide()
        self._show(self._running)
        secret, handover = self.passphrase.text, self._services.store.handover
        self.work.run(
            lambda step: handover.look(path, secret or None, person.id, step),
            self._on_seen,
            self._on_refused,
        )

    def _on_seen(self, result: object) -> None:
        seen: Seen = result  # type: ignore[assignment] # what `look` gives
        self._seen = seen
        if seen.letter.kind is Kind.WITHDRAWAL or seen.contact is ContactState.KNOWN:
            self._keep()
            return
        name = seen.letter.sender.name
        ask = self.tr("The first file from {name}: do these words match what they read to you?")
        self.who.setText(ask.format(name=name))
        self.words.show_words(seen.letter.sender.words)
        self._show(self._meeting)
        self.differ.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self, error: AppError) -> None:
        """Say why, and keep what was typed: a passphrase is often one letter off."""
        self._show(self._asking)
        self.notice.tell_error(error)
        self.passphrase.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_match(self) -> None:
        person = current_person(self._services)
        if self._seen is None or person is None:
            return
        self._services.store.handover.confirm(person.id, self._seen.letter.sender)
        self._keep()

    def _on_differ(self) -> None:
        name = self._seen.letter.sender.name if self._seen is not None else ""
        self.forget()
        self.notice.tell(
            self.tr("The file was not opened, and nothing of it was kept."),
            self.tr("Ask {name} whether they sent it; somebody else may have.").format(name=name),
        )
        self.enter()

    # --- what comes of it -------------------------------------------------------------------

    def _keep(self) -> None:
        seen, person = self._seen, current_person(self._services)
        if seen is None or person is None:
            return
        self._show(self._running)
        handover = self._services.store.handover
        if seen.letter.kind is Kind.SHARE:
            self.work.run(
                lambda step: handover.receive(seen, person.id, step),
                self._on_received,
                self._on_refused,
            )
        elif seen.letter.kind is Kind.REVIEW:
            self.work.run(
                lambda _: handover.merge(seen, person.id), self._on_merged, self._on_refused
            )
        else:
            self.work.run(
                lambda _: handover.read_withdrawal(seen), self._on_withdrawn, self._on_refused
            )

    def _on_received(self, session_id: object) -> None:
        self.forget()
        self.desk_wanted.emit(session_id)

    def _on_merged(self, result: object) -> None:
        merged: Merged = result  # type: ignore[assignment] # what `merge` gives
        self.forget()
        self.feedback_wanted.emit(merged.session_id)

    def _on_withdrawn(self, result: object) -> None:
        receipts: list[Receipt] = result  # type: ignore[assignment] # what it gives
        self.forget()
        if receipts:
            words = self.tr("Deleted here: {files}, {size}. The receipt is under Privacy.")
            remedy = words.format(
                files=files_words(sum(one.files for one in receipts)),
                size=size_words(sum(one.size_bytes for one in receipts)),
            )
        else:
            remedy = self.tr("Nothing of it was here. The shared file opens no more.")
        self.notice.tell(self.tr("The owner took this share back."), remedy)
        self.enter()

    def _on_back(self) -> None:
        if self.work.busy:
            self.work.stop()
            return
        self.forget()
        self.closed.emit()

    def _show(self, part: QWidget) -> None:
        for one in self._parts:
            one.setVisible(one is part)
