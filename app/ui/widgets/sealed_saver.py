"""Saves one sealed file: the passphrase, where to, how far it is, and what to do then."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from app.ui.asking import ask_where
from app.ui.handover_work import FileWork
from app.ui.style import Space
from app.ui.widgets.controls import button, column, label, row
from app.ui.widgets.key_words import KeyWords
from app.ui.widgets.notice import Notice
from app.ui.widgets.passphrase import PassphraseField

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from app.errors import AppError
    from app.ui.keys import KeyMap
    from app.ui.services import Runner

    Choose = Callable[[QWidget, str, str], str]
    Write = Callable[[Path, str, Callable[[float], None]], object]

ENDING = ".rapport"


def choose_target(owner: QWidget, title: str, name: str) -> str:
    """Ask where a file goes; empty where the person thought better of it."""
    chosen, _ = ask_where(owner, title, name, f"Rapport (*{ENDING})")
    return chosen if not chosen or chosen.endswith(ENDING) else chosen + ENDING


def plain_name(kind: str, now: datetime) -> str:
    """Name a file so that it tells nothing: no title, and nobody."""
    return f"rapport-{kind}-{now:%Y-%m-%d-%H%M}{ENDING}"


class SealedSaver(QWidget):
    """Passphrase and one button; then progress; then what to tell the other person."""

    saved = Signal(object)
    """What the work gave."""
    busy_changed = Signal(bool)

    def __init__(self, runner: Runner, keys: KeyMap, choose: Choose | None = None) -> None:
        super().__init__()
        self._choose = choose or choose_target
        self._write: Write | None = None
        self._name = ""
        self.work = FileWork(runner, self)
        self.notice = Notice()
        self.passphrase = PassphraseField(keys, offered=True)
        self._advice = label("", "quiet", wrap=True)
        self.save = button(self.tr("Save the file…"), kind="primary", icon="download-simple")
        self.save.clicked.connect(self.begin)
        keys.add("Ctrl+Return", self.tr("Save the file"), self.begin, button=self.save)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("How far the file is"))
        self._doing = label(self.tr("The file is being made"), "quiet")
        self.stop = button(self.tr("Stop"), icon="close")
        self.stop.clicked.connect(self.work.stop)
        keys.add("Ctrl+.", self.tr("Stop making the file"), self.work.stop, button=self.stop)
        self.words = KeyWords()
        self._where = label("", "strong", wrap=True)
        self._say = label(self.tr("Tell them the passphrase:"), "text", wrap=True)
        self._secret = label("", "section", wrap=True)
        self._tell = label("", "text", wrap=True)
        self._lay_out()
        self.work.moved.connect(self._on_moved)
        self.work.stopped.connect(self._on_stopped)
        self.start_again()

    def _lay_out(self) -> None:
        self._form = QWidget()
        self._form.setLayout(
            column(self.passphrase, self._advice, Space.SNUG, row(None, self.save))
        )
        self._running = QWidget()
        bar = row(self.bar, self.stop, space=Space.SNUG)
        bar.setStretch(0, 1)
        self._running.setLayout(column(self._doing, bar))
        self._done = QWidget()
        self._done.setLayout(
            column(
                self._where,
                Space.SMALL,
                self._say,
                self._secret,
                Space.SMALL,
                self._tell,
                self.words,
            )
        )
        parts = (self.notice, self._form, self._running, self._done)
        self.setLayout(column(*parts, space=Space.SNUG))

    # --- what it does -----------------------------------------------------------------------

    def offer(self, name: str, advice: str, write: Write) -> None:
        """Be ready to save under this name; `write` makes the file."""
        self.start_again()
        self._name, self._write = name, write
        self._advice.setText(advice)
        self.passphrase.offer()

    def start_again(self) -> None:
        """Forget what was saved, and the passphrase with it."""
        self.work.drop()
        self.passphrase.forget()
        self._secret.setText("")
        self.notice.hide()
        self._show(self._form)

    def begin(self) -> None:
        """Ask where to, and make the file."""
        write = self._write
        if write is None or self.work.busy:
            return
        chosen = self._choose(self, self.tr("Save the sealed file"), self._name)
        if not chosen:
            return
        self.notice.hide()
        path, secret = Path(chosen), self.passphrase.text
        self._show(self._running)
        self.work.run(
            lambda step: write(path, secret, step),
            lambda result: self._on_saved(path, secret, result),
            self._on_failed,
        )

    def tell_words(self, name: str, words: Sequence[str]) -> None:
        """Say what to do with the file, and which words to read out to this person."""
        self._tell.setText(
            self.tr(
                "Then give them the file. If it is your first one for {name}, they will ask for "
                "the words of your key. Read these out:"
            ).format(name=name)
        )
        self.words.show_words(words)

    def stop_work(self) -> bool:
        """Stop making the file; False where none is being made."""
        busy = self.work.busy
        if busy:
            self.work.stop()
        return busy

    # --- what comes of it -------------------------------------------------------------------

    def _on_saved(self, path: Path, secret: str, result: object) -> None:
        self._where.setText(self.tr("Saved as {file}").format(file=path.name))
        self._where.setToolTip(str(path))
        self._secret.setText(secret)  # until the page is left: it stands nowhere else
        self._show(self._done)
        self.saved.emit(result)

    def _on_failed(self, error: AppError) -> None:
        self._show(self._form)
        self.notice.tell_error(error)

    def _on_stopped(self) -> None:
        self._show(self._form)
        self.notice.tell(self.tr("Stopped. No file was made."))

    def _on_moved(self, percent: int) -> None:
        self.bar.setValue(percent)

    def _show(self, part: QWidget) -> None:
        for one in (self._form, self._running, self._done):
            one.setVisible(one is part)
        self.busy_changed.emit(part is self._running)
