"""Several things of one kind below each other, each with a few fields of its own."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.ui.forms.fields import Field
from app.ui.forms.text_list import moved_by
from app.ui.style import Space
from app.ui.widgets.controls import button, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from app.coach.toml_fault import Where
    from app.ui.forms.model import FormModel


class Card(QFrame):
    """One of them; Alt with an arrow moves it, wherever in it the focus is."""

    moved = Signal(int)
    """-1 up, 1 down."""

    def __init__(self, model: FormModel) -> None:
        super().__init__()
        self.model = model
        self.where: Where | None = None
        self.order: list[QWidget] = []
        """What the focus goes through, from top to bottom."""
        self.setProperty("surface", "sunken")
        self.out = button("", kind="quiet", icon="close", tip=self.tr("Take it out"))
        self.out.setAccessibleName(self.tr("Take it out"))

    def bind(self, where: Where | None) -> None:
        """Show what stands there from now on."""
        self.where = where
        self.read()

    def read(self) -> None:
        """Show it again."""

    def first(self) -> QWidget:
        """Give what takes the focus."""
        return self.out

    def listen(self, *controls: QWidget) -> None:
        """Let Alt with an arrow move the card from these."""
        for one in controls:
            one.installEventFilter(self)
        self.order = [*controls, self.out]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the card."""
        by = moved_by(event)
        if by:
            self.moved.emit(by)
            return True
        return super().eventFilter(watched, event)


class CardsField(Field):
    """Cards for the rows of a list."""

    def __init__(
        self,
        model: FormModel,
        title: str,
        why: str,
        *,
        card: Callable[[], Card],
        fresh: Callable[[], object],
        add: str,
        most: int = 40,
    ) -> None:
        super().__init__(model, title, why)
        self._card, self._fresh, self._most = card, fresh, most
        self.cards: list[Card] = []
        self._inside = QVBoxLayout()
        self._inside.setSpacing(Space.SMALL)
        self.add = button(add, kind="link", icon="ph.plus")
        self.add.clicked.connect(self.append)
        self.setFocusProxy(self.add)
        self.lay_out(self._inside, row(self.add, None))

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - see Field
        """See Field."""
        count = len(value) if isinstance(value, list) else 0
        while len(self.cards) > count:
            gone = self.cards.pop()
            gone.bind(None)
            gone.hide()
            self._inside.removeWidget(gone)
            gone.deleteLater()
        while len(self.cards) < count:
            made = self._card()
            self.cards.append(made)
            self._inside.addWidget(made)
            made.out.clicked.connect(lambda _=False, made=made: self._remove(made))
            made.moved.connect(lambda by, made=made: self._move(made, by))
        for at, one in enumerate(self.cards):
            one.bind((*(self.where or ()), at))
        self.add.setEnabled(count < self._most)
        if self.isVisible():
            self._order()

    def _order(self) -> None:
        """Let Tab go down the page, however late a card came."""
        chain = [one for made in self.cards for one in made.order]
        for first, then in itertools.pairwise([*chain, self.add]):
            QWidget.setTabOrder(first, then)

    def showEvent(self, event: QShowEvent) -> None:
        """Set the order once all are in one window."""
        super().showEvent(event)
        self._order()

    def place_of_new(self) -> int:
        """Tell where a new one goes."""
        return len(self.cards)

    def append(self) -> None:
        """Add one and go to it."""
        if self.where is not None:
            at = self.place_of_new()
            self.model.insert(self.where, at, self._fresh())
            self.cards[at].first().setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, made: Card) -> None:
        if self.where is not None:
            at = self.cards.index(made)
            self.model.remove(self.where, at)
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, made: Card, by: int) -> None:
        at = self.cards.index(made)
        if self.where is not None and self.model.move(self.where, at, at + by):
            self.cards[at + by].first().setFocus(Qt.FocusReason.OtherFocusReason)
