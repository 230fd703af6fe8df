"""Choose something that came with Rapport, and make it one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.coach.content_kinds import ContentKind
from app.paths import asset
from app.ui.style import Space
from app.ui.texts import told
from app.ui.widgets.controls import button, column, label, row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.ui.library import Library


class OwnCopy(QWidget):
    """Checklists, practices and markers that have no file of one's own yet.

    Conversations are copied where they are chosen.
    """

    wanted = Signal(object, str)
    """ContentKind, and the id of what is to be copied."""
    new_wanted = Signal(object, str)
    """ContentKind, and the id of what a new one is to be made from; empty for nothing."""

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
        self.new = button(self.tr("New from this one"), icon="ph.copy-simple")
        self.copy.clicked.connect(self._on_copy)
        self.new.clicked.connect(self._on_new)
        self.choice.currentIndexChanged.connect(lambda _: self._dress())
        lead = label(self.tr("Begin with what came with Rapport, or with nothing:"), "quiet")
        controls = row(self.choice, self.copy, self.new, space=Space.SNUG)
        controls.setStretch(0, 1)
        inside = column(lead, controls, space=Space.HAIR)
        inside.setContentsMargins(0, Space.SMALL, 0, 0)
        self.setLayout(inside)

    def refresh(self) -> None:
        """List what has no own file."""
        self.choice.clear()
        for text, kind, name in self._shipped():
            own = self._library.folder(kind) / f"{name}.toml"
            if not own.exists() and asset(kind.value, own.name).is_file():
                self.choice.addItem(text, f"{kind.value}/{name}")
        for kind, text in (
            (ContentKind.CHECKLISTS, self.tr("An empty checklist")),
            (ContentKind.SCENARIOS, self.tr("An empty conversation")),
        ):
            self.choice.addItem(text, f"{kind.value}/")
        self._dress()

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

    @property
    def _chosen(self) -> tuple[ContentKind, str]:
        kind, _, name = str(self.choice.currentData()).partition("/")
        return ContentKind(kind), name

    def _dress(self) -> None:
        """Nothing empty can be changed, and there is no thirty-third practice."""
        if self.choice.currentIndex() >= 0:
            kind, name = self._chosen
            self.copy.setEnabled(bool(name))
            self.new.setEnabled(kind is not ContentKind.PRACTICES)

    def _on_copy(self) -> None:
        self.wanted.emit(*self._chosen)

    def _on_new(self) -> None:
        self.new_wanted.emit(*self._chosen)
