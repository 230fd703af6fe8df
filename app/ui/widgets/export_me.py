"""Everything about oneself in one file: how far it is, and how to stop it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QProgressBar

from app.session.errors import Cancelled
from app.store.about_me import export_about_me
from app.ui.asking import ask_where
from app.ui.consenting import current_person
from app.ui.style import Space
from app.ui.texts import told
from app.ui.waiting import Waiter
from app.ui.widgets.controls import button, column, label, row

if TYPE_CHECKING:
    from app.errors import AppError
    from app.ui.services import Services

LOOK_MS: Final = 100
WHOLE: Final = 1000


class ExportMe(QFrame):
    """A button, then a bar, then a sentence."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self._services = services
        self._done = 0.0
        self._stop = False
        self._target = Path()
        self.told = label("", "quiet", wrap=True)
        self.make = button(self.tr("Make the file…"), icon="ph.download-simple")
        self.make.clicked.connect(self._on_make)
        self.cancel = button(self.tr("Stop"))
        self.cancel.clicked.connect(self.stop)
        self.bar = QProgressBar()
        self.bar.setRange(0, WHOLE)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("How far the file is"))
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        texts = column(self.told, self.bar, space=Space.SMALL)
        content = row(texts, self.cancel, self.make, space=Space.MEDIUM)
        content.setStretch(0, 1)
        content.setContentsMargins(Space.MEDIUM, Space.SNUG, Space.MEDIUM, Space.SNUG)
        self.setLayout(content)
        self.refresh()

    def refresh(self) -> None:
        """Offer it; nothing of an earlier one stays."""
        if not self._timer.isActive():
            self.told.setText(
                self.tr(
                    "Your sessions with recordings, reports and notes, your own normal, your "
                    "agreements, receipts and settings, as files that other programs can read."
                )
            )
            self._show(busy=False)
            self.make.setEnabled(current_person(self._services) is not None)

    def _show(self, *, busy: bool) -> None:
        self.bar.setVisible(busy)
        self.cancel.setVisible(busy)
        self.make.setVisible(not busy)

    def _on_make(self) -> None:
        title, file = self.tr("Everything about you"), self.tr("About me.zip")
        name, _ = ask_where(self, title, file, self.tr("ZIP (*.zip)"))
        if name:
            self.make_file(Path(name))

    def make_file(self, target: Path) -> None:
        """Write everything about whoever practises now, beside the screen."""
        person = current_person(self._services)
        if person is None:
            return
        self._done, self._stop, self._target = 0.0, False, target
        future = self._services.background.run(lambda: self._write(person.id, target))
        self.bar.setValue(0)
        self.told.setText(self.tr("Putting everything together"))
        self._show(busy=True)
        self._timer.start()
        Waiter(future, self._ended, self._failed, self)

    def _write(self, person_id: str, target: Path) -> bool:
        """Write the file, beside the screen; False where it was stopped."""
        try:
            export_about_me(self._services.store, person_id, target, progress=self._progress)
        except Cancelled:
            return False
        return True

    def stop(self) -> None:
        """Stop it; nothing is left of the file."""
        self._stop = True

    def _progress(self, part: float) -> None:
        """Take down how far it is; called beside the screen."""
        self._done = part
        if self._stop:
            raise Cancelled

    def _look(self) -> None:
        self.bar.setValue(round(WHOLE * self._done))

    def _ended(self, whole: bool) -> None:
        if whole:
            self._say(self.tr("It is in {path}.").format(path=self._target))
        else:
            self._say(self.tr("Stopped. Nothing was written."))

    def _failed(self, error: AppError) -> None:
        self._say(f"{told(error.what)} {told(error.remedy)}")

    def _say(self, words: str) -> None:
        self._timer.stop()
        self._show(busy=False)
        self.told.setText(words)
