"""One comment or marker of a session: press its time to go there, change, delete, hear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame

from app.coach.review import seconds_in
from app.coach.types import MarkKind
from app.ui.keys import show_keys
from app.ui.style import Space, tabular
from app.ui.texts import clock_text, told
from app.ui.widgets.controls import button, column, label, row, set_role
from app.ui.widgets.desk_markers import shape_icon
from app.ui.widgets.desk_shape import ShapeLabel

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QMouseEvent
    from PySide6.QtWidgets import QWidget

    from app.coach.types import Mark
    from app.ui.pages.desk_session import DeskSession
    from app.ui.widgets.controls import Button

TOOL_PX: Final = 28
SHOWN: Final = frozenset({MarkKind.NOTE, MarkKind.MARKER})


def shown_marks(session: DeskSession) -> list[Mark]:
    """Give what the list shows, by time: all that points at a moment, whoever said it."""
    return [mark for mark in session.marks if mark.kind in SHOWN and "about" not in mark.data]


def words_of(mark: Mark) -> str:
    """Say what a comment or a marker says."""
    if mark.kind is MarkKind.MARKER:
        label = told(mark.data.get("label", ""))
        return label or QCoreApplication.translate("MarkRow", "Marker")
    text = mark.data.get("text", "")
    spoken = QCoreApplication.translate("MarkRow", "Spoken comment")
    return text or (spoken if mark.data.get("sound") else "")


class MarkRow(QFrame):
    """One comment or marker; only one's own can be changed."""

    play_wanted = Signal(float)
    hear_wanted = Signal(str)
    """Name of the sound's file."""
    change_wanted = Signal(str)
    delete_wanted = Signal(str)
    chosen = Signal(str)

    def __init__(self, mark: Mark, session: DeskSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark = mark
        mine = session.is_mine(mark)
        self.setProperty("surface", "row")
        self.setMouseTracking(True)
        self._is_chosen = False
        self._picture(mark)
        self.when = button(self._span(mark), kind="link")
        tabular(self.when)
        self.when.setAccessibleName(self.tr("Go to {t}").format(t=self._span(mark)))
        self.when.setToolTip(self.tr("Play from here"))
        self.when.clicked.connect(lambda: self.play_wanted.emit(mark.t))
        self.text = label(words_of(mark), wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        # Its first line stands beside the time, also where the row is taller.
        self.text.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self.whose = label(session.name_of(mark), "quiet")
        self.hear = self._tool(self.tr("Hear it"), "play", "")
        self.hear.clicked.connect(lambda: self.hear_wanted.emit(mark.data.get("sound", "")))
        self.change = self._tool(self.tr("Change"), "ph.pencil-simple", "E")
        self.change.clicked.connect(lambda: self.change_wanted.emit(mark.id))
        self.delete = self._tool(self.tr("Delete"), "delete", "Del")
        self.delete.clicked.connect(lambda: self.delete_wanted.emit(mark.id))
        # Never shown one by one: what has no parent yet would come up as a window.
        if mine:
            self.whose.hide()
        if not mark.data.get("sound"):
            self.hear.hide()
        self.stops = (self.when, self.hear, self.change, self.delete)
        """What Tab stops at, in its order."""
        self._tools = [self.delete] if mine else []
        if mine and mark.kind is MarkKind.NOTE:
            self._tools.append(self.change)
        for one in (self.change, self.delete):
            keeps = one.sizePolicy()
            keeps.setRetainSizeWhenHidden(one in self._tools)
            one.setSizePolicy(keeps)
            one.hide()
        words = column(self.whose, self.text, space=0)
        content = row(
            self.sign, self.when, words, self.hear, self.change, self.delete, space=Space.HAIR
        )
        content.setStretch(2, 1)
        for part in (self.sign, self.when, self.hear, self.change, self.delete):
            content.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        words.setContentsMargins(0, Space.HAIR, 0, Space.HAIR)
        content.setContentsMargins(Space.SMALL, 2, 2, 2)
        self.setLayout(content)
        self.setAccessibleName(f"{self._span(mark)} {self.text.text()}")

    def _picture(self, mark: Mark) -> None:
        if mark.kind is MarkKind.MARKER:
            shape, colour = mark.data.get("shape", ""), mark.data.get("colour", "")
            self.sign = ShapeLabel(shape_icon(shape), colour)
        else:
            self.sign = ShapeLabel("microphone" if mark.data.get("sound") else "talk", "")

    def _tool(self, name: str, sign: str, keys: str) -> Button:
        made = button("", kind="link", icon=sign)
        made.setAccessibleName(name)
        made.setFixedSize(TOOL_PX, TOOL_PX)
        if keys:
            show_keys(made, name, keys)
        else:
            made.setToolTip(name)
        return made

    def _span(self, mark: Mark) -> str:
        end = seconds_in(mark.data, "until")
        if end is None:
            return clock_text(mark.t)
        return self.tr("{start} to {end}").format(start=clock_text(mark.t), end=clock_text(end))

    def show_chosen(self, *, on: bool) -> None:
        """Show whether the keys speak of this one."""
        if on == self._is_chosen:
            return
        self._is_chosen = on
        set_role(self, "chosen" if on else "row", name="surface")
        self._show_tools(on=on)

    def _show_tools(self, *, on: bool) -> None:
        for one in self._tools:
            one.setVisible(on)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Offer what can be done with it."""
        super().enterEvent(event)
        self._show_tools(on=True)

    def leaveEvent(self, event: QEvent) -> None:
        """Be quiet again."""
        super().leaveEvent(event)
        self._show_tools(on=self._is_chosen)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        self.chosen.emit(self.mark.id)
        event.accept()
