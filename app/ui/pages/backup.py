"""Everything in one file, and back: what is in it, who could read it, what would go."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QWidget

from app.errors import AppError
from app.ui.keys import KeyMap
from app.ui.receipts import size_words
from app.ui.style import FORM_PX, Space
from app.ui.texts import counted, day_text, time_text
from app.ui.widgets.controls import button, card, column, label, page_column, picture_label, row
from app.ui.widgets.long_work import LongWork
from app.ui.widgets.notice import Notice, Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QFrame

    from app.store.archive_layout import About
    from app.ui.services import Services


class BackupPage(QWidget):
    """Two cards: back up, restore."""

    closed = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._source: Path | None = None
        self.setObjectName("page")
        self.keys = KeyMap(self)
        self.notice = Notice()
        self.back = button(self.tr("Back"), kind="back", icon="back")
        self.sealed = QCheckBox(self.tr("Seal it with a passphrase"))
        self.sealed.setAccessibleName(self.sealed.text())
        self.words = self._field(self.tr("Passphrase for the backup"))
        self.write = button(self.tr("Back everything up"), kind="primary", icon="ph.archive")
        self.open_words = self._field(self.tr("Passphrase of the backup that is opened"))
        self.read = button(self.tr("Choose a backup"), icon="ph.folder-open")
        self.work = LongWork(services.background, self.tr("Progress"))
        self.work.ended.connect(self._on_ended)
        self.question = Question(self.tr("Restore it"), self.tr("Leave it as it is"))
        self.question.hide()
        self._lay_out()
        self._connect()

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(name)
        field.setPlaceholderText(self.tr("Four words or more"))
        field.setMaximumWidth(360)
        field.hide()
        return field

    def _lay_out(self) -> None:
        self.unsealed = label(
            self.tr(
                "Without a passphrase, whoever has the file can see and hear everything in it, and "
                "share in your name."
            ),
            "quiet",
            wrap=True,
        )
        give = self._card(
            "ph.archive",
            self.tr("Back everything up"),
            self.tr(
                "Profiles, sessions with their recordings, reports and marks, settings, keys, the "
                "best and worst cases and your own content go into one file: everybody's on this "
                "computer, not only yours. Speech models stay out; they can be fetched again."
            ),
            self.sealed,
            self.words,
            self.unsealed,
            row(self.write, None),
        )
        take = self._card(
            "ph.clock-counter-clockwise",
            self.tr("Restore a backup"),
            self.tr(
                "It takes the place of everything that is here, all of it or nothing. The file is "
                "checked first, and you are asked once more. What was deleted after it was made "
                "comes back; delete it again."
            ),
            self.open_words,
            row(self.read, None),
            self.question,
        )
        content = column(
            row(self.back, label(self.tr("Backup"), "page"), None, space=Space.SNUG),
            label(self.tr("One file with everything, for the day this computer breaks."),
                  "lead-quiet", wrap=True),
            self.notice,
            self.work,
            Space.SMALL,
            give,
            take,
            None,
            space=Space.SNUG,
        )  # fmt: skip
        self.setLayout(column(page_column(content, width=FORM_PX)))

    def _card(self, icon: str, title: str, words: str, *items: object) -> QFrame:
        frame = card()
        head = row(picture_label(icon, "accent"), label(title, "section", wrap=True))
        head.setStretch(1, 1)
        frame.setLayout(
            column(head, label(words, "text", wrap=True), *items,  # type: ignore[arg-type]
                   space=Space.SNUG, margin=Space.LARGE)
        )  # fmt: skip
        return frame

    def _connect(self) -> None:
        self.back.clicked.connect(self.closed)
        self.sealed.toggled.connect(self._on_sealed)
        self.write.clicked.connect(self._choose_target)
        self.read.clicked.connect(self._choose_source)
        self.open_words.returnPressed.connect(self._on_words)
        self.question.confirmed.connect(self._approve)
        self.question.declined.connect(self._decline)
        keys = self.keys
        keys.add("Escape", self.tr("Back"), self.closed.emit, button=self.back)
        keys.add("Ctrl+S", self.write.text(), self._choose_target, button=self.write)
        keys.add("Ctrl+O", self.read.text(), self._choose_source, button=self.read)

    # Coming and going

    def enter(self) -> None:
        """Come to the front."""
        self.notice.hide()

    def leave(self) -> None:
        """Stop what runs; nothing is left half done."""
        self.work.stop()
        for field in (self.words, self.open_words):
            field.clear()

    # Backing up

    def _on_sealed(self, on: bool) -> None:
        self.words.setVisible(on)
        self.unsealed.setVisible(not on)
        if on:
            self.words.setFocus()

    def _choose_target(self) -> None:
        from app.store.archive_layout import SUFFIX  # noqa: PLC0415 - when first wanted

        name = f"rapport-{self._services.now():%Y-%m-%d}{SUFFIX}"
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Where the backup goes"), str(Path.home() / name)
        )
        if chosen:
            self.back_up(Path(chosen))

    def back_up(self, target: Path) -> None:
        """Write the backup beside the screen."""
        from app.store.archive import back_up  # noqa: PLC0415

        words = self.words.text() if self.sealed.isChecked() else None
        self._begin(
            lambda: back_up(target, passphrase=words, progress=self.work.note),
            lambda about: self.notice.confirm(
                self.tr("Everything is in {name}.").format(name=target.name),
                self._says(about) + self._left_out(about),
            ),
        )

    # Restoring

    def _choose_source(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a backup"), str(Path.home()))
        if chosen:
            self.restore(Path(chosen))

    def restore(self, source: Path) -> None:
        """Prove a backup beside the screen; asks for its words where it is sealed."""
        from app.store.archive_restore import is_sealed  # noqa: PLC0415

        self._source = source
        self.question.hide()
        try:
            sealed = is_sealed(source)
        except AppError as error:
            self.notice.tell_error(error)
            return
        self.open_words.setVisible(sealed)
        if sealed:
            self.notice.tell(
                self.tr("This backup is sealed."),
                self.tr("Type the words that it was made with, and press Enter."),
            )
            self.open_words.setFocus()
            return
        self._unpack(None)

    def _on_words(self) -> None:
        self._unpack(self.open_words.text())

    def _unpack(self, words: str | None) -> None:
        from app.store.archive_restore import unpack  # noqa: PLC0415

        source = self._source
        if source is not None:
            self.notice.hide()
            self._begin(
                lambda: unpack(source, passphrase=words, progress=self.work.note), self._on_unpacked
            )

    def _on_unpacked(self, about: About) -> None:
        from app.store.archive_restore import what_is_here  # noqa: PLC0415

        here = what_is_here() or {"persons": 0, "sessions": 0, "clips": 0}
        when = datetime.fromisoformat(about.made_at).astimezone(self._services.now().tzinfo)
        self.question.ask(
            self.tr("Restore this backup in the place of everything here?"),
            self.tr(
                "{day}, {time}: {much}. What is here goes for good: {here}. It is done when "
                "Rapport is opened the next time."
            ).format(
                day=day_text(when, self._services.now()),
                time=time_text(when),
                much=self._says(about),
                here=self._counts(here["persons"], here["sessions"], here["clips"]),
            ),
        )

    def _approve(self) -> None:
        from app.store.archive_stage import approve  # noqa: PLC0415

        self.question.hide()
        try:
            approve()
        except AppError as error:
            self.notice.tell_error(error)
            return
        self.notice.confirm(
            self.tr("The backup is ready to take its place."),
            self.tr("Close Rapport and open it again. What you do until then is not kept."),
        )

    def _decline(self) -> None:
        from app.store.archive_stage import discard  # noqa: PLC0415

        self.question.hide()
        try:
            discard()
        except AppError as error:
            self.notice.tell_error(error)

    # The work

    def _begin(self, work: Callable[[], About], then: Callable[[About], object]) -> None:
        self.notice.hide()
        for one in (self.write, self.read):
            one.setEnabled(False)
        self.work.begin(work, then, self.notice.tell_error)

    def _on_ended(self) -> None:
        for one in (self.write, self.read):
            one.setEnabled(True)

    def _says(self, about: About) -> str:
        counts = self._counts(about.persons, about.sessions, about.clips)
        return self.tr("{counts}, {size}").format(counts=counts, size=size_words(about.size_bytes))

    def _left_out(self, about: About) -> str:
        if not about.left_out:
            return ""
        names = ", ".join(Path(name).name for name in about.left_out)
        return "\n" + self.tr(
            "Left out, because not every system can give a file such a name: {names}. "
            "Give them shorter names of letters, digits and blanks; then back up once more."
        ).format(names=names)

    def _counts(self, persons: int, sessions: int, clips: int) -> str:
        parts = [
            counted(persons, self.tr("1 profile"), self.tr("{n} profiles", "", persons)),
            counted(sessions, self.tr("1 session"), self.tr("{n} sessions", "", sessions)),
            counted(clips, self.tr("1 clip"), self.tr("{n} clips", "", clips)),
        ]
        return ", ".join(parts)
