"""One clip in the list of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy

from app.store.clips import ClipKind
from app.ui.style import Space
from app.ui.texts import clock_text, day_text
from app.ui.widgets.cards import CardButton
from app.ui.widgets.controls import Elided, column, picture_label, row

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from app.store.clips import Clip


class ClipCard(CardButton):
    """Kind, title, whose and how long; Enter shows it, Shift+Enter lays it beside the other."""

    shown = Signal(str)
    beside = Signal(str)

    def __init__(self, clip: Clip, now: datetime) -> None:
        super().__init__()
        self.clip = clip
        best = clip.kind is ClipKind.BEST
        kind = self.tr("Best case") if best else self.tr("Worst case")
        sign = picture_label("agree" if best else "disagree", "accent" if best else "quiet")
        when = day_text(clip.released_at.astimezone(now.tzinfo), now)
        about = self.tr("{kind} · {owner} · {length} · {day}").format(
            kind=kind, owner=clip.owner, length=clock_text(clip.length_s), day=when
        )
        texts = column(Elided(clip.title, "lead-strong"), Elided(about, "quiet"), space=Space.HAIR)
        inside = row(sign, texts, space=Space.SNUG)
        inside.setStretch(1, 1)
        inside.setContentsMargins(Space.MEDIUM, Space.SNUG, Space.MEDIUM, Space.SNUG)
        self.fill(inside)
        self.setText(clip.title)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{clip.title}, {about}")
        self.setToolTip(self.tr("Show  (Enter); beside the other  (Shift+Enter)"))
        self.clicked.connect(lambda: self.shown.emit(clip.id))

    def mark(self, *, on: bool) -> None:
        """Show that it is on show."""
        self._accent = on
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Lay it beside the other with Shift."""
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.beside.emit(self.clip.id)
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Shift+Enter to the page."""
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            event.ignore()
            return
        super().keyPressEvent(event)
