"""What the team knows of its guests, beside the customer before a conversation."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.errors import AppError
from app.store.guest_sheet import read_sheet
from app.ui.keys import show_keys
from app.ui.style import Space
from app.ui.texts import told
from app.ui.widgets.controls import button, clear, column, label, picture_label, row

if TYPE_CHECKING:
    from app.coach.card_types import Cards

log = logging.getLogger(__name__)

MOST_LINES = 2
"""Lines of an answer that are shown here; the page has them all."""


class GuestsCard(QFrame):
    """The answers that there are; without any, one line that asks for them."""

    open_wanted = Signal()

    def __init__(self, cards: Cards) -> None:
        super().__init__()
        self._cards = cards
        self.setProperty("surface", "card")
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.HAIR)
        self.open = button(self.tr("Open"), kind="link")
        self.open.setAccessibleName(self.tr("Open the page on your guests"))
        show_keys(self.open, self.tr("Read it, or write on it"), "Space")
        self.open.clicked.connect(self.open_wanted)
        head = row(
            picture_label("ph.users-three", "accent"),
            label(self.tr("Who our guests are"), "lead-strong", wrap=True),
            self.open,
        )
        head.setStretch(1, 1)
        self.setLayout(column(head, self._list, space=Space.SMALL, margin=Space.LARGE))

    def refresh(self) -> None:
        """Read the page again."""
        clear(self._list)
        try:
            answers = read_sheet()
        except AppError as error:
            log.info("The page on guests is left out: %s", error)
            answers = {}
        for question in self._cards.guests:
            lines = [one for one in answers.get(question.id, "").splitlines() if one.strip()]
            if not lines:
                continue
            more = " …" if len(lines) > MOST_LINES else ""
            text = f"{told(question.text)} {' · '.join(lines[:MOST_LINES])}{more}"
            self._list.addWidget(label(text, "text", wrap=True))
        if not self._list.count():
            words = self.tr("Nobody wrote anything yet: four questions, ten minutes, once.")
            self._list.addWidget(label(words, "quiet", wrap=True))
