"""A person on the page that asks who is practising: their letters, their name, what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.store.types import PersonRole
from app.ui.style import Space, current_palette
from app.ui.widgets.cards import CardButton
from app.ui.widgets.controls import Elided, column, label, row

if TYPE_CHECKING:
    from app.store.types import Person

BADGE_PX: Final = 48
CARD_PX: Final = 300


def role_text(role: PersonRole) -> str:
    """Say what a person mostly does here."""
    if role is PersonRole.TRAINER:
        return QCoreApplication.translate("people", "Trainer")
    return QCoreApplication.translate("people", "Staff")


def letters(name: str) -> str:
    """First letters of the first and the last word of a name."""
    words = name.split()
    ends = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in ends).upper()


class Initials(QWidget):
    """The letters of a name on a round ground; decoration, the name stands beside it."""

    def __init__(self, name: str, size: int = BADGE_PX, *, chosen: bool = False) -> None:
        super().__init__()
        self._letters = letters(name)
        self._chosen = chosen
        self.setFixedSize(size, size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_name(self, name: str) -> None:
        """Show another name's letters."""
        self._letters = letters(name)
        self.update()

    def sizeHint(self) -> QSize:
        """Be a square."""
        return self.size()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and letters."""
        del event
        palette = current_palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.accent if self._chosen else palette.accent_soft))
        painter.drawEllipse(QRectF(self.rect()))
        font = self.font()
        font.setPixelSize(max(11, round(self.height() * 0.36)))
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(palette.on_accent if self._chosen else palette.text))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._letters)
        painter.end()


class PersonCard(CardButton):
    """A card with a person on it; pressing it changes over to them."""

    def __init__(self, person: Person, *, current: bool) -> None:
        super().__init__(accent=current)
        self.person = person
        self.setText(person.name)
        told = role_text(person.role)
        if current:
            told = QCoreApplication.translate("people", "{role}, here last time").format(role=told)
        self.setAccessibleName(person.name)
        self.setAccessibleDescription(told)
        name = Elided(person.name, "section")
        words = column(name, label(told, "quiet"), space=2)
        content = row(Initials(person.name, chosen=current), words, space=Space.MEDIUM)
        content.setStretch(1, 1)
        content.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.MEDIUM, Space.MEDIUM)
        self.fill(content)
        self.setMinimumWidth(CARD_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
