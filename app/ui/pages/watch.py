"""From the other side of the counter: what to do, step by step, to see it as a customer does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui.keys import KeyMap
from app.ui.style import PAGE_PX, Space
from app.ui.texts import told
from app.ui.widgets.controls import button, card, column, label, page_column, picture_label, row
from app.ui.widgets.numbered import numbered

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFrame

    from app.coach.card_types import Guide
    from app.ui.services import Services

ICONS: Final = ("ph.swap", "sees", "ph.door", "ph.books")


class WatchPage(QWidget):
    """Four cards, two and two."""

    closed = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.setObjectName("page")
        cards = services.library.cards
        self.keys = KeyMap(self)
        self.back = button(self.tr("Back"), kind="back", icon="back")
        self.back.clicked.connect(self.closed)
        self.keys.add("Escape", self.tr("Back"), self.closed.emit, button=self.back)
        grid = QGridLayout()
        grid.setSpacing(Space.MEDIUM)
        for at, guide in enumerate(cards.other_side):
            grid.addWidget(_guide(guide, ICONS[at % len(ICONS)]), at // 2, at % 2)
        for side in (0, 1):
            grid.setColumnStretch(side, 1)
        head = row(
            self.back, label(self.tr("From the other side of the counter"), "page"), None,
            space=Space.SNUG,
        )  # fmt: skip
        content = column(
            head,
            label(
                self.tr("The same words sound different from over there. Choose one for today."),
                "lead-quiet",
                wrap=True,
            ),
            Space.SMALL,
            grid,
            None,
            space=Space.SNUG,
        )
        self.setLayout(column(page_column(content, width=PAGE_PX)))

    def enter(self) -> None:
        """Nothing changes on it."""

    def leave(self) -> None:
        """Nothing plays on it."""


def _guide(guide: Guide, icon: str) -> QFrame:
    frame = card()
    title = row(picture_label(icon, "accent"), label(told(guide.title), "section", wrap=True))
    title.setStretch(1, 1)
    whole = column(
        title, label(told(guide.text), "lead", wrap=True), Space.HAIR,
        space=Space.SMALL, margin=Space.LARGE,
    )  # fmt: skip
    for number, step in enumerate(guide.steps, 1):
        whole.addLayout(numbered(number, told(step)))
    whole.addStretch(1)
    frame.setLayout(whole)
    return frame
