"""The first step of a review: how the filmed person saw it, before anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.coach.types import Lane, MarkKind
from app.ui.keys import show_keys
from app.ui.style import Space, TypeSize, text_px
from app.ui.texts import told
from app.ui.widgets.controls import (
    button,
    card,
    clear,
    column,
    label,
    line,
    page_column,
    picture_label,
    row,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout

    from app.ui.pages.desk_session import DeskSession

WIDE_PX: Final = 760
ICONS: Final = {"yes": "good", "partly": "ph.circle-half", "no": "ph.circle"}


class OwnViewFirst(QWidget):
    """Item by item; or plainly that no own view was given."""

    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label("", "page", wrap=True)
        self.lead = label("", "lead-quiet", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._lines.setContentsMargins(Space.HAIR, Space.HAIR, Space.HAIR, Space.HAIR)
        self._card = card()
        self._card.setLayout(self._lines)
        self.next = button(self.tr("Go on to the recording"), kind="primary", icon="next")
        show_keys(self.next, self.tr("Go on to the recording"), "Return")
        self.next.clicked.connect(self.finished)
        content = column(
            self.title, self.lead, Space.SMALL, self._card, row(None, self.next), None,
            space=Space.SMALL,
        )  # fmt: skip
        self.setLayout(column(page_column(content, width=WIDE_PX)))

    def clear(self) -> None:
        """Show nothing, of nobody."""
        clear(self._lines)
        self.title.setText("")
        self.lead.setText("")

    def show_session(self, session: DeskSession) -> None:
        """Say what the person said of themselves."""
        owner = session.owner or self.tr("They")
        self.title.setText(self.tr("How {owner} saw it").format(owner=owner))
        clear(self._lines)
        rated = self._rated(session)
        words = [
            mark.data.get("text", "")
            for mark in session.marks
            if mark.kind is MarkKind.NOTE and mark.lane is Lane.SELF and "about" in mark.data
        ]
        given = bool(rated or any(words))
        self._card.setVisible(given)
        self.lead.setText(
            self.tr("Before the recording, and before what the machine found.")
            if given
            else self.tr("Not given: {owner} has not said how it went.").format(owner=owner)
        )
        for at, (text, value) in enumerate(rated):
            if at:
                self._lines.addWidget(line())
            self._lines.addLayout(self._row(text, value))
        for text in filter(None, words):
            self._lines.addWidget(line())
            said = label(f"“{text}”", wrap=True)
            said.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
            self._lines.addWidget(said)

    def _rated(self, session: DeskSession) -> list[tuple[str, str]]:
        """(item, answer) in the checklist's order; of one that is not here, by the items' ids."""
        ratings = {item: said for item, said in session.shown.log.ratings.items() if item and said}
        checklist = session.shown.checklist
        texts = {item: item.replace("_", " ").capitalize() for item in ratings}
        if checklist is not None:
            texts = {one.id: told(one.text) for one in checklist.items} | {
                item: text
                for item, text in texts.items()
                if item not in {one.id for one in checklist.items}
            }
        return [(text, ratings[item]) for item, text in texts.items() if item in ratings]

    def _row(self, text: str, value: str) -> QHBoxLayout:
        words = {
            "yes": self.tr("Yes"),
            "partly": self.tr("Partly"),
            "no": self.tr("No"),
        }.get(value, value)
        sign = picture_label(ICONS.get(value, "ph.circle"), "quiet")
        said = label(words, "strong")
        # The signs stand under each other, however long the words beside them are.
        said.setMinimumWidth(4 * text_px(TypeSize.TEXT))
        made = row(label(text, wrap=True), sign, said, space=Space.SMALL)
        made.setStretch(0, 1)
        made.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        return made
