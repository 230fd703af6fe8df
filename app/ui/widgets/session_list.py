"""A list of sessions of any length: only the rows in sight are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.style import current_palette
from app.ui.widgets.cards import SessionRow
from app.ui.widgets.rows_in_sight import UNSEEN, RowsInSight, let_go

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from app.store.types import SessionRecord

BEYOND: Final = 6
"""Rows that are ready above and below those in sight: Tab finds them."""


class SessionList(RowsInSight):
    """Rows of one height. One place may hold another widget instead: a question about a row."""

    opened = Signal(str)
    delete_wanted = Signal(str)
    act_wanted = Signal(str, str)
    """What is wanted ("desk", "compare", "share", "speakers") and the id of the session."""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self.records: Sequence[SessionRecord] = ()
        self._now = now
        self._reviewed: Collection[str] = ()
        self._acts: Collection[str] = ()
        self._made: dict[int, SessionRow] = {}
        self._height = 0
        self._inset: tuple[int, QWidget] | None = None
        self._left_at = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def rows(self) -> list[SessionRow]:
        """The rows that are there, from the top."""
        return [self._made[at] for at in sorted(self._made)]

    @property
    def asking(self) -> bool:
        """Whether a question stands in the list."""
        return self._inset is not None

    def show_records(
        self,
        records: Sequence[SessionRecord],
        now: datetime,
        *,
        reviewed: Collection[str] = (),
        acts: Collection[str] = (),
    ) -> None:
        """Show other sessions."""
        self.close_question()
        for row in self._made.values():
            let_go(row)
        self._made = {}
        self.records, self._now, self._reviewed, self._acts = records, now, reviewed, acts
        if records:
            self._height = self._make(0).sizeHint().height()
        self._fit()
        self.fill()

    def index_of(self, session_id: str) -> int | None:
        """Where a session stands in the list."""
        return next((n for n, one in enumerate(self.records) if one.id == session_id), None)

    def focused(self) -> int | None:
        """Which row has the focus."""
        return next((at for at, row in self._made.items() if row.card.hasFocus()), None)

    def to_row(self, at: int) -> None:
        """Bring a row into sight and give it the focus."""
        whole = self.area.widget() if self.area is not None else None
        if self.area is not None and whole is not None:
            there = self.mapTo(whole, self._place(at).center())
            self.area.ensureVisible(there.x(), there.y(), 0, self._height)
        self.fill()
        row = self._made.get(at) or self._make(at)
        row.card.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def come_back(self) -> None:
        """Give the focus to the row that was opened last, or else to the first."""
        if self.records:
            self.to_row(self.index_of(self._left_at) or 0)

    def _on_opened(self, session_id: str) -> None:
        self._left_at = session_id
        self.opened.emit(session_id)

    def _on_act(self, act: str, session_id: str) -> None:
        self._left_at = session_id
        self.act_wanted.emit(act, session_id)

    def ask(self, at: int, question: QWidget) -> None:
        """Put a question in the place of a row."""
        self.close_question()
        self._inset = (at, question)
        question.setParent(self)
        if at in self._made:
            self._made[at].hide()
        self._fit()
        self.fill()
        question.show()

    def close_question(self) -> None:
        """Show the row again that a question stood for."""
        if self._inset is None:
            return
        at, question = self._inset
        self._inset = None
        question.hide()
        question.deleteLater()
        if at in self._made:
            self._made[at].show()
        self._fit()
        self.fill()

    # Where things are

    def _extra(self) -> int:
        if self._inset is None:
            return 0
        question = self._inset[1]
        wanted = question.heightForWidth(self.width()) if question.hasHeightForWidth() else 0
        return max(question.sizeHint().height(), wanted, self._height) - self._height

    def _place(self, at: int) -> QRect:
        y, height = at * self._height, self._height
        if self._inset is not None and at >= self._inset[0]:
            if at == self._inset[0]:
                height += self._extra()
            else:
                y += self._extra()
        return QRect(0, y, self.width(), height)

    def _fit(self) -> None:
        self.setFixedHeight(max(1, len(self.records) * self._height + self._extra()))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Be as high as all rows together."""
        return QSize(480, max(1, len(self.records) * self._height + self._extra()))

    def _in_sight(self) -> range:
        if not self._height or not self.records:
            return range(0)
        seen = self.seen()
        if seen.isEmpty():
            return range(min(UNSEEN, len(self.records)))
        first = max(0, (seen.top() - self._extra()) // self._height - BEYOND)
        last = min(len(self.records), seen.bottom() // self._height + 1 + BEYOND)
        return range(first, last)

    # Rows

    def _make(self, at: int) -> SessionRow:
        if at in self._made:
            return self._made[at]
        record = self.records[at]
        row = SessionRow(
            record, self._now, deletable=True, reviewed=record.id in self._reviewed,
            acts=self._acts,
        )  # fmt: skip
        row.setParent(self)
        row.opened.connect(self._on_opened)
        row.delete_wanted.connect(self.delete_wanted)
        row.act_wanted.connect(self._on_act)
        self._made[at] = row
        return row

    def fill(self) -> None:
        """Have the rows in sight, and let go of the others."""
        wanted = self._in_sight()
        for at in [one for one in self._made if one not in wanted]:
            if not self.holds_focus(self._made[at]):
                let_go(self._made.pop(at))
        new = [at for at in wanted if at not in self._made]
        for at in new:
            self._make(at)
        for at, row in self._made.items():
            row.setGeometry(self._place(at))
            row.setVisible(self._inset is None or at != self._inset[0])
        if self._inset is not None:
            self._inset[1].setGeometry(self._place(self._inset[0]))
        if new:
            self.chain(self.rows)

    # Qt

    def event(self, event: QEvent) -> bool:
        """Make room anew where the question became higher with its words."""
        if event.type() == QEvent.Type.LayoutRequest and self._inset is not None:
            self._fit()
            self.fill()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the rows as wide as the list."""
        super().resizeEvent(event)
        if self._inset is not None and event.oldSize().width() != event.size().width():
            self._fit()
        self.fill()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a line between rows."""
        if not self._height:
            return
        painter = QPainter(self)
        painter.setPen(QColor(current_palette().line))
        first = max(1, event.rect().top() // self._height)
        last = min(len(self.records) - 1, event.rect().bottom() // self._height + 1)
        for at in range(first, last + 1):
            y = self._place(at).top()
            painter.drawLine(0, y, self.width(), y)
        painter.end()
