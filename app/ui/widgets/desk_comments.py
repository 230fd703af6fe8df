"""Comments and markers of a session, by time: only the rows in sight are there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Signal

from app.ui.style import Space
from app.ui.widgets.controls import label
from app.ui.widgets.desk_mark_row import MarkRow, shown_marks, words_of
from app.ui.widgets.rows_in_sight import UNSEEN, RowsInSight, let_go

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from app.coach.types import Mark
    from app.ui.pages.desk_session import DeskSession

BEYOND_PX: Final = 300
"""What lies so far above or below what is in sight is ready: Tab finds it."""
BESIDE_PX: Final = 150
"""About what sign, time and buttons take of a row's width, until it is made and measured."""


class CommentList(RowsInSight):
    """Only what changed is made anew: a marker must show in the moment in which it is dropped."""

    play_wanted = Signal(float)
    hear_wanted = Signal(str)
    change_wanted = Signal(str)
    delete_wanted = Signal(str)
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks: list[Mark] = []
        """All that the list shows, by time."""
        self._session: DeskSession | None = None
        self._made: dict[str, MarkRow] = {}
        self._heights: dict[str, int] = {}
        """Pixels that a row takes at the present width, by its mark: measured, else estimated."""
        self._ends: list[int] = []
        """Where each row ends, pixels from the top."""
        self._chosen = ""
        self._filling = False
        self.empty = label(
            self.tr(
                "Nothing yet. Play the recording; the number keys drop markers, and Enter opens "
                "the line for a comment."
            ),
            "quiet",
            wrap=True,
        )
        self.empty.setParent(self)

    @property
    def rows(self) -> list[MarkRow]:
        """The rows that are there, from the top."""
        return [self._made[mark.id] for mark in self.marks if mark.id in self._made]

    def show_marks(self, session: DeskSession) -> str:
        """Show what holds now; gives the id of what was just said, empty where it is not one."""
        known, self._session = self._session is not None, session
        before = {mark.id: mark for mark in self.marks}
        self.marks = shown_marks(session)
        wanted = {mark.id: mark for mark in self.marks}
        for key, mark in before.items():
            if wanted.get(key) != mark:
                self._heights.pop(key, None)
                self._drop(key)
        self.empty.setVisible(not self.marks)
        self._arrange()
        new = [key for key in wanted if key not in before]
        return new[0] if known and len(new) == 1 else ""

    def place_of(self, mark_id: str) -> tuple[int, int]:
        """Tell where a row begins and ends, pixels from the top, whether it is there or not."""
        at = next(n for n, mark in enumerate(self.marks) if mark.id == mark_id)
        return self._ends[at] - self._heights[mark_id], self._ends[at]

    def place_near(self, t: float) -> tuple[int, int]:
        """Tell the same of the last row up to a moment, seconds; of the first before all."""
        at = max(0, bisect_right(self.marks, t, key=lambda mark: mark.t) - 1)
        return self.place_of(self.marks[at].id) if self.marks else (0, 0)

    def clear(self) -> None:
        """Show nothing, of nobody."""
        for key in list(self._made):
            self._drop(key)
        self.marks, self._heights, self._ends = [], {}, []
        self._session, self._chosen = None, ""
        self.empty.hide()

    def show_chosen(self, mark_id: str) -> MarkRow | None:
        """Show which one the keys speak of; gives its row, where it is in the list."""
        self._chosen = mark_id
        for key, made in self._made.items():
            made.show_chosen(on=key == mark_id)
        at = next((n for n, mark in enumerate(self.marks) if mark.id == mark_id), None)
        if at is None:
            return None
        found = self._make(self.marks[at])
        self._arrange()
        self._place(at)
        return found

    # Rows

    def _make(self, mark: Mark) -> MarkRow:
        if mark.id in self._made or self._session is None:
            return self._made[mark.id]
        made = MarkRow(mark, self._session, self)
        made.play_wanted.connect(self.play_wanted)
        made.hear_wanted.connect(self.hear_wanted)
        made.change_wanted.connect(self.change_wanted)
        made.delete_wanted.connect(self.delete_wanted)
        made.chosen.connect(self.chosen)
        made.show_chosen(on=mark.id == self._chosen)
        made.show()
        self._made[mark.id] = made
        self._heights[mark.id] = self._measured(made)
        return made

    def _measured(self, made: MarkRow) -> int:
        # Its least height is that of a row as narrow as it may be, and leaves gaps in a wide one.
        wraps = made.hasHeightForWidth()
        return made.heightForWidth(self.width()) if wraps else made.minimumSizeHint().height()

    def _estimate(self, marks: Sequence[Mark]) -> None:
        """Guess from the words how high rows will be; in sight they are measured."""
        metrics = self.fontMetrics()
        wide, high = metrics.averageCharWidth(), metrics.lineSpacing()
        room = max(1, self.width() - BESIDE_PX)
        for mark in marks:
            # Laying 2,000 texts out to the pixel takes a fifth of all that opening a desk takes.
            lines = 1 + wide * len(words_of(mark)) // room
            self._heights[mark.id] = lines * high + Space.MEDIUM

    def _drop(self, key: str) -> None:
        made = self._made.pop(key, None)
        if made is not None:
            let_go(made)

    def _arrange(self) -> None:
        """Work out where each row is, and have those in sight."""
        self._estimate([mark for mark in self.marks if mark.id not in self._heights])
        self._add_up()
        self.fill()

    def _add_up(self) -> None:
        self._ends = list(accumulate(self._heights[mark.id] for mark in self.marks))
        if self.marks:
            height = self._ends[-1]
        else:
            height = self.empty.heightForWidth(self.width())
            self.empty.setGeometry(0, 0, self.width(), height)
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(max(1, height))

    def _place(self, at: int) -> None:
        key = self.marks[at].id
        top = self._ends[at] - self._heights[key]
        self._made[key].setGeometry(0, top, self.width(), self._heights[key])

    def _in_sight(self) -> range:
        seen = self.seen()
        if seen.isEmpty():
            return range(min(UNSEEN, len(self.marks)))
        first = bisect_right(self._ends, seen.top() - BEYOND_PX)
        last = bisect_left(self._ends, seen.bottom() + BEYOND_PX) + 1
        return range(first, min(last, len(self.marks)))

    def fill(self) -> None:
        """Have the rows in sight, and let go of the others."""
        if self._filling or self._session is None:
            return
        self._filling = True
        wanted = self._in_sight()
        new = [at for at in wanted if self.marks[at].id not in self._made]
        moved = 0
        top = self.seen().top()
        for at in new:
            key = self.marks[at].id
            before, end = self._heights[key], self._ends[at]
            self._make(self.marks[at])
            if end <= top:
                moved += self._heights[key] - before
        if new:
            self._add_up()
        kept = {self.marks[at].id for at in wanted}
        for key in [one for one in self._made if one not in kept and one != self._chosen]:
            if not self.holds_focus(self._made[key]):
                self._drop(key)
        for at, mark in enumerate(self.marks):
            if mark.id in self._made:
                self._place(at)
        if new:
            self.chain(self.rows)
        if moved and self.area is not None:  # what one reads stays where it is
            bar = self.area.verticalScrollBar()
            bar.setValue(bar.value() + moved)
        self._filling = False

    def _measure_again(self) -> None:
        """Take the rows as they are at another width, or in other letters."""
        self._heights = {key: self._measured(made) for key, made in self._made.items()}
        self._arrange()

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words anew where the list gets wider or narrower."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._measure_again()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the letters."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._measure_again()
