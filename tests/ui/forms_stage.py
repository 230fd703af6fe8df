"""An editor with somebody's own copy of what ships."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from app.paths import asset
from app.ui.forms.branches import BranchCard
from app.ui.forms.choices import ChoiceField, FlagField, ManyField
from app.ui.forms.fields import Field, LineField, LongField
from app.ui.forms.phrases import PhrasesField
from app.ui.forms.text_list import TextListField
from app.ui.library import Library
from app.ui.pages.content_editor import EditorPage

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from app.coach.content_kinds import ContentKind

SIZE = (1280, 800)


class Stage:
    """The editor, and the folder of own files."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.folder = folder
        self.library = Library(self.own)
        self.editor = EditorPage(self.library)
        self.editor.resize(*SIZE)
        qtbot.addWidget(self.editor)
        self.editor.show()
        self.path = folder

    def own(self, kind: ContentKind) -> Path:
        made = self.folder / kind.value
        made.mkdir(parents=True, exist_ok=True)
        return made

    def open(self, kind: ContentKind, name: str, text: str = "") -> Any:  # noqa: ANN401 - of four kinds
        """Open one's own copy of what ships, or a text; gives the form."""
        self.path = self.own(kind) / f"{name}.toml"
        if text:
            self.path.write_text(text, "utf-8")
        else:
            shutil.copy(asset(kind.value, self.path.name), self.path)
        self.editor.open(kind, self.path)
        return self.editor.views.form

    @property
    def data(self) -> dict[str, Any]:
        """What the form holds now."""
        assert self.editor.views.model is not None
        return self.editor.views.model.draft.data

    def kinds_told(self) -> set[str]:
        """Kinds of the mistakes that the form knows of now."""
        model = self.editor.views.model
        assert model is not None
        model.judge()
        return {one.kind for one in model.faults}


def enter_again(form: QWidget) -> int:
    """Enter into each field what it shows, as a hand would; gives how many there were."""
    touched = 0
    for one in form.findChildren(Field):
        if one.where is None:
            continue
        touched += 1
        if isinstance(one, LineField):
            one.control.textEdited.emit(one.control.text())
        elif isinstance(one, (LongField, PhrasesField)):
            one.control.textChanged.emit()
        elif isinstance(one, ChoiceField):
            one.control.activated.emit(one.control.currentIndex())
        elif isinstance(one, FlagField):
            one.write(True if one.control.isChecked() else None)
        elif isinstance(one, ManyField):
            one._on_click()
        elif isinstance(one, TextListField):
            for text in one.texts:
                text.textChanged.emit()
    for card in form.findChildren(BranchCard):
        if card.where is not None:
            card.to.activated.emit(card.to.currentIndex())
    return touched
