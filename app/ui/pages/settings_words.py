"""Section of the settings: what turns speech into words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from app.paths import models_dir
from app.session.speech import speech_engines, speech_unmet
from app.ui.texts import told
from app.ui.waiting import Waiter
from app.ui.widgets.controls import button
from app.ui.widgets.setting_rows import ChangingSection, SettingRow, choice_box, choose

if TYPE_CHECKING:
    from app.errors import AppError
    from audio.speech.engines import EngineInfo


class WordsSection(ChangingSection):
    """Which engine, which model, and what each of them lacks."""

    def _fill(self) -> None:
        self.head(
            self.tr("Words"), self.tr("Speech becomes words on this computer, and nowhere else.")
        )
        self.engine = choice_box(
            [
                ("auto", self.tr("The best one here")),
                ("pocketsphinx", "pocketsphinx"),
                ("vosk", "Vosk"),
                ("whisper", "Whisper"),
                ("none", self.tr("No words")),
            ],
            self._on_engine,
        )
        self.folder = button(self.tr("Choose…"))
        self.folder.clicked.connect(self._on_folder)
        self.usual = button(self.tr("The usual one"), kind="quiet")
        self.usual.clicked.connect(lambda: self._take_model(None))
        self.open_folder = button(self.tr("Open"))
        self.open_folder.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(models_dir())))
        )
        self.add(SettingRow(
            self.tr("Engine"),
            self.tr("Without words everything else is measured all the same."),
            self.engine, words=self.tr("speech recognition transcript engine vosk whisper"),
        ))  # fmt: skip
        self._model = self.add(SettingRow(
            self.tr("Model"), "", self.usual, self.folder,
            words=self.tr("folder speech model file"),
        ))  # fmt: skip
        self._models = self.add(SettingRow(
            self.tr("Folder of models"), "", self.open_folder,
            words=self.tr("folder models download speech"),
        ))  # fmt: skip
        self._found = self.add(SettingRow(
            self.tr("What is there"), "", words=self.tr("models engines list")
        ))  # fmt: skip
        # What is to be typed in a terminal can be copied.
        self._found.why.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def refresh(self) -> None:
        """Show the settings, and look for engines beside the screen."""
        now = self._services.choices.now
        choose(self.engine, now.speech_engine)
        self._model.tell(now.speech_model or self.tr("The one that ships, or one from the folder."))
        self.usual.setVisible(now.speech_model is not None)
        self._models.tell(str(models_dir()))
        self._found.tell(self.tr("Looking for engines and models"))
        Waiter(
            self._services.background.run(lambda: (speech_engines(now), speech_unmet(now))),
            self._on_found, self._failed, self,
        )  # fmt: skip

    def _on_found(self, found: tuple[list[EngineInfo], tuple[AppError, ...]]) -> None:
        engines, unmet = found
        lines = [f"{told(one.what)} {told(one.remedy)}" for one in unmet]
        for one in engines:
            said = told(one.found.what)
            if not said.startswith(one.name):
                said = f"{one.name}: {said}"
            lines.append(said if one.found.ok else f"{said} {told(one.found.remedy)}")
        self._found.tell("\n".join(lines))

    def _on_engine(self, engine: str) -> None:
        self._change(speech_engine=engine)
        self.refresh()

    def _on_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Folder of the model"), str(models_dir())
        )
        if chosen:
            self._take_model(Path(chosen))

    def _take_model(self, folder: Path | None) -> None:
        self._change(speech_model=None if folder is None else str(folder))
        self.refresh()
