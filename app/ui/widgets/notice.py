"""Lines in the page where other programs open a box: what happened, and one question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from app.ui.style import Space
from app.ui.texts import told
from app.ui.widgets.controls import button, column, label, picture_label, row, set_role

if TYPE_CHECKING:
    from app.errors import AppError


class Notice(QFrame):
    """One line on what happened and one on what to do, with at most one action."""

    acted = Signal()

    def __init__(self, action: str = "", *, closable: bool = True, large: bool = False) -> None:
        super().__init__()
        self.setProperty("surface", "notice")
        self._large = "-large" if large else ""
        self._what = label("", f"notice{self._large}", wrap=True)
        self._remedy = label("", f"notice{self._large}", wrap=True)
        font = self._what.font()
        font.setWeight(font.Weight.DemiBold)
        self._what.setFont(font)
        self.action = button(action, kind="quiet")
        if not action:  # shown, it would come up as a window of its own: it has no parent yet
            self.action.hide()
        self.action.clicked.connect(self.acted)
        self.close_button = button(self.tr("Got it"), kind="quiet")
        if not closable:
            self.close_button.hide()
        self.close_button.clicked.connect(self.hide)
        self._sign = sign = picture_label("notice", "on_notice")
        texts = column(self._what, self._remedy, space=Space.HAIR)
        self._content = content = row(sign, texts, self.action, self.close_button, space=Space.SNUG)
        content.setStretch(1, 1)
        content.setContentsMargins(Space.MEDIUM, Space.SNUG, Space.SNUG, Space.SNUG)
        self.setLayout(content)
        self.hide()

    def tell(self, what: str, remedy: str = "") -> None:
        """Show what asks for attention; texts may come from an error and are translated here."""
        self._dress("notice", "notice", "on_notice")
        self._say(what, remedy)

    def confirm(self, what: str, more: str = "") -> None:
        """Show that something was done, in a calm colour: nothing is to be done about it."""
        self._dress("done", "good", "accent")
        self._say(what, more)

    def _dress(self, surface: str, sign: str, ink: str) -> None:
        set_role(self, surface, name="surface")
        for one in (self._what, self._remedy):
            set_role(one, f"{surface}{self._large}")
        self._sign.show_icon(sign, ink)

    def _say(self, what: str, remedy: str) -> None:
        self._what.setText(told(what))
        self._remedy.setText(told(remedy))
        self._remedy.setVisible(bool(remedy))
        # Beside the first of two sentences, or in one line with the only one.
        upright = Qt.AlignmentFlag.AlignTop if remedy else Qt.AlignmentFlag.AlignVCenter
        self._content.setAlignment(self._sign, upright)
        self.setAccessibleName(told(what))
        self.setAccessibleDescription(told(remedy))
        self.show()

    def tell_error(self, error: AppError) -> None:
        """Show an error's two sentences."""
        self.tell(error.what, error.remedy)

    @property
    def text(self) -> str:
        """What it says now; empty while hidden."""
        return "" if self.isHidden() else self._what.text()


class Question(QFrame):
    """Asks once, in the page, before something that cannot be undone."""

    confirmed = Signal()
    declined = Signal()

    def __init__(self, yes: str, no: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.what = label("", "strong", wrap=True)
        self.goes: QLabel = label("", "quiet", wrap=True)
        self.yes = button(yes, kind="danger")
        self.no = button(no)
        self.yes.clicked.connect(self.confirmed)
        self.no.clicked.connect(self.declined)
        content = row(
            column(self.what, self.goes, space=Space.HAIR), self.no, self.yes, space=Space.SNUG
        )
        content.setStretch(0, 1)
        content.setContentsMargins(Space.MEDIUM, Space.SNUG, Space.SNUG, Space.SNUG)
        self.setLayout(content)

    def ask(self, what: str, goes: str) -> None:
        """Say what will be done and what goes with it; Escape and Enter mean no."""
        self.what.setText(what)
        self.goes.setText(goes)
        self.setAccessibleName(what)
        self.setAccessibleDescription(goes)
        self.show()
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)
