"""Where videos come in: a folder, several files, or dropped ones; and what is kept of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame

from app.store.types import KeepPolicy
from app.ui.style import Space
from app.ui.widgets.controls import button, column, label, picture_label, row

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from app.ui.keys import KeyMap


class ImportChooser(QFrame):
    """Two buttons, one choice, one reminder."""

    chosen = Signal(list)
    """Paths of files and folders."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "sunken")
        self.folder = button(self.tr("Choose a folder"), kind="primary", icon="ph.folder-open")
        self.files = button(self.tr("Choose videos"), icon="ph.film-strip")
        self.keep = QComboBox()
        for words, policy in (
            (self.tr("Keep picture and sound"), KeepPolicy.PICTURE_AND_SOUND),
            (self.tr("Keep voice and stick figure"), KeepPolicy.VOICE_AND_STICK),
            (self.tr("Keep the report only"), KeepPolicy.REPORT_ONLY),
        ):
            self.keep.addItem(words, policy)
        self.keep.setAccessibleName(self.tr("What is kept of the videos"))
        reminder = row(
            picture_label("privacy", "accent"),
            label(
                self.tr(
                    "Only films in which everybody agreed to it, and never real customers. The "
                    "videos stay where they are; nothing leaves this computer."
                ),
                "text",
                wrap=True,
            ),
            space=Space.SMALL,
        )
        reminder.setStretch(1, 1)
        self.setLayout(
            column(
                label(
                    self.tr("Drop videos or a folder anywhere on this page, or"),
                    "lead-quiet",
                    wrap=True,
                ),
                row(self.folder, self.files, self.keep, None, space=Space.SNUG),
                Space.HAIR,
                reminder,
                space=Space.SNUG,
                margin=Space.LARGE,
            )
        )
        self.folder.clicked.connect(self._choose_folder)
        self.files.clicked.connect(self._choose_files)

    def bind(self, keys: KeyMap) -> None:
        """Let keys do it too."""
        keys.add("Ctrl+O", self.tr("Choose a folder"), self._choose_folder, button=self.folder)
        keys.add("Ctrl+Shift+O", self.tr("Choose videos"), self._choose_files, button=self.files)

    @property
    def policy(self) -> KeepPolicy:
        """What is kept of the videos."""
        return KeepPolicy(self.keep.currentData())

    def enter(self, *, agreed: bool, usual: str) -> None:
        """Come to the front; without an agreement nothing can be chosen."""
        for one in (self.folder, self.files, self.keep):
            one.setEnabled(agreed)
        # Keeping nothing makes no sense here: then picture and sound stands.
        self.keep.setCurrentIndex(max(0, self.keep.findData(KeepPolicy(usual))))

    def takes(self, data: QMimeData) -> bool:
        """Whether it takes what is being dragged."""
        return self.folder.isEnabled() and any(url.isLocalFile() for url in data.urls())

    def drop(self, data: QMimeData) -> None:
        """Take what was dropped."""
        self.chosen.emit([Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()])

    def _choose_folder(self) -> None:
        found = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder with videos"))
        if found:
            self.chosen.emit([Path(found)])

    def _choose_files(self) -> None:
        found, _ = QFileDialog.getOpenFileNames(self, self.tr("Choose videos"))
        if found:
            self.chosen.emit([Path(one) for one in found])
