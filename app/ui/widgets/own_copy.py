"""Choose something that came with Rapport, and make it one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.coach.content_kinds import ContentKind
from app.paths import asset
from app.ui.style import Space
from app.ui.texts import told
from app.ui.widgets.controls import button, label, row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.ui.library import Library


class OwnCopy(QWidget):
    """Checklists, practices and markers that have no file of one's own yet.

    Conversations are copied where they are chosen.
    """

    wanted = Signal(object, str)
    """ContentKind, and the id of what is to be copied."""

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("What came with Rapport"))
        self.choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.choice.setMinimumContentsLength(12)
        self.copy = button(self.tr("Make it your own"), icon="ph.copy")
        self.copy.clicked.connect(self._on_copy)
        lead = label(self.tr("Change what came with Rapport:"), "quiet")
        inside = row(lead, self.choice, self.copy, space=Space.SNUG)
        inside.setStretch(1, 1)
        inside.setContentsMargins(0, Space.SMALL, 0, 0)
        self.setLayout(inside)

    def refresh(self) -> None:
        """List what has no own file."""
        self.choice.clear()
        for text, kind, name in self._shipped():
            own = self._library.folder(kind) / f"{name}.toml"
            if not own.exists() and asset(kind.value, own.name).is_file():
                self.choice.addItem(text, f"{kind.value}/{name}")
        self.setVisible(self.choice.count() > 0)

    def _shipped(self) -> Iterator[tuple[str, ContentKind, str]]:
        text = self.tr("Checklist: {name}")
        for one in self._library.checklists:
            yield text.format(name=told(one.name)), ContentKind.CHECKLISTS, one.id
        text = self.tr("Practice {id}: {name}")
        for practice in self._library.practices:
            named = text.format(id=practice.id, name=told(practice.name))
            yield named, ContentKind.PRACTICES, practice.id
        text = self.tr("Markers: {name}")
        for markers in self._library.marker_sets:
            yield text.format(name=told(markers.name)), ContentKind.MARKERS, markers.id

    def _on_copy(self) -> None:
        if self.choice.currentIndex() >= 0:
            kind, _, name = str(self.choice.currentData()).partition("/")
            self.wanted.emit(ContentKind(kind), name)
